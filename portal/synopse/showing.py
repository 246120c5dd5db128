"""From redline nodes to the HTML that is shown, on a page or on paper."""

from collections.abc import Sequence

from portal.synopse.marks import MARK
from portal.synopse.sides import side
from portal.synopse.tree import Node, walk, write
from portal.text import labelled

HEADINGS = ("h2", "h3", "h4")
NEIGHBOURS = 1  # unchanged items that stay before and behind a changed one
LONG = 3  # unchanged items from which leaving them out is worth a line of its own
_LEFT_OUT = {"ul": ("li", "Punkte"), "tbody": ("tr", "Zeilen")}  # a numbered list keeps its numbers


def is_changed(nodes: Sequence[Node]) -> bool:
    """Whether anything in a redline is inserted or deleted. Layout is no change."""
    return any(node.tag in ("ins", "del") or MARK in node.attrs for node in walk(nodes))


def shown(redline: Sequence[Node], which: str, *, marks: bool) -> str:
    """Return one column of a redline. Headings become paragraphs: they are cells of a Synopse, not its outline."""
    return _output([_without_heading(kid) for kid in side(redline, which, marks=marks)])


def shown_redline(redline: Sequence[Node]) -> str:
    """Return the whole redline for output."""
    return _output(redline)


def _output(kids: Sequence[Node | str]) -> str:
    html = write(kids)
    return labelled(html) if "<aside" in html or "<th" in html else html


def _without_heading(kid: Node | str) -> Node | str:
    if isinstance(kid, str) or kid.tag not in HEADINGS:
        return kid
    return Node("p", kid.attrs | {"class": f"synopse-titel synopse-titel--{kid.tag[1]}"}, kid.kids)


def shortened(node: Node) -> Node:
    """Return a changed list or table without the many items that stayed; a line tells how many were left out."""
    if any("rowspan" in inner.attrs for inner in walk([node])):
        return node
    kids = [kid if isinstance(kid, str) else shortened(kid) for kid in node.kids]
    if node.tag in _LEFT_OUT:
        kids = _shortened_kids([kid for kid in kids if isinstance(kid, Node)], *_LEFT_OUT[node.tag])
    return node.with_kids(kids)


def _shortened_kids(items: Sequence[Node], tag: str, noun: str) -> list[Node | str]:
    changed = [index for index, item in enumerate(items) if is_changed([item])]
    near = {place for index in changed for place in range(index - NEIGHBOURS, index + NEIGHBOURS + 1)}
    kids: list[Node | str] = []
    left_out: list[Node] = []
    for index, item in enumerate([*items, None]):
        if item is not None and index not in near and changed:
            left_out.append(item)
            continue
        if len(left_out) >= LONG:
            kids.append(_left_out(tag, f"… {len(left_out)} {noun} unverändert …", left_out[0]))
        else:
            kids += left_out
        left_out = []
        if item is not None:
            kids.append(item)
    return kids


def _left_out(tag: str, words: str, example: Node) -> Node:
    if tag == "li":
        return Node("li", {"class": "synopse-luecke"}, [words])
    cells = [kid for kid in example.kids if isinstance(kid, Node)]
    columns = sum(int(cell.attrs.get("colspan", 1)) for cell in cells)
    span = {"colspan": str(columns)} if columns > 1 else {}
    return Node("tr", {"class": "synopse-luecke"}, [Node("td", span, [words])])
