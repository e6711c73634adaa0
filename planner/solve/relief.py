"""Rows that do not matter to the first levels.

A row with a column of its own that can always make up for it, and that costs nothing at the
levels at hand, cannot change them: it is left out there, and put back with its column's value set
to what is missing. In the planning model those are the rows that count moves. Without them the
months hardly touch each other and the first levels are found several times faster.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.solve.outcome import LevelCost, LinearModel

# Leaving out fewer rows than this part is not worth a second model.
WORTHWHILE = 0.2


@dataclass(frozen=True)
class Split:
    """The levels at which some rows do not matter, the model without those rows, and the rest.

    `kept` marks the rows of `early`; `relief` gives each left-out row's own column.
    """

    early: LinearModel
    late_levels: tuple[LevelCost, ...]
    kept: np.ndarray
    left_out: np.ndarray
    relief: np.ndarray


def split(model: LinearModel) -> Split | None:
    """Return the best split of the levels in two, or nothing where none is worth it."""
    own = _own_columns(model)
    levels = [level for level in model.levels if level.cost.any()]
    priced_from = np.full(len(own), len(levels))
    has_own = own >= 0
    for number in range(len(levels) - 1, -1, -1):
        priced = has_own & (levels[number].cost[own] != 0)
        priced_from[priced] = number
    priced_from[~has_own] = 0
    newly = np.bincount(priced_from, minlength=len(levels) + 1)
    at = int(np.argmax(newly[1:])) + 1
    left_out = priced_from >= at
    if at == len(levels) + 1 or left_out.mean() < WORTHWHILE:
        return None
    early = _without(model, left_out, tuple(levels[:at]))
    return Split(early, tuple(levels[at:]), ~left_out, np.flatnonzero(left_out), own[left_out])


def _own_columns(model: LinearModel) -> np.ndarray:
    """Return for each row a column that is in no other row and can always make up for it, or -1."""
    rows = np.repeat(np.arange(len(model.row_lower)), np.diff(model.starts))
    alone = np.bincount(model.indices, minlength=len(model.lower)) == 1
    free = alone & np.isinf(model.upper) & ~model.whole
    upward = np.isinf(model.row_upper)[rows] & (model.values > 0)
    downward = np.isinf(model.row_lower)[rows] & (model.values < 0)
    makes_up = free[model.indices] & (upward | downward)
    own = np.full(len(model.row_lower), -1)
    own[rows[makes_up]] = model.indices[makes_up]
    return own


def _without(
    model: LinearModel, left_out: np.ndarray, levels: tuple[LevelCost, ...]
) -> LinearModel:
    """Return the model without some rows, for some levels."""
    counts = np.diff(model.starts)
    entries = np.repeat(~left_out, counts)
    starts = np.concatenate(([0], np.cumsum(counts[~left_out]))).astype(model.starts.dtype)
    return replace(
        model,
        row_lower=model.row_lower[~left_out],
        row_upper=model.row_upper[~left_out],
        starts=starts,
        indices=model.indices[entries],
        values=model.values[entries],
        levels=levels,
        row_stage=model.row_stage[~left_out],
    )


def made_up(model: LinearModel, parts: Split, values: np.ndarray) -> np.ndarray:
    """Return the values with each left-out row's own column set to what the row is missing."""
    whole = values.copy()
    whole[parts.relief] = 0.0
    left = activity(model, whole)[parts.left_out]
    lower, upper = model.row_lower[parts.left_out], model.row_upper[parts.left_out]
    missing = np.where(np.isinf(upper), lower - left, left - upper)
    whole[parts.relief] = np.maximum(missing, 0.0) / _sizes(model, parts)
    return whole


def _sizes(model: LinearModel, parts: Split) -> np.ndarray:
    """Return the size of each own column's coefficient."""
    sizes = np.ones(len(model.lower))
    sizes[model.indices] = np.abs(model.values)
    found: np.ndarray = sizes[parts.relief]
    return found


def activity(model: LinearModel, values: np.ndarray) -> np.ndarray:
    """Return each row's left side at given values of the columns."""
    products = np.append(model.values * values[model.indices], 0.0)
    sums: np.ndarray = np.add.reduceat(products, model.starts[:-1])
    sums[model.starts[:-1] == model.starts[1:]] = 0.0
    return sums
