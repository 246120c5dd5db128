"""The time of a comparison is bounded, whatever the texts are (processor time, so a busy machine does not matter)."""

import random
import time

import pytest

from portal.synopse import Synopse, compare, new_text, old_text
from portal.synopse.matching import common
from portal.text import clean
from tests.bench.wording import changed, script

pytestmark = pytest.mark.slow
PAGES_20 = 60_000  # characters


def timed(old: str, new: str) -> tuple[Synopse, float]:
    begin = time.process_time()
    synopse = compare(old, new)
    assert synopse.html is not None
    assert synopse.abschnitte is not None
    return synopse, time.process_time() - begin


def test_two_texts_of_20_pages_take_well_under_a_second():
    dice = random.Random(1)
    old = clean(script(dice, PAGES_20))
    new = clean(changed(dice, old, 0.3))
    synopse, seconds = timed(old, new)
    assert (old_text(synopse.html), new_text(synopse.html)) == (old, new)
    assert synopse.anzahl > 50
    assert seconds < 0.8


def rows(count: int, words: str) -> str:
    return "<table>" + "".join(f"<tr><td>{words}{i}</td><td>x{words}{i}</td></tr>" for i in range(count)) + "</table>"


def paragraphs(count: int, words: str) -> str:
    return "".join(f"<p>{words}{number}</p>" for number in range(count))


def phrase(count: int, seed: int) -> str:
    dice = random.Random(seed)
    return f"<p>{' '.join(str(dice.randrange(100_000)) for _ in range(count))}</p>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rows(2000, "alt"), rows(2000, "neu")),
        (rows(2000, "der Fall "), rows(2000, "ein Fall ")),
        (paragraphs(5000, "alt"), paragraphs(5000, "neu")),
        (paragraphs(5000, "der Fall "), paragraphs(5000, "ein Fall ")),
        (phrase(60_000, 1), phrase(60_000, 2)),
        ("<p>" + "a b c " * 50_000 + "</p>", "<p>" + "c a d " * 50_000 + "</p>"),
        ("<p>" + "a <em>b</em> " * 10_000 + "</p>", "<p>" + "<em>c</em> d " * 10_000 + "</p>"),
        ("<ul><li>" * 24 + "eins zwei", "<ul><li>" * 24 + "eins drei"),
    ],
    ids=["rows", "similar rows", "paragraphs", "similar paragraphs", "words", "the same words", "elements", "nested"],
)
def test_the_worst_texts_take_seconds_only(old, new):
    synopse, seconds = timed(old, new)
    assert synopse.geaendert
    assert seconds < 6


def test_long_sequences_keep_what_occurs_once():
    dice = random.Random(1)
    old = [dice.randrange(10**9) for _ in range(20_000)]
    new = [value for value in old if value % 10]
    assert [old[i] for i, _ in common(old, new)] == new
