"""What differs between what is stored on a Weisung and what somebody wants to save."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.synopse import FieldChange, Synopse, compare, compare_fields
from weisungen.drafting import WRITTEN
from weisungen.forms import ROLES, TEXT_LABELS
from weisungen.models import Rolle, Typ, Weisung


@dataclass(frozen=True)
class Textvergleich:
    """One text, old beside new."""

    titel: str
    synopse: Synopse


@dataclass(frozen=True)
class Vergleich:
    """Header fields and texts that differ; `alt` and `neu` head the columns."""

    felder: list[FieldChange]
    texte: list[Textvergleich]
    alt: str = "inzwischen gespeichert"
    neu: str = "Ihre Eingabe"


def with_own_values(stored: Weisung, own: Mapping[str, Any]) -> Vergleich:
    """Return what differs between what somebody else has stored and what somebody wants to save."""
    before = {name: getattr(stored, name) for name in WRITTEN}
    felder = [feld for feld in compare_fields(_printed(before), _printed({**before, **own})) if feld.geaendert]
    texte = [
        Textvergleich(label, compare(before[name], own[name]))
        for name, label in TEXT_LABELS.items()
        if name in own and own[name] != before[name]
    ]
    return Vergleich(felder, texte)


def _printed(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the header as label and words."""
    header = [name for name in WRITTEN if name not in TEXT_LABELS and name not in (*ROLES, "rollen_zusatz")]
    words = {str(Weisung._meta.get_field(name).verbose_name): _words(name, values[name]) for name in header}
    for role in ROLES:
        label, zusatz = Rolle(values[role]).label if values[role] else "", values["rollen_zusatz"].get(role)
        words[str(Weisung._meta.get_field(role).verbose_name)] = f"{label} ({zusatz})" if zusatz else label
    return words


def _words(name: str, value: Any) -> str:
    if name == "typ":
        return Typ(value).label
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else value or ""
