"""Paging by keys over two streams: entries by their number, log-ins by their key, merged by time.

A place in the timeline is a pair of keys, one for each stream. Each page takes from the heads of both streams, so every
row stands on exactly one page, and a page at the end of a million rows costs what the first one costs.
"""

import heapq
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

_PLACE = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")


@dataclass(frozen=True)
class Stelle:
    """A cut through both streams: below it lies what is older, from it on what is newer."""

    eintrag: int
    anmeldung: int

    def __str__(self) -> str:
        return f"{self.eintrag}-{self.anmeldung}"


ANFANG = Stelle(1, 1)  # before the first of all


@dataclass(frozen=True)
class Richtung:
    """Where to read from: what is older than a place (None: the newest of all), or what is newer."""

    stelle: Stelle | None = None
    newer: bool = False
    fehler: str = ""


@dataclass(frozen=True)
class Strom:
    """One stream: its query without order, the name of its key, and how to read key and time off a row."""

    rows: QuerySet | None
    schluessel: str
    zeit: int  # place of the moment in a row; the key is always the first

    def read(self, richtung: Richtung, bound: int | None, size: int) -> list[tuple]:
        if self.rows is None:
            return []
        if bound is None:
            return list(self.rows.order_by(f"-{self.schluessel}")[:size])
        if richtung.newer:
            return list(self.rows.filter(**{f"{self.schluessel}__gte": bound}).order_by(self.schluessel)[:size])
        return list(self.rows.filter(**{f"{self.schluessel}__lt": bound}).order_by(f"-{self.schluessel}")[:size])


@dataclass(frozen=True)
class Blatt:
    """One page: (stream, row) newest first, and the places behind its two ends, None where nothing follows."""

    zeilen: Sequence[tuple[int, tuple]]
    aelter: Stelle | None
    neuer: Stelle | None


def read_place(query: QueryDict) -> Richtung:
    """Return where an address points: `?vor=12-3` older than that, `?nach=12-3` from there on."""
    for name in ("vor", "nach"):
        if text := query.get(name, ""):
            found = _PLACE.fullmatch(text)
            if found is None:
                return Richtung(fehler="Diese Stelle der Zeitachse gibt es nicht. Gezeigt wird der Anfang.")
            return Richtung(Stelle(int(found[1]), int(found[2])), newer=name == "nach")
    return Richtung()


def turned_to(streams: tuple[Strom, Strom], richtung: Richtung, size: int) -> Blatt:
    """Return one page of both streams; a query for each."""
    place = richtung.stelle
    bounds = (place.eintrag, place.anmeldung) if place else (None, None)
    read = [stream.read(richtung, bound, size + 1) for stream, bound in zip(streams, bounds, strict=True)]
    tagged = [[(number, row) for row in rows] for number, rows in enumerate(read)]

    def moment(item: tuple[int, tuple]) -> tuple[Any, int]:
        return item[1][streams[item[0]].zeit], -item[0]

    merged = heapq.merge(*tagged, key=moment, reverse=not richtung.newer)
    shown = list(islice(merged, size))
    more = len(read[0]) + len(read[1]) > size
    if richtung.newer:
        end = Stelle(*(_after(number, shown, bounds[number]) for number in (0, 1)))
        return Blatt(shown[::-1], aelter=place if place != ANFANG else None, neuer=end if more else None)
    end = Stelle(*(_before(number, shown, bounds[number], read[number]) for number in (0, 1)))
    return Blatt(shown, aelter=end if more else None, neuer=place)


def _after(number: int, shown: list[tuple[int, tuple]], bound: int) -> int:
    keys = [row[0] for stream, row in shown if stream == number]
    return keys[-1] + 1 if keys else bound


def _before(number: int, shown: list[tuple[int, tuple]], bound: int | None, read: list[tuple]) -> int:
    """The oldest key shown; where none was, the cut stays, or lies above all that there was to show."""
    keys = [row[0] for stream, row in shown if stream == number]
    if keys:
        return keys[-1]
    if bound is not None:
        return bound
    return read[0][0] + 1 if read else 1
