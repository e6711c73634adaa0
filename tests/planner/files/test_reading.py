# ruff: noqa: DTZ001 - a sheet knows no time zones
from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.formula import ArrayFormula

from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.book import CellError, RawSheet, Uncalculated
from planner.input.case import parse

Rows = dict[str, list[list[Any]]]
WriteSheets = Callable[[Rows], Path]

FILES = Path(__file__).parents[2] / "files"


def by_openpyxl(path: Path, sheets: Rows) -> None:
    workbook = openpyxl.Workbook()
    del workbook["Sheet"]
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(path)


def by_xlsxwriter(path: Path, sheets: Rows) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)


def by_pandas(path: Path, sheets: Rows) -> None:
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        for name, (header, *rows) in sheets.items():
            pd.DataFrame(rows, columns=header).to_excel(writer, sheet_name=name, index=False)


def sheet_named(path: Path, name: str) -> RawSheet:
    (found,) = [each for each in read_workbook(path).sheets if each.name == name]
    return found


def findings_in(path: Path) -> dict[str, Finding]:
    return {each.what.key: each for each in parse(read_workbook(path)).findings}


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Change the parts of an Excel file; a part that becomes nothing is left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = change(part, old.read(part))
            if content is not None:
                new.writestr(part, content)
    path.write_bytes(out.getvalue())


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter, by_pandas])
def test_a_file_is_read_whoever_wrote_it(
    tmp_path: Path, sheets: Rows, write: Callable[[Path, Rows], None]
) -> None:
    path = tmp_path / "in.xlsx"
    write(path, sheets)

    book = read_workbook(path)

    assert "in.xlsx" == book.name
    assert ["locations", "occupancy", "groups"] == list(book.tables)
    assert [dt.date(2026, 6, 30)] * 2 == book.frame("occupancy")["date"].tolist()
    assert [100, 40] == book.frame("occupancy")["people"].tolist()
    assert parse(book).case is not None


def test_a_file_from_libreoffice_is_read_with_its_mistakes() -> None:
    book = read_workbook(FILES / "libreoffice.xlsx")

    locations = book.tables["locations"]
    assert 3 == locations.header_row
    assert ["L1", "L2", 101] == locations.frame["id"].tolist()
    assert [120, CellError("#N/A"), 80] == locations.frame["beds"].tolist()
    assert [dt.date(2027, 12, 31), "31-12-2027", None] == locations.frame["open_until"].tolist()
    assert [2530.5, 0.3, None] == locations.frame["cost_per_bed_month"].tolist()
    assert "=100+20" == book.sheets[0].formulas[4, 1]
    assert [100, 40] == book.frame("occupancy")["people"].tolist()


def test_reading_leaves_the_file_as_it_is(write_sheets: WriteSheets, sheets: Rows) -> None:
    path = write_sheets(sheets)
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    read_workbook(path)

    assert before == (path.read_bytes(), path.stat().st_mtime_ns)
    assert [path] == list(path.parent.iterdir())


def test_cells_keep_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Kinds")
        day = workbook.add_format({"num_format": "dd-mm-yyyy"})
        clock = workbook.add_format({"num_format": "hh:mm"})
        hours = workbook.add_format({"num_format": "[h]:mm"})
        sheet.write_number(0, 0, 12)
        sheet.write_number(0, 1, 0.1)
        sheet.write_boolean(0, 2, boolean=True)
        sheet.write_string(0, 3, "=1+1")
        sheet.write_datetime(0, 4, dt.datetime(2026, 6, 30), day)
        sheet.write_datetime(0, 5, dt.datetime(2026, 6, 30, 12, 30), day)
        sheet.write_datetime(0, 6, dt.time(12, 30), clock)
        sheet.write_number(0, 7, 1.5, hours)
        sheet.write_blank(0, 8, None, day)
    sheet = sheet_named(path, "Kinds")

    expected = {
        1: 12,
        2: 0.1,
        3: True,
        4: "=1+1",
        5: dt.date(2026, 6, 30),
        6: dt.datetime(2026, 6, 30, 12, 30),
        7: dt.time(12, 30),
        8: 1.5,
    }
    assert expected == {column: value for (_, column), value in sheet.cells.items()}
    assert {} == sheet.formulas
    assert "dd-mm-yyyy" == sheet.formats[1, 5]


