"""What the warnings are called: the key under which a reason is kept holds their code and the passage."""

from collections.abc import Iterator, Mapping

from arbeitsmittel.checks.lage import SIBLING_CODE

EDITORIAL = "nicht-redaktionell"  # arbeitsmittel/checks/aenderung.py
# By the code of the finding; one that is missing here is shown as it is.
NAMES: Mapping[str, str] = {
    EDITORIAL: "doch nicht redaktionell",
    SIBLING_CODE: "Familie nicht angepasst",
    "stand-nicht-neuester": "nicht der neueste Stand",
    "zitat-unbekannt": "zitiert Unbekanntes",
    "zitat-zurueckgezogen": "zitiert Zurückgezogenes",
    "zitat-ohne-stand": "zitiert ohne Stand",
    "gueltig-vor-datum": "gilt vor ihrem Datum",
    "nummer-gegen-datum": "Nummer passt nicht zum Datum",
    "verweis-ueberholt": "verweist auf Überholtes",
    "bezug-ueberholt": "bezieht sich auf Überholtes",
    "aufhebung-ueberholt": "hebt Überholtes auf",
    "paket-anderer-stand": "anderer Stand als angekündigt",
    "angekuendigt-nicht-zitiert": "angekündigt, nicht zitiert",
    "rolle-widerspricht-zitat": "Rolle widerspricht Zitat",
}


def reasons_of(begruendungen: Mapping[str, str], code: str = "") -> Iterator[tuple[str, str]]:
    """Yield name and passage, and the reason, of each overridden warning; those of one code where it is given."""
    for key, reason in begruendungen.items():
        kind, _colon, place = key.partition(":")
        if not code or kind == code:
            yield f"{NAMES.get(kind, kind)}: {place}", reason
