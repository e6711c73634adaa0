"""A basis factorised: the point it stands for, and what any level's prices are there.

One factorisation answers for every level. Where no price has the wrong sign, the point is that
level's optimum and nothing has to be solved.
"""

from __future__ import annotations

import numpy as np

from planner.solver.arithmetic import breach
from planner.solver.highs import Solver
from planner.solver.optimality import Limits, Point
from planner.solver.outcome import AT_LOWER, AT_UPPER, BASIC, FREE, Basis, LinearModel
from planner.solver.sparse import matrices as sp

# A price of the wrong sign by less than this, costs being about one, is rounding: HiGHS' tolerance.
_WRONG = 1e-7
# The point is solved for anew from what it misses, until that is less than this.
_MISSED = 1e-11
_MOST_REFINED = 3


class RowMatrices:
    """A model's rows as sparse matrices, by row and by column."""

    def __init__(self, model: LinearModel) -> None:
        """Arrange a model's coefficients."""
        shape = (len(model.row_lower), len(model.lower))
        self.by_row = sp.csr_matrix((model.values, model.indices, model.starts), shape=shape)
        self.by_column = self.by_row.T.tocsr()


class Vertex:
    """Where a basis of a loaded model stands, within the limits that the solver has now."""

    def __init__(self, rows: RowMatrices, solver: Solver, basis: Basis, places: np.ndarray) -> None:
        """Keep a basis that the solver has factorised, with what is basic at each place."""
        self.basis = basis
        self._rows = rows
        self._solver = solver
        self._places = np.flatnonzero(places >= 0)
        self._columns = places[self._places]
        self.values, self.row_values = self._point(solver.limits)

    @classmethod
    def of(cls, rows: RowMatrices, solver: Solver, basis: Basis) -> Vertex | None:
        """Return where a basis stands; `None` where it is no basis of the model."""
        basic = np.flatnonzero(basis[0] == BASIC)
        if len(basic) != np.count_nonzero(basis[1] != BASIC) or not solver.start_from(*basis):
            return None
        places = solver.basic_variables()
        if places is None or not np.array_equal(np.sort(places[places >= 0]), basic):
            return None  # singular, and mended by HiGHS in its own way
        return cls(rows, solver, basis, places)

    def _point(self, limits: Limits) -> tuple[np.ndarray, np.ndarray]:
        at, row_at = self.basis
        values = _sitting(at, limits.lower, limits.upper)
        sides = _sitting(row_at, limits.row_lower, limits.row_upper)
        for _ in range(_MOST_REFINED):
            missed = np.where(row_at == BASIC, 0.0, sides - self._rows.by_row @ values)
            if np.abs(missed).max(initial=0.0) <= _MISSED:
                break
            values[self._columns] += self._solver.solved(missed)[self._places]
        return values, self._rows.by_row @ values

    def holds(self, within: float) -> bool:
        """Whether the point keeps every limit, relative to its size."""
        limits = self._solver.limits
        columns = breach(self.values, limits.lower, limits.upper)
        return max(columns, breach(self.row_values, limits.row_lower, limits.row_upper)) <= within

    def priced(self, cost: np.ndarray) -> Point:
        """Return the point with its prices for a cost."""
        placed = np.zeros(len(self.row_values))
        placed[self._places] = cost[self._columns]
        duals = self._solver.solved_for_prices(placed)
        duals = np.where(self.basis[1] == BASIC, 0.0, duals)
        reduced = cost - self._rows.by_column @ duals
        reduced[self._columns] = 0.0
        return Point(self.values, self.row_values, reduced, duals)

    def wrong(self, point: Point) -> int:
        """Return how many prices say that the cost can still be lower."""
        limits = self._solver.limits
        columns = _wrong(point.reduced_costs, self.basis[0], limits.lower, limits.upper)
        return columns + _wrong(point.duals, self.basis[1], limits.row_lower, limits.row_upper)


def _sitting(at: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """Return the bound that each one sits at; nothing for what is basic or free."""
    low, high = (np.where(np.isfinite(each), each, 0.0) for each in (lower, upper))
    low = np.where(np.isfinite(lower), low, high)
    high = np.where(np.isfinite(upper), high, low)
    return np.where(at == AT_LOWER, low, np.where(at == AT_UPPER, high, 0.0))


def _wrong(prices: np.ndarray, at: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> int:
    falling, rising = prices < -_WRONG, prices > _WRONG
    wrong = ((at == AT_LOWER) & falling) | ((at == AT_UPPER) & rising)
    wrong |= (at == FREE) & (falling | rising)
    return int(np.count_nonzero(wrong & (lower < upper)))
