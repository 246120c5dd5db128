"""The Synopse of two texts of 20 pages, against cleaning them, as every save does, and against difflib on words."""

import difflib
import random
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from portal.synopse import compare
from portal.text import clean, plain
from tests.bench.figures import Spread, rounds
from tests.bench.wording import changed, script

SIZE, SHARE = 60_000, 0.3  # characters of each text; share of its paragraphs, items and cells that differ
ROUNDS, FEWEST_ROUNDS, SECONDS = 15, 5, 10


@dataclass(frozen=True)
class SynopseFigures:
    """Seconds of each round, and what was found."""

    comparing: Spread
    showing: Spread
    cleaning: Spread
    words_only: Spread
    passages: int


def measure_synopse() -> SynopseFigures:
    """Return the figures; what is compared with each other is measured in turn."""
    dice = random.Random(1)
    old = clean(script(dice, SIZE))
    new = clean(changed(dice, old, SHARE))
    seconds = [_round(old, new) for _ in rounds(ROUNDS, fewest=FEWEST_ROUNDS, seconds=SECONDS)]
    return SynopseFigures(*map(Spread.of, zip(*seconds, strict=True)), passages=compare(old, new).anzahl)


def _round(old: str, new: str) -> tuple[float, float, float, float]:
    synopse = compare(old, new)
    words = [plain(text).split() for text in (old, new)]
    return (
        _seconds(lambda: compare(old, new).html),
        _seconds(lambda: synopse.abschnitte),
        _seconds(lambda: (clean(old), clean(new))),
        _seconds(lambda: difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes()),
    )


def _seconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin
