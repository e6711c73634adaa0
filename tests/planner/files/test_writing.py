# ruff: noqa: DTZ001 - a sheet knows no time zones
from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.core.texts import Language
from planner.files.book_cells import portable
from planner.files.reading import read_workbook
from planner.files.seeds import read_seed_book
from planner.files.writing import write_workbook
from planner.input.book import Book, CellError, RawSheet, RawValue, Uncalculated
from planner.input.case import parse
from planner.input.edits import AddRow, DropRow, SetCell, apply
from planner.input.personal_data.signs import person_signs

Rows = dict[str, list[list[Any]]]
WriteSheets = Callable[[Rows], Path]

FILES = Path(__file__).parents[2] / "files"


def typed(cells: object) -> dict[tuple[int, int], tuple[type, RawValue]]:
    """Return cells with their types: 1, 1.0 and yes are equal to Python and differ in a sheet."""
    return {at: (type(value), value) for at, value in cells.items()}  # type: ignore[attr-defined]


def same(before: Book, after: Book) -> None:
    assert [each.name for each in before.sheets] == [each.name for each in after.sheets]
    for one, two in zip(before.sheets, after.sheets, strict=True):
        assert typed(one.cells) == typed(two.cells)
        assert dict(one.formulas) == dict(two.formulas)
        assert one.state == two.state


def through_a_file(tmp_path: Path, book: Book) -> Book:
    path = tmp_path / "out.xlsx"
    write_workbook(path, book)
    return read_workbook(path)


@pytest.mark.parametrize("demo", ["demo_small", "demo_national"])
def test_a_demo_comes_back_as_it_was(tmp_path: Path, demo: str) -> None:
    book = read_seed_book(demo)

    back = through_a_file(tmp_path, book)

    same(book, back)
    assert back.findings == ()
    before, after = parse(book).case, parse(back).case
    assert before is not None
    assert before == after
    assert before.fingerprint == after.fingerprint


def test_a_file_from_libreoffice_comes_back_as_it_was(tmp_path: Path) -> None:
    book = read_workbook(FILES / "libreoffice.xlsx")

    back = through_a_file(tmp_path, book)

    same(book, back)
    assert dict(book.sheets[0].formats) == dict(back.sheets[0].formats)


def test_every_kind_of_cell_comes_back_as_it_was(tmp_path: Path) -> None:
    cells: dict[tuple[int, int], RawValue] = {
        (1, 1): "=1+1",
        (1, 2): "  spaces kept ",
        (1, 3): "{=A1}",
        (1, 4): "https://example.org",
        (1, 5): "regel 1\nregel 2",
        (2, 1): 1,
        (2, 2): 1.0,
        (2, 3): True,
        (2, 4): 0.1 + 0.2,
        (2, 5): 1e-300,
        (2, 6): 123456789012345678,
        (3, 1): dt.date(2026, 6, 30),
        (3, 2): dt.datetime(2026, 6, 30, 12, 30, 15),
        (3, 3): dt.time(8, 45),
        (4, 1): CellError("#N/A"),
        (4, 2): CellError("#SPILL!"),
        (5, 1): 0.1 + 0.2,
        (5, 2): CellError("#DIV/0!"),
        (5, 3): "text",
        (5, 4): Uncalculated("=A1*2"),
        (5, 6): False,
        (5, 7): dt.date(2026, 7, 1),
        (5, 8): CellError("#CALC!"),
        (5, 9): 7,
    }
    formulas = {
        (5, 1): "=0.1+0.2",
        (5, 2): "=1/0",
        (5, 3): "=T(A1)",
        (5, 4): "=A1*2",
        (5, 5): '=""',
        (5, 6): "=1=2",
        (5, 7): "=A3+1",
        (5, 8): "=1/0",
        (5, 9): "{=SUM(A2:B2)}",
    }
    book = Book(sheets=(RawSheet("Kinds", cells, formulas, {(5, 7): "dd-mm-yyyy"}),))

    back = through_a_file(tmp_path, book)

    same(book, back)
    assert "dd-mm-yyyy" == back.sheets[0].formats[5, 7]


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 30), st.integers(1, 8)),
        st.one_of(
            st.floats(allow_nan=False, allow_infinity=False),
            st.integers(-(10**12), 10**12),
            st.booleans(),
            st.text(
                st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")),
                min_size=1,
            ),
            st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31)),
        ),
        min_size=1,
    )
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_stands_in_a_sheet_comes_back(
    tmp_path: Path, cells: dict[tuple[int, int], RawValue]
) -> None:
    raw = RawSheet("Any", cells)
    # A sheet of single persons is refused, on purpose.
    assume(not any(person_signs(raw)))
    book = Book(sheets=(raw,))

    same(book, through_a_file(tmp_path, book))


