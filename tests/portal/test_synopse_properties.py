"""What holds for the Synopse of any two texts."""

import re
from contextlib import suppress

from hypothesis import given, settings

from portal.synopse import NotClean, compare, new_text, old_text
from portal.synopse.tree import parse, write
from portal.text import TextRefused, clean, plain
from tests.portal.synopse_texts import faults, pairs, soup, texts, tree_of

MANY = settings(max_examples=120, deadline=None)


@MANY
@given(pairs())
def test_both_sides_can_be_rebuilt_exactly(pair):
    old, new = pair
    html = compare(old, new).html
    assert old_text(html) == old
    assert new_text(html) == new
    assert clean(old_text(html)) == old


@MANY
@given(pairs())
def test_the_redline_is_valid_and_read_alike_by_every_parser(pair):
    html = compare(*pair).html
    assert faults(parse(html)) == []
    assert tree_of(html, "lxml") == tree_of(html, "html5")
    assert "<script" not in html


@MANY
@given(pairs())
def test_rows_show_all_words_of_both_sides(pair):
    old, new = pair
    synopse = compare(old, new)
    for side, text in (("alt", old), ("neu", new)):
        shown = "".join(getattr(row, side) for row in synopse.rows)
        shown = re.sub(r'<span class="kern-sr-only">[^<]*</span>|<p class="kasten-titel">[^<]*</p>', "", shown)
        assert "".join(plain(shown).split()) == "".join(plain(text).split())


@MANY
@given(texts)
def test_a_text_beside_itself_has_not_changed(text):
    synopse = compare(text, text)
    assert not synopse.geaendert
    assert synopse.html == text
    assert synopse.nur_geaendertes == ()


@MANY
@given(soup, soup)
def test_texts_of_any_form_can_be_compared(first, second):
    try:
        old, new = clean(first), clean(second)
    except TextRefused:
        return
    html = compare(old, new).html
    assert (old_text(html), new_text(html)) == (old, new)


@MANY
@given(soup)
def test_own_reader_keeps_every_sign_and_refuses_the_rest(markup):
    with suppress(NotClean):
        assert write(parse(markup)) == markup
    cleaned = clean(markup)
    assert write(parse(cleaned)) == cleaned
