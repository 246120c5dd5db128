"""Cleaned text as a small tree, and back again without the loss of a single character.

What `portal.text.clean` returns is written in one way only: every element is closed, every attribute quoted, every
sign that could be markup escaped. So a few lines read it exactly, words stay escaped from beginning to end, and
nothing in this package can turn words into markup.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from portal.text.schema import INLINE, TAGS

REDLINE_INLINE = {"ins", "del", "span"}
PHRASES = INLINE | {"br"} | REDLINE_INLINE
KNOWN = TAGS | REDLINE_INLINE
RUN = ""  # tag of words that stand beside blocks without an element of their own
BLANK = " \t\n\f\r"  # a no-break space is a word

_PIECE = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>|([^<>]+)')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_BLANKS = re.compile(rf"[{BLANK}]+")
_LETTERS = re.compile(r"[^\W_]+")


class NotClean(ValueError):
    """Markup that `portal.text.clean` did not write."""


@dataclass(eq=False)
class Node:
    """An element; words among its kids and in its attributes are escaped. Not changed once it is compared."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    kids: list["Node | str"] = field(default_factory=list)

    @cached_property
    def source(self) -> str:
        """The markup of the element."""
        return write([self])

    @cached_property
    def key(self) -> int:
        """The same for two elements that print the same: layout blanks, scope and the p in an item do not count."""
        items, _ = split(self.kids)
        keys = tuple(item.key if item.tag != RUN else hash(printed(item.kids)) for item in items)
        if self.tag == "p" or self.tag == RUN:
            return keys[0] if keys else hash("")
        return hash((self.tag, tuple(visible_attrs(self).items()), keys))

    @cached_property
    def words(self) -> frozenset[str]:
        """The different words, for telling how alike two elements are."""
        return frozenset(_LETTERS.findall(text_of([self]).lower()))

    def with_kids(self, kids: list["Node | str"], **attrs: str) -> "Node":
        """Return the element with other kids, and with further attributes (`data_art="x"` for data-art)."""
        extra = {name.replace("_", "-"): value for name, value in attrs.items()}
        return replace(self, kids=kids, attrs=self.attrs | extra)


def parse(html: str) -> list["Node | str"]:
    """Return the kids of a text; raises NotClean for anything that is no cleaned text or redline of one."""
    root = Node(RUN)
    open_nodes, position = [root], 0
    for piece in _PIECE.finditer(html):
        if piece.start() != position:
            break
        position = piece.end()
        closing, tag, attributes, words = piece.groups()
        if words is not None:
            open_nodes[-1].kids.append(words)
        elif tag not in KNOWN:
            raise NotClean(f"Das Element <{tag}> gehört nicht zum Textformat.")
        elif not closing:
            node = Node(tag, dict(_ATTRIBUTE.findall(attributes)))
            open_nodes[-1].kids.append(node)
            if tag != "br":
                open_nodes.append(node)
        elif open_nodes.pop().tag != tag or not open_nodes:
            raise NotClean(f"Das Element <{tag}> ist nicht richtig geschlossen.")
    if position != len(html) or len(open_nodes) > 1:
        raise NotClean("Der Text ist nicht bereinigt.")
    return root.kids


def write(kids: Sequence["Node | str"]) -> str:
    """Return the markup of what `parse` read."""
    pieces: list[str] = []
    _write(kids, pieces)
    return "".join(pieces)


def _write(kids: Sequence["Node | str"], pieces: list[str]) -> None:
    for kid in kids:
        if isinstance(kid, str):
            pieces.append(kid)
        elif kid.tag == RUN:
            _write(kid.kids, pieces)
        else:
            attributes = "".join(f' {name}="{value}"' for name, value in kid.attrs.items())
            pieces.append(f"<{kid.tag}{attributes}>")
            if kid.tag != "br":
                _write(kid.kids, pieces)
                pieces.append(f"</{kid.tag}>")


def split(kids: Sequence["Node | str"]) -> tuple[list[Node], list[str]]:
    """Return the items of an element (blocks, and runs of words beside them) and the layout blanks around them.

    There is one blank (possibly "") before each item and one after the last.
    """
    items: list[Node] = []
    blanks = [""]
    run: list[Node | str] = []
    for kid in [*kids, None]:
        if kid is not None and (isinstance(kid, str) or kid.tag in PHRASES):
            run.append(kid)
            continue
        words = [part for part in run if isinstance(part, str) and is_blank(part)]
        if len(words) == len(run):
            blanks[-1] += "".join(words)
        else:
            items.append(Node(RUN, kids=run))
            blanks.append("")
        run = []
        if kid is not None:
            items.append(kid)
            blanks.append("")
    return items, blanks


def join(items: Sequence[Node], blanks: Sequence[str]) -> list["Node | str"]:
    """Return the kids that `split` took apart."""
    kids: list[Node | str] = [blanks[0]] if blanks[0] else []
    for item, blank in zip(items, blanks[1:], strict=True):
        kids += item.kids if item.tag == RUN else [item]
        if blank:
            kids.append(blank)
    return kids


def walk(kids: Sequence["Node | str"]) -> Iterator[Node]:
    """Give every element, parents first."""
    for kid in kids:
        if isinstance(kid, Node):
            yield kid
            yield from walk(kid.kids)


def text_of(kids: Sequence["Node | str"]) -> str:
    """Return the (escaped) words, with a blank wherever an element begins or ends."""
    return " ".join(kid if isinstance(kid, str) else text_of(kid.kids) for kid in kids)


def printed(kids: Sequence["Node | str"]) -> str:
    """Return the markup of a run with its blanks as they are printed."""
    return _BLANKS.sub(" ", write(kids)).strip(BLANK)


def is_blank(words: str) -> bool:
    return not words.strip(BLANK)


def visible_attrs(node: Node) -> dict[str, str]:
    """Return the attributes without `scope`, which says nothing to the eye and is set where it is missing."""
    return {name: value for name, value in node.attrs.items() if name != "scope"}
