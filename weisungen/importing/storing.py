"""From a proposal to rows: the Weisung, its Zitate and Aufhebungen, and the Stände that it names."""

from collections.abc import Mapping
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
from weisungen.dates import assumed_at_issue
from weisungen.importing.columns import weisung_values
from weisungen.importing.corrections import corrected_before, corrections, label_of, reason_of, with_corrections
from weisungen.importing.proposal import ImportRefused, Regelung, Vorschlag, ZitatVorschlag
from weisungen.importing.refusal import fault_at, faults_of
from weisungen.models import Aufhebung, Typ, Weisung, Zitat, slug_of
from weisungen.recording import record_aufhebungen

_ONE_IMPORT_AT_A_TIME = 202_305_004  # key of the lock; any number that no other lock of the portal has


@dataclass(frozen=True)
class Ergebnis:
    """What became of one proposal."""

    weisung: Weisung
    status: Literal["neu", "unveraendert", "andere-schreibweise"]
    neue_arbeitsmittel: int = 0
    neue_staende: int = 0


def store_weisung(
    vorschlag: Vorschlag,
    *,
    quelltext: str,
    quelle: str,
    user: Any,
    now: datetime,
    corrected: Mapping[str, Any] | None = None,
) -> Ergebnis:
    """Store a proposal as an issued Weisung, all or nothing; storing the same one again changes nothing.

    `quelle` says where the text came from, `quelltext` is what every position refers to. `corrected` are fields of
    HEADER as an editor set them right: they answer the findings about them, and what had been read stays on record.
    Imports queue: one waits until the transaction of the other has ended. Raises ImportRefused with one German sentence
    per fault, where a finding forbids to store the proposal or where the number exists with other content.
    """
    changed = corrections(vorschlag, corrected or {})
    vorschlag = with_corrections(vorschlag, changed)
    if faults := faults_of(vorschlag, quelltext):
        raise ImportRefused(faults)
    values = weisung_values(vorschlag) | changed
    with transaction.atomic():
        _wait_for_other_imports()
        existing = Weisung.objects.filter(LIVE, typ=values["typ"], nummer=values["nummer"]).first()
        if existing is not None:
            return _compared(existing, vorschlag, changed, quelltext)
        with acting_as(user, reason_of(quelle, changed), at=now):
            weisung = _create(values, vorschlag, quelltext=quelltext, quelle=quelle, user=user)
            counts = _store_zitate(weisung, vorschlag.zitate, user, now)
            if "aufhebung" in changed:
                record_aufhebungen(weisung)
            else:
                _store_aufhebungen(weisung, vorschlag.kopf.aufhebungen)
            weisung.weg, weisung.veroeffentlicht_am, weisung.veroeffentlicht_von = Weg.UEBERNAHME, now, user
            weisung.sichtbar_ab = now
            weisung.save()  # last, because nothing may be added to an issued Weisung
    return Ergebnis(weisung, "neu", *counts)


def _wait_for_other_imports() -> None:
    """Two imports at once would both find a Weisung or a Stand missing and both enter it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_IMPORT_AT_A_TIME])


def _compared(existing: Weisung, vorschlag: Vorschlag, changed: Mapping[str, Any], quelltext: str) -> Ergebnis:
    at = vorschlag.belege["nummer"].position
    if existing.ist_entwurf:
        text = f"{existing} liegt schon als Entwurf im Portal und wird nicht überschrieben."
        raise ImportRefused([fault_at(at, quelltext, text)])
    same_source = existing.quelltext == quelltext
    # Who reads the same text again without setting anything right wants nothing else than what was stored from it.
    known = corrected_before(existing) if same_source and not changed else set()
    if names := [name for name in _differing(existing, vorschlag, changed) if name not in known]:
        differences = ", ".join(map(label_of, names))
        text = f"{existing} liegt mit anderem Inhalt vor und wird nicht überschrieben; anders: {differences}."
        raise ImportRefused([fault_at(at, quelltext, text)])
    return Ergebnis(existing, "unveraendert" if same_source else "andere-schreibweise")


def _create(values: Mapping[str, Any], vorschlag: Vorschlag, *, quelltext: str, quelle: str, user: Any) -> Weisung:
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


def differing_fields(weisung: Weisung, vorschlag: Vorschlag, changed: Mapping[str, Any] | None = None) -> list[str]:
    """Return the names of what the proposal says otherwise than the stored Weisung; empty: they agree."""
    return [label_of(name) for name in _differing(weisung, vorschlag, changed or {})]


def _differing(weisung: Weisung, vorschlag: Vorschlag, changed: Mapping[str, Any]) -> list[str]:
    values = weisung_values(vorschlag) | changed
    names = [name for name, value in values.items() if getattr(weisung, name) != value]
    recorded = weisung.zitate.select_related("arbeitsmittel")
    stored = [(z.arbeitsmittel.slug, z.stand_gedruckt, z.stand_nur_monat, z.abschnitt) for z in recorded]
    # By slug: an Arbeitsmittel keeps the spelling of its name with which it came into the portal.
    if stored != [(z.kennung.slug, *_printed(z.stand), z.abschnitt) for z in vorschlag.zitate]:
        names.append("zitate")
    repeals = [(a.text, a.ziel_typ, a.ziel_nummer) for a in weisung.aufhebungen.order_by("reihenfolge")]
    read = [(regelung.text, *_ziel(regelung)) for regelung in vorschlag.kopf.aufhebungen]
    if "aufhebung" not in changed and repeals != read:
        names.append("aufhebung")
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


def _store_aufhebungen(weisung: Weisung, aufhebungen: tuple[Regelung, ...]) -> None:
    for reihenfolge, regelung in enumerate(aufhebungen, start=1):
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
