"""What a model's rows, limits and levels come to at given values, reckoned without a solver."""

from __future__ import annotations

import numpy as np

from planner.solver.outcome import LevelCost, LinearModel

# How far a limit may be passed, relative to its size.
WITHIN = 1e-6


def rows_of_entries(model: LinearModel) -> np.ndarray:
    """Return the row number of each coefficient."""
    return np.repeat(np.arange(len(model.row_lower)), np.diff(model.starts))


def activity(model: LinearModel, values: np.ndarray) -> np.ndarray:
    """Return each row's left side at given values of the columns."""
    products = model.values * values[model.indices]
    return np.bincount(rows_of_entries(model), weights=products, minlength=len(model.row_lower))


def level_value(level: LevelCost, values: np.ndarray) -> float:
    """Return what a level comes to, its constant included."""
    return float(level.cost @ values + level.constant)


def level_rounding(level: LevelCost, values: np.ndarray) -> float:
    """Return how far rounding alone may move a level's value: 1e-9 of what it adds up."""
    return 1e-9 * max(1.0, float(np.abs(level.cost) @ np.abs(values)))


def worst_breach(model: LinearModel, values: np.ndarray) -> float:
    """Return by how much a bound or row is passed at most, relative to its limit's size."""
    bounds = breach(values, model.lower, model.upper)
    return max(bounds, breach(activity(model, values), model.row_lower, model.row_upper))


def holds(model: LinearModel, values: np.ndarray) -> bool:
    """Whether values keep every bound and every row."""
    return bool(np.isfinite(values).all()) and worst_breach(model, values) <= WITHIN


def breach(values: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> float:
    """Return the largest breach of two-sided limits, relative to their size; 0 where none is."""
    if not len(values):
        return 0.0
    below = np.where(np.isfinite(lower), lower - values, -1.0)
    above = np.where(np.isfinite(upper), values - upper, -1.0)
    size_below = np.maximum(1.0, np.abs(np.where(np.isfinite(lower), lower, 0.0)))
    size_above = np.maximum(1.0, np.abs(np.where(np.isfinite(upper), upper, 0.0)))
    return max(0.0, float(np.max(below / size_below)), float(np.max(above / size_above)))
