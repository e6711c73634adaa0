"""How near the best a plan is, proven from prices with exact arithmetic and without the solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.core.outcome import Ending
from planner.explain.recorded_prices import recorded_prices
from planner.input.case import Case
from planner.model.build import build
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.verify.proof import Proven, prove
from planner.verify.weak_duality import BoundedRows, Goal, RowPrices, bounds
from tests.rules.random_cases import random_case

TINY = 1e-6
# So small a gap is the rounding of the sums.
PROVEN = 1e-7
TRIALS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
cases = st.randoms(use_true_random=False).map(random_case)


@dataclass(frozen=True)
class Solved:
    """A case as it was solved: what the levels came to, and the prices recorded."""

    case: Case
    levels: dict[str, float]
    prices: Mapping[str, Any]
    whole: bool

    def proven(self, prices: Mapping[str, Any] | None = None) -> tuple[Proven, ...]:
        recorded = self.prices if prices is None else prices
        return prove(self.case, self.levels, recorded, whole=self.whole)


def solved(case: Case, *, whole: bool = False, worse: Random | None = None) -> Solved:
    """Solve a case; made worse, some of what the best plan chooses is not to be had."""
    problem = build(case, whole=whole)
    model = linear_model(problem)
    outcome = solve_levels(model)
    assert outcome.solution is not None
    if worse is not None:
        values = outcome.solution.values
        taken = np.flatnonzero((values > 1.0) & (model.lower < values))
        upper = model.upper.copy()
        for column in worse.sample(taken.tolist(), min(3, len(taken))):
            upper[column] = values[column] * worse.uniform(0.0, 0.6)
        outcome = solve_levels(replace(model, upper=upper))
    if outcome.solution is None or outcome.ending is not Ending.OPTIMAL:
        raise LookupError("nothing is left to plan")
    levels = {each.name: each.value for each in outcome.solution.levels}
    return Solved(case, levels, recorded_prices(problem, outcome), whole)


def near(one: float, other: float) -> bool:
    return abs(one - other) <= TINY * max(1.0, abs(one))


def test_two_rows_prove_what_no_choice_can_better() -> None:
    """Least of 3x + 2y with x + y ≥ 4 and x ≥ 1, both at most 10: 3 + 6 = 9.

    At prices 2 and 1: 4·2 + 1·1 = 9, and nothing is left of x (3 - 2 - 1) or y (2 - 2).
    """
    rows = BoundedRows(
        np.array([0, 2, 3]),
        np.array([0, 1, 0]),
        np.array([-1.0, -1.0, -1.0]),
        np.array([-4.0, -1.0]),
        np.array([False, False]),
        np.array([10.0, 10.0]),
    )
    goal = Goal(np.array([3.0, 2.0]), 0.0, 9.0)

    assert [Fraction(9)] == bounds(rows, [goal], [RowPrices(np.array([2.0, 1.0]), np.zeros(1))])
    # At a price of 1 for the first alone: 4, and 2 and 1 are left of x and y, which may be 0.
    assert [Fraction(4)] == bounds(rows, [goal], [RowPrices(np.array([1.0, 0.0]), np.zeros(1))])
    # At 3 for the first: 12, of which y may take off 1 ten times.
    assert [Fraction(2)] == bounds(rows, [goal], [RowPrices(np.array([3.0, 0.0]), np.zeros(1))])


def test_a_later_level_is_bound_by_plans_that_are_as_good_before() -> None:
    """First least x + y with x + y ≥ 4: 4. Then least x: 0, for y may be 4.

    Had the plan x = 2 and y = 2, it would be told that x can be 2 less.
    """
    rows = BoundedRows(
        np.array([0, 2]), np.array([0, 1]), np.array([-1.0, -1.0]), np.array([-4.0]),
        np.array([False]), np.array([10.0, 10.0]),
    )  # fmt: skip
    first = Goal(np.array([1.0, 1.0]), 0.0, 4.0)
    price = RowPrices(np.array([1.0]), np.zeros(2))
    none = RowPrices(np.array([0.0]), np.zeros(2))

    assert [4, 0] == bounds(rows, [first, Goal(np.array([1.0, 0.0]), 0.0, 2.0)], [price, none])
    # The most x, told as the least of -x: no more than 4 where x + y is 4, though x may be 10. The
    # row is kept at 4 from above too by the first level, which its price below zero tells.
    most = Goal(np.array([-1.0, 0.0]), 0.0, -4.0)
    kept = RowPrices(np.array([-1.0]), np.zeros(2))
    assert [4, -4] == bounds(rows, [first, most], [price, kept])


@TRIALS
@given(cases)
def test_the_best_plan_of_a_case_by_chance_is_proven_at_every_level(case: Case) -> None:
    plan = solved(case)

    for each in plan.proven():
        assert each.bound <= each.value + TINY * max(1.0, abs(each.value)), each
        assert each.gap <= PROVEN * max(1.0, abs(each.value)), each


@TRIALS
@given(cases, st.randoms(use_true_random=False))
def test_prices_that_are_wrong_prove_nothing_that_is_not_so(case: Case, chance: Random) -> None:
    plan = solved(case)
    wrong = {
        "names": plan.prices["names"],
        "levels": {
            name: {**each, "prices": [price * chance.uniform(-1, 3) for price in each["prices"]]}
            for name, each in plan.prices["levels"].items()
        },
    }

    for each in plan.proven(wrong):
        assert each.bound <= each.value + TINY * max(1.0, abs(each.value)), each


@pytest.mark.parametrize(
    "planted", [10, pytest.param(100, marks=pytest.mark.slow)], ids=["ten", "hundred"]
)
def test_plans_that_are_not_the_best_are_told_so(planted: int) -> None:
    """Plans of cases by chance, for which something of the best plan was not to be had."""
    chance = Random(19410612)  # noqa: S311 - not to be secret
    told = 0
    while told < planted:
        case = random_case(chance)
        best = solved(case)
        try:
            worse = solved(case, worse=chance)
        except LookupError:
            continue
        off = [name for name in best.levels if not near(best.levels[name], worse.levels[name])]
        if not off:
            continue  # another plan that is as good
        told += 1
        # Told with its own prices, which call it the best, and with those of the best plan.
        for prices in (worse.prices, best.prices):
            found = {each.name: each for each in worse.proven(prices)}[off[0]]
            missing = worse.levels[off[0]] - best.levels[off[0]]
            assert found.gap >= missing - TINY * max(1.0, abs(missing)), (off[0], found)


@TRIALS
@given(cases)
def test_a_plan_of_whole_choices_is_told_how_much_better_another_can_be(case: Case) -> None:
    plan, shares = solved(case, whole=True), solved(case)

    for each in plan.proven():
        assert each.bound <= each.value + TINY * max(1.0, abs(each.value)), each
    first = next(iter(plan.levels))
    # Nothing comes before the first level, where shares are the bound.
    found = {each.name: each for each in plan.proven()}[first]
    assert found.bound <= shares.levels[first] + TINY
    assert near(found.bound, shares.levels[first]) or found.bound < shares.levels[first]
