"""What is refused: files without text, text without a header, two Weisungen in one file, findings that forbid it."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from weisungen.importing.header import has_labels
from weisungen.importing.labels import label_at
from weisungen.importing.lines import lines_of
from weisungen.importing.proposal import ImportRefused, Vorschlag
from weisungen.importing.source import Source
from weisungen.importing.title import TITLE_LINE, Title
from weisungen.verweise import is_laufende_nummer, joined_digits

MAX_CHARACTERS = 5_000_000
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ONE_AT_A_TIME = "bitte jede Weisung einzeln einlesen."
_HEADER_ONLY = ("nummer", "geschaeftszeichen", "gueltig_ab")  # labels that stand nowhere but in a header
_HEADER_AHEAD = 400  # characters after a title line in which the header that belongs to it must begin

Fault = tuple[int, str]  # place in the tidied text, sentence
NumberedFault = tuple[int, str]  # line of the given text, sentence


def refuse_no_text(quelltext: str) -> None:
    """Raise ImportRefused for what is empty, binary, too large or written to mislead."""
    if not quelltext.strip("\ufeff \t\r\n\f\v\u00a0"):
        raise ImportRefused(["Zeile 1: Die Datei ist leer."])
    if len(quelltext) > MAX_CHARACTERS:
        allowed = f"{MAX_CHARACTERS // 1_000_000} Millionen Zeichen"
        raise ImportRefused([f"Zeile 1: Der Text ist zu groß, erlaubt sind {allowed}."])
    faults = []
    if control := _CONTROL.search(quelltext):
        line = quelltext.count("\n", 0, control.start()) + 1
        sign = f"U+{ord(control[0]):04X}"
        faults.append(f"Zeile {line}: Die Datei enthält das Steuerzeichen {sign} und ist keine Textdatei.")
    if bidi := _BIDI.search(quelltext):
        line = quelltext.count("\n", 0, bidi.start()) + 1
        sign = f"U+{ord(bidi[0]):04X}"
        faults.append(
            f"Zeile {line}: Der Text enthält das unsichtbare Zeichen {sign}, das die Schreibrichtung umkehrt."
        )
    if faults:
        raise ImportRefused(faults)


def refuse_unrelated(text: str) -> None:
    """Raise ImportRefused for text that has neither the title line nor any label of a Weisung."""
    if not TITLE_LINE.search(text) and not has_labels(text):
        raise ImportRefused(
            [
                "Zeile 1: Der Text ist keine Weisung, denn weder eine Weisungsnummer noch Kopfzeilen wie "
                "„Geschäftszeichen:“ kommen darin vor."
            ]
        )


def second_headers(source: Source, title: Title | None, number: str, first_section: int) -> Iterator[Fault]:
    """Signs of a second Weisung in the same file: another Laufende Nummer, or another title with a header after it."""
    text = source.text
    for line in lines_of(text):
        label = label_at(line) if "umme" in line.text.lower() or "nr" in line.text.lower() else None
        if not label or label.feld != "nummer":
            continue
        digits = joined_digits(text[slice(*label.wert)])
        if is_laufende_nummer(digits) and digits != number and line.start > first_section:
            yield label.start, f"Eine zweite Laufende Nummer ({digits}) steht im Text; {_ONE_AT_A_TIME}"
    for found in TITLE_LINE.finditer(text, first_section):
        other = joined_digits(found["nummer"])
        same = title is not None and (other, found["typ"].lower()) == (number, title.typ.lower())
        ahead = lines_of(text, text.find("\n", found.end()) + 1, min(len(text), found.end() + _HEADER_AHEAD))
        labels = {label.feld for line in ahead if (label := label_at(line))}
        if not same and labels.intersection(_HEADER_ONLY):
            words = " ".join(text[found.start("typ") : found.end()].split())
            yield found.start(), f"Ein zweiter Kopf beginnt („{words}“); {_ONE_AT_A_TIME}"


def header_again(source: Source, first_sections: list[int]) -> Iterator[NumberedFault]:
    """A header before a further section 1: the same Weisung a second time, however much of it is the same."""
    text = source.text
    for before, after in pairwise(first_sections):
        labels = (label for line in lines_of(text, before, after) if (label := label_at(line)))
        start = next((label.start for label in labels if label.feld in _HEADER_ONLY), None)
        if start is None:
            continue
        if title := TITLE_LINE.search(text, before, start):
            start = title.start("typ") if title["typ"] else title.start()
        words = " ".join(next(lines_of(text, start)).text.split())
        yield source.line_number(start), f"Ein zweiter Kopf beginnt („{words[:60]}“); {_ONE_AT_A_TIME}"


def faults_of(vorschlag: Vorschlag, quelltext: str) -> list[str]:
    """The sentences for what forbids to store a proposal: its findings of the kind "fehler", in order of their lines.

    What is missing is missing where the text ends.
    """
    end = len(quelltext.rstrip())
    found = [befund for befund in vorschlag.befunde if befund.schwere == "fehler"]
    return _sentences(Source(quelltext), [(end if one.position is None else one.position, one.text) for one in found])


def fault_at(position: int, quelltext: str, sentence: str) -> str:
    """A fault as it is shown, with the number of its line."""
    return _sentences(Source(quelltext), [(position, sentence)])[0]


def refuse(source: Source, faults: list[Fault], numbered: Iterable[NumberedFault] = ()) -> None:
    """Raise ImportRefused with all faults in the order of their lines, if there are any."""
    if sentences := _sentences(source, faults, numbered):
        raise ImportRefused(sentences)


def _sentences(source: Source, faults: list[Fault], numbered: Iterable[NumberedFault] = ()) -> list[str]:
    lines = sorted({*numbered, *((source.line_number(at), sentence) for at, sentence in faults)})
    return [f"Zeile {line}: {sentence}" for line, sentence in lines]
