"""Rewrites paragraphs and tables so that mammoth has nothing to guess: roles for styles, one numbering, marked numbers.

The number of an ordered item travels as a mark at the start of its words; `marks` reads it from the HTML. mammoth
itself knows no start and no type of a list.
"""

import re
from collections.abc import Iterator

from lxml import etree

from portal.docx import styles as roles
from portal.docx.numbering import Item, Numbering
from portal.docx.package import Package
from portal.docx.sentences import Leftovers
from portal.docx.styles import Style, Styles
from portal.docx.xmlparts import is_on, remove, value, w, words

MAX_LEVEL = 4  # of lists, from 0
MARK_BEGIN, MARK_END = "\ue000", "\ue001"
BULLETS, NUMBERS = "1", "2"  # the numberings of the rewritten document
_MARKS = re.compile(f"[{MARK_BEGIN}{MARK_END}]")


def drop_contents(package: Package, leftovers: Leftovers) -> None:
    """Take out the lines of a table of contents, before its links are counted."""
    styles = Styles(package.part("styles"))
    lines = [
        paragraph
        for paragraph in package.document.iter(w("p"))
        if styles.of_paragraph(value(paragraph, "pPr/pStyle")).role == roles.WEG
    ]
    if any(words(line) for line in lines):
        leftovers.add("inhaltsverzeichnis")
    for line in lines:
        remove(line)


class Rewriting:
    """One document being rewritten; `titel` is the first title, else the first chief heading outside of tables."""

    def __init__(self, package: Package, leftovers: Leftovers) -> None:
        self._leftovers = leftovers
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), package.part("styles"))
        self._headings: dict[str, str] = {}
        body = package.document.find(w("body"))
        for text in body.iter(w("t")):
            text.text = _MARKS.sub("", text.text or "")
        for end_of_line in body.iter(w("cr")):
            end_of_line.tag = w("br")  # the same, and mammoth knows it
        self._rewrite_blocks(body)

    @property
    def titel(self) -> str:
        return self._headings.get(roles.TITEL) or self._headings.get(roles.U1) or ""

    def _rewrite_blocks(self, holder: etree._Element) -> None:
        """Rewrite what stands in the body or in a cell, in order: lists are counted on the way."""
        level, box = -1, _BoxGroups()
        for block in list(holder):
            if block.tag == w("p"):
                level = self._rewrite_paragraph(block, level, box)
            elif block.tag == w("tbl"):
                level = -1
                box.interrupt()
                self._rewrite_table(block)

    def _rewrite_table(self, table: etree._Element) -> None:
        rows = list(table.iterchildren(w("tr")))
        for mark in [mark for row in rows for mark in row.iterfind(f"{w('trPr')}/{w('tblHeader')}") if not is_on(mark)]:
            remove(mark)
        if rows and rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is None:
            self._leftovers.add("tabelle", words(rows[0]))
        for row in rows:
            for cell in row.iterchildren(w("tc")):
                self._rewrite_blocks(cell)

    def _rewrite_paragraph(self, paragraph: etree._Element, level: int, box: "_BoxGroups") -> int:
        """Return the level of the list that goes on behind the paragraph, -1 for none."""
        identity = value(paragraph, "pPr/pStyle")
        style = self._styles.of_paragraph(identity)
        item = self._numbering.item(paragraph, identity, style)
        said = words(paragraph)
        self._rewrite_runs(paragraph)
        if not said:
            box.pass_empty(style.role)
            _set_properties(paragraph, None, None)
            return level
        role = self._role(style, said)
        if item and role in roles.HEADINGS:
            self._leftovers.add("ueberschriftnummer")
            item = None
        if item:
            item = _fitting(item, level)
            if not item.is_simple:
                self._leftovers.add("nummer")
        _set_properties(paragraph, box.name(role), item)
        if role in roles.HEADINGS and next(paragraph.iterancestors(w("tbl")), None) is None:
            self._headings.setdefault(role, said)
        return item.level if item else -1

    def _role(self, style: Style, said: str) -> str | None:
        if style.role == roles.UNBEKANNT:
            self._leftovers.add_style("absatz", style.name)
        if style.is_deep:
            self._leftovers.add("ueberschrift")
        return style.role if style.role in {*roles.HEADINGS, *roles.BOXES, roles.WORTLAUT} else None

    def _rewrite_runs(self, paragraph: etree._Element) -> None:
        for run in paragraph.iter(w("r")):
            named = run.find(f"{w('rPr')}/{w('rStyle')}")
            if named is None:
                continue
            style = self._styles.of_characters(named.get(w("val")))
            if style.role in (roles.WORTLAUT, roles.FETT, roles.KURSIV):
                named.set(w("val"), style.role)
                continue
            if style.role == roles.UNBEKANNT and words(run):
                self._leftovers.add_style("zeichen", style.name)
            remove(named)


class _BoxGroups:
    """Tells boxes of one style apart where an empty ordinary paragraph or a table stands between them."""

    def __init__(self) -> None:
        self._group = 0

    def pass_empty(self, role: str) -> None:
        if role not in roles.BOXES:
            self.interrupt()

    def interrupt(self) -> None:
        self._group = 1 - self._group

    def name(self, role: str | None) -> str | None:
        """Return the style under which mammoth gets to see the role; equal neighbours become one box."""
        return f"{role}{self._group}" if role in roles.BOXES else role


def box_styles() -> Iterator[tuple[str, str]]:
    """Yield every style name of a box with the `data-art` of the box."""
    return ((f"{role}{group}", art) for role, art in roles.BOXES.items() for group in (0, 1))


def _fitting(item: Item, level: int) -> Item:
    """No item may be more than one level below the item before it."""
    fitting = min(item.level, level + 1, MAX_LEVEL)
    return Item(fitting, item.is_ordered, item.number, item.type, item.is_simple)


def _set_properties(paragraph: etree._Element, style: str | None, item: Item | None) -> None:
    properties = paragraph.find(w("pPr"))
    deleted = properties.find(f"{w('rPr')}/{w('del')}") if properties is not None else None
    if properties is not None:
        remove(properties)
    properties = etree.Element(w("pPr"))
    paragraph.insert(0, properties)
    if style:
        etree.SubElement(properties, w("pStyle"), {w("val"): style})
    if item:
        numbering = etree.SubElement(properties, w("numPr"))
        etree.SubElement(numbering, w("ilvl"), {w("val"): str(item.level)})
        etree.SubElement(numbering, w("numId"), {w("val"): NUMBERS if item.is_ordered else BULLETS})
    if deleted is not None:  # its words belong to the paragraph behind it; mammoth joins them
        etree.SubElement(properties, w("rPr")).append(deleted)
    elif item and item.is_ordered:
        run = etree.Element(w("r"))
        etree.SubElement(run, w("t")).text = f"{MARK_BEGIN}{item.type}{item.number}{MARK_END}"
        paragraph.insert(1, run)
