"""How a redline says what was inserted and what was deleted; the only place that knows its markup.

- `<ins>` and `<del>` stand around words, always inside a paragraph, item or cell, with words for screen readers.
- `data-synopse` marks a whole element: "neu", "entfallen", or "luecke" (a cell that only keeps the columns apart).
- What is not to be seen, but must be known to rebuild each side exactly, stands in `data-alt-*` and `data-neu-*`:
  layout blanks, the scope of a header cell, and (`data-huelle`) whether words of an item stand in a paragraph.

None of these can come from a text: its schema knows neither these elements nor these attributes.
"""

from collections.abc import Sequence
from enum import StrEnum

from portal.synopse.tree import RUN, Node, split


class Art(StrEnum):
    """What became of a passage, a value or an entry."""

    UNVERAENDERT = "unveraendert"
    GEAENDERT = "geaendert"
    NEU = "neu"
    ENTFALLEN = "entfallen"


NEW, GONE = Art.NEU, Art.ENTFALLEN
MARK, WRAPPED = "data-synopse", "data-huelle"
ALT, NEU = "alt", "neu"
GAP = "luecke"
ELEMENT_OF = {NEW: "ins", GONE: "del"}
HIDDEN = "kern-sr-only"
_SPOKEN = {NEW: "Einfügung: ", GONE: "Streichung: "}
_SPOKEN_END = " Ende. "
_BLANK_CODES = {" ": "s", "\n": "n", "\t": "t", "\f": "f", "\r": "r"}
_BLANKS = {code: blank for blank, code in _BLANK_CODES.items()}


def marked(kids: Sequence[Node | str], kind: Art) -> Node:
    """Return words as inserted (NEW) or deleted (GONE)."""
    return Node(ELEMENT_OF[kind], kids=[_spoken(_SPOKEN[kind]), *kids, _spoken(_SPOKEN_END)])


def _spoken(words: str) -> Node:
    return Node("span", {"class": HIDDEN}, [words])


def is_spoken(node: Node) -> bool:
    return node.tag == "span" and node.attrs.get("class") == HIDDEN


def whole(node: Node, kind: Art) -> Node:
    """Return an item as wholly inserted or deleted; <ins> and <del> stand around its words, not around blocks."""
    if node.tag == RUN:
        return Node(RUN, kids=[marked(node.kids, kind)])
    inner = _marked_inside(node, kind)
    return inner.with_kids(inner.kids, **{MARK: kind})


def _marked_inside(node: Node, kind: Art) -> Node:
    items, blanks = split(node.kids)
    kids: list[Node | str] = [blanks[0]] if blanks[0] else []
    for item, blank in zip(items, blanks[1:], strict=True):
        kids.append(marked(item.kids, kind) if item.tag == RUN else _marked_inside(item, kind))
        if blank:
            kids.append(blank)
    return node.with_kids(kids)


def filler() -> Node:
    """Return an empty cell for a column that a row never had."""
    return Node("td", {MARK: GAP})


def layout(old: str, new: str) -> Node:
    """Return blanks that differ between both sides and are printed alike."""
    return Node("span", {f"data-{ALT}-leer": code(old), f"data-{NEU}-leer": code(new)}, [" "])


def is_layout(node: Node) -> bool:
    return node.tag == "span" and f"data-{ALT}-leer" in node.attrs


def code(blanks: str) -> str:
    return "".join(_BLANK_CODES[blank] for blank in blanks)


def decode(codes: str) -> str:
    return "".join(_BLANKS[sign] for sign in codes)


def placed(old_blanks: Sequence[str], new_blanks: Sequence[str], items: Sequence[Node]) -> tuple[list, dict[str, str]]:
    """Return kids and attributes of an element merged from both sides: items with the layout blanks around them.

    Where all blanks are the same, they stand where they stood. Where not, none is written, and both sides are kept.
    """
    blank = old_blanks[0]
    if {*old_blanks, *new_blanks} == {blank}:
        kids: list[Node | str] = [blank] if blank else []
        for item in items:
            kids += item.kids if item.tag == RUN else [item]
            if blank:
                kids.append(blank)
        return kids, {}
    kids = [kid for item in items for kid in (item.kids if item.tag == RUN else [item])]
    sides = {ALT: old_blanks, NEU: new_blanks}
    return kids, {f"data-{side}-leer": " ".join(code(blank) or "-" for blank in all_) for side, all_ in sides.items()}
