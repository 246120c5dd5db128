"""Which statements a page sends. Begin, commit and savepoints are no questions and are left out."""

import re
from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.environment import BenchFailed

HOST = "127.0.0.1"
_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
_SHOWN = 150  # characters


def is_query(sql: str) -> bool:
    return not sql.upper().startswith(_CONTROL)


def queries_of(path: str, cookies: dict[str, str], status: int) -> list[str]:
    """Return the statements of one page, asked for in this process. Raises BenchFailed for another status."""
    client = Client(SERVER_NAME=HOST)
    client.cookies.load(cookies)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != status:
        raise BenchFailed(f"{path} antwortet mit {answer.status_code} statt {status}.")
    return [query["sql"] for query in captured.captured_queries if is_query(query["sql"])]


def in_short(statements: Iterable[str]) -> list[str]:
    """Return each statement as one line without its columns: `SELECT … FROM arbeitsmittel_fassung WHERE …`."""
    return [
        re.sub(r"^SELECT .*? FROM ", "SELECT … FROM ", " ".join(sql.replace('"', "").split()))[:_SHOWN]
        for sql in statements
    ]
