"""Import of published Weisungen: text in, proposal with evidence out. Only `storing` knows the database."""

from weisungen.importing.proposal import (
    Abschnitt,
    Befund,
    Beleg,
    ImportRefused,
    Kopf,
    Regelung,
    Vorschlag,
    ZitatVorschlag,
)
from weisungen.importing.reading import read_weisung
from weisungen.verweise import Verweis

__all__ = [
    "Abschnitt",
    "Befund",
    "Beleg",
    "ImportRefused",
    "Kopf",
    "Regelung",
    "Verweis",
    "Vorschlag",
    "ZitatVorschlag",
    "read_weisung",
]
