"""One model of several scenarios' models: common decisions are one column, all else is apart.

A level adds up the same level of every scenario, each by its weight; where the worst case counts,
a level goes before it that is the largest of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np

from planner.ensemble.prepared import Prepared
from planner.solver.arithmetic import rows_of_entries
from planner.solver.face import scale
from planner.solver.outcome import LevelCost, LinearModel

WORST = " worst"


@dataclass(frozen=True)
class Joint:
    """The model, and where each column of each scenario stands in it."""

    model: LinearModel
    places: tuple[np.ndarray, ...]


def joined(
    scenarios: Sequence[Prepared],
    weights: Sequence[float],
    *,
    until: dt.date | None = None,
    worst: bool = False,
) -> Joint:
    """Return one model of scenarios; decisions until a month are common, without one all are.

    The scenarios have the same levels in the same order.
    """
    places = _places(scenarios, until)
    width = 1 + max(int(each.max(initial=-1)) for each in places)
    models = [each.model for each in scenarios]
    kept = [_own_rows(number, scenarios, places) for number in range(len(scenarios))]
    lower, upper = np.full(width, -np.inf), np.full(width, np.inf)
    whole, stages = np.zeros(width, dtype=bool), np.full(width, -1, dtype=int)
    for model, at in zip(models, places, strict=True):
        np.maximum.at(lower, at, model.lower)
        np.minimum.at(upper, at, model.upper)
        whole[at] |= model.whole
        stages[at] = model.column_stage
    chosen = [np.isin(rows_of_entries(m), k) for m, k in zip(models, kept, strict=True)]
    counts = [np.diff(model.starts)[rows] for model, rows in zip(models, kept, strict=True)]
    made = LinearModel(
        lower=lower,
        upper=upper,
        row_lower=np.concatenate([m.row_lower[k] for m, k in zip(models, kept, strict=True)]),
        row_upper=np.concatenate([m.row_upper[k] for m, k in zip(models, kept, strict=True)]),
        starts=np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.int32),
        indices=np.concatenate(
            [at[m.indices[c]] for m, at, c in zip(models, places, chosen, strict=True)]
        ).astype(np.int32),
        values=np.concatenate([m.values[c] for m, c in zip(models, chosen, strict=True)]),
        whole=whole,
        levels=(),
        column_stage=stages,
        row_stage=np.concatenate([m.row_stage[k] for m, k in zip(models, kept, strict=True)]),
    )
    parts = [
        [_spread(level, at, width) for level in model.levels]
        for model, at in zip(models, places, strict=True)
    ]
    return Joint(_with_levels(made, parts, weights, worst=worst), places)


def _places(scenarios: Sequence[Prepared], until: dt.date | None) -> tuple[np.ndarray, ...]:
    """Return where each scenario's columns stand: the first one's own, common ones, then the rest.

    What is decided is common where no scenario that has it takes it after the month.
    """
    late = {
        each
        for prepared in scenarios
        for each in prepared.decisions().keys() - prepared.decisions(until).keys()
    }
    known: dict[Hashable, int] = {}
    found, width = [], 0
    for prepared in scenarios:
        at = np.full(len(prepared.columns), -1, dtype=np.int64)
        common = {e: n for e, n in prepared.decisions(until).items() if e not in late}
        for each, number in common.items():
            at[number] = known.get(each, -1)
        new = np.flatnonzero(at < 0)
        at[new] = width + np.arange(len(new))
        width += len(new)
        known |= {each: int(at[number]) for each, number in common.items()}
        found.append(at)
    return tuple(found)


def _own_rows(
    number: int, scenarios: Sequence[Prepared], places: Sequence[np.ndarray]
) -> np.ndarray:
    """Return a scenario's rows, without those of common decisions alone that an earlier one has.

    Such a row twice changes nothing, but has the solver choose between two that are one.
    """
    prepared, at = scenarios[number], places[number]
    taken = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *places[:number]]))
    shared = np.isin(at, taken)
    outside = np.bincount(
        rows_of_entries(prepared.model),
        weights=~shared[prepared.model.indices],
        minlength=len(prepared.model.row_lower),
    )
    filled = np.diff(prepared.model.starts) > 0
    alone = np.flatnonzero((outside == 0) & filled).tolist()
    known: set[Hashable] = set()
    for before in range(number) if alone else ():
        other = scenarios[before].model
        wanted = {prepared.rows[row] for row in alone}
        rows = [row for row, each in enumerate(scenarios[before].rows) if each in wanted]
        known |= {_content(other, row, places[before]) for row in rows}
    twice = [row for row in alone if _content(prepared.model, row, at) in known]
    return np.setdiff1d(np.arange(len(prepared.model.row_lower)), np.array(twice, dtype=int))


def _content(model: LinearModel, row: int, at: np.ndarray) -> Hashable:
    part = slice(model.starts[row], model.starts[row + 1])
    columns, values = at[model.indices[part]].tolist(), model.values[part].tolist()
    entries = tuple(sorted(zip(columns, values, strict=True)))
    return float(model.row_lower[row]), float(model.row_upper[row]), entries


def _spread(level: LevelCost, at: np.ndarray, width: int) -> LevelCost:
    cost = np.zeros(width)
    cost[at] = level.cost
    return replace(level, cost=cost)


def _with_levels(
    model: LinearModel,
    parts: Sequence[Sequence[LevelCost]],
    weights: Sequence[float],
    *,
    worst: bool,
) -> LinearModel:
    """Return the model with the levels of all scenarios put together."""
    levels: list[LevelCost] = []
    for together in zip(*parts, strict=True):
        summed = [weight * each.cost for weight, each in zip(weights, together, strict=True)]
        constant = sum(w * each.constant for w, each in zip(weights, together, strict=True))
        mean = replace(together[0], cost=reduce(np.add, summed), constant=float(constant))
        if worst and any(each.cost.any() for each in together):
            model, largest = _with_largest(model, together)
            levels.append(largest)
        levels.append(mean)
    width = len(model.lower)
    padded = (replace(e, cost=np.append(e.cost, np.zeros(width - len(e.cost)))) for e in levels)
    return replace(model, levels=tuple(padded))


def _with_largest(
    model: LinearModel, together: Sequence[LevelCost]
) -> tuple[LinearModel, LevelCost]:
    """Return the model with a column that is at least each of some levels, and that as a level."""
    width, unit = len(model.lower), scale(np.concatenate([each.cost for each in together]))
    priced = [np.flatnonzero(each.cost) for each in together]
    ends = model.starts[-1] + np.cumsum([len(each) + 1 for each in priced])
    cost = np.zeros(width + 1)
    cost[width] = unit
    columns = [np.append(each, width) for each in priced]
    entries = [
        np.append(each.cost[which] / unit, -1.0)
        for each, which in zip(together, priced, strict=True)
    ]
    least = min(_least(each, model) for each in together) / unit
    made = replace(
        model,
        lower=np.append(model.lower, least),
        upper=np.append(model.upper, np.inf),
        row_lower=np.append(model.row_lower, np.full(len(together), -np.inf)),
        row_upper=np.append(model.row_upper, [-each.constant / unit for each in together]),
        starts=np.append(model.starts, ends).astype(np.int32),
        indices=np.concatenate([model.indices, *columns]).astype(np.int32),
        values=np.concatenate([model.values, *entries]),
        whole=np.append(model.whole, [False]),
        column_stage=np.append(model.column_stage, -1),
        row_stage=np.append(model.row_stage, np.full(len(together), -1)),
    )
    return made, replace(together[0], name=f"{together[0].name}{WORST}", cost=cost, constant=0.0)


def _least(level: LevelCost, model: LinearModel) -> float:
    """Return what a level cannot go below, by the bounds of its columns alone."""
    size = len(level.cost)
    bounds = np.where(level.cost > 0, model.lower[:size], model.upper[:size])
    priced = level.cost != 0
    return float(level.cost[priced] @ bounds[priced]) + level.constant
