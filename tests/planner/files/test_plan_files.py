from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from planner.core.errors import TargetInUseError
from planner.core.texts import Language
from planner.files.book_cells import label_lines
from planner.files.reading import read_workbook
from planner.files.seeds import read_seed_book
from planner.files.whole_file import whole_file
from planner.files.writing import write_workbook
from planner.input.book import Book
from planner.input.edits import SetCell, apply
from planner.sheets.result_sheets import ResultSheet, read_results
from planner.sheets.result_tables import RESULT_TABLES

Rows = dict[str, list[list[Any]]]
WriteSheets = Callable[[Rows], Path]

JUL = dt.date(2026, 7, 1)

MOVES = ResultSheet(
    RESULT_TABLES["moves"],
    pd.DataFrame([("L1", "men", JUL, 1.5)], columns=["location", "group", "month", "people"]),
)


def cells_of(book: Book) -> list[dict[tuple[int, int], object]]:
    return [dict(each.cells) for each in book.sheets]


def through_a_file(tmp_path: Path, book: Book) -> Book:
    path = tmp_path / "out.xlsx"
    write_workbook(path, book)
    return read_workbook(path)


def test_result_sheets_follow_the_input_which_stays_as_it_is(
    tmp_path: Path, write_sheets: WriteSheets, sheets: Rows
) -> None:
    source = write_sheets(sheets)
    before = (source.read_bytes(), source.stat().st_mtime_ns)
    book = read_workbook(source)
    path = tmp_path / "plan.xlsx"

    write_workbook(path, book, [MOVES], Language.NL)

    back = read_workbook(path)
    assert [*sheets, "Verplaatsingen"] == [each.name for each in back.sheets]
    assert back.findings == ()
    assert cells_of(book) == cells_of(back)[:-1]
    assert before == (source.read_bytes(), source.stat().st_mtime_ns)


def test_earlier_results_give_way_to_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = read_seed_book("demo_small")
    write_workbook(path, book, [MOVES], Language.NL)
    newer = replace(MOVES, frame=MOVES.frame.assign(people=[2.5]))

    write_workbook(path, read_workbook(path), [newer], Language.EN)

    back = read_workbook(path)
    assert "Moves" == back.sheets[-1].name
    assert [2.5] == read_results(back)["moves"]["people"].tolist()
    assert len(book.sheets) + 1 == len(back.sheets)


