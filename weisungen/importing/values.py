"""What the printed words of a header field mean: dates, roles, the end of validity, entries of Bezug and Aufhebung."""

import re
from dataclasses import dataclass, replace

from arbeitsmittel.stand import Datum
from weisungen.dates import PRINTED_DATE, datum_of
from weisungen.importing.lines import BULLET, PLACEHOLDER, Span, joined, unmarked
from weisungen.importing.proposal import Befund, Regelung
from weisungen.importing.source import Source
from weisungen.verweise import (
    Verweis,
    find_verweise,
    glue_only,
    is_laufende_nummer,
    joined_digits,
    names_whole_directives,
)

ROLES = ("nicht betroffen", "Information", "Weisung")
_ROLE = re.compile(
    r"(?P<rolle>nicht\s+betroffen|Information|Weisung)\s*(?:[(,;–-]\s*(?P<zusatz>.{0,200}?)\s*\)?)?",
    re.IGNORECASE | re.DOTALL,
)
_ENDLESS = re.compile(r"unbegrenzt|unbefristet|fortlaufend|(?:bis\s+)?auf\s+weiteres", re.IGNORECASE)
_AT_ONCE = re.compile(r"(?:ab\s+)?sofort|(?:mit|ab)\s+veröffentlichung", re.IGNORECASE)
_BESIDE_DATE = re.compile(r"^\s*(?:(?:ab|bis|vom|zum|einschließlich)\b\s*)+", re.IGNORECASE)
_GLUE_AT_END = re.compile(r"(?:\s*+(?:[,;/]|\b(?:und|sowie)))*+\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?:(?:Weisung|Information)\s*)?(?P<ziffern>20[\d\s-]{7,10})", re.IGNORECASE)


class ValueUnreadable(ValueError):
    """The printed value means nothing that its field can hold."""


@dataclass(frozen=True)
class Rolle:
    """A role as one of the three printed words, and what stands in brackets after it."""

    wort: str
    zusatz: str


def fits(feld: str | None, words: str) -> bool:
    """True if printed words can be the value of a field; free text takes everything."""
    if PLACEHOLDER.fullmatch(words):
        return True
    match feld:
        case "nummer":
            return _NUMBER.fullmatch(words) is not None
        case "sgb_ii" | "sgb_iii" | "familienkasse":
            return _ROLE.match(words) is not None and len(words) <= 200
        case "datum" | "gueltig_ab" | "gueltig_bis":
            return _dated(words)
        case _:
            return True


def _dated(words: str) -> bool:
    if _ENDLESS.match(words) or _AT_ONCE.match(words):
        return True
    return len(words) <= 60 and PRINTED_DATE.search(words) is not None


def read_number(words: str) -> str:
    """The nine digits of a Laufende Nummer.

    Raises ValueUnreadable unless they are year, month and running number.
    """
    found = _NUMBER.fullmatch(words)
    digits = joined_digits(found["ziffern"]) if found else ""
    if not is_laufende_nummer(digits):
        raise ValueUnreadable(words)
    return digits


def read_role(words: str) -> Rolle:
    """The role printed for a Rechtskreis.

    Raises ValueUnreadable if it is none of the three words, or if words follow without a bracket, comma or dash.
    """
    found = _ROLE.fullmatch(words)
    if not found:
        raise ValueUnreadable(words)
    printed = " ".join(found["rolle"].lower().split())
    wort = next(role for role in ROLES if role.lower() == printed)
    return Rolle(wort, " ".join((found["zusatz"] or "").split()))


def read_dated(words: str) -> tuple[Datum, str]:
    """The date of a value and what is said beside it (`12.05.2023 (rückwirkend)`).

    Raises ValueUnreadable if there is no date, DateImpossible if it is in no calendar.
    """
    found = PRINTED_DATE.search(words)
    if not found:
        raise ValueUnreadable(words)
    beside = f"{words[: found.start()]} {words[found.end() :]}"
    return datum_of(found), " ".join(_BESIDE_DATE.sub("", beside).strip(" ()[],;–-").split())


def is_endless(words: str) -> bool:
    """True for the words that mean that a Weisung has no end."""
    return _ENDLESS.fullmatch(words.rstrip(".")) is not None


def is_at_once(words: str) -> bool:
    """True for the words that mean that a Weisung applies from its own date."""
    return _AT_ONCE.fullmatch(words.rstrip(".")) is not None


