"""How a text is built: each rule finds its fault and leaves a right text alone."""

import pytest

from portal.text.structure import structure_findings

TABLE = "<table><caption>Fristen</caption><tbody><tr><th>Anlass</th><td>14 Tage</td></tr></tbody></table>"
BAUSTEIN = '<aside data-art="gespraechsbaustein"><p><q>Guten Tag.</q></p></aside>'


def found(html, **options):
    return [(befund.schwere, befund.code) for befund in structure_findings(html, **options)]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Text.</p>",
        "<h2>Eins</h2><h3>Zwei</h3><h4>Drei</h4><h2>Vier</h2>",
        TABLE,
        BAUSTEIN,
        '<p><a href="https://www.arbeitsagentur.de">Seite</a> <a href="tel:08004555500">Telefon</a></p>',
        "<p>Das Bild der Agentur [Name] und die Bildung.</p>",
        '<aside data-art="hinweis"><p>Nur gelesen.</p></aside>',
    ],
)
def test_right_text_has_no_findings(html):
    assert found(html) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h3>Eins</h3>", ("warnung", "ueberschrift-ebene")),
        ("<h2>Eins</h2><h4>Zwei</h4>", ("warnung", "ueberschrift-ebene")),
        ("<h2>–</h2>", ("fehler", "ueberschrift-leer")),
        (TABLE.replace("th>", "td>"), ("fehler", "tabelle-ohne-kopf")),
        (TABLE.replace("<caption>Fristen</caption>", ""), ("hinweis", "tabelle-ohne-titel")),
        (TABLE.replace("Fristen", " "), ("hinweis", "tabelle-ohne-titel")),
        ("<p>Siehe [Bild: Ablauf in fünf Schritten].</p>", ("warnung", "bild-fehlt")),
        ('<p><a href="http://www.arbeitsagentur.de">Seite</a></p>', ("hinweis", "link-unverschluesselt")),
        (BAUSTEIN.replace("Guten Tag.", " "), ("warnung", "baustein-ohne-wortlaut")),
        (BAUSTEIN.replace("q>", "em>"), ("hinweis", "baustein-ohne-wortlaut")),
    ],
)
def test_fault_is_found(html, expected):
    assert found(html) == [expected]


def test_section_of_a_weisung_begins_one_level_lower():
    assert found("<h3>2.1 Rückrufe</h3>", first_levels=(2, 3)) == []
    assert found("<h4>2.1 Rückrufe</h4>", first_levels=(2, 3)) == [("warnung", "ueberschrift-ebene")]


def test_passage_is_named_by_words_and_not_by_its_place():
    (alone,) = structure_findings(TABLE.replace("th>", "td>"), where="Abschnitt 3 (Einzelaufträge)")
    assert alone.stelle == "Abschnitt 3 (Einzelaufträge), Die Tabelle „Fristen“"
    before = TABLE.replace("Fristen", "Andere")
    (after,) = structure_findings(before + TABLE.replace("th>", "td>"), where="Abschnitt 3 (Einzelaufträge)")
    assert after.schluessel == alone.schluessel
