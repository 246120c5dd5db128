"""Where a text prints a date, and dates that no calendar has."""

import re
from collections.abc import Iterator

from arbeitsmittel.stand import Datum, parse_datum

_MONTH = (
    "(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    "|Jan|Feb|Mär|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)"
)
_FULL_YEAR = r"(?:19|20)\d{2}(?!\d)"
_FULL_DATE = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|{_MONTH}\b\.?\s){_FULL_YEAR}|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)"
_SHORT_YEAR = r"\d{1,2}\.\d{1,2}\.\d{2}(?!\d)"
_MONTH_ONLY = rf"\d{{1,2}}[/.]{_FULL_YEAR}|{_MONTH}\b\.?\s{_FULL_YEAR}"

PRINTED_DATE = re.compile(rf"(?<![\d./-])(?:{_FULL_DATE}|{_SHORT_YEAR}|{_MONTH_ONLY})", re.IGNORECASE)
_PRINTED_FULL_DATE = re.compile(rf"(?<![\d./-])(?:{_FULL_DATE})", re.IGNORECASE)


class DateImpossible(ValueError):
    """A printed date that no calendar has; the message quotes it."""


def datum_of(found: re.Match[str]) -> Datum:
    """The date that a match of PRINTED_DATE stands for.

    Raises DateImpossible if it is in no calendar.
    """
    datum = parse_datum(found[0])
    if datum is None:
        raise DateImpossible(" ".join(found[0].split()))
    return datum


def impossible_dates(text: str) -> Iterator[re.Match[str]]:
    """Every place where `text` prints a full date that no calendar has (`45/2020` may be a file number)."""
    return (found for found in _PRINTED_FULL_DATE.finditer(text) if parse_datum(found[0]) is None)
