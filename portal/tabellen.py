"""Tables as files that a spreadsheet opens: CSV line by line, XLSX row by row, both in constant memory.

What people typed must stay text: a cell that begins like a formula would be calculated by whoever opens the file, and
can send what stands beside it to somewhere else (CWE-1236).
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import Any, BinaryIO

from django.utils import timezone

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MAX_ROWS = 1_048_575  # of a sheet, its head not counted
MAX_CELL = 32_767  # characters
Cell = str | int | datetime | None


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file as German spreadsheets read it: UTF-8 with its mark, semicolons, no formulas."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    yield "\ufeff".encode() + buffer.getvalue().encode()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([neutral(printed(cell)) for cell in row])
        yield buffer.getvalue().encode()


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; what looks like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def printed(cell: Cell) -> str:
    """Return a cell as people read it: moments as in Germany, to the second."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{timezone.localtime(cell):%d.%m.%Y %H:%M:%S}"
    return str(cell).replace("\x00", "")


def write_xlsx(
    file: BinaryIO,
    head: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[Cell]],
    facts: Iterable[tuple[str, str]],
    title: str,
) -> None:
    """Write a workbook with the rows, and `facts` about them on a second sheet. `widths` in characters.

    At most MAX_ROWS rows: whoever calls has counted them.
    """
    from xlsxwriter import Workbook  # only here: nothing else needs it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        book.set_properties({"title": title, "author": "Arbeitsmittelportal"})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "moment": book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss", "align": "left"}),
        }
        _write_rows(book.add_worksheet("Einträge"), styles, head, widths, rows)
        about = book.add_worksheet("Angaben")
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 90)
        for number, (name, value) in enumerate(facts):
            about.write_string(number, 0, name, styles["head"])
            about.write_string(number, 1, _fitting(value))


def _write_rows(
    sheet: Any, styles: dict[str, Any], head: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Cell]]
) -> None:
    sheet.freeze_panes(1, 0)
    for column, (name, width) in enumerate(zip(head, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, styles["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(sheet, styles, last, column, cell)
    sheet.autofilter(0, 0, last, len(head) - 1)


def _write_cell(sheet: Any, styles: dict[str, Any], row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, datetime):
        sheet.write_datetime(row, column, timezone.localtime(cell).replace(tzinfo=None), styles["moment"])
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, _fitting(cell))  # never `write`: that takes "=1+1" for a formula


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
