"""A good first basis: an optimum of all levels weighted together."""

from __future__ import annotations

import numpy as np

from planner.solve.highs import INTERIOR, Ran, Solver
from planner.solve.outcome import LinearModel

# How much more a level counts than the next; a larger step is slower and no more exact.
STEP = 10.0


def weighted(model: LinearModel) -> np.ndarray:
    """Return one cost per column: every level by its mean cost, each `STEP` times the next."""
    costs = [level.cost for level in model.levels if level.cost.any()]
    summed = np.zeros(len(model.lower))
    for step, cost in enumerate(reversed(costs)):
        summed += STEP**step * cost / np.abs(cost[cost != 0]).mean()
    return summed


def start(solver: Solver, model: LinearModel) -> tuple[Ran, str]:
    """Solve the weighted levels by interior point with crossover; return how, and how it ended."""
    solver.options(INTERIOR)
    solver.costs(weighted(model))
    return solver.run(), "interior point"
