"""What the database itself refuses: changing a history entry, a published row, or deleting what is audited.

Declared with django-pgtrigger, so that the triggers stand beside the model and follow it into its migrations.
They execute one function of our own (portal migration 0001) instead of the library's, because the library's can
be switched off for a session by a setting, which an audit could not see.
"""

from typing import Any

import pgtrigger
from django.db import models

REFUSE_FUNCTION = "portal_refuse"


class Guard(pgtrigger.Trigger):
    """A trigger that executes a database function of our own, made by a migration."""

    func = "RETURN NULL;"  # never runs: see render_execute

    def __init__(self, *, function: str, **options: Any) -> None:
        self.function = function
        super().__init__(**options)

    def render_execute(self, model: type[models.Model]) -> str:
        return self.function


class Refusal(Guard):
    """Refuses the operation with one German sentence; arrives in Python as IntegrityError."""

    when = pgtrigger.Before

    def __init__(self, *, message: str, **options: Any) -> None:
        quoted = message.replace("'", "''")
        super().__init__(function=f"{REFUSE_FUNCTION}('{quoted}')", **options)


class Frozen(Refusal):
    """Refuses an UPDATE of any column outside `except_fields` once `once_set` has a value."""

    operation = pgtrigger.Update

    def __init__(self, *, once_set: str | None = None, except_fields: tuple[str, ...] = (), **options: Any) -> None:
        self.once_set = once_set
        self.except_fields = except_fields
        super().__init__(**options)

    def get_condition(self, model: type[models.Model]) -> pgtrigger.Condition:
        changed = pgtrigger.Q()
        for field in model._meta.fields:
            # A generated column follows from the others, and a BEFORE trigger may not read it.
            if field.name not in self.except_fields and not isinstance(field, models.GeneratedField):
                changed |= pgtrigger.Q(**{f"old__{field.name}__df": pgtrigger.F(f"new__{field.name}")})
        if self.once_set is None:
            return changed
        return pgtrigger.Q(**{f"old__{self.once_set}__isnull": False}) & changed


def never_deleted(noun: str) -> list[Refusal]:
    """Return the triggers that refuse DELETE and TRUNCATE (domain rule 5: nothing audited is deleted)."""
    message = f"{noun}: Gelöscht wird hier nichts."
    return [
        Refusal(name="never_deleted", operation=pgtrigger.Delete, message=message),
        Refusal(name="never_emptied", operation=pgtrigger.Truncate, level=pgtrigger.Statement, message=message),
    ]


def append_only() -> list[Refusal]:
    """Return the triggers of a history table: rows come, none changes, none goes."""
    return [
        *never_deleted("Historie"),
        Refusal(
            name="never_changed",
            operation=pgtrigger.Update,
            message="Historie: Ein Eintrag wird nicht geändert.",
        ),
    ]
