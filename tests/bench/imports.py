"""The import of a Weisung: how long, how many statements, and how much of it is the database's own time."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from time import perf_counter

import psycopg
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench.databases import EMPTY, IMPORT, Databases, leave, work_on
from tests.bench.figures import Spread, rounds
from tests.bench.queries import is_query
from weisungen.importing import Vorschlag, read_weisung

ROUNDS, FEWEST_ROUNDS, SECONDS = 5, 3, 15
PROJECT = Path(__file__).resolve().parents[2]
REAL = PROJECT.parent / "shared" / "data" / "weisung-202305004.md"
DEMO = PROJECT / "weisungen" / "demo" / "weisungen" / "202401002.md"


@dataclass(frozen=True)
class ImportFigures:
    """Seconds of each round, and the number of statements of the first and of the unchanged second import."""

    vorschlag: Vorschlag
    reading: Spread
    first: Spread
    second: Spread
    replay: Spread
    first_queries: int
    second_queries: int


def weisung_file() -> Path:
    """Return the real published Weisung where it lies beside the project, else one of the demo content."""
    return REAL if REAL.is_file() else DEMO


def measure_import(databases: Databases, file: Path) -> ImportFigures:
    """Import the file into fresh copies of the empty database; afterwards the last copy holds the Weisung.

    `replay` sends the statements of the first import once more, by the bare driver: what the database needs alone.
    """
    text = file.read_text(encoding="utf-8-sig")
    _fresh_copy(databases)  # this first round only counts, and warms up
    statements, unchanged = _statements_of(file), _statements_of(file)
    seconds: list[tuple[float, ...]] = []
    for _round in rounds(ROUNDS, fewest=FEWEST_ROUNDS, seconds=SECONDS):
        _fresh_copy(databases)
        replay = _seconds(lambda: _replay(statements))
        _fresh_copy(databases)
        connection.ensure_connection()
        seconds.append((
            _seconds(lambda: read_weisung(text)),
            _seconds(lambda: _import(file)),
            _seconds(lambda: _import(file)),
            replay,
        ))  # fmt: skip
    reading, first, second, replays = (Spread.of(values) for values in zip(*seconds, strict=True))
    counts = (sum(map(is_query, found)) for found in (statements, unchanged))
    return ImportFigures(read_weisung(text), reading, first, second, replays, *counts)


def _fresh_copy(databases: Databases) -> None:
    leave()
    databases.create(IMPORT, EMPTY)
    work_on(IMPORT)


def _import(file: Path) -> None:
    call_command("import_weisung", str(file), stdout=StringIO())


def _statements_of(file: Path) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        _import(file)
    return [query["sql"] for query in captured.captured_queries if query["sql"] not in ("BEGIN", "COMMIT")]


def _replay(statements: list[str]) -> None:
    """A copy hands out the same keys again, so the statements fit as they were written."""
    parameters = connection.get_connection_params()
    allowed = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if name in parameters}
    with psycopg.connect(**allowed) as bare:
        for statement in statements:
            bare.execute(statement)


def _seconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin
