"""Columns that rows tie to each other two by two, taken as one column.

On a set of optima many rows say that a column is another one so many times: people of a group who
may not leave a location are as many as in the month before. Such columns are one choice. A basis
goes in and comes out exactly: where the one column sits at a bound, that is the bound of one of
those that it stands for, and the others are basic in the rows that tie them.
"""

from __future__ import annotations

import numpy as np

from planner.solver.optimality import Limits
from planner.solver.outcome import AT_LOWER, AT_UPPER, BASIC, Basis
from planner.solver.sparse import matrices as sp

# Columns are not tied where one is so many times the other: along a chain such figures multiply.
_LARGEST = 100.0
# A row ties this many columns.
_PAIR = 2


class Ties:
    """A model's tied columns as one each; what is left has `matrix` and `limits`.

    Each column is its share of the one that it goes by, `of`, and a constant. `rows` are the
    numbers of the rows that are left; `count` is how many rows tied something.
    """

    def __init__(self, matrix: sp.csr_matrix, limits: Limits, basis: Basis) -> None:
        """Tie what rows with two columns tie, as far as they hold in a basis."""
        width, shape = matrix.shape[1], matrix.shape
        pairs = _tying(matrix, limits, basis[1])
        self._first = _roots(width, matrix.indices, pairs, matrix.indptr)
        self._share, constant, tying = _shares(matrix, limits.row_lower, self._first, pairs)
        self.count = len(tying)
        kept = np.flatnonzero(self._first == np.arange(width))
        place = np.full(width, -1)
        place[kept] = np.arange(len(kept))
        self.of = place[self._first]
        onto = sp.csr_matrix((self._share, (np.arange(width), self.of)), shape=(width, len(kept)))
        live = np.ones(shape[0], dtype=bool)
        live[tying] = False
        self.rows = np.flatnonzero(live)
        self.matrix = sp.csr_matrix(matrix[self.rows] @ onto)
        self.matrix.eliminate_zeros()
        self.matrix.sort_indices()
        self._bounds = self._by_bounds(limits, constant)
        moved = (matrix @ constant)[self.rows]
        self.limits = Limits(
            np.full(len(kept), -np.inf),
            np.full(len(kept), np.inf),
            limits.row_lower[self.rows] - moved,
            limits.row_upper[self.rows] - moved,
        )
        np.maximum.at(self.limits.lower, self.of, self._bounds[0])
        np.minimum.at(self.limits.upper, self.of, self._bounds[1])
        # Bounds that meet may pass each other by rounding.
        np.maximum(self.limits.lower, self.limits.upper, out=self.limits.upper)

    def _by_bounds(self, limits: Limits, constant: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return what each column's bounds are for the one that it goes by."""
        lows, highs = ((each - constant) / self._share for each in (limits.lower, limits.upper))
        rising = self._share > 0
        return np.where(rising, lows, highs), np.where(rising, highs, lows)

    def costs(self, cost: np.ndarray) -> np.ndarray:
        """Return what each column that is left costs."""
        return np.bincount(self.of, weights=cost * self._share, minlength=self.matrix.shape[1])

    def stages(self, stages: np.ndarray) -> np.ndarray:
        """Return the first month of what each column that is left stands for; -1 for none."""
        never = np.iinfo(np.int64).max
        first = np.full(self.matrix.shape[1], never)
        np.minimum.at(first, self.of, np.where(stages < 0, never, stages))
        return np.where(first == never, -1, first)

    def pushed(self, basis: Basis) -> Basis:
        """Return a basis of the whole as one of what is left."""
        at = np.full(self.matrix.shape[1], BASIC, dtype=basis[0].dtype)
        held = np.flatnonzero(basis[0] != BASIC)
        turned = (self._share[held] < 0) & (basis[0][held] <= AT_UPPER)
        at[self.of[held]] = np.where(turned, AT_UPPER - basis[0][held], basis[0][held])
        return at, basis[1][self.rows]

    def pulled(self, basis: Basis, before: Basis) -> Basis:
        """Return a basis of what is left as one of the whole."""
        at = np.full(len(self.of), BASIC, dtype=before[0].dtype)
        row_at = np.full_like(before[1], AT_LOWER)
        row_at[self.rows] = basis[1]
        for side, own in ((AT_LOWER, -self._bounds[0]), (AT_UPPER, self._bounds[1])):
            held = np.flatnonzero(basis[0][self.of] == side)
            narrowest = _one_of_each(self.of, held[np.argsort(own[held], kind="stable")])
            at[narrowest] = np.where(self._share[narrowest] > 0, side, AT_UPPER - side)
        free = _one_of_each(self.of, np.flatnonzero(basis[0][self.of] > AT_UPPER))
        at[free] = basis[0][self.of[free]]
        return at, row_at


def _tying(matrix: sp.csr_matrix, limits: Limits, row_at: np.ndarray) -> np.ndarray:
    """Return the numbers of the rows that tie two columns to each other."""
    two = (np.diff(matrix.indptr) == _PAIR) & (limits.row_lower == limits.row_upper)
    rows = np.flatnonzero(two & (row_at != BASIC))
    begin = matrix.indptr[rows]
    times = np.abs(matrix.data[begin] / matrix.data[begin + 1])
    tying: np.ndarray = rows[(times <= _LARGEST) & (times >= 1.0 / _LARGEST)]
    return tying


def _roots(width: int, columns: np.ndarray, rows: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return the column that each one goes by: the first of those that are tied."""
    root = np.arange(width)
    one, other = columns[starts[rows]], columns[starts[rows] + 1]
    while True:
        lower = np.minimum(root[one], root[other])
        if np.array_equal(lower, root[one]) and np.array_equal(lower, root[other]):
            return root
        np.minimum.at(root, one, lower)
        np.minimum.at(root, other, lower)
        root = root[root]


def _shares(
    matrix: sp.csr_matrix, sides: np.ndarray, root: np.ndarray, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each column's share of the one that it goes by, its constant, and the rows used."""
    known = root == np.arange(len(root))
    share, constant = known.astype(float), np.zeros(len(root))
    begin = matrix.indptr[rows]
    ends = tuple((matrix.indices[at], matrix.data[at]) for at in (begin, begin + 1))
    used = np.zeros(len(rows), dtype=bool)
    while True:
        found = 0
        for (here, times), (there, further) in (ends, ends[::-1]):
            which = np.flatnonzero(known[here] & ~known[there])
            which = _one_of_each(there, which)
            new, of = there[which], here[which]
            share[new] = -times[which] * share[of] / further[which]
            constant[new] = (sides[rows[which]] - times[which] * constant[of]) / further[which]
            known[new] = used[which] = True
            found += len(which)
        if not found:
            return share, constant, rows[used]


def _one_of_each(of: np.ndarray, which: np.ndarray) -> np.ndarray:
    """Return one number of each that belongs to the same."""
    first: np.ndarray = which[np.unique(of[which], return_index=True)[1]]
    return first
