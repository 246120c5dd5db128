"""What a style of Word means here: its role, found by its name, the style it is based on, or its outline level."""

import re
from dataclasses import dataclass

from lxml import etree

from portal.docx.xmlparts import is_on, value, w

# Roles of paragraphs and characters; they are the style names of the document that mammoth gets to read.
TITEL, U1, U2, U3, TEXT, WEG, UNBEKANNT = "Titel", "U1", "U2", "U3", "Text", "Weg", "Unbekannt"
HEADINGS = {TITEL, U1, U2, U3}
BOXES = {"Hinweis": "hinweis", "Achtung": "achtung", "Gespraechsbaustein": "gespraechsbaustein"}
WORTLAUT, FETT, KURSIV = "Wortlaut", "Fett", "Kursiv"

# Word keeps the English names of its own styles in every language; other programs translate them.
_PARAGRAPHS = {
    "title": TITEL,
    "titel": TITEL,
    "hinweis": "Hinweis",
    "achtung": "Achtung",
    "gesprächsbaustein": "Gespraechsbaustein",
    "gespraechsbaustein": "Gespraechsbaustein",
    "wortlaut": WORTLAUT,
    "zitat wortlaut": WORTLAUT,
    "toc heading": WEG,
    "inhaltsverzeichnisüberschrift": WEG,
}
_PLAIN = re.compile(
    "normal|normal [(]web[)]|normal indent|standard|standardeinzug|default( paragraph style)?|"
    "(body text|textkörper|textbody|text body)( .*)?|fließtext|"
    "list paragraph|listenabsatz|(list|liste)( continue)?( [2-5])?|listenfortsetzung( [2-5])?|"
    "no spacing|kein leerraum|caption|beschriftung|plain text|nur text|table (contents|heading)|tabelleninhalt"
)
_HEADING = re.compile("(?:heading|überschrift|ueberschrift) ?([1-9])")
_LIST = re.compile("(list number|listennummer|list bullet|aufzählungszeichen)(?: ([2-5]))?")
_CONTENTS = re.compile("(toc|verzeichnis|inhaltsverzeichnis) ?[1-9]")
_CHARACTERS = {
    "wortlaut": WORTLAUT,
    "zitat wortlaut": WORTLAUT,
    "strong": FETT,
    "fett": FETT,
    "emphasis": KURSIV,
    "hervorhebung": KURSIV,
}
_PLAIN_CHARACTERS = re.compile(
    "default paragraph font|absatz-standardschriftart|hyperlink|followedhyperlink|besuchter hyperlink|internet ?link|"
    "(foot|end)note (reference|characters|anchor)|fu(ß|ss)notenzeichen|annotation reference|kommentarzeichen|"
    "page number|line number|placeholder text|platzhaltertext|.* (zchn|char)"
)


@dataclass(frozen=True)
class Style:
    """The role of a style; `liste`: (ordered, level from 0) for styles that make list items by their name."""

    role: str
    name: str
    liste: tuple[bool, int] | None = None
    numbering: etree._Element | None = None
    is_deep: bool = False  # a heading below the third level


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        elements = root.iter(w("style")) if root is not None else ()
        self._elements: dict[tuple[str, str], etree._Element] = {}
        for element in elements:  # of several with one id the first counts (ECMA-376, 17.7.4.17)
            self._elements.setdefault((element.get(w("type"), ""), element.get(w("styleId"), "")), element)
        self._known: dict[tuple[str, str], Style] = {}

    def of_paragraph(self, identity: str | None) -> Style:
        """Return the style of a paragraph; without an id it is an ordinary one."""
        return self._style("paragraph", identity, _paragraph_role)

    def of_characters(self, identity: str | None) -> Style:
        """Return the style of a run."""
        return self._style("character", identity, _character_role)

    def _style(self, kind: str, identity: str | None, role_of) -> Style:
        if identity is None:
            return Style(TEXT, "")
        if (kind, identity) not in self._known:
            self._known[kind, identity] = self._read(kind, identity, role_of)
        return self._known[kind, identity]

    def _read(self, kind: str, identity: str, role_of) -> Style:
        chain = self._chain(kind, identity)
        own = (value(chain[0], "name") or identity) if chain else identity
        roles = [role_of((value(element, "name") or "").strip().casefold(), element) for element in chain]
        # What it is based on says what it means, unless that is only ordinary text.
        role, liste, is_deep = (
            (roles[0] if roles else role_of(identity.casefold(), None))
            or next((found for found in roles if found and found[0] != TEXT), None)
            or (UNBEKANNT, None, False)
        )
        path = f"{w('pPr')}/{w('numPr')}"
        numbering = next((element.find(path) for element in chain if element.find(path) is not None), None)
        return Style(role, own, liste, numbering, is_deep)

    def _chain(self, kind: str, identity: str | None) -> list[etree._Element]:
        """Return the style and those it is based on."""
        chain: list[etree._Element] = []
        while (element := self._elements.get((kind, identity or ""))) is not None and element not in chain:
            chain.append(element)
            identity = value(element, "basedOn")
        return chain


Role = tuple[str, tuple[bool, int] | None, bool]


def _paragraph_role(name: str, element: etree._Element | None) -> Role | None:
    if name in _PARAGRAPHS:
        return _PARAGRAPHS[name], None, False
    if heading := _HEADING.fullmatch(name):
        return _heading(int(heading[1]))
    if liste := _LIST.fullmatch(name):
        return "Liste", (liste[1] in ("list number", "listennummer"), int(liste[2] or 1) - 1), False
    if _CONTENTS.fullmatch(name):
        return WEG, None, False
    if _PLAIN.fullmatch(name):
        return TEXT, None, False
    level = value(element, "pPr/outlineLvl")
    return _heading(int(level) + 1) if level in set("012345678") else None


def _heading(level: int) -> Role:
    return [U1, U2, U3][min(level, 3) - 1], None, level > 3


def _character_role(name: str, element: etree._Element | None) -> Role | None:
    if name in _CHARACTERS:
        return _CHARACTERS[name], None, False
    if _PLAIN_CHARACTERS.fullmatch(name):
        return TEXT, None, False
    properties = element.find(w("rPr")) if element is not None else None
    for tag, role in (("b", FETT), ("i", KURSIV)):
        if properties is not None and is_on(properties.find(w(tag))):
            return role, None, False
    return None
