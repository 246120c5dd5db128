"""Printed dates, and the marker that carries the Stand behind a citation: `(PDF PDF, Stand 02.01.2024)`."""

import re
from dataclasses import dataclass
from datetime import date

from arbeitsmittel.kennung import tidied


@dataclass(frozen=True)
class Datum:
    """A printed date; `nur_monat` if only the month is known (`tag` is then its first day)."""

    tag: date
    nur_monat: bool = False

    def iso(self) -> str:
        """ "2024-01-02", or "2019-12" where only the month is known."""
        return self.tag.isoformat()[:7] if self.nur_monat else self.tag.isoformat()

    def __str__(self) -> str:
        return f"{self.tag:%m/%Y}" if self.nur_monat else f"{self.tag:%d.%m.%Y}"


@dataclass(frozen=True)
class Marker:
    """What stands behind a citation: text[start:end], and its Stand (None if it prints no date that exists)."""

    start: int
    end: int
    stand: Datum | None


def parse_datum(text: str) -> Datum | None:
    """The date that `text` is, None if it is none.

    Takes "02.01.2024", "2.1.24", "2. Januar 2024", "2024-01-02", and months: "12/2019", "12.2019", "Juli 2012".
    """
    found = _DATUM.fullmatch(tidied(text[:60]))
    return _read(found) if found else None


def marker_at(text: str, position: int) -> Marker | None:
    """The marker that begins at `position`, white space before it included."""
    for pattern in (_BRACKET, _OPEN_BRACKET, _BARE):
        if found := pattern.match(text, position):
            return _marker(found)
    return None


def bare_marker_in(text: str, start: int, end: int) -> Marker | None:
    """The first marker without a bracket (`, Stand 02.01.2024`) that begins in text[start:end]."""
    found = _STAND.search(text, start, end + _LONGEST)
    if not found or found.start() > end:
        return None
    before = text[start : found.start()].rstrip(_BETWEEN)
    while words := next((words for words in _INTRODUCTIONS if before.endswith(words)), ""):
        before = before.removesuffix(words).rstrip(_BETWEEN)
    return Marker(start + len(before), found.end(), _read(found))


_LONGEST = 60
_BETWEEN = " \t\n\r\xa0\u202f,–-"
_INTRODUCTIONS = (" PDF", " mit", " mit dem")
_MONATE = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
_NAME = (
    "(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Jan|Feb|Mär|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)\b\.?"
)
# All runs of white space are bounded or possessive, so that no hostile text can make the search slow.
_DATUM_MUSTER = (
    "(?:(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    rf"|(?:(?P<tag>[0-9]{{1,2}})\.\s{{0,9}})?(?:(?P<monat>[0-9]{{1,2}})\s?[./]|(?P<name>{_NAME}))\s{{0,9}}"
    "(?P<jahr>(?(tag)[0-9]{2}(?:[0-9]{2})?|[0-9]{4})))(?![0-9])"
)
_STAND_MUSTER = rf"\bStand\b[\s:.]{{0,9}}(?:vom\s{{1,9}})?{_DATUM_MUSTER}"
_NUMMER_AHEAD = r"(?<![0-9])[0-9]\.[0-9]{3}(?![0-9])"

_DATUM = re.compile(_DATUM_MUSTER, re.IGNORECASE)
_STAND = re.compile(_STAND_MUSTER, re.IGNORECASE)
_BRACKET = re.compile(
    rf"\*{{0,3}}\s*+\(\s*+(?:PDF\b|Stand\b[\s:]*+[0-9])(?:(?!{_NUMMER_AHEAD})[^()]){{0,80}}+\)", re.IGNORECASE
)
# The closing bracket is missing; only a Stand tells that this is a marker.
_OPEN_BRACKET = re.compile(rf"\*{{0,3}}\s*+\(\s*+(?:PDF\b[\s,;]*+)*+{_STAND_MUSTER}(?:\s*+\))?", re.IGNORECASE)
_BARE = re.compile(
    rf"\s{{0,9}}[,–-]?\s{{0,9}}(?:PDF\b[\s,]{{0,9}}){{0,3}}(?:mit\s(?:dem\s)?)?{_STAND_MUSTER}", re.IGNORECASE
)


def _marker(found: re.Match[str]) -> Marker:
    stand = _STAND.search(found[0])
    return Marker(found.start(), found.end(), _read(stand) if stand else None)


def _read(found: re.Match[str]) -> Datum | None:
    try:
        if found["iso"]:
            return Datum(date.fromisoformat(found["iso"]))
        jahr = int(found["jahr"]) + (2000 if len(found["jahr"]) == 2 else 0)
        monat = int(found["monat"]) if found["monat"] else _month_of(found["name"])
        return Datum(date(jahr, monat, int(found["tag"] or 1)), nur_monat=not found["tag"])
    except ValueError:  # printed, but not in the calendar: 31.02.2024
        return None


def _month_of(name: str) -> int:
    short = name.lower()[:3].replace("jän", "jan").replace("mrz", "mär")
    return _MONATE.index(short) + 1
