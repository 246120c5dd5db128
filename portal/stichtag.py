"""The two dates of a request: for which day somebody asks what applies, and what the portal knew when.

`?stichtag=2024-01-02` on every page, without it today in Germany; `?bekannt=2024-01-05T14:30` beside it, without it
as known now. A value that is none is answered with a sentence and with today or now, never with an error.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from portal.zeitpunkt import Zeitpunkt, parse_day, parse_zeitpunkt

PARAMETER, KNOWN_PARAMETER = "stichtag", "bekannt"
EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Stichtag:
    """The day in question, today's date beside it, and what was wrong with the given values.

    `bekannt` is the moment whose knowledge is asked for (record time): what was released by then, and not yet
    withdrawn. It hides what is under embargo, whatever the day. `wissen` is how somebody asked for it; None: now.
    """

    tag: date
    heute: date
    fehler: str = ""
    bekannt: datetime = field(default_factory=lambda: timezone.now())  # asked each time: a test moves the clock
    wissen: Zeitpunkt | None = None

    @property
    def ist_heute(self) -> bool:
        return self.tag == self.heute

    @property
    def ist_jetzt(self) -> bool:
        """Whether the page shows what applies today, as it is known now."""
        return self.ist_heute and self.wissen is None

    @property
    def liegt_zurueck(self) -> bool:
        return self.tag < self.heute

    @property
    def parameters(self) -> dict[str, str]:
        """What an address carries along: nothing for now; both dates where an earlier knowledge was asked for."""
        if self.ist_jetzt:
            return {}
        known = {KNOWN_PARAMETER: self.wissen.geschrieben} if self.wissen else {}
        return {PARAMETER: self.tag.isoformat(), **known}

    @property
    def query(self) -> str:
        """What a link carries along: empty for now, else `stichtag=2024-01-02&bekannt=2024-01-05T14:30`."""
        return urlencode(self.parameters, safe=":")

    @property
    def in_file_name(self) -> str:
        """2024-01-02, or 2024-01-02_bekannt-2024-01-05T1430."""
        known = f"_bekannt-{self.wissen.geschrieben.replace(':', '')}" if self.wissen else ""
        return self.tag.isoformat() + known

    def on(self, url: str) -> str:
        """Return the address with this Stichtag carried along."""
        path, hash_sign, fragment = url.partition("#")
        if self.query:
            path += ("&" if "?" in path else "?") + self.query
        return path + hash_sign + fragment


def read_stichtag(text: str, heute: date) -> Stichtag:
    """Return the Stichtag that a request asks for; unreadable ones fall back to today with a sentence."""
    if not text:
        return Stichtag(heute, heute)
    tag = parse_day(text)
    if tag is None:
        return Stichtag(heute, heute, f"„{text[:40]}“ ist kein Datum. Gezeigt wird, was heute gilt.")
    if not EARLIEST <= tag <= LATEST:
        return Stichtag(heute, heute, "Der Stichtag muss zwischen 1990 und 2099 liegen. Gezeigt wird, was heute gilt.")
    return Stichtag(tag, heute)


def with_knowledge(stichtag: Stichtag, text: str, now: datetime) -> Stichtag:
    """Return the Stichtag as the portal knew it at the moment that is written; unreadable ones mean now, and say so.

    Today without a time is now: the end of it is not known yet.
    """
    current = replace(stichtag, bekannt=now)
    if not text.strip():
        return current
    wissen = parse_zeitpunkt(text)
    if wissen is None:
        return _refused(current, f"„{text[:40]}“ ist weder ein Tag noch ein Zeitpunkt.")
    if wissen.geschrieben == stichtag.heute.isoformat():
        return current
    if timezone.localdate(wissen.moment) < EARLIEST:
        return _refused(current, "Was das Portal vor 1990 wusste, lässt sich nicht fragen.")
    if wissen.moment > now:
        return _refused(current, f"Was das Portal {wissen.worte} wissen wird, weiß noch niemand.")
    return replace(current, bekannt=wissen.moment, wissen=wissen)


def _refused(current: Stichtag, sentence: str) -> Stichtag:
    return replace(current, fehler=f"{current.fehler} {sentence} Gezeigt wird, was das Portal jetzt weiß.".strip())


def today(now: datetime) -> Stichtag:
    """Return the Stichtag of somebody who asks at this moment for what applies now."""
    return on_day(timezone.localdate(now), now)


def on_day(tag: date, now: datetime) -> Stichtag:
    """Return the Stichtag of somebody who asks at this moment for another day."""
    return Stichtag(tag, timezone.localdate(now), bekannt=now)


def stichtag_of(request: HttpRequest) -> Stichtag:
    """Return the Stichtag of a request, both dates."""
    now = timezone.now()
    asked = read_stichtag(request.GET.get(PARAMETER, ""), timezone.localdate(now))
    return with_knowledge(asked, request.GET.get(KNOWN_PARAMETER, ""), now)
