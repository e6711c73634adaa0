"""The levels of a changed model, gone on from where an earlier one was left.

Prices that were proven for the earlier model often prove the same level of the changed one: what a
price pulls on must sit at its bound, wherever that now is, and any plan of which that is true is an
optimum of the level (complementary slackness). So the levels that keep their prices need no
solving, only a plan in the set that their prices describe. A few steps of dual simplex from the
stored basis find one or find that there is none; then the last level of those that are asked first
is solved so, and the late ones behind it are walked. Every level is judged in the end by our own
arithmetic, and where anything fails nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.core.outcome import Stop
from planner.solver.arithmetic import WITHIN, activity, holds, level_value, rows_of_entries
from planner.solver.face import PRICED, scale
from planner.solver.highs import RESUMING, Ran, Solver, Terms
from planner.solver.laid_over import LaidOver
from planner.solver.optimality import Limits, Point, is_optimum
from planner.solver.outcome import LevelCost, LevelResult, LinearModel, Solution
from planner.solver.reduced import Reduced
from planner.solver.vertex import Basis, Rows, Vertex
from planner.solver.walk import Run, settle

# More steps than this for one level, and walking from the start is as quick.
_MOST_STEPS = 800

# The name of a level that has been settled, and its value.
Settled = Callable[[str, float], None]


@dataclass(frozen=True)
class Resettled:
    """The solution of a changed model, and how it was come by.

    `walked` is how many levels had to be walked; none where one run settled them all.
    """

    solution: Solution
    walked: int


def resettle(
    over: LaidOver, earlier: Solution, early: str, terms: Terms, told: Settled
) -> Resettled | None:
    """Settle the levels of a laid-over model from an earlier solution; None where that fails.

    `early` names the first of the late levels: those before it are told as soon as they stand,
    before the late ones are looked at where these change.
    """
    attempts = _Attempts(over, earlier, terms)
    reach = len(attempts.faces) - 1
    if reach < 0 or over.model.whole.any():
        return None
    last = _first_that_changes(attempts, early, reach)
    found = None if last is None else attempts.found.get(last)
    if last is None or found is None:
        return None
    levels = attempts.levels
    results = [*(attempts.kept(level, found.values) for level in levels[:last]), found.result]
    for each in results:
        told(each.name, each.value)
    values = found.values
    if last + 1 < len(levels):
        walked = _walked(attempts, last, found, terms, told)
        if walked is None or walked.values is None:
            return None
        values = walked.values
        results = [*results, *(walked.results[each.name] for each in levels[last + 1 :])]
    if not _proven(over.model, levels, results, values):
        return None
    by_name = {each.name: each for each in results}
    zero = (np.zeros(len(over.model.lower)), np.zeros(len(over.model.row_lower)))
    solution = Solution(
        values,
        activity(over.model, values),
        tuple(
            replace(by_name[each.name], value=level_value(each, values))
            if each.name in by_name
            else LevelResult(each.name, level_value(each, values), *zero)
            for each in over.model.levels
        ),
    )
    return Resettled(solution, len(levels) - last - 1)


@dataclass(frozen=True)
class _Found:
    """A level solved over the optima of those before it."""

    values: np.ndarray
    result: LevelResult


class _Attempts:
    """Levels solved over the sets that earlier prices describe; each set at most once.

    `faces` holds the limits over which each level is to be minimised, as far as prices that still
    hold describe them.
    """

    def __init__(self, over: LaidOver, earlier: Solution, terms: Terms) -> None:
        """Narrow the limits level by level by the earlier prices."""
        self._over = over
        self._rows = Rows(over.model)
        self._terms = terms
        self._solver: Solver | None = None
        self._known = {each.name: each for each in earlier.levels if each.basis is not None}
        self.levels = [each for each in over.model.levels if each.cost.any()]
        self.found: dict[int, _Found | None] = {}
        self.faces: list[Limits] = []
        limits = Limits.of(over.model)
        for level in self.levels:
            if level.name not in self._known:
                break
            self.faces.append(_copy(limits))
            duals = over.duals_of(self._known[level.name].duals)
            if not narrow(limits, *_prices(over.model, level, duals)):
                break

    def kept(self, level: LevelCost, values: np.ndarray) -> LevelResult:
        """Return a level that keeps its earlier prices, at a plan."""
        before = self._known[level.name]
        duals = self._over.duals_of(before.duals)
        reduced, _ = _prices(self._over.model, level, duals)
        basis = None if before.basis is None else self._over.basis_of(before.basis)
        unit = scale(level.cost)
        value = level_value(level, values)
        return LevelResult(level.name, value, reduced * unit, duals, basis=basis)

    def solve(self, number: int) -> bool:
        """Minimise a level over the optima of those before, from its own basis; whether it went."""
        if number not in self.found:
            self.found[number] = self._solved(number)
        return self.found[number] is not None

    def _solved(self, number: int) -> _Found | None:
        """Minimise on the reduced set; believe only a vertex of the whole model that is proven."""
        level, limits = self.levels[number], self.faces[number]
        before = self._known[level.name].basis
        if before is None or impossible(self._rows, limits):
            return None
        cost, basis = level.cost / scale(level.cost), self._over.basis_of(before)
        reduced = Reduced(self._rows.by_row, limits, basis, [cost])
        trial = Solver(reduced.model(), self._terms)
        trial.options(RESUMING)
        trial.costs(cost[reduced.columns])
        trial.start_from(*reduced.pushed(basis))
        if trial.run(iterations=_MOST_STEPS) is not Ran.OPTIMAL:
            return None
        return self._proven(level, cost, limits, reduced.pulled(trial.basis(), basis))

    def _proven(
        self, level: LevelCost, cost: np.ndarray, limits: Limits, basis: Basis
    ) -> _Found | None:
        solver = self._whole()
        solver.column_bounds(np.arange(len(limits.lower)), limits.lower, limits.upper)
        solver.row_bounds(np.arange(len(limits.row_lower)), limits.row_lower, limits.row_upper)
        vertex = Vertex.of(self._rows, solver, basis)
        if vertex is None or not vertex.holds(WITHIN):
            return None
        point = vertex.priced(cost)
        if not is_optimum(self._over.model, solver.limits, cost, point):
            return None
        value, unit = level_value(level, point.values), scale(level.cost)
        prices = (point.reduced_costs * unit, point.duals * unit)
        return _Found(point.values, LevelResult(level.name, value, *prices, basis=basis))

    def _whole(self) -> Solver:
        if self._solver is None:
            self._solver = Solver(self._over.model, self._terms)
        return self._solver


def impossible(rows: Rows, limits: Limits) -> bool:
    """Whether a row cannot be kept whatever the columns are within their bounds."""
    if (limits.lower > limits.upper).any() or (limits.row_lower > limits.row_upper).any():
        return True
    rising, falling = rows.by_row.maximum(0), rows.by_row.minimum(0)
    endless = (~np.isfinite(limits.upper)).astype(float)
    upper = np.where(endless > 0, 0.0, limits.upper)
    most = rising @ upper + falling @ limits.lower
    least = rising @ limits.lower + falling @ upper
    most[rising @ endless > 0] = np.inf
    least[falling @ endless < 0] = -np.inf
    low, high = limits.row_lower, limits.row_upper
    too_low = most < low - WITHIN * np.maximum(1.0, np.abs(low))
    too_high = least > high + WITHIN * np.maximum(1.0, np.abs(high))
    return bool(too_low.any() or too_high.any())


def _first_that_changes(attempts: _Attempts, early: str, reach: int) -> int | None:
    """Return a level that can be solved over the optima of those before it; None for none tried.

    The last of all is tried first, since it settles everything; then the one before the late
    levels, since it settles what is asked first. To look for one between those that went and those
    that did not takes as long as walking from the start.
    """
    if attempts.solve(reach):
        return reach
    names = [each.name for each in attempts.levels]
    before = names.index(early) - 1 if early in names else -1
    return before if 0 <= before < reach and attempts.solve(before) else None


def _walked(
    attempts: _Attempts, last: int, found: _Found, terms: Terms, told: Settled
) -> Run | None:
    """Walk the levels behind one that was solved, over its optima; None where that fails."""
    over, level = attempts._over, attempts.levels[last]  # noqa: SLF001 - of this module
    limits = _copy(attempts.faces[last])
    unit = scale(level.cost)
    narrow(limits, found.result.reduced_costs / unit, found.result.duals / unit)
    model = replace(
        over.model,
        lower=limits.lower,
        upper=limits.upper,
        row_lower=limits.row_lower,
        row_upper=limits.row_upper,
        levels=tuple(attempts.levels[last + 1 :]),
    )
    run = Run(
        model,
        terms,
        lambda at: told(at.level, at.value) if at.level and at.value is not None else None,
        begin=found.result.basis,
    )
    return run if settle(run) is Stop.FINISHED and run.values is not None else None


def narrow(limits: Limits, reduced: np.ndarray, duals: np.ndarray) -> bool:
    """Fix in place what prices pull on at the bound they pull to; whether each has that bound."""
    columns = _fix(reduced, limits.lower, limits.upper)
    return _fix(duals, limits.row_lower, limits.row_upper) and columns


def _fix(prices: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> bool:
    free = lower < upper
    down, up = free & (prices > PRICED), free & (prices < -PRICED)
    bounded = bool(np.isfinite(lower[down]).all() and np.isfinite(upper[up]).all())
    upper[down] = lower[down]
    lower[up] = upper[up]
    return bounded


def _prices(
    model: LinearModel, level: LevelCost, duals: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the reduced costs and duals of a level in the scale in which prices are about one."""
    unit = scale(level.cost)
    products = model.values * duals[rows_of_entries(model)]
    priced = np.bincount(model.indices, weights=products, minlength=len(model.lower))
    reduced = (level.cost - priced) / unit
    # What is left of a difference of like figures is rounding.
    size = np.abs(level.cost) + np.bincount(
        model.indices, weights=np.abs(products), minlength=len(model.lower)
    )
    reduced[np.abs(reduced) * unit <= 1e-12 * size] = 0.0
    return reduced, duals / unit


def _copy(limits: Limits) -> Limits:
    return Limits(
        limits.lower.copy(), limits.upper.copy(), limits.row_lower.copy(), limits.row_upper.copy()
    )


def _proven(
    model: LinearModel, levels: list[LevelCost], results: list[LevelResult], values: np.ndarray
) -> bool:
    """Whether a plan holds and is an optimum of every level over those before, by their prices."""
    if not holds(model, values):
        return False
    limits, rows = Limits.of(model), activity(model, values)
    for level, result in zip(levels, results, strict=True):
        reduced, duals = _prices(model, level, result.duals)
        cost = level.cost / scale(level.cost)
        if not is_optimum(model, limits, cost, Point(values, rows, reduced, duals)):
            return False
        narrow(limits, reduced, duals)
    return True
