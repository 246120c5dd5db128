"""From a proposal to rows: the Weisung, its Zitate and Aufhebungen, and the Stände that it names."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import OperationalError, connection, transaction
from psycopg.errors import ProgramLimitExceeded

from arbeitsmittel.drafting import provide_arbeitsmittel
from arbeitsmittel.models import Arbeitsmittel
from arbeitsmittel.publishing import record_known_stand
from arbeitsmittel.stand import Datum
from portal.freigabe import LIVE, Weg
from portal.history import acting_as
from weisungen.abschnitte import ABSCHNITTE
from weisungen.dates import assumed_at_issue, last_day
from weisungen.importing.proposal import ImportRefused, Regelung, Vorschlag, ZitatVorschlag
from weisungen.importing.refusal import fault_at, faults_of
from weisungen.models import Aufhebung, Rolle, Typ, Weisung, Zitat, slug_of

_ONE_IMPORT_AT_A_TIME = 202_305_004  # key of the lock; any number that no other lock of the portal has


@dataclass(frozen=True)
class Ergebnis:
    """What became of one proposal."""

    weisung: Weisung
    status: Literal["neu", "unveraendert", "andere-schreibweise"]
    neue_arbeitsmittel: int = 0
    neue_staende: int = 0


def store_weisung(vorschlag: Vorschlag, *, quelltext: str, quelle: str, user: Any, now: datetime) -> Ergebnis:
    """Store a proposal as an issued Weisung, all or nothing; storing the same one again changes nothing.

    `quelle` says where the text came from, `quelltext` is what every position refers to. Imports queue: one waits until
    the transaction of the other has ended. Raises ImportRefused with one German sentence per fault, where a finding
    forbids to store the proposal or where the number exists with other content.
    """
    if faults := faults_of(vorschlag, quelltext):
        raise ImportRefused(faults)
    with transaction.atomic():
        _wait_for_other_imports()
        existing = Weisung.objects.filter(LIVE, typ=_typ(vorschlag), nummer=vorschlag.kopf.nummer).first()
        if existing is not None:
            return _compared(existing, vorschlag, quelltext)
        with acting_as(user, f"Import aus {quelle}", at=now):
            weisung = _create(vorschlag, quelltext=quelltext, quelle=quelle, user=user)
            counts = _store_zitate(weisung, vorschlag.zitate, user, now)
            for reihenfolge, regelung in enumerate(vorschlag.kopf.aufhebungen, start=1):
                _store_aufhebung(weisung, reihenfolge, regelung)
            weisung.weg, weisung.veroeffentlicht_am, weisung.veroeffentlicht_von = Weg.UEBERNAHME, now, user
            weisung.sichtbar_ab = now
            weisung.save()  # last, because nothing may be added to an issued Weisung
    return Ergebnis(weisung, "neu", *counts)


def _wait_for_other_imports() -> None:
    """Two imports at once would both find a Weisung or a Stand missing and both enter it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_IMPORT_AT_A_TIME])


def _compared(existing: Weisung, vorschlag: Vorschlag, quelltext: str) -> Ergebnis:
    if differences := ", ".join(differing_fields(existing, vorschlag)):
        text = f"{existing} liegt mit anderem Inhalt vor und wird nicht überschrieben; anders: {differences}."
        raise ImportRefused([fault_at(vorschlag.belege["nummer"].position, quelltext, text)])
    return Ergebnis(existing, "unveraendert" if existing.quelltext == quelltext else "andere-schreibweise")


def _create(vorschlag: Vorschlag, *, quelltext: str, quelle: str, user: Any) -> Weisung:
    values = weisung_values(vorschlag)
    try:
        with transaction.atomic():
            return Weisung.objects.create(
                **values,
                slug=slug_of(values["typ"], values["nummer"]),
                quelle=quelle,
                quelltext=quelltext,
                verfasst_von=user,
                befunde=vorschlag.as_json()["befunde"],
            )
    except OperationalError as error:
        if not isinstance(error.__cause__, ProgramLimitExceeded):
            raise
        text = "Die Weisung hat mehr verschiedene Wörter, als die Suche aufnehmen kann."
        raise ImportRefused([fault_at(vorschlag.belege["nummer"].position, quelltext, text)]) from error


