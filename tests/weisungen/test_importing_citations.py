"""Citations of a Weisung: where they stand, in which section, and what of them stays in the stored text."""

import pytest
from importing_texts import codes, read_with_evidence, text_of, weisung_text

from arbeitsmittel.models import Arbeitsmittel
from portal import stichtag
from weisungen import dates
from weisungen.importing import quoting


def cited(vorschlag):
    return [(zitat.abschnitt, str(zitat.kennung), str(zitat.stand or "")) for zitat in vorschlag.zitate]


def test_every_marker_with_a_stand_leaves_the_text():
    text = weisung_text(
        s2="Siehe GLF SC 3.001a(PDF PDF, Stand 02.01.2024), 3.002 (PDF, Stand 12/2019) und 3.003 (Stand: Juli 2012)."
    )
    vorschlag = read_with_evidence(text)
    assert cited(vorschlag) == [
        (2, "GLF SC 3.001a", "02.01.2024"),
        (2, "GLF SC 3.002", "12/2019"),
        (2, "GLF SC 3.003", "07/2012"),
    ]
    assert text_of(vorschlag, 2) == "<p>Siehe GLF SC 3.001a, 3.002 und 3.003.</p>"


@pytest.mark.parametrize(
    ("marker", "stand"),
    [
        ("(PDF PDF, Stand 02.01.2024)", "2024-01-02"),
        ("(Stand: 12/2019)", "2019-12"),
        ("(Stand: Juli 2012)", "2012-07"),
        ("", None),
    ],
)
def test_stand_with_day_and_with_month_only(marker, stand):
    vorschlag = read_with_evidence(weisung_text(s4=f"Siehe GLF SC 3.001a {marker}".strip() + "."))
    assert [zitat["stand"] for zitat in vorschlag.as_json()["zitate"]] == [stand]


def test_other_links_to_files_keep_their_words():
    vorschlag = read_with_evidence(weisung_text(s2="Anlage 1 (PDF, 120 KB) gilt."))
    assert text_of(vorschlag, 2) == "<p>Anlage 1 (PDF, 120 KB) gilt.</p>"


@pytest.mark.parametrize("marker", ["(PDF PDF, Stand\n\n02.01.2024)", "(Stand:\n\n02.01.2024)"])
def test_citation_broken_by_a_paragraph_does_not_break_its_list(marker):
    vorschlag = read_with_evidence(weisung_text(s2=f"1. eins (GLF SC 3.001a {marker}, 3.002)\n2. zwei"))
    assert cited(vorschlag) == [(2, "GLF SC 3.001a", "02.01.2024"), (2, "GLF SC 3.002", "")]
    html = text_of(vorschlag, 2).replace("\n", "")
    assert html == "<ol><li>eins (GLF SC 3.001a, 3.002)</li><li>zwei</li></ol>"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("Siehe GLF SC 3.001a (Stand 05.12.2022).", "Siehe GLF SC 3.001a."),
        ("Siehe GLF SC 3.001a, Stand Juli 2012, und mehr.", "Siehe GLF SC 3.001a, und mehr."),
        ("(GLF SC 3.001a, Stand 05.12.2022) gilt.", "(GLF SC 3.001a) gilt."),
        ("Siehe GLF SC **3.001a** (Stand 05.12.2022).", "Siehe GLF SC <strong>3.001a</strong>."),
        ("Siehe **GLF SC 3.001a, Stand 05.12.2022**.", "Siehe <strong>GLF SC 3.001a</strong>."),
        ("Siehe GLF SC 3.001a *(PDF, Stand 05.12.2022)*.", "Siehe GLF SC 3.001a."),
        ("Siehe GLF SC 3.001a (Stand 05.12.2022, siehe Anlage).", "Siehe GLF SC 3.001a (siehe Anlage)."),
        ("Siehe EMB AH Probe und Übung mit Stand 05.12.2022.", "Siehe EMB AH Probe und Übung."),
    ],
)
def test_page_has_no_second_stand_beside_its_own(written, stored):
    vorschlag = read_with_evidence(weisung_text(s2=written))
    (zitat,) = vorschlag.zitate
    assert text_of(vorschlag, 2) == f"<p>{stored}</p>"
    assert "Stand" in zitat.beleg
    assert zitat.stand is not None


@pytest.mark.parametrize(("stand", "taken"), [("10.01.2924", None), ("10.01.0024", None), ("10.01.2024", "2024-01-10")])
def test_stand_that_nobody_can_mean_is_not_taken(stand, taken):
    vorschlag = read_with_evidence(weisung_text(s2=f"Siehe GLF SC 3.001a (PDF, Stand {stand})."))
    (zitat,) = vorschlag.as_json()["zitate"]
    assert (zitat["stand"], zitat["beleg"]) == (taken, f"GLF SC 3.001a (PDF, Stand {stand})")
    assert ("stand-unglaubhaft" in codes(vorschlag)) is (taken is None)


def test_believable_dates_are_those_that_the_portal_can_be_asked_for():
    assert (dates.EARLIEST, dates.LATEST) == (stichtag.EARLIEST, stichtag.LATEST)


