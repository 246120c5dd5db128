"""Which number a list item bears. Word stores none: it counts, and so does this module.

ECMA-376 part 1, 17.9: a paragraph names a numbering (num) and a level; numberings share the counters of their abstract
numbering unless they override the start.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from portal.docx.styles import Style
from portal.docx.xmlparts import value, w

_TYPES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_SIMPLE = re.compile(r"[(\[]?%[1-9][.)\]:]*\s*")
_NUMBERS = ("decimal", "decimalZero", *_TYPES)


@dataclass(frozen=True)
class Item:
    """A list item: level from 0; for numbered ones the number and how HTML writes it (1, a, A, i, I)."""

    level: int
    is_ordered: bool
    number: int = 0
    type: str = "1"
    is_simple: bool = True  # "1.", "a)", not "1.2" or "§ 3"


class Numbering:
    """Counts the list items of one document; ask for each paragraph once, in order."""

    def __init__(self, root: etree._Element | None, styles: etree._Element | None) -> None:
        root = root if root is not None else etree.Element("none")
        self._abstract = {element.get(w("abstractNumId")): element for element in root.iter(w("abstractNum"))}
        self._nums = {element.get(w("numId")): element for element in root.iter(w("num"))}
        self._style_nums = {
            element.get(w("styleId")): value(element, "pPr/numPr/numId")
            for element in (styles.iter(w("style")) if styles is not None else ())
            if element.get(w("type")) == "numbering"
        }
        self._counters: dict[tuple[str | None, int], int] = {}
        self._started: set[tuple[str, int]] = set()

    def item(self, paragraph: etree._Element, style_id: str | None, style: Style) -> Item | None:
        """Return what makes the paragraph a list item, None for any other paragraph."""
        own = paragraph.find(f"{w('pPr')}/{w('numPr')}")
        num_id = next((found for numpr in (own, style.numbering) if (found := value(numpr, "numId"))), None)
        if num_id == "0":  # switches the list of the style off
            return None
        level_text = value(own, "ilvl") or value(style.numbering, "ilvl")
        abstract = self._resolved(num_id)
        if abstract is None:
            return self._by_name(style)
        level = self._level(abstract, level_text, style_id)
        definition = self._definition(num_id, abstract, level)
        kind = value(definition, "numFmt") or "decimal"
        if kind == "none":
            return None
        shown = max(level, style.liste[1]) if style.liste else level  # "List Number 2" has one level, the first
        if kind == "bullet":
            self._restart_below(abstract.get(w("abstractNumId")), level)
            return Item(shown, is_ordered=False)
        number = self._count(num_id, abstract, level, definition)
        text = value(definition, "lvlText")
        simple = kind in _NUMBERS and (text is None or bool(_SIMPLE.fullmatch(text)))
        return Item(shown, True, number, _TYPES.get(kind, "1"), simple)

    def _by_name(self, style: Style) -> Item | None:
        """A list by the name of its style alone, whose numbering is missing."""
        if style.liste is None:
            return None
        ordered, level = style.liste
        if not ordered:
            return Item(level, is_ordered=False)
        self._restart_below("by name", level)
        number = self._counters["by name", level] = self._counters.get(("by name", level), 0) + 1
        return Item(level, True, number)

    def _resolved(self, num_id: str | None) -> etree._Element | None:
        """Return the abstract numbering, through the links that numbering styles make."""
        seen = set()
        while num_id in self._nums and num_id not in seen:
            seen.add(num_id)
            abstract = self._abstract.get(value(self._nums[num_id], "abstractNumId"))
            link = value(abstract, "numStyleLink")
            if link is None:
                return abstract
            num_id = self._style_nums.get(link)
        return None

    def _level(self, abstract: etree._Element, text: str | None, style_id: str | None) -> int:
        if text is None:  # the level that belongs to the style
            levels = {value(level, "pStyle"): level.get(w("ilvl")) for level in abstract.iter(w("lvl"))}
            text = levels.get(style_id) if style_id else None
        return int(text) if text in set("012345678") else 0

    def _definition(self, num_id: str, abstract: etree._Element, level: int) -> etree._Element | None:
        override = self._override(num_id, level)
        own = override.find(w("lvl")) if override is not None else None
        return own if own is not None else next(_levels(abstract, level), None)

    def _override(self, num_id: str, level: int) -> etree._Element | None:
        overrides = self._nums[num_id].iter(w("lvlOverride"))
        return next((element for element in overrides if element.get(w("ilvl")) == str(level)), None)

    def _count(self, num_id: str, abstract: etree._Element, level: int, definition: etree._Element | None) -> int:
        key = (abstract.get(w("abstractNumId")), level)
        start = value(self._override(num_id, level), "startOverride")
        if start is not None and (num_id, level) not in self._started:
            self._counters.pop(key, None)
        self._started.add((num_id, level))
        if key not in self._counters:
            self._counters[key] = _number(start or value(definition, "start"), 1) - 1
        self._counters[key] += 1
        self._restart_below(*key)
        return self._counters[key]

    def _restart_below(self, list_id: str | None, level: int) -> None:
        for deeper in range(level + 1, 9):
            self._counters.pop((list_id, deeper), None)


def _levels(abstract: etree._Element, level: int) -> Iterator[etree._Element]:
    return (element for element in abstract.iter(w("lvl")) if element.get(w("ilvl")) == str(level))


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 5 else otherwise
