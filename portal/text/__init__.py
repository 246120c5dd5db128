"""The one rich-text format: a closed HTML schema that page, PDF, Synopse and search all build on.

Schema: h2 h3 h4, p, br, strong, em, ul, ol[start,type], li, a[href], q (spoken wording),
aside[data-art=hinweis|achtung|gespraechsbaustein], table, caption, thead, tbody,
tr, th[scope,colspan,rowspan], td[colspan,rowspan]. Nothing else.

`clean` works in three steps: lxml reads (linear in time, stops at a depth of 256) and the caps are checked,
`portal.text.schema` brings the tree into the schema, nh3 has the last word on what is safe.
nh3 never sees uncapped input, because its time is quadratic in the nesting (100,000 `<div>`: 55 s).
"""

import html as entities
import re
import unicodedata
from dataclasses import dataclass

import lxml.html
import nh3
from lxml import etree

from portal.text import schema
from portal.text.schema import TextRefused

__all__ = [
    "BOX_LABELS",
    "Heading",
    "TextRefused",
    "clean",
    "headings",
    "label",
    "labelled",
    "plain",
    "scoped",
    "slug",
    "with_anchors",
]

MAX_BYTES = 500_000
MAX_DEPTH = 50
MAX_ROWS = 2_000
MAX_CELLS_PER_ROW = 30

BOX_LABELS = {"hinweis": "Hinweis", "achtung": "Achtung", "gespraechsbaustein": "Gesprächsbaustein"}

# lxml loses what stands behind </html>. [^<>] instead of [^>] keeps the time linear.
_PAGE_TAGS = re.compile(r"</?(?:html|body)\b[^<>]*>", re.IGNORECASE)
# Overrides, embeddings and isolates: they make text read differently from what is stored ("Trojan Source").
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

_LINE_BLOCKS = {"p", "h2", "h3", "h4", "li", "aside", "caption", "tr", "br", "ul", "ol", "table"}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Heading:
    """A heading of a text: level 2 to 4, anchor for `#…` links, plain text."""

    level: int
    anchor: str
    text: str


def clean(html: str) -> str:
    """Return `html` reduced to the schema (NFC, safe to print); applying it again changes nothing.

    Foreign markup is dropped and its words are kept, except where the words are program text (script, style …).
    Raises TextRefused for text that is too large, nested too deeply, or that holds links or control characters
    which could mislead a reader.
    """
    current = html
    # The parsers of lxml and nh3 repair broken markup differently. What comes back is a text on which both agree.
    for _ in range(6):
        cleaned = _clean_once(current)
        if cleaned == current:
            return cleaned
        current = cleaned
    raise TextRefused("Der Aufbau des Textes ist so fehlerhaft, dass er sich nicht bereinigen lässt.")


def _clean_once(html: str) -> str:
    _check_size(html)
    body = _parse(html)
    _check_caps(body)
    schema.reduce(body)
    cleaned = nh3.clean(
        _inner_html(body),
        tags=schema.TAGS,
        attributes=schema.ATTRIBUTES,
        url_schemes=schema.URL_SCHEMES,
        link_rel=None,
    ).strip()
    if found := _BIDI_CONTROLS.search(cleaned):
        raise TextRefused(
            f"Der Text enthält ein unsichtbares Zeichen, das die Schreibrichtung umkehrt (U+{ord(found.group()):04X}); "
            "bitte die Stelle neu tippen statt einzufügen."
        )
    return cleaned


