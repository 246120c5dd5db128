"""The order of the measurement: set up, fill, count, time, and hand over to the report."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.models import Eintrag
from portal.stichtag import today
from tests.bench import report
from tests.bench.audit import ENTRIES, measure_saves, measure_verify, write_long_record
from tests.bench.audit_pages import measure_audit_pages
from tests.bench.content import fill
from tests.bench.databases import AUDIT, EMPTY, IMPORT, LARGE, SMALL, Databases, leave, work_on
from tests.bench.editing import measure_editing
from tests.bench.environment import database_url
from tests.bench.imports import measure_import, weisung_file
from tests.bench.pages import PageFigures, count_queries, pages, time_pages
from tests.bench.pdfs import measure_pdf
from tests.bench.serving import serve
from tests.bench.synopse import measure_synopse
from tests.factories import make_person
from weisungen.models import Weisung

SIZES = {SMALL: 30, LARGE: 3000}


def measure(databases: Databases, server: dict[str, Any]) -> str:
    """Run everything; return the report. Says on stderr what it does at the moment."""
    begin = time.monotonic()
    _say("Datenbank anlegen …")
    cookies = _provide_empty(databases)
    machine = report.machine()
    _say("Import messen …")
    imported = measure_import(databases, weisung_file())
    _say("PDF messen …")
    with tempfile.TemporaryDirectory() as folder:
        weisung = Weisung.objects.with_repeal(today(timezone.now())).get()
        printed = measure_pdf(weisung, database_url(server, IMPORT), Path(folder))
    _say("Schreiben und Freigeben messen …")
    edited = measure_editing(databases)
    _say("Synopse messen …")
    compared = measure_synopse()
    for name, count in SIZES.items():
        _say(f"{count} Arbeitsmittel anlegen …")
        leave()
        databases.create(name, EMPTY)
        work_on(name)
        fill(count, timezone.localdate(), timezone.now())
    _say("Seiten messen …")
    shown = _measure_pages(server, cookies)
    _say("Speichern mit allen Sicherungen messen …")
    saved = measure_saves(databases)
    _say(f"{ENTRIES} Einträge der Historie anlegen, das dauert einige Minuten …")
    written_in = write_long_record(databases)
    _say("Seiten der Revision und verify messen …")
    entries = Eintrag.objects.count()
    audited = measure_audit_pages()
    leave()
    proved = measure_verify(database_url(server, AUDIT), entries, written_in)
    return "\n".join([
        machine,
        *report.pages_report(shown, tuple(SIZES.values())),
        *report.import_report(imported, weisung_file().name),
        *report.pdf_report(printed),
        *report.editing_report(edited),
        *report.synopse_report(compared),
        *report.saves_report(saved),
        *report.verify_report(proved),
        *report.audit_report(audited, entries),
        f"Dauer der Messung: {time.monotonic() - begin:.0f} Sekunden.",
    ])  # fmt: skip


def _provide_empty(databases: Databases) -> dict[str, str]:
    """Make the database that all others are copies of: tables, a reader, and the reader's session cookie."""
    databases.create(EMPTY)
    work_on(EMPTY)
    call_command("migrate", verbosity=0, interactive=False)
    client = Client()
    person = make_person("messung", role="Redaktion")  # reads, and sees the editors' lists
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _measure_pages(server: dict[str, Any], cookies: dict[str, str]) -> list[PageFigures]:
    counted = count_queries(tuple(SIZES), cookies)
    leave()
    with (
        serve(database_url(server, SMALL), cookies) as small,
        serve(database_url(server, LARGE), cookies) as large,
    ):
        timed = time_pages(small, large)
    return [
        PageFigures(page, queries, *times) for page, queries, times in zip(pages(), counted, timed, strict=True)
    ]  # fmt: skip


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
