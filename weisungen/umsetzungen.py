"""What came of the announcements of Weisungen: done, late, missing, excused, or not due yet (issue 3, "Umsetzung").

What came is the first Fassung that readers see with a Stand of the announced day or later. It is late where its Stand
is later, or where it was entered after the day on which it should have applied.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils import timezone

from arbeitsmittel.models import Aenderungsart, Fassung
from portal.freigabe import Weg, unwithdrawn, visible
from portal.stichtag import Stichtag
from weisungen.models import Umsetzung, Weisung

# What of an announcement may be written after it was first made.
_WRITTEN = (
    "was",
    "soll_stand",
    "fassung_id",
    "im_paket",
    "gestrichen",
    "entschuldigt_am",
    "entschuldigt_von_id",
    "entschuldigt_grund",
)


class Umsetzungsstand(TextChoices):
    """What became of one announcement."""

    ERLEDIGT = "erledigt", "umgesetzt"
    VERSPAETET = "verspaetet", "verspätet umgesetzt"
    FEHLT = "fehlt", "fehlt"
    ENTSCHULDIGT = "entschuldigt", "entschuldigt"
    KOMMT = "kommt", "freigegeben, gilt noch nicht"
    OFFEN = "offen", "noch nicht fällig"


@dataclass(frozen=True)
class Umsetzungszeile:
    """One announcement, what came of it, and (for editors) the draft that is under way."""

    umsetzung: Umsetzung
    stand: Umsetzungsstand
    fassung: Fassung | None
    entwurf: Fassung | None = None

    @property
    def verspaetet_um(self) -> int:
        """Days between the announced and the real Stand; 0 where nothing came or it came in time."""
        return (self.fassung.stand - self.umsetzung.soll_stand).days if self.fassung else 0


def umsetzungen_of(weisung: Weisung, stichtag: Stichtag, *, with_drafts: bool = False) -> list[Umsetzungszeile]:
    """Return the announcements of a Weisung in the order of the list: three queries, one more for the drafts."""
    rows = weisung.umsetzungen.select_related("weisung", "arbeitsmittel", "entschuldigt_von")
    ordered = rows.order_by("arbeitsmittel__bereich_rang", "arbeitsmittel__slug")
    return _lines(as_known(ordered, stichtag), stichtag, with_drafts)


def as_known(rows: Iterable[Umsetzung], stichtag: Stichtag) -> list[Umsetzung]:
    """Return the announcements as they stood then, without those that came later or were struck: one query.

    They may be added and excused after the issue, so an older answer is read off their history.
    """
    rows = list(rows)
    entries = Umsetzung.history.filter(id__in=[row.pk for row in rows], history_date__lte=stichtag.bekannt)
    newest = {entry.id: entry for entry in entries.order_by("id", "-history_id").distinct("id")}
    for row in rows:
        for name in _WRITTEN if row.pk in newest else ():
            setattr(row, name, getattr(newest[row.pk], name))
    return [row for row in rows if row.pk in newest and not row.gestrichen]


def undelivered(stichtag: Stichtag) -> QuerySet:
    """Return for editors what issued Weisungen announce and nobody has delivered or excused, the oldest first.

    The states FEHLT and OFFEN of `_state` as a query.
    """
    came = Fassung.objects.live(stichtag).filter(
        arbeitsmittel=OuterRef("arbeitsmittel"), stand__gte=OuterRef("soll_stand")
    )
    announced = Umsetzung.objects.filter(
        ~Exists(came),
        gestrichen=False,
        entschuldigt_am=None,
        weisung__veroeffentlicht_am__isnull=False,
        weisung__zurueckgezogen_am=None,
    )
    return announced.select_related("weisung", "arbeitsmittel").order_by("soll_stand", "arbeitsmittel__slug")


def open_umsetzungen(stichtag: Stichtag) -> list[Umsetzungszeile]:
    """Return the lines of `undelivered`, each with the draft that is under way: two queries more."""
    return _lines(list(undelivered(stichtag)), stichtag, with_drafts=True)


def ordering_weisungen(fassung: Fassung, stichtag: Stichtag) -> list[Weisung]:
    """Return the Weisungen that announced what came with this Fassung, by date, as known on the Stichtag."""
    announced = Umsetzung.objects.filter(
        visible(stichtag, "weisung__"), unwithdrawn(stichtag, "weisung__"), arbeitsmittel=fassung.arbeitsmittel_id
    )
    long_ones = ("quelltext", "suche", *Weisung.TEXT_FIELDS)
    rows = announced.select_related("weisung").defer(*(f"weisung__{name}" for name in long_ones))
    lines = _lines(as_known(rows.order_by("weisung__datum", "weisung__nummer"), stichtag), stichtag, with_drafts=False)
    return [line.umsetzung.weisung for line in lines if line.fassung == fassung]


def released_without_weisung(weisung: Weisung, stichtag: Stichtag) -> list[Fassung]:
    """Return what changed in substance on the first day of a Weisung that cites it, and that it did not announce."""
    announced = [row.arbeitsmittel_id for row in as_known(weisung.umsetzungen.all(), stichtag)]
    found = Fassung.objects.live(stichtag).filter(
        stand=weisung.gueltig_ab,
        aenderungsart=Aenderungsart.FACHLICH,
        arbeitsmittel__in=weisung.zitate.values("arbeitsmittel"),
    )
    ordered = found.exclude(arbeitsmittel__in=announced).select_related("arbeitsmittel").without_text()
    return list(ordered.order_by("arbeitsmittel__bereich_rang", "arbeitsmittel__slug"))


def _lines(rows: Sequence[Umsetzung], stichtag: Stichtag, with_drafts: bool) -> list[Umsetzungszeile]:
    keys = {row.arbeitsmittel_id for row in rows}
    came = _by_arbeitsmittel(Fassung.objects.live(stichtag).filter(arbeitsmittel__in=keys).order_by("stand"))
    drafts = _by_arbeitsmittel(Fassung.objects.drafts().filter(arbeitsmittel__in=keys)) if with_drafts else {}
    lines = []
    for row in rows:
        first = next((one for one in came.get(row.arbeitsmittel_id, []) if one.stand >= row.soll_stand), None)
        draft = next(iter(drafts.get(row.arbeitsmittel_id, [])), None)
        lines.append(Umsetzungszeile(row, _state(row, first, stichtag.tag), first, draft))
    return lines


def _by_arbeitsmittel(found: Iterable[Fassung]) -> dict[int, list[Fassung]]:
    grouped: dict[int, list[Fassung]] = defaultdict(list)
    for fassung in found.without_text():
        grouped[fassung.arbeitsmittel_id].append(fassung)
    return grouped


def _state(row: Umsetzung, came: Fassung | None, tag: date) -> Umsetzungsstand:
    if came is not None and came.stand == row.soll_stand and not _entered_late(came):
        return Umsetzungsstand.ERLEDIGT if came.stand <= tag else Umsetzungsstand.KOMMT
    if row.entschuldigt_am is not None:  # said before anything came: a later Fassung may be about something else
        return Umsetzungsstand.ENTSCHULDIGT
    if came is not None:
        return Umsetzungsstand.VERSPAETET if came.stand <= tag else Umsetzungsstand.KOMMT
    return Umsetzungsstand.FEHLT if row.soll_stand <= tag else Umsetzungsstand.OFFEN


def _entered_late(fassung: Fassung) -> bool:
    """True where readers saw it only after its Stand; a Stand taken over from a source says nothing about that."""
    return fassung.weg != Weg.UEBERNAHME and timezone.localdate(fassung.sichtbar_ab) > fassung.stand
