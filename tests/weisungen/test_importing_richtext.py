"""The text of a section: Markdown and plain text become the rich text of the portal, no word is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.text import TextRefused, clean, plain
from weisungen.importing.richtext import rich_text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ein Absatz\nüber zwei Zeilen.", "<p>Ein Absatz über zwei Zeilen.</p>"),
        ("Erste Zeile  \nzweite Zeile", "<p>Erste Zeile<br>zweite Zeile</p>"),
        ("Erster.\n\nZweiter.", "<p>Erster.</p><p>Zweiter.</p>"),
        ("**fett** und *betont*", "<p><strong>fett</strong> und <em>betont</em></p>"),
        ("- eins\n- zwei", "<ul><li>eins</li><li>zwei</li></ul>"),
        ("• eins\n• zwei", "<ul><li>eins</li><li>zwei</li></ul>"),
        ("\uf0b7 eins\n\uf0b7 zwei", "<ul><li>eins</li><li>zwei</li></ul>"),
        ("•\neins\n•\nzwei", "<ul><li>eins</li><li>zwei</li></ul>"),
        ("• eins\n   – innen\n• zwei", "<ul><li>eins<ul><li>innen</li></ul></li><li>zwei</li></ul>"),
        ("Es gilt:\n– eins\n– zwei", "<p>Es gilt:</p><ul><li>eins</li><li>zwei</li></ul>"),
        ("– eins über\nzwei Zeilen\n– zwei", "<ul><li>eins über zwei Zeilen</li><li>zwei</li></ul>"),
        ("Die Kunden\n– alle zusammen –\nwarten.", "<p>Die Kunden – alle zusammen – warten.</p>"),
        ("1. eins\n2. zwei", "<ol><li>eins</li><li>zwei</li></ol>"),
        ("1) eins\n2) zwei", "<ol><li>eins</li><li>zwei</li></ol>"),
        ("a) eins\nb) zwei", '<ol type="a"><li>eins</li><li>zwei</li></ol>'),
        (
            "1. eins\n\nDazwischen.\n\n2. zwei",
            '<ol><li>eins</li></ol><p>Dazwischen.</p><ol start="2"><li>zwei</li></ol>',
        ),
        ("1. eins\n\n2. zwei", "<ol><li>eins</li><li>zwei</li></ol>"),
        ("1. eins\n\n   dazu\n2. zwei", "<ol><li><p>eins</p><p>dazu</p></li><li>zwei</li></ol>"),
        ("9. Woche", "<p>9. Woche</p>"),
        ("1. Januar 2024", "<p>1. Januar 2024</p>"),
        ("12. Mai 2023 ist der Tag.", "<p>12. Mai 2023 ist der Tag.</p>"),
        ("d) allein", "<p>d) allein</p>"),
        ("Kund*innen und Mitarbeiter*innen", "<p>Kund*innen und Mitarbeiter*innen</p>"),
        ("# Oben\n\n#### Unten", "<h3>Oben</h3><h4>Unten</h4>"),
        ("## Oben\n\n### Unten\n\n### Unten", "<h3>Oben</h3><h4>Unten</h4><h4>Unten</h4>"),
        ("###### Einzig", "<h3>Einzig</h3>"),
        (
            "**2.1 Erstes**\n\n## **2.2 Zweites**\n\n### **a) Unteres**",
            "<h3>2.1 Erstes</h3><h3>2.2 Zweites</h3><h4>a) Unteres</h4>",
        ),
        ("2.1 Erstes\n\nText.\n\n2.1.1 Tieferes", "<h3>2.1 Erstes</h3><p>Text.</p><h4>2.1.1 Tieferes</h4>"),
        ("2.1 Erstes über\nzwei Zeilen\n\nText.", "<h3>2.1 Erstes über zwei Zeilen</h3><p>Text.</p>"),
        ("2.1 Erstes\nohne\nAbstand", "<p>2.1 Erstes ohne Abstand</p>"),
        ("2.1 Das ist ein Satz.", "<p>2.1 Das ist ein Satz.</p>"),
        ("**Das ist ein Satz.**", "<p><strong>Das ist ein Satz.</strong></p>"),
        ("**Nur** der **Anfang**", "<p><strong>Nur</strong> der <strong>Anfang</strong></p>"),
        ("Text\n---\nText", "<p>Text</p><p>Text</p>"),
        ("[Seite](https://example.org/a)", '<p><a href="https://example.org/a">Seite</a></p>'),
        ("[Seite](ftp://example.org/a) bleibt", "<p>Seite bleibt</p>"),
        ("[Seite](//example.org) bleibt", "<p>Seite bleibt</p>"),
        ("<b>roh</b> & <script>x</script>", "<p>&lt;b&gt;roh&lt;/b&gt; &amp; &lt;script&gt;x&lt;/script&gt;</p>"),
        ("eins<br>zwei", "<p>eins<br>zwei</p>"),
        ("    eingerückt", "<p>eingerückt</p>"),
        ("`Wert` bleibt", "<p>`Wert` bleibt</p>"),
        ("[a]: https://example.org", "<p>[a]: https://example.org</p>"),
        ("> 25 Jahre", "<p>&gt; 25 Jahre</p>"),
        ("1\\. Klasse\\*", "<p>1. Klasse*</p>"),
        ("", ""),
    ],
)
def test_written_text_becomes_clean_rich_text(written, expected):
    html = rich_text(written)
    assert re.sub(r"\n", "", html) == expected
    assert clean(html) == html


def test_table_keeps_head_and_cells():
    html = rich_text("| Kanal | Stand |\n|:---|---:|\n| Telefon | 02.01.2024 |\n| E-Mail<br>Post | offen |").replace(
        "\n", ""
    )
    assert html == (
        "<table><thead><tr><th>Kanal</th><th>Stand</th></tr></thead><tbody>"
        "<tr><td>Telefon</td><td>02.01.2024</td></tr><tr><td>E-Mail<br>Post</td><td>offen</td></tr></tbody></table>"
    )


def test_text_that_is_nested_too_deeply_is_refused_and_not_cut():
    deep = "\n".join("  " * level + f"- Ebene {level}" for level in range(60))
    with pytest.raises(TextRefused):
        rich_text(deep)


WORDS = st.sampled_from(
    [
        "eins",
        "zwei",
        "drei",
        "Straße",
        "12.",
        "Mai",
        "3.001a",
        "Ä.",
        "(mit)",
        "„so“",
        "a)",
        "–",
        "•",
        "*",
        "**",
        "_",
        "#",
        ">",
        "|",
        "---",
        "1.",
        "2)",
        "\\",
        "<",
        "&",
        "`",
        "[x]",
        "[y](z)",
        "![b](c)",
    ]
)
LINES = st.builds(lambda indent, words: " " * indent + " ".join(words), st.integers(0, 6), st.lists(WORDS, max_size=6))


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_no_word_is_ever_lost_or_put_elsewhere(lines):
    html = rich_text("\n".join(lines))
    assert clean(html) == html
    named = r"eins|zwei|drei|Straße|Mai|3\.001a|mit|so\b"
    assert re.findall(named, plain(html)) == re.findall(named, " ".join(lines))
