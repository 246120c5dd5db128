"""How a parsed text is brought into the schema of `portal.text`: names, attributes, links, structure.

Everything here changes the given lxml tree in place. Safety does not rest on this module (nh3 follows);
it keeps the words of pasted foreign markup and leaves a structure that can be tagged for PDF/UA.
"""

import re
import unicodedata

import lxml.html
from lxml import etree

MAX_SPAN = 20

ATTRIBUTES = {
    "a": {"href"},
    "aside": {"data-art"},
    "ol": {"start", "type"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
INLINE = {"strong", "em", "a", "q"}
TAGS = {"h2", "h3", "h4", "p", "br", "ul", "li", "table", "caption", "thead", "tbody", "tr", *ATTRIBUTES, *INLINE}
URL_SCHEMES = {"http", "https", "mailto", "tel"}

_WORDS = {
    "type": {"1", "a", "A", "i", "I"},
    "scope": {"row", "col", "rowgroup", "colgroup"},
    "data-art": {"hinweis", "achtung", "gespraechsbaustein"},
}
_BLOCKS = TAGS - INLINE - {"br"}
_SYNONYMS = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "tfoot": "tbody"}
# Their content is no prose.
# fmt: off
_DROPPED = (
    "applet", "audio", "canvas", "embed", "frameset", "head", "iframe", "math", "noembed", "noframes", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp",
)
# Foreign blocks become paragraphs, so that their words do not run into the neighbours'.
_FOREIGN_BLOCKS = {
    "address", "article", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption",
    "figure", "footer", "form", "header", "hgroup", "hr", "legend", "listing", "main", "menu", "nav", "option", "pre",
    "section", "summary",
}
# fmt: on
_PARENTS = {
    "li": {"ul", "ol"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tr": {"table", "thead", "tbody"},
    "th": {"tr"},
    "td": {"tr"},
}
_UNWRAP = "auswickeln"  # name for elements of which only the content stays
_PHRASE_PARENTS = {"p", "h2", "h3", "h4", *INLINE}

_LINK = re.compile(r"(?:https?://[^/?#]|mailto:.|tel:.|#|/(?!/))", re.IGNORECASE)
# Control characters, byte order mark, direction marks: no meaning in German text, mostly left over from pasting.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\ufeff\ufffe\uffff]")


class TextRefused(ValueError):
    """A text that the portal does not accept; the message is one German sentence fit for the user."""


def reduce(body: lxml.html.HtmlElement) -> None:
    """Bring the tree below `body` into the schema; raises TextRefused for links that are not allowed."""
    etree.strip_elements(body, *_DROPPED, with_tail=False)
    etree.strip_tags(body, etree.Comment, etree.ProcessingInstruction, etree.Entity)
    _normalise_words(body)  # lxml would not let us move control characters
    _rename(body)
    for element in body.iterdescendants():
        _keep_attributes(element)
    _repair_parents(body)
    _drop_empty(body)
    _wrap_loose_words(body)
    _normalise_words(body)  # once more: unwrapping has joined words


def _rename(body: lxml.html.HtmlElement) -> None:
    for element in body.iterdescendants():
        name = element.tag.lower()
        if name in _FOREIGN_BLOCKS:
            element.tag = "p"  # taken back by _repair_parents where it holds blocks itself
        elif name not in TAGS:
            element.tag = _SYNONYMS.get(name, _UNWRAP)
        if (element.tag == "a" and not element.get("href", "").strip()) or (
            element.tag == "aside" and element.get("data-art") not in _WORDS["data-art"]
        ):
            element.tag = _UNWRAP
    etree.strip_tags(body, _UNWRAP)


def _keep_attributes(element: lxml.html.HtmlElement) -> None:
    kept = {}
    for name in ATTRIBUTES.get(element.tag, ()):
        value = element.get(name)
        if value is not None and (value := _attribute(name, value)):
            kept[name] = value
    element.attrib.clear()
    element.attrib.update(sorted(kept.items()))


def _attribute(name: str, value: str) -> str:
    """Return the value as it may stay, or "" for an attribute that says nothing."""
    if name == "href":
        return _link(value)
    if name in ("colspan", "rowspan", "start"):
        digits = re.fullmatch(r"\s*0*([1-9][0-9]{0,8})\s*", value, re.ASCII)
        number = int(digits[1]) if digits else 1
        return str(min(number, MAX_SPAN if name != "start" else 9999)) if number > 1 else ""
    return value if value in _WORDS[name] else ""


def _link(value: str) -> str:
    """Return the link as browsers understand it (they drop tabs and line breaks); raises TextRefused."""
    link = unicodedata.normalize("NFC", _INVISIBLE.sub("", re.sub(r"[\t\r\n]", "", value)).strip())
    # Browsers read the backslash as a slash: /\host is another host, too.
    if "\\" in link or not _LINK.match(link):
        raise TextRefused(
            f"Der Link „{link[:80]}“ ist nicht erlaubt; möglich sind https://, http://, mailto:, tel:, "
            "Pfade mit / am Anfang und Sprungmarken mit #."
        )
    return link


def _repair_parents(body: lxml.html.HtmlElement) -> None:
    """Give list items and table parts without their list or table, and phrases around blocks, another form."""
    for element in body.iterdescendants():
        if element.tag in _PARENTS and element.getparent().tag not in _PARENTS[element.tag]:
            element.tag = "p"
    around_blocks = set()
    for element in body.iterdescendants(*_BLOCKS):
        around_blocks.update(parent for parent in element.iterancestors() if parent.tag in _PHRASE_PARENTS)
    for element in around_blocks:
        element.tag = _UNWRAP
    etree.strip_tags(body, _UNWRAP)


def _drop_empty(body: lxml.html.HtmlElement) -> None:
    """Remove blocks without words: an empty heading or list item is a fault for screen readers. Cells may be empty."""
    for element in reversed(list(body.iterdescendants())):
        if element.tag in ("br", "td", "th") or element.text_content().strip():
            continue
        if element.tag in INLINE:
            element.tag = _UNWRAP  # its blank or line break may separate words
        elif next(element.iter("td", "th"), None) is None:
            element.drop_tree()
    etree.strip_tags(body, _UNWRAP)


def _wrap_loose_words(body: lxml.html.HtmlElement) -> None:
    """Put words that stand directly in the text, in a box or in a list into paragraphs and list items."""
    for parent in [body, *body.iter("aside")]:
        _wrap(parent, "p", _BLOCKS)
    for parent in list(body.iter("ul", "ol")):
        _wrap(parent, "li", {"li"})


def _wrap(parent: lxml.html.HtmlElement, wrapper_tag: str, blocks: set[str]) -> None:
    children = list(parent)
    wrapper = None
    if (parent.text or "").strip():
        wrapper = etree.Element(wrapper_tag)
        wrapper.text = parent.text
        parent.insert(0, wrapper)
    parent.text = None
    for child in children:
        if child.tag in blocks:
            wrapper = None
            words, child.tail = child.tail, None
            if (words or "").strip():
                wrapper = etree.Element(wrapper_tag)
                wrapper.text = words
                child.addnext(wrapper)
        else:
            before = child.getprevious()
            if wrapper is None and child.tag in ("ul", "ol") and before is not None and before.tag == "li":
                wrapper = before  # a list directly in a list belongs to the item before it
            if wrapper is None:
                wrapper = etree.Element(wrapper_tag)
                child.addprevious(wrapper)
            wrapper.append(child)


def _normalise_words(body: lxml.html.HtmlElement) -> None:
    """NFC on text nodes, before serialising: in the markup a `>` and U+0338 after it would melt into one sign (≯)."""
    for element in body.iter():
        for part in ("text", "tail"):
            words = getattr(element, part)
            if words and (not words.isascii() or _INVISIBLE.search(words)):
                visible = _INVISIBLE.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
                setattr(element, part, unicodedata.normalize("NFC", visible).lstrip("\u0338"))
