"""The published Weisung itself, read where it lies beside the project, because it must not be copied."""

from collections import Counter

import pytest
from importing_texts import codes, read_with_evidence

from arbeitsmittel.citations import find_citations
from arbeitsmittel.kennung import Art
from portal.text import clean, headings, plain
from weisungen.importing import ImportRefused, read_weisung
from weisungen.importing.refusal import faults_of


@pytest.fixture(scope="module")
def vorschlag(real_weisung):
    return read_with_evidence(real_weisung)


def test_real_header_has_its_nine_fields(vorschlag):
    assert vorschlag.as_json()["weisung"] == {
        "nummer": "202305004",
        "titel": "Weiterentwicklung der Prozesse im Kundenportal",
        "datum": "2023-05-12",
        "geschaeftszeichen": "QUB 5 – 6801.4 / 6901.4",
        "gueltig_ab": "2023-05-12",
        "gueltig_bis": None,
        "sgb_ii": "nicht betroffen",
        "sgb_iii": "Weisung",
        "familienkasse": "Information",
        "bezug": [],
        "aufhebungen": [],
    }
    assert {vorschlag.belege[field].text for field in ("bezug", "aufhebungen")} == {"- -"}
    assert vorschlag.belege["gueltig_bis"].text == "unbegrenzt"
    assert vorschlag.zusaetze == {}


def test_real_sections_are_clean_rich_text(vorschlag):
    assert [(part.nummer, part.titel) for part in vorschlag.abschnitte] == [
        (1, "Ausgangssituation"),
        (2, "Auftrag und Ziel"),
        (3, "Einzelaufträge"),
        (4, "Info"),
        (5, "Haushalt"),
        (6, "Beteiligung"),
    ]
    for part in vorschlag.abschnitte:
        assert clean(part.inhalt) == part.inhalt
        assert "PDF" not in part.inhalt
        assert "*" not in part.inhalt
    second = vorschlag.abschnitte[1].inhalt
    assert [(heading.level, heading.text[:3]) for heading in headings(second)] == [(3, "2.1"), (3, "2.2"), (4, "a) ")]
    assert second.count("<ol>") == 1  # the list goes on after the citation that breaks a paragraph
    assert second.partition("<ol>")[2].count("<li>") == 3
    assert plain(vorschlag.abschnitte[4].inhalt) == plain(vorschlag.abschnitte[5].inhalt) == "Entfällt"
    assert vorschlag.vorspann.count("<p>") == 1


def test_real_citations_are_35_of_27_arbeitsmittel(vorschlag):
    kennungen = {zitat.kennung for zitat in vorschlag.zitate}
    assert len(vorschlag.zitate) == 35
    assert Counter(kennung.art for kennung in kennungen) == {Art.GLF_EZ: 11, Art.GLF_SC: 13, Art.EMB_AH: 3}
    assert Counter(zitat.abschnitt for zitat in vorschlag.zitate) == {2: 19, 4: 16}
    broken = [zitat for zitat in vorschlag.zitate if "\n\n" in zitat.beleg]
    assert [(str(zitat.kennung), zitat.stand.iso()) for zitat in broken] == [("GLF SC 3.204", "2024-03-01")]


def test_real_stored_text_cites_the_same_in_the_same_order(vorschlag):
    names = {zitat.kennung.bezeichnung for zitat in vorschlag.zitate if zitat.kennung.art is Art.EMB_AH}
    for part in vorschlag.abschnitte:
        recorded = [zitat.kennung for zitat in vorschlag.zitate if zitat.abschnitt == part.nummer]
        assert [found.kennung for found in find_citations(plain(part.inhalt), names)] == recorded


def test_real_findings_are_those_that_an_editor_must_see(vorschlag):
    assert Counter(codes(vorschlag)) == {
        "rolle-widerspricht-zitat": 1,
        "stand-nach-weisung": 19,
        "geschwister-verschieden": 1,
        "aufzaehlung-unvollstaendig": 1,
    }
    by_code = {befund.code: befund for befund in vorschlag.befunde}
    assert "SGB II: nicht betroffen" in by_code["rolle-widerspricht-zitat"].text
    assert "GLF SC 2.011" in by_code["rolle-widerspricht-zitat"].text
    assert "Thema 103" in by_code["geschwister-verschieden"].text
    assert by_code["aufzaehlung-unvollstaendig"].beleg.startswith("a) ")


@pytest.mark.parametrize("length", [60, 200, 340, 600])
def test_real_weisung_cut_off_before_its_first_section_is_refused(real_weisung, length):
    with pytest.raises(ImportRefused):
        read_weisung(real_weisung[:length])


def test_real_weisung_may_be_stored_whole_and_not_cut_off(real_weisung):
    assert faults_of(read_weisung(real_weisung), real_weisung) == []
    for length in range(700, real_weisung.rindex("Entf"), 97):
        assert faults_of(read_weisung(real_weisung[:length]), real_weisung[:length]), length


def test_real_weisung_cut_off_later_reports_the_missing_sections(real_weisung):
    vorschlag = read_with_evidence(real_weisung[:4000])
    assert codes(vorschlag).count("abschnitt-fehlt") == 3
