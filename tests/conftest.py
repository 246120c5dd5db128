"""The cast, the database, the browser. Everything is real: PostgreSQL, Chromium, PDF files that are opened again."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

from portal.bootstrap.debian import PDF_LIBRARIES, TEST_PROGRAMS
from portal.database import ensure_running
from portal.models import Benutzer
from tests.factories import make_person

CHROMIUM = shutil.which("chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def missing(what: str) -> None:
    """Skip with a reason on a person's machine; fail in CI, where everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}, und in CI muss es da sein.")
    pytest.skip(what)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without what only root can install, the tests that need it are skipped; in CI they run, and fail."""
    if os.environ.get("CI") == "true":
        return
    no_pdf = [package.name for package in PDF_LIBRARIES if not package.is_there()]
    no_browser = [package.name for package in TEST_PROGRAMS if not package.is_there()]
    for item in items:
        lacking = [
            *(no_pdf if item.get_closest_marker("needs_pdf") else []),
            *(no_browser if "browser" in item.path.parts else []),
        ]
        if lacking:
            item.add_marker(pytest.mark.skip(reason=f"Es fehlt {', '.join(lacking)}; als root richtet make es ein."))


@pytest.fixture(scope="session")
def database_server() -> None:
    ensure_running()


@pytest.fixture(scope="session")
def truncate_past_the_guards() -> Iterator[None]:
    """Between tests with commits the tables are emptied; only the owner of the database may switch the guards off."""
    original = DatabaseOperations.execute_sql_flush

    def execute(self: DatabaseOperations, statements: list[str]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            original(self, statements)

    DatabaseOperations.execute_sql_flush = execute
    yield
    DatabaseOperations.execute_sql_flush = original


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: None, truncate_past_the_guards: None, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """The test database in the embedded server (or the one of DATABASE_URL)."""
    yield
    # A thread of the live server that was cut off in a request still holds its connection, and the database cannot go.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.fixture(scope="session")
def real_weisung_file() -> Path:
    """The published Weisung 202305004; it lies beside the project, because it must not be copied into it."""
    path = Path(__file__).resolve().parents[2] / "shared" / "data" / "weisung-202305004.md"
    if not path.exists():
        missing("Die veröffentlichte Weisung liegt nicht neben dem Projekt (../shared/data)")
    return path


@pytest.fixture(scope="session")
def real_weisung(real_weisung_file: Path) -> str:
    """Its text, as the import reads it."""
    return real_weisung_file.read_text(encoding="utf-8-sig")


@pytest.fixture(autouse=True)
def nothing_rendered_left() -> None:
    for cache in caches.all(initialized_only=True):
        cache.clear()


# The cast: one person per role, and one who has none.


@pytest.fixture
def sachbearbeitung(db: None) -> Benutzer:
    return make_person("sachbearbeitung", role="Sachbearbeitung")


@pytest.fixture
def redaktion(db: None) -> Benutzer:
    return make_person("redaktion", role="Redaktion")


@pytest.fixture
def freigabe(db: None) -> Benutzer:
    return make_person("freigabe", role="Freigabe")


@pytest.fixture
def revision(db: None) -> Benutzer:
    return make_person("revision", role="Revision")


@pytest.fixture
def verwaltung(db: None) -> Benutzer:
    return make_person("verwaltung", role="Administration")


@pytest.fixture
def reader(sachbearbeitung: Benutzer) -> Client:
    """A client signed in as somebody who reads."""
    client = Client()
    client.force_login(sachbearbeitung, backend="portal.role_backend.RoleBackend")
    return client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "de-DE", "viewport": {"width": 1280, "height": 900}}
