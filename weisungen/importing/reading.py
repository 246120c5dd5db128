"""From a published Weisung to a proposal: the steps in their order."""

import re
from dataclasses import dataclass

from portal.text import TextRefused
from weisungen.abschnitte import TITEL
from weisungen.importing.findings import collect
from weisungen.importing.furniture import without_page_numbers, without_repeated_header
from weisungen.importing.header import read_header
from weisungen.importing.kopf import KopfReader
from weisungen.importing.labels import LABEL_LINE
from weisungen.importing.lines import Span
from weisungen.importing.proposal import Abschnitt, Befund, Vorschlag
from weisungen.importing.quoting import Citations, find_all, whole_citations, without
from weisungen.importing.readout import Readout
from weisungen.importing.refusal import (
    Fault,
    NumberedFault,
    header_again,
    refuse,
    refuse_no_text,
    refuse_unrelated,
    second_headers,
)
from weisungen.importing.richtext import rich_text
from weisungen.importing.sections import Heading, Section, find_headings, split_sections
from weisungen.importing.source import Source, tidy_source
from weisungen.importing.title import TITLE_LINE, Title, find_title

_MAX_HEADER = 20_000  # characters looked at for a header where no section follows
_MAX_SECTION = 300_000  # characters of one section; its rich text may have 500 kB
_MAX_TEXT = 400_000  # bytes of all rich texts; the index of the search holds 1 MB of words with their places
_MAX_CITATIONS = 2_000


@dataclass(frozen=True)
class _Layout:
    """The text without page furniture, its title line and the headings of its sections."""

    source: Source
    title: Title | None
    headings: list[Heading]
    befunde: list[Befund]
    header_again: list[NumberedFault]

    @property
    def first_section(self) -> int:
        return _first_section(self.source.text, self.headings)


def read_weisung(quelltext: str) -> Vorschlag:
    """The proposal for one published Weisung or Information, Markdown or plain text.

    Raises ImportRefused with every fault found, if the text is no Weisung or ends before its first section. What is
    wrong after that is a finding, so that it can be looked at; one of the kind "fehler" forbids to store it.
    """
    refuse_no_text(quelltext)
    source = tidy_source(quelltext)
    refuse_unrelated(source.text)
    layout = _laid_out(source)
    source = layout.source
    start = layout.title.end if layout.title else 0
    reader = KopfReader(source, layout.title, read_header(source.text, start, layout.first_section))
    kopf = reader.read()
    others = list(second_headers(source, layout.title, kopf.nummer, layout.first_section))
    faults = [*reader.faults, *_faults_of_layout(layout), *others]
    vorspann = [*_preamble(layout), *reader.kept, (reader.header.end, layout.first_section)]
    sections = split_sections(source.text, layout.headings)
    faults += _oversized(vorspann, sections)
    refuse(source, faults, [] if others else layout.header_again)

    parts = [(0, span) for span in vorspann] + [(one.nummer, span) for one in sections for span in one.parts]
    citations = find_all(source, parts)
    texts, faults = _texts(source, citations, parts)
    refuse(source, [*faults, *_too_much(citations, texts, parts)])
    abschnitte = tuple(
        Abschnitt(one.nummer, one.titel, texts[one.nummer], source.beleg(one.start, one.start + 1).position)
        for one in sections
    )
    zitate = citations.zitate()
    readout = Readout(source, kopf, reader.belege, layout.headings, sections, parts, texts, citations, zitate)
    befunde = (*_preamble_befunde(layout), *reader.befunde, *layout.befunde, *collect(readout))
    typ = layout.title.typ if layout.title else "Weisung"
    return Vorschlag(typ, kopf, texts[0], abschnitte, zitate, befunde, reader.zusaetze, reader.belege)


def _laid_out(source: Source) -> _Layout:
    pages = without_page_numbers(source)
    headings = find_headings(pages.source.text)
    again = list(header_again(pages.source, [heading.start for heading in headings if heading.nummer == 1]))
    first = _first_section(pages.source.text, headings)
    repeated = without_repeated_header(pages.source, find_title(pages.source.text, first), first)
    removed = [source.beleg(*span) for span in pages.removed]
    removed += [pages.source.beleg(*span) for span in repeated.removed]
    befunde = []
    if removed:
        count = "Eine Zeile" if len(removed) == 1 else f"{len(removed)} Zeilen"
        text = f"{count} mit Seitenzahl oder wiederholtem Seitenkopf gehören nicht zum Text und sind ausgelassen."
        befunde.append(Befund("seitenkopf-ausgelassen", "hinweis", text, removed[0].text, removed[0].position))
    whole = whole_citations(repeated.source)
    headings = find_headings(whole.text)
    title = find_title(whole.text, _first_section(whole.text, headings))
    label = LABEL_LINE.search(whole.text)
    if title and label and label.start() < title.start:
        title = None  # a directive named in the header, not the title of this one
    return _Layout(whole, title, headings, befunde, again)


