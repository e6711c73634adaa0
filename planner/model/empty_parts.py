"""DOL parts that a solve left counted as begun though nothing is newly fitted out in them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from planner.model.build import Problem

_NOTHING = 1e-6


def without_empty_parts(problem: Problem, values: np.ndarray) -> np.ndarray:
    """Return values, by column, in which no DOL part counts as begun where nothing is fitted out.

    A solve that stops for time before the last level may leave it so; nothing else hangs on it.
    """
    choose, tidy = problem.choose, values.copy()
    fitted_out: dict[str, float] = defaultdict(float)
    for key, column in choose.dol_fitted_out.items():
        fitted_out[key[0]] += values[problem.columns.index(column)]
    for location, column in choose.dol_begun.items():
        if fitted_out[location] <= _NOTHING:
            tidy[problem.columns.index(column)] = 0.0
    return tidy
