"""A settled level solved again with some limits moved, from the basis it was left at.

A limit that has no price at the earlier levels changes none of them, and the optima of those levels
are described by the same complementary slackness as before: what was priced stays at its bound,
wherever that bound now is. So the level alone is minimised over that set. A few steps of dual
simplex do, where solving everything again takes as long as the plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.solver.face import priced, scale
from planner.solver.highs import RESUMING, Ran, Solver, Terms
from planner.solver.optimality import is_optimum
from planner.solver.outcome import LinearModel, Solution

# A level that needs more steps than this is not worth waiting for; most need fewer than a hundred.
_MOST_STEPS = 500

Parts = tuple[tuple[int, float], ...]
# What is held at its lower and what at its upper bound.
Held = tuple[np.ndarray, np.ndarray]


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
        self._model = model
        self._solution = solution
        self._terms = terms
        self._solver: Solver | None = None
        self._level = -1
        self._held_before: dict[int, tuple[Held, Held]] = {}  # columns and rows, by level

    def value(self, level: int, moved: Moved, by: float) -> float | None:
        """Return what a level comes to with limits moved so many units; `None` where it fails.

        True only where no earlier level has a price on what moves.
        """
        settled, cost = self._solution.levels[level], self._model.levels[level]
        if not cost.cost.any():
            return cost.constant  # a level without content, which nothing changes
        if settled.basis is None:
            return None
        solver = self._loaded()
        columns, rows = self._bounds(level, moved, by)
        solver.column_bounds(np.arange(len(columns[0])), *columns)
        solver.row_bounds(np.arange(len(rows[0])), *rows)
        unit = scale(cost.cost)
        if level != self._level:
            solver.costs(cost.cost / unit)
            self._level = level
        solver.start_from(*settled.basis)
        if solver.run(iterations=_MOST_STEPS) is not Ran.OPTIMAL:
            return None
        if not is_optimum(self._model, solver.limits, solver.cost, solver.point()):
            return None
        return solver.objective * unit + cost.constant

    def _loaded(self) -> Solver:
        if self._solver is None:
            self._solver = Solver(self._model, self._terms)
            self._solver.options(RESUMING)
        return self._solver

    def _bounds(
        self, level: int, moved: Moved, by: float
    ) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
        """Return the bounds of columns and rows: moved, then narrowed by the earlier levels."""
        model = self._model
        columns = (model.lower.copy(), model.upper.copy())
        rows = (model.row_lower.copy(), model.row_upper.copy())
        at_columns, at_rows = self._held_by_those_before(level)
        _move(moved.columns, by, (columns[1],))
        _move(moved.lowers, by, (columns[0],))
        _move(moved.rows, by, rows)
        for bounds, (at_lower, at_upper) in ((columns, at_columns), (rows, at_rows)):
            bounds[1][at_lower] = bounds[0][at_lower]
            bounds[0][at_upper] = bounds[1][at_upper]
        return columns, rows

    def _held_by_those_before(self, level: int) -> tuple[Held, Held]:
        """Return which columns and rows the levels before one hold.

        Where a value sits is judged by the limits it was found under, whatever moves now.
        """
        if level not in self._held_before:
            model, solution = self._model, self._solution
            columns, rows = (model.lower, model.upper), (model.row_lower, model.row_upper)
            self._held_before[level] = (
                self._held(level, "reduced_costs", solution.values, columns),
                self._held(level, "duals", solution.row_values, rows),
            )
        return self._held_before[level]

    def _held(
        self, level: int, prices: str, values: np.ndarray, bounds: tuple[np.ndarray, np.ndarray]
    ) -> Held:
        """Return what the levels before one hold at its lower and at its upper bound."""
        at_lower = np.zeros(len(values), dtype=bool)
        at_upper = at_lower.copy()
        for cost, settled in zip(
            self._model.levels[:level], self._solution.levels[:level], strict=True
        ):
            lower, upper = priced(getattr(settled, prices) / scale(cost.cost), values, *bounds)
            at_lower |= lower & ~at_upper
            at_upper |= upper & ~at_lower
        return at_lower, at_upper


def _move(parts: Parts, by: float, bounds: Iterable[np.ndarray]) -> None:
    """Move limits in place; one that is not there stays away."""
    for number, share in parts:
        for each in bounds:
            each[number] += share * by
