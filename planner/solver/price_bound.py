"""What no plan can better at a level, told by the prices of a plan with shares.

For any prices of the rows, and any multipliers of the earlier levels, a level comes to at least
what the limits cost at these prices, less what the earlier levels may come to (weak duality). The
prices at the optimum of the plan with shares, and those of the levels before, each with its
multiplier, tell so without a model being solved: only the multipliers are chosen, by cutting
planes. Every choice gives a bound that holds, and the best one is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.solver.arithmetic import rows_of_entries
from planner.solver.face import scale
from planner.solver.outcome import LevelCost, LevelPrices, LevelResult, LinearModel

# How often multipliers are chosen anew, and how large they may be in the levels' own scales.
_MOST_CHOICES = 60
_LARGEST = 2.0**16
# The first choice, and within which factor of the best one so far the next ones are.
_FIRST = 4.0
_REACH = 8.0
_LEAST = 1e-3
# How often columns are bounded by what the rows say of the others.
_ROUNDS = 2
# Near enough to the best choice of multipliers, relative to the value with shares.
_NEAR = 1e-4


@dataclass(frozen=True)
class EarlierLevel:
    """An earlier level: its cost, how it was settled with shares, and what it may come to now."""

    level: LevelCost
    settled: LevelResult
    most: float


class PriceBounds:
    """Bounds from prices, for a model whose columns and rows get the limits they have anyway."""

    def __init__(self, model: LinearModel) -> None:
        """Find a limit for every column and row that has none but what the others say."""
        self._model = model
        self._entry_rows = rows_of_entries(model)
        self._upper = _implied_upper(model, self._entry_rows)
        least, most = _activities(model, self._upper, self._entry_rows)
        self._row_lower = np.where(np.isinf(model.row_lower), least, model.row_lower)
        self._row_upper = np.where(np.isinf(model.row_upper), most, model.row_upper)

    def least(
        self, level: LevelCost, settled: LevelResult, passed: Sequence[EarlierLevel]
    ) -> tuple[float, LevelPrices]:
        """Return what no plan can better at a level, with the prices that tell so.

        Minus infinity where the prices tell nothing. `passed` are the levels before it.
        """
        parts = [self._part(level, settled.duals, 0.0)]
        parts += [self._part(each.level, each.settled.duals, each.most) for each in passed]
        stack = _Stack(parts)
        best, at, reach = -np.inf, np.full(len(passed), _FIRST), _REACH
        cuts: list[np.ndarray] = []
        chosen = at
        for _ in range(_MOST_CHOICES):
            bound, slopes = self._bound(stack, chosen)
            if not np.isfinite(bound):
                break  # a price pulls towards a limit that is not there
            if bound > best:
                best, at, reach = bound, chosen, min(reach * 2.0, _LARGEST)
            else:
                reach = max(reach / 2.0, 1.1)
            cuts.append(np.append(slopes, bound - slopes @ chosen))
            chosen, hoped = _next(cuts, at / reach, np.minimum(at * reach + _LEAST, _LARGEST))
            if hoped - best <= _NEAR * max(1e-9, abs(best)):
                break
        unit, weights = scale(level.cost), np.append(1.0, at)
        before = {
            each.level.name: unit * float(more) / scale(each.level.cost)
            for each, more in zip(passed, at, strict=True)
        }
        return best * unit + level.constant, LevelPrices(unit * (weights @ stack.duals), before)

    def by_prices(self, model: LinearModel, cost: np.ndarray, duals: np.ndarray) -> float:
        """Return what a cost comes to at least in a model like this one, by prices of its rows.

        The model has the same columns and levels, within these bounds or narrower ones.
        """
        entry_rows, upper = rows_of_entries(model), np.minimum(model.upper, self._upper)
        least, most = _activities(model, upper, entry_rows)
        row_lower = np.where(np.isinf(model.row_lower), least, model.row_lower)
        row_upper = np.where(np.isinf(model.row_upper), most, model.row_upper)
        products = model.values * duals[entry_rows]
        reduced = cost - np.bincount(model.indices, weights=products, minlength=len(cost))
        rows = _pulled(duals, row_lower, row_upper)
        return rows + _pulled(reduced, model.lower, upper)

    def _part(self, level: LevelCost, duals: np.ndarray, most: float) -> _Part:
        """Return what a level's prices are, its costs being about one."""
        unit, model = scale(level.cost), self._model
        products = model.values * (duals / unit)[self._entry_rows]
        priced = np.bincount(model.indices, weights=products, minlength=len(model.lower))
        return _Part(level.cost / unit - priced, duals / unit, (most - level.constant) / unit)

    def _bound(self, stack: _Stack, multipliers: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the bound at some multipliers, and by how much each of them raises it."""
        weights = np.append(1.0, multipliers)
        reduced, duals = weights @ stack.reduced, weights @ stack.duals
        columns = np.where(reduced > 0, self._model.lower, self._upper)
        rows = np.where(duals > 0, self._row_lower, self._row_upper)
        columns[reduced == 0] = 0.0
        rows[duals == 0] = 0.0
        if not (np.isfinite(columns).all() and np.isfinite(rows).all()):
            return -np.inf, np.zeros_like(multipliers)
        slopes = stack.reduced @ columns + stack.duals @ rows - stack.most
        return float(weights @ slopes), slopes[1:]


def _pulled(prices: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> float:
    """Return what limits come to, each one the limit that its price pulls towards."""
    priced = prices != 0
    towards = np.where(prices > 0, lower, upper)
    if not np.isfinite(towards[priced]).all():
        return -np.inf
    return float(prices[priced] @ towards[priced])


@dataclass(frozen=True)
class _Part:
    """A level in the bound: reduced costs, prices of rows, and what it may come to at most."""

    reduced: np.ndarray
    duals: np.ndarray
    most: float


class _Stack:
    """The parts of a bound, one below the other."""

    def __init__(self, parts: list[_Part]) -> None:
        self.reduced = np.stack([each.reduced for each in parts])
        self.duals = np.stack([each.duals for each in parts])
        self.most = np.array([each.most for each in parts])


def _next(cuts: list[np.ndarray], least: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the multipliers that promise most by what has been seen, and what they promise."""
    from scipy.optimize import linprog  # noqa: PLC0415 - heavy, and only whole plans need it

    slopes = np.array([each[:-1] for each in cuts])
    count = slopes.shape[1]
    if not count:
        return np.zeros(0), float(cuts[-1][-1])
    limits = np.array([each[-1] for each in cuts])
    found = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.column_stack([-slopes, np.ones(len(cuts))]),
        b_ub=limits,
        bounds=[*zip(least, most, strict=True), (None, None)],
        method="highs",
    )
    if found.x is None:
        return least, -np.inf
    return found.x[:-1], float(found.x[-1])


