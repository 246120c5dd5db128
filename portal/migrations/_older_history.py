"""Used by migrations: enters the history that is older than the chain into it."""

from collections.abc import Callable
from typing import Any


def enter_older(app: str, described: dict[str, str]) -> Callable[[Any, Any], None]:
    """Return what a migration runs: all rows of these history tables, oldest first. `described`: model to function."""

    def run(apps: Any, schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            # What an earlier migration wrote in this transaction still waits for its checks.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name, describe in described.items():
                history = apps.get_model(app, name)
                columns = [field.column for field in history._meta.concrete_fields]
                cursor.execute("SELECT portal_chain_older(%s, %s, %s)", [history._meta.db_table, describe, columns])

    return run
