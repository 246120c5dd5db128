"""What belongs to the pages and not to the text: page numbers, and the header repeated on every page."""

import re
from dataclasses import dataclass

from weisungen.importing.labels import label_at
from weisungen.importing.lines import BULLET, Line, Span, lines_of
from weisungen.importing.source import Edit, Source
from weisungen.importing.title import TITLE_LINE, Title
from weisungen.verweise import joined_digits

_PAGE = r"Seite[ \t]+\d{1,4}(?:[ \t]*(?:von|/)[ \t]*\d{1,4})?"
_PAGE_LINE = re.compile(rf"^[ \t]*(?:{_PAGE}|[-–][ \t]*\d{{1,4}}[ \t]*[-–])[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LONE_NUMBER = re.compile(r"^[ \t]*(\d{1,3})[ \t]*$", re.MULTILINE)
_AFTER_NUMBER = re.compile(rf"[\s|,–-]*(?:vom[ ][\d. ]{{8,12}})?[\s|,–-]*(?:{_PAGE})?[\s|,–-]*", re.IGNORECASE)
_PAGE_AT_END = re.compile(rf"[\s|,–-]*+{_PAGE}\s*$", re.IGNORECASE)
# Lines that no text repeats word for word, so that a repetition is a page header.
_HEADER_ONLY = ("nummer", "geschaeftszeichen", "gueltig_ab", "gueltig_bis")
_HEADER_LINES = 60
_SPACE = re.compile(r"\s*+")
_BLANK_LINE_FIRST = re.compile(r"[ \t]*+\n[ \t]*+\n")
_SENTENCE_END = (".", ":", ";", "!", "?")
_BROKEN_LINE = 50  # characters; a shorter line without a full stop may be a heading or an item


@dataclass(frozen=True)
class Furniture:
    """The text without what belongs to the pages, and the places of that in the text before."""

    source: Source
    removed: list[Span]


def without_page_numbers(source: Source) -> Furniture:
    """Leave out page numbers, and the lines that stand next to every one of them."""
    pages = sorted([found.span() for found in _PAGE_LINE.finditer(source.text)] + _lone_numbers(source.text))
    return _without(source, sorted({*pages, *_beside_all(source.text, pages)}))


def without_repeated_header(source: Source, title: Title | None, first_section: int) -> Furniture:
    """Leave out the title line where it is repeated, with the lines of the header repeated after it."""
    if title is None:
        return Furniture(source, [])
    text = source.text
    removed: dict[Span, None] = {}
    done = title.end
    for found in TITLE_LINE.finditer(text, title.end):
        same = joined_digits(found["nummer"]) == title.digits(text) and found["typ"].lower() == title.typ.lower()
        if not same or found.start() < done:
            continue
        seen = _lines_seen(text, title.start, min(found.start(), first_section))
        for line in lines_of(text, found.start()):
            done = line.end
            if not (line.bare in seen or (line.start == found.start() and _is_repetition(line, found, title))):
                if line.bare:
                    break
                continue
            removed[(line.start, line.end)] = None
    removed |= dict.fromkeys(_repeated_labels(text, title, first_section))
    return _without(source, sorted(removed))


def _is_repetition(line: Line, found: re.Match[str], title: Title) -> bool:
    """True if nothing but number, date, page number or the words of the title stand on the line."""
    rest = line.text[found.end() - line.start :]
    beside = _AFTER_NUMBER.match(rest)
    words = " ".join(_PAGE_AT_END.sub("", rest[beside.end() :]).split()).strip(" *_")
    return title.text.startswith(words)


def _repeated_labels(text: str, title: Title, first_section: int) -> list[Span]:
    header = {line.bare for line in _header_lines(text, title.start, first_section) if _is_header_only(line)}
    return [
        (line.start, line.end)
        for line in lines_of(text, first_section)
        if line.bare in header and _is_header_only(line)
    ]


def _is_header_only(line: Line) -> bool:
    label = label_at(line)
    return label is not None and label.feld in _HEADER_ONLY and label.wert[0] < label.wert[1]


def _header_lines(text: str, start: int, end: int) -> list[Line]:
    return [line for _, line in zip(range(_HEADER_LINES), lines_of(text, start, end), strict=False)]


def _lines_seen(text: str, start: int, end: int) -> set[str]:
    return {line.bare for line in _header_lines(text, start, end) if line.bare}


def _lone_numbers(text: str) -> list[Span]:
    """Numbers alone on their lines, if they count the pages: 1, 2, 3 … or from 2 on."""
    found = list(_LONE_NUMBER.finditer(text))
    numbers = [int(number[1]) for number in found]
    counts = bool(numbers) and numbers[0] in (1, 2) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return [number.span() for number in found] if counts else []


def _beside_all(text: str, pages: list[Span]) -> list[Span]:
    """The running head or foot: a line right above every page number, or right below, word for word the same."""
    if len(pages) < 2:
        return []
    beside: list[Span] = []
    above = [_line(text, start - 1) for start, _ in pages]
    below = [_line(text, end + 1) for _, end in pages]
    for lines in (above, below):
        words = {line.bare for line in lines if line and not TITLE_LINE.match(line.text)}
        if len(words) == 1 and all(line and line.bare for line in lines):
            beside += [(line.start, line.end) for line in lines if line]
    return beside


def _line(text: str, at: int) -> Line | None:
    """The line in which position `at` lies."""
    if not 0 <= at < len(text):
        return None
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = end if end >= 0 else len(text)
    return Line(text[start:end], start, end)


def _without(source: Source, removed: list[Span]) -> Furniture:
    """The text without the given lines (in order); a sentence that they divide is put together again."""
    text = source.text
    gaps: list[Span] = []
    for start, end in removed:
        done = gaps[-1][1] if gaps else 0
        left = done + len(text[done:start].rstrip())
        right = _SPACE.match(text, end).end()
        gaps[-1:] = [(gaps[-1][0], right)] if gaps and left <= done else [*gaps[-1:], (left, right)]
    edits = [Edit(left, right, _glue(text, left, right)) for left, right in gaps]
    return Furniture(source.edited(edits) if edits else source, removed)


def _glue(text: str, left: int, right: int) -> str:
    """What stands for the lines left out: one line break inside a sentence or a list, else an empty line."""
    blank_beside = _BLANK_LINE_FIRST.match(text, left, right) or text[left:right].rstrip(" \t").endswith("\n\n")
    return "\n\n" if blank_beside and not _divides_sentence(text, left, right) else "\n"


def _divides_sentence(text: str, left: int, right: int) -> bool:
    """True if the line before goes on in the line after: it has no end, and is as long as a line that was broken."""
    before, after = _line(text, left - 1), _line(text, right)
    if not before or not after or before.text.endswith(_SENTENCE_END) or before.text.startswith("#"):
        return False
    goes_on = after.text[:1].islower() or after.text[:1].isdigit()
    broken = len(before.text) >= _BROKEN_LINE and not before.text.endswith("**")
    return (goes_on or broken) and not BULLET.match(after.text) and not after.text.startswith(("#", "|"))
