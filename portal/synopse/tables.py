"""Tables: caption with caption, head with head, rows by similarity, cells by column."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from portal.synopse.alignment import Facing, align
from portal.synopse.marks import GONE, NEW, Art, filler, placed, whole
from portal.synopse.matching import Budget
from portal.synopse.tree import Node, split, visible_attrs, walk

Merge = Callable[[Node, Node], Node | None]
Columns = list[tuple[int | None, int | None]]

_USUAL_ORDER = re.compile("(caption )?(thead )?(tbody )+")


def merge_tables(old: Node, new: Node, merge: Merge, budget: Budget) -> Node | None:
    """Return the redline of two tables, None where rows and cells cannot stand in one table (cells across rows).

    `merge` gives the redline of two cells or captions.
    """
    old_parts, old_blanks = split(old.kids)
    new_parts, new_blanks = split(new.kids)
    if not all(_USUAL_ORDER.fullmatch("".join(f"{part.tag} " for part in parts)) for parts in (old_parts, new_parts)):
        return None
    if _spans(old, "rowspan") or _spans(new, "rowspan"):
        columns = None
        if _shape(old) != _shape(new):
            return None
    else:
        columns = _columns(old, new, budget)
    redline = []
    for one, other in _facing(old_parts, new_parts):
        if one is None or other is None:
            part, kind = (one, GONE) if other is None else (other, NEW)
            redline.append(_whole_rows(part, kind, columns) if part.tag != "caption" else whole(part, kind))
        elif one.tag == "caption":
            redline.append(merge(one, other))
        else:
            redline.append(_merge_rows(one, other, merge, budget, columns, by_place=_spans(old, "rowspan")))
    kids, attrs = placed(old_blanks, new_blanks, redline)
    return Node("table", new.attrs | attrs, kids)


def _spans(table: Node, name: str) -> bool:
    return any(name in node.attrs for node in walk(table.kids))


def _rows(table: Node) -> list[list[Node]]:
    return [_cells(row) for part in split(table.kids)[0] if part.tag != "caption" for row in _cells(part)]


def _cells(row: Node) -> list[Node]:
    return split(row.kids)[0]


def _shape(table: Node) -> list[Any]:
    return [[(cell.tag, visible_attrs(cell)) for cell in row] for row in _rows(table)] + [
        (part.tag, len(_cells(part))) for part in _cells(table) if part.tag != "caption"
    ]


def _facing(old: Sequence[Node], new: Sequence[Node]) -> Facing:
    """Return the parts of both tables side by side: by name, bodies by their order."""
    found: Facing = []
    for tag in ("caption", "thead", "tbody"):
        one = [part for part in old if part.tag == tag]
        other = [part for part in new if part.tag == tag]
        longest = max(len(one), len(other))
        found += zip(one + [None] * (longest - len(one)), other + [None] * (longest - len(other)), strict=True)
    return found


def _columns(old: Node, new: Node, budget: Budget) -> Columns | None:
    """Return which column of the old table faces which of the new one; None where rows differ in their cells."""
    old_rows, new_rows = _rows(old), _rows(new)
    counts = {len(row) for row in old_rows}, {len(row) for row in new_rows}
    if any(len(count) != 1 for count in counts) or _spans(old, "colspan") or _spans(new, "colspan"):
        return None
    if counts[0] == counts[1]:
        return [(place, place) for place in range(*counts[0])]
    one, other = _as_columns(old_rows), _as_columns(new_rows)
    return [
        (None if left is None else one.index(left), None if right is None else other.index(right))
        for left, right in align(one, other, budget)
    ]


def _as_columns(rows: Sequence[Sequence[Node]]) -> list[Node]:
    """Return each column as one element, so that columns are aligned as blocks are: by their words."""
    return [Node("td", {}, [kid for cell in column for kid in cell.kids]) for column in zip(*rows, strict=True)]


def _merge_rows(old: Node, new: Node, merge: Merge, budget: Budget, columns: Columns | None, *, by_place: bool) -> Node:
    old_rows, old_blanks = split(old.kids)
    new_rows, new_blanks = split(new.kids)
    if by_place:
        facing: Facing = list(zip(old_rows, new_rows, strict=True))
    else:
        facing = align(old_rows, new_rows, budget)
    redline: list[Node] = []
    for one, other in facing:
        merged = _merge_row(one, other, merge, columns) if one and other else None
        if merged:
            redline.append(merged)
        else:
            redline += [_whole_row(row, kind, columns) for row, kind in ((one, GONE), (other, NEW)) if row]
    kids, attrs = placed(old_blanks, new_blanks, redline)
    return Node(new.tag, attrs, kids)


def _merge_row(old: Node, new: Node, merge: Merge, columns: Columns | None) -> Node | None:
    """Return the redline of two rows, None where a cell spans other columns than before or became a header."""
    if old.source == new.source:
        return new
    old_cells, old_blanks = split(old.kids)
    new_cells, new_blanks = split(new.kids)
    if columns is None and len(old_cells) != len(new_cells):
        return None
    redline: list[Node] = []
    for i, j in columns or [(place, place) for place in range(len(old_cells))]:
        if i is None or j is None:
            redline.append(whole(new_cells[j], NEW) if i is None else whole(old_cells[i], GONE))
        elif old_cells[i].tag != new_cells[j].tag or visible_attrs(old_cells[i]) != visible_attrs(new_cells[j]):
            return None
        else:
            redline.append(merge(old_cells[i], new_cells[j]))
    kids, attrs = placed(old_blanks, new_blanks, redline)
    return Node("tr", attrs, kids)


def _whole_rows(part: Node, kind: Art, columns: Columns | None) -> Node:
    """Return a head or body that only one side has."""
    marked = whole(part, kind)
    return marked.with_kids([kid if isinstance(kid, str) else _filled(kid, kind, columns) for kid in marked.kids])


def _whole_row(row: Node, kind: Art, columns: Columns | None) -> Node:
    return _filled(whole(row, kind), kind, columns)


def _filled(row: Node, kind: Art, columns: Columns | None) -> Node:
    """Return a row with an empty cell for each column that its side does not have."""
    own, kids, place = (1 if kind == NEW else 0), list(row.kids), 0
    for pair in columns or []:
        while place < len(kids) and isinstance(kids[place], str):
            place += 1
        if pair[own] is None:
            kids.insert(place, filler())
        place += 1
    return row.with_kids(kids)
