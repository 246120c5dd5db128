"""The weeks as a small chart: bars of an SVG without any style, and the same as a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from portal.pages.revision.wochen import Wochen

HEIGHT, WIDTH, GAP = 40, 10, 2  # of the drawing, in its own units


@dataclass(frozen=True)
class Schaubild:
    """The bars, and for each week its words and its address."""

    balken: SafeString
    breite: int
    hoehe: int
    zeilen: list[tuple[str, str, str]]  # (from to, how many, address of that week)


def chart_of(wochen: Wochen, query: QueryDict) -> Schaubild:
    """Return the chart of some weeks; the address of a week keeps the filter and asks for that week."""
    width = len(wochen.wochen) * (WIDTH + GAP) - GAP
    return Schaubild(mark_safe("".join(_bars(wochen))), width, HEIGHT, list(_rows(wochen, query)))


def _bars(wochen: Wochen) -> Iterator[str]:
    """Yield numbers in markup of our own: nothing in it comes from anybody's input."""
    most = wochen.hoechste or 1
    for place, woche in enumerate(wochen.wochen):
        tall = max(1, round(HEIGHT * woche.anzahl / most)) if woche.anzahl else 0
        x, y = place * (WIDTH + GAP), HEIGHT - tall
        yield f'<rect class="wochen__platz" x="{x}" y="0" width="{WIDTH}" height="{HEIGHT}"/>'
        if tall:
            yield f'<rect class="wochen__balken" x="{x}" y="{y}" width="{WIDTH}" height="{tall}"/>'


def _rows(wochen: Wochen, query: QueryDict) -> Iterator[tuple[str, str, str]]:
    kept = query.copy()
    for name in ("vor", "nach", "von", "bis"):
        kept.pop(name, None)
    rest = kept.urlencode()
    for woche in reversed(wochen.wochen):
        words = f"{woche.montag:%d.%m.} bis {woche.sonntag:%d.%m.%Y}"
        count = f"mindestens {woche.anzahl}" if woche.mindestens else str(woche.anzahl)
        days = f"von={woche.montag}&bis={woche.sonntag}"
        yield words, count, f"?{rest}&{days}" if rest else f"?{days}"
