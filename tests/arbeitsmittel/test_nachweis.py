"""What a Nachweis says of a day, as it was known then, and what it keeps apart as learned later."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from arbeitsmittel.models import Fassung
from arbeitsmittel.nachweis import Nachweis, knowledge_of, nachweis
from portal.freigabe import confirm_release, withdraw
from portal.zeitpunkt import at
from tests.factories import make_fassung, make_person, publish, second_person

pytestmark = pytest.mark.django_db

DAY = date(2024, 1, 2)
MORNING, NOON = datetime(2024, 1, 2, 8, tzinfo=UTC), datetime(2024, 1, 2, 11, tzinfo=UTC)
LATER, NOW = datetime(2024, 1, 5, 13, 30, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)


def released(stand="2024-01-02", moment=MORNING, **fields) -> Fassung:
    row = make_fassung(stand=stand, published=False, nachtrag_grund="Test", **fields)
    publish(row, moment)
    return row


def take_back(row: Fassung, moment: datetime) -> None:
    withdraw(row, art="irrtum", reason="Falsche Frist", user=second_person(), now=moment)


def asked(row: Fassung, clock: time | None = None, tag: date = DAY, now: datetime = NOW) -> Nachweis:
    wissen = at(tag, clock) if clock else knowledge_of(tag, now)
    return nachweis(row.arbeitsmittel, tag, wissen, now, ohne_uhrzeit=clock is None)


def staende(found: list) -> list[str]:
    return [str(fassung.stand) if fassung else "" for _moment, fassung in found]


def test_fassung_of_the_day_as_known_at_its_end():
    row = released()
    found = asked(row)
    assert (found.fassung, found.pdf_sha256, found.spaeter) == (row, row.pdf.sha256, None)
    assert found.wissen.worte == "am Ende des 02.01.2024"
    assert asked(row, tag=date(2024, 1, 1)).fassung is None


def test_a_time_decides_where_something_happened_on_that_day():
    old, new = released("2023-05-12", datetime(2023, 5, 12, tzinfo=UTC)), released(moment=NOON)
    assert asked(new, time(11, 59)).fassung == old
    assert asked(new, time(12, 0)).fassung == new
    assert asked(new, time(11, 59)).spaeter.andere
    assert asked(new, time(11, 59)).im_laufe == []


def test_without_a_time_it_tells_what_changed_on_that_day():
    """Released by mistake in the morning and withdrawn at noon: start and end of the day are alike, calls are not."""
    old, wrong = released("2023-05-12", datetime(2023, 5, 12, tzinfo=UTC)), released()
    take_back(wrong, NOON)
    found = asked(old)
    assert found.fassung == old
    assert staende(found.im_laufe) == ["2023-05-12", "2024-01-02", "2023-05-12"]
    assert [moment for moment, _fassung in found.im_laufe][1:] == [MORNING, NOON]
    assert asked(old, tag=date(2024, 1, 3)).im_laufe == []


def test_withdrawal_afterwards_is_later_knowledge_and_changes_neither_answer_nor_code():
    old, row = released("2023-05-12", datetime(2023, 5, 12, tzinfo=UTC)), released()
    before = asked(row, now=LATER - timedelta(seconds=1))
    take_back(row, LATER)
    after = asked(row)
    assert (before.fassung, before.spaeter) == (row, None)
    assert after.fassung == row
    assert after.fassung.zurueckgezogen_am is None
    assert after.spaeter.zurueckgezogen.zurueckgezogen_grund == "Falsche Frist"
    assert (after.spaeter.fassung, after.spaeter.andere) == (old, True)
    assert after.pruefcode == before.pruefcode
    assert asked(row, tag=date(2024, 1, 6)).spaeter is None


def test_late_entry_is_later_knowledge():
    row = released("2023-05-12", datetime(2023, 5, 12, tzinfo=UTC))
    late = released(moment=LATER)
    found = asked(row)
    assert found.fassung == row
    assert (found.spaeter.fassung, found.spaeter.zurueckgezogen) == (late, None)


def test_emergency_release_was_open_then_and_its_confirmation_came_later(freigabe):
    row = make_fassung(published=False, nachtrag_grund="Test")
    publish(row, MORNING, weg="eil", eil_grund="Störung", veroeffentlicht_von=make_person("eilig"))
    row.refresh_from_db()
    confirm_release(row, comment="", user=freigabe, now=LATER)
    found = asked(row)
    assert found.fassung.eil_offen
    assert (found.spaeter.bestaetigt, found.spaeter.andere) == (row, False)
    assert asked(row, tag=date(2024, 1, 6)).spaeter is None


def test_code_differs_with_question_and_answer_and_not_with_the_moment_of_asking():
    row = released()
    other = make_fassung("GLF SC 3.204", "2024-01-02")
    codes = [
        asked(row).pruefcode, asked(row, time(12)).pruefcode, asked(row, tag=date(2024, 1, 3)).pruefcode,
        asked(other).pruefcode, asked(row, tag=date(2023, 1, 1)).pruefcode,
    ]  # fmt: skip
    assert len(set(codes)) == len(codes)
    assert asked(row, now=NOW + timedelta(days=400)).pruefcode == codes[0]


def test_for_today_the_moment_of_asking_is_assumed():
    assert knowledge_of(NOW.date(), NOW).moment == NOW
    assert knowledge_of(date(2026, 11, 22), NOW).worte == "am Ende des 22.11.2026"


def test_stand_known_without_text_has_no_file():
    row = make_fassung(only_stand=True)
    found = asked(row)
    assert found.fassung.nur_stand
    assert found.pdf_sha256 == ""
