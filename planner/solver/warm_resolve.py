"""A settled level solved again with some limits moved, from the basis it was left at.

A limit that has no price at the earlier levels changes none of them, and the optima of those levels
are described by the same complementary slackness as before: what was priced stays at its bound,
wherever that bound now is. So the level alone is minimised over that set. A few steps of dual
simplex do, where solving everything again takes as long as the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

import numpy as np

from planner.solver.face import priced, scale
from planner.solver.highs import RESUMING, Ran, Solver, Terms
from planner.solver.lexicographic import FEW_COLUMNS, STEPS_OF_FEW
from planner.solver.optimality import Point, is_optimum
from planner.solver.outcome import LinearModel, Solution

# A level of a large model that needs more steps than this is not worth waiting for; most need fewer
# than a hundred. Of a small one all of them take less time than solving it from the start.
_MOST_STEPS = 500

Parts = tuple[tuple[int, float], ...]
# What is held at its lower and what at its upper bound.
Held = tuple[np.ndarray, np.ndarray]
HeldBefore = tuple[Held, Held]  # columns and rows


@dataclass(frozen=True)
class Moved:
    """How limits move together with one unit: row numbers and column numbers, each with how far.

    A column's part is its upper bound, one of `lowers` its lower bound.
    """

    rows: Parts = ()
    columns: Parts = ()
    lowers: Parts = ()


class Again:
    """Solves single levels of a solved model again; the model is loaded once, when first asked."""

    def __init__(self, model: LinearModel, solution: Solution, terms: Terms) -> None:
        """Keep a model without whole columns, and the levels as they were settled."""
        self.model = model
        self._solution = solution
        self._terms = terms
        self._solver: Solver | None = None
        self._level = -1
        self._point: Point | None = None
        self._held_before: dict[int, HeldBefore] = {}
        self._held: HeldBefore | None = None
        self._most_steps = STEPS_OF_FEW if len(model.lower) <= FEW_COLUMNS else _MOST_STEPS

    def value(
        self, level: int, moved: Moved, by: float, held: HeldBefore | None = None
    ) -> float | None:
        """Return what a level comes to with limits moved so many units; `None` where it fails.

        True only where no earlier level has a price on what moves, or where `held` is what the
        earlier levels hold with these limits moved.
        """
        settled, cost = self._solution.levels[level], self.model.levels[level]
        if not cost.cost.any():
            return cost.constant  # a level without content, which nothing changes
        self._point = None
        if settled.basis is None:
            return None
        solver = self._loaded()
        self._held = held or self._held_by_those_before(level)
        columns, rows = self._bounds(self._held, moved, by)
        limits = solver.limits
        which = _other((limits.lower, limits.upper), columns)
        solver.column_bounds(which, columns[0][which], columns[1][which])
        which = _other((limits.row_lower, limits.row_upper), rows)
        solver.row_bounds(which, rows[0][which], rows[1][which])
        unit = scale(cost.cost)
        if level != self._level:
            # Where the last optimum of the level was found, the next one is near.
            solver.costs(cost.cost / unit)
            solver.start_from(*settled.basis)
            self._level = level
        if solver.run(iterations=self._most_steps) is not Ran.OPTIMAL:
            self._level = -1
            return None
        point = solver.point()
        if not is_optimum(self.model, limits, solver.cost, point):
            self._level = -1
            return None
        self._point = point
        return solver.objective * unit + cost.constant

    def held(self) -> HeldBefore:
        """Return what levels hold up to the one of which an optimum was found last."""
        point, solver = self._optimum, self._loaded()
        before, limits = self._held, solver.limits
        if before is None:
            raise ValueError("no level was solved")
        columns = priced(point.reduced_costs, point.values, limits.lower, limits.upper)
        rows = priced(point.duals, point.row_values, limits.row_lower, limits.row_upper)
        return _with(before[0], columns), _with(before[1], rows)

    @property
    def values(self) -> np.ndarray:
        """The columns at the optimum that was found last; `ValueError` where there is none."""
        return self._optimum.values

    @property
    def _optimum(self) -> Point:
        if self._point is None:
            raise ValueError("the last run found no optimum")
        return self._point

    def worth(self, moved: Moved) -> float:
        """Return what one unit of limits changes at most at the optimum that was found last.

        In the level's own unit; `ValueError` where the last run found no optimum.
        """
        point = self._optimum
        columns = np.minimum(point.reduced_costs, 0.0)
        prices = ((point.duals, moved.rows), (columns, moved.columns))
        change = fsum(float(price[n]) * share for price, parts in prices for n, share in parts)
        return change * scale(self.model.levels[self._level].cost)

    def _loaded(self) -> Solver:
        if self._solver is None:
            self._solver = Solver(self.model, self._terms)
            self._solver.options(RESUMING)
        return self._solver

    def _bounds(
        self, held: HeldBefore, moved: Moved, by: float
    ) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
        """Return the bounds of columns and rows: moved, then narrowed by the earlier levels."""
        model = self.model
        columns = (model.lower.copy(), model.upper.copy())
        rows = (model.row_lower.copy(), model.row_upper.copy())
        at_columns, at_rows = held
        _move(moved.columns, by, (columns[1],))
        _move(moved.lowers, by, (columns[0],))
        _move(moved.rows, by, rows)
        for bounds, (at_lower, at_upper) in ((columns, at_columns), (rows, at_rows)):
            bounds[1][at_lower] = bounds[0][at_lower]
            bounds[0][at_upper] = bounds[1][at_upper]
        return columns, rows

    def _held_by_those_before(self, level: int) -> HeldBefore:
        """Return which columns and rows the levels before one hold.

        Where a value sits is judged by the limits it was found under, whatever moves now.
        """
        if level not in self._held_before:
            model, solution = self.model, self._solution
            columns, rows = (model.lower, model.upper), (model.row_lower, model.row_upper)
            self._held_before[level] = (
                self._priced_before(level, "reduced_costs", solution.values, columns),
                self._priced_before(level, "duals", solution.row_values, rows),
            )
        return self._held_before[level]

    def _priced_before(
        self, level: int, prices: str, values: np.ndarray, bounds: tuple[np.ndarray, np.ndarray]
    ) -> Held:
        """Return what the levels before one hold at its lower and at its upper bound."""
        at_lower = np.zeros(len(values), dtype=bool)
        at_upper = at_lower.copy()
        for cost, settled in zip(
            self.model.levels[:level], self._solution.levels[:level], strict=True
        ):
            lower, upper = priced(getattr(settled, prices) / scale(cost.cost), values, *bounds)
            at_lower |= lower & ~at_upper
            at_upper |= upper & ~at_lower
        return at_lower, at_upper


def _with(held: Held, more: Held) -> Held:
    """Return what is held, and more."""
    return held[0] | more[0], held[1] | more[1]


def _other(now: tuple[np.ndarray, np.ndarray], wanted: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the numbers of what has other limits now than wanted."""
    return np.flatnonzero((now[0] != wanted[0]) | (now[1] != wanted[1]))


def _move(parts: Parts, by: float, bounds: Iterable[np.ndarray]) -> None:
    """Move limits in place; one that is not there stays away."""
    for number, share in parts:
        for each in bounds:
            each[number] += share * by
