"""The field of the editor: cleaned text comes out, or one German sentence; and what a page has to load for it."""

import re
import time
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.urls import reverse_lazy

from portal.editor import RichTextField, with_nonce
from portal.editor.widgets import EDITOR_MEDIA, MODULES
from tests.portal.test_text import LINKS_REFUSED, SCRIPT_FREE


def refusal(field: forms.Field, text: str) -> str:
    """The one sentence with which the field refuses a text."""
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(text)
    (sentence,) = refused.value.messages
    return sentence


@pytest.mark.parametrize("hostile", SCRIPT_FREE)
def test_field_lets_nothing_through_that_could_run_or_load(hostile):
    markup = " ".join(re.findall(r"<[^>]*>", RichTextField(required=False).clean(hostile))).lower()
    assert not re.search(r"script|style|svg|math|\bon\w+=|src|base|meta|form|hx-|link|iframe|id=|class=|target", markup)


@pytest.mark.parametrize("link", [*LINKS_REFUSED, "//boese.example", "/\\boese.example"])
def test_field_refuses_links_that_lead_elsewhere(link):
    assert refusal(RichTextField(), f'<p><a href="{link}">Wort</a></p>').endswith("und Sprungmarken mit #.")


@pytest.mark.parametrize("sign", ["\u202e", "&#x202e;", "\u2066"])
def test_field_refuses_signs_that_turn_the_reading_direction(sign):
    assert "Schreibrichtung" in refusal(RichTextField(), f"<p>Wort{sign}troW</p>")


@pytest.mark.parametrize(
    ("too_much", "words"),
    [
        ("<p>" + "ä" * 250_000, "zu groß: 500 kB"),
        ("<div>" * 100_000, "zu tief verschachtelt"),
        ("<ul><li>" * 26 + "x", "zu tief verschachtelt"),
        ("<table>" + "<tr><td>a" * 2_001, "zu viele Tabellenzeilen"),
        ("<table><tr>" + "<td>a" * 31, "zu viele Spalten"),
    ],
)
def test_field_refuses_too_much_before_anything_slow_sees_it(too_much, words, monkeypatch):
    def never(*arguments: object, **options: object) -> str:
        raise AssertionError("nh3 is quadratic in the nesting and must not be asked")

    monkeypatch.setattr("portal.text.nh3.clean", never)
    begin = time.process_time()
    assert words in refusal(RichTextField(), too_much)
    assert time.process_time() - begin < 0.3


def test_field_caps_spans():
    cleaned = RichTextField().clean("<table><tr><td colspan=100000 rowspan=-3>a</td></tr></table>")
    assert cleaned == '<table><tbody><tr><td colspan="20">a</td></tr></tbody></table>'


def test_field_gives_header_cells_their_scope_and_changes_nothing_else():
    table = (
        "<table><caption>Fristen</caption><thead><tr><td></td><th>A</th></tr></thead>"
        '<tbody><tr><th>1</th><td>a &amp; b</td></tr><tr><th scope="rowgroup">2</th><td><br></td></tr></tbody></table>'
    )
    scoped = table.replace("<th>A", '<th scope="col">A').replace("<th>1", '<th scope="row">1')
    assert RichTextField().clean(table) == scoped
    assert RichTextField().clean(scoped) == scoped
    plain = "<p>a&nbsp;b &lt; c</p><table><tbody><tr><td>ohne Kopf</td></tr></tbody></table>"
    assert RichTextField().clean(plain) == plain


@pytest.mark.parametrize(
    "empty", ["", "   ", "<p></p>", "<p>&nbsp;</p>", "<ul><li><br></li></ul>", "<script>x</script>"]
)
def test_field_takes_a_text_without_words_for_none(empty):
    assert RichTextField(required=False).clean(empty) == ""
    assert "erforderlich" in refusal(RichTextField(), empty)


def test_field_without_value_is_empty():
    assert RichTextField(required=False).clean(None) == ""


@pytest.mark.parametrize(
    ("initial", "data", "changed"),
    [
        ("<p>a</p>", "<p>a</p>", False),
        ("<p>a</p>", "<p>b</p>", True),
        (None, "", False),
        ("<p>a\nb</p>", "<p>a\r\nb</p>", False),
        ("<table><tr><th>a</table>", "<table><tr><th>a</table>", False),  # the scope is nobody's change
        ("<p>a</p>", "<a href=//b>a</a>", True),
        ("<a href=//b>a</a>", "<p>a</p>", True),
    ],
)
def test_field_knows_what_a_change_is(initial, data, changed):
    assert RichTextField().has_changed(initial, data) is changed


class Form(forms.Form):
    text = RichTextField(label="Text", required=False)
    zitiert = RichTextField(zitate_url="/zitate/", suche_url=reverse_lazy("start"))


def test_widget_is_a_textarea_that_needs_no_javascript():
    html = str(Form(initial={"text": '<p>"a" & <b></p>'})["text"])
    assert "data-editor" in html
    assert "&lt;p&gt;&quot;a&quot; &amp; &lt;b&gt;&lt;/p&gt;" in html
    assert "data-zitate-url" not in html
    assert "data-suche-url" not in html


def test_widget_names_the_addresses_it_was_given_and_is_not_required_for_browsers():
    html = str(Form()["zitiert"])
    assert 'data-zitate-url="/zitate/"' in html
    assert 'data-suche-url="/"' in html
    assert " required" not in html


def test_media_carries_the_nonce_of_the_request_on_every_tag():
    request = RequestFactory().get("/")
    request.csp_nonce = "abc"
    tags = re.findall(r"<(?:script|link)[^>]*>", with_nonce(Form().media, request).render())
    assert len(tags) >= 7
    assert [tag for tag in tags if 'nonce="abc"' not in tag] == []
    assert 'type="importmap"' in tags[0]  # browsers take no map after the first module


def test_media_of_several_fields_and_of_the_admin_load_everything_once():
    together = (forms.Media(js=["admin/js/core.js"]) + Form().media + Form().media).render()
    assert together.count("importmap") == 1
    assert together.count('src="/static/js/editor/main.js"') == 1


def test_media_names_every_module_and_every_file_is_there():
    folder = finders.find("js/editor/main.js").rpartition("/")[0]
    assert sorted(MODULES) == sorted(path.stem for path in Path(folder).glob("*.js"))
    paths = re.findall(r'(?:src|href)="/static/([^"]+)"', EDITOR_MEDIA.render())
    assert [path for path in paths if not finders.find(path)] == []
