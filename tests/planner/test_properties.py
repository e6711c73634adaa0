"""What holds of every plan and every edit, tried on small cases by chance."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.api import open_demo
from planner.input.book import Book
from planner.input.case import Case
from planner.input.edits import AddRow, DropRow, Edit, SetCell, apply
from planner.input.location import Location
from planner.input.parameters import Parameters
from planner.input.settings import Parameter
from planner.model.algebra import Constraint, Sense
from tests.rules.planned import Planned, planned
from tests.rules.random_cases import random_case
from tests.tables import record

# In CI the same cases every time, so that a failure there is about the change at hand.
TRIALS = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TINY = 1e-6

cases = st.randoms(use_true_random=False).map(random_case)


def near(expected: float, actual: float) -> bool:
    return abs(expected - actual) <= TINY * max(1.0, abs(expected))


def breach(row: Constraint, left: float) -> float:
    """Return how far a left side is beyond its row's limit; below 0 is room that is left."""
    match row.sense:
        case Sense.AT_MOST:
            return left - row.limit
        case Sense.AT_LEAST:
            return row.limit - left
        case _:
            return abs(left - row.limit)


@TRIALS
@given(cases)
def test_every_plan_satisfies_every_row_when_evaluated_without_the_solver(case: Case) -> None:
    plan = planned(case)
    problem = plan.problem
    values = plan.solution.values  # noqa: PD011 - an array of a solution, not of a frame
    assert np.all(values >= -TINY)
    assert np.all(values <= problem.columns.upper_bounds() + TINY)
    for each in problem.rows:
        short = breach(each.row, problem.columns.value(each.row.left, values))
        taken = 0.0 if each.shortfall is None else problem.columns.value(each.shortfall, values)
        assert short <= taken + TINY, (each.rule.name, each.row.key)


@TRIALS
@given(cases)
def test_every_plan_holds_for_the_verifier(case: Case) -> None:
    assert () == planned(case).breaches()


@TRIALS
@given(cases)
def test_everyone_present_is_placed_or_told_to_be_without_a_place(case: Case) -> None:
    tables = planned(case).tables
    placed = tables["placement"].groupby(["group", "month"])["people"].sum()
    missing = tables["shortfalls"].query("rule == 'everyone_placed'")
    unplaced = missing.groupby(["group", "month"])["amount"].sum()
    for group, month, people in tables["demand"].itertuples(index=False):
        housed = placed.get((group, month), 0.0) + unplaced.get((group, month), 0.0)
        assert abs(people - housed) <= TINY


def more_beds(chance: Random, case: Case) -> Case:
    return with_location(chance, case, beds=lambda place: place.beds + 7)


def more_school_seats(chance: Random, case: Case) -> Case:
    return with_location(
        chance,
        case,
        school_seats=lambda place: None if place.school_seats is None else place.school_seats + 3,
    )


def more_accessible_beds(chance: Random, case: Case) -> Case:
    return with_location(
        chance,
        case,
        accessible_beds=lambda place: (
            None if place.accessible_beds is None else place.accessible_beds + 3
        ),
    )


def safe_for_women(chance: Random, case: Case) -> Case:
    return with_location(chance, case, women_safe=lambda _: True)


def no_maximum(chance: Random, case: Case) -> Case:
    return with_location(chance, case, max_people=lambda _: None)


def higher_norm(_: Random, case: Case) -> Case:
    return with_parameter(case, "occupancy_norm", 0.05)


def more_dol_growth(_: Random, case: Case) -> Case:
    return with_parameter(case, "dol_growth_per_month", 3.0)


def with_location(chance: Random, case: Case, **change: Callable[[Location], Any]) -> Case:
    place = chance.choice(tuple(case.locations.values()))
    changed = replace(place, **{name: to(place) for name, to in change.items()})
    return replace(case, locations={**case.locations, place.id: changed})


def with_parameter(case: Case, name: str, more: float) -> Case:
    raised = record(Parameter, parameter=name, value=case.parameters.number(name) + more)
    return replace(case, parameters=Parameters({**case.parameters.by_name, name: raised}))


