"""The two dates of a request: for which day somebody asks what applies, and what the portal knew when.

`?stichtag=2024-01-02` on every page; without it, today in Germany. A value that is no date is answered with a
message and today, never with an error (issue: unknown input is a sentence on the page).
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

PARAMETER = "stichtag"
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Stichtag:
    """The day in question, today's date beside it, and what was wrong with the given value.

    `bekannt` is the moment whose knowledge is asked for (record time): what was released by then, and not yet
    withdrawn. It hides what is under embargo, whatever the day.
    """

    tag: date
    heute: date
    fehler: str = ""
    bekannt: datetime = field(default_factory=lambda: timezone.now())  # asked each time: a test moves the clock

    @property
    def ist_heute(self) -> bool:
        return self.tag == self.heute

    @property
    def query(self) -> str:
        """What a link carries along: empty for today, else `stichtag=2024-01-02`."""
        return "" if self.ist_heute else urlencode({PARAMETER: self.tag.isoformat()})

    def on(self, url: str) -> str:
        """Return the address with this Stichtag carried along."""
        path, hash_sign, fragment = url.partition("#")
        if self.query:
            path += ("&" if "?" in path else "?") + self.query
        return path + hash_sign + fragment


def parse_day(text: str) -> date | None:
    """Return the day written as 2024-01-02 or 02.01.2024, None for anything else (31.02. included)."""
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    german = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text)
    if not iso and not german:
        return None
    year, month, day = iso.groups() if iso else reversed(german.groups())
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_stichtag(text: str, heute: date) -> Stichtag:
    """Return the Stichtag that a request asks for; unreadable ones fall back to today with a sentence."""
    if not text:
        return Stichtag(heute, heute)
    tag = parse_day(text.strip())
    if tag is None:
        return Stichtag(heute, heute, f"„{text[:40]}“ ist kein Datum. Gezeigt wird, was heute gilt.")
    if not EARLIEST <= tag <= LATEST:
        return Stichtag(heute, heute, "Der Stichtag muss zwischen 1990 und 2099 liegen. Gezeigt wird, was heute gilt.")
    return Stichtag(tag, heute)


def today(now: datetime) -> Stichtag:
    """Return the Stichtag of somebody who asks at this moment for what applies now."""
    return on_day(timezone.localdate(now), now)


def on_day(tag: date, now: datetime) -> Stichtag:
    """Return the Stichtag of somebody who asks at this moment for another day."""
    return Stichtag(tag, timezone.localdate(now), bekannt=now)


def stichtag_of(request: HttpRequest) -> Stichtag:
    """Return the Stichtag of a request."""
    return read_stichtag(request.GET.get(PARAMETER, ""), timezone.localdate())
