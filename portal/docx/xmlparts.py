"""XML parts: checked with the parser that mammoth uses, then read with lxml. Runs in the child."""

from collections.abc import Iterable
from xml.parsers import expat

from lxml import etree

from portal.docx.refusal import DocxRefused, damaged

MAX_ELEMENTS = 300_000  # of all parts; 300 pages of text have some 100,000
MAX_DEPTH = 100  # a table in a table in a text box has 30

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What Word writes as "Strict Open XML" has other names for the same things.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


def check_parts(parts: Iterable[bytes]) -> None:
    """Raise DocxRefused for parts that are not well-formed, have a DTD (entities), or are too deep or too many."""
    elements = 0
    for part in parts:
        elements += _check(part, MAX_ELEMENTS - elements)


class _Check:
    def __init__(self, left: int) -> None:
        self.left, self.elements, self.depth = left, 0, 0

    def start(self, name: str, attributes: dict) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > self.left or self.depth > MAX_DEPTH:
            raise DocxRefused("Das Dokument ist zu umfangreich oder zu tief verschachtelt; bitte aufteilen.")

    def end(self, name: str) -> None:
        self.depth -= 1

    def doctype(self, *arguments) -> None:
        raise DocxRefused("Das Dokument enthält eigene XML-Definitionen (DTD); solche Dateien werden nicht gelesen.")


def _check(part: bytes, left: int) -> int:
    """Return the number of elements of the part."""
    check = _Check(left)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = check.start, check.end
    parser.StartDoctypeDeclHandler = check.doctype
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as fault:
        if isinstance(fault, DocxRefused):
            raise
        raise damaged() from fault
    return check.elements


def read_part(part: bytes) -> etree._Element:
    """Return the root of a part that `check_parts` has passed."""
    for strict, usual in _STRICT.items():
        part = part.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError as fault:
        raise damaged() from fault


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def value(element: etree._Element | None, path: str = "") -> str | None:
    """Return the attribute w:val of the element at `path` ("pPr/pStyle"); None where one of them is missing."""
    for name in path.split("/") if path else ():
        element = element.find(w(name)) if element is not None else None
    return element.get(w("val")) if element is not None else None


def is_on(element: etree._Element | None) -> bool:
    """Whether a property like w:b is there and not switched off."""
    return element is not None and element.get(w("val")) not in ("0", "false", "off", "none")


def words(element: etree._Element) -> str:
    """Return the text below an element, blanks collapsed."""
    pieces = []
    for node in element.iter(w("t"), w("tab"), w("br"), w("cr"), w("noBreakHyphen"), w("p")):
        pieces.append((node.text or "") if node.tag == w("t") else "-" if node.tag == w("noBreakHyphen") else " ")
    return " ".join("".join(pieces).split())


def remove(element: etree._Element) -> None:
    """Take an element out of its tree. Word has no text between elements that would have to stay."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element, content: etree._Element | None = None) -> None:
    """Put the children of `content` (of the element itself) in the place of the element."""
    parent, children = element.getparent(), list(content if content is not None else element)
    place = parent.index(element)
    parent[place : place + 1] = children
