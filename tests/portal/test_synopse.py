"""The Synopse of two texts: what belongs together, what is marked, what is shown."""

import re

import pytest

from portal.synopse import Art, NotClean, compare, new_text, old_text
from portal.text import TextRefused, clean


def marks(old: str, new: str) -> str:
    """The redline with [-gone-] and {+new+} instead of its markup, without the words for screen readers."""
    html = re.sub(r'<span class="kern-sr-only">[^<]*</span>', "", compare(old, new).html)
    html = re.sub(r"<span data-alt-leer[^>]*>( )</span>", r"\1", html)
    return re.sub(r"<ins>(.*?)</ins>", r"{+\1+}", re.sub(r"<del>(.*?)</del>", r"[-\1-]", html))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<p>Frist: zwei Tage.</p>", "<p>Frist: drei Tage.</p>", "<p>Frist: [-zwei-]{+drei+} Tage.</p>"),
        ("<p>Das gilt.</p>", "<p>Das gilt nicht.</p>", "<p>Das gilt{+ nicht+}.</p>"),
        ("<p>Er muss es tun.</p>", "<p>Er es tun.</p>", "<p>Er [-muss -]es tun.</p>"),
        ("<p>bis 10,50 Euro</p>", "<p>bis 10,60 Euro</p>", "<p>bis [-10,50-]{+10,60+} Euro</p>"),
        ("<p>a &lt;b&gt; c</p>", "<p>a &lt;i&gt; c</p>", "<p>a &lt;[-b-]{+i+}&gt; c</p>"),
        ("<p>eins&nbsp;zwei</p>", "<p>eins zwei</p>", "<p>eins[-&nbsp;zwei-]{+ zwei+}</p>"),
        ("<h2>Ablauf</h2>", "<h2>Ablauf am Telefon</h2>", "<h2>Ablauf{+ am Telefon+}</h2>"),
        ("", "<p>Neu</p>", '<p data-synopse="neu">{+Neu+}</p>'),
        ("<p>Alt</p>", "", '<p data-synopse="entfallen">[-Alt-]</p>'),
        ("<p>ganz anders</p>", "<p>nichts davon</p>", "<p>[-ganz anders-]{+nichts davon+}</p>"),
    ],
)
def test_words_are_marked_where_they_differ(old, new, expected):
    assert marks(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a <strong>b c</strong>", "a <strong>b d</strong>", "a <strong>b [-c-]{+d+}</strong>"),
        ("a b", "a <em>b</em>", "a [-b-]{+<em>b</em>+}"),
        ('a <a href="/x/">b</a>', 'a <a href="/y/">b</a>', 'a [-<a href="/x/">b</a>-]{+<a href="/y/">b</a>+}'),
        ("a <q>Wer da?</q>", "a <q>Wer ist da?</q>", "a <q>Wer {+ist +}da?</q>"),
        ("<em>a</em>b c d", "<em>a </em>b c d", "[-<em>a</em>-]{+<em>a </em>+}b c d"),
        ("a<br>b c", "a b d", "a[-<br>-] b [-c-]{+d+}"),
    ],
)
def test_inline_elements_stay_or_go_as_a_whole(old, new, expected):
    assert marks(f"<p>{old}</p>", f"<p>{new}</p>") == f"<p>{expected}</p>"


def test_a_deleted_item_leaves_the_others_alone():
    redline = marks("<ol><li>eins</li><li>zwei</li><li>drei</li></ol>", "<ol><li>eins</li><li>drei</li></ol>")
    assert redline == '<ol><li>eins</li><li data-synopse="entfallen">[-zwei-]</li><li>drei</li></ol>'


def test_items_are_aligned_by_similarity():
    old = "<ul><li>Antrag prüfen und ablegen</li><li>Bescheid senden</li></ul>"
    new = "<ul><li>Zuerst grüßen</li><li>Antrag genau prüfen und ablegen</li><li>Bescheid senden</li></ul>"
    assert marks(old, new) == (
        '<ul><li data-synopse="neu">{+Zuerst grüßen+}</li><li>Antrag {+genau +}prüfen und ablegen</li>'
        "<li>Bescheid senden</li></ul>"
    )


def table(*rows: str, head: str = "") -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split('|'))}</tr>" for row in rows)
    return f"<table>{head}<tbody>{body}</tbody></table>"


def test_rows_are_aligned_by_similarity_and_cells_by_column():
    old = table("Umzug|Frist zwei Tage", "Heirat|Urkunde vorlegen")
    new = table("Geburt|Anzeige schicken", "Umzug|Frist drei Tage", "Heirat|Urkunde vorlegen")
    assert marks(old, new) == (
        '<table><tbody><tr data-synopse="neu"><td>{+Geburt+}</td><td>{+Anzeige schicken+}</td></tr>'
        "<tr><td>Umzug</td><td>Frist [-zwei-]{+drei+} Tage</td></tr>"
        "<tr><td>Heirat</td><td>Urkunde vorlegen</td></tr></tbody></table>"
    )


