"""The proof that nothing was altered: what is stored is held against the chain, and the chain against itself.

A check is a function that yields a `Mangel` for each row that fails; apps register theirs (`register`) for what only
they know. The checks read columns and compute with functions of PostgreSQL itself, not with those of the portal's
migrations, because whoever can alter a row could alter these too.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from psycopg import sql

from portal.ledger.chain import history_of, tracked_columns
from portal.ledger.entries import COVERED, entry_hash, sha256
from portal.ledger.payload import payload_hashes

BLOCK = 2000  # entries in memory at a time
# What reading a value can end in that no database of ours ever wrote: a day after the year 9999, JSON of 5,000 levels.
UNREADABLE = (DatabaseError, ValueError, TypeError, RecursionError)
UTC_TEXT = "to_char(e.{0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"


@dataclass(frozen=True)
class Mangel:
    """One row that fails: where it is, and one German sentence about it."""

    ort: str
    text: str

    def __str__(self) -> str:
        # A name with a line break must not look like a line of its own.
        return "".join(
            sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in f"{self.ort}: {self.text}"
        )


class Progress:
    """What is told while it runs; this one tells nothing (the command has one with a bar)."""

    def begin(self, name: str, total: int) -> None:
        """A check with so many rows begins; 0: unknown."""

    def advance(self, rows: int) -> None:
        """So many rows more are done."""


Check = Callable[[Progress], Iterator[Mangel]]
_checks: list[Check] = []


def register(*checks: Check) -> None:
    """Add checks of an app; called once, when it is ready."""
    _checks.extend(check for check in checks if check not in _checks)


def verify(progress: Progress | None = None) -> Iterator[Mangel]:
    """Yield what does not agree; nothing at all means that nothing was altered since the newest anchor outside.

    Call it inside a transaction that sees one state (REPEATABLE READ) while the portal goes on being used.
    """
    progress = progress or Progress()
    for check in (check_chain, check_column_lists, check_rows_are_entered, check_live_rows, *_checks):
        yield from _to_its_end(check, progress)


class _Heard(Progress):
    """Passes on what is told, and remembers the name of the check."""

    def __init__(self, told: Progress) -> None:
        self.told, self.name = told, ""

    def begin(self, name: str, total: int) -> None:
        self.name = name
        self.told.begin(name, total)

    def advance(self, rows: int) -> None:
        self.told.advance(rows)


def _to_its_end(check: Check, progress: Progress) -> Iterator[Mangel]:
    """A check that cannot read what is stored is a finding itself, and the others run all the same."""
    heard = _Heard(progress)
    try:
        with transaction.atomic():
            yield from check(heard)
    except UNREADABLE as fault:
        reason = str(fault).partition("\n")[0]
        yield Mangel(f"Prüfung «{heard.name}»", f"brach ab, weil etwas in der Datenbank nicht lesbar ist ({reason})")


def check_chain(progress: Progress) -> Iterator[Mangel]:
    """Every entry follows the one before, is what its checksum says, and so is the history row that it covers."""
    before, expected = "", 1
    for block in _blocks(progress):
        rows = payload_hashes(block)
        for entry in block:
            where = f"Eintrag {entry['nummer']}"
            if entry["nummer"] < 1:
                yield Mangel(where, "steht vor dem Anfang der Kette")
                continue
            if entry["nummer"] != expected:
                last = entry["nummer"] - 1
                missing = f"Eintrag {expected}" if last == expected else f"Einträge {expected} bis {last}"
                yield Mangel(missing, "fehlt in der Kette" if last == expected else "fehlen in der Kette")
            elif entry["vorher_hash"] != before:
                yield Mangel(where, "schließt nicht an den Eintrag davor an")
            if not _is_intact(entry):
                yield Mangel(where, "wurde geändert, seine Prüfsumme stimmt nicht")
            yield from _row(entry, rows.get((entry["tabelle"], entry["zeile"])))
            before, expected = entry["hash"], entry["nummer"] + 1


def _is_intact(entry: dict[str, Any]) -> bool:
    try:
        return entry["hash"] == entry_hash(entry["vorher_hash"], entry | {"angaben": as_json(entry["angaben"])})
    except UNREADABLE:
        return False


def _row(entry: dict[str, Any], found: str | None) -> Iterator[Mangel]:
    if found == entry["inhalt_hash"]:
        return
    where = f"{entry['tabelle']} {entry['zeile']} (Eintrag {entry['nummer']}, {entry['bezeichnung']})"
    yield Mangel(where, "die Zeile der Historie fehlt" if found is None else "die Zeile der Historie wurde geändert")


def _blocks(progress: Progress) -> Iterator[list[dict[str, Any]]]:
    # Times as text: Python knows no infinity and no year 20000, and whoever alters a row may write both.
    special = {"spalten": "s.pruefsumme"} | {name: UTC_TEXT.format(name) for name in ("zeitpunkt", "erfasst_am")}
    columns = ", ".join(special.get(name, f"e.{name}") for name in COVERED)
    names = [*COVERED, "liste", "vorher_hash", "hash"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(nummer), 0) FROM portal_eintrag")
        progress.begin("Kette", cursor.fetchone()[0])
    after = None
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {columns}, s.spalten, e.vorher_hash, e.hash FROM portal_eintrag e"
                " LEFT JOIN portal_spaltenliste s ON s.id = e.spalten_id"
                " WHERE %s::bigint IS NULL OR e.nummer > %s ORDER BY e.nummer LIMIT %s",
                [after, after, BLOCK],
            )
            block = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        if not block:
            return
        for entry in block:
            entry["liste"] = _names(entry["liste"])
        yield block
        after = block[-1]["nummer"]
        progress.advance(len(block))


def _names(value: Any) -> tuple[str, ...]:
    """Return a list of columns, empty where it is none."""
    with suppress(*UNREADABLE):
        names = as_json(value)
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            return tuple(names)
    return ()


def check_column_lists(progress: Progress) -> Iterator[Mangel]:
    """Every list of columns is what its checksum says, and of the table whose entries name it."""
    progress.begin("Spaltenlisten", 0)
    others = "SELECT FROM portal_eintrag e WHERE e.spalten_id = s.id AND e.tabelle <> s.tabelle"
    rows = select(
        f"SELECT s.id, s.tabelle, s.spalten::text, s.pruefsumme, EXISTS ({others}) FROM portal_spaltenliste s"
    )
    for key, table, text, checksum, elsewhere in sorted(rows):
        if elsewhere or sha256(text) != checksum:
            yield Mangel(f"Spaltenliste {key} ({table})", "wurde geändert")


def check_rows_are_entered(progress: Progress) -> Iterator[Mangel]:
    """No history row stands outside the chain."""
    tracked = tracked_models()
    progress.begin("Historie", len(tracked))
    for model in tracked:
        table = history_of(model)._meta.db_table
        rows = select(
            "SELECT h.history_id FROM {table} h"
            " LEFT JOIN portal_eintrag e ON e.tabelle = {name} AND e.zeile = h.history_id"
            " WHERE e.nummer IS NULL ORDER BY h.history_id",
            table=sql.Identifier(table),
            name=sql.Literal(table),
        )
        for (key,) in rows:
            yield Mangel(f"{table} {key}", "die Zeile der Historie steht nicht in der Kette")
        progress.advance(1)


def check_live_rows(progress: Progress) -> Iterator[Mangel]:
    """Every tracked row is what its newest history row says, and none is gone."""
    tracked = tracked_models()
    progress.begin("Bestand", len(tracked))
    for model in tracked:
        columns = tracked_columns(model)
        rows = select(
            "SELECT coalesce(l.id, h.id), l.id IS NULL, h.history_id IS NULL FROM {live} l FULL JOIN"
            " (SELECT DISTINCT ON (id) * FROM {history} ORDER BY id, history_id DESC) h ON h.id = l.id"
            " WHERE CASE WHEN l.id IS NULL THEN h.history_type <> '-' ELSE h.history_id IS NULL"
            " OR h.history_type = '-' OR ({lives}) IS DISTINCT FROM ({newests}) END ORDER BY 1",
            live=sql.Identifier(model._meta.db_table),
            history=sql.Identifier(history_of(model)._meta.db_table),
            lives=sql.SQL(", ").join(sql.Identifier("l", name) for name in columns),
            newests=sql.SQL(", ").join(sql.Identifier("h", name) for name in columns),
        )
        for key, gone, unknown in rows:
            reason = "fehlt im Bestand" if gone else "hat keine Historie" if unknown else "weicht von der Historie ab"
            yield Mangel(named(model, key), reason)
        progress.advance(1)


def tracked_models() -> list[type[models.Model]]:
    """Return all models that have a history."""
    return [model for model in apps.get_models() if hasattr(model._meta, "simple_history_manager_attribute")]


def named(model: type[models.Model], key: int) -> str:
    """Return how a row is named in a finding: its kind, its key, and what people call it."""
    said = None
    with suppress(*UNREADABLE), transaction.atomic():
        row = model._default_manager.filter(pk=key).first()
        said = None if row is None else str(row)
    return f"{model._meta.verbose_name} {key}" + (f" ({said})" if said is not None else "")


def select(query: str, parameters: Iterable[Any] = (), **parts: sql.Composable) -> list[tuple[Any, ...]]:
    """Return the rows of a query whose names of tables and columns are filled in safely."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(query).format(**parts), list(parameters))
        return cursor.fetchall()


def as_json(value: Any) -> Any:
    """Return what a JSON column holds; a cursor without the field of a model gets it as text."""
    return json.loads(value) if isinstance(value, str) else value
