"""Tables as files, opened again: text stays text, moments are those of Germany."""

import csv
import zipfile
from datetime import UTC, datetime
from io import BytesIO, StringIO

import lxml.etree
import pytest

from portal.tabellen import MAX_CELL, csv_lines, write_xlsx

FORMULAS = ["=1+1", "+49 911", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "=cmd|'/C calc'!A0"]
MOMENT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 03:30 in Germany, in the night of the change
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content: bytes, sheet: int = 1) -> list[list[tuple[str, str]]]:
    """Return (type, value) of each cell; what is no text has the type n."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert "xl/externalLinks" not in " ".join(book.namelist())
        root = lxml.etree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    assert root.findall(f".//{SHEET}f") == []  # no formula anywhere
    assert root.findall(f".//{SHEET}hyperlink") == []
    return [[(cell.get("t", "n"), "".join(cell.itertext())) for cell in row] for row in root.iter(f"{SHEET}row")]


def workbook(rows: list, head=("Nummer", "Wann", "Was"), facts=()) -> bytes:
    file = BytesIO()
    write_xlsx(file, head, [10] * len(head), rows, facts, "Titel")
    return file.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_csv_gets_an_apostrophe(text):
    content = b"".join(csv_lines(["Was"], [[text], ["Grund; mit „Zeichen“\nund Zeile"]]))
    assert content.startswith(b"\xef\xbb\xbfWas\r\n")
    assert read_csv(content)[1:] == [["'" + text], ["Grund; mit „Zeichen“\nund Zeile"]]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_xlsx_is_text(text):
    (kind, value) = read_xlsx(workbook([(1, MOMENT, text)], facts=[("Filter", text)]))[1][2]
    assert kind in ("inlineStr", "s")
    assert value.replace("_x000D_", "\r") == text
    assert read_xlsx(workbook([], facts=[("Filter", text)]), sheet=2)[0][1][0] in ("inlineStr", "s")


def test_numbers_and_moments_can_be_sorted():
    _head, (number, moment, empty) = read_xlsx(workbook([(12, MOMENT, "x")]))
    assert number == ("n", "12")
    assert moment[0] == "n"
    assert round(float(moment[1]) % 1 * 24, 4) == 3.5
    assert empty[1] == "x"
    assert read_csv(b"".join(csv_lines(["Wann"], [[MOMENT], [None]])))[1:] == [["29.03.2026 03:30:00"], [""]]


def test_addresses_are_no_links_and_long_texts_are_cut():
    rows = [(1, None, "https://example.org/"), (2, None, "ä" * (MAX_CELL + 1)), (3, None, "\x01 \x00")]
    table = read_xlsx(workbook(rows))
    assert len(table[2][-1][1]) == MAX_CELL
    assert table[1][-1][1] == "https://example.org/"


def test_csv_comes_line_by_line():
    def endless():
        while True:
            yield ("x",)

    lines = csv_lines(["Was"], endless())
    assert [next(lines), next(lines)] == [b"\xef\xbb\xbfWas\r\n", b"x\r\n"]
