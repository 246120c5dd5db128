"""Find the citations of Arbeitsmittel in running text.

Pure: a text goes in, places come out; whether an Arbeitsmittel exists, the caller knows. The rules are drawn from
published Weisungen; in doubt a place is no citation, because a wrong link shows a wrong Stand.

- A series (`GLF/AH EZ`, `GLF SC`, `EMB AH`) holds for the whole list after it, up to the end of the sentence, the
  closing of the bracket around it, or another word. A number without a series is none (dates, sections, amounts).
- `GLF`, `GLF/AH` and `GLF EZ/SC` are enough before a number, as its first digit decides. Bare `EZ` and `SC` only switch
  the series inside a list. Written-out words (`Gesprächsleitfäden 2.500 …`) do not count.
- `3.001a/b` and `3.001a und b` are two citations. `bis` names its two ends, what lies between them is not added.
- A number followed by a measure (`2.000 Euro`) or by more digits (`2.000,50`, `1.001-22`) is none.
- The name of an EMB AH begins with a capital and ends at its marker, else it is the longest known name, else it ends at
  the next punctuation or finite verb. Later items of such a list need a marker or a known name.
- An item may carry a marker with its Stand: `(PDF PDF, Stand 02.01.2024)`, `(Stand: 12/2019)`, `, Stand Juli 2012`.
  A printed date that does not exist gives no Stand; the words stay in `beleg`.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from arbeitsmittel.emb_names import KnownNames, known_names, name_at
from arbeitsmittel.kennung import Art, Kennung
from arbeitsmittel.stand import Datum, marker_at

__all__ = ["Datum", "Fundstelle", "find_citations"]


@dataclass(frozen=True)
class Fundstelle:
    """One citation: `beleg == text[start:end]` with marker, and with the series where it is printed right before.

    text[label_start:label_end] is the number or name only, text[label_end:end] the marker (empty if there is none).
    """

    kennung: Kennung
    stand: Datum | None
    start: int
    end: int
    beleg: str
    label_start: int
    label_end: int


def find_citations(text: str, emb_names: Collection[str] = ()) -> list[Fundstelle]:
    """All citations in the order of the text; `emb_names` are the known names of EMB AH (without the series)."""
    readable, starts, ends = _readable(text)
    names = known_names(tuple(emb_names))
    found = []
    position = 0
    while prefix := _PREFIX.search(readable, position):
        position = prefix.end()
        for item in _list_after(prefix, names):
            position = item.end
            start, end = starts[item.start], ends[item.end - 1]
            label = starts[item.label_start], ends[item.label_end - 1]
            found.append(Fundstelle(item.kennung, item.stand, start, end, text[start:end], *label))
    return found


class _Item(NamedTuple):
    """A citation in the readable text."""

    kennung: Kennung
    stand: Datum | None
    start: int
    label_start: int
    label_end: int
    end: int


_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# At most eight marks at a time, because sorting a long row of them takes quadratic time.
_ODD = re.compile(f"(?P<invisible>[{_INVISIBLE}]+)|.[{_COMBINING}]{{1,8}}", re.DOTALL)


def _readable(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """`text` in NFC without invisible characters, and for each of its characters where it starts and ends in `text`."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for odd in _ODD.finditer(text):
        composed = "" if odd["invisible"] else unicodedata.normalize("NFC", odd[0])
        parts += text[done : odd.start()], composed
        starts += [*range(done, odd.start()), *[odd.start()] * len(composed)]
        ends += [*range(done + 1, odd.start() + 1), *[odd.end()] * len(composed)]
        done = odd.end()
    if not done:
        return text, range(len(text)), range(1, len(text) + 1)
    parts.append(text[done:])
    return "".join(parts), [*starts, *range(done, len(text))], [*ends, *range(done + 1, len(text) + 1)]


# --- lists of numbers ------------------------------------------------------------------------------------------------
# All repetitions are bounded or possessive, so that no hostile text makes the search slow.

_GAP = r"[\s/_‐‑–—-]{0,6}"
_PREFIX = re.compile(
    rf"""(?<!\w)(?:
        (?P<emb>EMB{_GAP}AH)
      | (?P<alle>GLF{_GAP}(?:AH{_GAP})?(?:EZ\s?(?:/|,|und|sowie)\s?SC | SC\s?(?:/|,|und|sowie)\s?EZ))
      | (?P<ez>(?:GLF{_GAP}(?:AH{_GAP})?|AH{_GAP})EZ)
      | (?P<sc>GLF{_GAP}SC)
      | (?P<glf>GLF(?:{_GAP}AH)?)
    )(?![^\W\d_])""",
    re.IGNORECASE | re.VERBOSE,
)
_CITATION = re.compile(rf"{_PREFIX.pattern}|(?<![0-9.])[123]\.[0-9]{{3}}[a-z]?(?![\w])", _PREFIX.flags)
_BARE_SERIES = re.compile(r"(?:(?P<ez>EZ)|(?P<sc>SC))(?![^\W\d_])")
_DIGITS = {"ez": "1", "sc": "23", "alle": "123", "glf": "123"}