def test_formulas_are_read_with_their_stored_results(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Sums")
        sheet.write_formula(0, 0, "=2*60", None, 120)
        sheet.write_formula(0, 1, "=NA()", None, "#N/A")
        sheet.write_formula(0, 2, '="azc"', None, "azc")
        sheet.write_array_formula(1, 0, 1, 0, "{=SUM(A1:A1)}", None, 120)

    sheet = sheet_named(path, "Sums")

    assert {(1, 1): 120, (1, 2): CellError("#N/A"), (1, 3): "azc", (2, 1): 120} == sheet.cells
    assert "=2*60" == sheet.formulas[1, 1]
    assert "{=SUM(A1:A1)}" == sheet.formulas[2, 1]


def test_a_formula_that_was_never_calculated_is_not_empty(
    write_sheets: WriteSheets, sheets: Rows
) -> None:
    sheets["Locaties"][1][2] = "=100+20"
    path = write_sheets(sheets)

    assert Uncalculated("=100+20") == read_workbook(path).cell("locations", 2, "beds")
    found = findings_in(path)["value.uncalculated"]
    assert ("Locaties", "C2") == (found.sheet, found.cell)


def test_a_formula_that_gave_an_empty_text_is_empty(
    write_sheets: WriteSheets, sheets: Rows
) -> None:
    sheets["Locaties"][1][4] = '=""'
    path = write_sheets(sheets)
    rewrite(
        path,
        lambda _, content: re.sub(
            rb'<c r="E2"><f>""</f><v ?/?>(</v>)?', b'<c r="E2" t="str"><f>""</f><v></v>', content
        ),
    )

    assert read_workbook(path).cell("locations", 2, "child_suitable") is None


def test_a_formula_over_a_range_is_kept(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook["Sheet"]
    sheet["A1"] = ArrayFormula("A1:A2", "=B1:B2*2")
    workbook.save(tmp_path / "in.xlsx")

    read = read_workbook(tmp_path / "in.xlsx").sheets[0]

    assert "{=B1:B2*2}" == read.formulas[1, 1]
    assert Uncalculated("{=B1:B2*2}") == read.cells[1, 1]


@pytest.mark.parametrize("dimension", [b"", b'<dimension ref="A1"/>', b'<dimension ref="A1:B2"/>'])
def test_a_file_that_misstates_its_size_loses_no_rows(
    write_sheets: WriteSheets, sheets: Rows, dimension: bytes
) -> None:
    path = write_sheets(sheets)
    rewrite(path, lambda _, content: re.sub(rb"<dimension[^>]*/>", dimension, content))

    book = read_workbook(path)

    assert [2, 3] == book.frame("occupancy").index.tolist()
    assert [100, 40] == book.frame("occupancy")["people"].tolist()


def test_cells_without_addresses_are_read_in_order(write_sheets: WriteSheets, sheets: Rows) -> None:
    path = write_sheets(sheets)
    rewrite(path, lambda _, content: re.sub(rb'<(row|c) r="[A-Z]*\d+"', rb"<\1", content))

    assert [100, 40] == read_workbook(path).frame("occupancy")["people"].tolist()


def test_hidden_sheets_are_read_and_known_as_such(tmp_path: Path, sheets: Rows) -> None:
    path = tmp_path / "in.xlsx"
    by_openpyxl(path, sheets)
    workbook = openpyxl.load_workbook(path)
    workbook["Groepen"].sheet_state = "veryHidden"
    workbook.save(path)

    assert "veryHidden" == sheet_named(path, "Groepen").state


def test_what_a_copy_would_lose_is_told(tmp_path: Path, sheets: Rows) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            page = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, [str(each) for each in row])
        page.insert_textbox("F2", "tekstvak")

    assert Severity.REMARK == findings_in(path)["file.left_behind"].severity


def test_what_every_file_that_is_written_keeps_is_no_remark(tmp_path: Path, sheets: Rows) -> None:
    path = tmp_path / "in.xlsx"
    by_openpyxl(path, sheets)
    workbook = openpyxl.load_workbook(path)
    page: Any = workbook["Bezetting"]
    chart = BarChart()
    chart.add_data(Reference(page, 4, 2, 4, 3))
    page.add_chart(chart)
    workbook.save(path)

    assert "file.left_behind" not in findings_in(path)


# What is wrong with the file as a whole.


def fault_of(path: Path) -> str:
    with pytest.raises(UnusableInputError) as caught:
        read_workbook(path)
    (found,) = caught.value.findings
    for language in Language:
        assert path.name in found.line(language)
    return found.what.key


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "file.missing" == fault_of(tmp_path / "nowhere.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    assert "file.folder" == fault_of(tmp_path)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "file.empty"),
        (b"%PDF-1.7\n", "file.not_excel"),
        (b"PK\x03\x04 and then nothing", "file.damaged"),
    ],
)
def test_a_file_that_is_no_workbook(tmp_path: Path, content: bytes, key: str) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)

    assert key == fault_of(path)


