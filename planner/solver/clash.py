"""Limits that cannot all hold: confirmed twice, and brought down to those that clash.

An infeasible verdict is believed only if a model in which every row may be broken at a price
says the same. The rows that have a price there clash among themselves; one by one those are left
out without which the others still clash, so that what is left is irreducible.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from planner.core.outcome import Ending
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LevelCost, LinearModel

# Breaking all rows together by less than this, relative to the largest limit, is no clash.
NO_CLASH = 1e-6
# A price below this is rounding.
PRICED = 1e-9


@dataclass(frozen=True)
class Clash:
    """Row numbers that cannot all hold, and whether leaving any one of them out would do.

    `columns` are those whose upper bounds take part. Not irreducible means that time ran out.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    irreducible: bool


def clash_in(model: LinearModel, seconds: float = 10.0) -> Clash | None:
    """Return what clashes in a model, or `None` where all rows can hold after all."""
    until = time.perf_counter() + seconds
    alone = np.flatnonzero(model.row_lower > model.row_upper)
    if len(alone):
        return Clash((int(alone[0]),), (), irreducible=True)
    rows = _clashing(model, np.arange(len(model.row_lower)))
    if rows is None:
        return None
    # From here on only the clashing rows and their columns matter: a model some hundreds in size.
    part, there = _part(model, rows)
    reduced, irreducible = _reduced(part, until)
    found = _elastic(part, reduced)
    columns = () if found is None else tuple(there[np.flatnonzero(found.uppers)].tolist())
    return Clash(tuple(rows[reduced].tolist()), columns, irreducible)


@dataclass(frozen=True)
class _Elastic:
    """What breaking rows at a price came to: how much in all, the rows' prices, priced uppers."""

    broken: float
    duals: np.ndarray
    uppers: np.ndarray


def _clashing(model: LinearModel, rows: np.ndarray) -> np.ndarray | None:
    """Return those of some rows that clash, or `None` where they can all hold."""
    found = _elastic(model, rows) if len(rows) else None
    if found is None or found.broken <= NO_CLASH * _largest(model, rows):
        return None
    return np.asarray(rows[np.abs(found.duals) > PRICED])


def _largest(model: LinearModel, rows: np.ndarray) -> float:
    limits = np.concatenate([model.row_lower[rows], model.row_upper[rows], model.upper])
    finite = np.abs(limits[np.isfinite(limits)])
    return max(1.0, float(finite.max())) if len(finite) else 1.0


def _reduced(model: LinearModel, until: float) -> tuple[np.ndarray, bool]:
    """Return an irreducible part of a model's rows, all of which clash; as far as time goes.

    A row without which the others can hold is needed in every smaller part that still clashes.
    """
    needed: list[int] = []
    rest = list(range(len(model.row_lower)))
    while rest:
        if time.perf_counter() > until:
            return np.array(sorted([*needed, *rest])), False
        row, others = rest[0], rest[1:]
        clashing = _clashing(model, np.array(sorted([*needed, *others]), dtype=int))
        if clashing is None:
            needed.append(row)
            rest = others
        else:
            left = set(clashing.tolist())
            rest = [each for each in others if each in left]
    return np.array(sorted(needed)), True


def _elastic(model: LinearModel, rows: np.ndarray) -> _Elastic | None:
    """Minimise by how much some rows are broken; the others, and columns not in them, are out."""
    part, there = _part(model, rows)
    number, count = len(part.lower), len(rows)
    under = np.flatnonzero(np.isfinite(part.row_lower))
    over = np.flatnonzero(np.isfinite(part.row_upper))
    extra = np.concatenate([under, over])
    shares = np.concatenate([np.ones(len(under)), -np.ones(len(over))])
    columns = number + np.arange(len(extra))
    starts, indices, values = _joined(part, extra, columns, shares)
    more = len(extra)
    elastic = replace(
        part,
        lower=np.append(part.lower, np.zeros(more)),
        upper=np.append(part.upper, np.full(more, np.inf)),
        starts=starts,
        indices=indices,
        values=values,
        whole=np.zeros(number + more, dtype=bool),
        levels=(LevelCost("broken", "", np.append(np.zeros(number), np.ones(more))),),
        column_stage=np.full(number + more, -1),
        row_stage=np.full(count, -1),
    )
    outcome = solve_levels(elastic)
    if outcome.ending is not Ending.OPTIMAL or outcome.solution is None:
        return None
    level = outcome.solution.levels[0]
    uppers = np.zeros(len(model.lower), dtype=bool)
    uppers[there] = (level.reduced_costs[:number] < -PRICED) & np.isfinite(part.upper)
    return _Elastic(level.value, level.duals, uppers)


def _part(model: LinearModel, rows: np.ndarray) -> tuple[LinearModel, np.ndarray]:
    """Return the model with some rows and the columns in them, and those columns' numbers."""
    counts = np.diff(model.starts)
    chosen = np.zeros(len(counts), dtype=bool)
    chosen[rows] = True
    entries = np.repeat(chosen, counts)
    there, indices = np.unique(model.indices[entries], return_inverse=True)
    part = replace(
        model,
        lower=model.lower[there],
        upper=model.upper[there],
        row_lower=model.row_lower[rows],
        row_upper=model.row_upper[rows],
        starts=np.concatenate(([0], np.cumsum(counts[rows]))).astype(model.starts.dtype),
        indices=indices.astype(np.int32),
        values=model.values[entries],
        row_stage=model.row_stage[rows],
    )
    return part, there


def _joined(
    part: LinearModel, rows: np.ndarray, columns: np.ndarray, shares: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the compressed rows with one more column in some of them."""
    own = np.repeat(np.arange(len(part.row_lower)), np.diff(part.starts))
    all_rows = np.concatenate([own, rows])
    order = np.argsort(all_rows, kind="stable")
    counts = np.bincount(all_rows, minlength=len(part.row_lower))
    starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
    indices = np.concatenate([part.indices, columns])[order].astype(np.int32)
    return starts, indices, np.concatenate([part.values, shares])[order]
