"""The reviewers' pages over a long record, beside those of the library and the admin: processor time, not clock.

Asked for in this process, so that the time of application and database can be told apart and added. The database's
parallel workers are off for both sides: their time would be nobody's.
"""

import os
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.test import Client

from arbeitsmittel.models import Fassung
from portal.models import Eintrag
from tests.bench.audit_content import PEOPLE, RARE_REASON
from tests.bench.environment import BenchFailed
from tests.bench.figures import Spread, rounds
from tests.bench.queries import HOST, queries_of
from tests.bench.stock import PER_PAGE, stock_portal
from tests.factories import make_person

ROUNDS, FEWEST_ROUNDS, SECONDS = 7, 3, 90
REQUESTS = 4
DEEP = 5000  # pages


@dataclass(frozen=True)
class AuditPage:
    """A page of ours, and that of the stock admin which answers the same question (None where it has none)."""

    name: str
    ours: str
    stock: str | None = None


@dataclass(frozen=True)
class AuditFigures:
    """Queries and milliseconds of processor time of both."""

    page: AuditPage
    queries: int
    stock_queries: int
    ours: Spread
    stock: Spread | None


def audit_pages() -> list[AuditPage]:
    """Return what is measured, for the record in the current database."""
    newest, fassung = Eintrag.objects.first(), Fassung.objects.select_related("arbeitsmittel").first()
    edited = Eintrag.objects.filter(vorgang="bearbeitung").first()
    deep = max(newest.nummer - DEEP * PER_PAGE, newest.nummer // 2)
    skipped = (newest.nummer - deep) // PER_PAGE
    everything = "/stock/arbeitsmittel/historicalfassung/"
    slug = fassung.arbeitsmittel.slug
    return [
        AuditPage("Zeitachse, erste Seite", "/revision/", everything),
        AuditPage(f"– Seite {skipped}", f"/revision/?vor={deep}-1", f"{everything}?p={skipped}"),
        AuditPage("– nach Person", f"/revision/?person=person-{PEOPLE // 2}"),
        AuditPage("– seltene Worte", f"/revision/?worte={quote(RARE_REASON)}", f"{everything}?q={quote(RARE_REASON)}"),
        AuditPage(
            "Historie eines Objekts", f"/arbeitsmittel/{slug}/historie/",
            f"/stock/arbeitsmittel/fassung/{fassung.pk}/history/",
        ),
        AuditPage("Eintrag mit Vergleich", f"/revision/eintrag/{edited.nummer}/"),
    ]  # fmt: skip


def measure_audit_pages() -> list[AuditFigures]:
    """Ask for each page and its counterpart in turn, in each round. Raises BenchFailed where one does not answer."""
    cookies = _reviewer()
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
    pages = audit_pages()
    counted = [_counted(page, cookies) for page in pages]
    timed = [
        [_timed(page, cookies) for page in pages]
        for _round in rounds(ROUNDS, fewest=FEWEST_ROUNDS, seconds=SECONDS)
    ]  # fmt: skip
    return [
        AuditFigures(page, *queries, Spread.of(ours for ours, _ in times), _stock([theirs for _, theirs in times]))
        for page, queries, times in zip(pages, counted, zip(*timed, strict=True), strict=True)
    ]


def _stock(times: Sequence[float | None]) -> Spread | None:
    return None if times[0] is None else Spread.of(times)


def _reviewer() -> dict[str, str]:
    client = Client()
    client.force_login(make_person("prueft", role="Revision"), backend="portal.role_backend.RoleBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _counted(page: AuditPage, cookies: dict[str, str]) -> tuple[int, int]:
    for _warming_up_and_counting in range(2):
        ours = queries_of(page.ours, cookies, 200)
    if page.stock is None:
        return len(ours), 0
    with stock_portal():
        return len(ours), len(queries_of(page.stock, cookies, 200))


def _timed(page: AuditPage, cookies: dict[str, str]) -> tuple[float, float | None]:
    ours = _milliseconds(page.ours, cookies)
    return ours, None if page.stock is None else _milliseconds(page.stock, cookies, stock=True)


def _milliseconds(path: str, cookies: dict[str, str], *, stock: bool = False) -> float:
    client = Client(SERVER_NAME=HOST)
    client.cookies.load(cookies)
    with stock_portal() if stock else nullcontext():
        client.get(path)  # templates are compiled anew after each change of the settings
        begin, of_database = time.process_time(), _database_seconds()
        for _request in range(REQUESTS):
            answer = client.get(path)
            if answer.status_code != 200:
                raise BenchFailed(f"{path} antwortet mit {answer.status_code}.")
            answer.getvalue() if answer.streaming else answer.content
        spent = time.process_time() - begin + _database_seconds() - of_database
    return 1000 * spent / REQUESTS


def _database_seconds() -> float:
    """Return the processor time of the database's process for this connection; it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    stat = Path(f"/proc/{number}/stat")
    if not stat.exists():
        raise BenchFailed("Die Rechenzeit der Datenbank ist hier nicht zu lesen; sie muss auf diesem Rechner laufen.")
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