def weisung_values(vorschlag: Vorschlag) -> dict[str, Any]:
    """Return the fields of the Weisung that a proposal without faults stands for."""
    kopf = vorschlag.kopf
    texts = {0: vorschlag.vorspann} | {abschnitt.nummer: abschnitt.inhalt for abschnitt in vorschlag.abschnitte}
    fields = ("vorspann", *(field for field, _titel in ABSCHNITTE))
    return {
        "typ": _typ(vorschlag),
        "nummer": kopf.nummer,
        "titel": kopf.titel,
        "datum": kopf.datum.tag,
        "geschaeftszeichen": kopf.geschaeftszeichen,
        "gueltig_ab": kopf.gueltig_ab.tag,
        "gueltig_bis": last_day(kopf.gueltig_bis) if kopf.gueltig_bis else None,
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
    recorded = weisung.zitate.select_related("arbeitsmittel")
    stored = [(z.arbeitsmittel.slug, z.stand_gedruckt, z.stand_nur_monat, z.abschnitt) for z in recorded]
    # By slug: an Arbeitsmittel keeps the spelling of its name with which it came into the portal.
    if stored != [(z.kennung.slug, *_printed(z.stand), z.abschnitt) for z in vorschlag.zitate]:
        names.append("Zitate")
    repeals = [(a.text, a.ziel_typ, a.ziel_nummer) for a in weisung.aufhebungen.order_by("reihenfolge")]
    if repeals != [(regelung.text, *_ziel(regelung)) for regelung in vorschlag.kopf.aufhebungen]:
        names.append("Aufhebung von Regelungen")
    return names


def _store_zitate(weisung: Weisung, zitate: tuple[ZitatVorschlag, ...], user: Any, now: datetime) -> tuple[int, int]:
    """Store all citations; return how many Arbeitsmittel and how many Stände were new to the portal."""
    known, new_arbeitsmittel, new_staende = {}, 0, 0
    for reihenfolge, zitat in enumerate(zitate, start=1):
        slug = zitat.kennung.slug
        if slug not in known:
            existed = Arbeitsmittel.objects.filter(slug=slug).exists()
            known[slug] = provide_arbeitsmittel(zitat.kennung)
            new_arbeitsmittel += not existed
        arbeitsmittel = known[slug]
        stand_gedruckt, stand_nur_monat = _printed(zitat.stand)
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
            stand_gedruckt=stand_gedruckt,
            stand_nur_monat=stand_nur_monat,
            stand_bei_erlass=assumed_at_issue(zitat.stand, weisung.datum),
            bei_erlass_angenommen=True,
        )
    return new_arbeitsmittel, new_staende


def _store_aufhebung(weisung: Weisung, reihenfolge: int, regelung: Regelung) -> None:
    typ, nummer = _ziel(regelung)
    Aufhebung.objects.create(
        weisung=weisung, reihenfolge=reihenfolge, text=regelung.text, ziel_typ=typ, ziel_nummer=nummer
    )


def _ziel(regelung: Regelung) -> tuple[str, str]:
    """Return type and number of what an entry repeals; empty for a HEGA and for plain words."""
    typ = (regelung.typ or "").lower()
    return (typ, regelung.nummer) if typ in Typ.values and regelung.nummer else ("", "")


def _printed(stand: Datum | None) -> tuple[date | None, bool]:
    return (stand.tag, stand.nur_monat) if stand else (None, False)


def _typ(vorschlag: Vorschlag) -> Typ:
    return Typ(vorschlag.typ.lower())


def _rolle(printed: str | None) -> str:
    return Rolle[printed.upper().replace(" ", "_")] if printed else ""
