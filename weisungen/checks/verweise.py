"""Findings about other directives that a Weisung names: in its text, under Bezug, and those that it repeals."""

from collections.abc import Iterator

from portal.befund import Befund, passage
from weisungen.checks.lage import Lage, Zeile, key_of
from weisungen.verweise import NamedVerweis

_CHECK_NUMBER = "Bitte die Nummer prüfen; ältere Weisungen sind vielleicht nicht im Portal."


def unknown_in_text(lage: Lage) -> Iterator[Befund]:
    for named, words in lage.named_in_text:
        if not lage.bestand.rows(*key_of(named)):
            yield Befund(
                "verweis-unbekannt",
                "hinweis",
                str(named.verweis),
                f"{named.verweis} gibt es im Portal nicht: {_place(named, words)}",
                _CHECK_NUMBER,
            )


def over_in_text(lage: Lage) -> Iterator[Befund]:
    """To name what the Weisung itself repeals is right."""
    for named, words in lage.named_in_text:
        why = lage.bestand.over(*key_of(named), lage.tag)
        if why and key_of(named) not in lage.repealed_here:
            yield Befund(
                "verweis-ueberholt",
                "warnung",
                str(named.verweis),
                f"{named.verweis} ist {why}: {_place(named, words)}",
                "Bitte auf das verweisen, was am ersten Tag der Weisung gilt, oder einen Grund angeben.",
            )


def bezug_unknown_or_over(lage: Lage) -> Iterator[Befund]:
    """Bezug may look back: that a directive ran out is only told."""
    for zeile, named in _named(lage.bezug):
        key = key_of(named)
        if not lage.bestand.rows(*key):
            text = f"Unter „Bezug“ steht {named.verweis}; im Portal gibt es sie nicht."
            yield Befund("bezug-unbekannt", "hinweis", str(named.verweis), text, _CHECK_NUMBER)
        elif (why := lage.bestand.over(*key, lage.tag)) and key not in lage.repealed_here:
            gone = lage.bestand.gone(*key, lage.tag)
            yield Befund(
                "bezug-ueberholt",
                "warnung" if gone else "hinweis",
                str(named.verweis),
                f"Unter „Bezug“ steht „{zeile.text}“; diese Regelung ist {why}.",
                "Bitte prüfen, worauf sich die Weisung stattdessen bezieht.",
            )


def repeals_itself(lage: Lage) -> Iterator[Befund]:
    for zeile, named in _named(lage.aufhebung):
        if key_of(named) == lage.itself:
            yield Befund(
                "aufhebung-selbst",
                "fehler",
                str(named.verweis),
                f"Unter „Aufhebung von Regelungen“ steht die Weisung selbst: „{zeile.text}“.",
                "Bitte die Nummer berichtigen oder die Zeile löschen.",
            )


def repeals_what_is_over(lage: Lage) -> Iterator[Befund]:
    for _zeile, named in _named(lage.aufhebung):
        key = key_of(named)
        if key == lage.itself or not (why := lage.bestand.over(*key, lage.tag)):
            continue
        yield Befund(
            "aufhebung-ueberholt",
            "warnung" if lage.bestand.gone(*key, lage.tag) else "hinweis",
            str(named.verweis),
            f"{named.verweis} soll aufgehoben werden und ist {why}.",
            "Bitte die Zeile prüfen oder sagen, warum sie bleibt.",
        )


def repeals_unknown(lage: Lage) -> Iterator[Befund]:
    for _zeile, named in _named(lage.aufhebung):
        if key_of(named) != lage.itself and not lage.bestand.rows(*key_of(named)):
            text = f"{named.verweis} soll aufgehoben werden; im Portal gibt es sie nicht."
            yield Befund("aufhebung-unbekannt", "hinweis", str(named.verweis), text, _CHECK_NUMBER)


def repeals_in_part(lage: Lage) -> Iterator[Befund]:
    """Only a line that names nothing but whole directives ends them by itself."""
    for zeile in lage.aufhebung:
        if zeile.verweise and not zeile.ganz:
            yield Befund(
                "aufhebung-teilweise",
                "hinweis",
                str(zeile.verweise[0].verweis),
                f"Die Zeile „{zeile.text}“ nennt mehr als Weisung und Datum; sie gilt als teilweise "
                "und setzt nichts außer Kraft.",
                "Soll die ganze Weisung enden, nur Nummer, Datum und Titel nennen.",
            )


def _named(zeilen: list[Zeile]) -> Iterator[tuple[Zeile, NamedVerweis]]:
    return ((zeile, named) for zeile in zeilen for named in zeile.verweise)


def _place(named: NamedVerweis, words: str) -> str:
    return f"„{passage(words, named.start, named.end)}“"
