"""Takes out of a document what the portal's text cannot hold, and counts it. Runs in the child, on the parsed tree."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from portal.docx.package import Package
from portal.docx.sentences import Leftovers
from portal.docx.xmlparts import is_on, remove, unwrap, value, w, words

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PROPERTIES = {w("rPr"), w("trPr"), w("tcPr"), w("numPr")}  # there, w:ins and w:del speak of the paragraph, row, cell
_KEPT_FORMATS = {w("b"), w("i"), w("rStyle")}
_GALLERY = "Table of Contents"


def take_out(package: Package, leftovers: Leftovers, is_allowed: Callable[[str], bool]) -> None:
    """Leave paragraphs, runs, tables and allowed links; `is_allowed` judges the address of a link."""
    body = package.document
    _take_out_changes(body, leftovers)
    _take_out_drawings(body, leftovers)
    _take_out_notes(package, leftovers)
    _unwrap_holders(body, leftovers)
    _take_out_runs(body, leftovers)
    _settle_links(package, leftovers, is_allowed)
    _settle_fields(body, leftovers, is_allowed)
    _tell_of_margins(package, leftovers)


def _attached(body: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the elements that are still in the tree when their turn comes."""
    for element in list(body.iter(*names)):
        if next(element.iterancestors(body.tag), None) is not None:
            yield element


def _take_out_changes(body: etree._Element, leftovers: Leftovers) -> None:
    """Tracked changes count as accepted."""
    etree.strip_elements(body, *(w(f"{part}PrChange") for part in ("r", "p", "tbl", "tr", "tc", "sect", "tblEx")))
    for element in _attached(body, w("del"), w("moveFrom")):
        if element.getparent().tag not in _PROPERTIES:
            leftovers.add("streichung")
            remove(element)
    for element in _attached(body, w("ins"), w("moveTo")):
        if element.getparent().tag not in _PROPERTIES:
            leftovers.add("einfuegung")
            unwrap(element)


def _take_out_drawings(body: etree._Element, leftovers: Leftovers) -> None:
    for element in _attached(body, f"{_MC}AlternateContent"):
        choice = next((child for child in element if child.tag == f"{_MC}Choice"), element)
        if any(True for _ in choice.iter(w("drawing"), w("pict"), w("object"))):
            _take_out_drawing(element, choice, leftovers)
        else:
            fallback = next((child for child in element if child.tag == f"{_MC}Fallback"), None)
            unwrap(element, fallback if fallback is not None else choice)
    for element in _attached(body, w("drawing"), w("pict"), w("object")):
        _take_out_drawing(element, element, leftovers)
    for element in _attached(body, f"{_MATH}oMath"):
        leftovers.add("formel")
        remove(element)


def _take_out_drawing(element: etree._Element, shown: etree._Element, leftovers: Leftovers) -> None:
    boxes = [box for box in shown.iter(w("txbxContent")) if next(box.iterancestors(w("txbxContent")), None) is None]
    is_line = any(rect.get("{urn:schemas-microsoft-com:office:office}hr") for rect in shown.iter(f"{_VML}rect"))
    for box in boxes:
        leftovers.add("textfeld", words(box))
    if element.tag == w("object"):
        leftovers.add("objekt")
    elif not boxes and not is_line:
        leftovers.add("bild")
    remove(element)


def _take_out_notes(package: Package, leftovers: Leftovers) -> None:
    for kind, part in (("fussnote", "footnotes"), ("endnote", "endnotes")):
        root, name = package.part(part), part.removesuffix("s")
        notes = {note.get(w("id")): note for note in (root.iter(w(name)) if root is not None else ())}
        for reference in _attached(package.document, w(f"{name}Reference")):
            note = notes.get(reference.get(w("id")))
            leftovers.add(kind, words(note) if note is not None else "")
            remove(reference)
    for reference in _attached(package.document, w("commentReference")):
        leftovers.add("kommentar")
        remove(reference)


