"""What one entry changed: each field old and new as people write it, long texts as a Synopse."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.history_words import in_words
from portal.models import Benutzer, Dienststelle, Eintrag
from portal.synopse import FieldChange, Synopse, compare, compare_fields
from weisungen.forms import TEXT_LABELS
from weisungen.models import Aufhebung, Umsetzung, Weisung, Zitat

TRACKED = (Dienststelle, Benutzer, Arbeitsmittel, Fassung, Weisung, Umsetzung, Zitat, Aufhebung)
_BY_TABLE = {model.history.model._meta.db_table: model for model in TRACKED}
_RICH: Mapping[type[models.Model], Mapping[str, str]] = {Fassung: {"inhalt": "Text"}, Weisung: TEXT_LABELS}
_COUNTED = ("quelltext",)  # a whole source: only its length says something
_UNSAID = ("id", "version")  # counts saves, for stale forms
ROLLEN = "Rollen"


@dataclass
class Aenderungen:
    """What an entry changed; `neu` where it made the thing, `zeile` is the history row (None: it cannot be read)."""

    zeile: Any = None
    model: type[models.Model] | None = None
    neu: bool = False
    felder: list[FieldChange] = field(default_factory=list)
    texte: list[tuple[str, Synopse]] = field(default_factory=list)


def changes_of(eintrag: Eintrag) -> Aenderungen:
    """Return what an entry changed against the one before it of the same row."""
    model = _BY_TABLE.get(eintrag.tabelle)
    if model is None:
        return Aenderungen()
    rows = model.history.model.objects.filter(id=eintrag.objekt_id, history_id__lte=eintrag.zeile)
    newest = list(rows.order_by("-history_id")[:2])
    if not newest or newest[0].history_id != eintrag.zeile:
        return Aenderungen()
    now, before = newest[0], newest[1] if len(newest) > 1 else None
    rich = _RICH.get(model, {})
    changed = [field for field in _tracked(model) if _value(before, field) != _value(now, field)]
    words = _Words([field for field in changed if field.name not in rich], [now, *([before] if before else [])])
    texts = [name for name in rich if name in {field.name for field in changed}]
    return Aenderungen(
        zeile=now,
        model=model,
        neu=before is None,
        felder=[*_roles(eintrag), *compare_fields(words.of(before), words.of(now))],
        texte=[(rich[name], compare(getattr(before, name, "") or "", getattr(now, name) or "")) for name in texts],
    )


def _tracked(model: type[models.Model]) -> list[models.Field]:
    kept = {field.name for field in model.history.model._meta.concrete_fields} - set(_UNSAID)
    return [field for field in model._meta.concrete_fields if field.name in kept]


def _value(row: Any, field: models.Field) -> Any:
    value = getattr(row, field.attname) if row is not None else None
    return None if value in ("", {}, []) else value  # nothing said before is nothing changed


class _Words:
    """The values of some fields as words; the names behind keys are looked up in one query for each model."""

    def __init__(self, fields: Iterable[models.Field], rows: Iterable[Any]) -> None:
        self.fields = list(fields)
        keys: dict[type[models.Model], set] = defaultdict(set)
        for one in self.fields:
            if isinstance(one, models.ForeignKey):
                keys[one.remote_field.model] |= {getattr(row, one.attname) for row in rows} - {None}
        self.names = {model: _names(model, wanted) for model, wanted in keys.items() if wanted}

    def of(self, row: Any) -> dict[str, str]:
        """Return label and words of each field; nothing where there is no row."""
        return {} if row is None else {str(one.verbose_name): self._said(row, one) for one in self.fields}

    def _said(self, row: Any, one: models.Field) -> str:
        value = getattr(row, one.attname)
        if value is None:
            return ""
        if isinstance(one, models.ForeignKey):
            return self.names[one.remote_field.model].get(value, f"Schlüssel {value}")
        if one.name in _COUNTED:
            return f"{len(value)} Zeichen" if value else ""
        if isinstance(value, dict):
            return "\n".join(f"{key}: {words}" for key, words in value.items())
        if isinstance(value, list):
            return f"{len(value)} {'Befund' if len(value) == 1 else 'Befunde'}" if value else ""
        return str(in_words(value, dict(one.flatchoices or ())))


def _names(model: type[models.Model], keys: set) -> dict[int, str]:
    rows = model._default_manager.filter(pk__in=keys)
    if model is Fassung:
        rows = rows.select_related("arbeitsmittel").without_text()
    if model is Weisung:
        rows = rows.without_text()
    return {row.pk: str(row) for row in rows}


def _roles(eintrag: Eintrag) -> list[FieldChange]:
    """Roles given and taken: they stand beside the entry of a person, not in a column."""
    if "rollen" not in eintrag.angaben:
        return []
    same = Eintrag.objects.filter(thema_art=eintrag.thema_art, thema_id=eintrag.thema_id, tabelle=eintrag.tabelle)
    before = same.filter(nummer__lt=eintrag.nummer).order_by("-nummer").values_list("angaben", flat=True).first()
    old, new = ((angaben or {}).get("rollen", []) for angaben in (before, eintrag.angaben))
    return compare_fields({ROLLEN: ", ".join(old)}, {ROLLEN: ", ".join(new)}) if old != new else []
