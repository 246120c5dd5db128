"""The citations of Arbeitsmittel in a Weisung: where they stand, and what of them stays in the stored text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from arbeitsmittel.citations import Fundstelle, find_citations
from arbeitsmittel.kennung import Art, Kennung
from weisungen.dates import DATE_PATTERN, is_believable
from weisungen.importing.lines import Span
from weisungen.importing.proposal import ZitatVorschlag
from weisungen.importing.source import Edit, Source

_MARKS = re.compile(
    r"(?P<link>\[(?=[^\[\]\n]{0,300}\]\([^()\s]{0,500}\)))|(?P<target>(?<=.)\]\([^()\s]{0,500}\))"
    r"|(?P<star>(?<!\w)\*{1,3}|\*{1,3}(?!\w))|(?P<line>(?<!\w)_{1,3}|_{1,3}(?!\w))|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<space><br[ ]?/?>)"
)
_STAND = re.compile(rf"Stand\b[\s:.]{{0,9}}(?:vom\s{{1,9}})?(?:{DATE_PATTERN})[,;]?\s{{0,9}}", re.IGNORECASE)
_MARKER_ALONE = re.compile(rf"[\s*(,–-]*+(?:mit\s(?:dem\s)?)?{_STAND.pattern}\)?", re.IGNORECASE)
_OPENING_MARKS = re.compile(r"(?:^|\s)\s*([*_]{1,3})$")
# What the database holds: the address of an Arbeitsmittel, and a name of at least two characters.
MAX_SLUG, _MIN_NAME = 140, 2
_EMPTY_LINES = re.compile(r"[ \t]*\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Place:
    """A citation in the words of the text, and the section in which it stands (0 is the Vorspann)."""

    abschnitt: int
    fundstelle: Fundstelle


@dataclass(frozen=True)
class Citations:
    """All citations of a Weisung; places are those in `words`, the text without its Markdown.

    `unstorable` are those of an EMB AH with a name that no address can be made of.
    """

    words: Source
    places: tuple[Place, ...]
    emb_names: frozenset[str]
    unstorable: tuple[Fundstelle, ...] = ()

    def zitate(self) -> tuple[ZitatVorschlag, ...]:
        """The citations as they are proposed, each with its words in the given text."""
        return tuple(self._zitat(place) for place in self.places)

    def _zitat(self, place: Place) -> ZitatVorschlag:
        found = place.fundstelle
        beleg = self.words.beleg(found.start, found.end)
        stand = found.stand if found.stand and is_believable(found.stand) else None
        return ZitatVorschlag(found.kennung, stand, place.abschnitt, beleg.text, beleg.position)

    def markers(self) -> list[Span]:
        """The places, in the text with its Markdown, of what carries the Stand (`(PDF PDF, Stand 02.01.2024)`).

        They leave the text, because a page prints the Stand that applies when it is read. Zitat and source keep them.
        """
        found = (place.fundstelle for place in self.places)
        spans = [self._marker(one.label_end, one.end) for one in found if one.label_end < one.end]
        return [span for span in spans if span]

    def _marker(self, start: int, end: int) -> Span | None:
        """A marker as a whole; if more is said inside its brackets (`(Stand 02.01.2024, siehe Anlage)`), its Stand."""
        text, markdown = self.words.text[start:end], self.words.parent.text
        if _MARKER_ALONE.fullmatch(text) or "PDF" in text.upper():
            return _with_marks(markdown, *self.words.in_parent(start, end))
        stand = _STAND.search(text)
        return self.words.in_parent(start + stand.start(), start + stand.end()) if stand else None


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
    storable = tuple(place for place in places if is_storable(place.fundstelle.kennung))
    unstorable = tuple(place.fundstelle for place in places if not is_storable(place.fundstelle.kennung))
    return Citations(words, storable, names, unstorable)


def is_storable(kennung: Kennung) -> bool:
    """False for a name that is too short, or of which the address (ä becomes ae) is too long."""
    return len(kennung.slug) <= MAX_SLUG and len(kennung.bezeichnung) >= _MIN_NAME


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


def _with_marks(text: str, start: int, end: int) -> Span:
    """The marker without what closes the words before it (`**3.001a** (PDF …)`), with marks around it (`*(PDF …)*`)."""
    bracket = text.find("(", start, end)
    if bracket < 0:
        return start, end
    before = text[start:bracket]
    marks = _OPENING_MARKS.search(before)
    if marks and text.startswith(marks[1], end):
        return start + marks.start(), end + len(marks[1])
    return start + len(before.rstrip()), end