def test_a_file_with_a_password() -> None:
    assert "file.encrypted" == fault_of(FILES / "password.xlsx")


def test_a_file_cut_short(write_sheets: WriteSheets, sheets: Rows) -> None:
    path = write_sheets(sheets)
    path.write_bytes(path.read_bytes()[:-400])

    assert "file.damaged" == fault_of(path)


def test_a_file_with_a_damaged_part(write_sheets: WriteSheets, sheets: Rows) -> None:
    path = write_sheets(sheets)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet2.xml")
    middle = part.header_offset + 30 + len(part.filename) + part.compress_size // 2
    content[middle : middle + 8] = b"\0\xff" * 4
    path.write_bytes(bytes(content))

    assert "file.damaged" == fault_of(path)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_file_with_broken_xml(write_sheets: WriteSheets, sheets: Rows, part: str) -> None:
    path = write_sheets(sheets)
    rewrite(path, lambda name, old: old[: len(old) // 2] if name == part else old)

    assert fault_of(path) in {"file.damaged", "file.not_excel"}


def test_a_file_that_lacks_a_sheet_it_lists(write_sheets: WriteSheets, sheets: Rows) -> None:
    path = write_sheets(sheets)
    rewrite(path, lambda name, old: None if name == "xl/worksheets/sheet2.xml" else old)

    assert "file.damaged" == fault_of(path)


def test_a_workbook_without_content(write_sheets: WriteSheets) -> None:
    assert "file.no_content" == fault_of(write_sheets({"Blad1": []}))


# What is wrong in a cell: each a finding with its cell, and never a plan.

BAD_CELLS = [
    ("Locaties", 2, 0, "L1", "finding.duplicate", "A3"),
    ("Bezetting", 1, 1, "L9", "finding.unknown_name", "B2"),
    ("Bezetting", 1, 2, "man", "finding.unknown_name", "C2"),
    ("Bezetting", 1, 3, -5, "value.too_low", "D2"),
    ("Bezetting", 1, 3, 10.5, "value.not_whole", "D2"),
    ("Bezetting", 1, 3, "veel", "value.not_number", "D2"),
    ("Bezetting", 1, 3, "#N/A", "value.cell_error", "D2"),
    ("Bezetting", 1, 3, "=SUM(1,2)", "value.uncalculated", "D2"),
    ("Bezetting", 1, 3, None, "finding.empty_cell", "D2"),
    ("Bezetting", 1, 0, "03-04-2026", "value.two_dates", "A2"),
    ("Bezetting", 1, 0, 46203, "value.number_for_date", "A2"),
    ("Locaties", 1, 3, "31-12-26", "value.not_date", "D2"),
    ("Locaties", 1, 1, "asielzoekercentrum", "value.not_listed", "B2"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value", "key", "cell"), BAD_CELLS)
def test_a_bad_cell_is_a_finding_with_its_cell(  # noqa: PLR0913, PLR0917 - a table of cases
    write_sheets: WriteSheets,
    sheets: Rows,
    sheet: str,
    row: int,
    column: int,
    value: object,
    key: str,
    cell: str,
) -> None:
    sheets[sheet][row][column] = value
    path = write_sheets(sheets)

    found = findings_in(path)[key]

    assert (Severity.ERROR, sheet, cell) == (found.severity, found.sheet, found.cell)
    assert parse(read_workbook(path)).case is None


def test_dates_as_text_are_read_where_they_can_be(write_sheets: WriteSheets, sheets: Rows) -> None:
    for row in sheets["Bezetting"][1:]:
        row[0] = "30-06-2026"

    case = parse(read_workbook(write_sheets(sheets))).case

    assert case is not None
    assert dt.date(2026, 6, 30) == case.date
