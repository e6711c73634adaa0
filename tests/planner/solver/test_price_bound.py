"""Prices tell what no plan can better, and never more than the best plan comes to."""

from dataclasses import replace

import numpy as np
import pytest

from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LinearModel, Solution
from planner.solver.price_bound import EarlierLevel, PriceBounds
from tests.planner.solver.test_level_walk import solution
from tests.staircases import INF, random_staircase, small_model

SEEDS = range(40)


def bounded(seed: int) -> LinearModel:
    """Return a staircase with every column between limits, as bounds from prices ask for."""
    model = random_staircase(seed)
    return replace(model, lower=np.maximum(model.lower, -9.0), upper=np.minimum(model.upper, 50.0))


def passed(model: LinearModel, settled: Solution, number: int, more: float) -> list[EarlierLevel]:
    pairs = zip(model.levels[:number], settled.levels[:number], strict=True)
    return [EarlierLevel(level, result, result.value + more) for level, result in pairs]


@pytest.mark.parametrize("seed", SEEDS)
def test_with_nothing_given_up_the_bound_is_what_the_level_comes_to(seed: int) -> None:
    model = bounded(seed)
    settled = solution(solve_levels(model))
    bounds = PriceBounds(model)
    for number, (level, result) in enumerate(zip(model.levels, settled.levels, strict=True)):
        least, _ = bounds.least(level, result, passed(model, settled, number, 0.0))
        assert least <= result.value + 1e-6 * max(1.0, abs(result.value))
    first, _ = bounds.least(model.levels[0], settled.levels[0], [])
    assert settled.levels[0].value == pytest.approx(first, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_is_better_than_the_bound_where_earlier_levels_give_way(seed: int) -> None:
    model = bounded(seed)
    settled = solution(solve_levels(model))
    least, _ = PriceBounds(model).least(
        model.levels[1], settled.levels[1], passed(model, settled, 1, 1.0)
    )
    # The first level as a row, at what it came to and one more: the second is minimised alone.
    cost = model.levels[0].cost
    priced = np.flatnonzero(cost)
    wider = replace(
        model,
        starts=np.append(model.starts, model.starts[-1] + len(priced)),
        indices=np.concatenate([model.indices, priced]),
        values=np.concatenate([model.values, cost[priced]]),
        row_lower=np.append(model.row_lower, -INF),
        row_upper=np.append(model.row_upper, settled.levels[0].value + 1.0),
        row_stage=np.append(model.row_stage, -1),
        levels=(model.levels[1],),
    )
    best = solution(solve_levels(wider)).levels[0].value
    assert least <= best + 1e-6 * max(1.0, abs(best))


def test_a_hand_worked_bound() -> None:
    # Ten people in a hall of 8 at no cost and one of 6 at 2 each; going without counts first.
    hall, dear, without = range(3)
    model = small_model(
        [(0.0, 8.0), (0.0, 6.0), (0.0, INF)],
        [(10.0, {hall: 1.0, dear: 1.0, without: 1.0}, 10.0)],
        [{without: 1.0}, {dear: 2.0}],
    )
    settled = solution(solve_levels(model))
    bounds = PriceBounds(model)
    kept, _ = bounds.least(model.levels[1], settled.levels[1], passed(model, settled, 1, 0.0))
    given, prices = bounds.least(model.levels[1], settled.levels[1], passed(model, settled, 1, 0.5))
    # 2 people at 2 each; with half a person-month given up, one and a half at 2 each.
    assert kept == pytest.approx(4.0, rel=1e-3)
    assert given == pytest.approx(3.0, rel=1e-3)
    # One person more without a place is worth the 2 that the dear hall costs.
    assert 2.0 == pytest.approx(prices.levels[model.levels[0].name], rel=1e-3)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_prices_give_a_bound_that_holds(seed: int) -> None:
    model = bounded(seed)
    best = solution(solve_levels(model)).levels[0]
    chance = np.random.default_rng(seed)
    bounds, cost = PriceBounds(model), model.levels[0].cost
    for size in (0.0, 0.1, 1.0):
        prices = best.duals + size * chance.normal(size=len(best.duals))
        assert bounds.by_prices(model, cost, prices) <= best.value + 1e-6 * max(1, abs(best.value))
