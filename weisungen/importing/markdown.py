"""Published text, Markdown or plain, as Markdown that says what is a list, an item, a heading.

Plain text marks its lists with `•`, `–` or `a)`, which Markdown does not know; and Markdown sees lists and emphasis
where German prose means none (`12. Mai`, `Kund*innen`). Letters leave this module as `1)`, numbers as `1.`, so that
the two kinds of list can be told apart afterwards.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from weisungen.dates import MONTH_NAMES

_BULLET = re.compile(r"(?P<indent>[ \t]*)[•·▪◦●‣➢►\uf0b7\uf0a7][ \t]*(?P<words>.*)")
_DASH = re.compile(r"(?P<indent>[ \t]*)[–—][ \t]+(?P<words>\S.*)")
_LETTER = re.compile(r"(?P<indent>[ \t]*)(?P<letter>[a-z])\)[ \t]+(?P<words>\S.*)")
_NUMBER = re.compile(r"(?P<indent>[ \t]*)(?P<number>\d{1,9})(?P<mark>[.)])(?P<words>[ \t]+\S.*|[ \t]*)")
_NUMBERED_HEADING = re.compile(r"\d\.\d{1,2}(?:\.\d{1,2})?\.?[ \t]+[A-ZÄÖÜ„].{0,160}")
_HEADING_LINES = 2
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]|[a-z]\))[ \t]")
_WORD_STAR = re.compile(r"(?<=\w)\*(?=\w)")
# A bracket that opens no link; the parser would look for the end of a link from every single one of them.
_BRACKET = re.compile(r"(?<!\\)\[(?![^\[\]\n]{0,300}\]\()")
_MONTH = re.compile(rf"[ \t]+(?:{MONTH_NAMES})\b")
_SENTENCE_END = (".", ",", ";", ":", "!", "?")


@dataclass
class _Counting:
    """The numbers and letters (a is 1) that the lists of a text have come to."""

    numbers: set[int] = field(default_factory=set)
    letters: set[int] = field(default_factory=set)


def as_markdown(text: str) -> str:
    """`text` with its lists and headings in Markdown's own marks; no word is added or left out."""
    lines = _headings_marked(_bullets_with_words(text.split("\n")))
    counting = _Counting()
    result: list[str] = []
    in_dash_list = False
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        dash = _DASH.fullmatch(line)
        in_dash_list = _in_dash_list(line, before, in_dash_list)
        line = f"{dash['indent']}- {dash['words']}" if dash and in_dash_list else _item(line, counting)
        result.append(_BRACKET.sub(r"\\[", _WORD_STAR.sub(r"\\*", line)))
    return "\n".join(result)


def _in_dash_list(line: str, before: str, so_far: bool) -> bool:
    """True in a list of dashes: after an empty line or a colon, or indented below an item; else a pause in prose."""
    dash = _DASH.fullmatch(line)
    apart = not before.strip() or before.rstrip().endswith(":")
    below = bool(dash) and len(dash["indent"]) > 1 and _ITEM.match(before) is not None
    return bool(line.strip()) and (so_far or (bool(dash) and (apart or below)))


def _bullets_with_words(lines: list[str]) -> list[str]:
    """Bullets as `- `; a bullet that stands alone on its line gets the words of the next one."""
    result: list[str] = []
    waiting: str | None = None
    for line in lines:
        bullet = _BULLET.fullmatch(line)
        if waiting is not None and line.strip() and not bullet:
            result.append(f"{waiting}- {line.strip()}")
            waiting = None
        elif bullet and not bullet["words"].strip():
            waiting = bullet["indent"]
        elif waiting is None or line.strip():
            result.append(f"{bullet['indent']}- {bullet['words']}" if bullet else line)
    return result


def _headings_marked(lines: list[str]) -> list[str]:
    """The lines with `###` before a paragraph like `2.1 Anlass` of one or two lines that does not end as a sentence."""
    result: list[str] = []
    for paragraph in _paragraphs(lines):
        words = " ".join(line.strip() for line in paragraph)
        is_heading = len(paragraph) <= _HEADING_LINES and _NUMBERED_HEADING.fullmatch(words)
        result += [f"### {words}"] if is_heading and not words.endswith(_SENTENCE_END) else paragraph
    return result


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """The lines in groups; each empty line is a group of its own."""
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        if blank:
            yield from ([line] for line in group)
        else:
            yield list(group)


def _item(line: str, counting: _Counting) -> str:
    if letter := _LETTER.fullmatch(line):
        place = ord(letter["letter"]) - ord("a") + 1
        if _goes_on(counting.letters, place):
            return f"{letter['indent']}{place}) {letter['words']}"
    elif number := _NUMBER.fullmatch(line):
        if not _MONTH.match(number["words"]) and _goes_on(counting.numbers, int(number["number"])):
            return f"{number['indent']}{number['number']}.{number['words']}"
        return f"{number['indent']}{number['number']}\\{number['mark']}{number['words']}"
    return line


def _goes_on(counted: set[int], number: int) -> bool:
    """True if a list begins with this number or has come to it; else it is no list (`27. Woche`)."""
    if number != 1 and number - 1 not in counted:
        return False
    counted.add(number)
    return True
