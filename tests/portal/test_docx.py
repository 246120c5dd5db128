"""Word documents become texts of the portal: structure exactly, and a word about everything that is missing."""

import pytest

from portal.docx import DocxText, read_docx
from portal.text import clean
from tests.portal.docx_samples import (
    W,
    content_types,
    docx,
    field,
    link,
    p,
    packed,
    part,
    parts,
    picture,
    r,
    relationships,
    row,
    styles,
    tbl,
    tc,
    text_box,
)


def html(*blocks: str, **options) -> str:
    """The text of a document that loses nothing."""
    read = read_docx(docx(*blocks, **options))
    assert read.nicht_uebernommen == []
    return read.html


def lost(*blocks: str, **options) -> tuple[str, list[str]]:
    read = read_docx(docx(*blocks, **options))
    return read.html, read.nicht_uebernommen


def test_headings_paragraphs_and_the_guessed_title():
    read = read_docx(
        docx(
            p("Begrüßung ", r("am Telefon", "<w:b/>"), style="Titel"),
            p("Ablauf", style="berschrift1"),
            p("Schritt", style="berschrift2"),
            p("Teil", style="berschrift3"),
            p("Guten Tag."),
            p(""),
            p("Ende", style="Standard"),
        )
    )
    assert read == DocxText(
        html="<h2>Begrüßung <strong>am Telefon</strong></h2><h2>Ablauf</h2><h3>Schritt</h3><h4>Teil</h4>"
        "<p>Guten Tag.</p><p>Ende</p>",
        titel="Begrüßung am Telefon",
        nicht_uebernommen=[],
    )


def test_title_is_the_first_chief_heading_where_there_is_no_title():
    table = tbl(row(tc(p("In der Tabelle", style="berschrift1")), header=True))
    assert read_docx(docx(table, p("Erste", style="berschrift1"), p("Zweite", style="berschrift1"))).titel == "Erste"
    assert read_docx(docx(p("Nur Text"))).titel == ""


def test_deep_headings_and_automatic_numbers_are_told():
    assert lost(p("Eins", style="berschrift1", num=(1, 0)), p("Tief", style="berschrift4")) == (
        "<h2>Eins</h2><h4>Tief</h4>",
        [
            "Eine Überschrift unterhalb der dritten Ebene wurde zur dritten Ebene.",
            "Die automatische Nummer einer Überschrift wurde nicht übernommen.",
        ],
    )


def test_emphasis_and_spoken_wording():
    assert html(
        p(
            r("fett", "<w:b/>"),
            " ",
            r("kursiv", "<w:i/>"),
            " ",
            r("beides", "<w:b/><w:i/>"),
            " ",
            r("nicht fett", '<w:b w:val="0"/>'),
            " ",
            r("Guten Tag!", '<w:rStyle w:val="ZitatWortlaut"/>'),
            " ",
            r("stark", '<w:rStyle w:val="Fett"/>'),
        )
    ) == (
        "<p><strong>fett</strong> <em>kursiv</em> <strong><em>beides</em></strong> nicht fett "
        "<q>Guten Tag!</q> <strong>stark</strong></p>"
    )


def test_nested_lists():
    assert html(
        p("a", num=(2, 0)),
        p("b", num=(2, 1)),
        p("c", num=(2, 2)),
        p("d", num=(2, 1)),
        p("e", num=(2, 0)),
        p("f", num=(1, 1)),
    ) == ('<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e<ol type="a"><li>f</li></ol></li></ul>')


def test_numbers_go_on_behind_a_paragraph_and_start_anew_where_the_list_says_so():
    assert html(
        p("eins", num=(1, 0)),
        p("zwei", num=(1, 0)),
        p("Dazwischen."),
        p("drei", num=(1, 0)),
        p("a", num=(1, 1)),
        p("vier", num=(1, 0)),
        p("a", num=(1, 1)),
        p("wieder eins", num=(3, 0)),
        p("zwei", num=(3, 0)),
    ) == (
        "<ol><li>eins</li><li>zwei</li></ol><p>Dazwischen.</p>"
        '<ol start="3"><li>drei<ol type="a"><li>a</li></ol></li><li>vier<ol type="a"><li>a</li></ol></li></ol>'
        "<ol><li>wieder eins</li><li>zwei</li></ol>"
    )


