"""Every history row is true, enters the chain, and no row changes without one.

What is said at commit is deferred: it looks at what the transaction leaves behind, and the chain is locked only then.
"""

from typing import Any

import pgtrigger
from django.db import models

from portal.ledger.guards import Guard, Refusal, never_deleted

HISTORY = "historical"  # how the library calls the model of the history rows


class Comparing(Guard):
    """A trigger that looks at a row and its newest history row, after each write or (deferred) at commit."""

    when = pgtrigger.After

    def __init__(self, **options: Any) -> None:
        super().__init__(function="", **options)

    def render_execute(self, model: type[models.Model]) -> str:
        name, *arguments = self.call(model)
        quoted = ", ".join("'" + argument.replace("'", "''") + "'" for argument in arguments)
        return f"{name}({quoted})"

    def call(self, model: type[models.Model]) -> list[str]:
        """Return the name of the database function and its arguments."""
        raise NotImplementedError  # abstract: a trigger of no function would guard nothing


class TrueAtOnce(Comparing):
    """On a history table: an entry says what the row is at that moment, so that none in between is invented."""

    operation = pgtrigger.Insert

    def __init__(self, **options: Any) -> None:
        super().__init__(name="true_at_once", **options)

    def call(self, model: type[models.Model]) -> list[str]:
        return ["portal_commit_guard", comparison(tracked_by(model))]


class Chained(Comparing):
    """On a history table, at commit: enters the row into the chain (portal migration 0004, portal_chain).

    `describe`: the database function that says what the row means to a reviewer. The columns are arguments of the
    trigger, so that a new one comes with a migration, and older entries go on to be checked with the older list.
    """

    operation = pgtrigger.Insert
    timing = pgtrigger.Deferred

    def __init__(self, *, describe: str, **options: Any) -> None:
        self.describe = describe
        super().__init__(name="chained", **options)

    def call(self, model: type[models.Model]) -> list[str]:
        return ["portal_chain", self.describe, comparison(tracked_by(model)), *chained_columns(model)]


class CommitGuard(Comparing):
    """On a tracked table: refuses a commit that leaves a row unlike its newest history row (portal_commit_guard)."""

    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    timing = pgtrigger.Deferred

    def __init__(self, **options: Any) -> None:
        super().__init__(name="commit_guard", **options)

    def call(self, model: type[models.Model]) -> list[str]:
        return ["portal_commit_guard", comparison(model)]


def audited(noun: str) -> list[Guard | Refusal]:
    """Return the triggers of a tracked model: never deleted, never changed without history (domain rule 5)."""
    return [*never_deleted(noun), CommitGuard()]


def chained_columns(history: type[models.Model]) -> list[str]:
    """Return the columns of a history table that the chain covers: all of them."""
    return [field.column for field in history._meta.concrete_fields]


def tracked_columns(model: type[models.Model]) -> list[str]:
    """Return the columns that a model shares with its history; what is excluded there is not audited."""
    history = {field.column for field in history_of(model)._meta.concrete_fields}
    return [field.column for field in model._meta.concrete_fields if field.column in history]


def history_of(model: type[models.Model]) -> type[models.Model]:
    """Return the model of the history rows of a tracked model; in a migration, as it is there."""
    return model._meta.apps.get_model(model._meta.app_label, HISTORY + model._meta.model_name)


def tracked_by(history: type[models.Model]) -> type[models.Model]:
    """Return the tracked model of a model of history rows."""
    return history._meta.apps.get_model(history._meta.app_label, history._meta.model_name.removeprefix(HISTORY))


def comparison(model: type[models.Model]) -> str:
    """Return SQL with the key as $1: whether a row is there that differs from its newest history, or should not be.

    One statement that is written once, at migration: the trigger has nothing to put together.
    """
    columns = tracked_columns(model)
    live, newest = ", ".join(f'l."{name}"' for name in columns), ", ".join(f'h."{name}"' for name in columns)
    table, history = model._meta.db_table, history_of(model)._meta.db_table
    return (
        f'SELECT EXISTS (SELECT FROM (SELECT * FROM "{table}" WHERE id = $1) l'
        f' FULL JOIN (SELECT * FROM "{history}" WHERE id = $1 ORDER BY history_id DESC LIMIT 1) h ON l.id = h.id'
        f" WHERE CASE WHEN l.id IS NULL THEN h.history_type <> '-'"
        f" ELSE h.history_id IS NULL OR h.history_type = '-' OR ({live}) IS DISTINCT FROM ({newest}) END)"
    )
