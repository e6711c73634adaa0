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

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.core.outcome import Stop
from planner.solver.arithmetic import WITHIN, activity, holds, level_value, rows_of_entries
from planner.solver.face import PRICED, scale
from planner.solver.highs import RESUMING, Ran, Solver, Terms
from planner.solver.laid_over import LaidOver
from planner.solver.optimality import Limits, Point, is_optimum
from planner.solver.outcome import Basis, LevelCost, LevelResult, LinearModel, NearPlan, Solution
from planner.solver.reduced import Reduced
from planner.solver.vertex import RowMatrices, Vertex
from planner.solver.walk import Run, settle

# With more steps than this for one level, walking from what is near tells sooner who has a place.
_MOST_STEPS = 300

# The name of a level that has been settled, and its value.
Settled = Callable[[str, float], None]


@dataclass(frozen=True)
class Resettled:
    """The solution of a changed model, and how it was come by.

    `walked` is how many levels had to be walked; none where one run settled them all.
    """

    solution: Solution
    walked: int


def resettle(  # noqa: PLR0913, PLR0917 - what is gone on from, on what terms, and who hears
    over: LaidOver,
    earlier: Solution,
    early: str,
    terms: Terms,
    told: Settled,
    near: NearPlan | None = None,
) -> Resettled | None:
    """Settle the levels of a laid-over model from an earlier solution; None where that fails.

    `early` names the first of the late levels: those before it are told as soon as they stand,
    before the late ones are looked at where these change. Those are walked with what is known of
    the earlier plan, in the places of the laid-over model.
    """
    if over.model.whole.any():
        return None
    attempts = _Attempts(over, earlier, terms)
    found = _first_that_changes(attempts, early)
    if found is None:
        return None
    levels, last, values = attempts.levels, found.number, found.values
    results = [
        *(
            replace(kept, value=level_value(level, values))
            for kept, level in zip(attempts.kept[:last], levels[:last], strict=True)
        ),
        found.result,
    ]
    for each in results:
        told(each.name, each.value)
    if last + 1 < len(levels):
        walked = _walked(over.model, attempts.faces[last], found, levels[last:], terms, told, near)
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
    """A level solved over the optima of those before it; its number among those that cost."""

    number: int
    values: np.ndarray
    result: LevelResult


class _Attempts:
    """Levels solved over the sets that earlier prices describe.

    `faces` holds the limits over which each level is to be minimised, as far as prices that still
    hold describe them; `kept` each of these levels with its earlier prices, at no plan yet.
    """

    def __init__(self, over: LaidOver, earlier: Solution, terms: Terms) -> None:
        """Narrow the limits level by level by the earlier prices."""
        self._over = over
        self._rows = RowMatrices(over.model)
        self._terms = terms
        self._solver: Solver | None = None
        known = {each.name: each for each in earlier.levels}
        self.levels = [each for each in over.model.levels if each.cost.any()]
        self.faces: list[Limits] = []
        self.kept: list[LevelResult] = []
        limits = Limits.of(over.model)
        for level in self.levels:
            before = known.get(level.name)
            if before is None or before.basis is None:
                break
            self.faces.append(_copy(limits))
            unit, duals = scale(level.cost), over.duals_of(before.duals)
            reduced = _reduced_costs(over.model, level, duals)
            basis = over.basis_of(before.basis)
            self.kept.append(LevelResult(level.name, 0.0, reduced, duals, basis=basis))
            if not narrow(limits, reduced / unit, duals / unit):
                break

    def solve(self, number: int) -> _Found | None:
        """Minimise a level over the optima of those before, from its own basis.

        On the reduced set; only a vertex of the whole model that is proven is believed.
        """
        level, limits, basis = self.levels[number], self.faces[number], self.kept[number].basis
        if basis is None or impossible(self._rows, limits):
            return None
        cost = level.cost / scale(level.cost)
        reduced = Reduced(self._rows.by_row, limits, basis, [cost])
        trial = Solver(reduced.model(), self._terms)
        trial.options(RESUMING)
        trial.costs(cost[reduced.columns])
        trial.start_from(*reduced.pushed(basis))
        if trial.run(iterations=_MOST_STEPS) is not Ran.OPTIMAL:
            return None
        return self._proven(number, cost, reduced.pulled(trial.basis(), basis))

    def _proven(self, number: int, cost: np.ndarray, basis: Basis) -> _Found | None:
        level, limits, solver = self.levels[number], self.faces[number], self._whole()
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
        return _Found(number, point.values, LevelResult(level.name, value, *prices, basis=basis))

    def _whole(self) -> Solver:
        if self._solver is None:
            self._solver = Solver(self._over.model, self._terms)
        return self._solver


def impossible(rows: RowMatrices, limits: Limits) -> bool:
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


def _first_that_changes(attempts: _Attempts, early: str) -> _Found | None:
    """Return a level that can be solved over the optima of those before it; None for none tried.

    The last of all is tried first, since it settles everything; then the one before the late
    levels, since it settles what is asked first. To look for one between those that went and those
    that did not takes as long as walking from the start.
    """
    reach = len(attempts.faces) - 1
    if reach < 0:
        return None
    found = attempts.solve(reach)
    names = [each.name for each in attempts.levels]
    before = names.index(early) - 1 if early in names else -1
    return attempts.solve(before) if found is None and 0 <= before < reach else found


def _walked(  # noqa: PLR0913, PLR0917 - where it begins, what is left, and who waits
    model: LinearModel,
    face: Limits,
    found: _Found,
    levels: Sequence[LevelCost],
    terms: Terms,
    told: Settled,
    near: NearPlan | None,
) -> Run | None:
    """Walk the levels behind one that was solved over its face; None where that fails.

    The first of `levels` is the one that was solved.
    """
    limits, unit = _copy(face), scale(levels[0].cost)
    narrow(limits, found.result.reduced_costs / unit, found.result.duals / unit)
    rest = replace(
        model,
        lower=limits.lower,
        upper=limits.upper,
        row_lower=limits.row_lower,
        row_upper=limits.row_upper,
        levels=tuple(levels[1:]),
    )
    run = Run(
        rest,
        terms,
        lambda at: told(at.level, at.value) if at.level and at.value is not None else None,
        begin=found.result.basis,
        near=near,
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


def _reduced_costs(model: LinearModel, level: LevelCost, duals: np.ndarray) -> np.ndarray:
    """Return what each column still costs at a level beside the rows' prices."""
    products = model.values * duals[rows_of_entries(model)]
    size = len(model.lower)
    reduced = level.cost - np.bincount(model.indices, weights=products, minlength=size)
    # What is left of a difference of like figures is rounding.
    added = np.bincount(model.indices, weights=np.abs(products), minlength=size)
    return np.where(np.abs(reduced) <= 1e-12 * (np.abs(level.cost) + added), 0.0, reduced)


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
        unit = scale(level.cost)
        reduced, duals = result.reduced_costs / unit, result.duals / unit
        if not is_optimum(model, limits, level.cost / unit, Point(values, rows, reduced, duals)):
            return False
        narrow(limits, reduced, duals)
    return True
