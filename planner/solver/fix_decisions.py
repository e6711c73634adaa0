"""A model in which decisions taken elsewhere are kept, as far as it allows.

Another future may leave less room: fewer beds to fit out, a slower growth. Then no plan keeps every
decision, so how many places they are departed from becomes the first level, before all others.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.model.build import Problem
from planner.model.fixed_decisions import FixedDecisions
from planner.solver.outcome import LevelCost, LinearModel

LEVEL = "decisions"


def keeping(model: LinearModel, problem: Problem, decided: FixedDecisions) -> LinearModel:
    """Return a problem's model with decisions kept; its first level is `decisions`, in places.

    The problem's own columns and rows keep their numbers. What was decided to be nothing costs by
    itself; every other decision gets a row, and two columns for what is too little and too much.
    """
    targets = list(decided.targets(problem.case, problem.choose))
    index = problem.columns.index
    count, rows = len(model.lower), len(model.row_lower)
    none = [(index(each.column), each.weight) for each in targets if each.value <= 0]
    taken = [(index(each.column), each.value, each.weight) for each in targets if each.value > 0]
    columns = np.array([column for column, _, _ in taken], dtype=model.indices.dtype)
    values = np.array([value for _, value, _ in taken], dtype=float)
    weights = np.array([weight for _, _, weight in taken], dtype=float)
    more = 2 * len(taken)
    little = count + 2 * np.arange(len(taken), dtype=model.indices.dtype)
    stages = model.column_stage[columns]
    cost = np.zeros(count + more)
    for column, weight in none:
        cost[column] = weight
    cost[count:] = np.repeat(weights, 2)
    entries = np.stack([columns, little, little + 1], axis=1).ravel()
    ends = model.starts[-1] + 3 * np.arange(1, len(taken) + 1)
    return replace(
        model,
        lower=_longer(model.lower, more, 0.0),
        upper=_longer(model.upper, more, np.inf),
        row_lower=np.concatenate([model.row_lower, values]),
        row_upper=np.concatenate([model.row_upper, values]),
        starts=np.concatenate([model.starts, ends]).astype(model.starts.dtype),
        indices=np.concatenate([model.indices, entries.astype(model.indices.dtype)]),
        values=np.concatenate([model.values, np.tile([1.0, 1.0, -1.0], len(taken))]),
        whole=_longer(model.whole, more, fill=False),
        column_stage=np.concatenate([model.column_stage, np.repeat(stages, 2)]),
        row_stage=np.concatenate([model.row_stage[:rows], stages]),
        levels=(
            LevelCost(LEVEL, "places", cost),
            *(replace(each, cost=_longer(each.cost, more, 0.0)) for each in model.levels),
        ),
    )


def _longer(array: np.ndarray, more: int, fill: float) -> np.ndarray:
    """Return an array with more elements, all alike, behind it."""
    return np.concatenate([array, np.full(more, fill, dtype=array.dtype)])
