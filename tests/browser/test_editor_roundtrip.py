"""The editor loses nothing: every element of the schema comes out as it went in."""

import re

import pytest
from hypothesis import given, settings
from playwright.sync_api import Page, expect

from portal.text import clean, plain
from tests.browser.editor_steps import canonical, click_into, open_editor, press_keys, save, source
from tests.portal.test_text import SOUP
from weisungen.demo.content import demo_arbeitsmittel, demo_weisungen
from weisungen.importing.reading import read_weisung

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.portal.editor_pages")]

THROUGH = """async (html) => {
    const {readText} = await import("portal/editor/input")
    const {writeText} = await import("portal/editor/output")
    return writeText(readText(html, document.querySelector(".editor__text").editor.schema))
}"""

EVERYTHING = """
<h2>Überschrift <em>zwei</em></h2><h3>Drei</h3><h4>Vier</h4>
<p>Ein <strong>fetter</strong> und <em>schräger</em> Satz,<br>zwei Zeilen,
<strong>alles <em>ineinander</em> hier</strong> und <em>anders <strong>herum</strong> auch</em>,
<em><strong>vorn</strong> beides</em>.
Geschützt:\u00a0hier, 1 &lt; 2 &amp; 3 &gt; 2, "so".</p>
<p><strong>Eins</strong>
<em>zwei</em></p>
<p><a href="https://www.beispiel.de/a?b=c&amp;d=e">Netz</a>, <a href="mailto:a@b.de">Post</a>,
<a href="tel:+49911">Ruf</a>, <a href="/arbeitsmittel/">Pfad</a>,
<a href="#ablauf">Sprung <strong>fett</strong> weiter</a></p>
<p><q>Guten <em>Tag</em>, <a href="/x/">hier</a> ist</q><q>sofort der zweite</q> und <q>außen <q>innen</q> außen</q></p>
<aside data-art="hinweis"><p>Ein Hinweis</p><ul><li>mit Liste</li></ul></aside>
<aside data-art="achtung"><h3>Titel</h3><p>Eins</p><p>Zwei</p></aside>
<aside data-art="gespraechsbaustein"><p><q>Wie kann ich helfen?</q></p></aside>
<aside data-art="hinweis"><aside data-art="achtung"><p>Kasten im Kasten</p></aside></aside>
<ul><li>knapp</li><li>mit Liste<ul><li>innen<ol start="3" type="a"><li>ganz innen</li></ol></li></ul></li></ul>
<ol type="1"><li><p>locker</p></li><li><p>zwei</p><p>Absätze</p></li></ol>
<ol start="7" type="I"><li>sieben</li></ol><ol type="A"><li>A</li></ol><ol type="i"><li>i</li></ol>
<ul><li><ul><li>ohne Worte davor</li></ul></li></ul>
<ul><li>mit Kasten<aside data-art="achtung"><p>darin</p></aside></li></ul>
<table><caption>Titel <em>mit</em> <q>Wort</q><br>und Zeile</caption>
<thead><tr><td></td><th scope="col">A</th><th scope="colgroup" colspan="2">B</th></tr></thead>
<tbody><tr><th scope="row">1</th><td>a</td><td rowspan="2">b</td><td>c</td></tr>
<tr><th>2</th><td><p>Absatz</p></td><td><ul><li>Liste</li></ul></td></tr></tbody>
<tbody><tr><th scope="rowgroup" colspan="4">zweite Gruppe</th></tr></tbody></table>
<table><tbody><tr><th>Kopf im</th><th>Körper</th></tr><tr><td>a</td><td>b</td></tr></tbody></table>
<table><tbody><tr><td><table><tbody><tr><td>Tabelle in Tabelle</td></tr></tbody></table></td></tr></tbody></table>
<p>Ende</p>
"""


@pytest.fixture
def through(portal, sign_in):
    """A text through the editor's document and out again."""
    page: Page = sign_in("redaktion")
    open_editor(page, f"{portal}/editor/")
    return lambda html: page.evaluate(THROUGH, html)


def sections(published: str) -> dict[str, str]:
    """The texts of a published Weisung, as an import stores them."""
    vorschlag = read_weisung(published)
    return {str(each.nummer): each.inhalt for each in vorschlag.abschnitte} | {"Vorspann": vorschlag.vorspann}


