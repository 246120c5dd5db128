"""The text of a section as clean rich text (schema of `portal.text`)."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portal.text import clean
from weisungen.importing.markdown import as_markdown

_HEADING_WORDS = 200
_NUMBERED = re.compile(r"\d+\.\d+(?P<deeper>\.\d+)?")
_LETTERED = re.compile(r"[a-z]\)")
_BOLD_AS_LEVEL = 7  # below every heading that is marked as one
_MAX_NESTING = 110  # more than clean() takes: the parser would leave out deeper text without a word, clean() refuses it
_LINE_BREAK_TAG = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
# What may stand in an address that `portal.text` takes; others lose the link and keep their words.
_LINK = re.compile(r"(?:https?://[^/?#\\]|mailto:.|tel:.|#|/(?!/))[^\\]*", re.IGNORECASE)


def _parser() -> MarkdownIt:
    # Without the rules that would swallow words of plain text or make a heading of a paragraph.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING}).enable("table")
    return parser.disable(
        ["code", "fence", "blockquote", "html_block", "html_inline", "reference", "lheading", "backticks", "image"]
    )


_PARSER = _parser()


def rich_text(text: str) -> str:
    """Published text as clean HTML; headings become h3 and h4, whatever their level was.

    Raises portal.text.TextRefused for text that is too large or too deep.
    """
    tokens = list(_reshaped(_PARSER.parse(as_markdown(text))))
    _set_levels(tokens)
    _tighten(tokens)
    return clean(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def _reshaped(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without rules; lettered lists marked as such, bold lines of their own as headings."""
    for place, token in enumerate(tokens):
        if token.type == "hr":
            continue
        if token.type == "ordered_list_open" and token.markup == ")":
            token.attrSet("type", "a")
        if token.type == "inline":
            token.children = list(_inline(token.children or []))
        if token.type in ("th_open", "td_open"):
            token.attrs = {}
        if token.type.startswith("paragraph_") and token.level == 0:
            inline = tokens[place + 1] if token.nesting == 1 else tokens[place - 1]
            if _is_bold_line(inline):
                token.type = token.type.replace("paragraph", "heading")
                token.tag = f"h{_BOLD_AS_LEVEL}"
        yield token


def _inline(children: Sequence[Token]) -> Iterator[Token]:
    """Running text: line breaks of the source as spaces, `<br>` as a break, links that cannot stay as their words."""
    dropped: list[bool] = []
    for child in children:
        if child.type == "softbreak":
            child = Token("text", "", 0, content=" ")
        if child.type == "link_open":
            dropped.append(not _LINK.fullmatch(str(child.attrGet("href") or "")))
        if child.type in ("link_open", "link_close") and dropped[-1]:
            if child.type == "link_close":
                dropped.pop()
            continue
        if child.type == "link_close":
            dropped.pop()
        if child.type != "text":
            yield child
            continue
        for number, part in enumerate(_LINE_BREAK_TAG.split(child.content)):
            if number:
                yield Token("hardbreak", "br", 0)
            yield Token("text", "", 0, content=part)


def _is_bold_line(inline: Token) -> bool:
    """True if a paragraph is one bold line that does not end as a sentence does."""
    written = [child for child in inline.children or [] if child.type != "text" or child.content.strip()]
    if len(written) < 3 or written[0].type != "strong_open" or written[-1].type != "strong_close":
        return False
    once = sum(child.type == "strong_open" for child in written) == 1
    words = "".join(child.content for child in written)
    return once and len(words) <= _HEADING_WORDS and not words.rstrip().endswith((".", "!", "?", ";", ","))


def _set_levels(tokens: list[Token]) -> None:
    """Headings as h3 or h4: by their number (2.1, 2.1.1), a letter below a number, else by their level."""
    upper: int | None = None  # level in the source of the h3 before
    for place, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        inline, close = tokens[place + 1], tokens[place + 2]
        inline.children = _without_strong(inline.children or [])
        words = "".join(child.content for child in inline.children).strip()
        level = int(token.tag[1:])
        numbered = _NUMBERED.match(words)
        deeper = upper is not None and (
            bool(numbered["deeper"]) if numbered else bool(_LETTERED.match(words)) or level > upper
        )
        upper = upper if deeper else level
        token.tag = close.tag = "h4" if deeper else "h3"
        token.type, close.type = "heading_open", "heading_close"


def _without_strong(children: Sequence[Token]) -> list[Token]:
    return [child for child in children if child.type not in ("strong_open", "strong_close")]


def _tighten(tokens: list[Token]) -> None:
    """Items of one paragraph without the paragraph: a blank line between two items does not make both of them loose."""
    for place, token in enumerate(tokens):
        if token.type != "list_item_open":
            continue
        inside = []
        for at in range(place + 1, len(tokens)):
            other = tokens[at]
            if other.type == "list_item_close" and other.level == token.level:
                break
            if other.level == token.level + 1:
                inside.append(other)
        paragraphs = [other for other in inside if other.type in ("paragraph_open", "paragraph_close")]
        if len(paragraphs) == 2 and inside[0] is paragraphs[0]:
            for paragraph in paragraphs:
                paragraph.hidden = True
