"""What clashes, and that nothing less would."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from planner.api import open_demo, usable
from planner.core.outcome import Ending
from planner.core.texts import Language
from planner.explain.impossible import clashing_rows, impossible
from planner.model.build import Problem, build
from planner.solver.clash import clash_in
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel
from tests.rules.cases import case, group, location


def model_of(rows: list[tuple[dict[int, float], float, float]], columns: int) -> LinearModel:
    """Return a model of rows (coefficients, lower, upper) over columns from 0 to 10."""
    counts = np.cumsum([0, *(len(left) for left, _, _ in rows)])
    return LinearModel(
        lower=np.zeros(columns),
        upper=np.full(columns, 10.0),
        row_lower=np.array([low for _, low, _ in rows]),
        row_upper=np.array([high for _, _, high in rows]),
        starts=counts.astype(np.int32),
        indices=np.array([c for left, _, _ in rows for c in left], dtype=np.int32),
        values=np.array([v for left, _, _ in rows for v in left.values()]),
        whole=np.zeros(columns, dtype=bool),
        levels=(),
        column_stage=np.full(columns, -1),
        row_stage=np.full(len(rows), -1),
    )


def without(model: LinearModel, row: int) -> LinearModel:
    lower, upper = model.row_lower.copy(), model.row_upper.copy()
    lower[row], upper[row] = -np.inf, np.inf
    return replace(model, row_lower=lower, row_upper=upper)


def test_rows_that_can_all_hold_do_not_clash() -> None:
    assert clash_in(model_of([({0: 1.0}, 2.0, np.inf), ({0: 1.0}, -np.inf, 3.0)], 1)) is None


def test_two_rows_against_each_other_clash_and_a_third_is_left_out() -> None:
    rows = [
        ({0: 1.0, 1: 1.0}, 8.0, np.inf),
        ({0: 1.0}, -np.inf, 9.0),
        ({0: 1.0, 1: 1.0}, -np.inf, 5.0),
    ]
    found = clash_in(model_of(rows, 2))
    assert found is not None
    assert ((0, 2), True) == (found.rows, found.irreducible)


def test_a_row_beyond_the_bounds_clashes_with_them() -> None:
    found = clash_in(model_of([({0: 1.0}, 12.0, np.inf), ({1: 1.0}, 1.0, 2.0)], 2))
    assert found is not None
    assert ((0,), (0,)) == (found.rows, found.columns)


def test_a_row_that_contradicts_itself_clashes_alone() -> None:
    found = clash_in(model_of([({0: 1.0}, 1.0, 2.0), ({0: 1.0}, 3.0, 2.0)], 1))
    assert found is not None
    assert (1,) == found.rows


def test_what_clashes_is_irreducible_on_random_models() -> None:
    clashes = 0
    for seed in range(60):
        chance = Random(seed)  # noqa: S311 - no secret
        rows: list[tuple[dict[int, float], float, float]] = []
        for _ in range(8):
            left = {c: float(chance.randint(1, 3)) for c in chance.sample(range(4), 2)}
            limit = float(chance.randint(1, 30))
            at_least = chance.random() < 0.5
            rows.append((left, limit if at_least else -np.inf, np.inf if at_least else limit))
        model = model_of(rows, 4)
        found = clash_in(model)
        if found is None:
            continue
        clashes += 1
        only = model_of([rows[row] for row in found.rows], 4)
        assert clash_in(only) is not None
        for row in range(len(found.rows)):
            assert clash_in(without(only, row)) is None
    assert 10 <= clashes


def crowded_out(problem: Problem) -> Problem:
    """Return a problem in which everybody must be at one place more than there is room for."""
    beds = next(each for each in problem.rows if each.rule.name == "places_within_beds")
    upper = problem.upper.copy()
    assert beds.number is not None
    upper[beds.number] = -1.0
    return replace(problem, upper=upper)


def test_a_plan_that_cannot_be_is_told_in_rule_names_in_both_languages() -> None:
    problem = crowded_out(build(case(location(beds=5), groups=[group()])))
    assert Ending.INFEASIBLE is solve_levels(linear_model(problem)).ending
    rows = clashing_rows(problem)
    assert rows is not None
    assert {"places_within_beds"} == {each.rule.name for each in rows}
    ending, told = impossible(problem)
    notes = [each.text(language) for each in told for language in Language]
    assert Ending.INFEASIBLE is ending
    assert "Plaatsen binnen de bedden" in notes[0]
    assert "Places within the beds" in notes[1]


def test_a_verdict_that_is_not_confirmed_says_so() -> None:
    ending, told = impossible(build(case(location(beds=5), groups=[group()])))
    assert Ending.FAILED is ending
    assert ["impossible.not_certain"] == [each.key for each in told]


def test_a_clash_in_the_small_demo_is_found() -> None:
    problem = crowded_out(build(usable(open_demo("small"))))
    assert clashing_rows(problem)