_LEAD = re.compile(r"[\s:*_•‐‑–—-]{0,20}(?:\(\s?)?(?:Nrn?\.|Nummern?)?\s{0,9}")
# A hyphen or bracket right after the series makes it a part of other words: EMB AH-Liste, EMB AH (Arbeitshilfen).
_LEAD_TO_NAME = re.compile(r"(?:[\s:*]|(?<=\s)[•–-]){0,20}")
_SEPARATOR = re.compile(r"(?:[\s,;/&+*•–—-]|\b(?:und|sowie|oder|bis|bzw\.|beziehungsweise|u\.)(?!\w))*+")
_MASS = (
    r"\s{0,5}(?:[€%‰]|(?:EUR|Euro|Cent|Prozent|[Mm]al|Stück|Personen|Menschen|Kund(?:en|innen)|Anrufen?|Anfragen|E-Mails"
    r"|Fällen?|Stellen|Beschäftigten?|Mitarbeitenden?|Stunden|Tagen?|Wochen|Monaten?|Jahren?)\b)"
)
_NUMMER = re.compile(
    r"(?P<nummer>[123]\.[0-9]{3})"
    # A letter set apart is part of the number, unless an abbreviation begins there: 3.001 a, but 3.001 z. B.
    r"(?:(?P<buchstabe>[A-Za-z])|[ \t\xa0\u202f](?P<abgesetzt>[a-h])(?!\w|\.\s?\w{1,2}\.))?"
    rf"(?!\w)(?![.,/‐‑–-][0-9](?!\.[0-9]{{3}}(?![0-9])))(?!{_MASS})"
)
_VARIANTE = re.compile(r"(?P<buchstabe>[a-h])(?!\w|\.\s?\w{1,2}\.)")
# After mere white space a number must stand alone: another item, a mark or the end of the line follows.
_ALONE = re.compile(r"[^\S\n]*+(?:$|\n|[^\w\s]|[123]\.[0-9]|(?:und|sowie|oder|bis|bzw|Stand)\b)")


def _list_after(prefix: re.Match[str], names: KnownNames) -> Iterator[_Item]:
    text = prefix.string
    series = prefix.lastgroup or ""
    if series == "emb":
        yield from _emb_list(text, prefix.start(), _end_of(_LEAD_TO_NAME, text, prefix.end()), names)
        return
    item = _number_at(text, prefix.start(), _end_of(_LEAD, text, prefix.end()), series)
    while item:
        yield item
        position = _end_of(_SEPARATOR, text, item.end)
        if bare := _BARE_SERIES.match(text, position):
            series = bare.lastgroup or ""
            item = _number_at(text, position, _end_of(_LEAD, text, bare.end()), series)
            continue
        following = _number_at(text, position, position, series)
        if following and text[item.end : position].isspace() and not _ALONE.match(text, following.end):
            return
        item = following or _variant_at(text, position, item)


def _number_at(text: str, start: int, position: int, series: str) -> _Item | None:
    found = _NUMMER.match(text, position)
    if not found or found["nummer"][0] not in _DIGITS[series]:
        return None
    letter = found["buchstabe"] or found["abgesetzt"] or ""
    return _numbered_item(text, start, found, found["nummer"] + letter.lower())


def _variant_at(text: str, position: int, before: _Item) -> _Item | None:
    """The `b` of `3.001a/b`: a later letter than the one before, and not the head `b)` of an enumeration."""
    found = _VARIANTE.match(text, position)
    if not found or not before.kennung.nummer[5:] or found["buchstabe"] <= before.kennung.nummer[5:]:
        return None
    separator = text[before.end : position]
    if separator.isspace() or (text[found.end() : found.end() + 1] == ")" and separator.strip() in {",", ";"}):
        return None
    return _numbered_item(text, position, found, before.kennung.nummer[:5] + found["buchstabe"])


def _numbered_item(text: str, start: int, found: re.Match[str], nummer: str) -> _Item:
    kennung = _numbered(nummer)
    marker = marker_at(text, found.end())
    stand, end = (marker.stand, marker.end) if marker else (None, found.end())
    return _Item(kennung, stand, start, found.start(), found.end(), end)


@lru_cache(maxsize=4096)
def _numbered(nummer: str) -> Kennung:
    return Kennung(Art.GLF_EZ if nummer[0] == "1" else Art.GLF_SC, nummer)


def _end_of(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _emb_list(text: str, start: int, position: int, known: KnownNames) -> Iterator[_Item]:
    first = True
    while item := _name_item(text, start, position, known, first=first):
        yield item
        start = position = _end_of(_SEPARATOR, text, item.end)
        first = False
        between = text[item.end : position]
        if not between.strip() and between.count("\n") != 1:
            return  # a name begins with any word, so mere white space (a new paragraph) does not carry on the list


def _name_item(text: str, start: int, position: int, known: KnownNames, *, first: bool) -> _Item | None:
    found = name_at(text, position, _CITATION, known, first=first)
    if not found:
        return None
    stand, end = (found.marker.stand, found.marker.end) if found.marker else (None, found.end)
    return _Item(found.kennung, stand, start, found.start, found.end, end)