def first_difference(before: Planned, after: Planned) -> tuple[str, float, float] | None:
    """Return the first level that differs, with its value before and after."""
    for one, other in zip(before.solution.levels, after.solution.levels, strict=True):
        if not near(one.value, other.value):
            return one.name, one.value, other.value
    return None


@pytest.mark.parametrize(
    "loosened",
    [
        more_beds,
        more_school_seats,
        more_accessible_beds,
        safe_for_women,
        no_maximum,
        higher_norm,
        more_dol_growth,
    ],
    ids=lambda change: change.__name__,
)
@settings(TRIALS, max_examples=40)
@given(case=cases, chance=st.randoms(use_true_random=False))
def test_loosening_a_limit_never_worsens_the_level_where_it_first_matters(
    loosened: Callable[[Random, Case], Case], case: Case, chance: Random
) -> None:
    matters = first_difference(planned(case), planned(loosened(chance, case)))
    if matters is not None:
        level, before, after = matters
        assert after < before, level


BOOK = open_demo("small")
COLUMNS = {key: tuple(sheet.frame.columns) for key, sheet in BOOK.tables.items()}
contents = st.one_of(
    st.none(),
    st.integers(-5, 5),
    st.floats(allow_nan=False, width=16),
    st.booleans(),
    st.text(max_size=3),
    st.dates(dt.date(2026, 1, 1)),
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Edit, ...]:
    """Draw edits that follow on each other: a dropped row is not edited, a new one may be."""
    book, drawn = BOOK, []
    for _ in range(draw(st.integers(1, 6))):
        table = draw(st.sampled_from(sorted(COLUMNS)))
        rows = [int(row) for row in book.frame(table).index]
        column = st.sampled_from(COLUMNS[table])
        adds = st.builds(
            AddRow,
            st.just(table),
            st.just(max(rows, default=1) + 1),
            st.dictionaries(column, contents),
        )
        changes: tuple[st.SearchStrategy[Edit], ...] = (
            (
                st.builds(SetCell, st.just(table), st.sampled_from(rows), column, contents),
                st.builds(DropRow, st.just(table), st.sampled_from(rows)),
            )
            if rows
            else ()
        )
        edit = draw(st.one_of(adds, *changes))
        book, _undo = apply(book, [edit])
        drawn.append(edit)
    return tuple(drawn)


def cells(book: Book) -> dict[tuple[str, Any, str], object]:
    """Return every cell of every table that is not empty, with its type beside its value."""
    return {
        (table, row, str(column)): (type(value), value)
        for table, sheet in book.tables.items()
        for column in sheet.frame.columns
        for row, value in sheet.frame[column].items()
        if value is not None
    }


@TRIALS
@given(edits())
def test_undo_restores_the_book_exactly(made: tuple[Edit, ...]) -> None:
    edited, undo = apply(BOOK, made)
    restored, redo = apply(edited, undo)
    assert BOOK.tables.keys() == restored.tables.keys()
    for key, sheet in BOOK.tables.items():
        pd.testing.assert_frame_equal(sheet.frame, restored.tables[key].frame, check_exact=True)
        assert sheet.positions == restored.tables[key].positions
    assert cells(BOOK) == cells(restored)
    assert cells(edited) == cells(apply(restored, redo)[0])


def test_undo_empties_a_column_and_a_sheet_that_an_edit_brought() -> None:
    # Neither stands in the demo; what is left after the undo holds no cell and no row.
    added = AddRow("previous_plan", 2, {"location": "a"})
    first = int(BOOK.frame("locations").index[0])
    without = sorted(column.key for column in BOOK.tables["locations"].table.columns)
    missing = [key for key in without if key not in BOOK.frame("locations").columns]
    new_column = [SetCell("locations", first, key, 1) for key in missing[:1]]
    edited, undo = apply(BOOK, [added, *new_column])
    assert cells(BOOK) != cells(edited)
    assert cells(BOOK) == cells(apply(edited, undo)[0])
