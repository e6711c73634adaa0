"""A model laid over an earlier one, so that what was settled there can be gone on from.

The earlier model's columns and rows come first, in their order; what is new follows. A column that
is gone is held at 0, a row that is gone limits nothing; both keep their coefficients, so that a
basis stays one.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.solver.arithmetic import rows_of_entries
from planner.solver.outcome import (
    AT_LOWER,
    BASIC,
    Basis,
    LevelResult,
    LinearModel,
    NearPlan,
    Solution,
)
from planner.solver.sparse import matrices as sparse


@dataclass(frozen=True)
class LaidOver:
    """A model in the places of an earlier one.

    `columns` and `rows` say where each column and row of the new model stands in `model`.
    """

    model: LinearModel
    columns: np.ndarray
    rows: np.ndarray

    def own(self, solution: Solution) -> Solution:
        """Return a solution of the laid-over model as one of the new model itself."""
        return Solution(
            values=solution.values[self.columns],
            row_values=solution.row_values[self.rows],
            levels=tuple(self._own_level(each) for each in solution.levels),
        )

    def _own_level(self, level: LevelResult) -> LevelResult:
        basis = level.basis
        return replace(
            level,
            reduced_costs=level.reduced_costs[self.columns],
            duals=level.duals[self.rows],
            basis=None if basis is None else self.own_basis(basis),
        )

    def own_basis(self, basis: Basis) -> Basis:
        """Return what a basis of the laid-over model is in the new model itself."""
        return basis[0][self.columns], basis[1][self.rows]

    def near(self, earlier: Solution, level: str) -> NearPlan | None:
        """Return what is known of the earlier plan from a level on; `None` without its basis."""
        known = [each.basis for each in earlier.levels if each.basis is not None]
        names = [each.name for each in earlier.levels]
        at = names.index(level)
        basis = earlier.levels[at].basis
        if basis is None:
            return None
        later = [each for each in earlier.levels[at + 1 :] if each.basis is not None]
        duals = {each.name: self.duals_of(each.duals) for each in later}
        return NearPlan(level, self.basis_of(basis), self.basis_of(known[-1]), duals)

    def own_near(self, near: NearPlan) -> NearPlan:
        """Return what is known of the earlier plan in the places of the new model itself."""
        return NearPlan(
            near.level,
            self.own_basis(near.basis),
            None if near.last is None else self.own_basis(near.last),
            {level: each[self.rows] for level, each in near.duals.items()},
        )

    def basis_of(self, earlier: Basis) -> Basis:
        """Return a basis of the earlier model as one of this: new columns at 0, new rows basic."""
        columns = np.full(len(self.model.lower), AT_LOWER, dtype=np.int8)
        rows = np.full(len(self.model.row_lower), BASIC, dtype=np.int8)
        columns[: len(earlier[0])] = earlier[0]
        rows[: len(earlier[1])] = earlier[1]
        return columns, rows

    def duals_of(self, earlier: np.ndarray) -> np.ndarray:
        """Return duals of the earlier model's rows as duals of this model's; new rows have none."""
        duals = np.zeros(len(self.model.row_lower))
        duals[: len(earlier)] = earlier
        free = np.isinf(self.model.row_lower) & np.isinf(self.model.row_upper)
        duals[free] = 0.0
        return duals


def laid_over(
    model: LinearModel,
    identities: tuple[Sequence[Hashable], Sequence[Hashable]],
    earlier: LinearModel,
    earlier_identities: tuple[Sequence[Hashable], Sequence[Hashable]],
) -> LaidOver:
    """Return a model in the places of an earlier one; identities are of columns and of rows."""
    columns = _places(identities[0], earlier_identities[0])
    rows = _places(identities[1], earlier_identities[1])
    if _unmoved(columns, earlier.lower) and _unmoved(rows, earlier.row_lower):
        return LaidOver(model, columns, rows)
    width = int(max(columns.max(initial=-1) + 1, len(earlier.lower)))
    height = int(max(rows.max(initial=-1) + 1, len(earlier.row_lower)))
    matrix = _matrix(model, earlier, columns, rows, (height, width))
    lower, upper = np.zeros(width), np.zeros(width)
    lower[columns], upper[columns] = model.lower, model.upper
    row_lower, row_upper = np.full(height, -np.inf), np.full(height, np.inf)
    row_lower[rows], row_upper[rows] = model.row_lower, model.row_upper
    whole = np.zeros(width, dtype=bool)
    whole[columns] = model.whole
    return LaidOver(
        LinearModel(
            lower=lower,
            upper=upper,
            row_lower=row_lower,
            row_upper=row_upper,
            starts=matrix.indptr.astype(np.int32),
            indices=matrix.indices.astype(np.int32),
            values=matrix.data,
            whole=whole,
            levels=tuple(
                replace(level, cost=_spread(level.cost, columns, width)) for level in model.levels
            ),
            column_stage=_stages(earlier.column_stage, model.column_stage, columns, width),
            row_stage=_stages(earlier.row_stage, model.row_stage, rows, height),
        ),
        columns,
        rows,
    )


def _places(now: Sequence[Hashable], before: Sequence[Hashable]) -> np.ndarray:
    """Return where each of the things now stands: in its earlier place, or behind all of those."""
    if now == before:
        return np.arange(len(now))
    known = {identity: place for place, identity in enumerate(before)}
    places = np.array([known.get(identity, -1) for identity in now], dtype=np.int64)
    new = np.flatnonzero(places < 0)
    places[new] = len(before) + np.arange(len(new))
    return places


def _unmoved(places: np.ndarray, before: np.ndarray) -> bool:
    return len(places) == len(before) and bool((places == np.arange(len(places))).all())


def _matrix(
    model: LinearModel,
    earlier: LinearModel,
    columns: np.ndarray,
    rows: np.ndarray,
    shape: tuple[int, int],
) -> sparse.csr_array:
    """Return the coefficients of the new model, and those of what is gone, in their places."""
    gone_rows = np.ones(len(earlier.row_lower), dtype=bool)
    gone_rows[rows[rows < len(gone_rows)]] = False
    gone_columns = np.ones(len(earlier.lower), dtype=bool)
    gone_columns[columns[columns < len(gone_columns)]] = False
    of_rows = rows_of_entries(earlier)
    kept = gone_rows[of_rows] | gone_columns[earlier.indices]
    entries = np.concatenate([model.values, earlier.values[kept]])
    at_rows = np.concatenate([rows[rows_of_entries(model)], of_rows[kept]])
    at_columns = np.concatenate([columns[model.indices], earlier.indices[kept]])
    made = sparse.csr_array((entries, (at_rows, at_columns)), shape=shape)
    made.sort_indices()
    return made


def _spread(costs: np.ndarray, columns: np.ndarray, width: int) -> np.ndarray:
    spread = np.zeros(width)
    spread[columns] = costs
    return spread


def _stages(before: np.ndarray, now: np.ndarray, places: np.ndarray, size: int) -> np.ndarray:
    stages = np.full(size, -1, dtype=int)
    stages[: len(before)] = before
    stages[places] = now
    return stages
