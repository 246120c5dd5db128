"""What the rules of the findings look at: everything that was read from one Weisung."""

from collections.abc import Iterable
from dataclasses import dataclass

from arbeitsmittel.kennung import Kennung
from weisungen.importing.lines import Span, lines_of
from weisungen.importing.proposal import Befund, Beleg, Kopf, Schwere, ZitatVorschlag
from weisungen.importing.quoting import Citations
from weisungen.importing.sections import Heading, Section
from weisungen.importing.source import Source


@dataclass(frozen=True)
class Readout:
    """`parts` are the places of the text with the number of their section (0: Vorspann), `texts` by that number."""

    source: Source
    kopf: Kopf
    belege: dict[str, Beleg]
    headings: list[Heading]
    sections: list[Section]
    parts: list[tuple[int, Span]]
    texts: dict[int, str]
    citations: Citations
    zitate: tuple[ZitatVorschlag, ...]

    def by_kennung(self) -> dict[Kennung, list[ZitatVorschlag]]:
        """The citations of each Arbeitsmittel, in the order of the text."""
        grouped: dict[Kennung, list[ZitatVorschlag]] = {}
        for zitat in self.zitate:
            grouped.setdefault(zitat.kennung, []).append(zitat)
        return grouped

    def beginning_of(self, nummer: int) -> Span:
        """The first line with words of a section (0: Vorspann); the beginning of the text if there is none."""
        spans = [span for number, span in self.parts if number == nummer]
        lines = (line for span in spans for line in lines_of(self.source.text, *span) if line.bare)
        first = next(lines, next(lines_of(self.source.text)))
        return first.start, first.end

    def befund(self, code: str, schwere: Schwere, text: str, span: Span) -> Befund:
        """A finding about a place of the text."""
        beleg = self.source.beleg(*span)
        return Befund(code, schwere, text, beleg.text, beleg.position)


def about(zitat: ZitatVorschlag, code: str, schwere: Schwere, text: str) -> Befund:
    """A finding about a citation."""
    return Befund(code, schwere, text, zitat.beleg, zitat.position)


def staende_of(zitate: Iterable[ZitatVorschlag]) -> str:
    """The different Stände printed with some citations, in words ("02.01.2024 und 12/2019"); empty if there is none."""
    return " und ".join(dict.fromkeys(str(zitat.stand) for zitat in zitate if zitat.stand))
