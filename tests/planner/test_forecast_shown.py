"""What a window shows of the demand: one scenario, its inputs with their cells, the export."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from planner import api
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.forecast import demand_forecast
from planner.forecast.demand_inputs import InputPlace, UsedInput
from planner.forecast.forecast_view import ShownForecast, export_forecast, shown_forecast
from planner.input.edits import AddRow, SetCell, apply, next_row
from planner.sheets.result_sheets import read_results

if TYPE_CHECKING:
    from pathlib import Path

    from planner.input.book import Book


@pytest.fixture(scope="module")
def small() -> Book:
    # Without arrivals and ways of its own, so that the supplied ones count.
    book = api.open_demo("small")
    own = {"inflow", "streams", "stages", "scenarios", "forecast"}
    names = {book.tables[key].name for key in own}
    return replace(
        book,
        tables={key: sheet for key, sheet in book.tables.items() if key not in own},
        sheets=tuple(sheet for sheet in book.sheets if sheet.name not in names),
    )


@pytest.fixture(scope="module")
def shown(small: Book) -> ShownForecast:
    return shown_forecast(small, "middle")


def first(shown: ShownForecast, stream: str, group: str, unit: str) -> UsedInput:
    """Return the first input of rows of Streams in a unit."""
    return next(
        each
        for each in shown.inputs
        if (each.stream, each.group, each.unit) == (stream, group, unit)
    )


def the(shown: ShownForecast, stream: str, group: str, unit: str) -> UsedInput:
    """Return the one input of a row of Streams in a unit."""
    (found,) = (
        each
        for each in shown.inputs
        if (each.stream, each.group, each.unit) == (stream, group, unit)
    )
    return found


def test_the_sheets_are_those_of_the_forecast(small: Book, shown: ShownForecast) -> None:
    made = demand_forecast.forecast(small, "middle")
    assert ("middle", made.notes) == (shown.scenario, shown.notes)
    for sheet in demand_forecast.forecast_sheets(made):
        assert sheet.frame.equals(shown.sheets[sheet.table.key])


def test_the_base_lies_between_the_ends_of_what_moves_it(shown: ShownForecast) -> None:
    swings = shown.sheets["sensitivity"]
    for outcome, base in shown.base.items():
        first = swings[swings["outcome"] == outcome].iloc[0]
        assert first["at_low"] < base < first["at_high"]


def test_every_figure_has_a_source(shown: ShownForecast) -> None:
    assert [] == [each for each in shown.inputs if not each.source]


def test_a_share_by_parameter_stands_on_parameters(small: Book, shown: ShownForecast) -> None:
    found = the(shown, "in_registration", "dublin_before", "share of first applications")
    assert found.cell is not None
    assert "parameters" == found.cell.table
    said = small.cell("parameters", found.cell.row or 0, "parameter")
    assert "Aandeel aanvaarde Dublinclaims" == said
    assert (0.18, 0.18) == (found.used, found.given)


def test_a_stay_of_the_group_stands_on_groups(small: Book, shown: ShownForecast) -> None:
    found = first(shown, "dublin_before", "dublin_single", "months")
    assert found.cell is not None
    assert ("groups", "stay_months") == (found.cell.table, found.cell.column)
    assert found.used == small.cell("groups", found.cell.row or 0, "stay_months")


def test_a_supplied_share_has_no_cell_until_it_is_put_on_the_sheet(
    small: Book, shown: ShownForecast
) -> None:
    assert the(shown, "backlog", "return_single", "share").cell is None
    rows = [AddRow("streams", 2 + at, each) for at, each in enumerate(shown.streams)]
    changed, _ = apply(small, rows)
    again = shown_forecast(changed, "middle")
    found = the(again, "backlog", "return_single", "share")
    assert found.cell is not None
    assert 0.17 == changed.cell("streams", found.cell.row or 0, "share")
    assert () == again.streams
    for key, frame in shown.sheets.items():
        if key != "forecast_inputs":
            assert frame.equals(again.sheets[key]), key


def test_a_change_of_the_cell_changes_what_is_used(small: Book, shown: ShownForecast) -> None:
    cell = first(shown, "dublin_before", "dublin_single", "months").cell
    assert cell is not None
    changed, _ = apply(small, [SetCell(cell.table, cell.row or 0, cell.column, 5.0)])
    again = shown_forecast(changed, "middle")
    assert 5.0 == first(again, "dublin_before", "dublin_single", "months").used
    assert again.dol.today.people > shown.dol.today.people


def test_what_a_scenario_changes_stands_on_scenarios(small: Book) -> None:
    row = next_row(small, "scenarios")
    cells: dict[str, Any] = {
        "scenario": "middle", "table": "parameters", "key": "dublin_accepted_share",
        "column": "value", "value": 0.25,
    }  # fmt: skip
    changed, _ = apply(small, [AddRow("scenarios", row, cells)])
    found = the(
        shown_forecast(changed, "middle"), "in_registration", "dublin_before",
        "share of first applications",
    )  # fmt: skip
    assert (InputPlace("scenarios", row, "value"), 0.25, 0.25) == (
        found.cell,
        found.used,
        found.given,
    )


def test_a_parameter_that_is_not_on_the_sheet_is_told_by_its_name(small: Book) -> None:
    sheets = {key: sheet for key, sheet in small.tables.items() if key != "parameters"}
    found = [
        each
        for each in shown_forecast(replace(small, tables=sheets), "middle").inputs
        if each.cell is not None and each.cell.name == "transfer_months"
    ]
    assert [(None, 6.0)] == [(each.cell.row if each.cell else 0, each.used) for each in found]


def test_arrivals_of_the_sheet_are_told_by_the_month(small: Book) -> None:
    months = api.usable(small, "middle").months
    rows = [
        AddRow(
            "inflow", 2 + at,
            {"scenario": "middle", "month": month, "stream": "repeat", "people": 7 + at % 2},
        )
        for at, month in enumerate(months)
    ]  # fmt: skip
    changed, _ = apply(small, rows)
    (found,) = (each for each in shown_forecast(changed, "middle").inputs if not each.whole)
    assert ("repeat", 7.5, InputPlace("inflow", 2, "people")) == (
        found.stream,
        found.used,
        found.cell,
    )


def test_a_book_without_scenarios_has_the_three_supplied(small: Book) -> None:
    kept = {key: each for key, each in small.tables.items() if key not in {"forecast", "scenarios"}}
    bare = replace(small, tables=kept)
    low, high = (shown_forecast(bare, name) for name in ("low", "high"))
    assert ("low", ("low", "middle", "high")) == (low.scenario, low.scenarios)
    assert low.base["total"] < shown_forecast(bare).base["total"] < high.base["total"]


def test_a_faulty_book_is_refused(small: Book) -> None:
    row = int(small.frame("locations").index[0])
    faulty, _ = apply(small, [SetCell("locations", row, "beds", -20)])
    with pytest.raises(UnusableInputError):
        shown_forecast(faulty, "middle")


def test_the_export_holds_every_scenario(small: Book, tmp_path: Path) -> None:
    output = tmp_path / "forecast.xlsx"
    export_forecast(output, small, Language.NL)
    totals = read_results(api.open_workbook(output))["forecast_totals"]
    assert {"low", "middle", "high"} == set(totals["scenario"])
