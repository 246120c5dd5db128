"""The header: which lines of the text belong to which field. What the words mean, `values.py` reads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from weisungen.importing.labels import LABEL_LINE, is_other_label, label_at
from weisungen.importing.lines import BULLET, PLACEHOLDER, Span, lines_of, trimmed
from weisungen.importing.values import fits
from weisungen.verweise import find_verweise, glue_only

_LISTS = ("bezug", "aufhebungen")
_FREE_TEXT = ("geschaeftszeichen", *_LISTS)
_COLUMN_AT_LEAST = 3  # labels in a row without a value: a header whose values follow as a second column
_SHORT = 120  # characters of an entry that stands apart from its label
_LOOK_BACK = 500


@dataclass
class HeaderField:
    """A field and the places of its value, line by line; `feld` is None for a label that no rule knows."""

    feld: str | None
    start: int
    values: list[Span] = field(default_factory=list)


@dataclass
class Header:
    """The fields found, the places of what no rule understood, and where the text after the header begins."""

    fields: list[HeaderField] = field(default_factory=list)
    leftovers: list[Span] = field(default_factory=list)
    end: int = 0


@dataclass(frozen=True)
class _Item:
    kind: Literal["label", "text", "blank", "rule"]
    feld: str | None
    start: int
    end: int
    beside: bool = False  # text on the line of its label


@dataclass(frozen=True)
class _Surroundings:
    """Of a line of text: blank lines before it, labels after it, a rule that ends the header after it."""

    gap: bool
    label_ahead: bool
    rule_ahead: bool


def has_labels(text: str) -> bool:
    """True if any line begins with a label of the header."""
    return LABEL_LINE.search(text) is not None


def read_header(text: str, start: int, end: int) -> Header:
    """The header in `text[start:end]`, between the title and the first section."""
    items = _columns_paired(text, list(_items(text, start, end)))
    last_label = max((place for place, item in enumerate(items) if item.kind == "label"), default=-1)
    rule_ahead = any(item.kind == "rule" for item in items[last_label + 1 :])
    header = Header(end=end)
    gap = False
    for place, item in enumerate(items):
        surroundings = _Surroundings(gap, place < last_label, rule_ahead)
        if item.kind == "rule" and not surroundings.label_ahead:
            header.end = item.end
            break
        if item.kind == "label":
            header.fields.append(HeaderField(item.feld, item.start))
        elif item.kind == "text" and not _placed(header, text, item, surroundings):
            header.end = item.start
            break
        gap = item.kind == "blank" or (gap and item.kind == "rule")
    return header


def _items(text: str, start: int, end: int) -> Iterator[_Item]:
    for line in lines_of(text, start, end):
        if line.is_blank:
            yield _Item("blank", None, line.start, line.end)
        elif line.is_rule:
            yield _Item("rule", None, line.start, line.end)
        elif label := label_at(line):
            yield _Item("label", label.feld, label.start, label.wert[0])
            if label.wert[0] < label.wert[1]:
                yield _Item("text", None, *label.wert, beside=True)
        else:
            yield _Item("text", None, *trimmed(text, line.start, line.end))


def _columns_paired(text: str, items: list[_Item]) -> list[_Item]:
    """The items with each label before its value, where all labels come first and the values after them."""
    filled = [place for place, item in enumerate(items) if item.kind in ("label", "text")]
    for first, place in enumerate(filled):
        count = 0
        while first + count < len(filled) and items[filled[first + count]].kind == "label":
            count += 1
        if count < _COLUMN_AT_LEAST:
            continue
        labels = [items[at] for at in filled[first : first + count]]
        values: list[_Item] = []
        for at in filled[first + count :]:
            if items[at].kind == "label":
                break
            values.append(items[at])
        if len(values) >= count and fits(labels[0].feld, _words(text, values[0])):
            pairs, used = _pairs(text, labels, values)
            return [*items[:place], *pairs, *items[filled[first + count + used - 1] + 1 :]]
    return items


def _pairs(text: str, labels: list[_Item], values: list[_Item]) -> tuple[list[_Item], int]:
    """Labels with their values in turn, and how many values were used; a free text may take several lines."""
    pairs: list[_Item] = []
    used = 0
    for place, label in enumerate(labels):
        pairs += [label, values[used]]
        used += 1
        following = labels[place + 1].feld if place + 1 < len(labels) else None
        while (
            label.feld in _FREE_TEXT
            and following not in (None, *_FREE_TEXT)
            and len(values) - used > len(labels) - place - 1
            and not fits(following, _words(text, values[used]))
        ):
            pairs.append(values[used])
            used += 1
    return pairs, used


def _placed(header: Header, text: str, item: _Item, around: _Surroundings) -> bool:
    """Put a line of text where it belongs; False if the header has ended before it."""
    words, span = _words(text, item), (item.start, item.end)
    current = header.fields[-1] if header.fields else None
    if item.beside:
        current.values.append(span)
    elif is_other_label(words) and (around.label_ahead or not around.gap) and not (current and not current.values):
        header.fields.append(HeaderField(None, item.start, [span]))
    elif current is None:
        header.leftovers.append(span)
    elif _continues(text, current, words, around):
        current.values.append(span)
    elif around.label_ahead or not (current.values or around.gap):
        header.leftovers.append(span)
    else:
        return False
    return True


def _continues(text: str, current: HeaderField, words: str, around: _Surroundings) -> bool:
    """True if a line of text belongs to the value of the current field."""
    inside = around.label_ahead or around.rule_ahead
    if not current.values:
        if around.gap and not inside and current.feld in _LISTS:
            short = len(words) <= _SHORT and not words.endswith(".")
            return short or PLACEHOLDER.fullmatch(words) is not None or _begins_entry(words)
        return fits(current.feld, words)
    if current.feld is None:
        return not around.gap
    so_far = text[current.values[0][0] : current.values[-1][1]][-_LOOK_BACK:]
    if current.feld not in _LISTS:
        return not around.gap and (so_far[-1] in "/,–-" or so_far.count("(") > so_far.count(")"))
    if PLACEHOLDER.fullmatch(so_far):
        return False
    if around.gap and not inside:
        return _begins_entry(words) and len(words) <= _SHORT
    return inside or _begins_entry(words) or not _names_only(so_far)


def _begins_entry(words: str) -> bool:
    first = next(find_verweise(words[:_SHORT]), None)
    return BULLET.match(words) is not None or (first is not None and first.start == 0)


def _names_only(value: str) -> bool:
    """True if a value is complete, as it consists of directives and dates alone."""
    named = list(find_verweise(value))
    rest, done = [], 0
    for verweis in named:
        rest.append(value[done : verweis.start])
        done = verweis.end
    return bool(named) and all(glue_only(part) for part in [*rest, value[done:]])


def _words(text: str, item: _Item) -> str:
    return text[item.start : item.end]
