"""Tags of the PDF files: running heads, lists, headings, boxes, tables, links."""

import pytest

from portal.pdf import render_pdf
from tests.portal.pdf_reading import ReadPdf, Tag
from tests.portal.pdf_samples import fassung, read_fassung, read_fassung_here, read_weisung, render_here

pytestmark = pytest.mark.needs_pdf


def names(tags: list[Tag]) -> list[str]:
    return [tag.name for tag in tags]


def artifact_words(read: ReadPdf, kind: str) -> str:
    return "".join(words for subtype, words in read.artifacts if subtype == kind)


def test_running_head_and_foot_stand_on_every_page_as_artifacts():
    read = read_fassung("<p>Ein Satz, der sich wiederholt.</p>" * 120)
    pages = len(read.pdf.pages)
    assert pages > 2
    head, foot = artifact_words(read, "Header"), artifact_words(read, "Footer")
    assert head.count("GLF\u00a0SC\u00a03.001a") == head.count("Begrüßung am Telefon") == pages
    assert head.count("Stand\u00a002.01.2024") == foot.count("Kundenportal – Arbeitsmittelportal") == pages
    assert [f"Seite {number} von {pages}" in foot for number in range(1, pages + 1)] == [True] * pages
    assert "Seite 1" not in read.tree.text()


def test_running_head_of_a_weisung_names_number_and_stichtag_and_shortens_the_title():
    head = artifact_words(read_weisung(titel="Zuständigkeit und Weiterleitung " * 5), "Header")
    assert "Weisung 202401099" in head
    assert "Stichtag\u00a012.03.2024" in head
    assert head.count("Zuständigkeit") == 2
    assert "…" in head


def test_weasyprint_still_leaves_running_heads_outside_the_tree(monkeypatch):
    """Red here means: WeasyPrint marks them itself, `tagging.mark_margins` may go."""
    monkeypatch.setattr("portal.pdf.tagging.mark_margins", lambda document: None)
    assert any("Seite 1 von 1" in words for words in read_fassung_here("<p>a</p>").untagged_words)


LIST_ITEMS = [
    "a",
    "<p>a</p>",
    "<p>a</p><p>b</p>",
    "a<p>b</p>",
    "<p>a</p>b",
    "a<ul><li>b</li></ul>",
    "<p>a</p><ol><li><p>b</p></li></ol>",
    "<p>a</p><ol><li><p>b</p></li></ol><p>c</p>",
    "<p>a</p><aside data-art='achtung'><p>b</p></aside>",
    "<aside data-art='achtung'><p>a</p></aside>",
    "<p>a</p><table><tbody><tr><th>b</th><td>c</td></tr></tbody></table>",
]


@pytest.mark.parametrize("item", LIST_ITEMS)
def test_list_items_consist_of_label_and_body(item):
    tree = read_fassung(f"<ol><li>{item}</li><li><p>z</p></li></ol>").tree
    items = tree.find("LI")
    assert [names(item.children) for item in items] == [["Lbl", "LBody"]] * len(items)
    parents = {id(child): tag for tag in tree for child in tag.children}
    assert all(tag.source.P.objgen == parents[id(tag)].source.objgen for tag in tree if id(tag) in parents)


def test_list_body_keeps_the_order_of_its_parts():
    body = read_fassung("<ul><li><p>eins</p>zwei<p>drei</p></li></ul>").tree.find("LBody")[0]
    assert body.text() == "eins zwei drei"


def test_list_item_across_pages_stays_a_list_item():
    tree = read_fassung("<ul><li>" + "<p>Ein Satz, der sich wiederholt.</p>" * 120 + "</li></ul>").tree
    assert {tuple(names(item.children)) for item in tree.find("LI")} == {("Lbl", "LBody"), ("LBody",)}


def test_weasyprint_still_puts_paragraphs_beside_the_label(monkeypatch):
    """Red here means: WeasyPrint tags list items rightly, `tagging.gather_list_bodies` may go."""
    monkeypatch.setattr("portal.pdf.tagging.gather_list_bodies", lambda document, pdf: None)
    assert names(read_fassung_here("<ul><li><p>a</p></li></ul>").tree.find("LI")[0].children) == ["Lbl", "P"]


def test_numbered_list_starts_where_the_text_says():
    labels = read_fassung("<ol type=A start=3><li>a</li><li>b</li></ol><ol><li>c</li></ol>").tree.find("Lbl")
    assert [label.text() for label in labels] == ["C.", "D.", "1."]


@pytest.mark.parametrize(
    ("inhalt", "levels"),
    [
        ("<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2>", ["H1", "H2", "H3", "H4", "H2"]),
        ("<h3>a</h3><h4>b</h4><h3>c</h3>", ["H1", "H2", "H3", "H2"]),
        ("<h2>a</h2><h4>b</h4><h4>c</h4><h3>d</h3>", ["H1", "H2", "H3", "H3", "H3"]),
        ("<h4>a</h4><h2>b</h2>", ["H1", "H2", "H2"]),
    ],
)
def test_headings_of_a_text_follow_the_title_without_gaps(inhalt, levels):
    assert names(read_fassung(inhalt).tree.find("H1", "H2", "H3", "H4", "H5", "H6")) == levels