def texts() -> dict[str, str]:
    found = {
        f"{each.kennung} {fassung.stand}": fassung.inhalt for each in demo_arbeitsmittel() for fassung in each.fassungen
    }
    for path in demo_weisungen():
        published = sections(path.read_text(encoding="utf-8"))
        found |= {f"{path.stem} {name}": text for name, text in published.items()}
    return found


def test_every_element_of_the_schema_survives(through):
    assert canonical(through(EVERYTHING)) == canonical(EVERYTHING)


def test_all_demo_texts_survive(through):
    given_texts = texts()
    assert len(given_texts) > 50
    changed = {name: text for name, text in given_texts.items() if canonical(through(text)) != canonical(text)}
    assert changed == {}


def test_a_real_weisung_survives(through, real_weisung):
    changed = [name for name, text in sections(real_weisung).items() if canonical(through(text)) != canonical(text)]
    assert changed == []


TWO_WAYS = [
    ("<ul><li>Wort<p>Absatz</p></li></ul>", "<ul><li><p>Wort</p><p>Absatz</p></li></ul>"),
    ("<table><caption><p>A</p><p>B</p></caption><tbody><tr><td>c</td></tr></tbody></table>",
     "<table><caption>A<br>B</caption><tbody><tr><td>c</td></tr></tbody></table>"),
    ("<table><thead><tr><td>A</td></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
     "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"),
    # Words that look like attributes stay words.
    ('<p>online = ja, style=fett <a href="/x?onclick=1&amp;style=2">on click=</a> &lt;p onclick="x"&gt;</p>',
     '<p>online = ja, style=fett <a href="/x?onclick=1&amp;style=2">on click=</a> &lt;p onclick="x"&gt;</p>'),
]  # fmt: skip


def test_what_can_be_said_in_two_ways_is_said_in_one(through):
    assert [through(clean(odd)) for odd, _ in TWO_WAYS] == [expected for _, expected in TWO_WAYS]


def test_no_soup_loses_words_or_changes_twice(through):
    @settings(max_examples=200, deadline=None)
    @given(SOUP)
    def check(soup: str) -> None:
        text = clean(soup.replace("\u0338", ""))  # cleaning drops it at the start of words, wherever that comes to lie
        once = clean(through(text))
        assert plain(once).split() == plain(text).split()
        assert clean(through(once)) == once

    check()


@pytest.mark.parametrize("slug", ["glf-sc-3.001a", "emb-ah-umzug-und-ortswechsel"])
def test_a_word_typed_at_the_end_is_all_that_changes(portal, sign_in, slug):
    text = next(each.fassungen[-1].inhalt for each in demo_arbeitsmittel() if each.kennung.slug == slug)
    page = sign_in("redaktion")
    editor = open_editor(page, f"{portal}/editor/", inhalt=f"{text}<p>Letzter Satz.</p>")
    click_into(editor)
    press_keys(page, "Control+End")
    page.keyboard.type(" Und noch einer.")
    expected = f"{text}<p>Letzter Satz. Und noch einer.</p>"
    assert canonical(save(page)) == canonical(expected)


def test_an_untouched_text_is_sent_letter_for_letter(portal, sign_in):
    page = sign_in("redaktion")
    text = "<p>Eins\n   zwei</p>\n\n<ul>\n<li><p>drei</p></li></ul>"
    editor = open_editor(page, f"{portal}/editor/", inhalt=text)
    assert source(page) == text
    click_into(editor)
    page.keyboard.type("x")
    assert source(page) != text
    page.keyboard.press("Backspace")
    assert source(page) == text


def test_taking_everything_out_leaves_nothing(portal, sign_in):
    page = sign_in("redaktion")
    editor = open_editor(page, f"{portal}/editor/", inhalt="<h2>Titel</h2><ul><li>Wort</li></ul>")
    click_into(editor)
    press_keys(page, "Control+a")
    page.keyboard.press("Delete")
    assert source(page) == ""
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile("muss|erforderlich|ausgefüllt", re.IGNORECASE))
