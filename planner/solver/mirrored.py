"""A model's dual as a model of its own, and what a basis of the one is in the other.

Dual simplex on the dual walks the way of primal simplex on the model, from plan to plan. HiGHS has
steepest edges for it, which take half of the steps, and skips more of what is nothing: on the
national demo the long ways take 0.6 of the time. Each row has a column here, its price; each
column a row, by which what it costs beside the rows' prices is not less than nothing.

A column that stands in one row alone only says how high or low that row's price can be, and is the
bound of it. A column with two bounds has another column here, for its price at the upper one; a
row with two limits too.
"""

from __future__ import annotations

import numpy as np

from planner.solver.optimality import Limits
from planner.solver.outcome import AT_LOWER, AT_UPPER, BASIC, FREE, Basis
from planner.solver.reduced import part_of
from planner.solver.sparse import matrices as sp


class Mirrored:
    """The dual of a model of rows within limits that minimises a cost.

    `model` is minimised at `cost`, which is the other's value with its sign turned, and a constant.
    """

    def __init__(self, matrix: sp.csr_matrix, limits: Limits, cost: np.ndarray) -> None:
        """Turn a model over."""
        height, width = matrix.shape
        self._from_upper = np.isinf(limits.lower) & np.isfinite(limits.upper)
        self._free = np.isinf(limits.lower) & np.isinf(limits.upper)
        base = np.where(self._from_upper, limits.upper, limits.lower)
        base[self._free] = 0.0
        least, most = (each - matrix @ base for each in (limits.row_lower, limits.row_upper))
        finite, below = np.isfinite(least), np.isfinite(most)
        self._range = np.flatnonzero(finite & below & (least < most))
        # Where a row is held: at its upper limit where it has no lower one.
        self._side = np.where(finite, AT_LOWER, AT_UPPER)
        self._lowest = np.where(below, -np.inf, 0.0)
        self._highest = np.where(finite, np.inf, 0.0)
        self._lowest[self._range] = 0.0
        by_column = sp.csr_matrix(matrix.T)
        self._bounding = self._as_bounds(by_column, limits.upper, cost)
        kept = np.ones(width, dtype=bool)
        for single in self._bounding:
            kept[single[single >= 0]] = False
        self._columns = np.flatnonzero(kept)
        room = (limits.upper - base)[self._columns]
        boxed = np.isfinite(room) & ~self._from_upper[self._columns]
        self._boxed = np.flatnonzero(boxed)
        self.cost = np.concatenate(
            [
                -np.where(finite, least, np.where(below, most, 0.0)),
                room[self._boxed],
                -most[self._range],
            ]
        )
        own, count = by_column[self._columns], len(self._boxed)
        at_upper = sp.csr_matrix(
            (-np.ones(count), (self._boxed, np.arange(count))), shape=(len(self._columns), count)
        )
        costs = cost[self._columns]
        self.model = part_of(
            sp.csr_matrix(sp.hstack([own, at_upper, own[:, self._range]])),
            Limits(
                np.concatenate([self._lowest, np.zeros(count), np.full(len(self._range), -np.inf)]),
                np.concatenate([self._highest, np.full(count, np.inf), np.zeros(len(self._range))]),
                np.where((self._from_upper | self._free)[self._columns], costs, -np.inf),
                np.where(self._from_upper[self._columns], np.inf, costs),
            ),
        )
        self._shape = (height, width)

    def _as_bounds(
        self, by_column: sp.csr_matrix, upper: np.ndarray, cost: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Make columns of one row bounds of its price; return per row the one below, and above.

        Not where that would leave the price a single value: nobody could tell then which of the row
        and the column is basic.
        """
        plain = (np.diff(by_column.indptr) == 1) & np.isinf(upper)
        single = np.flatnonzero(plain & ~(self._from_upper | self._free))
        begin = by_column.indptr[single]
        rows, times = by_column.indices[begin], by_column.data[begin]
        two_sided = np.zeros(len(self._lowest), dtype=bool)
        two_sided[self._range] = True
        bound = cost[single] / times
        found = []
        for falling in (True, False):
            limit = self._lowest if falling else self._highest
            which = np.flatnonzero(((times < 0) == falling) & ~two_sided[rows])
            which = which[np.argsort(-bound[which] if falling else bound[which], kind="stable")]
            which = which[np.unique(rows[which], return_index=True)[1]]
            at = rows[which]
            which = which[(bound[which] > self._lowest[at]) & (bound[which] < self._highest[at])]
            limit[rows[which]] = bound[which]
            by = np.full(len(limit), -1)
            by[rows[which]] = single[which]
            found.append(by)
        return found[0], found[1]

    def pushed(self, basis: Basis) -> Basis:
        """Return a basis of the model as one of the dual."""
        at, row_at = basis
        prices = np.where(np.isfinite(self._highest), AT_UPPER, FREE)
        prices[np.isfinite(self._lowest)] = AT_LOWER
        prices[(self._highest == 0) & (self._lowest < 0)] = AT_UPPER
        prices[row_at != BASIC] = BASIC
        for single, bound in zip(self._bounding, (AT_LOWER, AT_UPPER), strict=True):
            rows = np.flatnonzero(single >= 0)
            prices[rows[at[single[rows]] == BASIC]] = bound
        highs = np.where(row_at[self._range] == AT_UPPER, BASIC, AT_UPPER)
        prices[self._range[highs == BASIC]] = AT_LOWER
        own = at[self._columns]
        at_upper = np.where(own[self._boxed] == AT_UPPER, BASIC, AT_LOWER)
        rows_at = np.where(self._from_upper[self._columns], AT_LOWER, AT_UPPER)
        rows_at[own != BASIC] = BASIC
        rows_at[self._boxed[at_upper == BASIC]] = AT_UPPER
        columns = np.concatenate([prices, at_upper, highs])
        return columns.astype(at.dtype), rows_at.astype(row_at.dtype)

    def pulled(self, basis: Basis) -> Basis:
        """Return a basis of the dual as one of the model."""
        height, width = self._shape
        count = len(self._boxed)
        prices, at_upper, highs = np.split(basis[0], [height, height + count])
        at = np.full(width, AT_LOWER, dtype=basis[0].dtype)
        held = prices == BASIC
        for single, bound in zip(self._bounding, (AT_LOWER, AT_UPPER), strict=True):
            basic = np.flatnonzero((single >= 0) & (prices == bound))
            at[single[basic]] = BASIC
            held[basic] = True
        row_at = np.where(held, self._side, BASIC)
        row_at[self._range[highs == BASIC]] = AT_UPPER
        sitting = np.where(self._from_upper, AT_UPPER, np.where(self._free, FREE, AT_LOWER))
        own = np.where(basis[1] == BASIC, sitting[self._columns], BASIC)
        own[self._boxed[at_upper == BASIC]] = AT_UPPER
        at[self._columns] = own
        return at, row_at.astype(basis[1].dtype)
