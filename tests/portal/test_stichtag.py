from datetime import UTC, date, datetime

import pytest

from portal.stichtag import Stichtag, read_stichtag, with_knowledge

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def known(text: str, tag: str = "") -> Stichtag:
    return with_knowledge(read_stichtag(tag, TODAY), text, NOW)


@pytest.mark.parametrize("text", ["2024-01-02", "02.01.2024", "2.1.2024", " 2024-01-02 "])
def test_stichtag_reads_both_forms(text):
    stichtag = read_stichtag(text, TODAY)
    assert (stichtag.tag, stichtag.fehler) == (date(2024, 1, 2), "")


@pytest.mark.parametrize(
    "text", ["gestern", "2024-02-30", "31.02.2024", "20240102", "2024-W01-1", "0001-01-01", "9999-12-31", "२०२४-०१-०२"]
)
def test_stichtag_answers_what_is_no_day_with_a_sentence(text):
    stichtag = read_stichtag(text, TODAY)
    assert stichtag.ist_heute
    assert stichtag.fehler.endswith(".")


def test_stichtag_travels_with_links():
    stichtag = read_stichtag("2024-01-02", TODAY)
    assert stichtag.on("/arbeitsmittel/") == "/arbeitsmittel/?stichtag=2024-01-02"
    assert stichtag.on("/suche/?q=x#treffer") == "/suche/?q=x&stichtag=2024-01-02#treffer"


def test_today_leaves_links_alone():
    assert read_stichtag("", TODAY).on("/arbeitsmittel/") == "/arbeitsmittel/"
    assert read_stichtag("2026-11-23", TODAY).on("/arbeitsmittel/") == "/arbeitsmittel/"


def test_without_bekannt_the_knowledge_is_that_of_now():
    assert known("") == known("  ") == Stichtag(TODAY, TODAY, bekannt=NOW)


def test_both_dates_travel_with_links_also_where_the_day_is_today():
    assert known("05.01.2024 14:30", "2024-01-02").query == "stichtag=2024-01-02&bekannt=2024-01-05T14:30"
    assert known("2024-01-05").on("/#x") == "/?stichtag=2026-11-23&bekannt=2024-01-05#x"
    assert known("2025-10-26T02:30+02:00").query.endswith("bekannt=2025-10-26T02:30%2B02:00")


def test_today_as_knowledge_is_now_because_its_end_is_not_known_yet():
    assert known("23.11.2026") == known("")
    assert known("22.11.2026").bekannt < NOW


def test_moment_of_today_that_has_passed_is_taken():
    assert known("2026-11-23T10:00").bekannt == NOW
    assert known("2026-11-23T10:00").wissen is not None


@pytest.mark.parametrize(
    "text", ["2026-11-23T10:01", "24.11.2026", "2099-01-01", "31.12.1989", "1950-01-01T10:00", "gestern", "x" * 10_000]
)
def test_knowledge_that_nobody_can_have_is_now_with_a_sentence(text):
    stichtag = known(text, "2024-01-02")
    assert (stichtag.tag, stichtag.bekannt, stichtag.wissen) == (date(2024, 1, 2), NOW, None)
    assert stichtag.fehler.endswith("Gezeigt wird, was das Portal jetzt weiß.")
    assert len(stichtag.fehler) < 200


def test_both_values_may_be_wrong_and_both_are_said():
    fehler = known("bald", "gestern").fehler
    assert "„gestern“" in fehler
    assert "„bald“" in fehler