def _first_section(text: str, headings: list[Heading]) -> int:
    if headings:
        return text.rfind("\n", 0, headings[0].start) + 1
    title = TITLE_LINE.search(text)
    return min(len(text), (title.end() if title else 0) + _MAX_HEADER)


def _faults_of_layout(layout: _Layout) -> list[Fault]:
    text = layout.source.text
    faults = []
    if not layout.headings:
        faults.append((len(text.rstrip()), f"Der Text endet vor dem ersten Abschnitt „1. {TITEL[1]}“."))
    if not LABEL_LINE.search(text, 0, layout.first_section):
        at = layout.title.start if layout.title else 0
        faults.append((at, "Der Kopf fehlt: Vor dem Text steht keine Kopfzeile wie „Geschäftszeichen:“."))
    hega = TITLE_LINE.search(text, 0, layout.first_section)
    if not layout.title and hega and hega["hega"]:
        faults.append((hega.start(), "Eine HEGA hat keine Nummer der Form JJJJMMNNN und lässt sich nicht einlesen."))
    return faults


def _preamble(layout: _Layout) -> list[Span]:
    """The place of text above the title line."""
    above = layout.source.text[: layout.title.start] if layout.title else ""
    return [(0, layout.title.start)] if re.search(r"\w", above) else []


def _preamble_befunde(layout: _Layout) -> list[Befund]:
    befunde = []
    for span in _preamble(layout):
        beleg = layout.source.beleg(*span)
        text = "Dieser Text steht über der Weisung; er ist an den Anfang des Vorspanns gestellt."
        befunde.append(Befund("text-unverstanden", "warnung", text, beleg.text, beleg.position))
    return befunde


def _oversized(vorspann: list[Span], sections: list[Section]) -> list[Fault]:
    sizes = [(vorspann[-1][0], sum(end - start for start, end in vorspann), "Der Vorspann")]
    sizes += [(one.start, sum(end - start for start, end in one.parts), f"Abschnitt {one.nummer}") for one in sections]
    return [
        (at, f"{name} ist zu lang: {size // 1000} Tausend Zeichen, erlaubt sind {_MAX_SECTION // 1000} Tausend.")
        for at, size, name in sizes
        if size > _MAX_SECTION
    ]


def _too_much(citations: Citations, texts: dict[int, str], parts: list[tuple[int, Span]]) -> list[Fault]:
    """More than the database can hold in one row, or number in one Weisung."""
    faults = []
    size = 0
    for nummer, html in texts.items():
        size += len(html.encode())
        if size > _MAX_TEXT:
            at = next(span[0] for number, span in parts if number == nummer)
            text = f"Alle Abschnitte zusammen sind zu lang, erlaubt sind {_MAX_TEXT // 1000} kB."
            faults.append((at, text))
            break
    if len(citations.places) > _MAX_CITATIONS:
        place = citations.places[_MAX_CITATIONS].fundstelle
        at = citations.words.in_parent(place.start, place.end)[0]
        faults.append((at, f"Hier beginnt das {_MAX_CITATIONS + 1}. Zitat, erlaubt sind {_MAX_CITATIONS}."))
    return faults


def _texts(source: Source, citations: Citations, parts: list[tuple[int, Span]]) -> tuple[dict[int, str], list[Fault]]:
    """The rich text of the Vorspann (0) and the sections, and why some of it cannot be stored."""
    markers = citations.markers()
    texts: dict[int, str] = {}
    faults: list[Fault] = []
    for nummer in dict.fromkeys([0, *(number for number, _ in parts)]):
        spans = [span for number, span in parts if number == nummer]
        written = "\n\n".join(without(source.text, span, markers) for span in spans)
        try:
            texts[nummer] = rich_text(written)
        except TextRefused as refused:
            faults.append((spans[0][0], str(refused)))
    return texts, faults
