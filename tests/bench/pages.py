"""Pages at two sizes: how many queries, and how long against a constant response of the same server."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.utils import timezone

from tests.bench.content import CITATIONS, MEASURED, MEASURED_WEISUNG, kennung, stand
from tests.bench.databases import work_on
from tests.bench.environment import BenchFailed
from tests.bench.figures import Spread, rounds
from tests.bench.queries import queries_of
from tests.bench.serving import Visitor
from tests.bench.wording import EVERYWHERE, RARE

ROUNDS, FEWEST_ROUNDS, SECONDS = 9, 3, 50
REQUESTS = 8  # of each page, at each size, in each round


@dataclass(frozen=True)
class Page:
    """What is asked for, and how to tell that it came."""

    name: str
    path: str
    shows: str = ""
    status: int = 200
    signed_in: bool = True


@dataclass(frozen=True)
class PageFigures:
    """Queries and milliseconds (median of each round) at both sizes."""

    page: Page
    queries: tuple[list[str], list[str]]
    small: Spread
    large: Spread


# As a probe asks for it: with a session, middleware would look for the person.
CONSTANT = Page("/health/live", "/health/live", "ok", signed_in=False)
PASSWORD = Page("/kennwort/", "/kennwort/", "Kennwort")


def pages() -> list[Page]:
    """Return the measured pages, the two yardsticks first."""
    named, heute = kennung(MEASURED), timezone.localdate()
    detail = f"/arbeitsmittel/{named.slug}/"
    return [
        CONSTANT,
        PASSWORD,
        Page("Arbeitsmittel", detail, str(named)),
        Page("– ein früherer Stand", f"{detail}{stand(MEASURED, 0, heute)}/", str(named)),
        Page("Liste der Arbeitsmittel", "/arbeitsmittel/", kennung(0).bezeichnung),
        Page(f"Weisung mit {CITATIONS} Zitaten", f"/weisungen/{MEASURED_WEISUNG}/", MEASURED_WEISUNG),
        Page("Liste der Weisungen", "/weisungen/", MEASURED_WEISUNG),
        Page("Start", "/", "Arbeitsmittel"),
        Page("Redaktion: Liste der Fassungen", "/redaktion/arbeitsmittel/fassung/", "Fassung"),
        Page("Suche: Sprung", f"/suche/?q={named.bezeichnung}", status=302),
        Page("Suche: Wort in 1 %", f"/suche/?q={quote(RARE)}", "<mark>"),
        Page("Suche: Wort in allen", f"/suche/?q={quote(EVERYWHERE)}", "<mark>"),
    ]


def count_queries(databases: Sequence[str], cookies: dict[str, str]) -> list[tuple[list[str], list[str]]]:
    """Return for each page its statements in both databases; asked in this process, twice, as caches may fill."""
    counted = []
    for name in databases:
        work_on(name)
        for _warming_up_and_counting in range(2):
            found = [queries_of(page.path, cookies if page.signed_in else {}, page.status) for page in pages()]
        counted.append(found)
    return list(zip(*counted, strict=True))


def time_pages(small: Visitor, large: Visitor) -> list[tuple[Spread, Spread]]:
    """Return for each page its milliseconds at both sizes: one median per round. Raises BenchFailed."""
    asked = pages()
    for page in asked:
        for visitor in (small, large):
            _check(page, visitor)
    timed = [
        [_medians(page, small, large) for page in asked]
        for _round in rounds(ROUNDS, fewest=FEWEST_ROUNDS, seconds=SECONDS)
    ]
    return [
        (Spread.of(one for one, _other in of_page), Spread.of(other for _one, other in of_page))
        for of_page in zip(*timed, strict=True)
    ]


def _medians(page: Page, small: Visitor, large: Visitor) -> tuple[float, float]:
    times = [(_seconds(page, small), _seconds(page, large)) for _ in range(REQUESTS)]  # A B A B
    return tuple(1000 * Spread.of(values).median for values in zip(*times, strict=True))


def _seconds(page: Page, visitor: Visitor) -> float:
    begin = time.perf_counter()
    visitor.get(page.path, signed_in=page.signed_in)
    return time.perf_counter() - begin


def _check(page: Page, visitor: Visitor) -> None:
    for _also_warming_up in range(2):
        status, body = visitor.get(page.path, signed_in=page.signed_in)
    if status != page.status or page.shows not in body.decode("utf-8"):
        raise BenchFailed(f"{page.path} antwortet mit {status} oder zeigt nicht „{page.shows}“: So gilt keine Messung.")
