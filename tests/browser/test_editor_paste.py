"""What comes from Word's clipboard is reduced to the schema; lists and headings are taken over as far as it says so."""

import pytest

from portal.text import clean
from tests.browser.editor_steps import LISTEN, canonical, click_into, open_editor, paste, press_keys, save, source

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.portal.editor_pages")]

# In the form in which Word puts it into the clipboard.
WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/x/filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} @list l0 {mso-list-id:1;} --></style>
<!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:"Normale Tabelle";}</style><![endif]--></head>
<body lang=DE style='tab-interval:35.4pt'><!--StartFragment-->
<h1 style='margin-top:12pt'><span style='color:#2F5496'>Erreichbarkeit<o:p></o:p></span></h1>
<p class=MsoNormal style='margin-bottom:8pt;text-align:justify'><span style='font-size:11.0pt;mso-bidi-font-family:
"Times New Roman"'>Der Kunde ist <b style='mso-bidi-font-weight:normal'>sofort</b> zu informieren, und <span
style='font-weight:bold'>das</span> <i>schriftlich</i>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<h2>1.1<span style='mso-tab-count:1'>&nbsp;&nbsp; </span>Fristen</h2>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Erstens<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp;
</span></span></span><![endif]>Darunter<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Zweitens<o:p></o:p></p>
<p class=MsoNormal>Dann:</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>3.<span>&nbsp; </span></span><![endif]>Anrufen</p>
<p class=MsoListParagraph style='mso-list:l1 level2 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>a)<span>&nbsp; </span></span><![endif]>sofort</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>4.<span>&nbsp; </span></span><![endif]>Schreiben</p>
<p class=MsoNormal><font face=Arial size=2><font color=red><font size=4>Rot und groß</font></font></font>
<a name="_Toc1"></a><a href="https://www.beispiel.de/">Netz</a> <a href="file:///C:/geheim.docx">Datei</a>
<a href="javascript:alert(1)">Skript</a><img width=10 src="file:///C:/x/image001.png" onerror="window.gelaufen=1"></p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><thead><tr style='mso-yfti-irow:0'>
<td width=200 style='width:150pt'><p class=MsoNormal><b>Anliegen</b><o:p></o:p></p></td>
<td width=200><p class=MsoNormal><b>Frist</b><o:p></o:p></p></td></tr></thead>
<tr><td><p class=MsoNormal>Umzug<o:p></o:p></p></td><td><p class=MsoNormal>2 Wochen<o:p></o:p></p></td></tr></table>
<script>window.gelaufen = 1</script><iframe src="https://boese.example/"></iframe>
<!--EndFragment--></body></html>"""

REDUCED = """<h2>Erreichbarkeit</h2>
<p>Der Kunde ist <strong>sofort</strong> zu informieren, und <strong>das</strong> <em>schriftlich</em>.</p>
<h3>1.1 Fristen</h3>
<ul><li>Erstens<ul><li>Darunter</li></ul></li><li>Zweitens</li></ul>
<p>Dann:</p>
<ol start="3"><li>Anrufen<ol type="a"><li>sofort</li></ol></li><li>Schreiben</li></ol>
<p>Rot und groß <a href="https://www.beispiel.de/">Netz</a> Datei Skript</p>
<table><thead><tr><th><strong>Anliegen</strong></th><th><strong>Frist</strong></th></tr></thead>
<tbody><tr><td>Umzug</td><td>2 Wochen</td></tr></tbody></table>"""


def test_word_is_reduced_to_the_schema(portal, sign_in):
    page = sign_in("redaktion")
    page.add_init_script(LISTEN)
    click_into(open_editor(page, f"{portal}/editor/"))
    paste(page, WORD)
    assert canonical(source(page)) == canonical(REDUCED)
    assert source(page) == clean(source(page))  # nothing is left for the server to take away
    assert page.evaluate("[window.gelaufen, window.violations]") == [None, []]
    assert "<h2>Erreichbarkeit</h2>" in save(page)


# Other sources, and what Word does less often.
OTHERS = [
    ("<h5>Tief</h5><h6>Tiefer</h6>", "<h4>Tief</h4><h4>Tiefer</h4>"),
    ("<div>eins</div><div>zwei</div>", "<p>eins</p><p>zwei</p>"),
    ('<p style="mso-list:l0 level1 lfo1">ohne Zeichen</p>', "<ul><li>ohne Zeichen</li></ul>"),
    (
        '<p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">II.</span>zuerst tief</p>'
        '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>dann flach</p>',
        '<ol type="I"><li>zuerst tief</li></ol><ul><li>dann flach</li></ul>',
    ),
    ("<ul><li><p>aus Word im Netz</p></li></ul>", "<ul><li>aus Word im Netz</li></ul>"),
    ("<table><caption>T</caption><tr><th>a</th></tr><tr><td>b</td></tr></table>",
     "<table><caption>T</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"),
    ('<p>x<span style="font-weight:700;font-style:italic">y</span></p>', "<p>x<strong><em>y</em></strong></p>"),
    ('<p title="1 > 2 style=3" STYLE = "mso-list:l0 level1"><b title=\'x\'style="x">y</b></p>',
     "<ul><li><strong>y</strong></li></ul>"),
    ("<p>a<!-- b --><o:p>c</o:p><svg><text>d</text></svg></p>", "<p>ac</p>"),
]  # fmt: skip


def test_other_pastes(portal, sign_in):
    page = sign_in("redaktion")
    page.add_init_script(LISTEN)
    click_into(open_editor(page, f"{portal}/editor/"))
    for pasted, expected in OTHERS:
        press_keys(page, "Control+a")
        page.keyboard.press("Delete")
        assert source(page) == ""
        paste(page, pasted)
        assert clean(source(page)) == expected
    assert page.evaluate("window.violations") == []


def test_what_is_copied_in_the_editor_is_pasted_whole(portal, sign_in):
    page = sign_in("redaktion")
    text = (
        "<table><caption>Titel</caption><thead><tr><td></td><th>A</th></tr></thead>"
        '<tbody><tr><th scope="row">1</th><td>a</td></tr></tbody></table>'
        '<aside data-art="achtung"><p><q>Wort</q></p></aside><ol start="3"><li><p>locker</p></li></ol>'
    )
    click_into(open_editor(page, f"{portal}/editor/", inhalt=f"<p>Anfang</p>{text}<p>Ende</p>"))
    copied = page.evaluate(
        """() => {
            const {editor} = document.querySelector(".editor__text")
            editor.commands.selectAll()
            return editor.view.serializeForClipboard(editor.state.selection.content()).dom.innerHTML
        }"""
    )
    page.keyboard.press("Delete")
    assert source(page) == ""
    paste(page, copied)
    assert source(page) == f"<p>Anfang</p>{text}<p>Ende</p>"
