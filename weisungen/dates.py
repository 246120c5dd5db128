"""Where a text prints a date, and dates that no calendar has or nobody can mean."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from arbeitsmittel.stand import Datum, parse_datum

# What the portal can be asked for (portal.stichtag, which knows Django and is therefore not imported here).
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)

MONTH_NAMES = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_MONTH = rf"(?:{MONTH_NAMES}|Jan|Feb|Mär|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)"
_FULL_YEAR = r"\d{4}(?!\d)"
_FULL_DATE = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|{_MONTH}\b\.?\s){_FULL_YEAR}|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)"
_SHORT_YEAR = r"\d{1,2}\.\d{1,2}\.\d{2}(?!\d)"
_MONTH_ONLY = rf"\d{{1,2}}[/.]{_FULL_YEAR}|{_MONTH}\b\.?\s{_FULL_YEAR}"

DATE_PATTERN = rf"(?<![\d./-])(?:{_FULL_DATE}|{_SHORT_YEAR}|{_MONTH_ONLY})"
PRINTED_DATE = re.compile(DATE_PATTERN, re.IGNORECASE)
_PRINTED_FULL_DATE = re.compile(rf"(?<![\d./-])(?:{_FULL_DATE})", re.IGNORECASE)


class DateImpossible(ValueError):
    """A printed date that no calendar has, or that nobody can mean: its words, and what is wrong with them."""

    def __init__(self, words: str, why: str) -> None:
        super().__init__(f"Das Datum „{words}“ {why}.")
        self.words, self.why = words, why


def datum_of(found: re.Match[str]) -> Datum:
    """The date that a match of PRINTED_DATE stands for.

    Raises DateImpossible if it is in no calendar, or not between 1990 and 2099.
    """
    datum = parse_datum(found[0])
    words = " ".join(found[0].split())
    if datum is None:
        raise DateImpossible(words, "gibt es nicht")
    if not is_believable(datum):
        raise DateImpossible(words, f"liegt nicht zwischen {EARLIEST.year} und {LATEST.year}")
    return datum


def is_believable(datum: Datum) -> bool:
    """True for a date that the portal can be asked for; others are slips of the pen (`10.01.2924`)."""
    return EARLIEST <= datum.tag <= LATEST


def last_day(datum: Datum) -> date:
    """The last day that a date stands for: that of the month, where only the month is known."""
    if not datum.nur_monat:
        return datum.tag
    return datum.tag.replace(day=monthrange(datum.tag.year, datum.tag.month)[1])


def impossible_dates(text: str) -> Iterator[re.Match[str]]:
    """Every place where `text` prints a full date that no calendar has (`45/2020` may be a file number)."""
    return (found for found in _PRINTED_FULL_DATE.finditer(text) if parse_datum(found[0]) is None)


def assumed_at_issue(printed: Datum | None, datum: date) -> date:
    """Return the Stand that an imported Weisung will have meant; an assumption, and marked so.

    The page prints the Stand of the day when it was saved. One that is not younger than the Weisung applied at its
    issue already; of a younger one only the date of the Weisung is left to assume.
    """
    return min(printed.tag, datum) if printed else datum
