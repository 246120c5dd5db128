"""Findings about the number of a Weisung: year, month, running number (glossary, "Weisung")."""

from collections.abc import Iterator

from portal.befund import Befund
from weisungen.checks.lage import Lage, number_before, typ_label


def taken(lage: Lage) -> Iterator[Befund]:
    """Type and number are the key; the same number of the other type is only worth a look."""
    typ, nummer = lage.itself
    there = [one for one in lage.bestand.bekannt if one.nummer == nummer and one.live]
    if any(one.typ == typ for one in there):
        yield Befund(
            "nummer-vergeben",
            "fehler",
            "Laufende Nummer",
            f"{typ_label(typ)} {nummer} gibt es schon.",
            "Bitte die nächste freie Nummer nehmen.",
        )
    elif there:
        yield Befund(
            "nummer-zweimal",
            "hinweis",
            "Laufende Nummer",
            f"Die Nummer {nummer} trägt auch die {typ_label(there[0].typ)} {nummer}.",
            "Bitte prüfen, ob beide so heißen sollen.",
        )


def gap_before(lage: Lage) -> Iterator[Befund]:
    """Only the number right before; the counter runs over both types. A withdrawn Weisung has used its number."""
    typ, nummer = lage.itself
    before = number_before(nummer)
    if before and not any(one.nummer == before and not one.verworfen for one in lage.bestand.bekannt):
        yield Befund(
            "nummer-luecke",
            "hinweis",
            "Laufende Nummer",
            f"{typ_label(typ)} {nummer} liegt vor, eine mit der Nummer {before} nicht.",
            "Bitte prüfen, ob eine Weisung fehlt.",
        )


def against_date(lage: Lage) -> Iterator[Befund]:
    """The number begins with year and month of the date."""
    nummer, datum = lage.weisung.nummer, lage.weisung.datum
    if nummer and datum and nummer[:6] != f"{datum:%Y%m}":
        yield Befund(
            "nummer-gegen-datum",
            "warnung",
            "Laufende Nummer",
            f"Die Nummer {nummer} gehört zu {nummer[4:6]}/{nummer[:4]}, das Datum ist der {datum:%d.%m.%Y}.",
            "Bitte Nummer oder Datum berichtigen oder sagen, warum beide so stimmen.",
        )