def test_lists_by_the_names_of_their_styles():
    assert (
        html(
            p("a", style="Listennummer"),
            p("b", style="Listennummer2"),
            p("c", style="Listennummer2"),
            p("d", style="Listennummer"),
            p("e", style="Aufzhlungszeichen"),
            p("f", style="Aufzhlungszeichen2"),
        )
        == "<ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ol><ul><li>e<ul><li>f</li></ul></li></ul>"
    )


def test_list_styles_of_other_programs_are_known_by_their_german_names():
    more = "".join(
        f'<w:style w:type="paragraph" w:styleId="x{n}"><w:name w:val="{name}"/></w:style>'
        for n, name in enumerate(["Überschrift 2", "Aufzählungszeichen 2", "Listennummer", "Textkörper"])
    )
    blocks = [p("a", style="x0"), p("b", style="x1"), p("c", style="x2"), p("d", style="x3")]
    assert html(*blocks, more={"word/styles.xml": styles(more)}) == (
        "<h3>a</h3><ul><li>b</li></ul><ol><li>c</li></ol><p>d</p>"
    )


def test_first_item_may_be_deep_and_an_item_of_a_list_style_may_be_switched_off():
    assert html(p("a", num=(2, 2)), p("b", num=(2, 2))) == "<ul><li>a<ul><li>b</li></ul></li></ul>"
    assert html(p("a", style="Listennummer2", num=(0, 0))) == "<p>a</p>"


def test_composed_numbers_are_told():
    assert lost(p("a", num=(4, 0)), p("b", num=(4, 1)), p("c", num=(4, 1))) == (
        "<ol><li>a<ol><li>b</li><li>c</li></ol></li></ol>",
        ["2 zusammengesetzte oder besondere Nummern von Listen wurden zu einfachen."],
    )


def test_boxes_by_style_and_their_lists():
    assert html(
        p("Erster", style="Hinweis"),
        p("Zweiter", style="Hinweis"),
        p("", style="Hinweis"),
        p("Dritter", style="Hinweis"),
        p("Achtung!", style="Achtung"),
        p("eins", style="Achtung", num=(2, 0)),
        p("zwei", style="Achtung", num=(2, 0)),
        p("Was kann ich ", r("für Sie tun?", '<w:rStyle w:val="ZitatWortlaut"/>'), style="Gesprchsbaustein"),
        p(""),
        p("Neuer Kasten.", style="Gesprchsbaustein"),
    ) == (
        '<aside data-art="hinweis"><p>Erster</p><p>Zweiter</p><p>Dritter</p></aside>'
        '<aside data-art="achtung"><p>Achtung!</p><ul><li>eins</li><li>zwei</li></ul></aside>'
        '<aside data-art="gespraechsbaustein"><p>Was kann ich <q>für Sie tun?</q></p></aside>'
        '<aside data-art="gespraechsbaustein"><p>Neuer Kasten.</p></aside>'
    )


def test_style_based_on_a_known_one_means_the_same():
    more = (
        '<w:style w:type="paragraph" w:styleId="KastenAchtung"><w:name w:val="BA Kasten"/><w:basedOn w:val="Achtung"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="BA Kapitel"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="character" w:styleId="Halbfett"><w:name w:val="BA halbfett"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Kreis"><w:name w:val="Kreis"/><w:basedOn w:val="Kreis"/></w:style>'
    )
    read = lost(
        p("a", style="KastenAchtung"),
        p("b", style="Kapitel"),
        p(r("c", '<w:rStyle w:val="Halbfett"/>')),
        p("d", style="Kreis"),
        more={"word/styles.xml": styles(more)},
    )
    assert read == (
        '<aside data-art="achtung"><p>a</p></aside><h3>b</h3><p><strong>c</strong></p><p>d</p>',
        ["Die Formatvorlage „Kreis“ ist nicht bekannt; der Text wurde ohne sie übernommen (1 Absatz)."],
    )


