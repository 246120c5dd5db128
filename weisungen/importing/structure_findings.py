"""Findings about header, sections and dates. One function for each rule."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from weisungen.abschnitte import TITEL
from weisungen.dates import impossible_dates
from weisungen.importing.labels import PRINTED_LABEL, label_at
from weisungen.importing.lines import BULLET, MARKS, lines_of, trimmed
from weisungen.importing.proposal import Befund, Schwere
from weisungen.importing.readout import Readout


def number_against_date(readout: Readout) -> Iterator[Befund]:
    """The number of a Weisung begins with year and month of its date."""
    kopf = readout.kopf
    if kopf.datum and kopf.nummer[:6] != f"{kopf.datum.tag:%Y%m}":
        beleg = readout.belege.get("datum", readout.belege["nummer"])
        text = f"Die Nummer {kopf.nummer} gehört zu {kopf.nummer[4:6]}/{kopf.nummer[:4]}, das Datum ist {kopf.datum}."
        yield Befund("nummer-gegen-datum", "warnung", text, beleg.text, beleg.position)


def section_missing(readout: Readout) -> Iterator[Befund]:
    present = {heading.nummer for heading in readout.headings}
    for nummer, titel in TITEL.items():
        if nummer not in present:
            yield Befund("abschnitt-fehlt", "fehler", f"Der Abschnitt „{nummer}. {titel}“ fehlt.")


def section_twice(readout: Readout) -> Iterator[Befund]:
    seen: set[int] = set()
    for heading in readout.headings:
        if heading.nummer in seen:
            text = f"Der Abschnitt „{heading.titel}“ steht zweimal; die Texte sind aneinandergefügt."
            yield readout.befund("abschnitt-doppelt", "fehler", text, (heading.start, heading.end))
        seen.add(heading.nummer)


def section_out_of_order(readout: Readout) -> Iterator[Befund]:
    for one, following in pairwise(readout.headings):
        if following.nummer < one.nummer:
            text = f"„{following.titel}“ steht nach „{one.titel}“; gespeichert wird die übliche Reihenfolge."
            yield readout.befund("abschnitt-reihenfolge", "warnung", text, (following.start, following.end))


def section_number_differs(readout: Readout) -> Iterator[Befund]:
    for heading in readout.headings:
        if heading.gedruckt not in (None, heading.nummer):
            text = f"„{heading.titel}“ ist Abschnitt {heading.nummer}, gedruckt ist die Nummer {heading.gedruckt}."
            yield readout.befund("abschnitt-nummer", "hinweis", text, (heading.start, heading.end))


def section_without_text(readout: Readout) -> Iterator[Befund]:
    for section in readout.sections:
        if not readout.texts[section.nummer]:
            text = f"Der Abschnitt „{section.nummer}. {section.titel}“ hat keinen Text."
            last = section.start == readout.headings[-1].start
            schwere: Schwere = "fehler" if last else "warnung"  # nothing after it: the text was cut off here
            yield readout.befund("abschnitt-leer", schwere, text, (section.start, section.parts[0][0]))


_SENTENCE_WORDS, _SENTENCE_LINE = 8, 40  # words of a paragraph and characters of a line that are surely prose
_NO_END = re.compile(r"(?:^|\s)[A-Za-zÄÖÜäöüß-]+[,(–-]?$")


def text_breaks_off(readout: Readout) -> Iterator[Befund]:
    """The last paragraph is prose without an end; lists, tables, names and addresses need no full stop."""
    text = readout.source.text.rstrip()
    lines = list(lines_of(text, text.rfind("\n\n") + 1))
    words = " ".join(line.text for line in lines).split()
    prose = len(words) >= _SENTENCE_WORDS and max(len(line.text) for line in lines) >= _SENTENCE_LINE
    other = any(BULLET.match(line.text) or line.text.startswith(("|", "#")) for line in lines)
    if prose and not other and _NO_END.search(words[-1]):
        message = "Der Text endet mitten in einem Satz; die Datei ist nicht vollständig."
        yield readout.befund("text-abgebrochen", "fehler", message, (lines[-1].start, lines[-1].end))


_LETTER = re.compile(r"[ \t#*_>-]*(?P<letter>[a-z])\)(?=[ \t*_]*\S)")


def letter_alone(readout: Readout) -> Iterator[Befund]:
    """`a)` without `b)`, or a letter left out; counting begins anew with every `a)`."""
    text = readout.source.text
    for section in readout.sections:
        letters = [
            (found["letter"], trimmed(text, line.start, line.end, MARKS + "-"))
            for span in section.parts
            for line in lines_of(text, *span)
            if (found := _LETTER.match(line.text))
        ]
        for place, (letter, span) in enumerate(letters):
            before = letters[place - 1][0] if place else ""
            following = letters[place + 1][0] if place + 1 < len(letters) else "a"
            if letter == "a" and following == "a":
                yield readout.befund("aufzaehlung-unvollstaendig", "hinweis", "Auf „a)“ folgt kein „b)“.", span)
            elif letter != "a" and before != chr(ord(letter) - 1):
                message = f"Vor „{letter})“ fehlt „{chr(ord(letter) - 1)})“."
                yield readout.befund("aufzaehlung-unvollstaendig", "hinweis", message, span)


def impossible_date_in_text(readout: Readout) -> Iterator[Befund]:
    text = readout.source.text
    for _, (start, end) in readout.parts:
        for found in impossible_dates(text[start:end]):
            span = (start + found.start(), start + found.end())
            words = " ".join(found[0].split())
            yield readout.befund("datum-unmoeglich", "fehler", f"Das Datum „{words}“ gibt es nicht.", span)


def header_line_in_text(readout: Readout) -> Iterator[Befund]:
    """A line of a header inside the text that is no plain repetition (those are left out before)."""
    for section in readout.sections:
        for span in section.parts:
            for line in lines_of(readout.source.text, *span):
                label = label_at(line)
                if label and label.feld in ("nummer", "geschaeftszeichen", "gueltig_ab", "gueltig_bis"):
                    text = f"Die Kopfzeile „{PRINTED_LABEL[label.feld]}“ steht mitten im Text und weicht vom Kopf ab."
                    yield readout.befund("kopfzeile-im-text", "warnung", text, (label.start, line.end))


def replaced_characters(readout: Readout) -> Iterator[Befund]:
    at = readout.source.text.find("\ufffd")
    if at >= 0:
        line = next(lines_of(readout.source.text, readout.source.text.rfind("\n", 0, at) + 1))
        text = "Der Text enthält Ersatzzeichen (�): Beim Umwandeln der Datei sind Buchstaben verloren gegangen."
        yield readout.befund("zeichen-verloren", "warnung", text, (line.start, line.end))


RULES: tuple[Callable[[Readout], Iterator[Befund]], ...] = (
    number_against_date,
    section_missing,
    section_twice,
    section_out_of_order,
    section_number_differs,
    section_without_text,
    text_breaks_off,
    letter_alone,
    impossible_date_in_text,
    header_line_in_text,
    replaced_characters,
)