@pytest.mark.parametrize("name", ["Übergrößenänderungsmaßnahmenüberprüfungsübersicht " * 2 + "Prüfungsübergänge", "A"])
def test_name_that_the_database_cannot_hold_is_reported_and_not_recorded(name):
    vorschlag = read_with_evidence(weisung_text(s2=f"EMB AH {name} (PDF, Stand 01.01.2024), GLF SC 3.001a."))
    assert [kennung for _, kennung, _ in cited(vorschlag)] == ["GLF SC 3.001a"]
    (befund,) = [befund for befund in vorschlag.befunde if befund.code == "zitat-unverstanden"]
    assert befund.beleg == f"EMB AH {name} (PDF, Stand 01.01.2024)"
    assert "zitate-abweichend" not in codes(vorschlag)


def test_longest_name_is_that_of_the_model():
    assert Arbeitsmittel._meta.get_field("slug").max_length == quoting.MAX_SLUG


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("**GLF SC** 3.001a", "<strong>GLF SC</strong> 3.001a"),
        ("GLF SC **3.001a** (PDF PDF, Stand 02.01.2024)", "GLF SC <strong>3.001a</strong>"),
        ("GLF SC [3.001a](https://example.org/a.pdf)", 'GLF SC <a href="https://example.org/a.pdf">3.001a</a>'),
        ("GLF\\/AH EZ 1\\.001", "GLF/AH EZ 1.001"),
        ("GLF&nbsp;SC&nbsp;3.001a", "GLF SC 3.001a"),
    ],
)
def test_citation_in_markdown_is_found_in_source_and_stored_text(written, stored):
    vorschlag = read_with_evidence(weisung_text(s2=f"Siehe {written}."))
    assert len(vorschlag.zitate) == 1
    assert text_of(vorschlag, 2) == f"<p>Siehe {stored}.</p>"
    assert "zitate-abweichend" not in codes(vorschlag)


def test_name_of_an_email_aid_is_found_again_where_it_stands_without_marker():
    vorschlag = read_with_evidence(
        weisung_text(
            s2="EMB AH Probe und Übung (PDF PDF, Stand 01.01.2024)",
            s4="EMB AH Zweite Probe (PDF PDF, Stand 01.01.2024), Probe und Übung",
        )
    )
    assert cited(vorschlag) == [
        (2, "EMB AH Probe und Übung", "01.01.2024"),
        (4, "EMB AH Zweite Probe", "01.01.2024"),
        (4, "EMB AH Probe und Übung", ""),
    ]
    assert "zitate-abweichend" not in codes(vorschlag)


def test_series_ends_with_its_section():
    vorschlag = read_with_evidence(weisung_text(s2="Siehe GLF SC 3.001a,", s3="3.002 und 3.003"))
    assert cited(vorschlag) == [(2, "GLF SC 3.001a", "")]


def test_vorspann_is_section_zero():
    vorschlag = read_with_evidence(weisung_text(vorspann="Neu ist GLF/AH EZ 1.001.", s6="GLF/AH EZ 1.001"))
    assert [(abschnitt, kennung) for abschnitt, kennung, _ in cited(vorschlag)] == [
        (0, "GLF/AH EZ 1.001"),
        (6, "GLF/AH EZ 1.001"),
    ]


def test_citation_in_a_table():
    table = "| Nummer | Stand |\n|---|---|\n| GLF SC 3.001a | neu |\n| GLF/AH EZ 1.001 (Stand 02.01.2024) | alt |"
    vorschlag = read_with_evidence(weisung_text(s2=table))
    assert cited(vorschlag) == [(2, "GLF SC 3.001a", ""), (2, "GLF/AH EZ 1.001", "02.01.2024")]
    assert "<table>" in text_of(vorschlag, 2)
    assert "zitate-abweichend" not in codes(vorschlag)


def test_json_has_exactly_the_agreed_form():
    vorschlag = read_with_evidence(weisung_text(s4="GLF SC 2.011 (PDF PDF, Stand 01.01.2024)"))
    data = vorschlag.as_json()
    assert set(data) == {"weisung", "vorspann", "abschnitte", "zitate", "befunde", "typ", "zusaetze", "belege"}
    assert set(data["abschnitte"][0]) == {"nummer", "titel", "inhalt", "position"}
    (zitat,) = data["zitate"]
    assert zitat == {
        "kennung": "GLF SC 2.011",
        "stand": "2024-01-01",
        "abschnitt": 4,
        "beleg": "GLF SC 2.011 (PDF PDF, Stand 01.01.2024)",
        "position": vorschlag.zitate[0].position,
    }
    (befund,) = data["befunde"]
    assert set(befund) == {"code", "schwere", "text", "beleg"}
    assert data["belege"]["sgb_ii"] == {"text": "nicht betroffen", "position": vorschlag.belege["sgb_ii"].position}


def test_stored_text_that_cites_something_else_is_reported():
    """A section that stands twice: joined, its two texts make one list of two separate places."""
    text = weisung_text(s6="Siehe GLF SC 3.001a,") + "\n## 6. Beteiligung\n\n3.002\n"
    vorschlag = read_with_evidence(text)
    assert cited(vorschlag) == [(6, "GLF SC 3.001a", "")]
    (befund,) = [befund for befund in vorschlag.befunde if befund.code == "zitate-abweichend"]
    assert befund.schwere == "fehler"
    assert "GLF SC 3.001a, GLF SC 3.002" in befund.text