def test_table_with_header_row_and_merged_cells():
    cell = tc(p("hoch"), '<w:vMerge w:val="restart"/>')
    below = tc(p(""), "<w:vMerge/>")
    assert html(
        tbl(
            row("Anliegen", "Frist", header=True),
            row(cell, "drei Tage"),
            row(below, tc(p("eine ", r("Woche", "<w:b/>")) + p("x", num=(2, 0)))),
            row(tc(p("breit"), '<w:gridSpan w:val="2"/>')),
        )
    ) == (
        "<table><thead><tr><th><p>Anliegen</p></th><th><p>Frist</p></th></tr></thead><tbody>"
        '<tr><td rowspan="2"><p>hoch</p></td><td><p>drei Tage</p></td></tr>'
        "<tr><td><p>eine <strong>Woche</strong></p><ul><li>x</li></ul></td></tr>"
        '<tr><td colspan="2"><p>breit</p></td></tr></tbody></table>'
    )


def test_table_without_header_row_is_kept_and_told():
    switched_off = row("c", "d", properties='<w:tblHeader w:val="0"/>')
    assert lost(tbl(row("a", "b")), tbl(switched_off)) == (
        "<table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>"
        "<table><tbody><tr><td><p>c</p></td><td><p>d</p></td></tr></tbody></table>",
        ["2 Tabellen haben keine als Kopfzeile markierte erste Zeile; bitte im Text festlegen: „a b“, „c d“."],
    )


def test_allowed_links_stay_and_others_become_words():
    links = {"L1": "https://www.beispiel.de/?a=1&b=2", "L2": "file:///c:/geheim.txt", "L3": "mailto:post@beispiel.de"}
    links |= {"L4": "javascript:alert(1)", "L5": "\\\\server\\share\\x.docx"}
    bookmark = f'<w:hyperlink w:anchor="_Ref1">{r("oben")}</w:hyperlink>'
    assert lost(
        p(link("L1", "eins"), " ", link("L2", "zwei"), " ", link("L3", "drei"), " ", link("L4", "vier"), " ", bookmark),
        p(link("L5", "fünf"), " ", field('HYPERLINK "https://feld.example/" \\l "teil" \\o "Tipp"', "sechs")),
        p(field('HYPERLINK \\l "_Toc1"', "sieben"), " ", field("HYPERLINK javascript:x", "acht")),
        links=links,
    ) == (
        '<p><a href="https://www.beispiel.de/?a=1&amp;b=2">eins</a> zwei <a href="mailto:post@beispiel.de">drei</a> '
        'vier oben</p><p>fünf <a href="https://feld.example/">sechs</a></p><p>sieben acht</p>',
        [
            "4 Links sind nicht erlaubt und stehen jetzt als Text da: „zwei“, „vier“, „fünf“.",
            "2 Verweise innerhalb des Dokuments stehen jetzt als Text da.",
        ],
    )


def test_tracked_changes_count_as_accepted():
    author = 'w:id="1" w:author="A" w:date="2024-01-02T00:00:00Z"'
    assert lost(
        p(
            "Frist ",
            f"<w:del {author}><w:r><w:delText>drei</w:delText></w:r></w:del>",
            f"<w:ins {author}>{r('vier')}</w:ins>",
            " Tage",
            r(" fett", f"<w:b/><w:rPrChange {author}><w:rPr/></w:rPrChange>"),
        ),
        p("geteilt", properties=f"<w:rPr><w:del {author}/></w:rPr>"),
        p(" und verbunden"),
        tbl(row("x", header=True), row("weg", properties=f"<w:del {author}/>"), row("y")),
    ) == (
        "<p>Frist vier Tage<strong> fett</strong></p><p>geteilt und verbunden</p>"
        "<table><thead><tr><th><p>x</p></th></tr></thead><tbody><tr><td><p>y</p></td></tr></tbody></table>",
        [
            "Eine nachverfolgte Einfügung wurde wie angenommen übernommen.",
            "Eine nachverfolgte Streichung wurde wie angenommen weggelassen.",
        ],
    )


