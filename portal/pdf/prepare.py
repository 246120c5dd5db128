"""HTML of a template into HTML that becomes well tagged: links that lead somewhere, headings without gaps, table heads.

Pure functions on an lxml tree. What is corrected in the finished PDF instead stands in `tagging`.
"""

import re
from textwrap import shorten

import lxml.html
from lxml import etree

from portal.text import label

RUNNING_TITLE = 66  # characters of a title that fit beside the Kennung in the running head
MANY_COLUMNS, TOO_MANY_COLUMNS = 5, 10
LONG_WORD = 28  # characters; four columns of such words are as wide as the page
KEPT_TOGETHER = {"aside": 1200, "tr": 600}  # characters of a box, of the longest cell of a row: a third of a page
# The number of a Kennung may be a link of its own, so the run of text ends before it.
_KEPT_WORDS = re.compile(r"\bStand (?=\d)|\b(?:GLF/AH EZ|GLF SC)(?: (?=\d|$))?|\bEMB AH\b")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class NotReadable(ValueError):
    """HTML that the parser could not read to its end."""


def prepare(html: str, site: str) -> str:
    """Return `html` (a whole page) ready for the engine; `site` is what stands before links to our own pages."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    page = lxml.html.document_fromstring(html.encode("utf-8"), parser=parser)
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        # libxml2 stops at a nesting of 256. Half a document must not look like a whole one.
        raise NotReadable(str(parser.error_log.last_error))
    label(page)
    _settle_links(page, site.rstrip("/"))
    _fit_headings(page)
    for table in page.iter("table"):
        _form_table_head(table)
        _fit_table(table)
    _allow_breaks(page)
    for numbered in page.iter("ol"):
        _set_start(numbered)
    _keep_together(page)
    for title in page.iter("span"):
        if title.get("class") == "kurztitel":
            title.text = shorten(title.text or "", RUNNING_TITLE, placeholder=" …")
    return lxml.html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")


def _fit_table(table: lxml.html.HtmlElement) -> None:
    """Choose how a table of the text fits the page: smaller with hyphens, or equal columns that break every word."""
    columns = max((len(row) for row in table.iter("tr")), default=0)
    classes = ["breit"] if columns >= MANY_COLUMNS else []
    if columns >= TOO_MANY_COLUMNS or any(
        len(word) > LONG_WORD for words in table.itertext() for word in words.split()
    ):
        classes.append("fest")
    if classes and not table.get("class"):  # our own tables have their widths in the style sheet
        table.set("class", " ".join(classes))


def _allow_breaks(page: lxml.html.HtmlElement) -> None:
    """Let long boxes and rows run over the page end: kept together they would leave their heading alone on a page."""
    for element in page.iter("aside", "tr"):
        parts = element if element.tag == "tr" else [element]
        if max((len(part.text_content()) for part in parts), default=0) > KEPT_TOGETHER[element.tag]:
            element.set("class", f"{element.get('class', '')} lang".strip())


def _set_start(numbered: lxml.html.HtmlElement) -> None:
    """WeasyPrint reads `start` only together with all presentational hints, which we leave off (CVE-2026-49452)."""
    start = numbered.attrib.pop("start", "")
    if re.fullmatch("[0-9]{1,4}", start, re.ASCII):
        numbered.set("style", f"counter-reset: list-item {int(start) - 1}")


def _keep_together(page: lxml.html.HtmlElement) -> None:
    """No-break spaces between "Stand" and its date, and inside the Kennung of an Arbeitsmittel."""
    for element in page.body.iter():
        for part in ("text", "tail"):
            words = getattr(element, part)
            if words and _KEPT_WORDS.search(words):
                kept = _KEPT_WORDS.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), words)
                setattr(element, part, kept)


def _settle_links(page: lxml.html.HtmlElement, site: str) -> None:
    """Make our own links absolute, and words of links without a target: a Link tag without annotation breaks PDF/UA."""
    anchors = {element.get("id") for element in page.iter() if element.get("id")}
    for link in list(page.iter("a")):
        href = link.get("href", "")
        if href.startswith("/") and site:
            link.set("href", site + href)
        elif not href or href.startswith("/") or (href.startswith("#") and href[1:] not in anchors):
            link.drop_tag()


def _fit_headings(page: lxml.html.HtmlElement) -> None:
    """Hang the headings of each text (class `inhalt`) below the heading before it, without skipped levels."""
    level_of_template, text_before, above = 1, None, []
    for heading in page.iter(*_HEADINGS):
        level = int(heading.tag[1])
        text = next((parent for parent in heading.iterancestors() if "inhalt" in parent.get("class", "").split()), None)
        if text is None:
            level_of_template = level
            continue
        if text is not text_before:
            text_before, above = text, []
        above = [higher for higher in above if higher < level]
        above.append(level)
        heading.tag = f"h{min(level_of_template + len(above), 6)}"


def _form_table_head(table: lxml.html.HtmlElement) -> None:
    """Move leading rows of header cells into `thead`, so that they are repeated on every page.

    Editors write them into `tbody`. Left alone where a cell reaches below these rows or where only headers exist.
    """
    if table.find("thead") is not None:
        return
    rows = list(table.iter("tr"))
    count = next((index for index, row in enumerate(rows) if any(cell.tag == "td" for cell in row)), 0)
    head = rows[:count]
    reaches_below = any(index + int(cell.get("rowspan", 1)) > count for index, row in enumerate(head) for cell in row)
    if not head or reaches_below:
        return
    thead = etree.Element("thead")
    first_body = rows[0].getparent()
    first_body.addprevious(thead) if first_body is not table else rows[0].addprevious(thead)
    thead.extend(head)
