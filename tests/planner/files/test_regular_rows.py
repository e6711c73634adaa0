"""Rows in the usual form are read as XML reads them, and any other form is left to XML."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from planner.core.errors import UnusableInputError
from planner.files.reading import read_sheets
from planner.files.regular_rows import IrregularError, regular_rows

SHEET = "xl/worksheets/sheet1.xml"
ROWS: list[list[object]] = [
    ["Locatie", "Personen", "Dag", "Deel", "Uur", "Waar"],
    ["N01", 12, dt.date(2026, 7, 1), 0.25, dt.time(9, 30), True],
    ["café «é» \N{EN DASH}", -3, dt.date(2027, 7, 1), 1e-7, None, False],
    [" twee  spaties ", 10**12, dt.date(1900, 1, 1), 0, None, None],
    ["a & b < c", 0.1, None, None, None, None],
]


def by_xlsxwriter(path: Path, rows: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "d mmm yyyy"}) as book:
        page = book.add_worksheet("Blad")
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)


def by_openpyxl(path: Path, rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(row)
    book.save(path)


def changed(path: Path, old: str, new: str) -> None:
    """Write something else in the sheet, everywhere it stands."""
    content = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(content) as archive, zipfile.ZipFile(path, "w") as made:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8")
            if name == SHEET:
                found = re.sub(old, new, part)
                assert found != part
                part = found
            made.writestr(name, part)


def part_of(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(SHEET)


@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
def test_both_ways_read_the_same_cells(
    tmp_path: Path, write: Callable[[Path, list[list[object]]], None]
) -> None:
    plain, other = tmp_path / "plain.xlsx", tmp_path / "other.xlsx"
    for path, rows in ((plain, ROWS[:-1]), (other, ROWS)):
        write(path, rows)
    # An attribute that is not known: the same cells, and none of them in the usual form.
    write(other, ROWS[:-1])
    changed(other, '<row r="', '<row thickBot="0" r="')

    quick, slow = (read_sheets(path)[0][0] for path in (plain, other))
    assert quick.cells == slow.cells
    assert quick.formats == slow.formats
    assert {at: type(value) for at, value in quick.cells.items()} == {
        at: type(value) for at, value in slow.cells.items()
    }
    assert 16 <= len(quick.cells)


def test_the_usual_form_is_met_and_another_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    by_xlsxwriter(path, [["een", 1], ["twee", 2.5]])
    rows = regular_rows(part_of(path))
    assert rows is not None
    assert [1, 2] == [number for number, _ in rows]

    changed(path, '<c r="B2"', '<c  r="B2"')
    rows = regular_rows(part_of(path))
    assert rows is not None
    with pytest.raises(IrregularError):
        list(rows)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="2"', '<row r="1"'),  # a row twice
        ('r="B2"', 'r="A2"'),  # a cell twice
        ('r="B2"', 'r="B3"'),  # a cell of another row
        ("<v>2.5</v>", "<v>2,5</v>"),  # no number
        ("<v>2.5</v>", "<v>2.5</w>"),  # no XML
        ("</sheetData>", "</sheetData><broken>"),
        ("<v>2.5</v>", "<v>2&nope;5</v>"),
    ],
)
def test_what_is_astray_is_refused_as_before(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "a.xlsx"
    by_xlsxwriter(path, [["een", 1], ["twee", 2.5]])
    changed(path, old, new)

    with pytest.raises(UnusableInputError):
        read_sheets(path)


def test_an_entity_is_the_sign_that_it_stands_for(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    by_xlsxwriter(path, [["een", 1], ["twee", 2.5]])
    changed(path, "<v>2.5</v>", "<v>2&#46;5</v>")

    assert 2.5 == read_sheets(path)[0][0].cells[2, 2]