def _unwrap_holders(body: etree._Element, leftovers: Leftovers) -> None:
    """Content controls, smart tags, simple fields: what they hold stays; a table of contents does not."""
    for element in _attached(body, w("sdt")):
        content, properties = element.find(w("sdtContent")), element.find(w("sdtPr"))
        gallery = value(properties, "docPartObj/docPartGallery")
        if gallery == _GALLERY:
            leftovers.add("inhaltsverzeichnis")
        if gallery == _GALLERY or content is None:
            remove(element)
        else:
            unwrap(element, content)
    for element in _attached(body, w("customXml"), w("smartTag"), w("bdo"), w("dir")):
        remove_properties = element.find(w("customXmlPr")), element.find(w("smartTagPr"))
        for properties in remove_properties:
            if properties is not None:
                remove(properties)
        unwrap(element)
    for element in _attached(body, w("fldSimple")):
        leftovers.add("feld")
        unwrap(element)


def _take_out_runs(body: etree._Element, leftovers: Leftovers) -> None:
    """Hidden runs go; formats that the text does not know are counted, for a line through words has a meaning."""
    for run in _attached(body, w("r")):
        properties = run.find(w("rPr"))
        if properties is None or not words(run):
            continue
        if is_on(properties.find(w("vanish"))):
            leftovers.add("verborgen", words(run))
            remove(run)
            continue
        if is_on(properties.find(w("strike"))) or is_on(properties.find(w("dstrike"))):
            leftovers.add("durchgestrichen", words(run))
        if value(properties, "vertAlign") in ("superscript", "subscript"):
            leftovers.add("hochtief", words(run))
        if is_on(properties.find(w("u"))) or is_on(properties.find(w("highlight"))):
            leftovers.add("unterstrichen")
    for run in body.iter(w("r")):
        for properties in run.iterchildren(w("rPr")):
            properties[:] = [property for property in properties if property.tag in _KEPT_FORMATS]
    etree.strip_elements(body, w("bookmarkStart"), w("bookmarkEnd"), w("proofErr"))


def _settle_links(package: Package, leftovers: Leftovers, is_allowed: Callable[[str], bool]) -> None:
    for link in _attached(package.document, w("hyperlink")):
        address = package.links.get(link.get(_R_ID, ""))
        if address is not None and is_allowed(address):
            # Word keeps the part behind # apart; mammoth would replace the one that the address may have.
            for name in ("anchor", "tgtFrame"):
                link.attrib.pop(w(name), None)
            continue
        leftovers.add("textmarke" if address is None else "link", words(link) if address is not None else "")
        unwrap(link)


def _settle_fields(body: etree._Element, leftovers: Leftovers, is_allowed: Callable[[str], bool]) -> None:
    """Complex fields: begin, instruction, separate, last value, end. Only links keep their instruction."""
    open_fields: list[list[etree._Element]] = []
    for element in _attached(body, w("fldChar"), w("instrText")):
        if element.tag == w("instrText"):
            if open_fields:
                open_fields[-1].append(element)
            continue
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append([])
        elif open_fields and kind in ("separate", "end"):
            _settle_field(open_fields[-1], leftovers, is_allowed)
            if kind == "end":
                open_fields.pop()
            else:
                open_fields[-1] = []


def _settle_field(parts: list[etree._Element], leftovers: Leftovers, is_allowed: Callable[[str], bool]) -> None:
    instruction = "".join(part.text or "" for part in parts).strip()
    if not instruction:
        return
    kind = instruction.split()[0].upper()
    link = re.match(r'HYPERLINK\s+(?:"([^"]*)"|([^\\"\s]\S*))', instruction)
    address = (link[1] or link[2] or "") if link else ""
    for part in parts:
        part.text = ""
    if link and is_allowed(address):
        parts[0].text = f'HYPERLINK "{address}"'  # without switches, which mammoth would take for the address
        return
    if kind == "HYPERLINK":
        leftovers.add("link" if link else "textmarke")
    elif kind == "FORMCHECKBOX":
        leftovers.add("kasten")
    elif kind not in ("TOC", "PAGEREF", "FORMTEXT", "FORMDROPDOWN"):
        leftovers.add("feld")


def _tell_of_margins(package: Package, leftovers: Leftovers) -> None:
    for kind, part in (("kopfzeile", "header"), ("fusszeile", "footer")):
        number = sum(bool(words(root)) for root in package.related.get(part, []))
        if number:
            leftovers.add(kind, number=number)
