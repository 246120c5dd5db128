from datetime import date

import pytest
from citation_reading import found

from arbeitsmittel.citations import find_citations
from arbeitsmittel.stand import Datum, parse_datum


@pytest.mark.parametrize(
    "marker",
    [
        "(PDF PDF, Stand 02.01.2024)",
        " (PDF, Stand 02.01.2024)",
        "(Stand 02.01.2024)",
        "(PDF, Stand: 02.01.2024)",
        ", Stand 02.01.2024",
        " Stand 02.01.2024",
        " – Stand: 02.01.2024",
        ", PDF, Stand 02.01.2024",
        " mit Stand 02.01.2024",
        "(PDF PDF, Stand\n\n02.01.2024)",
        "(PDF PDF, Stand 02.01.\n2024)",
        "\n(PDF\nPDF,\nStand\xa002.01.2024 )",
        "(PDF, 120 KB, Stand 02.01.2024)",
        "(PDF, Stand vom 2.1.24)",
        "(PDF, Stand 2. Januar 2024)",
        "(PDF, Stand 2024-01-02)",
    ],
)
def test_every_marker_gives_its_stand_and_belongs_to_the_evidence(marker):
    text = f"GLF SC 3.001a{marker}, 3.102{marker}; danach"
    assert found(text) == ["GLF SC 3.001a @ 02.01.2024", "GLF SC 3.102 @ 02.01.2024"]
    first, second = find_citations(text)
    assert (first.beleg, second.beleg) == (f"GLF SC 3.001a{marker}", f"3.102{marker}")
    assert text[second.label_start : second.label_end] == "3.102"
    assert text[first.label_start : first.label_end] == "3.001a"


@pytest.mark.parametrize(
    ("printed", "month"),
    [
        ("12/2019", "2019-12"),
        ("12.2019", "2019-12"),
        ("Juli 2012", "2012-07"),
        ("Ma\u0308rz 2020", "2020-03"),
        ("Sept. 2020", "2020-09"),
    ],
)
def test_month_stays_a_month(printed, month):
    (hit,) = find_citations(f"GLF SC 3.001a (PDF, Stand: {printed})")
    assert hit.stand.iso() == month
    assert hit.stand.nur_monat


@pytest.mark.parametrize(
    "marker", ["(PDF, Stand 31.02.2024)", ", Stand 31.02.2024", "(PDF, Stand 00/2019)", "(PDF, Stand unklar)", "(PDF)"]
)
def test_a_date_that_does_not_exist_gives_no_stand_but_stays_evidence(marker):
    first, second = find_citations(f"GLF SC 3.001a{marker}, 3.102")
    assert (first.stand, first.beleg) == (None, f"GLF SC 3.001a{marker}")
    assert str(second.kennung) == "GLF SC 3.102"


def test_a_marker_that_is_not_closed_does_not_swallow_the_next_item():
    assert found("(GLF SC 3.001a (PDF, Stand 02.01.2024, 3.102)") == ["GLF SC 3.001a @ 02.01.2024", "GLF SC 3.102"]
    assert found("(GLF SC 3.001a(PDF PDF, Stand 02.01.2024, 3.102(PDF, Stand 03.01.2024))") == [
        "GLF SC 3.001a @ 02.01.2024",
        "GLF SC 3.102 @ 03.01.2024",
    ]


def test_other_brackets_are_no_marker():
    (hit,) = find_citations("GLF SC 3.001a (siehe Stand der Technik), 3.102")
    assert hit.beleg == "GLF SC 3.001a"


def test_datum_prints_and_parses():
    assert (Datum(date(2024, 1, 2)).iso(), str(Datum(date(2024, 1, 2)))) == ("2024-01-02", "02.01.2024")
    assert (Datum(date(2019, 12, 1), True).iso(), str(Datum(date(2019, 12, 1), True))) == ("2019-12", "12/2019")
    assert parse_datum(" 2. Januar 2024 ") == Datum(date(2024, 1, 2))
    assert [parse_datum(text) for text in ("31.02.2024", "unbegrenzt", "", "02.01.2024 bis 03.01.2024")] == [None] * 4
