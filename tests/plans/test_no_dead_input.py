"""No dead input: each parameter, column and sheet of the supplied data changes some result.

An input is moved and everything is made again that could tell: what is found, the people expected,
the forecast with its bands, the figures of a plan with the decisions as they were, and, where none
of these differs, a new plan. Sentences that only repeat the input do not count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import pandas as pd
import pytest

from planner import api
from planner.explain.costs import cost_table
from planner.files.seeds import read_seed_book
from planner.forecast.cohorts.dol_size import dol_sizing
from planner.forecast.cohorts.people_present import compute, people_present
from planner.forecast.cohorts.uncertainty import bands, sensitivity
from planner.forecast.demand_forecast import forecast
from planner.input.book import Book
from planner.input.case import Case, parse
from planner.input.edits import AddRow, DropRow, Edit, SetCell, apply
from planner.input.parameters import supplied
from planner.input.records import TABLES, table
from planner.input.typed import read_tables
from planner.model.build import Problem, build
from planner.model.demand import demand
from planner.result.checks import checks_beside
from planner.result.children import children
from planner.result.five_questions import five_questions
from planner.result.tables import result_tables
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from tests.plans.moved_inputs import CELLS, Value, moved_value

JUL, OCT = dt.date(2026, 7, 1), dt.date(2026, 10, 1)
SEP_2025 = dt.date(2025, 9, 1)
SAMPLES = 20
# Each takes half a second: so many of them go by in the ordinary run.
EVERY = 5
READ_WITH_THE_BOOK = {"horizon_months", "dublin_start_date", "durable_years", "forecast_scenario"}
SCENARIO = "three_municipalities_refuse"
# Sheets that the demo leaves empty, with a row that a planner could have written.
ROWS: tuple[tuple[str, Mapping[str, Value]], ...] = (
    ("municipalities", {"municipality": "Demo-Veenkamp", "province": "Groningen", "task": 100}),
    ("preferences", {"group": "families", "location": "L03", "cost_per_person_month": 50.0}),
    ("previous_plan", {"location": "L03", "kind": "regular", "month": JUL, "places": 400.0}),
    ("production_forecast", {"edition": SEP_2025, "year": 2026, "low": 39000.0, "high": 67100.0}),
    ("production_forecast", {"edition": SEP_2025, "year": 2027, "low": 1.0, "high": 2.0}),
    ("capacity_decision", {"decided": SEP_2025, "for_day": dt.date(2027, 1, 1), "places": 88000.0}),
    ("pins", {"location": "L04", "decision": "prepare_dol", "month": OCT, "value": 40.0,
              "who": "planner", "why": "agreed"}),
)  # fmt: skip
GIVEN: tuple[str, Mapping[str, Value]] = (
    "forecast",
    {"scenario": "middle", "month": JUL, "group": "families", "people": 655.0},
)
CEILING = (("emergency_ceiling_start", 500), ("emergency_ceiling_end", 300))
LASTING = dt.date(2036, 9, 30)
LEFT_OUT = ("L05", "L07", "L10", "L15", "L16", "L18", "L19")
# What names a row, or only tells a reader what it is: shown, and nothing is reckoned with it.
SHOWN = {
    ("locations", "name"), ("locations", "latitude"), ("locations", "longitude"),
    ("parameters", "unit"), ("parameters", "source"), ("ceilings", "source"),
    ("pins", "who"), ("pins", "why"), ("parameters", "who"), ("parameters", "why"),
    ("scenarios", "beyond_forecast"), ("production_forecast", "source"),
    ("capacity_decision", "source"),
    # Told in a bridge alone, where they are tried.
    ("production_forecast", "middle"), ("capacity_decision", "people"),
    ("capacity_decision", "occupancy_norm"),
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What comes of a book: a case, its problem, and what is told of them."""

    book: Book
    case: Case
    whole: bool = False
    only_people: bool = False

    @cached_property
    def findings(self) -> list[object]:
        return [each.what for each in parse(self.book, self.case.scenario).findings]

    @cached_property
    def problem(self) -> Problem:
        return build(self.case, whole=self.whole)

    @cached_property
    def solved(self) -> np.ndarray:
        outcome = solve_levels(linear_model(self.problem))
        assert outcome.solution is not None
        return np.asarray(outcome.solution.values)

    @cached_property
    def plan(self) -> tuple[object, ...]:
        return figures(self.problem, self.solved)

    @cached_property
    def forecast(self) -> tuple[object, ...]:
        computed = compute(self.case)
        sampled = bands(computed, samples=SAMPLES)
        return (
            {name: told(each) for name, each in sampled.groups.items()},
            {name: told(each) for name, each in sampled.outcomes.items()},
            sensitivity(computed),
            dol_sizing(computed),
        )

    @cached_property
    def rows(self) -> tuple[object, ...]:
        model = linear_model(self.problem)
        arrays = (model.lower, model.upper, model.row_lower, model.row_upper)
        costs = [each.cost for each in model.levels]
        return (
            self.problem.coefficients.tobytes(), self.problem.numbers.tobytes(),
            *(each.tobytes() for each in (*arrays, *costs)),
            tuple(each.name for each in model.levels),
        )  # fmt: skip


