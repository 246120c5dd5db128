"""Citations of a Weisung: where they stand, in which section, and what of them stays in the stored text."""

import pytest
from importing_texts import codes, read_with_evidence, text_of, weisung_text


def cited(vorschlag):
    return [(zitat.abschnitt, str(zitat.kennung), str(zitat.stand or "")) for zitat in vorschlag.zitate]


def test_marker_of_a_link_goes_and_printed_words_stay():
    text = weisung_text(
        s2="Siehe GLF SC 3.001a(PDF PDF, Stand 02.01.2024), 3.002 (PDF, Stand 12/2019) und 3.003 (Stand: Juli 2012)."
    )
    vorschlag = read_with_evidence(text)
    assert cited(vorschlag) == [
        (2, "GLF SC 3.001a", "02.01.2024"),
        (2, "GLF SC 3.002", "12/2019"),
        (2, "GLF SC 3.003", "07/2012"),
    ]
    assert text_of(vorschlag, 2) == "<p>Siehe GLF SC 3.001a, 3.002 und 3.003 (Stand: Juli 2012).</p>"


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
    printed = "" if "PDF" in marker else " (Stand: 02.01.2024)"
    html = text_of(vorschlag, 2).replace("\n", "")
    assert html == f"<ol><li>eins (GLF SC 3.001a{printed}, 3.002)</li><li>zwei</li></ol>"


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
