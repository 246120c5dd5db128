"""Databases of the measurement's own, in the same server; all are dropped again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from tests.bench.environment import BenchFailed, connection_options

EMPTY, SMALL, LARGE, IMPORT, EDITING, AUDIT = ALL = tuple(
    f"portal_bench_{name}" for name in ("leer", "klein", "gross", "import", "redaktion", "revision")
)
ONE_AT_A_TIME = 5_830_117  # number of an advisory lock, agreed upon here only


class Databases:
    """Makes and drops the databases, by way of a database that exists already."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def create(self, name: str, template: str | None = None) -> None:
        """Make a database anew; as a copy of `template`, to which nobody may be connected."""
        self.drop(name)
        copy = SQL(" TEMPLATE {}").format(Identifier(template)) if template else SQL("")
        self._connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)) + copy)

    def drop(self, name: str) -> None:
        self._connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def bench_databases(settings: dict[str, Any]) -> Iterator[Databases]:
    """Give what makes databases, and drop them whatever happened. Raises BenchFailed when another measurement runs."""
    connection = psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"] or None,
        user=settings["USER"],
        password=settings["PASSWORD"] or None,
        dbname=settings["NAME"],
        autocommit=True,
        **connection_options(settings),
    )
    with connection:
        (free,) = connection.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME]).fetchone()
        if not free:
            raise BenchFailed("In dieser Datenbank läuft schon eine Messung.")
        databases = Databases(connection)
        try:
            yield databases
        finally:
            for name in ALL:
                databases.drop(name)


def work_on(name: str) -> None:
    """Let Django's connection of this process lead to another database, as Django's own test runner does."""
    from django.db import connection

    leave()
    connection.settings_dict["NAME"] = name


def leave() -> None:
    """Close all connections of this process, so that the database can be copied."""
    from django.db import connection

    connection.close()
    connection.close_pool()
