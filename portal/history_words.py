"""Values of the history as people write them: dates and times in Germany, the words of a choice, yes and no."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from simple_history.template_utils import HistoricalRecordContextHelper


class GermanChanges(HistoricalRecordContextHelper):
    """How the list of the history prints what a change made of a value."""

    def format_delta_change(self, change: Any) -> Any:
        formatted = super().format_delta_change(change)
        return replace(formatted, field="Rollen") if change.field == "groups" else formatted

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        prepared = super().prepare_delta_change_value(change, value)
        if isinstance(prepared, list):  # roles
            return ", ".join(sorted(map(str, prepared)))
        field = self.model._meta.get_field(change.field)
        return in_words(prepared, dict(getattr(field, "flatchoices", None) or ()))


def in_words(value: Any, choices: dict[Any, str]) -> Any:
    """Return a value as it is read: 02.01.2024, 09:30 Uhr; the label of a choice; ja or nein; else unchanged."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y, %H:%M} Uhr"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return choices.get(value, value) if isinstance(value, str) else value