def test_comments_footnotes_pictures_and_text_boxes_are_told_with_their_words():
    notes = '<w:footnote w:id="0"/>' + f'<w:footnote w:id="1">{p("Siehe § 309 SGB III. " * 9)}</w:footnote>'
    more = {
        "word/footnotes.xml": part("footnotes", notes),
        "word/endnotes.xml": part("endnotes", f'<w:endnote w:id="1">{p("Am Ende.")}</w:endnote>'),
        "word/comments.xml": part("comments", f'<w:comment w:id="1" w:author="X">{p("Stimmt das?")}</w:comment>'),
        "word/header1.xml": part("hdr", p("Nur für den Dienstgebrauch")),
        "word/footer1.xml": part("ftr", p("")),
        "word/media/image1.png": b"\x89PNG" + bytes(100),
    }
    assert lost(
        p("Text", '<w:r><w:footnoteReference w:id="1"/></w:r>', '<w:r><w:endnoteReference w:id="1"/></w:r>', "."),
        p(
            '<w:commentRangeStart w:id="1"/>',
            "Kommentiert",
            '<w:commentRangeEnd w:id="1"/>',
            '<w:r><w:commentReference w:id="1"/></w:r>',
        ),
        p("Bilder", picture(), picture("rIdFehlt"), picture("rIdAussen", "link")),
        p("Daneben", text_box("Im Textfeld")),
        p("Objekt", '<w:r><w:object><v:shape><v:imagedata r:id="rIdBild"/></v:shape></w:object></w:r>'),
        p("Linie", '<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>'),
        p("Formel", "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"),
        links={"rIdAussen": "http://127.0.0.1:1/bild.png"},
        more=more,
    ) == (
        "<p>Text.</p><p>Kommentiert</p><p>Bilder</p><p>Daneben</p><p>Objekt</p><p>Linie</p><p>Formel</p>",
        [
            "3 Bilder wurden nicht übernommen.",
            "Ein eingebettetes Objekt wurde nicht übernommen.",
            "Eine Formel wurde nicht übernommen.",
            "Ein Textfeld wurde nicht übernommen: „Im Textfeld“.",
            "Eine Fußnote wurde nicht übernommen: „Siehe § 309 SGB III. Siehe § 309 SGB III. Siehe § 309 SGB …“.",
            "Eine Endnote wurde nicht übernommen: „Am Ende.“.",
            "Ein Kommentar wurde nicht übernommen.",
            "Die Kopfzeile wurde nicht übernommen.",
        ],
    )


def test_formats_without_a_place_in_the_text_are_told():
    assert lost(
        p(r("alt", "<w:strike/>"), " ", r("nicht", '<w:strike w:val="false"/>'), " ", r("geheim", "<w:vanish/>"), "m"),
        p("m", r("2", '<w:vertAlign w:val="superscript"/>'), " ", r("unter", '<w:u w:val="single"/>')),
        p(r("Marke", '<w:rStyle w:val="Marker"/>'), " ", r("zwei", '<w:rStyle w:val="Marker"/>'), style="Randnotiz"),
        p(r("fehlt", '<w:rStyle w:val="Fehlt"/>'), style="Gibtsnicht"),
        p('<w:r><w:sym w:font="Hausschrift" w:char="F041"/></w:r>', "x"),
    ) == (
        "<p>alt nicht m</p><p>m2 unter</p><p>Marke zwei</p><p>fehlt</p><p>x</p>",
        [
            "Eine als „ausgeblendet“ formatierte Stelle wurde nicht übernommen: „geheim“.",
            "Ein Zeichen aus einer Symbolschrift wurde nicht übernommen.",
            "Eine durchgestrichene Stelle steht jetzt ohne Strich im Text; bitte prüfen: „alt“.",
            "Eine hoch- oder tiefgestellte Stelle steht jetzt in der Zeile; bitte prüfen: „2“.",
            "Eine Unterstreichung oder farbige Markierung ist entfallen.",
            "Die Formatvorlage „Marker“ ist nicht bekannt; der Text wurde ohne sie übernommen (2 Stellen).",
            "Die Formatvorlage „Randnotiz“ ist nicht bekannt; der Text wurde ohne sie übernommen (1 Absatz).",
            "Die Formatvorlage „Fehlt“ ist nicht bekannt; der Text wurde ohne sie übernommen (1 Stelle).",
            "Die Formatvorlage „Gibtsnicht“ ist nicht bekannt; der Text wurde ohne sie übernommen (1 Absatz).",
        ],
    )


