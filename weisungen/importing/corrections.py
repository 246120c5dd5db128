"""What an editor sets right in a proposal before it is stored. What had been read stays on record as a finding."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from weisungen.importing.columns import HEADER, header_values
from weisungen.importing.labels import PRINTED_LABEL
from weisungen.importing.proposal import Befund, Vorschlag
from weisungen.models import Weisung

CORRECTED = "berichtigt-"  # code of the finding that keeps what was read; the field follows

_FIELD_OF_CODE = {
    "titel-fehlt": "titel",
    "datum-nur-monat": "datum",
    "datum-aus-nummer": "datum",
    "gueltig-ab-sofort": "gueltig_ab",
    "aufhebung-teilweise": "aufhebung",
    "aufhebung-selbst": "aufhebung",
}
_COLUMN = {"aufhebungen": "aufhebung"}  # where a field of the proposal and its column have two names
_FIELD_OF_LABEL = {label: _COLUMN.get(feld, feld) for feld, label in PRINTED_LABEL.items()}
_LABEL = re.compile(r"(?:Die Kopfzeile )?„([^“]+)“")


def corrections(vorschlag: Vorschlag, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the given fields of HEADER that say otherwise than what was read."""
    read = header_values(vorschlag)
    return {name: given[name] for name in HEADER if name in given and given[name] != read[name]}


def with_corrections(vorschlag: Vorschlag, corrected: Mapping[str, Any]) -> Vorschlag:
    """Return the proposal with findings that keep what was read; an error that a correction answers is a hint now.

    Its values stay as they were read: the corrected ones are written over them where rows are made.
    """
    befunde = [_answered(befund) if field_of(befund) in corrected else befund for befund in vorschlag.befunde]
    read = header_values(vorschlag)
    return replace(vorschlag, befunde=(*befunde, *(_kept(vorschlag, name, read[name]) for name in corrected)))


def field_of(befund: Befund) -> str:
    """Return the field of HEADER that a finding is about, empty for a finding about the text."""
    quoted = _LABEL.match(befund.text)
    return _FIELD_OF_CODE.get(befund.code) or _FIELD_OF_LABEL.get(quoted[1] if quoted else "", "")


def evidence_of(name: str) -> str:
    """Return the key under which a proposal keeps the source words of a field."""
    return "aufhebungen" if name == "aufhebung" else name


def reason_of(quelle: str, corrected: Iterable[str]) -> str:
    """Return why rows are written, for the history: where they came from, and what was set right."""
    labels = ", ".join(label_of(name) for name in corrected)
    return f"Import aus {quelle}; berichtigt: {labels}" if labels else f"Import aus {quelle}"


def corrected_before(weisung: Weisung) -> set[str]:
    """Return the fields that somebody set right when the Weisung was stored."""
    codes = (befund.get("code", "") for befund in weisung.befunde)
    return {code.removeprefix(CORRECTED) for code in codes if code.startswith(CORRECTED)}


def label_of(name: str) -> str:
    """Return the name of a field as it is shown."""
    return "Zitate" if name == "zitate" else str(Weisung._meta.get_field(name).verbose_name)


def _answered(befund: Befund) -> Befund:
    if befund.schwere != "fehler":
        return befund
    return replace(befund, schwere="hinweis", text=f"{befund.text} Die Angabe ist von Hand ergänzt.")


def _kept(vorschlag: Vorschlag, name: str, read: Any) -> Befund:
    text = f"„{label_of(name)}“ ist beim Einlesen berichtigt; gelesen war {_printed(read)}."
    beleg = vorschlag.belege.get(evidence_of(name))
    return Befund(f"{CORRECTED}{name}", "hinweis", text, *((beleg.text, beleg.position) if beleg else ()))


def _printed(value: Any) -> str:
    if isinstance(value, date):
        return f"„{value:%d.%m.%Y}“"
    if isinstance(value, Mapping):
        return ", ".join(f"„{zusatz}“" for zusatz in value.values()) or "nichts"
    return f"„{getattr(value, 'label', value)}“" if value else "nichts"