def _check_size(html: str) -> None:
    try:
        size = len(html.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise TextRefused("Der Text enthält Zeichen, die kein gültiges Unicode sind.") from error
    if size > MAX_BYTES:
        raise TextRefused(f"Der Text ist zu groß: {size // 1000} kB, erlaubt sind {MAX_BYTES // 1000} kB.")


def _parse(html: str) -> lxml.html.HtmlElement:
    """Return the body element of `html`."""
    parser = lxml.html.HTMLParser(encoding="utf-8")
    page = b"<!DOCTYPE html><body>" + _PAGE_TAGS.sub("", html).encode()
    return lxml.html.document_fromstring(page, parser=parser).find("body")


def _check_caps(body: lxml.html.HtmlElement) -> None:
    """Raise TextRefused for nesting and tables that parsers and PDF layout could not digest in reasonable time."""
    depth = rows = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        if depth - 1 > MAX_DEPTH:
            raise TextRefused(f"Der Text ist zu tief verschachtelt: erlaubt sind {MAX_DEPTH} Ebenen.")
        if element.tag == "tr":
            rows += 1
            if rows > MAX_ROWS:
                raise TextRefused(f"Der Text hat zu viele Tabellenzeilen: erlaubt sind {MAX_ROWS}.")
            if len(element) > MAX_CELLS_PER_ROW:
                raise TextRefused(f"Eine Tabelle hat zu viele Spalten: erlaubt sind {MAX_CELLS_PER_ROW}.")


def _inner_html(body: lxml.html.HtmlElement) -> str:
    parts = [lxml.html.tostring(child, encoding="unicode") for child in body]
    return entities.escape(body.text or "", quote=False) + "".join(parts)


def plain(html: str) -> str:
    """Return the readable words of a text: one line per block, table cells separated by tabs, no markup."""
    pieces: list[str] = []
    body = _parse(html)
    etree.strip_tags(body, etree.Comment, etree.ProcessingInstruction)
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _LINE_BLOCKS:
            pieces.append("\n")
        elif element.tag in ("td", "th") and event == "end":
            pieces.append("\t")
        # Newlines inside a block are only the layout of the source.
        pieces.append(re.sub(r"[ \t\r\n\f]+", " ", (element.text if event == "start" else element.tail) or ""))
    lines = (re.sub(r" +", " ", line).strip(" \t") for line in "".join(pieces).split("\n"))
    return "\n".join(re.sub(r" ?\t ?", "\t", line) for line in lines if line)


def headings(html: str, prefix: str = "") -> list[Heading]:
    """Return the headings of a text in order, with the anchors that `with_anchors` sets for the same prefix."""
    return [heading for _, heading in _anchored(_parse(html), prefix)]


def with_anchors(html: str, prefix: str = "") -> str:
    """Return the text with `id=anchor` on its headings.

    `prefix` keeps the anchors apart where one page shows several texts (the sections of a Weisung).
    """
    body = _parse(html)
    for element, heading in _anchored(body, prefix):
        element.set("id", heading.anchor)
    return _inner_html(body)


def _anchored(body: lxml.html.HtmlElement, prefix: str) -> list[tuple[lxml.html.HtmlElement, Heading]]:
    taken: set[str] = set()
    found = []
    for element in body.iter("h2", "h3", "h4"):
        words = " ".join(element.text_content().split())
        stem = prefix + (slug(words) or "abschnitt")
        anchor, number = stem, 1
        while anchor in taken:
            number += 1
            anchor = f"{stem}-{number}"
        taken.add(anchor)
        found.append((element, Heading(int(element.tag[1]), anchor, words)))
    return found


def slug(words: str) -> str:
    """Return `words` in the letters a-z, digits and single hyphens; empty if nothing is left."""
    lowered = unicodedata.normalize("NFC", words).lower().translate(_UMLAUTS)
    ascii_only = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def labelled(html: str) -> str:
    """Return a cleaned text for output: boxes carry their name as a word, header cells their scope."""
    body = _parse(html)
    label(body)
    return _inner_html(body)


def label(tree: lxml.html.HtmlElement) -> None:
    """Do what `labelled` does in a parsed tree; a box that is labelled already stays as it is.

    A box must not be told by colour alone (WCAG 1.4.1), and PDF knows no tag for `aside`.
    """
    for box in tree.iter("aside"):
        art = box.get("data-art", "")
        if art not in BOX_LABELS or box.get("class"):
            continue
        box.set("class", f"kasten kasten-{art}")
        title = etree.SubElement(box, "p", {"class": "kasten-titel"})
        title.text = BOX_LABELS[art]
        box.insert(0, title)
    _set_scopes(tree)


def scoped(html: str) -> str:
    """Return a cleaned text whose header cells all say for what they speak (scope); nothing else changes."""
    body = _parse(html)
    _set_scopes(body)
    return _inner_html(body)


def _set_scopes(tree: lxml.html.HtmlElement) -> None:
    for cell in tree.iter("th"):
        if not cell.get("scope"):
            cell.set("scope", _scope(cell))


def _scope(cell: lxml.html.HtmlElement) -> str:
    """A header cell at the start of a row with ordinary cells speaks for its row, any other for its column."""
    first_of_row = cell.getprevious() is None
    followed_by_data = any(other.tag == "td" for other in cell.itersiblings())
    return "row" if first_of_row and followed_by_data else "col"
