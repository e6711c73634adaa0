"""A model laid over an earlier one: the same things in the same places, gone ones without effect.

Earlier: at most 10 people each in a and b, a + b at least 12. Now: b is gone, c (at most 8) is new,
and the row asks a + c for at least 15: a 7..10, c 5..8.
"""

from __future__ import annotations

import numpy as np

from planner.solver.laid_over import laid_over
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LevelCost, LinearModel


def model(upper: list[float], costs: list[float], least: float) -> LinearModel:
    size = len(upper)
    return LinearModel(
        lower=np.zeros(size),
        upper=np.array(upper),
        row_lower=np.array([least]),
        row_upper=np.array([np.inf]),
        starts=np.array([0, size]),
        indices=np.arange(size),
        values=np.ones(size),
        whole=np.zeros(size, dtype=bool),
        levels=(LevelCost("cost", "euro", np.array(costs)),),
        column_stage=np.zeros(size, dtype=int),
        row_stage=np.zeros(1, dtype=int),
    )


def test_what_is_gone_is_nothing_and_what_is_new_stands_behind() -> None:
    earlier, now = model([10, 10], [1, 2], 12), model([10, 8], [1, 3], 15)
    over = laid_over(now, (("a", "c"), ("need",)), earlier, (("a", "b"), ("need",)))
    assert [0, 2] == over.columns.tolist()
    assert [10, 0, 8] == over.model.upper.tolist()
    solution = solve_levels(over.model).solution
    assert solution is not None
    assert [10, 5] == over.own(solution).values.tolist()  # 10 x 1 + 5 x 3 = 25
    assert 25 == solution.levels[0].value


def test_a_row_that_is_gone_limits_nothing() -> None:
    earlier, now = model([10, 10], [1, 2], 12), model([10, 10], [1, 2], 3)
    over = laid_over(now, (("a", "b"), ("other",)), earlier, (("a", "b"), ("need",)))
    assert [-np.inf, 3] == over.model.row_lower.tolist()
    solution = solve_levels(over.model).solution
    assert solution is not None
    assert 3 == solution.levels[0].value


def test_the_same_things_are_the_very_same_model() -> None:
    earlier, now = model([10, 10], [1, 2], 12), model([9, 10], [1, 2], 12)
    over = laid_over(now, (("a", "b"), ("need",)), earlier, (("a", "b"), ("need",)))
    assert over.model is now
