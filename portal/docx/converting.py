"""mammoth: the rewritten document to HTML. Runs in the child."""

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import lxml.html
import mammoth
from lxml import etree

from portal.docx import styles as roles
from portal.docx.package import Package
from portal.docx.sentences import Leftovers
from portal.docx.structure import BULLETS, MARK_BEGIN, MARK_END, MAX_LEVEL, NUMBERS, box_styles
from portal.docx.xmlparts import W, w

_MARK = re.compile(f"{MARK_BEGIN}([1aAiI])([0-9]+){MARK_END}")
# What mammoth says about things with content that it does not know.
_LOST = {
    "zeichen": re.compile("w:sym element"),
    "unbekannt": re.compile(r"unrecognised element was ignored: w:(altChunk|ruby|subDoc|contentPart)$"),
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def to_html(package: Package, leftovers: Leftovers) -> str:
    """Return the HTML of a document that `losses` and `structure` have prepared; not cleaned yet."""
    with BytesIO(_repacked(package)) as file:
        result = mammoth.convert_to_html(
            file,
            style_map=_style_map(package.document),
            include_default_style_map=False,
            include_embedded_style_map=False,  # the document has no say in how it is read
            external_file_access=False,
        )
    for key, words in _LOST.items():
        if lost := sum(bool(words.search(message.message)) for message in result.messages):
            leftovers.add(key, number=lost)
    return _numbered(result.value)


def _style_map(document: etree._Element) -> str:
    """Return the lines for the styles that occur; mammoth tries every line for every paragraph and run."""
    used = {style.get(w("val")) for style in document.iter(w("pStyle"))}
    lines = [f"p.{roles.TITEL} => h2:fresh"]
    lines += [f"p.{role} => h{level}:fresh" for level, role in enumerate((roles.U1, roles.U2, roles.U3), 2)]
    for style, art in box_styles():
        if style not in used:
            continue
        # A group of its own: clean() drops the second attribute, which only keeps neighbours apart.
        box = f"aside[data-art='{art}'][data-kasten='{style}'] > "
        lines += _list_lines(f"p.{style}", box)
        lines.append(f"p.{style} => {box}p:fresh")
    if roles.WORTLAUT in used:
        lines += [*_list_lines(f"p.{roles.WORTLAUT}", "", " > q"), f"p.{roles.WORTLAUT} => p:fresh > q"]
    if next(document.iter(w("numPr")), None) is not None:
        lines += _list_lines("p", "")
    lines.append("p => p:fresh")
    for role, tag in ((roles.WORTLAUT, "q"), (roles.FETT, "strong"), (roles.KURSIV, "em")):
        lines.append(f"r.{role} => {tag}")
    return "\n".join(lines)


def _list_lines(paragraph: str, before: str, inside: str = "") -> list[str]:
    lines = []
    for kind, tag in (("unordered", "ul"), ("ordered", "ol")):
        for level in range(MAX_LEVEL + 1):
            path = "ul|ol > li > " * level
            lines.append(f"{paragraph}:{kind}-list({level + 1}) => {before}{path}{tag} > li:fresh{inside}")
    return lines


def _repacked(package: Package) -> bytes:
    """Return a container with nothing in it but the words, so that mammoth cannot find anything else."""
    links = "".join(
        f'<Relationship Id="{_escaped(identity)}" Type="{_OFFICE}/hyperlink" Target="{_escaped(address)}" '
        'TargetMode="External"/>'
        for identity, address in package.links.items()
    )
    styles = [*roles.HEADINGS, roles.WORTLAUT, *(style for style, _ in box_styles())]
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": etree.tostring(package.document, encoding="unicode"),
        "word/numbering.xml": _numbering(),
        "word/styles.xml": f'<w:styles xmlns:w="{W}">'
        + "".join(_style("paragraph", name) for name in styles)
        + "".join(_style("character", name) for name in (roles.WORTLAUT, roles.FETT, roles.KURSIV))
        + "</w:styles>",
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return packed.getvalue()


def _style(kind: str, name: str) -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/></w:style>'


def _numbering() -> str:
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>' for level in range(MAX_LEVEL + 1))
        + "</w:abstractNum>"
        for number, kind in ((BULLETS, "bullet"), (NUMBERS, "decimal"))
    )
    nums = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (BULLETS, NUMBERS)
    )
    return f'<w:numbering xmlns:w="{W}">{lists}{nums}</w:numbering>'


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _numbered(html: str) -> str:
    """Return the HTML with the marked numbers as start and type of its lists, split where the count jumps."""
    body = lxml.html.document_fromstring(f"<body>{html}</body>").find("body")
    for ordered in list(body.iter("ol")):
        _number(ordered)
    inner = "".join(lxml.html.tostring(child, encoding="unicode") for child in body)
    return _MARK.sub("", (body.text or "") + inner)


def _number(ordered: lxml.html.HtmlElement) -> None:
    current, expected, kind = ordered, None, None
    for item in list(ordered):
        mark = _MARK.match(item.text or "") or _MARK.match(next(item.itertext(), ""))
        if mark is None:
            continue
        number = int(mark[2])
        if expected is not None and (number, mark[1]) != (expected, kind):
            following = etree.Element("ol")
            current.addnext(following)
            following.extend([item, *item.itersiblings()])
            current, expected = following, None
        if expected is None:
            kind = mark[1]
            current.attrib.update({"start": str(number)} if number > 1 else {})
            current.attrib.update({"type": kind} if kind != "1" else {})
        expected = number + 1
