"""The line that names the document: `Weisung 202305004 vom 12.05.2023 – Titel`."""

import re
from dataclasses import dataclass

from weisungen.dates import PRINTED_DATE
from weisungen.importing.labels import label_at
from weisungen.importing.lines import MARKS, Line, Span, joined, lines_of, trimmed, unmarked
from weisungen.verweise import LAUFENDE_NUMMER, joined_digits, typ_of

TITLE_LINE = re.compile(
    r"^[ \t#*_>|]*+(?P<typ>Weisung|Information|(?P<hega>HEGA))[ \t]*+(?:Nr\.?[ \t]*+)?"
    rf"(?P<nummer>{LAUFENDE_NUMMER}|\d[\d/-]{{3,}})",
    re.IGNORECASE | re.MULTILINE,
)
_VOM = re.compile(r",?\s*(?:vom|v\.)\s*", re.IGNORECASE)
_BEFORE_TITLE = re.compile(r"[\s*_#>|–—:-]*")
_MAX_LINES = 6


@dataclass(frozen=True)
class Title:
    """What the title line says, with the places of its parts; a part that is missing is an empty place."""

    typ: str
    nummer: Span
    datum: Span
    titel: Span
    start: int
    end: int
    text: str  # of the title, in one line

    def digits(self, text: str) -> str:
        return joined_digits(text[slice(*self.nummer)])


def find_title(text: str, before: int) -> Title | None:
    """The first title line that stands before position `before`, where the sections begin."""
    found = TITLE_LINE.search(text, 0, before)
    return _read(text, found, before) if found and not found["hega"] else None


def _read(text: str, found: re.Match[str], before: int) -> Title:
    at = found.end()
    datum = (at, at)
    vom = _VOM.match(text, at)
    if vom and (printed := PRINTED_DATE.match(text, vom.end())):
        datum = printed.span()
        at = printed.end()
    block = _block(text, at, before)
    if not block:
        return Title(typ_of(found["typ"]), found.span("nummer"), datum, (at, at), found.start(), at, "")
    start = _BEFORE_TITLE.match(text, block[0].start).end()
    words = [unmarked(line.text[max(0, start - line.start) :].strip(MARKS)) for line in block]
    titel = trimmed(text, start, block[-1].end)
    return Title(typ_of(found["typ"]), found.span("nummer"), datum, titel, found.start(), block[-1].end, joined(words))


def _block(text: str, at: int, before: int) -> list[Line]:
    """The lines of the title from `at` on; if its line ends there, the paragraph after it."""
    block: list[Line] = []
    for line in lines_of(text, at, min(before, at + 3000)):
        if line.bare and (line.is_rule or label_at(line) is not None):
            break
        if line.bare.strip("–—:-"):
            block.append(line)
        if len(block) == _MAX_LINES or (block and line.is_blank):
            break
    return block
