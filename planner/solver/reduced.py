"""A set of optima without what is settled in it: a model of a third of the size.

Columns that are fixed go, and rows without columns, rows that cannot bind, rows that another row
implies; a row with a single column becomes its bound. A basis goes in and comes out exactly, so
that a few steps of simplex can be taken where a step costs least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.solver.optimality import Limits
from planner.solver.outcome import AT_LOWER, AT_UPPER, BASIC, Basis, LinearModel
from planner.solver.sparse import matrices as sp

# What is taken out may leave more to take out; after so many rounds hardly anything.
_ROUNDS = 6


@dataclass(frozen=True)
class _Singles:
    """Rows with one column left: the entries, and the bounds that they are for the column."""

    rows: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


class _Entries:
    """What is left of the coefficients while columns and rows go."""

    def __init__(self, matrix: sp.csr_matrix, live: np.ndarray) -> None:
        rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        kept = live[matrix.indices]
        self.rows, self.columns, self.values = rows[kept], matrix.indices[kept], matrix.data[kept]
        self.count = matrix.shape[0]

    def only(self, live_rows: np.ndarray) -> None:
        kept = live_rows[self.rows]
        self.rows, self.columns = self.rows[kept], self.columns[kept]
        self.values = self.values[kept]

    def summed(self, weights: np.ndarray) -> np.ndarray:
        return np.bincount(self.rows, weights=weights, minlength=self.count)

    def numbers(self) -> np.ndarray:
        return np.bincount(self.rows, minlength=self.count)


class Reduced:
    """A model's optima so far, reduced; `columns` and `rows` are the numbers that are left."""

    def __init__(
        self, matrix: sp.csr_matrix, limits: Limits, basis: Basis, costs: Sequence[np.ndarray]
    ) -> None:
        """Reduce the set within limits; what no row holds goes where the first of `costs` wants."""
        lower, upper = limits.lower.copy(), limits.upper.copy()
        live = lower < upper
        fixed = matrix @ np.where(live, 0.0, lower)
        row_lower, row_upper = limits.row_lower - fixed, limits.row_upper - fixed
        self._outer, self._fixed = limits, ~live
        self._lower, self._upper = lower, upper
        self._singles: list[_Singles] = []
        entries = _Entries(matrix, live)
        live_rows = self._without_rows(entries, row_lower, row_upper, basis[1] == BASIC)
        # A bound that a row gives may pass the other by rounding.
        self._upper = upper = np.maximum(lower, upper)
        self._take_idle(entries, live, costs)
        live &= ~self._idle
        self.columns, self.rows = np.flatnonzero(live), np.flatnonzero(live_rows)
        self.limits = Limits(
            lower[self.columns], upper[self.columns], row_lower[self.rows], row_upper[self.rows]
        )
        row_places, places = np.full(len(live_rows), -1), np.full(len(live), -1)
        row_places[self.rows], places[self.columns] = _numbers(self.rows), _numbers(self.columns)
        at = (row_places[entries.rows], places[entries.columns])
        shape = (len(self.rows), len(self.columns))
        self.matrix = sp.csr_matrix((entries.values, at), shape=shape)

    def _without_rows(
        self, entries: _Entries, row_lower: np.ndarray, row_upper: np.ndarray, basic: np.ndarray
    ) -> np.ndarray:
        """Take out the rows that need not be there; return which are left.

        A row that holds something in the basis, and so is not basic, only becomes a bound.
        """
        lower, upper = self._lower, self._upper
        live = np.ones(entries.count, dtype=bool)
        for _ in range(_ROUNDS):
            entries.only(live)
            numbers = entries.numbers()
            live &= numbers > 0
            rising = entries.values > 0
            least = np.where(rising, lower[entries.columns], upper[entries.columns])
            most = np.where(rising, upper[entries.columns], lower[entries.columns])
            lows, highs = (entries.summed(each * entries.values) for each in (least, most))
            idle = live & basic & (lows >= row_lower) & (highs <= row_upper)
            live &= ~idle
            single = self._bounded_by(entries, live & (numbers == 1), row_lower, row_upper)
            live[single] = False
            if not idle.any() and not len(single):
                break
        entries.only(live)
        live &= ~(_implied(entries, live, lower, row_lower, row_upper) & basic)
        entries.only(live)
        return live

    def _bounded_by(
        self, entries: _Entries, one: np.ndarray, row_lower: np.ndarray, row_upper: np.ndarray
    ) -> np.ndarray:
        """Turn rows with one column into bounds of it; return their numbers."""
        which = one[entries.rows]
        rows: np.ndarray = entries.rows[which]
        columns, values = entries.columns[which], entries.values[which]
        lows, highs = row_lower[rows] / values, row_upper[rows] / values
        below, above = np.where(values > 0, lows, highs), np.where(values > 0, highs, lows)
        np.maximum.at(self._lower, columns, below)
        np.minimum.at(self._upper, columns, above)
        self._singles.append(_Singles(rows, columns, values, below, above))
        return rows

    def _take_idle(self, entries: _Entries, live: np.ndarray, costs: Sequence[np.ndarray]) -> None:
        """Take out columns that no row holds, each at the bound where its cost wants it."""
        idle = live & (np.bincount(entries.columns, minlength=len(live)) == 0)
        wanted = np.zeros(len(live))
        for cost in costs:
            wanted = np.where(wanted == 0, np.sign(cost), wanted)
        self._at_upper = idle & (wanted < 0)
        self._idle = idle & np.isfinite(np.where(wanted < 0, self._upper, self._lower))

    def costs(self, cost: np.ndarray) -> np.ndarray:
        """Return what each column that is left costs."""
        return cost[self.columns]

    def stages(self, stages: np.ndarray) -> np.ndarray:
        """Return the month of each column that is left."""
        return stages[self.columns]

    def pushed(self, basis: Basis) -> Basis:
        """Return a basis of the whole as one of what is left."""
        at, row_at = basis[0].copy(), basis[1]
        for each in self._singles:
            tight = row_at[each.rows] != BASIC  # held by a row that is a bound now
            low = (row_at[each.rows] == AT_LOWER) == (each.values > 0)
            at[each.columns[tight]] = np.where(low[tight], AT_LOWER, AT_UPPER)
        return at[self.columns], row_at[self.rows].copy()

    def pulled(self, basis: Basis, before: Basis) -> Basis:
        """Return a basis of what is left as one of the whole.

        A column that sits at a bound that a row gives is basic there, and the row is not.
        """
        at, row_at = before[0].copy(), np.full_like(before[1], BASIC)
        # What was fixed at a value while it was basic takes no part in the basis any more.
        at[self._fixed & (at == BASIC)] = AT_LOWER
        at[self.columns], row_at[self.rows] = basis
        at[self._idle] = np.where(self._at_upper[self._idle], AT_UPPER, AT_LOWER)
        loose = np.zeros(len(at), dtype=bool)
        loose[self.columns] = True
        loose |= self._idle
        narrowed = (self._lower > self._outer.lower, self._upper < self._outer.upper)
        for each in self._singles:
            column = each.columns
            at_low = (at[column] == AT_LOWER) & narrowed[0][column]
            at_low &= each.lower == self._lower[column]
            at_high = (at[column] == AT_UPPER) & narrowed[1][column]
            at_high &= each.upper == self._upper[column]
            for held, low in ((at_low, True), (at_high, False)):
                which = np.flatnonzero(held & loose[column])
                which = which[np.unique(column[which], return_index=True)[1]]
                at[column[which]] = BASIC
                rising = each.values[which] > 0
                row_at[each.rows[which]] = np.where(rising == low, AT_LOWER, AT_UPPER)
                loose[column[which]] = False
        return at, row_at

    def model(self) -> LinearModel:
        """Return what is left as a model of its own, without levels."""
        return part_of(self.matrix, self.limits)


