"""The lines of the timeline, ready to print: whatever a template would do for each row is done here once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.models import AccessFailureLog
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left, Lower
from django.urls import reverse
from django.utils import timezone

from portal.models import Benutzer, Durchsicht
from portal.pages.revision.auswahl import ANMELDUNG, VORGAENGE
from portal.pages.revision.blaettern import Blatt, Strom

SHOWN = 200  # characters of a reason; the entry page has all of it
_SAME_MOMENT = timedelta(hours=1)
# The badge of a kind: what deserves attention is coloured, what is daily work is not.
BADGES: Mapping[str, str] = {
    "freigabe": "gilt",
    "eilfreigabe": "geaendert",
    "eilbestaetigung": "gilt",
    "pruefung": "kommt",
    "vorlage": "kommt",
    "paket": "kommt",
    "rueckgabe": "geaendert",
    "zurueckziehung": "zurueck",
    "verworfen": "zurueck",
    "rollen": "geaendert",
    ANMELDUNG: "zurueck",
}
_COLUMNS = (
    "nummer", "erfasst_am", "zeitpunkt", "vorgang", "bezeichnung", "person_name", "dienststelle_name", "kurz",
    "gesichtet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Zeile:
    """One line. `ziel` is empty for a log-in, which has no page."""

    zeit: str
    vorgang: str
    marke: str
    gegenstand: str
    person: str
    dienststelle: str
    grund: str
    ziel: str = ""
    datiert: str = ""  # the moment that the entry gives itself, where it is another one
    gesichtet: bool = False


def stream_of_entries(rows: QuerySet | None) -> Strom:
    """Return the stream of entries with what a line shows."""
    if rows is not None:
        seen = Exists(Durchsicht.objects.filter(eintrag=OuterRef("pk")))
        rows = rows.annotate(kurz=Left("grund", SHOWN + 1), gesichtet=seen).values_list(*_COLUMNS)
    return Strom(rows, "nummer", zeit=1)


def stream_of_log_ins(rows: QuerySet | None) -> Strom:
    """Return the stream of log-ins; `username` only where somebody of that name exists: it may be a password."""
    if rows is not None:
        known = Benutzer.objects.annotate(klein=Lower("username")).filter(klein=Lower(OuterRef("username")))
        rows = rows.annotate(bekannt=Subquery(known.values("username")[:1]))
        rows = rows.values_list("pk", "attempt_time", "bekannt", "ip_address", "locked_out")
    return Strom(rows, "pk", zeit=1)


def no_log_ins() -> Strom:
    """Return an empty stream, for the timeline of one object."""
    return stream_of_log_ins(AccessFailureLog.objects.none())


def lines_of(blatt: Blatt) -> list[Zeile]:
    """Return the lines of a page."""
    base = address_of(0).removesuffix("0/")
    return [_line(row, base) if stream == 0 else _log_in(row) for stream, row in blatt.zeilen]


def address_of(nummer: int) -> str:
    """Return the address of the page of an entry."""
    return reverse("revision:eintrag", args=[nummer])


def _line(row: tuple, base: str) -> Zeile:
    nummer, erfasst, zeitpunkt, vorgang, bezeichnung, person, dienststelle, grund, gesichtet = row
    apart = abs(erfasst - zeitpunkt) > _SAME_MOMENT
    return Zeile(
        zeit=_printed(erfasst),
        vorgang=VORGAENGE.get(vorgang, vorgang),
        marke=BADGES.get(vorgang, "neutral"),
        gegenstand=bezeichnung,
        person=person,
        dienststelle=dienststelle,
        grund=grund if len(grund) <= SHOWN else grund[:SHOWN] + "…",
        ziel=f"{base}{nummer}/",
        datiert=_printed(zeitpunkt) if apart else "",
        gesichtet=gesichtet,
    )


def _log_in(row: tuple) -> Zeile:
    _key, moment, username, address, locked = row
    return Zeile(
        zeit=_printed(moment),
        vorgang=VORGAENGE[ANMELDUNG],
        marke=BADGES[ANMELDUNG],
        gegenstand=f"Adresse {address}" if address else "",
        person=username or "unbekannter Name",
        dienststelle="",
        grund="Kennwort falsch oder Name unbekannt" + (", danach gesperrt" if locked else ""),
    )


def _printed(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y, %H:%M}"
