"""An older answer never changes, whatever is released, entered late, withdrawn or confirmed afterwards (issue 4).

The answers of the portal are compared with those of a simple model, and with what they were when first asked.
"""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.db import transaction

from arbeitsmittel.models import Arbeitsmittel, Fassung
from arbeitsmittel.reading import einordnen
from portal.provisioning import system_actor
from portal.stichtag import Stichtag, on_day
from tests.two_axes_sequences import DAYS, Sequence, begin, moments, store
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db

SEQUENCES, STEPS = 200, 5  # of one round
ASKED_DAYS = 4
Answers = dict[int, object]


def fassungen(stichtag: Stichtag) -> Answers:
    """What applies, by Arbeitsmittel: the rule as a query."""
    rows = Fassung.objects.current_on(stichtag).without_text()
    return {row.arbeitsmittel_id: (row.pk, row.eil_offen) for row in rows}


def rows_of_lists(stichtag: Stichtag) -> Answers:
    """What lists and citations print: Stand and flag."""
    rows = Arbeitsmittel.objects.with_current(stichtag).values_list("pk", "stand", "eil_offen")
    return {key: (stand, flag) for key, stand, flag in rows if stand}


def pages(stichtag: Stichtag) -> Answers:
    """What a page of its own shows: the rule in Python over all Stände that readers may see."""
    staende = defaultdict(list)
    for row in Fassung.objects.published(stichtag).without_text().order_by("-stand", "-veroeffentlicht_am"):
        staende[row.arbeitsmittel_id].append(row)
    placed = {key: einordnen(rows, stichtag).geltend for key, rows in staende.items()}
    return {key: (row.pk, row.eil_offen) for key, row in placed.items() if row}


def weisungen(stichtag: Stichtag) -> Answers:
    rows = Weisung.objects.published(stichtag).with_repeal(stichtag).without_text()
    return {row.pk: row.zustand(stichtag.tag) for row in rows}


def in_force(stichtag: Stichtag) -> Answers:
    return {row.pk: "in-kraft" for row in Weisung.objects.in_force_on(stichtag).without_text()}


def expected_fassungen(sequences: list[Sequence], day: date, moment: datetime) -> Answers:
    found = {one.arbeitsmittel.pk: one.board.fassung(day, moment) for one in sequences}
    return {key: answer for key, answer in found.items() if answer}


def expected_weisungen(sequences: list[Sequence], day: date, moment: datetime) -> Answers:
    found = {}
    for one in sequences:
        (repealed, repealing) = (row.pk for row in one.weisungen)
        found[repealed] = one.orders.weisung(repealed, repealing, day, moment)
        found[repealing] = one.orders.weisung(repealing, 0, day, moment)
    return {key: state for key, state in found.items() if state}


def said(one: Sequence) -> str:
    return "; ".join(f"{moment} {what} {notice}" for moment, what, notice in one.board.events + one.orders.events)


def assert_same(found: Answers, expected: Answers, sequences: list[Sequence], about: str) -> None:
    """Compare the answers of all sequences; name the first that differs, with what happened to it."""
    wrong = [key for key in {*found, *expected} if found.get(key) != expected.get(key)]
    for one in sequences if wrong else ():
        keys = {one.arbeitsmittel.pk, *(row.pk for row in one.weisungen)} & set(wrong)
        assert not keys, f"{about}: {[(found.get(key), expected.get(key)) for key in keys]} nach {said(one)}"


def ask(pair: tuple[date, datetime]) -> tuple[Answers, Answers]:
    stichtag = on_day(*pair)
    return fassungen(stichtag), weisungen(stichtag)


def compare_with_model(pair: tuple[date, datetime], answers: tuple[Answers, Answers], sequences: list) -> None:
    stichtag, about = on_day(*pair), f"am {pair[0]}, bekannt {pair[1]}"
    expected = expected_fassungen(sequences, *pair)
    assert_same(answers[0], expected, sequences, about)
    assert_same(pages(stichtag), expected, sequences, f"Seite {about}")
    stand = {row.pk: row.stand for one in sequences for row in one.fassungen}
    printed = {key: (stand[row], flag) for key, (row, flag) in expected.items()}
    assert_same(rows_of_lists(stichtag), printed, sequences, f"Liste {about}")
    states = expected_weisungen(sequences, *pair)
    assert_same(answers[1], states, sequences, f"Weisung {about}")
    applying = {key: state for key, state in states.items() if state == "in-kraft"}
    assert_same(in_force(stichtag), applying, sequences, f"in Kraft {about}")


def windows(dice: random.Random) -> Iterator[list[datetime]]:
    """Yield three neighbouring moments for each step, in the order of time."""
    pool = moments()
    starts = sorted(dice.sample(range(0, len(pool) - 2, 3), STEPS))
    yield from (pool[start : start + 3] for start in starts)


def run_round(seed: int, count: int = SEQUENCES) -> int:
    """Run one round of sequences; return how many questions were asked of each of them."""
    dice, keys, asked = random.Random(seed), itertools.count(1_000_000), 0
    older: dict[tuple[date, datetime], tuple[Answers, Answers]] = {}
    with transaction.atomic():
        sequences = begin(dice, count, system_actor())
        for window in windows(dice):
            for one in sequences:
                one.move(dice.choice(window), lambda: next(keys))
            store(sequences)
            for pair, answers in older.items():
                again = ask(pair)
                assert_same(again[0], answers[0], sequences, f"Runde {seed}: alte Antwort {pair} geändert")
                assert_same(again[1], answers[1], sequences, f"Runde {seed}: alte Antwort {pair} geändert")
            for pair in itertools.product(dice.sample(DAYS, ASKED_DAYS), window):
                older[pair] = ask(pair)
                compare_with_model(pair, older[pair], sequences)
            asked += len(older)
        transaction.set_rollback(True)
    return asked


def test_an_older_answer_never_changes():
    assert run_round(seed=20270328) >= 12 * (1 + 2 + 3 + 4 + 5) - 12  # a few pairs may come twice


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_an_older_answer_never_changes_over_thousands_of_sequences(seed):
    run_round(seed)
