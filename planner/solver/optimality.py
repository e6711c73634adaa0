"""Whether a point is an optimum, judged without the solver by what its own prices prove.

For any prices of the rows, what a level costs is at least the sum of each row's price times the
limit it pulls towards and each column's reduced cost times the bound it pulls towards (weak
duality). A point that keeps every limit and costs no more than that is an optimum, whoever found
it. What it costs more is the sum of what complementary slackness asks to be nothing: prices times
how far from the limit they pull towards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.solver.arithmetic import WITHIN, activity, breach, rows_of_entries
from planner.solver.outcome import LinearModel

# A price below this, costs being about one, is rounding: the solver's own tolerance.
_UNPRICED = 1e-7
# How far a point may lie above what its prices prove, relative to what its cost adds up.
PROVEN_WITHIN = 1e-6


@dataclass(frozen=True)
class Point:
    """Where a run stands: the columns' values, their reduced costs, and the rows' duals."""

    values: np.ndarray
    row_values: np.ndarray
    reduced_costs: np.ndarray
    duals: np.ndarray


@dataclass(frozen=True)
class Limits:
    """The bounds of columns and the limits of rows that a point must keep; changed in place."""

    lower: np.ndarray
    upper: np.ndarray
    row_lower: np.ndarray
    row_upper: np.ndarray

    @classmethod
    def of(cls, model: LinearModel) -> Limits:
        """Return a copy of a model's own limits."""
        parts = (model.lower, model.upper, model.row_lower, model.row_upper)
        return cls(*(each.astype(float) for each in parts))


def is_optimum(model: LinearModel, limits: Limits, cost: np.ndarray, point: Point) -> bool:
    """Whether a point minimises a cost within limits, as its duals prove.

    `model` gives the rows' coefficients; `limits` may be narrower than its own. `cost` is in a
    scale in which prices are about one. The point's reduced costs and row values must be what its
    duals and values make them.
    """
    parts = (point.values, point.row_values, point.reduced_costs, point.duals)
    if not all(np.isfinite(each).all() for each in parts):
        return False
    rows, reduced = activity(model, point.values), cost - _priced_columns(model, point.duals)
    if not (_same(rows, point.row_values) and _same(reduced, point.reduced_costs)):
        return False
    if breach(point.values, limits.lower, limits.upper) > WITHIN:
        return False
    if breach(rows, limits.row_lower, limits.row_upper) > WITHIN:
        return False
    above = _above(reduced, point.values, limits.lower, limits.upper)
    above += _above(point.duals, rows, limits.row_lower, limits.row_upper)
    return above <= PROVEN_WITHIN * max(1.0, float(np.abs(cost) @ np.abs(point.values)))


def _priced_columns(model: LinearModel, duals: np.ndarray) -> np.ndarray:
    """Return what each column's coefficients come to at the rows' prices."""
    products = model.values * duals[rows_of_entries(model)]
    return np.bincount(model.indices, weights=products, minlength=len(model.lower))


def _same(ours: np.ndarray, theirs: np.ndarray) -> bool:
    return bool(np.all(np.abs(ours - theirs) <= WITHIN * np.maximum(1.0, np.abs(ours))))


def _above(prices: np.ndarray, at: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> float:
    """Return by how much the cost could be lower for all that the limits say.

    Infinite where a price pulls towards a limit that is not there.
    """
    priced = np.abs(prices) > _UNPRICED
    towards = np.where(prices > 0, lower, upper)[priced]
    if not np.isfinite(towards).all():
        return float(np.inf)
    return float(np.abs(prices[priced]) @ np.abs(at[priced] - towards))
