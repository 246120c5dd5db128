"""What was measured, in words and tables for one screen."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path

import django
import weasyprint
from django.db import connection

from tests.bench.audit import SaveFigures, VerifyFigures
from tests.bench.audit_pages import AuditFigures
from tests.bench.content import STAENDE
from tests.bench.editing import EditingFigures
from tests.bench.figures import Spread, number, table
from tests.bench.imports import ImportFigures
from tests.bench.pages import PageFigures
from tests.bench.pdfs import PdfFigures
from tests.bench.queries import in_short
from tests.bench.synopse import SIZE, SynopseFigures

MOST_QUERIES = 8


def machine() -> str:
    """Return the line about the machine; the load tells how much else it was doing at the beginning."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgres,) = cursor.fetchone()
    processor = next(
        (line.partition(":")[2].strip() for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    return (
        f"Rechner: {os.cpu_count()} Kerne ({processor}), Last {number(os.getloadavg()[0], 1)}{_busy()} · "
        f"PostgreSQL {postgres.split()[0]} · Python {platform.python_version()} · Django {django.__version__} · "
        f"WeasyPrint {weasyprint.__version__}"
    )


def pages_report(shown: Sequence[PageFigures], sizes: tuple[int, int]) -> list[str]:
    """Return the table of pages, and beneath it the statements of pages that send too many or ever more."""
    constant, password = shown[0], shown[1]
    small, large = (number(size) for size in sizes)
    head = ("Seite", f"Abfragen {small}/{large}", f"ms {small}", f"ms {large}", "× health", "× kennwort", "Wachstum")
    rows = [
        (
            one.page.name + (" !" if _excessive(one) else ""),
            "/".join(str(len(queries)) for queries in one.queries),
            number(one.small.median, 1),
            number(one.large.median, 1),
            (one.large / constant.large).shown(),
            (one.large / password.large).shown(),
            (one.large / one.small).shown(),
        )
        for one in shown
    ]
    lines = [
        "",
        f"1. Seiten bei {small} und {large} Arbeitsmitteln mit je {STAENDE} Fassungen: "
        f"Median [kleinster–größter] aus {len(constant.small.values)} Runden",
        f"   × health, × kennwort: gegen /health/live (ohne Anmeldung) und /kennwort/, bei {large}. "
        f"Listen zeigen bei {large} 100 Zeilen.",
        table(head, rows),
    ]
    for one in shown:
        if _excessive(one):
            lines.append(f"! {one.page.name}: höchstens {MOST_QUERIES} Abfragen, bei jeder Größe gleich viele")
            lines += [f"  {sql}" for sql in in_short(one.queries[1])]
    return lines


def import_report(found: ImportFigures, file: str) -> list[str]:
    """Return what the import took, against reading alone and against the database alone."""
    zitate = found.vorschlag.zitate
    arbeitsmittel = len({zitat.kennung for zitat in zitate})
    rows = [
        ("erster Import", str(found.first_queries), *_against(found.first, found)),
        ("zweiter Import (unverändert)", str(found.second_queries), *_against(found.second, found)),
        ("nur lesen, ohne Datenbank", "0", *_against(found.reading, found)),
        ("dieselben Anweisungen, nur psycopg", str(found.first_queries), *_against(found.replay, found)),
    ]
    return [
        "",
        f"2. Import von {file}: {len(zitate)} Zitate, {arbeitsmittel} Arbeitsmittel",
        table(("", "Abfragen", "s", "× erster Import"), rows),
    ]


def pdf_report(found: Sequence[PdfFigures]) -> list[str]:
    """Return the portal's PDF against bare WeasyPrint."""
    ours = found[0]
    rows = [
        (
            one.name,
            number(one.first.median, 2),
            number(one.warm.median, 2),
            (ours.first / one.first).shown(2),
            (ours.warm / one.warm).shown(2),
            str(one.pages),
            number(one.size),
        )
        for one in found
    ]
    head = ("", "s erstes", "s warm", "Portal × erstes", "Portal × warm", "Seiten", "Bytes")
    heading = f"3. PDF dieser Weisung, in {len(ours.first.values)} frischen Prozessen je Zeile"
    return ["", heading, table(head, rows), ""]


def editing_report(found: Sequence[EditingFigures]) -> list[str]:
    """Return what editors wait for, against a plain save of the same row."""
    plain = found[0]
    rows = [
        (
            one.name,
            str(one.queries),
            number(one.milliseconds.median, 1),
            (one.milliseconds / plain.milliseconds).shown(),
        )
        for one in found
    ]
    heading = f"4. Schreiben und Freigeben, {len(plain.milliseconds.values)} Runden"
    return [heading, table(("", "Abfragen", "ms", "× nur speichern"), rows), ""]


def synopse_report(found: SynopseFigures) -> list[str]:
    """Return what a Synopse takes, against cleaning both texts and against the words alone."""
    rows = [
        (name, number(spread.median * 1000, 1), (spread / found.cleaning).shown(), (spread / found.words_only).shown(2))
        for name, spread in (
            ("vergleichen", found.comparing),
            ("Änderungen zeigen", found.showing),
            ("beide Texte bereinigen", found.cleaning),
            ("nur die Wörter, mit difflib", found.words_only),
        )
    ]
    heading = (
        f"5. Synopse zweier Texte von 20 Seiten (je {number(SIZE)} Zeichen, {found.passages} Stellen geändert), "
        f"{len(found.comparing.values)} Runden"
    )
    return [heading, table(("", "ms", "× bereinigen", "× difflib"), rows), ""]


def saves_report(found: SaveFigures) -> list[str]:
    """Return what history and guards add to a plain save."""
    rows = [
        (name, number(spread.median, 2), (spread / found.plain).shown(), (spread / found.history).shown(2))
        for name, spread in (
            ("nur Model.save", found.plain),
            ("mit django-simple-history", found.history),
            ("mit allen Sicherungen", found.guarded),
        )
    ]
    heading = f"6. Ein Entwurf mit 6.000 Zeichen gespeichert, {len(found.plain.values)} Runden"
    return [heading, table(("", "ms", "× nur speichern", "× mit Historie"), rows), ""]


def verify_report(found: VerifyFigures) -> list[str]:
    """Return how fast the proof reads."""
    return [
        f"7. verify: {number(found.entries)} Einträge in {number(found.seconds)} s, "
        f"{number(found.entries / found.seconds)} je Sekunde, höchstens {number(found.megabytes)} MB "
        f"(angelegt in {number(found.written_in)} s)",
        "",
    ]


def audit_report(found: Sequence[AuditFigures], entries: int) -> list[str]:
    """Return the reviewers' pages against those that come with the library."""
    first = found[0].ours
    rows = [
        (
            one.page.name,
            f"{one.queries}/{one.stock_queries or '–'}",
            number(one.ours.median, 1),
            number(one.stock.median, 1) if one.stock else "–",
            (one.ours / one.stock).shown(2) if one.stock else "–",
            (one.ours / first).shown(),
        )
        for one in found
    ]
    head = ("", "Abfragen wir/Admin", "ms CPU", "ms CPU Admin", "× Admin", "× erste Seite")
    heading = (
        f"8. Revision bei {number(entries)} Einträgen: Rechenzeit von Anwendung und Datenbank, "
        f"{len(first.values)} Runden; daneben der Admin mit django-simple-history, unverändert"
    )
    return [heading, table(head, rows), ""]


def _against(seconds: Spread, found: ImportFigures) -> tuple[str, str]:
    return number(seconds.median, 3), (seconds / found.first).shown(2)


def _excessive(one: PageFigures) -> bool:
    small, large = (len(queries) for queries in one.queries)
    return large > MOST_QUERIES or small != large


def _busy() -> str:
    busy = os.getloadavg()[0] > (os.cpu_count() or 1) / 2
    return " (der Rechner tut noch anderes, die Werte streuen)" if busy else ""


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
