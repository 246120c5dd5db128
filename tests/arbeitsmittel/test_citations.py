"""The texts are our own; each holds one trap that published Weisungen or hostile input set."""

import unicodedata

import pytest
from citation_reading import found, without_markers
from hypothesis import given
from hypothesis import strategies as st

from arbeitsmittel.citations import find_citations
from arbeitsmittel.kennung import Art, Kennung

# --- series and lists ------------------------------------------------------------------------------------------------


def test_a_series_holds_for_the_whole_list_until_the_next_series():
    text = "(GLF/AH EZ 1.001(PDF PDF, Stand 02.01.2024), 1.101; 1.103 und 1.410; GLF SC 2.011; 3.001a sowie 3.001b)."
    assert found(text) == [
        "GLF/AH EZ 1.001 @ 02.01.2024",
        "GLF/AH EZ 1.101",
        "GLF/AH EZ 1.103",
        "GLF/AH EZ 1.410",
        "GLF SC 2.011",
        "GLF SC 3.001a",
        "GLF SC 3.001b",
    ]


@pytest.mark.parametrize(
    "separator",
    [
        ",",
        ", ",
        " , ",
        ";",
        "; ",
        "/",
        " / ",
        " und ",
        " sowie ",
        " oder ",
        " bis ",
        " & ",
        " bzw. ",
        ", und ",
        "–",
        " - ",
        "\n",
        "\n\n",
        "\xa0",
        ",\xa0",
        " ",
        ",\n\n",
        " und\n",
        "\n- ",
        "\r\n* ",
        "\n• ",
        "\u202fu.\u202f",
    ],
)
def test_list_goes_on_after_every_separator(separator):
    assert found(f"siehe GLF SC 3.102{separator}3.001a.") == ["GLF SC 3.102", "GLF SC 3.001a"]


def test_a_marker_separates_by_itself():
    assert found("GLF SC 3.102(PDF, Stand 02.01.2024)3.103(PDF, Stand 03.01.2024)") == [
        "GLF SC 3.102 @ 02.01.2024",
        "GLF SC 3.103 @ 03.01.2024",
    ]


@pytest.mark.parametrize(
    "prefix",
    [
        "GLF/AH EZ ",
        "GLF / AH EZ ",
        "GLF AH EZ ",
        "GLF EZ ",
        "AH EZ ",
        "GLF/AH\xa0EZ\u202f",
        "glf/ah ez ",
        "GLF/AH\nEZ\n\n",
        "GLF/AH EZ",
        "GLF/AH-EZ: ",
        "GLF ",
        "GLF/AH ",
        "GLF/AH EZ Nr. ",
        "GLF/AH EZ (",
        "**GLF/AH EZ** ",
        "GLF\u200b/AH E\xadZ ",
    ],
)
def test_series_is_found_in_every_spelling(prefix):
    assert found(f"gemäß {prefix}1.204, 1.206") == ["GLF/AH EZ 1.204", "GLF/AH EZ 1.206"]


@pytest.mark.parametrize("spelling", ["3.001a", "3.001A", "3.001 a", "3.001\xa0a", "3.0\u00ad01a"])
def test_variant_letter_is_part_of_the_number(spelling):
    assert found(f"(GLF SC {spelling})") == ["GLF SC 3.001a"]
    assert found(f"GLF SC {spelling}, 3.102") == ["GLF SC 3.001a", "GLF SC 3.102"]


def test_abbreviation_behind_a_number_is_no_variant():
    assert found("GLF SC 3.001 d. h. der Leitfaden") == ["GLF SC 3.001"]
    assert found("GLF SC 3.001 z. B. dort") == ["GLF SC 3.001"]


@pytest.mark.parametrize("text", ["GLF SC 3.001a/b", "GLF SC 3.001a und b.", "GLF SC 3.001a, b", "(GLF SC 3.001a/b)"])
def test_a_letter_alone_repeats_the_number_before(text):
    assert found(text) == ["GLF SC 3.001a", "GLF SC 3.001b"]


@pytest.mark.parametrize("text", ["GLF SC 3.001a; b) anderes", "GLF SC 3.001b/a", "GLF SC 3.001/b", "GLF SC 3.001a b"])
def test_a_letter_alone_counts_only_in_order_and_not_as_enumeration(text):
    assert len(found(text)) == 1


def test_series_can_change_inside_a_list():
    assert found("GLF/AH EZ 1.001, SC 3.001a, 3.102; EZ 1.103") == [
        "GLF/AH EZ 1.001",
        "GLF SC 3.001a",
        "GLF SC 3.102",
        "GLF/AH EZ 1.103",
    ]
    assert found("GLF EZ/SC 1.204/3.204") == ["GLF/AH EZ 1.204", "GLF SC 3.204"]
    assert found("EZ 1.001, SC 3.001a") == []


