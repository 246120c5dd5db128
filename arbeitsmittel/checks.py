"""What is looked at before a Fassung is released (issue 3, "Checks")."""

from arbeitsmittel.models import Fassung
from portal.befund import Befund
from portal.stichtag import Stichtag
from portal.text import plain


def check_fassung(fassung: Fassung, stichtag: Stichtag) -> list[Befund]:
    """Return the findings of a draft as somebody sees it who asks on the Stichtag; errors first."""
    return _empty_fields(fassung)


def _empty_fields(fassung: Fassung) -> list[Befund]:
    required = {
        "Titel": fassung.titel,
        "Text": plain(fassung.inhalt).strip(),
        "Änderungshinweis": fassung.aenderungshinweis,
        "Art der Änderung": fassung.aenderungsart,
    }
    return [
        Befund("pflichtfeld", "fehler", name, f"„{name}“ ist leer.", "Bitte ausfüllen.")
        for name, value in required.items()
        if not value
    ]
