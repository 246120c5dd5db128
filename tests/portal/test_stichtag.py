from datetime import date

import pytest

from portal.stichtag import read_stichtag

TODAY = date(2026, 11, 23)


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
