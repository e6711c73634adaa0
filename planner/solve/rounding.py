"""Whole numbers by rounding: what the relaxed plan takes in part is taken whole.

A share above nothing is rounded up, since a whole opening, extension or section allows all that a
part of it does. How good that is, is not assumed but proven: level by level, with the levels before
it kept at what the rounded plan came to, the relaxed model tells what no plan with whole numbers
can better.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from planner.solve.arithmetic import level_value
from planner.solve.face import Face, scale
from planner.solve.highs import Ran, Solver, Terms
from planner.solve.outcome import LevelCost, LinearModel

# A share below this is the solver's rounding of nothing.
_NOTHING = 1e-6
# How far a found value may lie above its bound and still be the bound, relative to its size.
_SAME = 1e-6
# How far above its value a level is kept, relative to its size: the last digits of a sum.
_KEPT_WITHIN = 1e-9

Start = Callable[[Solver], bool]
Minimise = Callable[[Solver, LevelCost, bool], Ran]


def relaxed(model: LinearModel) -> LinearModel:
    """Return the model without anything that must be whole."""
    return replace(model, whole=np.zeros_like(model.whole))


def kept_whole(model: LinearModel, values: np.ndarray) -> LinearModel:
    """Return the relaxed model with its whole columns kept at whole values."""
    fixed = np.where(model.whole, np.round(values), np.nan)
    return replace(
        relaxed(model),
        lower=np.where(model.whole, fixed, model.lower),
        upper=np.where(model.whole, fixed, model.upper),
    )


def rounded_up(model: LinearModel, values: np.ndarray) -> LinearModel:
    """Return the relaxed model with every whole column kept at its value rounded up."""
    return kept_whole(model, np.ceil(values - _NOTHING))


def with_level_rows(model: LinearModel, levels: list[LevelCost]) -> LinearModel:
    """Return the model with one more row per level, in its scale, without a limit as yet."""
    priced = [np.flatnonzero(level.cost) for level in levels]
    units = [scale(level.cost) for level in levels]
    open_ended = np.full(len(levels), np.inf)
    ends = model.starts[-1] + np.cumsum([len(each) for each in priced])
    costs = [
        level.cost[which] / unit for level, which, unit in zip(levels, priced, units, strict=True)
    ]
    return replace(
        model,
        row_lower=np.concatenate([model.row_lower, -open_ended]),
        row_upper=np.concatenate([model.row_upper, open_ended]),
        starts=np.concatenate([model.starts, ends]),
        indices=np.concatenate([model.indices, *priced]),
        values=np.concatenate([model.values, *costs]),
        row_stage=np.concatenate([model.row_stage, np.full(len(levels), -1)]),
    )


def largest_gap(
    model: LinearModel,
    found: Mapping[str, float],
    terms: Terms,
    start: Start,
    minimise: Minimise,
) -> float | None:
    """Return the largest relative gap of a level between a plan and what none can better.

    `found` is what the plan came to at each level. A level that reaches its bound leaves only its
    optima to the next; another is kept at what was found by a row. `None` where a run was stopped:
    nothing is proven then.
    """
    levels = [level for level in model.levels if level.cost.any()]
    extended = with_level_rows(relaxed(model), levels)
    solver = Solver(extended, terms)
    face = Face(solver)
    warm = start(solver)
    largest = 0.0
    for number, level in enumerate(levels):
        if minimise(solver, level, warm) is not Ran.OPTIMAL:
            return None
        warm = True
        point = solver.point()
        value = found[level.name]
        short = value - level_value(level, point.values)
        if short <= _SAME * max(1.0, abs(value)):
            face.narrow(point)
            continue
        largest = max(largest, short / abs(value) if value else np.inf)
        most = (value - level.constant) / scale(level.cost)
        kept = most + _KEPT_WITHIN * max(1.0, abs(most))
        row = np.array([len(model.row_lower) + number])
        solver.row_bounds(row, np.array([-np.inf]), np.array([kept]))
    return largest
