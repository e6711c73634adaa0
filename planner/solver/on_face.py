"""A level minimised on the optima of those before it, from the vertex in hand.

First some steps of simplex on the reduced model. Where that is not the end of it, first-order
prices of this level and the next ones together, which are good to about four digits, serve as end
values for passes over the months in ever larger blocks; simplex goes on from the vertex that these
end at. What comes out is a basis of the whole model and still has to be proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.solver.blocks import BlockPass, Stages
from planner.solver.face import scale
from planner.solver.highs import WALKING, Ran, Solver, Terms
from planner.solver.optimality import Limits
from planner.solver.outcome import LevelCost, LinearModel
from planner.solver.reduced import Reduced
from planner.solver.vertex import Basis, Rows

FIRST_ORDER_WAY = "first-order prices"

# Steps of simplex before the long way is taken: they settle nearly all levels that a few steps can.
# Counts and not times, so that the same input takes the same path on any machine.
_FIRST_STEPS = 250
# The levels that the passes took account of are near their optimum, and get more.
_STEPS_AFTER_PASSES = 2_500
# Steps after the passes; beyond, something else is quicker.
_MOST_STEPS = 12_000
# How much less the next level counts in the merged costs, and how many levels are merged.
_LESS = 1e-2
MERGED = 4
# Months at a time, pass after pass.
_SIZES = (1, 2, 4)
# What costs nothing, and is not there in the first-order plan, costs this much in a pass.
_UNWANTED = 1e-2
_NOT_THERE = 1e-3


@dataclass(frozen=True)
class OnFace:
    """What minimising a level came to: a basis of the whole model unless it failed, and how."""

    basis: Basis | None
    ran: Ran
    steps: int
    way: str


def on_face(  # noqa: PLR0913, PLR0917 - where it starts, what is minimised, on what terms
    model: LinearModel,
    rows: Rows,
    limits: Limits,
    basis: Basis,
    levels: Sequence[LevelCost],
    terms: Terms,
    *,
    near: bool,
) -> OnFace:
    """Minimise the first of some levels within limits, from a basis of the whole model.

    `near` is whether passes for an earlier level took account of this one.
    """
    costs = [level.cost / scale(level.cost) for level in levels]
    reduced = Reduced(rows.by_row, limits, basis, costs)
    pushed = reduced.pushed(basis)
    solver = Solver(reduced.model(), terms)
    solver.options(WALKING)
    solver.costs(costs[0][reduced.columns])
    solver.start_from(*pushed)
    ran = solver.run(iterations=_STEPS_AFTER_PASSES if near else _FIRST_STEPS)
    steps, way = solver.iterations, "steps"
    if ran is Ran.ITERATION_LIMIT:
        way = FIRST_ORDER_WAY
        begun = solver.basis()
        merged = sum(
            _LESS**number * cost[reduced.columns] for number, cost in enumerate(costs[:MERGED])
        )
        passed, ran, more = _passed(model, reduced, begun, np.asarray(merged), terms)
        steps += more
        if ran not in {Ran.TIME_LIMIT, Ran.CANCELLED}:
            solver.start_from(*passed)
            ran = solver.run(iterations=_MOST_STEPS)
            steps += solver.iterations
    if ran is not Ran.OPTIMAL:
        return OnFace(None, ran, steps, way)
    return OnFace(reduced.pulled(solver.basis(), basis), ran, steps, way)


def _passed(
    model: LinearModel, reduced: Reduced, basis: Basis, costs: np.ndarray, terms: Terms
) -> tuple[Basis, Ran, int]:
    """Return the basis that first-order prices and the passes lead to, how it ended, the steps."""
    stages = Stages.of(reduced, model.column_stage, model.row_stage)
    if len(stages.blocks(1)) == 1:
        return basis, Ran.OPTIMAL, 0
    solver = Solver(reduced.model(), terms)
    solver.costs(costs)
    ran = solver.run_first_order()
    if ran in {Ran.TIME_LIMIT, Ran.CANCELLED}:
        return basis, ran, 0
    if ran is not Ran.OPTIMAL:
        return basis, Ran.OPTIMAL, 0  # without prices to go by: simplex from where it was
    point = solver.point()
    unwanted = (costs == 0) & (point.values < _NOT_THERE)
    passes = BlockPass(
        reduced, stages, costs + np.where(unwanted, _UNWANTED, 0.0), point.duals, terms
    )
    steps = 0
    for size in _SIZES:
        passed = passes.passed(basis, size)
        steps += passed.steps
        if passed.basis is None:
            return basis, passed.ran if passed.ran is not Ran.UNKNOWN else Ran.OPTIMAL, steps
        basis = passed.basis
    return basis, Ran.OPTIMAL, steps