def test_earlier_results_are_kept_only_with_the_input_they_belong_to(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(path, read_seed_book("demo_small"), [MOVES], Language.NL)
    book = read_workbook(path)

    assert cells_of(book) == cells_of(through_a_file(tmp_path, book))

    edited, _ = apply(book, [SetCell("locations", 3, "beds", 1)])
    assert {} == read_results(through_a_file(tmp_path, edited))


def test_a_users_own_sheet_of_a_results_name_is_kept(
    tmp_path: Path, write_sheets: WriteSheets, sheets: Rows
) -> None:
    sheets["Verplaatsingen"] = [["mijn eigen lijst"]]
    book = read_workbook(write_sheets(sheets))
    path = tmp_path / "plan.xlsx"

    write_workbook(path, book, [MOVES], Language.NL)

    back = read_workbook(path)
    names = [each.name for each in back.sheets]
    assert ["Verplaatsingen", "Verplaatsingen (2)"] == names[-2:]
    assert [1.5] == read_results(back)["moves"]["people"].tolist()


def test_the_label_of_a_demo_reaches_every_sheet(tmp_path: Path) -> None:
    book = read_seed_book("demo_small")
    (label,) = label_lines(book)
    path = tmp_path / "plan.xlsx"
    write_workbook(path, book, [MOVES], Language.NL)

    write_workbook(path, read_workbook(path), [MOVES], Language.NL)

    assert label.startswith("Synthetisch")
    for sheet in read_workbook(path).sheets:
        assert label in sheet.cells.values(), sheet.name


def test_headers_are_frozen_and_filtered_and_columns_wide_enough(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    write_workbook(path, read_seed_book("demo_small"), [MOVES], Language.NL)

    workbook: Any = openpyxl.load_workbook(path)

    locations, moves = workbook["Locaties"], workbook["Verplaatsingen"]
    assert ("A3", "A4") == (locations.freeze_panes, moves.freeze_panes)
    assert moves.tables["Verplaatsingen"].autoFilter.ref == "A3:D4"
    assert locations.tables["Locaties"].autoFilter.ref.startswith("A2:")
    assert locations.column_dimensions["B"].width > len("Demo pol Molenbroek")
    assert ["[$-413]mmm yyyy", "#,##0.0"] == [moves["C4"].number_format, moves["D4"].number_format]
    assert "Verplaatsingen" == workbook.active.title
    ranges = {str(each.sqref) for each in locations.data_validations.dataValidation}
    assert any(each.startswith("H3:") for each in ranges)


def test_texts_keep_off_numbers_and_titles_of_numbers_take_two_lines(tmp_path: Path) -> None:
    """A program that is not told a side leaves the indent out: "12places" beside one another."""
    table = RESULT_TABLES["children"]
    columns = [each.key for each in table.columns]
    rows = pd.DataFrame([[JUL, *[3.0] * (len(columns) - 1)]], columns=columns)
    decided = pd.DataFrame(
        [("L1", "prepare_dol", dt.date(2026, 7, 31), JUL, 12.0, 900.0, "door het bestuur")],
        columns=["location", "decision", "before", "month", "value", "cost", "taken"],
    )
    sheets = [ResultSheet(table, rows), ResultSheet(RESULT_TABLES["decisions"], decided)]
    write_workbook(tmp_path / "plan.xlsx", read_seed_book("demo_small"), sheets, Language.NL)

    workbook: Any = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    children, decisions = workbook["Kinderen"], workbook["Besluiten"]
    taken = next(each.column for each in decisions[3] if each.value == "Al besloten")
    for row in (3, 4):
        cell = decisions.cell(row, taken)
        assert ("left", 1) == (cell.alignment.horizontal, cell.alignment.indent)
    assert "[$-413]d mmm yyyy" == decisions["C4"].number_format
    # The button of the filter is two indents wide.
    titles = [each.alignment for each in children[3][1:]]
    assert {("right", 2)} == {(each.horizontal, each.indent) for each in titles}
    longest = max(len(str(each.value)) for each in children[3])
    widths = [each.width for each in children.column_dimensions.values() if not each.hidden]
    assert longest > max(widths)
    assert 30 == children.row_dimensions[3].height
    # All rows of locations are printed, and not all columns.
    footer = workbook["Locaties"].oddFooter.center.text
    assert "van 33 kolommen;" in footer
    assert "rijen" not in footer


def test_a_tenth_is_shown_below_ten_only_and_a_number_below_nothing_keeps_its_sign(
    tmp_path: Path,
) -> None:
    """By the number itself: LibreOffice drops the sign of a number that no condition names."""
    path = tmp_path / "plan.xlsx"
    numbers = [0.3, 9.9, 10.0, 1234.5, -0.3, -9.9, -12.3, -1234.5]
    frame = pd.concat([MOVES.frame] * len(numbers), ignore_index=True).assign(people=numbers)
    write_workbook(path, read_seed_book("demo_small"), [replace(MOVES, frame=frame)], Language.NL)

    moves = openpyxl.load_workbook(path)["Verplaatsingen"]
    cells = [moves.cell(4 + at, 4) for at in range(len(numbers))]
    assert numbers == [each.value for each in cells]
    formats = ["#,##0.0", "#,##0.0", "#,##0", "#,##0"]
    assert formats * 2 == [each.number_format for each in cells]


# Whole or not at all.


def test_nothing_is_left_behind_when_writing_fails(
    tmp_path: Path, write_sheets: WriteSheets, sheets: Rows
) -> None:
    book = read_workbook(write_sheets(sheets))
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"as it was")
    unwritable: Any = [object()]
    broken = replace(MOVES, frame=MOVES.frame.assign(people=unwritable))

    with pytest.raises(TypeError):
        write_workbook(path, book, [broken])

    assert b"as it was" == path.read_bytes()
    assert {"in.xlsx", "plan.xlsx"} == {each.name for each in tmp_path.iterdir()}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TargetInUseError) as caught:
        write_workbook(tmp_path / "nowhere" / "plan.xlsx", read_seed_book("demo_small"))

    assert "nowhere" in caught.value.told.text(Language.NL)


def test_a_target_that_cannot_be_replaced_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"open in Excel")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "used by another process")

    # What Windows says of a file that is open in Excel.
    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(TargetInUseError) as caught:
        write_workbook(path, read_seed_book("demo_small"))

    assert "plan.xlsx" in caught.value.told.text(Language.EN)
    assert b"open in Excel" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_a_target_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").mkdir()

    with pytest.raises(TargetInUseError):
        write_workbook(tmp_path / "plan.xlsx", read_seed_book("demo_small"))


def test_a_whole_file_is_written_under_the_usual_rights(tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("a")

    with whole_file(tmp_path / "whole.txt") as draft:
        draft.write_text("b")

    assert plain.stat().st_mode == (tmp_path / "whole.txt").stat().st_mode
