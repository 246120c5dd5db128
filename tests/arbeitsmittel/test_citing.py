"""Citations in a rich text become links that print the Stand; nothing else of the text changes."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arbeitsmittel.citing import with_live_citations
from arbeitsmittel.linking import CitedText
from arbeitsmittel.resolving import resolve
from portal.stichtag import Stichtag
from portal.text import clean, plain
from tests.factories import make_fassung

TODAY = Stichtag(date(2026, 11, 23), date(2026, 11, 23))


def linked(html: str, *, known: set[str] | None = None) -> str:
    text = CitedText(html, ["Umzug und Ortswechsel"])

    def render(fundstelle, number):
        return (f"/{fundstelle.kennung.slug}", []) if known is None or str(fundstelle.kennung) in known else None

    return text.linked(_with_space(render))


def _with_space(render):
    from lxml import etree

    def inner(fundstelle, number):
        answer = render(fundstelle, number)
        if answer is None:
            return None
        mark = etree.Element("span")
        mark.text = f"[{number}]"
        return answer[0], [mark]

    return inner


def test_each_number_of_a_list_becomes_a_link():
    assert linked("<p>Siehe GLF SC 3.001a, 3.204 und mehr.</p>") == (
        '<p>Siehe GLF SC <a class="zitat" href="/glf-sc-3.001a">3.001a</a><span>[0]</span>, '
        '<a class="zitat" href="/glf-sc-3.204">3.204</a><span>[1]</span> und mehr.</p>'
    )


def test_series_ends_with_a_cell_or_a_heading():
    cells = "<table><tr><td>GLF SC 3.001a</td><td>2.500</td></tr></table>"
    assert linked(cells).count("<a ") == 1
    assert linked("<h3>GLF SC 3.001a</h3><p>3.204</p>").count("<a ") == 1


def test_unknown_arbeitsmittel_stays_text():
    assert "<a" not in linked("<p>GLF SC 3.001a</p>", known=set())


def test_citation_inside_markup_keeps_it():
    html = linked("<p><strong>GLF SC 3.001a</strong>, <em>3.204</em> – Ende</p>")
    assert html.count("<a ") == 2
    assert "– Ende</p>" in html


def test_text_of_an_existing_link_is_left_alone():
    html = '<p><a href="https://example.org">GLF SC 3.001a</a></p>'
    assert linked(html) == html


def test_series_holds_for_a_bulleted_list():
    assert linked("<p>Es gelten GLF SC</p><ul><li>3.001a</li><li>3.204</li></ul>").count("<a ") == 2
    assert linked("<p>GLF SC 3.001a</p><p>Danach 3.204</p>").count("<a ") == 1


def test_special_characters_stay_escaped():
    assert linked("<p>1 &lt; 2 &amp; GLF SC 3.001a &gt; 0</p>").startswith("<p>1 &lt; 2 &amp; GLF SC <a")


def test_text_without_markup_stays_escaped():
    assert linked("1 &lt; 2") == "1 &lt; 2"
    assert linked("") == ""


MARKUP = ["<strong>", "</strong>", "<li>", "<p>", "</p>", "<br>", "<aside data-art='hinweis'>", "</aside>"]
WORDS = ["GLF SC 3.001a", ", 3.204", " und ", "EMB AH Umzug und Ortswechsel", "&lt;b&gt;", "1.001", "GLF/AH EZ 1.001"]
PARTS = st.sampled_from(MARKUP + WORDS)


@given(st.lists(PARTS, max_size=12))
def test_linking_only_adds(parts):
    """Without what was added, the text is the one that went in: no word lost, no markup broken."""
    html = clean("".join(parts))
    without = re.sub(
        r"<span>\[\d+\]</span>", "", re.sub(r'<a class="zitat" href="[^"]*">([^<]*)</a>', r"\1", linked(html))
    )
    assert clean(without) == html
    assert plain(without) == plain(html)


@pytest.mark.django_db
def test_live_citation_prints_the_stand_of_the_day(django_assert_num_queries):
    make_fassung("GLF SC 3.001a", "2023-05-12")
    make_fassung("GLF SC 3.001a", "2024-01-02")
    make_fassung("EMB AH Umzug und Ortswechsel", "2030-01-01")
    html = "<p>GLF SC 3.001a und EMB AH Umzug und Ortswechsel, GLF SC 3.999.</p>"
    with django_assert_num_queries(2):
        now = with_live_citations(html, TODAY)
    assert "(Stand\N{NO-BREAK SPACE}02.01.2024)" in now
    assert "(am Stichtag kein Stand)" in now
    assert "3.999." in plain(now)
    then = with_live_citations(html, Stichtag(date(2023, 6, 1), TODAY.heute))
    assert "12.05.2023" in then
    assert "?stichtag=2023-06-01" in then


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 30])
def test_resolving_is_one_query(count, django_assert_num_queries):
    kennungen = [make_fassung(f"GLF SC 3.{100 + n}").arbeitsmittel.kennung for n in range(count)]
    with django_assert_num_queries(1):
        assert len(resolve(kennungen, TODAY)) == count


@pytest.mark.django_db
def test_draft_only_arbeitsmittel_is_not_resolved():
    draft = make_fassung(published=False)
    assert resolve([draft.arbeitsmittel.kennung], TODAY) == {}