def figures(problem: Problem, values: np.ndarray) -> tuple[object, ...]:
    """Return every figure of a plan with these decisions."""
    tables = result_tables(problem, values)
    tables["checks"] = checks_beside(problem, tables).drop(columns=["source"])
    tables["costs"] = cost_table(problem, values, tables["decisions"])
    tables["questions"] = five_questions(problem, tables)
    tables["children"] = children(problem.case, tables, problem.choose.pupils)
    levels = [
        (each.content.level.value, round(float(each.costs @ values) + each.constant, 6))
        for each in problem.levels
    ]
    return (levels, {name: rounded(frame) for name, frame in tables.items()})


def rounded(frame: pd.DataFrame) -> str:
    return frame.round(6).to_csv()


def told(numbers: np.ndarray) -> list[object]:
    return list(np.round(numbers, 9).tolist())


@cache
def contexts() -> Mapping[str, Made]:
    """Return the supplied books, each with a way in which an input may act."""
    filled = with_rows(api.open_demo("small"), ROWS)
    short = without_locations(set_parameter(filled, "horizon_months", 8), LEFT_OUT)
    short = set_parameter(set_parameter(short, *CEILING[0]), *CEILING[1])
    emptied = replace_rows(short, "inflow")
    unknown = apply(
        short,
        [
            *(SetCell("locations", row_of(short, "locations", (name,)), "staff_fte", None)
              for name in ("L01", "L03", "L12", "L17")),
            SetCell("groups", row_of(short, "groups", ("single_men",)), "staff_per_100", None),
            SetCell("locations", row_of(short, "locations", ("L20",)), "open_until", LASTING),
        ],
    )[0]  # fmt: skip
    books = {
        "demo": (short, "middle", False),
        "refused": (short, SCENARIO, False),
        "peak": (short, "next_peak", False),
        "by the year": (emptied, "twice_the_stay", False),
        "staff by province": (unknown, "middle", False),
        "given": (with_rows(api.open_demo("small"), [GIVEN]), "middle", False),
        "from 2025": (read_seed_book("from_2025"), None, False),
        "whole": (set_parameter(short, "horizon_months", 6), "middle", True),
    }
    made = {
        name: Made(book, usable(book, scenario), whole)
        for name, (book, scenario, whole) in books.items()
    }
    # Without arrivals and without names of scenarios these are the ends of the forecast's range.
    by_year = made["by the year"]
    for name in ("low", "high"):
        made[name] = Made(emptied, replace(by_year.case, scenario=name))
    # By then the yearly maximum of the border procedure has been raised twice.
    nation = set_parameter(replace_rows(api.open_demo("national"), "inflow"), "horizon_months", 30)
    # Of who comes back then, no more is left of the term than the law leaves at the least.
    back = Made(short, usable(short, "term_after_return"), only_people=True)
    return {
        **made,
        "back": back,
        "national": Made(nation, usable(nation, "transfers_stop"), only_people=True),
    }


def usable(book: Book, scenario: str | None) -> Case:
    found = parse(book, scenario)
    assert found.case is not None, [each.what.text for each in found.findings][:3]
    return found.case


def with_rows(book: Book, rows: Sequence[tuple[str, Mapping[str, Value]]]) -> Book:
    return apply(
        book, [AddRow(name, 900 + at, dict(cells)) for at, (name, cells) in enumerate(rows)]
    )[0]


