"""Faults in how a text is built: headings, tables, links, boxes, pictures that were left out (issue 3, "Checks").

Works on the schema of `portal.text`. It says what an editor should mend; what is not safe never gets here.
"""

import re
from collections.abc import Callable, Iterator

import lxml.html

from portal.befund import Befund

# What stands where a picture was: the schema has none, imports and pasting leave a word in brackets.
_PICTURE = re.compile(
    r"\[\s*(?:Bild|Abbildung|Abb\.|Grafik|Foto|Screenshot|Diagramm|Logo|Image|Picture)(?![\w-])[^\[\]]{0,200}\]",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_SHOWN = 60


def structure_findings(html: str, *, first_levels: tuple[int, ...] = (2,), where: str = "") -> Iterator[Befund]:
    """Yield the faults of one text, rule by rule.

    `first_levels`: where its headings may begin. `where` names the text if a page has several of them.
    """
    if not html.strip():
        return
    body = lxml.html.fragment_fromstring(html, create_parent="div")
    prefix = f"{where}, " if where else ""
    yield from _heading_levels(body, prefix, first_levels)
    for rule in _RULES:
        yield from rule(body, prefix)


def _heading_levels(body: lxml.html.HtmlElement, prefix: str, first_levels: tuple[int, ...]) -> Iterator[Befund]:
    """A warning, no error: the PDF closes the gap by itself, on the page only the outline reads oddly."""
    before = 0
    for heading in body.iter("h2", "h3", "h4"):
        level, words = int(heading.tag[1]), _words(heading)
        if (before and level > before + 1) or (not before and level not in first_levels):
            expected = before + 1 if before else first_levels[0]
            yield Befund(
                "ueberschrift-ebene",
                "warnung",
                f"{prefix}Überschrift „{words}“",
                f"Die Überschrift „{words}“ ist eine der Ebene {level}"
                + (f", die vor ihr eine der Ebene {before}." if before else ", vor ihr steht keine andere."),
                f"Bitte auf Ebene {expected} setzen oder die fehlende Überschrift ergänzen.",
            )
        before = level


def _empty_headings(body: lxml.html.HtmlElement, prefix: str) -> Iterator[Befund]:
    for number, heading in enumerate(body.iter("h2", "h3", "h4"), start=1):
        if not _WORD.search(heading.text_content()):
            yield Befund(
                "ueberschrift-leer",
                "fehler",
                f"{prefix}{number}. Überschrift",
                f"Die {number}. Überschrift hat keine Wörter.",
                "Bitte benennen oder löschen.",
            )


def _tables_without_head(body: lxml.html.HtmlElement, prefix: str) -> Iterator[Befund]:
    """An error: without header cells nobody who hears the table knows what a cell means (WCAG 1.3.1, PDF/UA)."""
    for name, table in _tables(body):
        if next(table.iter("th"), None) is None:
            yield Befund(
                "tabelle-ohne-kopf",
                "fehler",
                f"{prefix}{name}",
                f"{name} hat keine Kopfzellen.",
                "Bitte die erste Zeile oder die erste Spalte als Kopf auszeichnen.",
            )


def _tables_without_caption(body: lxml.html.HtmlElement, prefix: str) -> Iterator[Befund]:
    for name, table in _tables(body):
        caption = table.find("caption")
        if caption is None or not _WORD.search(caption.text_content()):
            yield Befund(
                "tabelle-ohne-titel",
                "hinweis",
                f"{prefix}{name}",
                f"{name} hat keinen Titel.",
                "Ein Titel sagt, worum es geht, bevor jemand die Tabelle liest.",
            )


def _left_out_pictures(body: lxml.html.HtmlElement, prefix: str) -> Iterator[Befund]:
    for found in _PICTURE.finditer(body.text_content()):
        words = " ".join(found[0].split())[:_SHOWN]
        yield Befund(
            "bild-fehlt",
            "warnung",
            f"{prefix}{words}",
            f"An der Stelle „{words}“ stand ein Bild, das nicht übernommen ist.",
            "Bitte in Worten sagen, was es zeigte, und den Platzhalter löschen.",
        )


def _insecure_links(body: lxml.html.HtmlElement, prefix: str) -> Iterator[Befund]:
    for link in body.iter("a"):
        href = link.get("href", "")
        if href.lower().startswith("http://"):
            yield Befund(
                "link-unverschluesselt",
                "hinweis",
                f"{prefix}{href[:_SHOWN]}",
                f"Der Link „{_words(link)}“ führt unverschlüsselt zu {href[:_SHOWN]}.",
                "Bitte prüfen, ob es die Seite mit https:// gibt.",
            )


def _boxes_without_words(body: lxml.html.HtmlElement, prefix: str) -> Iterator[Befund]:
    """The words to say stand in `q`; a box without any says nothing that somebody could say."""
    boxes = [box for box in body.iter("aside") if box.get("data-art") == "gespraechsbaustein"]
    for number, box in enumerate(boxes, start=1):
        spoken = " ".join(quote.text_content() for quote in box.iter("q"))
        if _WORD.search(spoken):
            continue
        empty = not _WORD.search(box.text_content())
        yield Befund(
            "baustein-ohne-wortlaut",
            "warnung" if empty else "hinweis",
            f"{prefix}{number}. Gesprächsbaustein",
            f"Der {number}. Gesprächsbaustein "
            + ("ist leer." if empty else f"(„{_words(box)}“) hat keinen gesprochenen Wortlaut."),
            "Bitte löschen oder füllen." if empty else "Bitte den Wortlaut als solchen auszeichnen.",
        )


_RULES: tuple[Callable[[lxml.html.HtmlElement, str], Iterator[Befund]], ...] = (
    _empty_headings,
    _tables_without_head,
    _tables_without_caption,
    _left_out_pictures,
    _insecure_links,
    _boxes_without_words,
)


def _tables(body: lxml.html.HtmlElement) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Each table with a name that stays while the text around it changes: its caption, else its first cell."""
    for number, table in enumerate(body.iter("table"), start=1):
        caption, cell = table.find("caption"), next(table.iter("th", "td"), None)
        words = _words(caption) if caption is not None else ""
        words = words or (_words(cell) if cell is not None else "")
        yield (f"Die Tabelle „{words}“" if words else f"Die {number}. Tabelle"), table


def _words(element: lxml.html.HtmlElement) -> str:
    words = " ".join(element.text_content().split())
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"
