"""From a figure to its cells and back, on the small demo."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from planner.api import open_demo, usable
from planner.explain.origins.trace import Tracer
from planner.explain.solved import Solved
from planner.input.book import Book
from planner.input.typed import read_tables
from planner.model.build import build
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from tests.tables import row_called

NOVEMBER = dt.date(2026, 11, 1)


@cache
def demo() -> Book:
    return open_demo("small")


@cache
def tracer(scenario: str | None = None) -> Tracer:
    problem = build(usable(demo(), scenario))
    solution = solve_levels(linear_model(problem)).solution
    assert solution is not None
    return Tracer(demo(), Solved.of(problem, solution))


def row_of(table: str, key: str, column: str = "id") -> int:
    return row_called(demo(), table, **{column: key})


def address(table: str, row: int, column: str) -> str:
    sheet = demo().tables[table]
    return f"{sheet.name}!{sheet.address(row, column)}"


def places(rule: str, **about: object) -> set[str]:
    row = tracer().rows(rule, **about)[0]  # type: ignore[arg-type]
    return {each.place for each in tracer().cells(row)}


def test_school_seats_lead_to_the_seats_of_the_location_and_the_shares_of_the_groups() -> None:
    found = places("school_seats", location="L09", month=NOVEMBER)
    assert address("locations", row_of("locations", "L09"), "school_seats") in found
    minors = row_of("groups", "unaccompanied_minors", "group")
    assert address("groups", minors, "school_share") in found


def test_a_row_does_not_lead_to_another_locations_cells() -> None:
    found = places("school_seats", location="L09", month=NOVEMBER)
    assert address("locations", row_of("locations", "L10"), "school_seats") not in found


def test_a_later_month_leads_to_the_cells_that_were_read_once_for_the_location() -> None:
    first, last = tracer().solved.case.months[0], tracer().solved.case.months[-1]
    seats = address("locations", row_of("locations", "L09"), "school_seats")
    for month in (first, last):
        assert seats in places("school_seats", location="L09", month=month)


def test_demand_leads_to_the_arrivals_of_the_scenario_until_then() -> None:
    found = places("everyone_placed", group="families", month=NOVEMBER)
    arrivals = read_tables(demo())[0].rows("inflow")
    for scenario, months in (("middle", 6), ("high", 0)):
        at = (scenario, "family_reunion")
        rows = [each.row for each in arrivals if (each.record.scenario, each.record.stream) == at]
        cells = {address("inflow", row, "people") for row in rows}
        # June to November.
        assert months == len(cells & found)
    assert address("groups", row_of("groups", "families", "group"), "stay_months") in found


def test_beds_lead_to_beds_and_contract() -> None:
    found = places("places_within_beds", location="L15", month=dt.date(2026, 9, 1))
    row = row_of("locations", "L15")
    for column in ("beds", "open_until", "type"):
        assert address("locations", row, column) in found


def test_the_growth_speed_leads_to_its_parameter() -> None:
    row = row_of("parameters", "dol_growth_per_month", "parameter")
    assert address("parameters", row, "value") in places("dol_growth", month=NOVEMBER)


def test_a_scenarios_value_stands_on_its_own_sheet() -> None:
    traced = tracer("slower_dol")
    cells = traced.cells(traced.rows("dol_growth")[0])
    growth = [each for each in cells if each.key == ("dol_growth_per_month",)]
    sheet = demo().tables["scenarios"]
    assert [sheet.name] == [each.sheet for each in growth]


def test_a_figure_of_the_placement_leads_to_its_rules() -> None:
    placed = tracer().solved.people["L01", NOVEMBER]
    group, kind, _ = placed[0]
    names = {each.rule.name for each in tracer().placement("L01", group, kind, NOVEMBER)}
    assert {"everyone_placed", "people_within_places", "occupancy_norm"} <= names


@pytest.mark.parametrize(
    ("table", "key", "id_column", "column", "rule"),
    [
        ("locations", "L09", "id", "school_seats", "school_seats"),
        ("locations", "L15", "id", "open_until", "places_within_beds"),
        ("parameters", "dol_growth_per_month", "parameter", "value", "dol_growth"),
        ("groups", "families", "group", "school_share", "school_seats"),
        ("provinces", "Gelderland", "province", "task", "province_task"),
        ("ceilings", "Demo Veenkamp", "name", "people", "ceilings"),
    ],
)
def test_a_cell_leads_back_to_the_rows_that_rest_on_it(
    table: str, key: str, id_column: str, column: str, rule: str
) -> None:
    row = row_of(table, key, id_column)
    found = tracer().depends(table, row, column)
    assert rule in found
    assert address(table, row, column) in {each.place for each in tracer().cells(found[rule][0])}


def test_every_row_leads_to_at_least_one_cell() -> None:
    for name, rows in tracer().solved.by_rule.items():
        assert tracer().cells(rows[0]), name