def test_headings_in_sections_hang_below_their_section():
    found = read_weisung().tree.find("H1", "H2", "H3", "H4")
    assert names(found) == ["H1", "H2", "H2", "H3", "H4"]


@pytest.mark.parametrize(
    ("art", "word"), [("hinweis", "Hinweis"), ("achtung", "Achtung"), ("gespraechsbaustein", "Gesprächsbaustein")]
)
def test_boxes_say_in_words_what_they_are(art, word):
    words = read_fassung(f'<aside data-art="{art}"><p>Inhalt</p></aside>').tree.text()
    assert words.endswith(f"{word} Inhalt")


def header_words(table: Tag) -> dict[str, list[str]]:
    """Return the words of each data cell → the words of the header cells that it names."""
    by_id = {bytes(cell.source.ID): cell.text() for cell in table.find("TH")}
    return {cell.text(): [by_id[bytes(key)] for key in cell.source.A.Headers] for cell in table.find("TD")}


def test_header_data_is_a_table_with_one_row_header_each():
    table = read_fassung().tree.find("Table")[0]
    assert header_words(table) == {"GLF\u00a0SC": ["Art"], "28.12.2023": ["Veröffentlicht am"]}


def test_cells_of_a_text_table_name_their_row_and_column():
    table = read_fassung(
        "<table><tr><th>Anliegen</th><th>Frist</th></tr><tr><th>Umzug</th><td>3 Tage</td></tr></table>"
    ).tree.find("Table")[1]
    assert header_words(table) == {"3 Tage": ["Umzug", "Frist"]}


def test_long_table_repeats_its_head_on_every_page():
    rows = "".join(f"<tr><td>Zeile {number}</td><td>Wert</td></tr>" for number in range(90))
    read = read_fassung(f"<table><tr><th>Anliegen</th><th>Frist</th></tr>{rows}</table>", kopf=[])
    heads = [head.text() for head in read.tree.find("THead")]
    assert heads == ["Anliegen Frist"] * len(read.pdf.pages)
    assert len(heads) > 2


def test_head_that_reaches_into_the_rows_below_is_left_alone():
    read = read_fassung("<table><tr><th rowspan=2>a</th><th>b</th></tr><tr><td>c</td></tr></table>", kopf=[])
    assert read.tree.find("THead") == []


def test_heading_is_never_left_alone_at_a_page_end():
    """A box and a row longer than a page are broken instead of pushing their heading onto a page of its own."""
    long = "<p>Ein Satz, der sich wiederholt.</p>" * 60
    read = read_fassung(
        f"<h2>Kasten</h2><aside data-art=hinweis>{long}</aside>"
        f"<h2>Zeile</h2><table><tr><th>a<th>b</tr><tr><td>x<td>{long}</table>"
    )
    pages = [part.children[-1] for part in read.tree.find("Part")]
    assert all(list(page)[-2].name not in ("H2", "H3") for page in pages)
    assert len(read.pdf.pages) == 4


@pytest.mark.parametrize(
    "inhalt",
    [
        "<p>" + "Zuständigkeitsprüfungsverfahrensbeschleunigung" * 4,
        "<h2>" + "Zuständigkeitsprüfungsverfahrensbeschleunigung" * 4,
        "<table><tr>" + "<td>Zuständigkeitsprüfungsverfahrensbeschleunigung" * 4,
        "<table><tr>" + "<td>Zuständigkeitsprüfung 12.05.2023" * 6,
        "<table><tr>" + "<th>Zuständigkeitsprüfung" * 12 + "<tr>" + "<td>12.05.2023" * 12,
    ],
)
def test_nothing_is_wider_than_the_paper_allows(inhalt, monkeypatch):
    documents = []
    monkeypatch.setattr("portal.pdf.tagging.mark_margins", documents.append)
    render_here("pdf/fassung.html", fassung(inhalt))
    (page,) = documents[0].pages
    right_edge = page.width - 22 / 25.4 * 96  # 22 mm margin in CSS pixels
    lines = [box for box in page._page_box.descendants() if hasattr(box, "text")]
    assert max(line.position_x + line.width for line in lines) <= right_edge + 0.01


def test_links_lead_somewhere_or_are_words():
    inhalt = (
        '<h2 id="fristen">Fristen</h2><p><a href="/arbeitsmittel/glf-sc-3.102/">GLF SC 3.102</a>, '
        '<a href="https://www.beispiel.de/">Beispiel</a>, <a href="#fehlt">fehlt</a>, '
        '<a href="#fristen">Fristen</a></p>'
    )
    context = fassung() | {"inhalt": inhalt}
    assert ReadPdf(render_pdf("pdf/fassung.html", context)).links() == [
        ("Beispiel", "https://www.beispiel.de/"),
        ("Fristen", "fristen"),
    ]
    read = ReadPdf(render_pdf("pdf/fassung.html", context | {"portal_adresse": "https://portal.example/"}))
    assert read.links()[0] == ("GLF SC 3.102", "https://portal.example/arbeitsmittel/glf-sc-3.102/")
    assert [link.text() for link in read.tree.find("Link")] == ["GLF\u00a0SC\u00a03.102", "Beispiel", "Fristen"]
    assert "fehlt" in read.tree.text()
