"""The text to read, tidied for the rules, with a way back to the words of the file it came from.

Rules work on tidy text (composed umlauts, plain spaces, `\\n`); evidence quotes the file. An edit therefore never
loses its origin: each `Source` knows which part of its predecessor every piece of its text stands for.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from weisungen.importing.proposal import Beleg

# What clipboard, converter and PDF put beside the letters. Soft hyphens swallow the line break after them.
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
_LINE_BREAKS = "\r\n?|[\u000b\u000c\u0085\u2028\u2029]"
_LIGATURES = "\ufb00-\ufb06"
# At most eight combining marks at once: putting more of them in order takes time that grows with their square.
_UNTIDY = re.compile(
    f"\u00ad[ \t]*(?:\r\n?|\n)?|&nbsp;|[{_INVISIBLE}]|{_LINE_BREAKS}|[{_LIGATURES}]|[^\\W\\d_][\u0300-\u036f]{{1,8}}"
)
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_DASHES = {0x2010: "-", 0x2011: "-"}
_ONE_TO_ONE = _SPACES | _DASHES


@dataclass(frozen=True)
class Edit:
    """Replace `text[start:end]` by `instead`."""

    start: int
    end: int
    instead: str = ""


@dataclass(frozen=True)
class Source:
    """A state of the text; `parent` is the state it was made from, None for the text as given."""

    text: str
    parent: "Source | None" = None
    # Pieces in order: where each begins in `text`, and the part of the parent's text it stands for.
    _begins: list[int] = field(default_factory=list, repr=False)
    _origins: list[tuple[int, int]] = field(default_factory=list, repr=False)

    @cached_property
    def original(self) -> str:
        """The text as given."""
        return self.text if self.parent is None else self.parent.original

    def edited(self, edits: Iterable[Edit]) -> "Source":
        """A new state with `edits` (in order, not overlapping) applied."""
        parts: list[str] = []
        begins: list[int] = []
        origins: list[tuple[int, int]] = []
        length = done = 0
        for edit in [*edits, Edit(len(self.text), len(self.text))]:
            kept = (self.text[done : edit.start], (done, edit.start))
            for part, origin in (kept, (edit.instead, (edit.start, edit.end))):
                if part:
                    parts.append(part)
                    begins.append(length)
                    origins.append(origin)
                    length += len(part)
            done = edit.end
        return Source("".join(parts), self, begins, origins)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The part of the text as given that `text[start:end]` stands for."""
        if self.parent is None:
            return start, end
        if start >= end:  # nothing: the place where it would stand
            at = self._place_in_parent(start)
            return self.parent.origin(at, at)
        return self.parent.origin(*self.in_parent(start, end))

    def in_parent(self, start: int, end: int) -> tuple[int, int]:
        """The part of the parent's text that `text[start:end]` (not empty) stands for."""
        return self._parent_span(start)[0], self._parent_span(end - 1)[1]

    def from_parent(self, at: int) -> int:
        """Where position `at` of the parent's text is in this one; for a place left out, where it would stand."""
        piece = bisect_right(self._origins, (at, len(self.parent.text) + 1)) - 1
        if piece < 0:
            return 0
        begin, (start, _) = self._begins[piece], self._origins[piece]
        following = self._begins[piece + 1] if piece + 1 < len(self._begins) else len(self.text)
        return min(begin + at - start, following)

    def places_of(self, span: tuple[int, int]) -> tuple[int, int]:
        """The part of this text that stands for a part of the parent's."""
        return self.from_parent(span[0]), self.from_parent(span[1])

    def _place_in_parent(self, at: int) -> int:
        if at < len(self.text):
            return self._parent_span(at)[0]
        return self._parent_span(at - 1)[1] if self.text else 0

    def _parent_span(self, at: int) -> tuple[int, int]:
        piece = bisect_right(self._begins, at) - 1
        begin, (start, end) = self._begins[piece], self._origins[piece]
        following = self._begins[piece + 1] if piece + 1 < len(self._begins) else len(self.text)
        if following - begin == end - start:  # copied character by character
            return start + at - begin, start + at - begin + 1
        return start, end

    def beleg(self, start: int, end: int) -> Beleg:
        """The words of the given text that `text[start:end]` stands for, without the space around them."""
        part = self.text[start:end]
        start, end = start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))
        first, last = self.origin(start, max(start, end))
        return Beleg(self.original[first:last], first)

    def line_number(self, at: int) -> int:
        """Number of the line (from 1) of the given text in which position `at` of this state lies."""
        before = self.original[: self.origin(at, at)[0]]
        return len(re.findall(f"{_LINE_BREAKS}|\n", before)) + 1


def tidy_source(quelltext: str) -> Source:
    """The given text in composed letters with plain spaces and line breaks, without invisible characters."""
    given = Source(quelltext)
    tidied = given.edited(Edit(found.start(), found.end(), _tidied(found[0])) for found in _UNTIDY.finditer(quelltext))
    return Source(tidied.text.translate(_ONE_TO_ONE), given, tidied._begins, tidied._origins)


def _tidied(untidy: str) -> str:
    if untidy[0] in "\u00ad" + _INVISIBLE:
        return ""
    if untidy == "&nbsp;":
        return " "
    if untidy[0].isspace():
        return "\n"
    return unicodedata.normalize("NFKC" if "\ufb00" <= untidy <= "\ufb06" else "NFC", untidy)
