"""What no plan can better, from prices of the rows alone: weak duality.

Whatever the prices, a figure is at least what it comes to with each row's excess added at its
price, each choice at the bound that makes it least. So prices need not be believed: bad ones give a
bound that is far off, never one that is wrong. Prices are looked for and put together with floating
point; what they prove is then counted exactly, with whole numbers of any length, and rounded down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

# Prices are rounded to whole multiples of this; any prices are allowed.
_GRID = 1 << 60
# Prices of earlier levels are looked for so many times over.
_ROUNDS = 3
# A level proven this near to its value, relative to it, is proven.
_NOTHING = 1e-9
# Below this a price is rounding, whatever the others are.
_SMALLEST = 1e-9


@dataclass(frozen=True)
class BoundedRows:
    """Rows `figure <= limit`, or `= limit` where `exact`, over choices from 0 to `most`.

    The figures' parts are `shares` of the choices `numbers`, row by row from `starts`.
    """

    starts: np.ndarray
    numbers: np.ndarray
    shares: np.ndarray
    limits: np.ndarray
    exact: np.ndarray
    most: np.ndarray

    @property
    def slack(self) -> np.ndarray:
        """How far below its limit each row can be at most; nothing for an exact one."""
        low = np.minimum(self.shares, 0.0) * self.most[self.numbers]
        least = np.bincount(self._rows, weights=low, minlength=len(self.limits))
        return np.where(self.exact, 0.0, np.maximum(self.limits - least, 0.0))

    @property
    def _rows(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.limits)), np.diff(self.starts))

    def priced(self, prices: np.ndarray) -> np.ndarray:
        """Return what the rows add to each choice at their prices."""
        weights = self.shares * prices[self._rows]
        return np.bincount(self.numbers, weights=weights, minlength=len(self.most))


@dataclass(frozen=True)
class Goal:
    """What a level adds up: how much of each choice, and a constant; and what a plan makes of it.

    `value` is the plan's.
    """

    costs: np.ndarray
    constant: float
    value: float


@dataclass(frozen=True)
class RowPrices:
    """Prices of the rows, and of the levels before: what one unit more there is worth here."""

    rows: np.ndarray
    levels: np.ndarray


@dataclass(frozen=True)
class _Certificate:
    """Prices with what they leave of each choice and of each row's slack, and the rest."""

    prices: RowPrices
    left: np.ndarray
    rest: float

    def proves(self, most: np.ndarray) -> float:
        """Return the bound, as floating point has it."""
        return self.rest + float(np.minimum(self.left, 0.0) @ most)

    def with_more(self, other: _Certificate, times: float) -> _Certificate:
        """Return this with another so many times added."""
        if not times:
            return self
        prices = RowPrices(
            self.prices.rows + times * other.prices.rows,
            self.prices.levels + times * other.prices.levels,
        )
        return _Certificate(prices, self.left + times * other.left, self.rest + times * other.rest)


def bounds(rows: BoundedRows, goals: Sequence[Goal], given: Sequence[RowPrices]) -> list[Fraction]:
    """Return per level what no plan can better that is as good at every level before it."""
    most = np.concatenate([rows.most, rows.slack])
    exact = _Exact(rows, goals)
    made: list[_Certificate] = []
    proven = []
    for number, prices in enumerate(given):
        certificate = _put_together(rows, goals, number, prices, made, most)
        made.append(certificate)
        proven.append(exact.bound(number, certificate.prices))
    return proven


def _put_together(  # noqa: PLR0913, PLR0917 - a level, those before it, and within what
    rows: BoundedRows,
    goals: Sequence[Goal],
    number: int,
    prices: RowPrices,
    before: Sequence[_Certificate],
    most: np.ndarray,
) -> _Certificate:
    """Return the prices of a level with as much of the earlier levels' as makes its bound highest.

    Where an earlier level holds a choice at its bound, this one's own prices pull it away. Levels
    that are proven to the last digit cost nothing to add, so they come first.
    """
    gaps = [goals[at].value - before[at].proves(most) for at in range(number)]
    exact = [gap <= _NOTHING * max(1.0, abs(goals[at].value)) for at, gap in enumerate(gaps)]
    order = sorted(range(number), key=lambda at: (not exact[at], -at))
    own = RowPrices(prices.rows, np.zeros(len(goals)))
    certificate = _certificate(rows, goals, number, own)
    directions = [_level_itself(rows, goals, at) for at in range(number)]
    # As given, a level before is kept by a row of its own; its price begins as it was found.
    times = dict.fromkeys(((at, whole) for at in order for whole in (True, False)), 0.0)
    for at in order:
        times[at, False] = float(prices.levels[at])
        certificate = certificate.with_more(directions[at], times[at, False])
    best = certificate
    for _ in range(_ROUNDS):
        for at in order:
            for whole in (True, False):
                if not whole and exact[at]:
                    continue
                other = _as_limit(before[at], goals, at) if whole else directions[at]
                without = certificate.with_more(other, -times[at, whole])
                times[at, whole] = _best_times(without, other, most)
                certificate = without.with_more(other, times[at, whole])
        if certificate.proves(most) > best.proves(most):
            best = certificate
    kept = np.where(rows.exact, best.prices.rows, np.maximum(best.prices.rows, 0.0))
    levels = np.maximum(best.prices.levels, 0.0)
    return _certificate(rows, goals, number, RowPrices(kept, levels))


