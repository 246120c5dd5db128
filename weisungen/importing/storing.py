"""From a proposal to rows: the Weisung, its Zitate and Aufhebungen, and the Stände that it names."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction

from arbeitsmittel.publishing import provide_arbeitsmittel, record_known_stand
from portal.freigabe import LIVE
from portal.history import acting_as
from weisungen.abschnitte import ABSCHNITTE
from weisungen.importing.proposal import ImportRefused, Regelung, Vorschlag, ZitatVorschlag
from weisungen.models import Aufhebung, Rolle, Typ, Weisung, Zitat, slug_of


@dataclass(frozen=True)
class Ergebnis:
    """What became of one proposal."""

    weisung: Weisung
    status: Literal["neu", "unveraendert"]
    neue_arbeitsmittel: int = 0
    neue_staende: int = 0


def store_weisung(vorschlag: Vorschlag, *, quelltext: str, quelle: str, user: Any, now: datetime) -> Ergebnis:
    """Store a proposal as an issued Weisung, all or nothing; storing the same one again changes nothing.

    `quelle` says where the text came from, `quelltext` is what every position refers to. Raises ImportRefused where
    the number exists with other content, or where a date without which nothing can apply is missing.
    """
    values = weisung_values(vorschlag)
    existing = Weisung.objects.filter(LIVE, typ=values["typ"], nummer=values["nummer"]).first()
    if existing is not None:
        if differences := ", ".join(differing_fields(existing, vorschlag)):
            raise ImportRefused(
                [f"{existing} liegt mit anderem Inhalt vor und wird nicht überschrieben; anders: {differences}."]
            )
        return Ergebnis(existing, "unveraendert")
    with transaction.atomic(), acting_as(user, f"Import aus {quelle}", at=now):
        weisung = Weisung.objects.create(
            **values,
            slug=slug_of(values["typ"], values["nummer"]),
            quelle=quelle,
            quelltext=quelltext,
            befunde=vorschlag.as_json()["befunde"],
        )
        counts = _store_zitate(weisung, vorschlag.zitate, user, now)
        for reihenfolge, regelung in enumerate(vorschlag.kopf.aufhebungen, start=1):
            _store_aufhebung(weisung, reihenfolge, regelung)
        weisung.veroeffentlicht_am, weisung.veroeffentlicht_von = now, user
        weisung.save()  # last, because nothing may be added to an issued Weisung
    return Ergebnis(weisung, "neu", *counts)


def weisung_values(vorschlag: Vorschlag) -> dict[str, Any]:
    """Return the fields of the Weisung that a proposal stands for. Raises ImportRefused where a date is missing."""
    kopf = vorschlag.kopf
    texts = {0: vorschlag.vorspann} | {abschnitt.nummer: abschnitt.inhalt for abschnitt in vorschlag.abschnitte}
    fields = ("vorspann", *(field for field, _titel in ABSCHNITTE))
    return {
        "typ": Typ(vorschlag.typ.lower()),
        "nummer": kopf.nummer,
        "titel": kopf.titel,
        "datum": _required(kopf.datum, "Das Datum der Weisung fehlt."),
        "geschaeftszeichen": kopf.geschaeftszeichen,
        "gueltig_ab": _required(kopf.gueltig_ab, "Die Angabe „Gültig ab“ fehlt."),
        "gueltig_bis": kopf.gueltig_bis.tag if kopf.gueltig_bis else None,
        "sgb_ii": _rolle(kopf.sgb_ii),
        "sgb_iii": _rolle(kopf.sgb_iii),
        "familienkasse": _rolle(kopf.familienkasse),
        "rollen_zusatz": dict(vorschlag.zusaetze),
        "bezug": "\n".join(regelung.text for regelung in kopf.bezug),
        **{field: texts.get(number, "") for number, field in enumerate(fields)},
    }


def differing_fields(weisung: Weisung, vorschlag: Vorschlag) -> list[str]:
    """Return the names of what the proposal says otherwise than the stored Weisung; empty: they agree."""
    names = [
        str(Weisung._meta.get_field(field).verbose_name)
        for field, value in weisung_values(vorschlag).items()
        if getattr(weisung, field) != value
    ]
    stored = [
        (zitat.arbeitsmittel.kennung, zitat.stand_gedruckt, zitat.abschnitt)
        for zitat in weisung.zitate.select_related("arbeitsmittel")
    ]
    if stored != [(z.kennung, z.stand.tag if z.stand else None, z.abschnitt) for z in vorschlag.zitate]:
        names.append("Zitate")
    if [a.text for a in weisung.aufhebungen.all()] != [regelung.text for regelung in vorschlag.kopf.aufhebungen]:
        names.append("Aufhebung von Regelungen")
    return names


def _store_zitate(weisung: Weisung, zitate: tuple[ZitatVorschlag, ...], user: Any, now: datetime) -> tuple[int, int]:
    """Store all citations; return how many Arbeitsmittel and how many Stände were new to the portal."""
    known, new_arbeitsmittel, new_staende = {}, 0, 0
    for reihenfolge, zitat in enumerate(zitate, start=1):
        if zitat.kennung not in known:
            known[zitat.kennung] = provide_arbeitsmittel(zitat.kennung)
            new_arbeitsmittel += not known[zitat.kennung].fassungen.exists()
        arbeitsmittel = known[zitat.kennung]
        if zitat.stand is not None:
            quelle = f"gedruckt in {weisung}, als sie eingelesen wurde: „{zitat.beleg}“"
            new_staende += record_known_stand(arbeitsmittel, stand=zitat.stand, quelle=quelle, user=user, now=now)
        Zitat.objects.create(
            weisung=weisung,
            arbeitsmittel=arbeitsmittel,
            reihenfolge=reihenfolge,
            abschnitt=zitat.abschnitt,
            beleg=zitat.beleg,
            position=zitat.position,
            stand_gedruckt=zitat.stand.tag if zitat.stand else None,
            stand_nur_monat=zitat.stand.nur_monat if zitat.stand else False,
            stand_bei_erlass=_stand_at_issue(zitat, weisung),
            bei_erlass_angenommen=True,
        )
    return new_arbeitsmittel, new_staende


def _stand_at_issue(zitat: ZitatVorschlag, weisung: Weisung) -> date:
    """Return the Stand that the Weisung will have meant; an assumption, and marked so.

    The page prints the Stand of the day when it was saved. One that is not younger than the Weisung applied at its
    issue already; of a younger one only the date of the Weisung is left to assume.
    """
    return min(zitat.stand.tag, weisung.datum) if zitat.stand else weisung.datum


def _store_aufhebung(weisung: Weisung, reihenfolge: int, regelung: Regelung) -> None:
    typ = (regelung.typ or "").lower()
    resolvable = typ in Typ.values and regelung.nummer is not None
    Aufhebung.objects.create(
        weisung=weisung,
        reihenfolge=reihenfolge,
        text=regelung.text,
        ziel_typ=typ if resolvable else "",
        ziel_nummer=regelung.nummer if resolvable else "",
    )


def _rolle(printed: str | None) -> str:
    return Rolle[printed.upper().replace(" ", "_")] if printed else ""


def _required(datum: Any, sentence: str) -> date:
    if datum is None:
        raise ImportRefused([sentence])
    return datum.tag
