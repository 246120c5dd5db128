"""What holds for every text: evidence stands where it says, no word gets lost, nothing but ImportRefused is raised."""

import contextlib
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing_texts import TITLE, header_lines, plain_text, read_with_evidence, weisung_text

from portal.text import plain
from weisungen.importing import ImportRefused
from weisungen.importing.source import Edit, Source, tidy_source

LINES = st.sampled_from(
    [
        TITLE,
        "Weisung 202405001 vom 07.05.2024 - Probelauf",
        "Information 202307002",
        "**Laufende Nummer:** 202405001",
        "Laufende Nummer: 202405001",
        "Geschäftszeichen:",
        "TST 1 – 1234.5",
        "Gültig ab: 07.05.2024",
        "Gültigkeit bis: fortlaufend (bis zur Neuregelung)",
        "SGB II: nicht betroffen",
        "SGB III: Weisung (nur gE)",
        "Familienkasse:",
        "Verteiler: alle",
        "Bezug: Weisung2024-",
        "01003, HEGA 10/15 - 8",
        "Aufhebung von Regelungen:",
        "- -",
        "---",
        "",
        "",
        "Seite 2 von 5",
        "- 3 -",
        "4",
        "1. Ausgangssituation",
        "## **2. Auftrag und Ziel**",
        "3.",
        "Einzelaufträge",
        "### 4. Info: Entfällt",
        "Haushalt",
        "6. Beteiligung",
        "a) Erstes am 31.02.2024",
        "• Punkt (GLF SC 3.001a (PDF PDF, Stand",
        "02.01.2024), 3.103, 2.011(Stand: 12/2019))",
        "EMB AH Probe und Übung (PDF, Stand Juli 2012)",
        "GLF/AH EZ 1.001 bis **1.005**; [1.103](https://example.org/a)(PDF)",
        "Kund*innen \\* & <b>",
        "| a | b |",
        "|---|---|",
    ]
)
SAVED = st.sampled_from(
    [
        lambda text: text,
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: unicodedata.normalize("NFD", text).replace(" ", "\u00a0"),
        lambda text: text.replace("e", "e\u00ad"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=40), st.booleans(), SAVED)
def test_lines_in_any_order_are_read_with_evidence_or_refused(lines, with_head, saved):
    head = f"{TITLE}\n\n{header_lines()}\n\n1. Ausgangssituation\n" if with_head else ""
    with contextlib.suppress(ImportRefused):
        read_with_evidence(saved(head + "\n".join(lines)))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["eins", "zwei", "drei", "vier", "fünf"]), min_size=1, max_size=8), max_size=8),
    st.booleans(),
)
def test_no_word_of_a_section_is_lost_whatever_the_page_breaks(paragraphs, markdown):
    written = "\n\nSeite 2 von 5\n\n".join(" ".join(words) for words in paragraphs)
    text = (
        weisung_text(s2=written)
        if markdown
        else plain_text().replace("2. Auftrag und Ziel\nEntfällt", f"2. Auftrag und Ziel\n{written}")
    )
    vorschlag = read_with_evidence(text)
    assert plain(vorschlag.abschnitte[1].inhalt).split() == [word for words in paragraphs for word in words]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_refused_and_nothing_else_happens(text):
    with pytest.raises(ImportRefused):
        read_with_evidence(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_section_text_is_read_or_refused(text):
    with contextlib.suppress(ImportRefused):
        read_with_evidence(weisung_text(s2=text))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aé \n-\u00ad\u0308\ufb01\r\u00a0", max_size=60), st.data())
def test_every_piece_of_an_edited_text_knows_its_origin(text, data):
    tidied = tidy_source(text)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(tidied.text)), max_size=6)))
    edits = [
        Edit(start, end, data.draw(st.sampled_from(["", " ", "xyz"])))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    edited = tidied.edited(edits)
    starts = [edited.origin(at, at + 1)[0] for at in range(len(edited.text))]
    assert starts == sorted(starts)
    for at, (start, end) in enumerate(tidied.origin(at, at + 1) for at in range(len(tidied.text))):
        words = unicodedata.normalize("NFKC", text[start:end].replace("\u00ad", "").replace("\r", "\n"))
        assert tidied.text[at] in (words, "\n") or tidied.text[at] in words
    beleg = edited.beleg(0, len(edited.text))
    assert text[beleg.position : beleg.position + len(beleg.text)] == beleg.text


def test_position_of_a_section_is_that_of_its_heading():
    text = "\ufeff" + weisung_text().replace("\n", "\r\n")
    for abschnitt in read_with_evidence(text).abschnitte:
        assert re.match(rf"{abschnitt.nummer}\. {abschnitt.titel}", text[abschnitt.position :])


def test_source_without_edits_quotes_itself():
    source = Source("eins zwei")
    assert source.beleg(4, 9).text == "zwei"
    assert source.beleg(4, 9).position == 5
