"""The rich-text format: what gets through, what is refused, and that nothing changes when it is applied again."""

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.text import TextRefused, clean, headings, labelled, plain, slug, with_anchors

SCRIPT_FREE = [
    "<script>alert(1)</script>",
    "<p onclick=alert(1) onmouseover='x()'>Wort</p>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)><animate onbegin=alert(1) attributeName=x>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<base href=https://boese.example/><p>Wort</p>",
    "<meta http-equiv=refresh content='0;url=https://boese.example'>",
    "<form action=https://boese.example><input name=kennwort><button formaction=javascript:x>Los</button></form>",
    "<p hx-get=/loeschen hx-trigger=load data-hx-on=x>Wort</p>",
    "<p style='background:url(https://boese.example/a.png)'>Wort</p><style>@import '//boese.example'</style>",
    "<link rel=stylesheet href=https://boese.example/a.css><link rel=attachment href=file:///etc/passwd>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea><title><script>alert(1)</script></title>",
    "<p><![CDATA[<script>alert(1)</script>]]></p>",
    "<!--><script>alert(1)</script>-->",
    "<div id=main class=kern-alert name=location>Wort</div>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<a href='/ok' target=_blank ping=https://boese.example download rel=opener>Wort</a>",
]

LINKS_REFUSED = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#9;script:alert(1)",
    "java&#10;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#x6a;avascript&colon;alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,AAAA",
    "//boese.example/x",
    "/\\boese.example/x",
    "\\\\server\\freigabe",
    "/&#9;/boese.example",
    "https:///boese.example",
    "file:///etc/passwd",
    "ftp://boese.example/",
    "blob:https://boese.example/x",
    "unterlage.pdf",
    "?q=1",
]


@pytest.mark.parametrize("hostile", SCRIPT_FREE)
def test_clean_leaves_nothing_that_could_run_or_load(hostile):
    cleaned = clean(hostile)
    markup = " ".join(re.findall(r"<[^>]*>", cleaned)).lower()
    assert not re.search(r"script|style|svg|math|\bon\w+=|src|base|meta|form|hx-|link|iframe|id=|class=|target", markup)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("link", LINKS_REFUSED)
def test_clean_refuses_links_that_lead_elsewhere_or_run(link):
    with pytest.raises(TextRefused, match=r"Der Link .* ist nicht erlaubt"):
        clean(f'<p><a href="{link}">Wort</a></p>')


@pytest.mark.parametrize(
    "link",
    ["https://www.beispiel.de/a?b=c", "http://beispiel.de", "mailto:a@b.de", "tel:+4991112", "/arbeitsmittel/", "#a"],
)
def test_clean_keeps_ordinary_links(link):
    assert clean(f'<a href="{link}">Wort</a>') == f'<p><a href="{link}">Wort</a></p>'


@pytest.mark.parametrize("sign", ["\u202e", "&#x202e;", "\u2066", "&#8294;", "\u202a"])
def test_clean_refuses_signs_that_turn_the_reading_direction(sign):
    with pytest.raises(TextRefused, match="Schreibrichtung"):
        clean(f"<p>Wort{sign}troW</p>")


@pytest.mark.parametrize(
    ("too_much", "message"),
    [
        ("<div>" * 10_000, "zu tief verschachtelt"),
        ("<div title='</div>'>" * 10_000, "zu tief verschachtelt"),
        ("<b a=1>" * 60_000, "zu tief verschachtelt"),
        ("<ul><li>" * 26, "zu tief verschachtelt"),
        ("<p>" + "ä" * 250_001, "zu groß: 500 kB"),
        ("<table>" + "<tr><td>a" * 2_001, "zu viele Tabellenzeilen"),
        ("<table><tr>" + "<td>a" * 31, "zu viele Spalten"),
        ("<p>Wort\ud800</p>", "kein gültiges Unicode"),
    ],
)
def test_clean_refuses_too_much_at_once(too_much, message):
    begin = time.process_time()
    with pytest.raises(TextRefused, match=message):
        clean(too_much)
    assert time.process_time() - begin < 0.1


def test_clean_accepts_what_is_just_allowed():
    assert clean("<ul><li>" * 24 + "Wort").count("<ul>") == 24
    assert clean("<table>" + "<tr><td>a" * 2_000).count("<tr>") == 2_000
    assert len(clean("<p>" + "a" * 490_000)) == 490_007


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ("", ""),
        ("nur Worte", "<p>nur Worte</p>"),
        ("<h1>A</h1><h2>B</h2><h5>C</h5>", "<h2>A</h2><h2>B</h2><h4>C</h4>"),
        ("<b>fett</b> <i>schräg</i>", "<p><strong>fett</strong> <em>schräg</em></p>"),
        ("<div>eins</div><div>zwei<div>drei</div></div>", "<p>eins</p><p>zwei</p><p>drei</p>"),
        ("<p>a</p></body></html><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a<aside data-art=hinweis>b</aside>c", '<p>a</p><aside data-art="hinweis"><p>b</p></aside><p>c</p>'),
        ("<aside data-art=fremd>b</aside>", "<p>b</p>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ol start=3 type=a><li>a<li> </ol>", '<ol start="3" type="a"><li>a</li></ol>'),
        ("<ol start=-1 type=x reversed><li>a</ol>", "<ol><li>a</li></ol>"),
        ("<li>a</li><td>b</td>", "<p>a</p><p>b</p>"),
        ("<b><p>a</p></b>", "<p>a</p>"),
        ("<p> </p><h2>&nbsp;</h2><ul><li></ul><p>a</p>", "<p>a</p>"),
        ("a<strong> </strong>b<br>c", "<p>a b<br>c</p>"),
        ("<p>1 < 2 & 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p>\ufeffU\u0308ber\u200e</p>", "<p>Über</p>"),
        (
            "<table><caption>T</caption><tr><th scope=row colspan=100000>a<td rowspan=0 colspan=2>b</table>",
            '<table><caption>T</caption><tbody><tr><th colspan="20" scope="row">a</th>'
            '<td colspan="2">b</td></tr></tbody></table>',
        ),
    ],
)
def test_clean_brings_text_into_the_schema(given_html, expected):
    assert clean(given_html) == expected
    assert clean(expected) == expected


