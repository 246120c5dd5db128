"""Findings about the header of a Weisung and about how its sections are built."""

from collections.abc import Iterator

from portal.befund import Befund
from portal.text import plain
from portal.text.structure import structure_findings
from weisungen.checks.lage import Lage, section_name
from weisungen.models import TEXT_FIELDS

# On the page each section stands below a heading of level 2.
_FIRST_LEVELS = (2, 3)


def empty_fields(lage: Lage) -> Iterator[Befund]:
    weisung = lage.weisung
    required = {
        "Laufende Nummer": weisung.nummer,
        "Titel": weisung.titel.strip(),
        "Datum": weisung.datum,
        "Gültig ab": weisung.gueltig_ab,
    }
    for name, value in required.items():
        if not value:
            yield Befund("pflichtfeld", "fehler", name, f"„{name}“ ist leer.", "Bitte ausfüllen.")
    if not any(plain(getattr(weisung, name)).strip() for name in TEXT_FIELDS):
        yield Befund(
            "pflichtfeld", "fehler", "Text", "Die Weisung hat keinen Text.", "Bitte einen Abschnitt ausfüllen."
        )


def roles_missing(lage: Lage) -> Iterator[Befund]:
    """Without any role nobody knows for whom the Weisung is (glossary, "Weisung")."""
    weisung = lage.weisung
    if not (weisung.sgb_ii or weisung.sgb_iii or weisung.familienkasse):
        yield Befund(
            "rollen-leer",
            "fehler",
            "Rollen",
            "Weder für SGB II noch für SGB III noch für die Familienkasse ist angegeben, was die Weisung ist.",
            "Bitte mindestens eine Rolle angeben.",
        )


def header_hints(lage: Lage) -> Iterator[Befund]:
    if not lage.weisung.geschaeftszeichen.strip():
        text = "Das Geschäftszeichen fehlt."
        yield Befund("kopffeld-leer", "hinweis", "Geschäftszeichen", text, "Bitte prüfen, ob es eines gibt.")
    if not lage.bezug:
        text = "Unter „Bezug“ steht nichts."
        yield Befund("kopffeld-leer", "hinweis", "Bezug", text, "Bitte prüfen, ob sich die Weisung auf eine bezieht.")


def valid_before_its_date(lage: Lage) -> Iterator[Befund]:
    weisung = lage.weisung
    if weisung.datum and weisung.gueltig_ab and weisung.gueltig_ab < weisung.datum:
        yield Befund(
            "gueltig-vor-datum",
            "warnung",
            "Gültig ab",
            f"Die Weisung vom {weisung.datum:%d.%m.%Y} soll schon ab {weisung.gueltig_ab:%d.%m.%Y} gelten.",
            "Bitte das Datum prüfen oder sagen, warum sie rückwirkend gilt.",
        )


def ends_before_it_begins(lage: Lage) -> Iterator[Befund]:
    weisung = lage.weisung
    if weisung.gueltig_ab and weisung.gueltig_bis and weisung.gueltig_bis < weisung.gueltig_ab:
        yield Befund(
            "gueltig-verkehrt",
            "fehler",
            "Gültig bis",
            f"„Gültig bis“ ({weisung.gueltig_bis:%d.%m.%Y}) liegt vor „Gültig ab“ ({weisung.gueltig_ab:%d.%m.%Y}).",
            "Bitte eines von beiden berichtigen.",
        )


def text_structure(lage: Lage) -> Iterator[Befund]:
    for name in TEXT_FIELDS:
        html = getattr(lage.weisung, name)
        yield from structure_findings(html, first_levels=_FIRST_LEVELS, where=section_name(name))
