"""Rights of the database for those who are not its owner: the portal itself, and who only reads.

With them the portal cannot switch its own guards off, nor write the chain past them: it owns no table, and the
functions that chain belong to the owner. Migrations run as the owner.
"""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import models
from psycopg import sql

from portal.ledger.chain import HISTORY
from portal.ledger.model import Eintrag, Spaltenliste

READ, WRITE_ONCE, KEEP, ALL = (
    "SELECT",
    "SELECT, INSERT",
    "SELECT, INSERT, UPDATE",
    "SELECT, INSERT, UPDATE, DELETE",
)


def rights_of_app(model: type[models.Model]) -> str:
    """Return what the portal's role may do with the table of a model, none of it TRUNCATE.

    The chain, and the roles themselves: read. A history and what refuses every change: add. What is audited: add and
    change. The rest: all.
    """
    if (
        model in (Eintrag, Spaltenliste, Group, Permission, Group.permissions.through)
        or model._meta.app_label == "migrations"
    ):
        return READ
    triggers = {trigger.name for trigger in getattr(model._meta, "triggers", ())}
    if "never_deleted" not in triggers:
        return ALL
    append_only = "never_changed" in triggers or model._meta.model_name.startswith(HISTORY)
    return WRITE_ONCE if append_only else KEEP


def statements(*, app: str, reader: str) -> Iterator[sql.Composable]:
    """Yield the SQL that gives two existing database roles exactly their rights; it can be run again and again."""
    roles = sql.SQL(", ").join([sql.Identifier(app), sql.Identifier(reader)])
    yield sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(roles)
    yield sql.SQL("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}").format(roles)
    yield sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {}").format(roles)
    yield sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(roles)
    yield sql.SQL("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {}").format(sql.Identifier(app))
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    for table, model in sorted(tables.items()):
        rights = _numbered_by_database(model) if _is_history(model) else sql.SQL(rights_of_app(model))
        yield sql.SQL("GRANT {} ON {} TO {}").format(rights, sql.Identifier(table), sql.Identifier(app))
        if not model._meta.label_lower.startswith(("sessions.", "axes.", "portal.auftrag")):
            yield _readable(model, reader)
    # The portal looks up at its start whether all migrations ran.
    yield sql.SQL("GRANT SELECT ON django_migrations TO {}").format(roles)


def _is_history(model: type[models.Model]) -> bool:
    return model._meta.model_name.startswith(HISTORY) and model._meta.pk.name == "history_id"


def _numbered_by_database(history: type[models.Model]) -> sql.Composable:
    """Rights on a history table: rows are added, but which is the newest of an object is not for the portal to say."""
    columns = [sql.Identifier(f.column) for f in history._meta.concrete_fields if not f.primary_key]
    return sql.SQL("SELECT, INSERT ({})").format(sql.SQL(", ").join(columns))


def _readable(model: type[models.Model], reader: str) -> sql.Composable:
    """Let a role read a table, but no password."""
    table, role = sql.Identifier(model._meta.db_table), sql.Identifier(reader)
    columns = [field.column for field in model._meta.concrete_fields]
    if "password" not in columns:
        return sql.SQL("GRANT SELECT ON {} TO {}").format(table, role)
    listed = sql.SQL(", ").join(sql.Identifier(name) for name in columns if name != "password")
    return sql.SQL("GRANT SELECT ({}) ON {} TO {}").format(listed, table, role)
