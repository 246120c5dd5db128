"""Turns the citations of a rich text into links, without touching anything else of it. Pure, no database."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from arbeitsmittel.citations import Fundstelle, find_citations
from arbeitsmittel.kennung import Kennung

# What stands between the words of neighbouring blocks for the finder: a list of Kennungen goes on over lines and
# items, and ends with a cell, a heading or a box.
LINES = {"p", "li", "ul", "ol", "br"}
ENDS = {"h2", "h3", "h4", "td", "th", "caption", "table", "tr", "aside"}
NEVER_INSIDE = {"a"}

# Gets a citation and its number in the text (from 0); returns what stands behind the linked words, and the address.
# None leaves the words as they are.
Renderer = Callable[[Fundstelle, int], "tuple[str, list[etree._Element]] | None"]


@dataclass
class CitedText:
    """A rich text with its citations found; `linked` prints it with links.

    `words` is the text that the positions of the `fundstellen` refer to.
    """

    html: str
    emb_names: Collection[str] = ()
    words: str = field(init=False)
    fundstellen: list[Fundstelle] = field(init=False)

    def __post_init__(self) -> None:
        self._root = lxml.html.fragment_fromstring(self.html, create_parent="div") if self.html else None
        self._pieces = list(_pieces(self._root)) if self._root is not None else []
        self.words = "".join(piece.text for piece in self._pieces)
        self.fundstellen = find_citations(self.words, self.emb_names)

    @property
    def kennungen(self) -> set[Kennung]:
        return {fundstelle.kennung for fundstelle in self.fundstellen}

    def linked(self, render: Renderer) -> str:
        """Return the html with a link around each citation that `render` answers. Call it once."""
        if self._root is None:
            return ""
        for number in reversed(range(len(self.fundstellen))):  # from the end, so that earlier offsets stay true
            answer = render(self.fundstellen[number], number)
            if answer is not None:
                self._put_link(self.fundstellen[number], *answer)
        inner = (self._root.text or "") and _escaped(self._root.text)
        return inner + "".join(lxml.html.tostring(child, encoding="unicode") for child in self._root)

    def _put_link(self, fundstelle: Fundstelle, href: str, behind: list[etree._Element]) -> None:
        piece = next((p for p in self._pieces if p.start <= fundstelle.label_start < p.start + len(p.text)), None)
        if piece is None or piece.node is None or piece.inside_link:
            return
        begin = fundstelle.label_start - piece.start
        end = min(fundstelle.label_end - piece.start, len(piece.text))
        link = etree.Element("a", {"class": "zitat", "href": href})
        link.text = piece.text[begin:end]
        rest = piece.text[end:]
        piece.text = piece.text[:begin]
        piece.put(link, behind, rest)


@dataclass
class _Piece:
    """One run of text: the `text` or the `tail` of an element, with its offset in the whole."""

    text: str
    start: int
    node: etree._Element | None = None
    is_tail: bool = False
    inside_link: bool = False

    def put(self, link: etree._Element, behind: list[etree._Element], rest: str) -> None:
        """Shorten this run and set the link, what stands behind it and the rest of the run after it."""
        new = [link, *behind]
        new[-1].tail = rest
        if self.is_tail:
            parent, index = self.node.getparent(), self.node.getparent().index(self.node) + 1
            self.node.tail = self.text
        else:
            parent, index = self.node, 0
            self.node.text = self.text
        parent[index:index] = new


def _pieces(root: etree._Element) -> list[_Piece]:
    pieces: list[_Piece] = []
    length = 0

    def add(text: str | None, **place: object) -> None:
        nonlocal length
        if text:
            pieces.append(_Piece(text, length, **place))
            length += len(text)

    def walk(element: etree._Element, inside_link: bool) -> None:
        add(element.text, node=element, inside_link=inside_link)
        for child in element:
            between = ".\n" if child.tag in ENDS else "\n" if child.tag in LINES else ""
            add(between)
            walk(child, inside_link or child.tag in NEVER_INSIDE)
            add(between)
            add(child.tail, node=child, is_tail=True, inside_link=inside_link)

    walk(root, False)
    return pieces


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