def test_fields_keep_their_last_value_and_the_table_of_contents_goes():
    entry = f'<w:hyperlink w:anchor="_Toc1">{r("Ablauf")}{field("PAGEREF _Toc1", "3")}</w:hyperlink>'
    contents = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "<w:r><w:instrText>TOC \\o</w:instrText></w:r>",
                 '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', entry, style="Verzeichnis1")  # fmt: skip
    simple = f'<w:fldSimple w:instr="AUTHOR">{r("Amt")}</w:fldSimple>'
    assert lost(
        contents,
        p('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        p("Stand ", field("DATE", "02.01.2024"), " von ", simple),
        p("Haken ", '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>'
          '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "gesetzt"),
    ) == (
        "<p>Stand 02.01.2024 von Amt</p><p>Haken gesetzt</p>",
        [
            "Ein Kontrollkästchen wurde nicht übernommen.",
            "Das Inhaltsverzeichnis wurde weggelassen; das Portal erstellt es selbst.",
            "2 Felder (etwa Datum oder Querverweis) stehen mit ihrem letzten Wert als Text da.",
        ],
    )  # fmt: skip


def test_content_controls_and_line_breaks_keep_their_words():
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('im Feld')}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>{r('☐')}</w:sdtContent></w:sdt>"
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{control}</w:sdtContent></w:sdt>"
    assert (
        html(
            inner,
            p(inline, " offen"),
            p(r("a"), "<w:r><w:br/></w:r>", r("b"), "<w:r><w:cr/></w:r>", r("c"), '<w:r><w:br w:type="page"/></w:r>'),
            p("a", "<w:r><w:tab/></w:r>", "b", "<w:r><w:noBreakHyphen/></w:r>", "c"),
        )
        == "<p>im Feld</p><p>☐ offen</p><p>a<br>b<br>c</p><p>a\tb\N{NON-BREAKING HYPHEN}c</p>"
    )


def test_bidi_controls_are_removed_and_told():
    read = read_docx(docx(p("Titel\u202e", style="Titel"), p("a\u202eb\u2066c")))
    assert read == DocxText(
        "<h2>Titel</h2><p>abc</p>",
        "Titel",
        ["3 unsichtbare Zeichen, die die Schreibrichtung umkehren, wurden entfernt."],
    )


def test_words_that_look_like_markup_or_like_our_marks_stay_words():
    assert html(p(r("<b>&amp;</b>")), p("\ue000a7\ue001eins", num=(1, 0))) == (
        "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p><ol><li>a7eins</li></ol>"
    )


def test_style_map_inside_the_document_is_not_used():
    more = {"mammoth/style-map": "p => h1:fresh"}
    assert html(p("a"), more=more) == "<p>a</p>"


def test_strict_documents_and_other_names_of_the_main_part_are_read():
    written = parts(p("eins", style="berschrift1"), p("a", num=(2, 0)))
    strict = {name: text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships") for name, text in written.items()}  # fmt: skip
    assert read_docx(packed(strict)).html == "<h2>eins</h2><ul><li>a</li></ul>"
    moved = {name.replace("document.xml", "document2.xml"): text for name, text in written.items()}
    moved["_rels/.rels"] = relationships(("rId1", "officeDocument", "/word/document2.xml"))
    moved["[Content_Types].xml"] = content_types().replace("document.xml", "document2.xml")
    assert read_docx(packed(moved)).html == "<h2>eins</h2><ul><li>a</li></ul>"


def test_document_without_styles_and_numbering_is_read():
    bare = {
        name: text for name, text in parts(p("a", style="berschrift1"), p("b", num=(1, 0))).items()
        if name not in ("word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "_rels/.rels")
    }  # fmt: skip
    read = read_docx(packed(bare))
    assert read.html == "<p>a</p><p>b</p>"


def test_embedded_zip_bomb_is_left_alone():
    """What nobody unpacks does no harm; attachments are no part of the text."""
    assert html(p("a"), more={"word/embeddings/Tabelle.xlsx": packed({"x": bytes(900_000)})}) == "<p>a</p>"


def test_result_is_clean_already():
    read = read_docx(docx(p("a", num=(1, 1)), p("b", style="Hinweis"), tbl(row("a", tc(tbl(row("x")))))))
    assert clean(read.html) == read.html


@pytest.mark.parametrize("times", [2000])
def test_long_document_is_read_in_reasonable_time(times):
    blocks = [p("Ein Satz, der prüft, ob alles geht.", num=(1, number % 3)) for number in range(times)]
    read = read_docx(docx(*blocks, tbl(row("A", "B", header=True), *[row("c", "d")] * 500)))
    assert read.html.count("<li>") == times
    assert read.html.count("<td>") == 1000
