"""Lines of a text with their places, and the marks of Markdown around their words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]

MARKS = " \t*_#>|"
RULE_LINE = re.compile(r"[ \t]*(?:[-*_=][ \t]*){3,}")
PLACEHOLDER = re.compile(r"[-–—][ \t]*[-–—]?|\./\.|(?:keine?|keiner|entfällt)\.?", re.IGNORECASE)
BULLET = re.compile(r"[ \t]*(?:[-–—*+•·▪◦●‣➢►\uf0b7\uf0a7][ \t]+|[a-z]\)[ \t]|\d{1,2}[.)][ \t])")


@dataclass(frozen=True)
class Line:
    """One line without its break; `start` and `end` are its place in the text."""

    text: str
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        """Nothing to read on it; the line below the head of a table counts as such."""
        return not self.text.strip(" \t|") or ("|" in self.text and not self.text.strip(" \t|:-"))

    @property
    def is_rule(self) -> bool:
        """A line that only draws a rule (`---`); `- -` is a placeholder and none."""
        return RULE_LINE.fullmatch(self.text) is not None

    @property
    def bare(self) -> str:
        """The words without marks of Markdown around them."""
        return self.text.strip(MARKS)


def lines_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of `text[start:end]`."""
    end = len(text) if end is None else end
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield Line(text[start:stop], start, stop)
        start = stop + 1


def trimmed(text: str, start: int, end: int, marks: str = MARKS) -> Span:
    """`start, end` without the marks and spaces at both ends."""
    part = text[start:end]
    left = len(part) - len(part.lstrip(marks + "\n"))
    right = len(part) - len(part.rstrip(marks + "\\\n"))
    return (start + left, end - right) if left + right < len(part) else (start, start)


def joined(parts: list[str]) -> str:
    """Lines as one text; a word or number divided by a hyphen at the line end is put together."""
    text = ""
    for part in (" ".join(part.split()) for part in parts):
        if re.search(r"\w-$", text) and re.match(r"[a-zäöüß]", part) and not re.match(r"(?:und|oder|bzw)\b", part):
            text = text[:-1] + part
        else:
            text = f"{text} {part}" if text else part
    return text


def unmarked(text: str) -> str:
    """`text` as it reads without the Markdown in it: emphasis, links, escapes."""
    text = re.sub(r"\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)", r"\1", text)
    text = re.sub(r"\*{2,3}|__", "", text)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