def _level_itself(rows: BoundedRows, goals: Sequence[Goal], at: int) -> _Certificate:
    """Return that a level is no more than the plan's value, as something to add at a price."""
    levels = np.zeros(len(goals))
    levels[at] = 1.0
    left = np.concatenate([goals[at].costs, np.zeros(len(rows.limits))])
    prices = RowPrices(np.zeros(len(rows.limits)), levels)
    return _Certificate(prices, left, goals[at].constant - goals[at].value)


def _as_limit(certificate: _Certificate, goals: Sequence[Goal], at: int) -> _Certificate:
    """Return the same with what proves how low the level can be: only what is optimal is left."""
    levels = certificate.prices.levels.copy()
    levels[at] += 1.0
    prices = RowPrices(certificate.prices.rows, levels)
    return _Certificate(prices, certificate.left, certificate.rest - goals[at].value)


def _certificate(
    rows: BoundedRows, goals: Sequence[Goal], number: int, prices: RowPrices
) -> _Certificate:
    goal = goals[number]
    left = goal.costs + rows.priced(prices.rows)
    rest = goal.constant - float(prices.rows @ rows.limits)
    for other, price in zip(goals, prices.levels, strict=True):
        if price:
            left += price * other.costs
            rest += price * (other.constant - other.value)
    return _Certificate(prices, np.concatenate([left, prices.rows]), rest)


def _best_times(base: _Certificate, more: _Certificate, most: np.ndarray) -> float:
    """Return how many times something is to be added for the bound to be highest.

    The bound bends down where a choice changes sides, so that it rises until its slope is spent.
    """
    left, turn = _told(base.left), _told(more.left)
    below = (left < 0) | ((left == 0) & (turn < 0))
    slope = more.rest + float((turn * most)[below].sum())
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        turns = -left / turn
    turning = np.flatnonzero((turn != 0) & (most > 0) & (turns > 0) & np.isfinite(turns))
    order = turning[np.argsort(turns[turning], kind="stable")]
    scale = abs(more.rest) + float(np.abs(turn * most)[below].sum())
    if slope <= _NOTHING * scale or not len(order):
        return 0.0
    after = slope - np.cumsum(np.abs(turn[order]) * most[order])
    ends = np.flatnonzero(after <= _NOTHING * scale)
    return float(turns[order[ends[0]]]) if len(ends) else float(turns[order[-1]])


def _told(prices: np.ndarray) -> np.ndarray:
    """Return prices without those that are the rounding of nothing."""
    sizes = np.abs(prices)
    usual = float(np.median(sizes[sizes > _SMALLEST])) if (sizes > _SMALLEST).any() else 1.0
    return np.where(sizes <= _NOTHING * max(usual, _SMALLEST), 0.0, prices)


class _Exact:
    """Counts what prices prove with whole numbers: every figure times one power of two."""

    def __init__(self, rows: BoundedRows, goals: Sequence[Goal]) -> None:
        shares = rows.shares.tolist()
        figures = [*shares, *rows.most.tolist(), *rows.limits.tolist()]
        figures += [each for goal in goals for each in (goal.constant, goal.value)]
        figures += [each for goal in goals for each in goal.costs[goal.costs != 0].tolist()]
        self._scale = max((each.as_integer_ratio()[1] for each in set(figures)), default=1)
        self._whole = {each: self._times(each) for each in set(figures)}
        self._whole[0.0] = 0
        self._starts = rows.starts.tolist()
        self._numbers = rows.numbers.tolist()
        self._shares = [self._whole[each] for each in shares]
        self._most = [self._whole[each] for each in rows.most.tolist()]
        self._limits = [self._whole[each] for each in rows.limits.tolist()]
        self._goals = goals

    def _times(self, figure: float) -> int:
        number, parts = figure.as_integer_ratio()
        return number * (self._scale // parts)

    def bound(self, number: int, prices: RowPrices) -> Fraction:
        """Return what prices prove of a level, as a fraction."""
        goal = self._goals[number]
        left = [self._whole[each] * _GRID for each in goal.costs.tolist()]
        rest = self._whole[goal.constant] * _GRID
        for other, price in zip(self._goals, prices.levels.tolist(), strict=True):
            times = int(price * _GRID)
            if times > 0:
                rest += times * (self._whole[other.constant] - self._whole[other.value])
                for choice in np.flatnonzero(other.costs).tolist():
                    left[choice] += times * self._whole[float(other.costs[choice])]
        for row in np.flatnonzero(prices.rows).tolist():
            times = int(float(prices.rows[row]) * _GRID)
            rest -= times * self._limits[row]
            for at in range(self._starts[row], self._starts[row + 1]):
                left[self._numbers[at]] += times * self._shares[at]
        lost = sum(each * most for each, most in zip(left, self._most, strict=True) if each < 0)
        return Fraction(rest, _GRID * self._scale) + Fraction(lost, _GRID * self._scale**2)
