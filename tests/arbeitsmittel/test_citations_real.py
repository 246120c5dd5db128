"""The published Weisung itself, read where it lies beside the project, because it must not be copied."""

from citation_reading import without_markers

from arbeitsmittel.citations import find_citations
from arbeitsmittel.kennung import Art, parse_kennung

# Facts of the published Weisung 202305004: which Kennung is printed with which Stand.
REAL_STAENDE = {
    "02.01.2024": "1.001 1.101 1.103 3.001a 3.001b 3.005",
    "28.12.2023": "1.410 3.410",
    "12.10.2023": "3.102 3.103 EMB_AH_Grundsätzliche_Rahmenbedingungen",
    "01.03.2024": "1.008a 1.204 1.307 3.204 3.307",
    "17.07.2023": "1.206 3.206 EMB_AH_Mitteilung_einer_Namensänderung",
    "12.05.2023": "1.011 1.305 1.409 2.011 3.011 3.305 3.402 EMB_AH_Umzug_und_Ortswechsel",
}


def test_real_weisung_has_35_citations_of_27_arbeitsmittel_with_their_staende(real_weisung):
    hits = find_citations(real_weisung)
    printed = {hit.kennung: str(hit.stand) for hit in hits}
    expected = {
        parse_kennung(name.replace("_", " ")): stand for stand, names in REAL_STAENDE.items() for name in names.split()
    }
    assert len(hits) == 35
    assert printed == expected
    assert len({(hit.kennung, hit.stand) for hit in hits}) == 27
    by_art = [sum(kennung.art is art for kennung in printed) for art in (Art.GLF_EZ, Art.GLF_SC, Art.EMB_AH)]
    assert by_art == [11, 13, 3]
    assert [str(kennung) for kennung in printed if kennung.nummer.startswith("2")] == ["GLF SC 2.011"]


def test_real_weisung_gives_the_same_kennungen_when_its_markers_are_gone(real_weisung):
    hits = find_citations(real_weisung)
    names = {hit.kennung.bezeichnung for hit in hits if hit.kennung.art is Art.EMB_AH}
    stored = without_markers(real_weisung)
    assert "PDF" not in stored
    assert [hit.kennung for hit in find_citations(stored, names)] == [hit.kennung for hit in hits]
    assert [hit.kennung for hit in find_citations(stored)] == [hit.kennung for hit in hits]
