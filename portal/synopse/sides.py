"""From a redline back to each side: exactly as it was, or as one column that still shows what changes there."""

from collections.abc import Sequence

from portal.synopse.marks import (
    ALT,
    ELEMENT_OF,
    GAP,
    GONE,
    MARK,
    NEU,
    NEW,
    WRAPPED,
    decode,
    is_layout,
    is_spoken,
)
from portal.synopse.tree import PHRASES, Node, is_blank, join, parse, split, write

_DROPPED = {ALT: NEW, NEU: GONE}


def old_text(html: str) -> str:
    """Return the old text of a redline, exactly as it was compared. Raises NotClean for other markup."""
    return write(side(parse(html), ALT))


def new_text(html: str) -> str:
    """Return the new text of a redline, exactly as it was compared. Raises NotClean for other markup."""
    return write(side(parse(html), NEU))


def side(kids: Sequence[Node | str], which: str, *, marks: bool = False) -> list[Node | str]:
    """Return one side (ALT or NEU) of the kids of a redline; with `marks` what changes there stays marked."""
    kept: list[Node | str] = []
    alone = all(is_blank(kid) if isinstance(kid, str) else kid.tag not in PHRASES for kid in kids)
    after_dropped = False
    for kid in kids:
        if isinstance(kid, str):
            if not (after_dropped and alone):  # the layout blank behind a block that this side does not have
                kept.append(kid)
            after_dropped = False
        elif kid.attrs.get(MARK) == _DROPPED[which]:
            after_dropped = True
        elif kid.attrs.get(MARK) != GAP:
            kept += _kid(kid, which, marks)
            after_dropped = False
    return kept


def _kid(kid: Node, which: str, marks: bool) -> list[Node | str]:
    if is_layout(kid):
        blank = decode(kid.attrs[f"data-{which}-leer"])
        return [blank] if blank else []
    if is_spoken(kid):
        return [kid] if marks else []
    if kid.tag in ("ins", "del"):
        if kid.tag == ELEMENT_OF[_DROPPED[which]]:
            return []
        return [kid.with_kids(side(kid.kids, which, marks=marks))] if marks else side(kid.kids, which)
    inner = side(kid.kids, which, marks=marks)
    if f"data-{which}-leer" in kid.attrs and not marks:
        items, _ = split(inner)
        inner = join(
            items, [decode(code) if code != "-" else "" for code in kid.attrs[f"data-{which}-leer"].split(" ")]
        )
    if kid.attrs.get(WRAPPED, which) != which and not marks:
        return inner
    return [Node(kid.tag, _attrs(kid, which, marks), inner)]


def _attrs(kid: Node, which: str, marks: bool) -> dict[str, str]:
    """Return the attributes of one side: those of the text, and the mark of a whole element if it shall stay."""
    attrs = {name: value for name, value in kid.attrs.items() if not name.startswith("data-") or name == "data-art"}
    if (scope := kid.attrs.get(f"data-{ALT}-scope")) is not None and which == ALT:
        attrs.pop("scope", None)
        attrs |= {"scope": scope} if scope else {}
    if marks and MARK in kid.attrs:
        attrs[MARK] = kid.attrs[MARK]
    return attrs
