"""Header fields and citations of two versions, value by value."""

import html as entities
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from portal.synopse.marks import ALT, NEU, Art
from portal.synopse.matching import common, gaps
from portal.synopse.showing import is_changed
from portal.synopse.sides import side
from portal.synopse.tree import Node, write
from portal.synopse.words import diff_words

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True)
class FieldChange:
    """One field: its name, both plain values, and the same as safe HTML with what changed marked.

    `art` is unveraendert, geaendert, neu (there was no value) or entfallen (there is none any more).
    """

    name: str
    art: Art
    alt: str
    neu: str
    alt_html: str
    neu_html: str
    html: str  # both in one

    @property
    def geaendert(self) -> bool:
        return self.art is not Art.UNVERAENDERT


@dataclass(frozen=True)
class ListChange(Generic[Value]):
    """One entry of a list; `art` is unveraendert, neu or entfallen."""

    wert: Value
    art: Art

    @property
    def geaendert(self) -> bool:
        return self.art is not Art.UNVERAENDERT


def compare_fields(old: Mapping[str, str | None] | None, new: Mapping[str, str | None] | None) -> list[FieldChange]:
    """Return every field in the order of `new`, then those that only `old` has; None and "" are no value."""
    before, after = old or {}, new or {}
    names = [*after, *(name for name in before if name not in after)]
    return [_compare_values(name, before.get(name) or "", after.get(name) or "") for name in names]


def _compare_values(name: str, old: str, new: str) -> FieldChange:
    alone_old, alone_new = entities.escape(old), entities.escape(new)
    redline = diff_words([alone_old] if old else [], [alone_new] if new else [])
    art = _art(old, new, is_changed([kid for kid in redline if isinstance(kid, Node)]))
    if art is Art.GEAENDERT:
        alone_old, alone_new = (write(side(redline, which, marks=True)) for which in (ALT, NEU))
    return FieldChange(name, art, old, new, alone_old, alone_new, write(redline))


def _art(old: str, new: str, changed: bool) -> Art:
    if not changed:
        return Art.UNVERAENDERT
    if not old:
        return Art.NEU
    return Art.GEAENDERT if new else Art.ENTFALLEN


def compare_lists(old: Sequence[Value], new: Sequence[Value]) -> list[ListChange[Value]]:
    """Return the entries of both lists in order, gone ones where they stood; another place in the list is no change."""
    gone, come = Counter(old) - Counter(new), Counter(new) - Counter(old)
    found: list[ListChange[Value]] = []
    for gap_old, gap_new, pair in gaps(common(old, new), len(old), len(new)):
        found += [ListChange(old[i], Art.ENTFALLEN) for i in gap_old if _take(gone, old[i])]
        found += [ListChange(new[j], Art.NEU if _take(come, new[j]) else Art.UNVERAENDERT) for j in gap_new]
        if pair:
            found.append(ListChange(new[pair[1]], Art.UNVERAENDERT))
    return found


def _take(counted: Counter, value: Hashable) -> bool:
    counted[value] -= 1
    return counted[value] >= 0
