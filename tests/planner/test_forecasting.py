"""From a book to people per group, month and scenario, and back into a book that can be planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner import api
from planner.cli import run
from planner.core.errors import Severity
from planner.core.texts import Language
from planner.forecast import demand_forecast
from planner.input.book import Book, empty_sheet
from planner.input.edits import SetCell, apply
from planner.input.months import later
from planner.input.recognise import object_frame
from planner.input.records import table
from planner.model.demand import demand, demand_notes
from planner.sheets.result_sheets import read_results
from planner.verify.tally import expected
from tests.tables import row_called

JUL = dt.date(2026, 7, 1)


def without(book: Book, *keys: str) -> Book:
    names = {book.tables[key].name for key in keys}
    return replace(
        book,
        tables={key: sheet for key, sheet in book.tables.items() if key not in keys},
        sheets=tuple(sheet for sheet in book.sheets if sheet.name not in names),
    )


@pytest.fixture(scope="module")
def bare() -> Book:
    """Return the small demo for two years with the supplied streams, without arrivals."""
    book = api.open_demo("small")
    years = SetCell("parameters", row_of(book, "horizon_months"), "value", 24)
    longer, _ = apply(book, [years])
    return without(longer, "forecast", "inflow", "streams", "stages", "scenarios")


def row_of(book: Book, parameter: str) -> int:
    return row_called(book, "parameters", parameter=parameter)


@pytest.fixture(scope="module")
def arriving(bare: Book) -> Book:
    """Return the same with two streams of arrivals for two years."""
    rows = [
        [scenario, later(JUL, at), stream, people * factor]
        for scenario, factor in (("middle", 1.0), ("high", 1.5))
        for stream, people in (("first_applications", 125), ("family_reunion", 59))
        for at in range(24)
    ]
    sheet = empty_sheet(table("inflow"), "Instroom")
    columns = ["scenario", "month", "stream", "people"]
    frame = object_frame(rows, columns, range(2, 2 + len(rows)))
    return bare.with_table(sheet.with_frame(frame))


def records(frame: pd.DataFrame) -> Iterator[dict[str, object]]:
    for row in frame.to_dict("records"):
        yield {str(key): value for key, value in row.items()}


def test_without_arrivals_three_scenarios_come_from_yearly_figures(bare: Book) -> None:
    made = demand_forecast.forecast(bare)

    assert ["low", "middle", "high"] == [each.name for each in made.scenarios]
    assert "forecast.from_parameters" in {each.key for each in made.notes}
    last = [each.computed.people("single_men", later(JUL, 23)) for each in made.scenarios]
    assert sorted(last) == last
    assert last[0] < last[2]


def test_yearly_figures_are_spread_by_the_season(bare: Book) -> None:
    computed = demand_forecast.forecast(bare, "middle").scenarios[0].computed
    history = computed.network.span.history
    year = computed.coming.people["first_applications"][history : history + 12]

    # The small demo has 1,494 first applications a year; 1.18 twelfths of them in September.
    assert 1494 == pytest.approx(year.sum())
    assert pytest.approx(1494 / 12 * 1.18) == year[2]


def test_the_first_month_of_every_scenario_is_the_occupancy(arriving: Book) -> None:
    for each in demand_forecast.forecast(arriving).scenarios:
        case = each.computed.case
        found = {group: each.computed.people(group, JUL) for group in case.groups}
        assert {group: case.people_at_start(group) for group in case.groups} == pytest.approx(found)


def test_the_written_book_can_be_planned_on(arriving: Book, tmp_path: Path) -> None:
    output = tmp_path / "forecast.xlsx"
    made = demand_forecast.forecast(arriving)
    demand_forecast.save_forecast(output, arriving, made, Language.NL)

    parsed = api.check(api.open_workbook(output), "high")
    assert [] == [each for each in parsed.findings if each.severity is Severity.ERROR]
    assert parsed.case is not None
    high = next(each for each in made.scenarios if each.name == "high").computed
    for (group, month), people in parsed.case.forecast.items():
        assert high.people(group, month) == pytest.approx(people)
    assert len(high.case.groups) * 24 == len(parsed.case.forecast)


def test_the_balance_stands_in_the_result(arriving: Book, tmp_path: Path) -> None:
    output = tmp_path / "forecast.xlsx"
    demand_forecast.save_forecast(output, arriving, demand_forecast.forecast(arriving), Language.EN)
    tables = read_results(api.open_workbook(output))

    people = tables["forecast_people"]
    assert 2 * 13 * 24 == len(people)
    ending: dict[tuple[object, object], float] = {}
    for row in records(people):
        start, coming, going, end = (
            float(str(row[k])) for k in ("start", "coming", "going", "end")
        )
        assert end == pytest.approx(start + coming - going)
        assert min(start, coming, going, end) >= -1e-9
        key = (row["scenario"], row["group"])
        assert start == pytest.approx(ending.get(key, start))
        ending[key] = end
    ranked = tables["sensitivity"]
    assert {"dol", "emergency", "total"} == set(ranked["outcome"])
    assert {"middle", "high"} == set(tables["forecast_totals"]["scenario"])
    assert all(tables["forecast_inputs"]["source"])


def test_the_forecast_goes_first_and_is_shown(tmp_path: Path) -> None:
    demo = api.open_demo("small")
    computed = demand_forecast.forecast(demo, "middle")
    book = demand_forecast.with_forecast(demo, computed, Language.NL)
    made = demand_forecast.forecast(book, "middle")
    output = tmp_path / "forecast.xlsx"
    demand_forecast.save_forecast(output, book, made, Language.NL)
    tables = read_results(api.open_workbook(output))

    given = made.scenarios[0].computed.case.forecast
    people = tables["forecast_people"]
    assert {"forecast"} == set(people["origin"])
    for row in records(people):
        assert given[str(row["group"]), row["month"]] == row["people"]  # type: ignore[index]
    assert "forecast.overridden" in {each.key for each in made.notes}
    assert len(api.usable(api.open_workbook(output), "middle").forecast) == len(given)


def test_a_plan_takes_the_computed_people_and_says_so(arriving: Book) -> None:
    case = api.usable(arriving, "middle")
    needed = demand(case)

    made = demand_forecast.forecast(arriving, "middle").scenarios[0].computed
    assert needed["single_men", later(JUL, 5)] == made.people("single_men", later(JUL, 5))
    assert needed["single_men", later(JUL, 5)] != needed["single_men", JUL]
    assert {"plan.demand_computed", "plan.streams_supplied"} == {
        each.key for each in demand_notes(case)
    }
    assert expected(case) == pytest.approx(dict(needed), rel=1e-9)


def test_leavers_of_dol_are_told_by_how_they_leave(arriving: Book, tmp_path: Path) -> None:
    output = tmp_path / "forecast.xlsx"
    made = demand_forecast.forecast(arriving, "middle")
    demand_forecast.save_forecast(output, arriving, made, Language.EN)
    flows = read_results(api.open_workbook(output))["forecast_flows"]

    dol = flows[flows["source"] == "dublin_single"].groupby("target")["people"].sum()
    assert {"transferred", "left on their own", "single_men"} == set(dol.index)
    # Those who came last have not left yet, and who is transferred leaves early.
    assert pytest.approx(0.29, abs=0.02) == dol["transferred"] / dol.sum()


def test_the_command_writes_and_tells(
    arriving: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook, output = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    api.save_book(workbook, arriving, Language.NL)

    code = run(["forecast", str(workbook), "--out", str(output), "--language", "en"])

    told = capsys.readouterr()
    assert (0, "") == (code, told.err)
    assert "Scenario high:" in told.out
    assert "DOL, highest month" in told.out
    assert output.exists()


def test_an_unknown_scenario_is_refused(
    arriving: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workbook, output = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    api.save_book(workbook, arriving, Language.NL)

    code = run(["forecast", str(workbook), "--out", str(output), "--scenario", "lowest"])

    assert 2 == code
    assert "lowest" in capsys.readouterr().err
    assert not output.exists()
