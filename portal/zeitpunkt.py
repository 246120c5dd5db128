"""A moment as people write it: a day, or a day and a time in Germany; nights in which the clocks change included."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone

_LAST = timedelta(microseconds=1)
_TIME = r"(?P<stunde>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<sekunde>[0-9]{2}))?"
_ISO = re.compile(
    # A plus sign in an address arrives as a space.
    rf"(?P<jahr>[0-9]{{4}})-(?P<monat>[0-9]{{2}})-(?P<tag>[0-9]{{2}})"
    rf"(?:[T ]{_TIME}(?P<abstand>Z|[+ -][0-9]{{2}}:[0-9]{{2}})?)?"
)
_GERMAN = re.compile(
    r"(?P<tag>[0-9]{1,2})\.(?P<monat>[0-9]{1,2})\.(?P<jahr>[0-9]{4})"
    rf"(?:(?:,| um|, um)? {_TIME}(?: Uhr)?(?P<abstand>(?!))?)?"
)


@dataclass(frozen=True)
class Zeitpunkt:
    """A moment, how an address carries it, how a sentence names it, and what had to be assumed about it."""

    moment: datetime  # aware
    geschrieben: str  # 2024-01-05, 2024-01-05T14:30; with the distance to UTC where the clock showed it twice
    worte: str  # am 05.01.2024 um 14:30 Uhr
    hinweis: str = ""  # one sentence, where the clocks were changed in that hour


def parse_day(text: str) -> date | None:
    """Return the day written as 2024-01-02 or 02.01.2024, None for anything else (31.02. included)."""
    found = _parts(text)
    return None if found is None or found["stunde"] else _day(found)


def parse_zeitpunkt(text: str) -> Zeitpunkt | None:
    """Return the moment that is written, None for what is none.

    2026-11-01, 01.11.2026: the end of that day in Germany. 2026-11-01T14:30, 01.11.2026 14:30: that moment; seconds
    and, in the first form, a distance to UTC may follow.
    """
    found = _parts(text)
    day = _day(found) if found else None
    if day is None or not 1900 <= day.year <= 2200:  # far from the ends of the calendar, where distances overflow
        return None
    if not found["stunde"]:
        return end_of(day)
    try:
        clock = time(int(found["stunde"]), int(found["minute"]), int(found["sekunde"] or 0))
        return _with_distance(day, clock, found["abstand"]) if found["abstand"] else at(day, clock)
    except ValueError:
        return None


def start_of(day: date) -> datetime:
    """Return 00:00 of a day in Germany."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> Zeitpunkt:
    """Return the last moment of a day in Germany: everything that was known by then."""
    midnight = start_of(day + timedelta(days=1))
    return Zeitpunkt(midnight.astimezone(UTC) - _LAST, day.isoformat(), f"am Ende des {day:%d.%m.%Y}")


def at(day: date, clock: time) -> Zeitpunkt:
    """Return the moment at which the clocks in Germany showed this time.

    When they are put forward an hour is missing: read on the clock that nobody had put forward yet. When they are put
    back an hour comes twice: the second one, so that all that was known at that time is known. Both are said.
    """
    naive = datetime.combine(day, clock)
    first, second = (naive.replace(tzinfo=_zone(), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return _zeitpunkt(first)
    if first.utcoffset() < second.utcoffset():
        shown = first.astimezone(UTC).astimezone(_zone())
        said = f"{_clock(naive)} Uhr gab es am {day:%d.%m.%Y} nicht, weil die Uhren vorgestellt wurden."
        return _zeitpunkt(shown, f"{said} Gemeint ist {_clock(shown)} Uhr.")
    said = f"{_clock(naive)} Uhr gab es am {day:%d.%m.%Y} zweimal, weil die Uhren zurückgestellt wurden."
    return _zeitpunkt(
        second, f"{said} Gemeint ist das zweite Mal; das erste heißt {first.isoformat(timespec='minutes')}."
    )


def moment_of(now: datetime) -> Zeitpunkt:
    """Return a moment of the clock, to the second."""
    return _zeitpunkt(now.astimezone(_zone()).replace(microsecond=0))


def _with_distance(day: date, clock: time, distance: str) -> Zeitpunkt:
    """As `at`, with the distance to UTC given, which tells both hours apart. Raises ValueError."""
    distance = distance.replace(" ", "+").replace("Z", "+00:00")
    return _zeitpunkt(datetime.fromisoformat(f"{day.isoformat()}T{clock.isoformat()}{distance}").astimezone(_zone()))


def _zeitpunkt(local: datetime, hinweis: str = "") -> Zeitpunkt:
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    exact = "seconds" if local.second else "minutes"
    written = local.isoformat(timespec=exact) if twice else local.replace(tzinfo=None).isoformat(timespec=exact)
    season = (" (Winterzeit)" if local.fold else " (Sommerzeit)") if twice else ""
    worte = f"am {local:%d.%m.%Y} um {_clock(local)} Uhr{season}"
    return Zeitpunkt(local.astimezone(UTC), written, worte, hinweis)


def _parts(text: str) -> re.Match[str] | None:
    words = " ".join(text.split()) if len(text) <= 60 else ""
    return _ISO.fullmatch(words) or _GERMAN.fullmatch(words)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["jahr"]), int(found["monat"]), int(found["tag"]))
    except ValueError:
        return None


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _zone() -> tzinfo:
    return timezone.get_default_timezone()
