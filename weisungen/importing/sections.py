"""The six sections in their fixed order: where each begins, and which parts of the text belong to it."""

import re
from dataclasses import dataclass, field

from weisungen.abschnitte import TITEL
from weisungen.importing.lines import MARKS, Span

_SPELLINGS = {
    1: r"Ausgangs(?:situation|lage)",
    2: r"Auftrag[ \t]+(?:und|&)[ \t]+Ziele?",
    3: r"Einzelauftr(?:äge|ag)",
    4: r"Info(?:rmation(?:en)?)?s?",
    5: r"Haushalt",
    6: r"Beteiligung(?:en)?",
}
_TITLE = "|".join(f"(?P<t{number}>{spelling})" for number, spelling in _SPELLINGS.items())
# In plain text the number may stand on a line of its own. Possessive, so that a row of marks costs nothing.
_HEADING = re.compile(
    r"^(?P<marks>[ \t#*_>]*+)(?:(?P<nr>\d{1,2})[ \t]*+[.)]?[ \t*_]*+(?:\n[ \t*_]*+)?)?"
    rf"(?:{_TITLE})(?P<rest>(?![\w-]).*)$",
    re.IGNORECASE | re.MULTILINE,
)
_REST = re.compile(r"[ \t*_#]*+(?:[:–—-][ \t*_]*+(?P<inhalt>\S.*)?)?")


@dataclass(frozen=True)
class Heading:
    """A heading of a section: the number that its words mean, and the number printed before them (None if missing)."""

    nummer: int
    gedruckt: int | None
    titel: str
    start: int
    end: int  # where its text begins


@dataclass
class Section:
    """One section and the places of its text; there is more than one if its heading stands twice."""

    nummer: int
    titel: str
    start: int
    parts: list[Span] = field(default_factory=list)


def find_headings(text: str) -> list[Heading]:
    """The headings of sections, in the order of the text."""
    return [heading for found in _HEADING.finditer(text) if (heading := _heading(text, found))]


def _heading(text: str, found: re.Match[str]) -> Heading | None:
    nummer = next(number for number in TITEL if found[f"t{number}"])
    rest = _REST.fullmatch(found["rest"])
    if not rest or (found["nr"] is None and not _stands_apart(text, found, rest)):
        return None
    end = found.start("rest") + rest.start("inhalt") if rest["inhalt"] else found.end()
    start = found.start("nr") if found["nr"] else found.start(f"t{nummer}")
    printed = int(found["nr"]) if found["nr"] else None
    return Heading(nummer, printed, found[f"t{nummer}"], start, end)


def _stands_apart(text: str, found: re.Match[str], rest: re.Match[str]) -> bool:
    """True if words without a number are a heading: marked as one, or alone between blank lines.

    `Information` alone is a role in a header whose values stand in a second column.
    """
    if rest["inhalt"]:
        return False
    if found["marks"].strip(" \t>"):
        return True
    before = text[max(0, found.start() - 200) : found.start()].rstrip(" \t")[-2:]
    return before in ("\n\n", "") and found["t4"] not in ("Information", "Informationen")


def split_sections(text: str, headings: list[Heading]) -> list[Section]:
    """The sections in the order of their numbers; nothing between two headings is left out."""
    sections: dict[int, Section] = {}
    for place, heading in enumerate(headings):
        following = headings[place + 1] if place + 1 < len(headings) else None
        end = _line_start(text, following.start) if following else len(text)
        section = sections.setdefault(heading.nummer, Section(heading.nummer, heading.titel, heading.start))
        section.parts.append((heading.end, end))
    return [sections[number] for number in sorted(sections)]


def _line_start(text: str, at: int) -> int:
    start = text.rfind("\n", 0, at) + 1
    return start if not text[start:at].strip(MARKS) else at
