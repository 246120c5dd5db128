"""Which columns of a Weisung a proposal stands for."""

from typing import Any

from weisungen.abschnitte import ABSCHNITTE
from weisungen.dates import last_day
from weisungen.importing.proposal import Vorschlag
from weisungen.models import Rolle, Typ

# The header, which an editor can set right before a proposal is stored. Texts are corrected in the draft.
HEADER = (
    "typ", "nummer", "titel", "datum", "geschaeftszeichen", "gueltig_ab", "gueltig_bis", "sgb_ii", "sgb_iii",
    "familienkasse", "rollen_zusatz", "bezug", "aufhebung",
)  # fmt: skip


def weisung_values(vorschlag: Vorschlag) -> dict[str, Any]:
    """Return the fields of the Weisung that a proposal stands for; a date that was not read is None."""
    kopf = vorschlag.kopf
    texts = {0: vorschlag.vorspann} | {abschnitt.nummer: abschnitt.inhalt for abschnitt in vorschlag.abschnitte}
    fields = ("vorspann", *(field for field, _titel in ABSCHNITTE))
    return {
        "typ": Typ(vorschlag.typ.lower()),
        "nummer": kopf.nummer,
        "titel": kopf.titel,
        "datum": kopf.datum.tag if kopf.datum else None,
        "geschaeftszeichen": kopf.geschaeftszeichen,
        "gueltig_ab": kopf.gueltig_ab.tag if kopf.gueltig_ab else None,
        "gueltig_bis": last_day(kopf.gueltig_bis) if kopf.gueltig_bis else None,
        "sgb_ii": _rolle(kopf.sgb_ii),
        "sgb_iii": _rolle(kopf.sgb_iii),
        "familienkasse": _rolle(kopf.familienkasse),
        "rollen_zusatz": dict(vorschlag.zusaetze),
        "bezug": "\n".join(regelung.text for regelung in kopf.bezug),
        **{field: texts.get(number, "") for number, field in enumerate(fields)},
    }


def header_values(vorschlag: Vorschlag) -> dict[str, Any]:
    """Return the fields of HEADER as they were read; a day that nobody printed is None and has to be given."""
    values = weisung_values(vorschlag)
    kopf = vorschlag.kopf
    header = {name: values[name] for name in HEADER if name in values}
    header["aufhebung"] = "\n".join(regelung.text for regelung in kopf.aufhebungen)
    if kopf.datum and kopf.datum.nur_monat:
        header["datum"] = None
        if kopf.gueltig_ab == kopf.datum:
            header["gueltig_ab"] = None
    return header


def _rolle(printed: str | None) -> str:
    return Rolle[printed.upper().replace(" ", "_")] if printed else ""
