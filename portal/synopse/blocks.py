"""Tree diff: the redline of two texts, element by element."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.synopse.alignment import align, same_kind
from portal.synopse.marks import ALT, GONE, NEU, NEW, WRAPPED, placed, whole
from portal.synopse.matching import Budget
from portal.synopse.tables import merge_tables
from portal.synopse.tree import RUN, Node, split
from portal.synopse.words import diff_words

PHRASING = {RUN, "p", "h2", "h3", "h4"}


@dataclass(frozen=True)
class Step:
    """One item of the old text beside one of the new; either may be missing. `redline` holds both."""

    old: Node | None
    new: Node | None
    redline: tuple[Node, ...]


def compare_items(old: Sequence[Node], new: Sequence[Node], budget: Budget) -> list[Step]:
    """Return the items of both sides in the order of the redline."""
    return [Step(one, other, _redline(one, other, budget)) for one, other in align(old, new, budget)]


def _redline(old: Node | None, new: Node | None, budget: Budget) -> tuple[Node, ...]:
    merged = merge(old, new, budget) if old and new and same_kind(old, new) else None
    if merged:
        return (merged,)
    return tuple(whole(item, kind) for item, kind in ((old, GONE), (new, NEW)) if item)


def merge(old: Node, new: Node, budget: Budget) -> Node | None:
    """Return the redline of two elements of the same kind, None if one can only replace the other."""
    if old.source == new.source:
        return new
    if old.tag in PHRASING:
        return _wrapped(old, new, diff_words(old.kids, new.kids))
    if old.tag == "table":
        return merge_tables(old, new, lambda one, other: merge(one, other, budget), budget)
    old_items, old_blanks = split(old.kids)
    new_items, new_blanks = split(new.kids)
    redline = [node for step in compare_items(old_items, new_items, budget) for node in step.redline]
    kids, attrs = placed(old_blanks, new_blanks, redline)
    return Node(new.tag, new.attrs | _other_scope(old, new) | attrs, kids)


def _wrapped(old: Node, new: Node, kids: list[Node | str]) -> Node:
    """Editors put the words of items and cells into paragraphs. That prints alike and is kept, but is no change."""
    if old.tag == new.tag:
        return Node(new.tag, new.attrs, kids)
    return Node("p", {WRAPPED: NEU if new.tag == "p" else ALT}, kids)


def _other_scope(old: Node, new: Node) -> dict[str, str]:
    scope = old.attrs.get("scope", "")
    return {f"data-{ALT}-scope": scope} if scope != new.attrs.get("scope", "") else {}