def test_layout_between_rows_goes_with_its_row():
    old = clean("<table>\n<tbody>\n<tr><td>a</td></tr>\n<tr><td>b</td></tr>\n</tbody>\n</table>")
    new = old.replace("<tr><td>b</td></tr>\n", "<tr><td>c</td></tr>\n<tr><td>d</td></tr>\n")
    html = compare(old, new).html
    assert (old_text(html), new_text(html)) == (old, new)
    assert "data-alt-leer" not in html


def test_words_behind_a_block_that_goes_stay():
    old = "<ul><li><ol><li>Vorher prüfen</li></ol> Danach ablegen</li></ul>"
    html = compare(old, "<ul><li> Danach ablegen</li></ul>").html
    assert (old_text(html), new_text(html)) == (old, "<ul><li> Danach ablegen</li></ul>")


def test_a_new_column_is_a_new_cell_in_each_row():
    old, new = table("Umzug|Frist", "Heirat|Urkunde"), table("Umzug|am Telefon|Frist", "Heirat|am Schalter|Urkunde")
    assert marks(old, new).count('<td data-synopse="neu">') == 2
    assert "[-" not in marks(old, new)


def test_rows_of_one_side_get_gaps_for_the_columns_of_the_other():
    old = table("Umzug|Frist läuft", "Heirat|Urkunde fehlt", "Tod|alles ganz anders")
    new = table("Umzug|am Telefon|Frist läuft", "Heirat|am Schalter|Urkunde fehlt")
    html = compare(old, new).html
    assert html.count("<td") == 9
    assert html.count('<td data-synopse="luecke"></td>') == 1
    assert (old_text(html), new_text(html)) == (old, new)


def test_a_cell_over_other_columns_replaces_its_row():
    old = '<table><tbody><tr><td colspan="2">a b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>'
    redline = marks(old, old.replace("2", "3"))
    assert '<tr data-synopse="entfallen"><td colspan="2">[-a b-]</td></tr>' in redline
    assert '<tr data-synopse="neu"><td colspan="3">{+a b+}</td></tr>' in redline


def test_rows_with_cells_across_rows_are_not_mixed():
    old = '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>'
    new = '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>x</td></tr></tbody></table>'
    assert marks(old, new) == old.replace("<td>c</td>", "<td>[-c-]{+x+}</td>")
    longer = old.replace("</tbody>", "<tr><td>d</td><td>e</td></tr></tbody>")
    assert marks(old, longer).count("<table data-synopse=") == 2


def test_caption_and_head_are_compared_with_caption_and_head():
    head = "<caption>Fristen {}</caption><thead><tr><th>Anlass</th><th>{}</th></tr></thead>"
    old, new = (table("Umzug|x", head=head.format(*words)) for words in (("2024", "Frist"), ("2025", "Tage")))
    redline = marks(old, new)
    assert "<caption>Fristen [-2024-]{+2025+}</caption>" in redline
    assert "<th>[-Frist-]{+Tage+}</th>" in redline
    without = marks(table("Umzug|x"), old)
    assert '<caption data-synopse="neu">' in without
    assert '<thead data-synopse="neu">' in without


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<aside data-art="hinweis"><p>a b</p></aside>', '<aside data-art="achtung"><p>a b</p></aside>'),
        ("<ol><li>a b</li></ol>", '<ol start="3"><li>a b</li></ol>'),
        ("<ol><li>a b</li></ol>", '<ol type="a"><li>a b</li></ol>'),
        ("<ol><li>a b</li></ol>", "<ul><li>a b</li></ul>"),
        ("<h2>a b</h2>", "<h3>a b</h3>"),
    ],
)
def test_another_kind_of_element_is_deleted_and_inserted(old, new):
    synopse = compare(old, new)
    assert [row.art for row in synopse.rows] == [Art.GEAENDERT]
    assert "[-a b-]" in marks(old, new)
    assert "{+a b+}" in marks(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
        (table("a|b"), table("<p>a</p>|<p>b</p>")),
        ("<ul><li>a\n<ul><li>b</li></ul>\n</li></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
        ("<p>a\nb</p>", "<p>a b</p>"),
        ("<p>a </p>", "<p> a</p>"),
        ("<table>\n<tbody>\n<tr><td>a</td></tr>\n</tbody>\n</table>", table("a")),
        ("<table><tr><th>a</th><td>b</td></tr></table>", '<table><tr><th scope="row">a</th><td>b</td></tr></table>'),
    ],
)
def test_layout_of_the_source_is_kept_but_is_no_change(old, new):
    """Editors wrap the words of an item in a paragraph; the first save of an imported text must not show as new."""
    old, new = clean(old), clean(new)
    synopse = compare(old, new)
    assert old != new
    assert not synopse.geaendert
    assert (old_text(synopse.html), new_text(synopse.html)) == (old, new)


def test_changes_are_told_by_words():
    html = compare("<p>zwei Tage</p>", "<p>drei Tage</p>").html
    spoken = re.sub("<[^>]*>", "", html)
    assert spoken == "Streichung: zwei Ende. Einfügung: drei Ende.  Tage"