def without_locations(book: Book, left_out: Sequence[str]) -> Book:
    """Return a book without some locations and who lives there, so that all goes faster."""
    edits: list[Edit] = []
    for name, column in (("locations", "id"), ("occupancy", "location"), ("scenarios", "key")):
        frame = book.frame(name)
        edits += [
            DropRow(name, int(row)) for row in frame.index if frame.loc[row, column] in left_out
        ]
    return apply(book, edits)[0]


def set_parameter(book: Book, name: str, value: Value) -> Book:
    return apply(
        book, [SetCell("parameters", row_of(book, "parameters", (name,)), "value", value)]
    )[0]


def replace_rows(book: Book, name: str) -> Book:
    return apply(book, [DropRow(name, int(row)) for row in book.frame(name).index])[0]


def row_of(book: Book, name: str, key: Sequence[str]) -> int:
    """Return the row of a sheet with a key: the first whose first cells are these."""
    for each in read_tables(book)[0].rows(name):
        if [_key(part) for part in each.key(table(name))][: len(key)] == list(key):
            return each.row
    raise LookupError((name, key))


def _key(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def moved(context: Made, edits: Sequence[Edit]) -> bool:
    """Whether something comes out otherwise in a context after edits."""
    book = apply(context.book, edits)[0]
    found = parse(book, context.case.scenario)
    if found.case is None:
        return True
    if [each.what for each in found.findings] != context.findings:
        return True
    return differs(context, replace(context, book=book, case=found.case))


def differs(before: Made, after: Made) -> bool:
    if before.only_people:
        return people_present(compute(before.case)) != people_present(compute(after.case))
    if demand(before.case) != demand(after.case):
        return True
    same_shape = len(before.problem.columns) == len(after.problem.columns)
    if same_shape and figures(after.problem, before.solved) != before.plan:
        return True
    if before.rows != after.rows and before.plan != after.plan:
        return True
    return before.forecast != after.forecast


def spread(inputs: Sequence[object]) -> list[object]:
    """Return inputs for a test: some in the ordinary run, all of them among the slow tests."""
    return [
        each if at % EVERY == 0 else pytest.param(each, marks=pytest.mark.slow)
        for at, each in enumerate(inputs)
    ]


@pytest.mark.parametrize("name", spread(list(supplied())))
def test_every_parameter_moves_something(name: str) -> None:
    value = moved_value(name)
    for context in contexts().values():
        held = context.case.parameters.by_name[name]
        if name in READ_WITH_THE_BOOK:
            edit = SetCell(
                "parameters", row_of(context.book, "parameters", (name,)), "value", value
            )
            if moved(context, [edit]):
                return
            continue
        by_name = {**context.case.parameters.by_name, name: replace(held, value=value)}
        case = replace(context.case, parameters=replace(context.case.parameters, by_name=by_name))
        if differs(context, replace(context, case=case)):
            return
    book = contexts()["demo"].book
    assert notes_of(book) != notes_of(set_parameter(book, name, value)), name


def notes_of(book: Book) -> tuple[object, ...]:
    """Return what is said of a forecast."""
    return forecast(book, "middle").notes


COLUMNS = [
    (each.key, column.key)
    for each in TABLES
    for column in each.columns
    if not column.is_key and (each.key, column.key) not in SHOWN
]


@pytest.mark.parametrize("cell", spread(COLUMNS), ids=".".join)
def test_every_column_moves_something(cell: tuple[str, str]) -> None:
    name, column = cell
    key, value = CELLS[name, column]
    for context in contexts().values():
        try:
            row = row_of(context.book, name, key)
        except LookupError:
            continue
        if moved(context, [SetCell(name, row, column, value)]):
            return
    pytest.fail(f"{name}.{column} moved nothing")


@pytest.mark.parametrize("name", spread([each.key for each in TABLES]))
def test_a_row_of_every_sheet_moves_something(name: str) -> None:
    key = next(key for (sheet, _), (key, _) in CELLS.items() if sheet == name)
    for context in contexts().values():
        try:
            row = row_of(context.book, name, key)
        except LookupError:
            continue
        if moved(context, [DropRow(name, row)]):
            return
    pytest.fail(f"a row of {name} moved nothing")