def _implied_upper(model: LinearModel, entry_rows: np.ndarray) -> np.ndarray:
    """Return upper bounds that some best plan keeps, from the rows where a column has none.

    A row bounds each of its columns by what the others come to at least. A column that only costs,
    and that only helps the rows it stands in, need not be more than one of them can miss at most.
    """
    upper = model.upper.astype(float).copy()
    columns, values, count = model.indices, model.values, len(model.row_lower)
    for _ in range(_ROUNDS):
        upper = np.minimum(upper, _upper_by_rows(model, upper, entry_rows))
    least, most = _activities(model, np.where(np.isinf(upper), 0.0, upper), entry_rows)
    only_upper, only_lower = np.isinf(model.row_lower), np.isinf(model.row_upper)
    helps = np.where(values < 0, only_upper[entry_rows], only_lower[entry_rows])
    costs = np.all([level.cost >= 0 for level in model.levels], axis=0)
    hinders = np.bincount(columns, weights=~helps, minlength=len(upper)) > 0
    slack = np.isinf(upper) & costs & ~hinders & (model.lower == 0)
    # What a slack column can be asked for is known where nothing but slacks is without a bound.
    unknown = np.bincount(entry_rows, weights=(np.isinf(upper) & ~slack)[columns], minlength=count)
    at = slack[columns] & (unknown[entry_rows] == 0)
    row, value = entry_rows[at], values[at]
    above = np.where(value < 0, most[row] - model.row_upper[row], model.row_lower[row] - least[row])
    needed = np.zeros(len(upper))
    np.maximum.at(needed, columns[at], np.maximum(above, 0.0) / np.abs(value))
    unsure = np.bincount(columns, weights=~at & slack[columns], minlength=len(upper)) > 0
    return np.where(slack & ~unsure, needed, upper)


def _upper_by_rows(model: LinearModel, upper: np.ndarray, entry_rows: np.ndarray) -> np.ndarray:
    """Return how large a column can be before a row is passed, the others at their least."""
    columns, values = model.indices, model.values
    least, _ = _activities(model, upper, entry_rows)
    rising = (
        (values > 0) & np.isfinite(model.row_upper[entry_rows]) & np.isfinite(least[entry_rows])
    )
    rows, which, size = entry_rows[rising], columns[rising], values[rising]
    others = least[rows] - model.lower[which] * size
    by_rows = np.full(len(upper), np.inf)
    np.minimum.at(by_rows, which, (model.row_upper[rows] - others) / size)
    bounded: np.ndarray = np.maximum(by_rows, model.lower)
    return bounded


def _activities(
    model: LinearModel, upper: np.ndarray, entry_rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most that each row can come to within bounds."""
    lower, values, columns = model.lower, model.values, model.indices
    count, rising = len(model.row_lower), model.values > 0
    low = np.where(rising, lower[columns], upper[columns]) * values
    high = np.where(rising, upper[columns], lower[columns]) * values
    return (
        np.bincount(entry_rows, weights=low, minlength=count),
        np.bincount(entry_rows, weights=high, minlength=count),
    )
