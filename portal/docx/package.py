"""The parts of a document by what they are: their relationships, as Open Packaging Conventions have them."""

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from portal.docx.refusal import DocxRefused, damaged
from portal.docx.xmlparts import W, read_part

_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_NO_WORD = "Die Datei ist kein Word-Dokument (.docx)."


@dataclass
class Package:
    """The trees that are read. links: id → address of external hyperlinks; related: parts by the name of their kind."""

    document: etree._Element
    links: dict[str, str] = field(default_factory=dict)
    related: dict[str, list[etree._Element]] = field(default_factory=dict)

    def part(self, name: str) -> etree._Element | None:
        """Return the one part of this kind ("styles", "footnotes" …), if there is one."""
        return next(iter(self.related.get(name, [])), None)


def read_package(parts: dict[str, bytes]) -> Package:
    """Return the document with what belongs to it. Raises DocxRefused for other kinds of files, and for macros."""
    if "META-INF/manifest.xml" in parts and _CONTENT_TYPES not in parts:
        raise DocxRefused("Das ist ein OpenDocument-Text; bitte als .docx speichern.")
    if _CONTENT_TYPES not in parts:
        raise DocxRefused(_NO_WORD)
    types = {element.get("ContentType", "").lower() for element in read_part(parts[_CONTENT_TYPES]).iter(f"{_TYPES}*")}
    if any("macroenabled" in name or "vbaproject" in name for name in types):
        raise DocxRefused("Das Dokument enthält Makros; bitte ohne Makros als .docx speichern.")
    name = _main_part(parts)
    if name not in parts:
        raise DocxRefused(_NO_WORD)
    package = Package(read_part(parts[name]))
    if package.document.tag != f"{{{W}}}document" or package.document.find(f"{{{W}}}body") is None:
        raise DocxRefused(_NO_WORD)
    folder, base = posixpath.split(name)
    for identity, kind, target, external in _relationships(parts, f"{folder}/_rels/{base}.rels"):
        path = _resolved(folder, target)
        if external:
            package.links |= {identity: target} if kind == "hyperlink" else {}
        elif path in parts and path != name:
            package.related.setdefault(kind, []).append(read_part(parts[path]))
    return package


def _main_part(parts: dict[str, bytes]) -> str:
    """Return the name of the main part: usually word/document.xml, in some editions word/document2.xml."""
    for _, kind, target, external in _relationships(parts, "_rels/.rels"):
        if kind == "officeDocument" and not external and _resolved("", target) in parts:
            return _resolved("", target)
    return "word/document.xml"


def _relationships(parts: dict[str, bytes], name: str) -> list[tuple[str, str, str, bool]]:
    """Return id, last word of the type, target, and whether it lies outside."""
    if name not in parts:
        return []
    found = []
    for element in read_part(parts[name]).iter(_RELATIONSHIP):
        identity, kind, target = (element.get(key) for key in ("Id", "Type", "Target"))
        if identity is None or kind is None or target is None:
            raise damaged()
        found.append((identity, kind.rpartition("/")[2], target, element.get("TargetMode") == "External"))
    return found


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
