"""Whole numbers: what must be whole is chosen level by level, with a proven gap.

Each level is branched on by itself and then frozen by a row. Where the exact value that its choices
allow can be had, that is the value frozen at: the one found while branching has already spent some
tolerance of the levels before it, and to freeze at that would bar every choice that has not. The
share of the time limit that a level does not use is left to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.solve.arithmetic import level_value
from planner.solve.face import scale
from planner.solve.highs import BRANCHING, Ran, Solver, Terms
from planner.solve.outcome import LevelCost, LinearModel
from planner.solve.rounding import with_level_rows

# How far a level may give way to the next while choosing, relative to its value.
_FROZEN_WITHIN = 1e-6

Exact = Callable[[np.ndarray, LevelCost], float | None]
"""A level's exact value with a plan's whole choices kept; `None` where it is not worked out."""


@dataclass(frozen=True)
class Chosen:
    """The best plan found with everything whole, the largest gap of a level, and how it ended."""

    values: np.ndarray | None
    gap: float | None
    ran: Ran
    iterations: int


def choose_whole(
    model: LinearModel,
    terms: Terms,
    begin: np.ndarray | None = None,
    exact: Exact = lambda *_: None,
) -> Chosen:
    """Choose the whole columns by all levels in turn, from a plan to begin with if there is one.

    The gap is `None` where not every level was come to: nothing is proven of the others then.
    """
    levels = [level for level in model.levels if level.cost.any()] or list(model.levels[:1])
    solver = Solver(with_level_rows(model, levels), terms, whole=True)
    best = Chosen(begin, None, Ran.OPTIMAL, 0)
    for number, level in enumerate(levels):
        unit = scale(level.cost)
        solver.costs(level.cost / unit)
        if best.values is not None:
            solver.offer(best.values)
        ran = _branch(solver, _share(terms, len(levels) - number))
        best = _better(best, solver, ran)
        if best.values is None or ran not in {Ran.OPTIMAL, Ran.TIME_LIMIT} or _spent(terms):
            return best if level is levels[-1] else replace(best, gap=None)
        settled = exact(best.values, level)
        found = level_value(level, best.values) if settled is None else settled
        value = (found - level.constant) / unit
        row = np.array([len(model.row_lower) + number])
        most = value + _FROZEN_WITHIN * max(1.0, abs(value))
        solver.row_bounds(row, np.array([-np.inf]), np.array([most]))
    return best


def _branch(solver: Solver, seconds: float | None) -> Ran:
    """Branch on one level; a verdict without a plan is asked again with presolve off."""
    solver.options(BRANCHING)
    ran = solver.run(seconds=seconds)
    if ran in {Ran.OPTIMAL, Ran.TIME_LIMIT, Ran.CANCELLED}:
        return ran
    solver.options({"presolve": "off"})
    return solver.run(seconds=seconds)


def _share(terms: Terms, levels: int) -> float | None:
    """Return the seconds for the next of so many levels: half of what is left, the last gets all.

    Halves and not equal parts: the first levels are the ones that matter.
    """
    left = terms.seconds_left()
    return None if left is None else left / min(levels, 2)


def _spent(terms: Terms) -> bool:
    left = terms.seconds_left()
    return left is not None and left <= 0


def _better(best: Chosen, solver: Solver, ran: Ran) -> Chosen:
    """Return the plan after a run; one stopped before it found any keeps the plan before it.

    A clash found after a plan was found can only be the solver's doing, and is called that.
    """
    iterations = best.iterations + solver.iterations
    if best.values is not None and ran is Ran.INFEASIBLE:
        ran = Ran.UNKNOWN
    if ran is Ran.OPTIMAL or solver.feasible():
        gap = 0.0 if ran is Ran.OPTIMAL else solver.gap
        gaps = [each for each in (best.gap, gap) if each is not None]
        ended = best.ran if ran is Ran.OPTIMAL else ran
        return Chosen(solver.point().values, max(gaps), ended, iterations)
    return replace(best, ran=ran, iterations=iterations)
