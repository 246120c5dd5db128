"""What is looked at before a Weisung is released (issue 3, "Checks")."""

from portal.befund import Befund
from portal.stichtag import Stichtag
from portal.text import plain
from weisungen.models import TEXT_FIELDS, Weisung


def check_weisung(weisung: Weisung, stichtag: Stichtag) -> list[Befund]:
    """Return the findings of a draft as somebody sees it who asks on the Stichtag; errors first."""
    return _empty_fields(weisung)


def _empty_fields(weisung: Weisung) -> list[Befund]:
    found = []
    if not weisung.titel:
        found.append(Befund("pflichtfeld", "fehler", "Titel", "„Titel“ ist leer.", "Bitte ausfüllen."))
    if not any(plain(getattr(weisung, name)).strip() for name in TEXT_FIELDS):
        found.append(
            Befund("pflichtfeld", "fehler", "Text", "Die Weisung hat keinen Text.", "Bitte einen Abschnitt ausfüllen.")
        )
    return found
