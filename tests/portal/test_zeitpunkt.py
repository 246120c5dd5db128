"""A moment as people write it, the nights included in which the clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.zeitpunkt import moment_of, parse_zeitpunkt


def moment(text: str) -> str:
    return parse_zeitpunkt(text).moment.astimezone(UTC).isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-01T14:30", "2026-11-01T13:30:00+00:00"),
        ("2026-11-01 14:30", "2026-11-01T13:30:00+00:00"),
        ("01.11.2026 14:30", "2026-11-01T13:30:00+00:00"),
        ("1.11.2026, 14:30 Uhr", "2026-11-01T13:30:00+00:00"),
        ("01.11.2026 um 9:05", "2026-11-01T08:05:00+00:00"),
        ("2026-07-01T00:00", "2026-06-30T22:00:00+00:00"),
        ("2026-07-01T14:30:59", "2026-07-01T12:30:59+00:00"),
        ("2026-07-01T14:30+02:00", "2026-07-01T12:30:00+00:00"),
        ("2026-07-01T14:30 02:00", "2026-07-01T12:30:00+00:00"),  # a plus sign in an address is a space
        ("2026-07-01T12:30Z", "2026-07-01T12:30:00+00:00"),
    ],
)
def test_both_forms_are_read_on_german_clocks(text, expected):
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("text", "midnight"),
    [
        ("01.11.2026", "2026-11-01T22:59:59.999999+00:00"),
        ("2026-11-01", "2026-11-01T22:59:59.999999+00:00"),
        ("2027-03-28", "2027-03-28T21:59:59.999999+00:00"),  # a day of 23 hours
        ("2026-10-25", "2026-10-25T22:59:59.999999+00:00"),  # a day of 25 hours
    ],
)
def test_a_day_alone_is_its_end(text, midnight):
    assert moment(text) == midnight
    assert parse_zeitpunkt(text).worte.startswith("am Ende des ")


def test_time_that_the_clocks_skipped_is_read_as_an_hour_later_and_said():
    found = parse_zeitpunkt("28.03.2027 02:30")
    assert found.moment == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert found.worte == "am 28.03.2027 um 03:30 Uhr"
    assert found.hinweis == (
        "02:30 Uhr gab es am 28.03.2027 nicht, weil die Uhren vorgestellt wurden. Gemeint ist 03:30 Uhr."
    )


@pytest.mark.parametrize("text", ["2027-03-28T01:59", "2027-03-28T03:00", "2026-10-25T01:59", "2026-10-25T03:00"])
def test_around_the_change_nothing_is_assumed(text):
    found = parse_zeitpunkt(text)
    assert found.hinweis == ""
    assert found.geschrieben == text


def test_time_that_came_twice_is_the_second_one_and_the_other_can_be_asked_for():
    second = parse_zeitpunkt("25.10.2026 02:30")
    assert second.moment == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert "zweimal" in second.hinweis
    assert second.worte.endswith("02:30 Uhr (Winterzeit)")
    first = parse_zeitpunkt("2026-10-25T02:30:00+02:00")
    assert first.moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert (first.hinweis, first.worte) == ("", "am 25.10.2026 um 02:30 Uhr (Sommerzeit)")
    assert "2026-10-25T02:30+02:00" in second.hinweis
    for found in (first, second):  # what a link carries along means the same moment
        assert parse_zeitpunkt(found.geschrieben).moment == found.moment


@pytest.mark.parametrize(
    "text",
    [
        "", "gestern", "2024-02-30", "31.02.2024 12:00", "2024-01-02T24:00", "2024-01-02T12:60", "12:30", "2024-01-02T",
        "01.01.2024 10:00+01:00", "2024-01-02T10:00+99:99", "0001-01-01", "9999-12-31", "9999-12-31T23:59-23:00",
        "२०२४-०१-०२", "2024-01-02\x00", "2024-01-02" + " " * 60 + "x", "2024-01-02T1:3", "2024-01-02T10:00:00.5",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_none(text):
    assert parse_zeitpunkt(text) is None


# Seconds from 1990 on, half of them within two hours of a night in which the clocks change.
START = datetime(1990, 1, 1, tzinfo=UTC)
CHANGES = [datetime(*day, 1, tzinfo=UTC) for day in ((1996, 10, 27), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31))]
SECONDS = st.integers(0, 100 * 365 * 24 * 3600).map(lambda passed: START + timedelta(seconds=passed))
AWAY = st.integers(-7200, 7200).map(lambda seconds: timedelta(seconds=seconds))
NEAR = st.builds(lambda change, away: change + away, st.sampled_from(CHANGES), AWAY)


@given(st.one_of(SECONDS, NEAR))
def test_what_a_link_carries_means_the_same_moment(moment):
    asked = moment_of(moment)
    assert asked.moment == moment
    assert parse_zeitpunkt(asked.geschrieben) == asked
