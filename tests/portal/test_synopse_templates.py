"""The parts of a page that show a Synopse, with plain objects as their context."""

import re

import pytest
from django.template.loader import render_to_string

from portal import pdf as pdf_module
from portal.pdf import render_pdf
from portal.synopse import compare, compare_fields, compare_lists
from portal.text import clean
from tests.portal.pdf_reading import ReadPdf

OLD = "<h2>Ablauf</h2><p>Bleibt.</p><p>Frist: zwei Tage.</p><ul><li>a</li></ul>"
NEW = OLD.replace("zwei", "drei") + "<p>Dazu.</p>"
ATTACK = '"><script>alert(1)</script>'


def render(part: str, **context) -> str:
    defaults = {"alt": "Stand 02.01.2024", "neu": "Stand 13.04.2026", "titel": "GLF SC 3.204"}
    return render_to_string(f"synopse/_{part}.html", defaults | context)


def test_changes_are_open_and_the_rest_is_folded():
    html = render("synopse", synopse=compare(OLD, NEW))
    assert "2 Stellen geändert." in html
    assert html.count("<details>") == 2
    assert "2 Absätze unverändert" in html
    assert "1 Absatz unverändert" in html
    assert html.index("zwei") < html.index("drei")


def test_the_whole_text_can_be_unfolded():
    assert render("synopse", synopse=compare(OLD, NEW), ganz=True).count("<details open>") == 2


def test_columns_have_heads_and_the_table_a_name():
    html = render("synopse", synopse=compare(OLD, NEW))
    assert "Synopse: GLF SC 3.204, links Stand 02.01.2024, rechts Stand 13.04.2026</caption>" in html
    assert len(re.findall(r'<th scope="col" role="columnheader">(?:Bisher|Neu)', html)) == 2
    assert '<th colspan="2" scope="rowgroup" role="rowheader">Ablauf</th>' in html


def test_texts_without_changes_say_so():
    html = render("synopse", synopse=compare(OLD, OLD))
    assert "Der Text ist unverändert." in html
    assert "<table" not in html


@pytest.mark.parametrize("part", ["synopse", "redline", "felder", "liste"])
def test_nothing_in_the_context_becomes_markup(part):
    words = clean(f"<p>{ATTACK.replace('<', '&lt;')}</p><h2>{ATTACK.replace('<', '&lt;')}</h2>")
    html = render(
        part,
        synopse=compare(words, words.replace("alert", "andere") + f"<p>{ATTACK.replace('<', '&lt;')} a</p>"),
        felder=compare_fields({ATTACK: ATTACK}, {ATTACK: ATTACK + "b", "Neu": ATTACK}),
        eintraege=compare_lists([ATTACK], [ATTACK + "b"]),
        alt=ATTACK,
        neu=ATTACK,
        titel=ATTACK,
    )
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_fields_and_lists_name_what_became_of_them():
    felder = compare_fields({"Titel": "a b", "Bezug": "x", "Art": "y"}, {"Titel": "a c", "Stand": "1", "Art": "y"})
    html = render("felder", felder=felder)
    for words in ("bisher leer", "jetzt leer", "Entfällt", "unverändert"):
        assert words in html
    html = render("liste", eintraege=compare_lists(["a", "b"], ["b", "c"]))
    assert re.findall(r"(neu|entfällt)</span> <(?:ins|del)>(\w)", html) == [("entfällt", "a"), ("neu", "c")]


def test_no_part_has_styles_or_scripts_of_its_own():
    context = {"synopse": compare(OLD, NEW), "felder": compare_fields({"a": "b"}, {"a": "c"})}
    for part in ("synopse", "redline", "felder"):
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=", render(part, **context))


@pytest.mark.needs_pdf
def test_a_synopse_can_be_printed_as_pdf(monkeypatch):
    synopse = compare(OLD, NEW)
    parts = [render(part, synopse=synopse, papier=True) for part in ("druck", "synopse", "redline")]
    html = render_to_string("pdf/_dokument.html").replace("<main>", "<main><h1>Synopse</h1>" + "".join(parts))
    monkeypatch.setattr(pdf_module, "render_to_string", lambda *_: html)
    read = ReadPdf(render_pdf("synopse", {}))
    assert read.unmarked == []
    assert read.untagged_words == []
    words = read.tree.text()
    assert re.search(r"Frist: \[– ?zwei ?–\] ?Tage", words), words
    assert "Bleibt" in words  # once, in the redline
    assert words.count("Bleibt") == 1