def part_of(matrix: sp.csr_matrix, limits: Limits) -> LinearModel:
    """Return a model of rows within limits, without levels or months."""
    rows, columns = matrix.shape
    return LinearModel(
        lower=limits.lower,
        upper=limits.upper,
        row_lower=limits.row_lower,
        row_upper=limits.row_upper,
        starts=matrix.indptr,
        indices=matrix.indices,
        values=matrix.data,
        whole=np.zeros(columns, dtype=bool),
        levels=(),
        column_stage=np.full(columns, -1),
        row_stage=np.full(rows, -1),
    )


def _numbers(of: np.ndarray) -> np.ndarray:
    return np.arange(len(of))


def _implied(
    entries: _Entries,
    live: np.ndarray,
    lower: np.ndarray,
    row_lower: np.ndarray,
    row_upper: np.ndarray,
) -> np.ndarray:
    """Return which rows another row of the same columns implies.

    Both say at most: where no column is below nothing, the row with the larger coefficients and
    the lower limit says it all. Of rows that say the same one stays.
    """
    chance = np.random.default_rng(0).random(len(lower))
    marks = entries.summed(chance[entries.columns])
    below_nothing = entries.summed((lower[entries.columns] < 0).astype(float)) > 0
    candidates = live & np.isinf(row_lower) & np.isfinite(row_upper) & ~below_nothing
    numbers = np.flatnonzero(candidates)
    order = numbers[np.argsort(marks[numbers], kind="stable")]
    alike = np.flatnonzero(np.isclose(marks[order][1:], marks[order][:-1], rtol=1e-13, atol=0.0))
    implied = np.zeros(entries.count, dtype=bool)
    if not len(alike):
        return implied
    firsts, seconds = order[alike], order[alike + 1]
    matrix = sp.csr_matrix(
        (entries.values, (entries.rows, entries.columns)), shape=(entries.count, len(lower))
    )
    matrix.sort_indices()
    lengths = np.diff(matrix.indptr)
    same = lengths[firsts] == lengths[seconds]
    firsts, seconds = firsts[same], seconds[same]
    for number in np.unique(lengths[firsts]):
        which = lengths[firsts] == number
        first, second = firsts[which], seconds[which]
        reach = np.arange(number)
        at_first, at_second = (matrix.indptr[each][:, None] + reach for each in (first, second))
        alike_columns = (matrix.indices[at_first] == matrix.indices[at_second]).all(axis=1)
        differences = matrix.data[at_first] - matrix.data[at_second]
        limits = row_upper[first] - row_upper[second]
        first_says_all = alike_columns & (differences >= 0).all(axis=1) & (limits <= 0)
        second_says_all = alike_columns & (differences <= 0).all(axis=1) & (limits >= 0)
        implied[second[first_says_all]] = True
        implied[first[second_says_all & ~first_says_all]] = True
    return implied
