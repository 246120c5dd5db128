"""Findings about a Fassung by itself: its fields, its Stand beside the other Stände, how its text is built."""

from collections.abc import Iterator
from datetime import timedelta

from arbeitsmittel.checks.lage import Lage
from portal.befund import Befund
from portal.text import plain
from portal.text.structure import structure_findings

_FAR_AHEAD = timedelta(days=366)


def empty_fields(lage: Lage) -> Iterator[Befund]:
    """Domain rule 3: what every released Fassung has."""
    fassung = lage.fassung
    required = {
        "Stand": fassung.stand,
        "Titel": fassung.titel.strip(),
        "Text": plain(fassung.inhalt).strip(),
        "Änderungshinweis": fassung.aenderungshinweis.strip(),
        "Art der Änderung": fassung.aenderungsart,
    }
    for name, value in required.items():
        if not value:
            yield Befund("pflichtfeld", "fehler", name, f"„{name}“ ist leer.", "Bitte ausfüllen.")


def stand_taken(lage: Lage) -> Iterator[Befund]:
    """Domain rule 2. A Stand of which only the date is known gives way to its text."""
    for other in lage.andere:
        if other.stand == lage.fassung.stand and not other.nur_stand:
            yield Befund(
                "stand-vergeben",
                "fehler",
                "Stand",
                f"{lage.fassung.arbeitsmittel}, Stand {other.text}, ist schon veröffentlicht; "
                "eine Korrektur braucht einen neuen Stand.",
                f"Bitte einen Stand nach dem {max(one.stand for one in lage.andere):%d.%m.%Y} wählen.",
            )


def stand_fills_a_gap(lage: Lage) -> Iterator[Befund]:
    """Earlier than the newest live Stand: allowed, but it will not be what applies after that one."""
    newest = max(lage.andere, key=lambda other: other.stand, default=None)
    stand = lage.fassung.stand
    if newest is None or stand is None or stand >= newest.stand:
        return
    if any(other.stand == stand for other in lage.andere):
        return  # taken, or a Stand that gets its text
    yield Befund(
        "stand-nicht-neuester",
        "warnung",
        "Stand",
        f"Es gibt schon einen neueren Stand ({newest.text}); diese Fassung gilt nur bis dahin.",
        "Bitte den Stand prüfen, oder sagen, warum die Lücke gefüllt wird.",
    )


def stand_in_the_past(lage: Lage) -> Iterator[Befund]:
    """A past Stand needs a reason and is marked as entered late (issue 3, "Release")."""
    fassung = lage.fassung
    if fassung.stand and fassung.stand < lage.heute and not fassung.nachtrag_grund.strip():
        yield Befund(
            "stand-vergangen",
            "fehler",
            "Stand",
            f"Der Stand {fassung.stand:%d.%m.%Y} liegt in der Vergangenheit.",
            "Bitte einen Stand von heute oder später wählen, oder den Grund der nachträglichen Erfassung angeben.",
        )


def reason_without_need(lage: Lage) -> Iterator[Befund]:
    """A reason for a late entry marks the Fassung as entered late, for good."""
    fassung = lage.fassung
    if fassung.stand and fassung.stand >= lage.heute and fassung.nachtrag_grund.strip():
        yield Befund(
            "nachtrag-unnoetig",
            "hinweis",
            "Grund der nachträglichen Erfassung",
            "Es ist ein Grund der nachträglichen Erfassung angegeben, aber der Stand liegt nicht in der Vergangenheit.",
            "Ohne ihn ist die Fassung nicht als nachträglich erfasst gekennzeichnet.",
        )


def stand_far_ahead(lage: Lage) -> Iterator[Befund]:
    stand = lage.fassung.stand
    if stand and stand > lage.heute + _FAR_AHEAD:
        yield Befund(
            "stand-fern",
            "hinweis",
            "Stand",
            f"Der Stand {stand:%d.%m.%Y} liegt mehr als ein Jahr in der Zukunft.",
            "Bitte prüfen, ob das Jahr stimmt.",
        )


def text_structure(lage: Lage) -> Iterator[Befund]:
    return structure_findings(lage.fassung.inhalt)
