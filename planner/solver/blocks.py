"""One pass over the months of a model, some at a time, with what they leave to later ones priced.

Each block of months is minimised alone, given what the earlier ones decided. What it does to rows
of later months costs what prices from elsewhere say. With good prices the bases side by side are a
vertex near the optimum; the larger the blocks, the nearer and the dearer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.solver.highs import WALKING, Ran, Solver, Terms
from planner.solver.layers import Layers
from planner.solver.optimality import Limits
from planner.solver.outcome import Basis
from planner.solver.reduced import part_of
from planner.solver.sparse import matrices as sp

# Where a block is left no plan it is decided together with the one before; not without end.
_MOST_MERGED = 3


@dataclass(frozen=True)
class Stages:
    """The months of a reduced model: per column and row the month in which it is decided."""

    columns: np.ndarray
    rows: np.ndarray

    @classmethod
    def of(cls, reduced: Layers, column_stage: np.ndarray, row_stage: np.ndarray) -> Stages:
        """Return the months of what is left of a model whose columns and rows have these.

        A row belongs to the last month of its columns, a column of no month to the first month
        whose rows it meets.
        """
        columns, rows = reduced.stages(column_stage), row_stage[reduced.rows].copy()
        matrix = reduced.matrix
        entries = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        np.maximum.at(rows, entries, columns[matrix.indices])
        none = columns < 0
        if none.any():
            never = np.iinfo(np.int64).max
            first = np.full(len(columns), never)
            known = rows[entries] >= 0
            np.minimum.at(first, matrix.indices[known], rows[entries][known])
            columns = np.where(none, np.where(first == never, 0, first), columns)
            np.maximum.at(rows, entries, columns[matrix.indices])
        return cls(columns, np.maximum(rows, 0))

    def blocks(self, size: int) -> list[tuple[int, int]]:
        """Return the first and last month of each block of so many months."""
        last = int(max(self.rows.max(initial=0), self.columns.max(initial=0)))
        return [(first, min(first + size - 1, last)) for first in range(0, last + 1, size)]


@dataclass(frozen=True)
class Passed:
    """What a pass came to: a basis, where every block had a plan, and the steps it took."""

    basis: Basis | None
    steps: int
    ran: Ran = Ran.OPTIMAL


class BlockPass:
    """Passes over a reduced model with given costs and prices of its rows."""

    def __init__(
        self, reduced: Layers, stages: Stages, costs: np.ndarray, prices: np.ndarray, terms: Terms
    ) -> None:
        """Keep what every pass needs."""
        self._reduced = reduced
        self._stages = stages
        self._costs = costs
        self._prices = prices
        self._terms = terms
        self._by_column: sp.csc_matrix = reduced.matrix.tocsc()

    def passed(self, basis: Basis, size: int, options: Mapping[str, object] = WALKING) -> Passed:
        """Return the basis joined from blocks of so many months, each begun from a basis."""
        columns_at, rows_at = basis[0].copy(), basis[1].copy()
        values = np.zeros(len(columns_at))
        blocks, number, merged, steps = self._stages.blocks(size), 0, 0, 0
        while number < len(blocks):
            first, last = blocks[number]
            columns = np.flatnonzero(
                (self._stages.columns >= first) & (self._stages.columns <= last)
            )
            rows = np.flatnonzero((self._stages.rows >= first) & (self._stages.rows <= last))
            values[self._stages.columns >= first] = 0.0
            solver = self._block(columns, rows, last, values)
            solver.options(options)
            solver.start_from(basis[0][columns], basis[1][rows])
            ran = solver.run()
            steps += solver.iterations
            if ran in {Ran.TIME_LIMIT, Ran.CANCELLED}:
                return Passed(None, steps, ran)
            if ran is not Ran.OPTIMAL:
                merged += 1
                if not number or merged > _MOST_MERGED:
                    return Passed(None, steps, Ran.UNKNOWN)
                blocks[number - 1 : number + 1] = [(blocks[number - 1][0], last)]
                number -= 1
                continue
            limits = self._reduced.limits
            lower, upper = limits.lower[columns], limits.upper[columns]
            values[columns] = np.clip(solver.point().values, lower, upper)
            columns_at[columns], rows_at[rows] = solver.basis()
            number += 1
        return Passed((columns_at, rows_at), steps)

    def _block(
        self, columns: np.ndarray, rows: np.ndarray, last: int, values: np.ndarray
    ) -> Solver:
        """Load the months of a block, given the values of the columns before it."""
        matrix, limits = self._reduced.matrix, self._reduced.limits
        own = self._by_column[:, columns].tocsr()
        later = self._stages.rows > last
        costs = self._costs[columns] - own[later].T @ self._prices[later]
        decided = matrix[rows] @ values
        model = part_of(
            own[rows],
            Limits(
                limits.lower[columns],
                limits.upper[columns],
                limits.row_lower[rows] - decided,
                limits.row_upper[rows] - decided,
            ),
        )
        solver = Solver(model, self._terms)
        solver.costs(costs)
        return solver
