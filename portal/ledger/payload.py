"""What the chain covers of a history row: its columns by the list of that time, as PostgreSQL writes them as JSON."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import ProgrammingError, connection, transaction
from psycopg import errors, sql

PAIRS = 50  # a function takes 100 arguments


def payload(columns: Iterable[str]) -> sql.Composable:
    """Return SQL for the text whose checksum stands for a history row `h`, from a list of columns.

    Times are in the time zone of the session, which Django keeps at UTC.
    """
    pairs = [sql.SQL(", ").join([sql.Literal(name), sql.Identifier("h", name)]) for name in columns]
    objects = [
        sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(pairs[start : start + PAIRS]))
        for start in range(0, len(pairs), PAIRS)
    ]
    return sql.SQL("({})::text").format(sql.SQL(" || ").join(objects))


def payload_hashes(entries: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """Return the checksum of the history row of each entry, by table and row; a row that is gone is left out.

    `entries` have tabelle, zeile and liste (the columns). A table or column that is gone leaves out all its rows.
    """
    wanted = defaultdict(list)
    for entry in entries:
        wanted[entry["tabelle"], tuple(entry["liste"] or ())].append(entry["zeile"])
    found = {}
    for (table, columns), keys in wanted.items():
        found |= {(table, key): checksum for key, checksum in _hashes(table, columns, keys)}
    return found


def _hashes(table: str, columns: tuple[str, ...], keys: list[int]) -> list[tuple[int, str]]:
    if not columns:
        return []
    query = sql.SQL(
        "SELECT h.history_id, encode(sha256(convert_to({payload}, 'UTF8')), 'hex') FROM {table} h"
        " WHERE h.history_id = ANY(%s)"
    ).format(payload=payload(columns), table=sql.Identifier(table))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, [keys])
            return cursor.fetchall()
    except ProgrammingError as fault:
        if isinstance(fault.__cause__, errors.InsufficientPrivilege):
            raise
        return []  # no such table or column, or a name that none can have