def read_regelungen(source: Source, values: list[Span]) -> tuple[Regelung, ...]:
    """The entries of Bezug, one for each directive and for each regulation in plain words.

    An entry in words that names several directives stays whole with the first of them; each further one follows as an
    entry of its own, so that no directive is lost.
    """
    return tuple(regelung for entry in _entries(source.text, values) for regelung in _regelungen(source, entry))


def read_aufhebungen(source: Source, values: list[Span], itself: Verweis) -> tuple[tuple[Regelung, ...], list[Befund]]:
    """The entries of Aufhebung in the Weisung `itself`, and findings about those that name one without repealing it.

    Only an entry that names whole directives has them as its target. `Nummer 2.3 der Weisung …` repeals a part, and
    the rest of that Weisung stays in force: such an entry keeps its words and has no target.
    """
    aufhebungen: list[Regelung] = []
    befunde: list[Befund] = []
    for start, end in _entries(source.text, values):
        text = source.text[start:end]
        if names_whole_directives(text):
            read = _regelungen(source, (start, end))
        else:
            named = list(find_verweise(text))
            read = [_regelung(source, start, end, _printed(text, 0, len(text), named))]
            befunde += [_finding("aufhebung-teilweise", _IN_PART, read[0])] if named else []
        for regelung in read:
            if regelung.verweis == itself:
                befunde.append(_finding("aufhebung-selbst", _OF_ITSELF, regelung))
            aufhebungen.append(regelung if regelung.verweis != itself else replace(regelung, verweis=None))
    return tuple(aufhebungen), befunde


_IN_PART = "Diese Aufhebung nennt mehr als Weisung und Datum; sie gilt als teilweise und setzt nichts außer Kraft."
_OF_ITSELF = "Diese Aufhebung nennt die Weisung selbst; sie ist ohne Ziel gespeichert."


def _finding(code: str, text: str, regelung: Regelung) -> Befund:
    return Befund(code, "warnung", text, regelung.beleg, regelung.position)


def _entries(text: str, values: list[Span]) -> list[Span]:
    entries: list[Span] = []
    for start, end in values:
        words = text[start:end]
        first = next(find_verweise(words), None)
        apart = bool(entries) and "\n" in text[entries[-1][1] : start].replace("\n", "", 1)
        if not entries or apart or BULLET.match(words) or (first and first.start == 0):
            bullet = BULLET.match(words)
            entries.append((start + (bullet.end() if bullet and not PLACEHOLDER.fullmatch(words) else 0), end))
        else:
            entries[-1] = (entries[-1][0], end)
    return [entry for entry in entries if not PLACEHOLDER.fullmatch(text[slice(*entry)])]


def _regelungen(source: Source, entry: Span) -> list[Regelung]:
    start, end = entry
    text = source.text[start:end]
    named = list(find_verweise(text))
    if not named:
        return [_regelung(source, start, end, _words(text))]
    cuts = [*(verweis.start for verweis in named), len(text)]
    parts = [(cuts[place], cuts[place + 1]) for place in range(len(named))]
    between = [text[: cuts[0]], *(text[one.end : cut] for one, cut in zip(named, cuts[1:], strict=True))]
    if all(glue_only(part) for part in between):
        spans = [(first, first + len(_GLUE_AT_END.sub("", text[first:last]))) for first, last in parts]
    else:
        spans = [(0, len(text)), *((verweis.start, verweis.end) for verweis in named[1:])]
    regelungen = []
    for verweis, (first, last) in zip(named, spans, strict=True):
        words = _printed(text, first, last, named)
        beleg = source.beleg(start + first, start + last)
        regelungen.append(Regelung(words, beleg.text, beleg.position, verweis.verweis))
    return regelungen


def _regelung(source: Source, start: int, end: int, words: str) -> Regelung:
    beleg = source.beleg(start, end)
    return Regelung(words, beleg.text, beleg.position)


def _printed(text: str, first: int, last: int, named: list) -> str:
    """`text[first:last]` with each directive in its usual spelling."""
    parts, done = [], first
    for verweis in named:
        if first <= verweis.start and verweis.end <= last:
            parts += [text[done : verweis.start], str(verweis.verweis)]
            done = verweis.end
    return _words("".join([*parts, text[done:last]]))


def _words(text: str) -> str:
    return joined([unmarked(line.strip(" \t*_|")) for line in text.split("\n")])