def test_signs_that_belong_together_are_not_cut():
    technologist, scientist = "\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f52c"
    assert marks(f"<p>a {technologist}</p>", f"<p>a {scientist}</p>") == f"<p>a [-{technologist}-]{{+{scientist}+}}</p>"


def test_markup_in_words_stays_words():
    attack = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
    synopse = compare(f"<p>a {attack} b</p>", f"<p>{attack} &amp;lt;script&amp;gt; c</p><h2>{attack}</h2><p>d</p>")
    for html in (synopse.html, synopse.anzeige, *(row.alt + row.neu for row in synopse.rows)):
        assert set(re.findall(r"<(\w+)", html)) <= {"p", "h2", "ins", "del", "span"}


def test_what_is_not_clean_is_cleaned_or_refused():
    assert "<script" not in compare("<p>a</p><script>x</script>", "<p onclick=x>a</p>").html
    with pytest.raises(TextRefused):
        compare("<p>a</p>", '<a href="javascript:x">b</a>')
    for markup in ("<script>x</script>", "<p>a", "<p>a</h2>", "</p>", "a < b", "<p title=x>a</p>"):
        with pytest.raises(NotClean):
            old_text(markup)


TEXT = (
    "<p>Vorab.</p><h2>Ablauf</h2><h3>Schritt 1</h3><p>Eins bleibt.</p><h3>Schritt &amp; 2</h3>"
    "<p>Zwei hat eine Frist.</p><p>Drei bleibt.</p><p>Vier entfällt ganz.</p><h2>Ende</h2><p>Schluss.</p>"
)


def test_rows_stand_side_by_side():
    new = TEXT.replace("eine Frist", "keine Frist").replace("<p>Vier entfällt ganz.</p>", "")
    synopse = compare(TEXT, new.replace("<h2>Ende</h2>", "<h2>Ende</h2><p>Noch etwas.</p>"))
    changed = [(row.art.value, row.alt, row.neu) for row in synopse.rows if row.geaendert]
    spoken = '<span class="kern-sr-only">{}</span>'
    deleted = f"<del>{spoken.format('Streichung: ')}eine{spoken.format(' Ende. ')}</del>"
    inserted = f"<ins>{spoken.format('Einfügung: ')}keine{spoken.format(' Ende. ')}</ins>"
    assert changed == [
        ("geaendert", f"<p>Zwei hat {deleted} Frist.</p>", f"<p>Zwei hat {inserted} Frist.</p>"),
        ("entfallen", "<p>Vier entfällt ganz.</p>", ""),
        ("neu", "", "<p>Noch etwas.</p>"),
    ]
    assert synopse.anzahl == 3
    assert synopse.geaendert


def test_only_changes_stand_under_their_headings():
    synopse = compare(TEXT, TEXT.replace("eine Frist", "keine Frist").replace("Schluss", "Aus"))
    assert [(section.pfad, len(section.zeilen)) for section in synopse.nur_geaendertes] == [
        (("Ablauf", "Schritt & 2"), 1),
        (("Ende",), 1),
    ]
    assert [[row.bloecke if not row.geaendert else row.art.value for row in section.zeilen]
            for section in synopse.abschnitte] == [[5], ["geaendert", 3], ["geaendert"]]  # fmt: skip


def test_a_changed_heading_is_a_passage_and_heads_what_follows():
    synopse = compare(TEXT, TEXT.replace("Schritt &amp; 2", "Schritt 2").replace("eine Frist", "keine Frist"))
    (section,) = synopse.nur_geaendertes
    assert section.pfad == ("Ablauf",)
    assert len(section.zeilen) == 2
    assert '<p class="synopse-titel synopse-titel--3">Schritt ' in section.zeilen[0].neu


def test_a_passage_that_moved_says_so():
    moved = TEXT.replace("<p>Vorab.</p>", "") + "<p>Vorab.</p>"
    rows = [row for row in compare(TEXT, moved).rows if row.geaendert]
    assert [(row.art, row.verschoben) for row in rows] == [(Art.ENTFALLEN, True), (Art.NEU, True)]


def test_boxes_carry_their_names():
    box = '<aside data-art="achtung"><p>Nie {}.</p></aside>'
    synopse = compare(box.format("fragen"), box.format("notieren"))
    assert '<p class="kasten-titel">Achtung</p>' in synopse.rows[0].neu
    assert '<p class="kasten-titel">Achtung</p>' in synopse.anzeige
    assert "kasten-titel" not in synopse.html


def test_long_tables_are_shown_around_their_changes():
    rows = [f"Fall {number}|Frist {number} Tage" for number in range(40)]
    (section,) = compare(table(*rows), table(*rows[:20], "Fall 20|Frist 99 Tage", *rows[21:])).nur_geaendertes
    assert section.zeilen[0].neu.count("<tr") == 5
    assert '<tr class="synopse-luecke"><td colspan="2">… 19 Zeilen unverändert …</td></tr>' in section.zeilen[0].neu
    assert compare(table(*rows), table(*rows[1:])).rows[0].alt.count("<tr") == 40