def test_bis_names_its_two_ends():
    assert found("GLF SC 3.001a bis 3.001c") == ["GLF SC 3.001a", "GLF SC 3.001c"]


# --- what is no citation ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1.001",
        "QUB 5 – 6801.4 / 6901.4",
        "2.1 Ziele",
        "§ 1.001",
        "Tel. 1.001-22",
        "am 02.01.2024",
        "3.001a",
        "1.000 Euro",
        "Gesprächsleitfaden 3.001a",
        "Die GLF SC werden angepasst.",
        "EZ 1.001",
        "SC 3.001a",
        "XGLF SC 3.001a",
        "GLF SCX 3.001",
        "GLF/AH EZ 3.001",
        "GLF SC 1.001",
        "GLF SC 4.001",
        "GLF SC 3.0011",
        "GLF SC 3.001ab",
        "GLF SC 3.001-22",
        "GLF SC 2.000 Euro",
        "GLF SC 2.000,50",
        "GLF SC 2.000.000",
        "GLF SC 3.12.2023",
        "GLF SC 13.001",
        "",
    ],
)
def test_what_only_looks_alike_is_no_citation(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "rest",
    [
        ". 3.102",
        "), 3.102",
        ", 1.000 Euro",
        ", 2.000 Euro",
        " und 2.500 Anrufe",
        ", 2.000 €",
        ", 2.000,50",
        ", 1.001",
        ", siehe 3.102",
        " regelt 3.102",
        ", § 3.102",
        ", Tel. 3.102",
        ", 2.1",
        ", 02.01.2024",
        ", 3.12.2023",
        " / 6801.4",
        "\n\n3.102 Kundinnen",
        "\n2.500 neue Fälle",
        "! 3.102",
        ": 3.102",
    ],
)
def test_list_ends_with_the_sentence_the_bracket_or_other_words(rest):
    assert found(f"(siehe GLF SC 3.001a{rest}") == ["GLF SC 3.001a"]


# --- the same text raw and stored ------------------------------------------------------------------------------------


def test_positions_lead_back_to_the_source():
    text = "U\u0308ber\u00adblick: GL\u00adF SC 3.0\u200b01a (PDF, Stand 1. Ma\u0308rz 2024), 3.102"
    first, second = find_citations(text)
    assert first.beleg == "GL\u00adF SC 3.0\u200b01a (PDF, Stand 1. Ma\u0308rz 2024)"
    assert first.beleg == text[first.start : first.end]
    assert text[second.label_start : second.label_end] == "3.102"
    assert without_markers(text).endswith("GL\u00adF SC 3.0\u200b01a, 3.102")


NUMBERED = st.builds(
    lambda digit, topic, letter: Kennung(Art.GLF_EZ if digit == "1" else Art.GLF_SC, f"{digit}.{topic:03}{letter}"),
    st.sampled_from("123"),
    st.integers(0, 999),
    st.sampled_from(["", *"abz"]),
)
WORDS = ("Umzug", "Antrag", "Öffnung", "Größe", "E-Mail", "Rückruf", "Straße", "und Frist", "bei Krankheit", "2.0")
NAMED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(
    lambda words: Kennung(Art.EMB_AH, " ".join(["Thema", *words]))
)
MARKERS = st.sampled_from(
    ["(PDF PDF, Stand 02.01.2024)", " (PDF, Stand: 12/2019)", "(Stand Juli 2012)", " (PDF PDF, Stand\n\n01.03.2024)"]
)
ITEMS = st.lists(
    st.tuples(NUMBERED | NAMED, MARKERS, st.sampled_from([", ", "; ", ",", " und ", "\n- ", ",\n\n"])), max_size=12
)


@given(ITEMS)
def test_a_printed_list_is_found_again_with_markers_and_without(items):
    text, series = "Siehe (", None
    for kennung, marker, separator in items:
        prefix = "" if kennung.art is series else f"{kennung.art.label} "
        text, series = f"{text}{prefix}{kennung.bezeichnung}{marker}{separator}", kennung.art
    text = text.removesuffix(items[-1][2] if items else "") + ")."
    kennungen = [kennung for kennung, _, _ in items]
    names = {kennung.bezeichnung for kennung in kennungen if kennung.art is Art.EMB_AH}

    assert [hit.kennung for hit in find_citations(text)] == kennungen
    assert all(hit.stand for hit in find_citations(text))
    stored = without_markers(text)
    assert "Stand" not in stored
    assert [hit.kennung for hit in find_citations(stored, names)] == kennungen


@given(
    st.lists(
        st.sampled_from(
            ["GLF SC ", "EMB AH ", "AH EZ ", "1.001", "3.001a", "(PDF", ")", ", Stand ", "02.01.2024", "„", "“"]
        )
        | st.text(max_size=3),
        max_size=30,
    ).map("".join)
)
def test_whatever_the_text_evidence_is_its_own_words_in_order(text):
    found(text)
    assert found(text) == found(unicodedata.normalize("NFC", text))
