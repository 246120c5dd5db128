"""What templates do to links and to texts. No database."""

from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from portal.stichtag import Stichtag
from portal.templatetags.portal import with_scrolling_tables

TODAY, THEN = date(2026, 11, 23), date(2024, 1, 2)


def render(template: str, *, stichtag: date = TODAY, path: str = "/arbeitsmittel/") -> str:
    context = Context({"stichtag": Stichtag(stichtag, TODAY), "request": RequestFactory().get(path)})
    return Template("{% load portal %}" + template).render(context)


def table(columns: int, caption: str = "") -> str:
    cells = "".join(f"<td>{number}</td>" for number in range(columns))
    return f"<table>{caption}<tbody><tr>{cells}</tr></tbody></table>"


def test_link_carries_the_stichtag_only_where_it_is_not_today():
    assert render("{% link 'arbeitsmittel:liste' %}") == "/arbeitsmittel/"
    assert render("{% link 'arbeitsmittel:liste' %}", stichtag=THEN) == "/arbeitsmittel/?stichtag=2024-01-02"


def test_link_takes_a_query_beside_the_stichtag():
    link = render("{% link 'arbeitsmittel:liste' bereich='ez' %}", stichtag=THEN)
    assert link == "/arbeitsmittel/?bereich=ez&amp;stichtag=2024-01-02"


def test_parameters_are_changed_added_and_removed():
    changed = render("{% with_parameters art=None sortierung='stand' %}", path="/arbeitsmittel/?art=emb-ah&seite=2")
    assert changed == "?seite=2&amp;sortierung=stand"


@pytest.mark.parametrize(("stichtag", "words"), [(TODAY, "heute"), (THEN, "am 02.01.2024")])
def test_stichtag_in_words(stichtag, words):
    assert render("{% am_stichtag %}", stichtag=stichtag) == words


def test_wide_table_scrolls_under_the_name_of_its_caption():
    html = with_scrolling_tables(mark_safe(f"<p>vor</p>{table(4, '<caption>Fristen &amp; Wege</caption>')}<p>nach</p>"))
    assert '<div class="tabelle-rollbar" role="group" tabindex="0" aria-label="Fristen &amp; Wege"><table>' in html
    assert html.startswith("<p>vor</p>")
    assert html.endswith("</table></div><p>nach</p>")


def test_narrow_table_and_text_without_table_stay_as_they_are():
    for html in (table(2), "<p>1 &lt; 2</p>"):
        assert "tabelle-rollbar" not in with_scrolling_tables(mark_safe(html))
        assert with_scrolling_tables(mark_safe(html)) == html


def test_text_that_nobody_cleaned_is_escaped():
    assert with_scrolling_tables("<table onclick=x>") == "&lt;table onclick=x&gt;"
