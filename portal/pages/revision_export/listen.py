"""A filtered list as workbook or as report; both are made in the background."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.utils import timezone

from portal.auftraege import File, Progress, Refused, job
from portal.pages.revision.access import AUDIT
from portal.pages.revision_export.auszug import COLUMNS, WIDTHS, Auszug, auszug_of, counted
from portal.pdf import render_pdf
from portal.tabellen import MAX_ROWS, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_REPORT = 2000  # entries: 25 seconds on an idle processor
REPORT_SECONDS = 180
TITLE = "Auszug aus der Zeitachse"
TOO_MANY_ROWS = (
    "Die Liste hat mehr als 1.048.575 Zeilen, so viele fasst ein Tabellenblatt nicht. Bitte den Filter enger fassen "
    "oder CSV wählen."
)
TOO_LONG = (
    "Die Liste hat mehr als 2.000 Einträge, das ist für einen PDF-Bericht zu lang. Bitte den Filter enger fassen oder "
    "CSV wählen."
)


@job("auszug-xlsx", right=AUDIT)
def workbook(parameters: Mapping[str, Any], progress: Progress) -> File:
    """Return the list of a filter (`query`) as XLSX file."""
    auszug = auszug_of(parameters["query"])
    total = auszug.count(MAX_ROWS)
    if total > MAX_ROWS:
        raise Refused(TOO_MANY_ROWS)
    rows = counted(auszug.rows(), total, progress)
    write_xlsx(progress.scratch, COLUMNS, WIDTHS, rows, facts_of(auszug, total, progress), TITLE)
    return File(file_name(progress.erstellt, "xlsx"), XLSX, progress.scratch)


@job("auszug-pdf", right=AUDIT)
def report(parameters: Mapping[str, Any], progress: Progress) -> File:
    """Return the list of a filter (`query`) as accessible PDF report."""
    auszug = auszug_of(parameters["query"])
    total = auszug.count(MAX_REPORT)
    if total > MAX_REPORT:
        raise Refused(TOO_LONG)
    context = {
        "titel": TITLE,
        "kopf": facts_of(auszug, total, progress),
        "zeilen": list(auszug.rows()),
        "erstellt": timezone.localtime(progress.erstellt),
    }
    pdf = render_pdf("pdf/auszug.html", context, seconds=REPORT_SECONDS)
    return File(file_name(progress.erstellt, "pdf"), "application/pdf", BytesIO(pdf))


def facts_of(auszug: Auszug, total: int, progress: Progress) -> list[tuple[str, str]]:
    """Return what stands above a list that leaves the portal: who made it, when, from what."""
    number, checksum = auszug.kopf
    return [
        *([(f"Filter: {label}", words) for label, words in auszug.worte] or [("Filter", "keiner, alle Einträge")]),
        ("Anzahl der Einträge", str(total)),
        ("Erstellt von", str(progress.person)),
        ("Erstellt am", f"{timezone.localtime(progress.erstellt):%d.%m.%Y, %H:%M:%S} Uhr"),
        ("Neuester Eintrag der Kette", f"{number}, Prüfsumme {checksum}" if number else "keiner"),
    ]


def file_name(moment: Any, ending: str) -> str:
    """Return the name of a file with a list: `revision_2026-11-23_0930.csv`."""
    return f"revision_{timezone.localtime(moment):%Y-%m-%d_%H%M}.{ending}"
