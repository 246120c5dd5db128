"""The citations of Arbeitsmittel in a Weisung: where they stand, and what of them stays in the stored text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arbeitsmittel.citations import Fundstelle, find_citations
from arbeitsmittel.kennung import Art
from weisungen.importing.lines import Span
from weisungen.importing.proposal import ZitatVorschlag
from weisungen.importing.source import Edit, Source

_MARKS = re.compile(
    r"(?P<link>\[(?=[^\[\]\n]{0,300}\]\([^()\s]{0,500}\)))|(?P<target>(?<=.)\]\([^()\s]{0,500}\))"
    r"|(?P<star>(?<!\w)\*{1,3}|\*{1,3}(?!\w))|(?P<line>(?<!\w)_{1,3}|_{1,3}(?!\w))|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<space><br[ ]?/?>)"
)
_EMPTY_LINES = re.compile(r"[ \t]*\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Place:
    """A citation in the words of the text, and the section in which it stands (0 is the Vorspann)."""

    abschnitt: int
    fundstelle: Fundstelle


@dataclass(frozen=True)
class Citations:
    """All citations of a Weisung; places are those in `words`, the text without its Markdown."""

    words: Source
    places: tuple[Place, ...]
    emb_names: frozenset[str]

    def zitate(self) -> tuple[ZitatVorschlag, ...]:
        """The citations as they are proposed, each with its words in the given text."""
        return tuple(self._zitat(place) for place in self.places)

    def _zitat(self, place: Place) -> ZitatVorschlag:
        found = place.fundstelle
        beleg = self.words.beleg(found.start, found.end)
        return ZitatVorschlag(found.kennung, found.stand, place.abschnitt, beleg.text, beleg.position)

    def link_markers(self) -> list[Span]:
        """The places, in the text with its Markdown, of `(PDF PDF, Stand 02.01.2024)`: how the page prints a link."""
        found = (place.fundstelle for place in self.places)
        spans = [self.words.in_parent(one.label_end, one.end) for one in found if one.label_end < one.end]
        text = self.words.parent.text
        return [_from_bracket(text, *span) for span in spans if "PDF" in text[slice(*span)].upper()]


def whole_citations(source: Source) -> Source:
    """The text with every citation in one piece, where a paragraph ends in the middle of it."""
    words = _words(source)
    gaps = set()
    for found in find_citations(words.text):
        gaps |= {gap.span() for gap in _EMPTY_LINES.finditer(source.text, *words.in_parent(found.start, found.end))}
    return source.edited(Edit(*gap, " ") for gap in sorted(gaps)) if gaps else source


def find_all(source: Source, parts: Iterable[tuple[int, Span]]) -> Citations:
    """The citations in the parts of the text, each given with the number of its section."""
    words = _words(source)
    names = frozenset(one.kennung.bezeichnung for one in find_citations(words.text) if one.kennung.art is Art.EMB_AH)
    places = []
    for abschnitt, span in parts:
        start, end = words.places_of(span)
        for one in find_citations(words.text[start:end], names):
            places.append(Place(abschnitt, _moved(one, start)))
    return Citations(words, tuple(places), names)


def without(text: str, span: Span, left_out: Sequence[Span]) -> str:
    """`text[start:end]` without the places to be left out."""
    start, end = span
    inside = [one for one in left_out if start <= one[0] and one[1] <= end]
    cuts = [start, *(cut for one in inside for cut in one), end]
    return "".join(text[cuts[at] : cuts[at + 1]] for at in range(0, len(cuts), 2))


def _words(source: Source) -> Source:
    return source.edited(
        Edit(found.start(), found.end(), " " if found["space"] else "") for found in _MARKS.finditer(source.text)
    )


def _moved(found: Fundstelle, by: int) -> Fundstelle:
    return Fundstelle(
        found.kennung,
        found.stand,
        found.start + by,
        found.end + by,
        found.beleg,
        found.label_start + by,
        found.label_end + by,
    )


def _from_bracket(text: str, start: int, end: int) -> Span:
    """The marker without what closes the words before it (`**3.001a** (PDF …)`)."""
    bracket = text.find("(", start, end)
    if bracket < 0:
        return start, end
    return start + len(text[start:bracket].rstrip()), end
