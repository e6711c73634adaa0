"""The set of optima so far, narrowed level by level inside the solver.

Every column and row with a reduced cost or dual at an optimum is fixed at the bound it sits on: by
complementary slackness what is left is precisely the set of optima. No row freezes a value, so no
tolerance of one level can be spent by the next.
"""

from __future__ import annotations

import numpy as np

from planner.solver.highs import Solver
from planner.solver.optimality import Limits, Point

# A price above this, with costs of about one, holds its column or row; below, it is rounding.
PRICED = 1e-9
# How near a bound a value sits on it, relative to the bound's size.
_NEAR = 1e-6


def scale(cost: np.ndarray) -> float:
    """Return what to divide a level's costs by, so that prices mean the same at every level.

    A power of two near the median cost: dividing by it loses no digit.
    """
    sizes = np.abs(cost[cost != 0])
    return float(2.0 ** np.round(np.log2(np.median(sizes)))) if len(sizes) else 1.0


class Face:
    """The bounds of a loaded model, narrowed after each settled level."""

    def __init__(self, solver: Solver) -> None:
        """Start from the bounds of a loaded model; its own arrays stay as they are."""
        self._solver = solver

    def narrow(self, point: Point) -> None:
        """Fix what is priced at this optimum of the current cost at the bound it sits on."""
        limits = self._solver.limits
        columns, rows = hold(limits, point)
        self._solver.column_bounds(columns, limits.lower[columns], limits.upper[columns])
        self._solver.row_bounds(rows, limits.row_lower[rows], limits.row_upper[rows])


def hold(limits: Limits, point: Point) -> tuple[np.ndarray, np.ndarray]:
    """Fix what is priced at an optimum at the limit it sits on; return which columns and rows."""
    columns = _fix(point.reduced_costs, point.values, limits.lower, limits.upper)
    rows = _fix(point.duals, point.row_values, limits.row_lower, limits.row_upper)
    return columns, rows


def priced(
    prices: np.ndarray, values: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return what has a price, costs being about one, and sits at its lower or its upper bound.

    A price whose sign does not fit the bound is within the solver's tolerance of none at all.
    """
    free = lower < upper
    with np.errstate(invalid="ignore"):
        near_lower = values - lower <= _NEAR * np.maximum(1.0, np.abs(lower))
        near_upper = upper - values <= _NEAR * np.maximum(1.0, np.abs(upper))
    at_lower = free & (prices > PRICED) & near_lower & np.isfinite(lower)
    at_upper = free & (prices < -PRICED) & near_upper & np.isfinite(upper)
    return at_lower, at_upper


def _fix(
    prices: np.ndarray, values: np.ndarray, lower: np.ndarray, upper: np.ndarray
) -> np.ndarray:
    """Make the bounds of what is priced equal, in place; return the numbers of what was fixed."""
    at_lower, at_upper = priced(prices, values, lower, upper)
    upper[at_lower] = lower[at_lower]
    lower[at_upper] = upper[at_upper]
    return np.flatnonzero(at_lower | at_upper)
