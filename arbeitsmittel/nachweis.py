"""What a Nachweis says: which Fassung applied on a day, as the portal knew it then, and what it learned since."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

from django.utils import timezone

from arbeitsmittel.models import Arbeitsmittel, Fassung, FassungPdf
from portal.pruefcode import check_code
from portal.stichtag import Stichtag
from portal.zeitpunkt import Zeitpunkt, end_of, moment_of, start_of

FORMAT = "nachweis-1"  # what goes into a code; another number for other facts


@dataclass(frozen=True)
class Spaeter:
    """What the portal learned about the same day after the moment of the Nachweis."""

    zurueckgezogen: Fassung | None  # the Fassung that applied then, if it was withdrawn since
    bestaetigt: Fassung | None  # the same, if it was released in an emergency that somebody has confirmed since
    fassung: Fassung | None  # what applies on the day by now
    andere: bool  # whether that is another answer than then


@dataclass(frozen=True)
class Nachweis:
    """The answer for one Arbeitsmittel, one day and one moment. `fassung` is None where nothing applied."""

    arbeitsmittel: Arbeitsmittel
    stichtag: Stichtag  # the day, and the moment with the words for it
    fassung: Fassung | None
    pdf_sha256: str
    ohne_uhrzeit: bool
    im_laufe: list[tuple[datetime, Fassung | None]]  # what applied on the day, each time that changed during it
    spaeter: Spaeter | None

    @property
    def wissen(self) -> Zeitpunkt:
        return self.stichtag.wissen

    @cached_property
    def pruefcode(self) -> str:
        """The code of the facts: of the question, and of the Fassung as it lay in the portal at that moment."""
        fassung = self.fassung
        released = fassung.veroeffentlicht_am.astimezone(UTC).isoformat() if fassung else ""
        facts = {
            "format": FORMAT,
            "kennung": str(self.arbeitsmittel),
            "tag": self.stichtag.tag.isoformat(),
            "bekannt": self.stichtag.bekannt.astimezone(UTC).isoformat(),
            "stand": fassung.stand_text if fassung else "",
            "weg": fassung.weg if fassung else "",
            "veroeffentlicht_am": released,
            "pruefsumme": fassung.pruefsumme if fassung else "",
            "pdf_sha256": self.pdf_sha256,
        }
        return check_code(facts)


def knowledge_of(tag: date, now: datetime) -> Zeitpunkt:
    """Return the moment to assume where only the day of a call is known: its end, for today this moment."""
    return moment_of(now) if tag == timezone.localdate(now) else end_of(tag)


def nachweis(
    arbeitsmittel: Arbeitsmittel, tag: date, wissen: Zeitpunkt, now: datetime, *, ohne_uhrzeit: bool
) -> Nachweis:
    """Return the Nachweis for a day that has begun and a moment that has passed.

    `ohne_uhrzeit`: the moment is assumed (`knowledge_of`); then it tells what changed during the day as well. Five
    queries, and one for each release and withdrawal on that day.
    """
    stichtag = Stichtag(tag, timezone.localdate(now), bekannt=wissen.moment, wissen=wissen)
    fassung = _current(arbeitsmittel, stichtag)
    pdf = FassungPdf.objects.filter(fassung=fassung).values_list("sha256", flat=True).first() if fassung else ""
    return Nachweis(
        arbeitsmittel=arbeitsmittel,
        stichtag=stichtag,
        fassung=fassung,
        pdf_sha256=pdf or "",
        ohne_uhrzeit=ohne_uhrzeit,
        im_laufe=_during(arbeitsmittel, stichtag) if ohne_uhrzeit else [],
        spaeter=_learned_since(arbeitsmittel, stichtag, fassung, now),
    )


def _current(arbeitsmittel: Arbeitsmittel, stichtag: Stichtag) -> Fassung | None:
    found = Fassung.objects.current_on(stichtag).filter(arbeitsmittel=arbeitsmittel).without_text()
    return found.select_related("arbeitsmittel", "veroeffentlicht_von", "eil_bestaetigt_von").first()


def _during(arbeitsmittel: Arbeitsmittel, stichtag: Stichtag) -> list[tuple[datetime, Fassung | None]]:
    """Return what applied on the day by what was known at its start, and at each moment of it that changed this."""
    begin = start_of(stichtag.tag)
    rows = Fassung.objects.published(stichtag).filter(arbeitsmittel=arbeitsmittel, stand__lte=stichtag.tag)
    happened = {moment for row in rows.without_text() for moment in (row.sichtbar_ab, row.zurueckgezogen_am) if moment}
    found: list[tuple[datetime, Fassung | None]] = []
    for moment in [begin, *sorted(moment for moment in happened if moment > begin)]:
        current = _current(arbeitsmittel, Stichtag(stichtag.tag, stichtag.heute, bekannt=moment))
        if not found or current != found[-1][1]:
            found.append((moment, current))
    return found if len(found) > 1 else []


def _learned_since(
    arbeitsmittel: Arbeitsmittel, then: Stichtag, fassung: Fassung | None, now: datetime
) -> Spaeter | None:
    by_now = Stichtag(then.tag, then.heute, bekannt=now)
    current = _current(arbeitsmittel, by_now)
    same = Fassung.objects.published(by_now).without_text().filter(pk=fassung.pk).first() if fassung else None
    withdrawn = same if same is not None and same.zurueckgezogen_am else None
    confirmed = same if same is not None and fassung.eil_offen and same.eil_bestaetigt_am else None
    other = current != fassung
    return Spaeter(withdrawn, confirmed, current, other) if other or withdrawn or confirmed else None