def test_order_names_and_hidden_sheets_stay(
    tmp_path: Path, write_sheets: WriteSheets, sheets: Rows
) -> None:
    sheets = {"Notities": [["let op"]], **sheets, "Wie doet wat": [["Jan"]]}
    path = write_sheets(sheets)
    workbook = openpyxl.load_workbook(path)
    workbook["Notities"].sheet_state = "hidden"
    workbook.save(path)

    back = through_a_file(tmp_path, read_workbook(path))

    assert list(sheets) == [each.name for each in back.sheets]
    assert "hidden" == back.sheets[0].state


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=SUM(A1:B2)", True),
        ("=Locaties!$C$2*2", True),
        ("='Vorig plan'!A1", True),
        ("=SUM(A:A)+SUM(1:1)", True),
        ("=1+1", True),
        ("=tax*2", False),
        ("=Table1[Beds]", False),
        ("=[1]Sheet1!A1", False),
        ("=Elders!A1", False),
        ("=A1:", False),
        ("=", False),
    ],
)
def test_a_formula_is_copied_where_it_means_the_same(*, formula: str, expected: bool) -> None:
    assert expected is portable(formula, {"Locaties", "Vorig plan"})


def test_a_formula_that_cannot_be_copied_leaves_its_result(tmp_path: Path) -> None:
    cells: dict[tuple[int, int], RawValue] = {(1, 1): 42, (2, 1): Uncalculated("=tax*2")}
    raw = RawSheet("Sums", cells, {(1, 1): "=tax*2", (2, 1): "=tax*2"})

    back = through_a_file(tmp_path, Book(sheets=(raw,))).sheets[0]

    assert {(1, 1): 42, (2, 1): "=tax*2"} == back.cells
    assert {} == back.formulas


# Edits.


def test_edited_cells_are_written_and_the_others_stay(
    tmp_path: Path, write_sheets: WriteSheets, sheets: Rows
) -> None:
    sheets["Locaties"][1].append("bij de buren")
    book = read_workbook(write_sheets(sheets))
    edited, _ = apply(
        book, [SetCell("locations", 2, "beds", 150), SetCell("locations", 3, "open_until", None)]
    )

    back = through_a_file(tmp_path, edited)

    expected = dict(book.sheets[0].cells) | {(2, 3): 150}
    del expected[3, 4]
    assert expected == dict(back.sheets[0].cells)
    assert "bij de buren" == back.sheets[0].cells[2, 6]


def test_an_edit_takes_the_place_of_a_formula(tmp_path: Path) -> None:
    book = read_workbook(FILES / "libreoffice.xlsx")
    edited, undo = apply(book, [SetCell("locations", 5, "beds", 60)])

    back = through_a_file(tmp_path, edited)

    assert 60 == back.sheets[0].cells[5, 1]
    assert (5, 1) not in back.sheets[0].formulas
    same(book, through_a_file(tmp_path, apply(edited, undo)[0]))


def test_a_number_does_not_become_a_day_where_a_day_stood(
    tmp_path: Path, write_sheets: WriteSheets, sheets: Rows
) -> None:
    book = read_workbook(write_sheets(sheets))

    back = through_a_file(tmp_path, apply(book, [SetCell("locations", 2, "open_until", 5)])[0])

    assert 5 == back.cell("locations", 2, "open_until")


def test_added_and_dropped_rows_and_new_columns_are_written(
    tmp_path: Path, write_sheets: WriteSheets, sheets: Rows
) -> None:
    sheets["Bezetting"][2].append("losse opmerking")
    book = read_workbook(write_sheets(sheets))
    row: dict[str, Any] = {
        "date": dt.date(2026, 6, 30),
        "location": "L1",
        "group": "men",
        "people": 99,
    }
    edited, _ = apply(
        book,
        [
            DropRow("occupancy", 3),
            AddRow("occupancy", 4, row),
            SetCell("locations", 2, "name", "Ter Apel"),
        ],
    )

    back = through_a_file(tmp_path, edited)

    assert [2, 4] == back.frame("occupancy").index.tolist()
    assert [100, 99] == back.frame("occupancy")["people"].tolist()
    assert not [at for at in back.sheets[1].cells if at[0] == 3]
    assert ["Ter Apel", None] == back.frame("locations")["name"].tolist()


def test_a_table_that_an_edit_adds_gets_a_sheet(
    tmp_path: Path, write_sheets: WriteSheets, sheets: Rows
) -> None:
    book = read_workbook(write_sheets(sheets))
    cells: dict[str, Any] = {"parameter": "reserve_places", "value": 100}
    edited, _ = apply(book, [AddRow("parameters", 2, cells)])
    path = tmp_path / "out.xlsx"

    write_workbook(path, edited, (), Language.EN)

    back = read_workbook(path)
    assert "Parameters" == back.tables["parameters"].name
    assert [100] == back.frame("parameters")["value"].tolist()
    assert "Value" in back.sheets[-1].cells.values()


def test_the_library_still_rounds_numbers_by_itself(tmp_path: Path) -> None:
    # When it no longer does, our own way of writing numbers can go.
    with xlsxwriter.Workbook(tmp_path / "in.xlsx") as workbook:
        workbook.add_worksheet("A").write_number(0, 0, 0.1 + 0.2)

    assert 0.3 == read_workbook(tmp_path / "in.xlsx").sheets[0].cells[1, 1]
