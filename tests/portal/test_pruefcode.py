import re

from hypothesis import given
from hypothesis import strategies as st

from portal.pruefcode import check_code

FACTS = {"kennung": "GLF SC 3.001a", "tag": "2024-01-02", "stand": "02.01.2024"}


def test_check_code_is_the_same_for_the_same_facts_and_stays_so():
    """Written down once: a certificate that was printed must be checkable years later."""
    assert check_code(FACTS) == "4QB3-R9KQ-2BJB-749W"
    assert check_code(dict(reversed(FACTS.items()))) == check_code(FACTS)


@given(st.dictionaries(st.text(), st.text()))
def test_check_code_has_four_groups_that_nobody_misreads(facts):
    assert re.fullmatch(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", check_code(facts))


def test_check_code_changes_with_every_fact():
    others = [{**FACTS, name: value + "x"} for name, value in FACTS.items()] + [FACTS | {"neu": ""}, {}]
    assert len({check_code(facts) for facts in [FACTS, *others]}) == len(others) + 1