def test_clean_cannot_be_broken_open_by_normalising_afterwards():
    cleaned = clean("<p>\u0338Wort</p>")
    assert unicodedata.normalize("NFC", cleaned) == cleaned == "<p>Wort</p>"


# fmt: off
TAGS = [
    "h1", "h2", "p", "br", "strong", "em", "ul", "ol", "li", "a", "q", "aside", "table", "caption", "thead", "tbody",
    "tr", "th", "td", "div", "span", "b", "script", "svg", "math", "style", "form", "template", "select", "frameset",
    "body", "html", "title",
]
ATTRIBUTES = [
    "", " href=/a", " href='#ä ö'", " data-art=achtung", " colspan=99999", " start=4", " type=A", " class=x",
    " onclick=x",
]
# fmt: on
TAG = st.sampled_from(TAGS)
ATTRIBUTE = st.sampled_from(ATTRIBUTES)
WORD = st.text(st.sampled_from("abä \n\t\r&<>\"'\u0301\u0338\u00a0\u00ad/=!-\x00\x01"), max_size=6)
PIECE = st.one_of(st.builds("<{}{}>".format, TAG, ATTRIBUTE), st.builds("</{}>".format, TAG), WORD)
SOUP = st.lists(PIECE, max_size=25).map("".join)


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_clean_is_idempotent_and_stays_in_the_schema(soup):
    cleaned = clean(soup)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    tag = (
        r'</?(h[234]|p|strong|em|ul|ol|li|q|table|caption|thead|tbody|tr|a|aside|th|td)>|<br>|<a href="[/#][^"<>]*">'
        r'|<aside data-art="achtung">|<ol( start="4")?( type="A")?>|<t[dh] colspan="20">'
    )
    assert not re.search("[<>]", re.sub(tag, "", cleaned))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z", "M"]), min_size=1), min_size=1, max_size=5))
def test_no_word_is_lost_on_the_way(words):
    words = [unicodedata.normalize("NFC", word) for word in words]
    escaped = [word.replace("&", "&amp;").replace("<", "&lt;") for word in words]
    cleaned = clean("".join(f"<div><p>{word}</p></div>" for word in escaped))
    assert plain(cleaned) == "\n".join(words)


@settings(max_examples=200, deadline=None)
@given(SOUP.map(lambda soup: re.sub("[<>&](?![a-z/])", "", soup)))
def test_plain_never_contains_markup(soup):
    words = plain(clean(soup))
    assert not re.search(r"</?(h\d|p|br|strong|em|[uo]l|li|a|q|aside|t\w+)\b[^<]*>", words)


def test_plain_separates_blocks_and_cells():
    html = "<h2>Titel</h2><p>Eins\n  <strong>zwei</strong><br>drei</p><ul><li><p>a</p><ol><li>b</li></ol></li></ul>"
    assert plain(html) == "Titel\nEins zwei\ndrei\na\nb"
    table = (
        "<table><caption>T</caption><tbody><tr><th>a</th><td>b</td></tr><tr><th>c</th><td>d</td></tr></tbody></table>"
    )
    assert plain(table) == "T\na\tb\nc\td"
    assert plain("<p>1 &lt; 2&nbsp;€ <!-- nicht -->gilt</p>") == "1 < 2\u00a0€ gilt"


def test_headings_have_unique_anchors_that_with_anchors_sets():
    html = "<h2>Größe &amp; Maß</h2><p>x</p><h3>Größe-Maß</h3><h4>…</h4>"
    assert [(h.level, h.anchor, h.text) for h in headings(html)] == [
        (2, "groesse-mass", "Größe & Maß"),
        (3, "groesse-mass-2", "Größe-Maß"),
        (4, "abschnitt", "…"),
    ]
    assert with_anchors(html).startswith('<h2 id="groesse-mass">Größe &amp; Maß</h2><p>x</p><h3 id="groesse-mass-2">')
    assert [h.anchor for h in headings(html, prefix="s1-")] == ["s1-groesse-mass", "s1-groesse-mass-2", "s1-abschnitt"]


def test_slug_writes_umlauts_out():
    assert slug("Straße Ähre – Café 3.001a") == "strasse-aehre-cafe-3-001a"


def test_labelled_says_in_words_what_a_box_is():
    html = labelled('<aside data-art="gespraechsbaustein"><p>Guten Tag</p></aside><p>x</p>')
    assert html == (
        '<aside data-art="gespraechsbaustein" class="kasten kasten-gespraechsbaustein">'
        '<p class="kasten-titel">Gesprächsbaustein</p><p>Guten Tag</p></aside><p>x</p>'
    )


def test_labelled_sets_the_scope_where_it_is_missing():
    html = labelled(
        "<table><tbody><tr><th>a</th><th>b</th></tr><tr><th>c</th><td>d</td></tr>"
        '<tr><th scope="rowgroup">e</th><td>f</td></tr></tbody></table>'
    )
    assert re.findall(r"<th[^>]*>\w", html) == [
        '<th scope="col">a',
        '<th scope="col">b',
        '<th scope="row">c',
        '<th scope="rowgroup">e',
    ]
