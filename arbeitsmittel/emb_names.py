"""Where the name of an EMB AH ends in running text: it is the one Art that has words instead of a number."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache

from arbeitsmittel.kennung import MAX_NAME, Art, Kennung, KennungInvalid, tidied
from arbeitsmittel.stand import Marker, bare_marker_in, marker_at

_LIMIT = MAX_NAME + 20  # white space of a broken line does not count


@dataclass(frozen=True)
class NameFound:
    """A name at text[start:end] (quotation marks included), and the marker behind it."""

    kennung: Kennung
    start: int
    end: int
    marker: Marker | None


class KnownNames:
    """The known names, found whatever their case, line breaks and kind of hyphen."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._patterns: dict[str, list[tuple[re.Pattern[str], str]]] = {}

    @cached_property  # most texts cite no EMB AH
    def _by_first_word(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for name in map(tidied, self._names):
            index.setdefault(_first_word(name), []).append(name)
        return index

    def longest_at(self, text: str, position: int) -> tuple[str, int] | None:
        """The longest known name that stands at `position`, and where it ends."""
        word = _WORD.match(text, position)
        first = _first_word(word[0]) if word else ""
        if first not in self._by_first_word:
            return None
        if first not in self._patterns:
            names = sorted(self._by_first_word[first], key=len, reverse=True)
            self._patterns[first] = [(_pattern(name), name) for name in names]
        for pattern, name in self._patterns[first]:
            if found := pattern.match(text, position):
                return name, found.end()
        return None


@lru_cache(maxsize=8)
def known_names(names: tuple[str, ...]) -> KnownNames:
    """The same names, ready for use: every page of a text that cites an EMB AH asks for them."""
    return KnownNames(names)


def name_at(text: str, position: int, stop: re.Pattern[str], known: KnownNames, *, first: bool) -> NameFound | None:
    """The name that begins at `position`; `stop` matches what cannot be part of one (the next citation).

    The `first` name after the series may stand without a marker and be unknown, a later one may not.
    """
    if quoted := _QUOTED.match(text, position):
        return _quoted_name(text, quoted, known, first=first)
    in_stock, in_stock_end = known.longest_at(text, position) or ("", position)
    if in_stock and _LIST_GOES_ON.match(text, in_stock_end):
        return _found(in_stock, position, in_stock_end, marker_at(text, in_stock_end))
    limit = _window_end(text, position, stop)
    if limit == position:
        return None
    end, marker = _end_by_marker(text, position, limit)
    if in_stock and end in (None, in_stock_end):
        return _found(in_stock, position, in_stock_end, marker)
    if not _CAPITAL.match(text, position) or not (first or marker):
        return None
    if end is None:
        end = _end_of_words(text, position, limit)
    return _found(text[position:end], position, end, marker)


_WORD = re.compile(r"\w{1,120}")
_CAPITAL = re.compile(r"[A-ZÄÖÜ0-9]")
_LIST_GOES_ON = re.compile(r"\s{0,20}[,;]")
_WINDOW = re.compile(rf"[^();:#|<>„“”\"»«]{{1,{_LIMIT}}}+")
_QUOTED = re.compile(rf"[„“\"»«](?P<name>[^();#|<>„“”\"»«]{{1,{_LIMIT}}}+)[“”\"«»]")
_SENTENCE_END = re.compile(r"\.\s+[A-ZÄÖÜ]")
_BROKEN_WORD = re.compile(r"(?<=[a-zäöüß])-[^\S\n]*\n\s*(?=[a-zäöüß])")
_HYPHEN = "[-‐‑–]"

# With one of these words the name goes on in the next line.
_OPEN_END = ("und", "oder", "der", "die", "des", "den", "dem", "zur", "zum", "von", "vom", "bei", "für", "im", "mit")
_FINITE_VERBS = (
    "wird|werden|wurden?|ist|sind|waren?|hat|haben|kann|können|muss|müssen|soll(?:en)?|gilt|gelten|enthält"
    "|regelt|beschreibt|bleibt|bleiben|entfällt|entfallen"
)
_VERB = re.compile(rf"\s(?:{_FINITE_VERBS})(?!\w)")
_STOP = re.compile(
    rf",|\.(?!\w)|\s[–—-]\s|\s(?:{_FINITE_VERBS})(?!\w)|" + "".join(rf"(?<!\s{word})" for word in _OPEN_END) + r"\n"
)
_LOOSE_WORDS = frozenset({*_OPEN_END, "sowie", "siehe", "bis"})
_LOOSE_MARKS = " \t\n\r\xa0\u202f/&–-"


def _quoted_name(text: str, quoted: re.Match[str], known: KnownNames, *, first: bool) -> NameFound | None:
    marker = marker_at(text, quoted.end())
    in_stock = known.longest_at(text, quoted.start("name"))
    whole = in_stock[0] if in_stock and in_stock[1] == quoted.end("name") else ""
    if not (first or marker or whole):
        return None
    return _found(whole or quoted["name"], quoted.start(), quoted.end(), marker)


def _window_end(text: str, position: int, stop: re.Pattern[str]) -> int:
    window = _WINDOW.match(text, position)
    end = window.end() if window else position
    cut = stop.search(text, position, end)
    return cut.start() if cut else end


def _end_by_marker(text: str, start: int, limit: int) -> tuple[int, Marker] | tuple[None, None]:
    """Where the name ends if a marker says so, and the marker."""
    bare = bare_marker_in(text, start, limit)
    end = bare.start if bare else start + len(text[start:limit].rstrip())
    marker = bare or marker_at(text, end)
    name = text[start:end]
    if not marker or _VERB.search(name) or _SENTENCE_END.search(name) or (bare and "," in name):
        return None, None
    return end, marker


def _end_of_words(text: str, start: int, limit: int) -> int:
    """Where the name ends at punctuation, a finite verb or the end of the line; connecting words are left out."""
    stop = _STOP.search(text, start, limit)
    name = text[start : stop.start() if stop else limit].rstrip(_LOOSE_MARKS)
    while (last := name.rpartition(" ")[2]) in _LOOSE_WORDS and last != name:
        name = name.removesuffix(last).rstrip(_LOOSE_MARKS)
    return start + len(name)


def _found(name: str, start: int, end: int, marker: Marker | None) -> NameFound | None:
    kennung = _kennung(name)
    return NameFound(kennung, start, end, marker) if kennung else None


@lru_cache(maxsize=512)  # the same few names come again and again
def _kennung(name: str) -> Kennung | None:
    try:
        return Kennung(Art.EMB_AH, tidied(_BROKEN_WORD.sub("", name)))
    except KennungInvalid:
        return None


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0].casefold() if found else ""


def _pattern(name: str) -> re.Pattern[str]:
    words = (re.sub(r"\\-|‐|‑|–", _HYPHEN, re.escape(word)) for word in name.split())
    return re.compile(r"\s{1,20}".join(words) + r"(?!\w)", re.IGNORECASE)
