"""The labels of a header, in every spelling and mark-up in which they are printed."""

import re
from dataclasses import dataclass

from weisungen.importing.lines import Line, Span, trimmed

# Field -> spellings of its label; the order is that of the published header.
LABELS = {
    "nummer": (r"Laufende[ \t]+Nummer", r"Lfd\.?[ \t]*(?:Nummer|Nr\.?)"),
    "datum": ("Datum", "Erlassdatum"),
    "geschaeftszeichen": ("Geschäftszeichen", r"Gesch\.?-?Z\.?", r"GZ\.?"),
    "gueltig_ab": (r"Gültig(?:keit)?[ \t]+(?:ab|von)",),
    "gueltig_bis": (r"Gültig(?:keit)?[ \t]+bis",),
    "sgb_ii": (r"SGB[ \t]*II",),
    "sgb_iii": (r"SGB[ \t]*III",),
    "familienkasse": ("Familienkassen?",),
    "bezug": ("Bezug", "Bezüge"),
    "aufhebungen": (r"Aufhebung(?:en)?(?:[ \t]+von[ \t]+Regelungen)?", r"Aufgehobene[ \t]+Regelungen"),
}
PRINTED_LABEL = {
    "nummer": "Laufende Nummer",
    "datum": "Datum",
    "geschaeftszeichen": "Geschäftszeichen",
    "gueltig_ab": "Gültig ab",
    "gueltig_bis": "Gültig bis",
    "sgb_ii": "SGB II",
    "sgb_iii": "SGB III",
    "familienkasse": "Familienkasse",
    "bezug": "Bezug",
    "aufhebungen": "Aufhebung von Regelungen",
}
_ALTERNATIVES = "|".join(f"(?P<{name}>{'|'.join(spellings)})" for name, spellings in LABELS.items())
# After the label a colon, the border of a table cell, a wide gap, or nothing more on the line.
LABEL_LINE = re.compile(
    rf"^[ \t#*_>|]*+(?:{_ALTERNATIVES})(?:[ \t]*+[*_]{{0,3}}[ \t]*+[:|][*_]{{0,3}}|\t|[ ]{{2,}}|[*_ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
# Reads like a label, but none that is known: up to four words without digits before a colon.
_OTHER_LABEL = re.compile(r"[A-ZÄÖÜ][\w./-]*(?:[ \t]+[\w./-]+){0,3}[ \t]*[*_]{0,3}:(?:[ \t*_]|$)")


@dataclass(frozen=True)
class Label:
    """A label found on a line, and the place of what stands after it on the same line."""

    feld: str
    start: int
    wert: Span


def label_at(line: Line) -> Label | None:
    """The known label with which the line begins."""
    found = LABEL_LINE.match(line.text)
    if not found:
        return None
    start, end = trimmed(line.text, found.end(), len(line.text))
    label_start = found.start(found.lastgroup)
    return Label(found.lastgroup, line.start + label_start, (line.start + start, line.start + end))


def is_other_label(words: str) -> bool:
    """True if a line of the header reads like a label that no rule knows (`Verteiler: …`)."""
    found = _OTHER_LABEL.match(words)
    return found is not None and not any(char.isdigit() for char in found[0])
