"""The history prints values as people write them."""

from datetime import UTC, date, datetime

import pytest

from portal.freigabe import Weg
from portal.history_words import in_words


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2024, 7, 1, 22, 30, tzinfo=UTC), "02.07.2024, 00:30 Uhr"),
        (date(2024, 1, 2), "02.01.2024"),
        (True, "ja"),
        (False, "nein"),
        ("eil", "Eilfreigabe"),
        ("", ""),
        ("freier Text", "freier Text"),
        (None, None),
        (7, 7),
    ],
)
def test_value_in_words(value, expected):
    assert in_words(value, dict(Weg.choices)) == expected
