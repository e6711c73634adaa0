"""What rounding and proving make of a model: relaxed, kept whole, with a row for each level."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.solver.face import scale
from planner.solver.outcome import LevelCost, LinearModel

# A share below this is the solver's rounding of nothing.
_NOTHING = 1e-6


def relaxed(model: LinearModel) -> LinearModel:
    """Return the model without anything that must be whole."""
    return replace(model, whole=np.zeros_like(model.whole))


def kept_whole(model: LinearModel, values: np.ndarray) -> LinearModel:
    """Return the relaxed model with its whole columns kept at whole values.

    Nothing is fitted out in a section that is not begun. Rows say so too, but of all months
    together, so that months that are solved one after another would see it in the last only.
    """
    fixed = np.where(model.whole, np.round(values), np.nan)
    upper = np.where(model.whole, fixed, model.upper)
    for each in model.sections:
        if each.begun >= 0 and model.whole[each.begun] and not fixed[each.begun]:
            upper[each.prepared[each.prepared >= 0]] = 0.0
    return replace(relaxed(model), lower=np.where(model.whole, fixed, model.lower), upper=upper)


def rounded_up(model: LinearModel, values: np.ndarray) -> LinearModel:
    """Return the relaxed model with every whole column kept at its value rounded up.

    A whole opening, extension or section allows all that a part of it does.
    """
    return kept_whole(model, np.ceil(values - _NOTHING))


def taken(model: LinearModel, values: np.ndarray) -> LinearModel:
    """Return the model without what may be taken as a whole, and is not at all at some values."""
    not_at_all = model.whole & (np.abs(values) <= _NOTHING) & (model.lower <= 0.0)
    return replace(model, upper=np.where(not_at_all, 0.0, model.upper))


def with_level_rows(model: LinearModel, levels: list[LevelCost]) -> LinearModel:
    """Return the model with one more row per level, in its scale, without a limit as yet."""
    priced = [np.flatnonzero(level.cost) for level in levels]
    units = [scale(level.cost) for level in levels]
    open_ended = np.full(len(levels), np.inf)
    ends = model.starts[-1] + np.cumsum([len(each) for each in priced])
    costs = [
        level.cost[which] / unit for level, which, unit in zip(levels, priced, units, strict=True)
    ]
    return replace(
        model,
        row_lower=np.concatenate([model.row_lower, -open_ended]),
        row_upper=np.concatenate([model.row_upper, open_ended]),
        starts=np.concatenate([model.starts, ends]),
        indices=np.concatenate([model.indices, *priced]),
        values=np.concatenate([model.values, *costs]),
        row_stage=np.concatenate([model.row_stage, np.full(len(levels), -1)]),
    )
