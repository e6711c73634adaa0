"""Scenarios: applied without touching the input, edited as rows, made of what was edited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from planner.input.edits import AddRow, DropRow, SetCell, apply, next_row
from planner.input.parameters import supplied
from planner.input.scenarios import scenario_edits as making
from planner.input.scenarios.from_edits import scenario_from
from planner.input.scenarios.scenario_edits import ScenarioRow
from planner.input.scenarios.shown import shown_scenarios
from tests.scenario_rows import (
    HEADER,
    JUL,
    NL,
    MakeBook,
    Sheets,
    case_of,
    lines,
    same,
    shown,
    with_rows,
)


def test_a_new_scenario_is_kept_by_the_forecast_it_uses(
    sheets: Sheets, make_book: MakeBook
) -> None:
    book = make_book(sheets)

    made, _ = apply(book, making.set_in(None, [making.forecast_of("nieuw", "middle", NL)]))

    assert same(case_of(book), replace(case_of(made, "nieuw"), parameters=case_of(book).parameters))
    assert "nieuw" in [each.name for each in shown_scenarios(made, {}).scenarios]


def test_setting_a_cell_again_changes_its_row_and_makes_it_count(
    sheets: Sheets, make_book: MakeBook
) -> None:
    book = make_book(with_rows(sheets, ["a", "Locaties", "L1", "beds", 300, "nee"]))
    line = making.change_of("a", "locations", "L1", "beds", 250, NL)

    made, _ = apply(book, making.set_in(book.tables["scenarios"], [line, line]))

    assert [("locations", "L1", "beds", 250, True)] == lines(made, "a")
    gone, _ = apply(made, making.taken_out(made.tables["scenarios"], [line]))
    assert [] == lines(gone, "a")


def test_copying_takes_along_which_forecast_goes_by_the_name(
    sheets: Sheets, make_book: MakeBook
) -> None:
    sheets["Prognose"].append(["high", JUL, "men", 180])
    book = make_book(with_rows(sheets, ["high", "Locaties", "L1", "beds", 300, "nee"]))
    sheet = book.tables["scenarios"]

    made, _ = apply(book, making.copied(sheet, "high", "  kopie ", ["middle", "high"], NL))

    assert same(
        replace(case_of(book, "high"), parameters=case_of(made, "kopie").parameters),
        case_of(made, "kopie"),
    )
    assert ("locations", "L1", "beds", 300, False) in lines(made, "kopie")


def test_renaming_and_deleting_touch_no_other_scenario(sheets: Sheets, make_book: MakeBook) -> None:
    rows = [[name, "Locaties", key, "beds", 300] for name in ("a", "b") for key in ("L1", "L2")]
    book = make_book(with_rows(sheets, *rows))
    sheet = book.tables["scenarios"]

    renamed, _ = apply(book, making.renamed(sheet, "a", "c"))
    deleted, _ = apply(book, making.deleted(sheet, "a"))

    assert ("c", "b") == making.changing(renamed.tables["scenarios"])
    assert lines(book, "a") == lines(renamed, "c")
    assert lines(book, "b") == lines(renamed, "b") == lines(deleted, "b")
    assert ("b",) == making.changing(deleted.tables["scenarios"])


def test_switching_single_changes_needs_no_column_in_the_sheet(
    sheets: Sheets, make_book: MakeBook
) -> None:
    sheets["Scenarios"] = [HEADER[:5], ["a", "Locaties", "L1", "beds", 300]]
    book = make_book(sheets)

    off, undo = apply(book, making.switched([2], active=False))

    assert 120 == case_of(off, "a").locations["L1"].beds
    assert 300 == case_of(apply(off, undo)[0], "a").locations["L1"].beds


@pytest.mark.parametrize("name", ["", "   ", "a", " a "])
def test_a_name_must_be_one_and_a_new_one(name: str) -> None:
    assert making.name_fault(name, ["a"]) is not None
    assert making.name_fault("b", ["a"]) is None


def test_a_row_that_was_added_or_cannot_be_named_stays_in_the_input(
    sheets: Sheets, make_book: MakeBook
) -> None:
    sheets["Locaties"].append(["L3", *sheets["Locaties"][3][1:]])  # the key of the row before
    before = make_book(sheets)
    after, _ = apply(before, [SetCell("locations", 5, "beds", 7), DropRow("forecast", 3)])

    taken = scenario_from(before, after, NL)

    assert (0, 1, 1) == (taken.moved, taken.rows_kept, taken.cells_kept)
    assert () == taken.edits(after.tables.get("scenarios"), "x")


def test_a_parameter_row_that_was_added_becomes_a_change(
    sheets: Sheets, make_book: MakeBook
) -> None:
    before = make_book(sheets)
    row = next_row(before, "parameters")
    cells: dict[str, Any] = {"parameter": "rule_moves", "value": 0}
    after, _ = apply(before, [AddRow("parameters", row, cells)])

    taken = scenario_from(before, after, NL)
    made, _ = apply(after, taken.edits(after.tables.get("scenarios"), "x"))

    assert [("parameters", "rule_moves", "value", 0, True)] == lines(made, "x")
    assert same(case_of(before), case_of(made))


def test_a_change_is_shown_beside_the_input(sheets: Sheets, make_book: MakeBook) -> None:
    rows = [
        ["a", "Locaties", "L1", "beds", 300],
        ["a", "Parameters", "rule_moves", "value", 0],
        ["a", "Parameters", "reserve_places", "value", 9],
        ["a", "Locaties", "L9", "beds", 300],
    ]
    changes = shown(make_book(with_rows(sheets, *rows)), "a").changes

    base = supplied()["reserve_places"].parameter.value
    assert [(2, 120), (None, 1.0), (None, base), (None, None)] == [(c.row, c.base) for c in changes]
    assert [False, False, False, True] == [each.fault is not None for each in changes]


NAMES = ["met spaties  erin", "👩‍🚀 🇳🇱 plan", "x" * 200, "2027", "007", "=SOM(A1)", "a|b"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_survives_saving_and_reading(
    sheets: Sheets, make_book: MakeBook, name: str, tmp_path: Path
) -> None:
    name = making.tidy_name(name)
    book = make_book(sheets)
    line = ScenarioRow(name, "Locaties", "L1", "Bedden", 300)
    made, _ = apply(book, making.set_in(None, [line]))

    write_workbook(tmp_path / "book.xlsx", made)
    read = read_workbook(tmp_path / "book.xlsx")

    assert (name,) == making.changing(read.tables["scenarios"])
    assert 300 == case_of(read, name).locations["L1"].beds


def test_a_picture_made_of_several_stays_one() -> None:
    assert "👩‍🚀" == making.tidy_name(" 👩‍🚀 ")
    assert "ab" == making.tidy_name("a\u200db")
