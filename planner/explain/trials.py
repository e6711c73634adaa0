"""Solving again with one thing changed, only as far as the level that is asked about.

A trial builds the changed case anew and solves the levels up to and including one; then, if asked,
it finds the least that a chosen shortfall can be without making any of those levels worse, and, of
a cause, without more of the last of them elsewhere. Whole decisions that were taken stay as they
are.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import fsum

import numpy as np

from planner.core.outcome import Ending
from planner.core.task_control import TaskControl
from planner.explain.elsewhere import CHOSEN, Elsewhere, WatchedRows, own_cost, widened
from planner.explain.prices import Worth
from planner.explain.shortfalls import Shortfall
from planner.explain.solved import Solved
from planner.input.case import Case
from planner.input.edit_lines import EditLine
from planner.model.algebra import Variable
from planner.model.build import Problem, build_again
from planner.model.measures import dol_growth_in_order
from planner.model.rules.rule import Level
from planner.solver.lexicographic import FEW_COLUMNS, solve_beside
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import Basis, LevelCost, LinearModel

# Values of a level that differ by less, relative to their size, are the same.
SAME = 1e-6


@dataclass(frozen=True)
class TrialResult:
    """What a trial came to: the levels' values in their order, and the chosen shortfall.

    `ties` is what of the last level only breaks ties between locations.
    """

    levels: tuple[float, ...]
    chosen: float
    ties: float = 0.0


@dataclass
class Trials:
    """Solves changed cases and remembers what some came to; `left` is how many it may yet do.

    A problem of the same size as one solved before begins at the bases that this was left at. None
    is begun from `until` on, a moment of `time.monotonic`. `CancelledError` where whoever has the
    `control` wants no answer any more.
    """

    solved: Solved
    left: int | None = None
    control: TaskControl = field(default_factory=TaskControl)
    until: float | None = None
    _before: dict[int, TrialResult | None] = field(default_factory=dict)
    _bases: dict[tuple[int, int], Mapping[str, Basis]] = field(default_factory=dict)
    _with_edits: dict[tuple[EditLine, ...], TrialResult | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin the first trial of the plan's own size at the bases that the plan was left at.

        A large plan is not left so near to another case that this is quicker than from the months.
        """
        problem, levels = self.solved.problem, self.solved.solution.levels
        if not self._bases and len(problem.columns) <= FEW_COLUMNS:
            own = {each.name: each.basis for each in levels if each.basis is not None}
            self._bases[len(problem.columns), len(problem.lower)] = own

    def for_others(self, left: int | None, until: float | None) -> Trials:
        """Return the same for another question, which has so many trials and so long of its own."""
        return replace(self, left=left, until=until)

    def before(self, level: int) -> TrialResult | None:
        """Return what the case as it is comes to, up to a level."""
        settled = self.solved.solution.levels
        if all(each.settled for each in settled):
            return TrialResult(tuple(each.value for each in settled[: level + 1]), 0.0)
        if level not in self._before:
            self._before[level] = self.solve(self.solved.case, level)
        return self._before[level]

    def affordable(self) -> bool:
        """Whether another trial may be done."""
        return not self.time_is_up and (self.left is None or self.left > 0)

    @property
    def time_is_up(self) -> bool:
        """Whether the moment has come from which no trial is begun."""
        return self.until is not None and time.monotonic() >= self.until

    def solve(self, case: Case, level: int) -> TrialResult | None:
        """Solve a changed case up to a level; `None` where no plan came out."""
        self._begin()
        problem, model = self._built(case, level)
        return self._settled(problem, model, level)

    def _built(self, case: Case, level: int) -> tuple[Problem, LinearModel]:
        """Build a case, with the levels up to one."""
        before = self.solved.problem
        problem = build_again(case, before, whole=self.solved.whole, levels=level + 1)
        model = self._kept_whole(problem, linear_model(problem))
        return problem, replace(model, levels=model.levels[: level + 1])

    def with_edits(
        self, edits: tuple[EditLine, ...], changed: Callable[[], Case]
    ) -> TrialResult | None:
        """Return what the case with some cells otherwise comes to at every level, solved once."""
        if edits not in self._with_edits:
            self._with_edits[edits] = self.solve(changed(), len(self.solved.problem.levels) - 1)
        return self._with_edits[edits]

    def held(self, columns: Mapping[Variable, float]) -> TrialResult | None:
        """Solve the same problem, every level, with columns held at values."""
        self._begin()
        problem = self.solved.problem
        model = linear_model(problem)
        lower, upper = model.lower.copy(), model.upper.copy()
        numbers = [problem.columns.index(column) for column in columns]
        lower[numbers] = upper[numbers] = list(columns.values())
        model = self._kept_whole(problem, replace(model, lower=lower, upper=upper), numbers)
        return self._settled(problem, model, len(model.levels) - 1)

    def forced(
        self, columns: Iterable[tuple[Variable, float]], *, at_least: bool
    ) -> TrialResult | None:
        """Solve the same problem, every level, with columns kept at least or at most at values."""
        self._begin()
        problem = self.solved.problem
        model = linear_model(problem)
        lower, upper = model.lower.copy(), model.upper.copy()
        for column, value in columns:
            (lower if at_least else upper)[problem.columns.index(column)] = value
        free = {problem.columns.index(column) for column, _ in columns}
        model = replace(model, lower=lower, upper=upper)
        kept = self._kept_whole(problem, model, free)
        return self._settled(problem, kept, len(model.levels) - 1)

    def left_of(
        self, shortfall: Shortfall, case: Case, level: int | None = None
    ) -> TrialResult | None:
        """Solve a changed case up to a level, the shortfall's own unless a later one is given.

        What is left of the shortfall is `chosen`. What turns up elsewhere at its level is left of
        it, as long as the levels before come to what they were: else the amounts of the level are
        not those of the same people.
        """
        self._begin()
        own = shortfall.level
        last = own if level is None else level
        problem, model = self._built(case, last)
        elsewhere = Elsewhere(self.solved, own, rows_of(shortfall))
        found = self._settled(problem, elsewhere.held(problem, model), last)
        before = tuple(each.value for each in self.solved.solution.levels[:own])
        if found is None or first_change(before, found.levels[:own]) is None:
            return found
        alone = LevelCost(CHOSEN, "", own_cost(problem, elsewhere.rows))
        return self._settled(problem, replace(model, levels=(*model.levels, alone)), last)

    def _begin(self) -> None:
        self.control.begin_trial()
        if self.left is not None:
            self.left -= 1

    def _settled(
        self,
        problem: Problem,
        model: LinearModel,
        level: int,
    ) -> TrialResult | None:
        """Solve a model of a problem, all its levels; what is behind the `level` is chosen."""
        self.control.check()
        size = (len(model.lower), len(model.row_lower))
        outcome = solve_beside(
            model,
            self._left_at(problem, size),
            cancel=self.control.cancel,
            progress=self.control.tell,
        )
        self.control.check()
        if outcome.ending is not Ending.OPTIMAL or outcome.solution is None:
            return None
        settled = outcome.solution.levels
        known = {each.name: each.basis for each in settled if each.basis is not None}
        if len(known) > len(self._bases.get(size, {})):
            self._bases[size] = known
        values = tuple(each.value for each in outcome.solution.levels)
        ties = ties_of(problem, outcome.solution.values[: len(problem.columns)])
        return TrialResult(values[: level + 1], fsum(values[level + 1 :]), ties)

    def _left_at(self, problem: Problem, size: tuple[int, int]) -> Mapping[str, Basis]:
        """Return the bases that a model of a size was left at, or the problem within it."""
        if size in self._bases:
            return self._bases[size]
        within = self._bases.get((len(problem.columns), len(problem.lower)), {})
        return {name: widened(each, *size) for name, each in within.items()}

    def _kept_whole(
        self, problem: Problem, model: LinearModel, free: Iterable[int] = ()
    ) -> LinearModel:
        """Return a model in which whole decisions that were taken stay, and none is whole."""
        if not model.whole.any():
            return model
        lower, upper = model.lower.copy(), model.upper.copy()
        for before, now in _whole_pairs(self.solved.problem, problem):
            if now not in set(free):
                lower[now] = upper[now] = round(float(self.solved.solution.values[before]))
        return replace(model, lower=lower, upper=upper, whole=np.zeros_like(model.whole))


def better_by(before: TrialResult, after: TrialResult, level: int) -> float:
    """Return how much better a level is after a change, at least 0.

    Nothing is better where an earlier level became worse for it.
    """
    pairs = list(zip(before.levels, after.levels, strict=True))[: level + 1]
    if any(new - old > SAME * max(1.0, abs(old)) for old, new in pairs[:-1]):
        return 0.0
    old, new = pairs[-1]
    return max(old - new, 0.0)


def ties_of(problem: Problem, values: np.ndarray) -> float:
    """Return what of the last level only breaks ties between locations."""
    return problem.columns.value(dol_growth_in_order(problem.case, problem.choose), values)


def change_by(solved: Solved, after: TrialResult) -> Worth | None:
    """Return the first level at which a trial differs from the plan, but for broken ties."""
    last = solved.level_place(Level.CHANGE.value)
    before = [each.value for each in solved.solution.levels]
    then = list(after.levels)
    before[last] -= ties_of(solved.problem, solved.solution.values)
    then[last] -= after.ties
    return first_change(tuple(before), tuple(then))


def first_change(before: tuple[float, ...], after: tuple[float, ...]) -> Worth | None:
    """Return the first level at which two plans differ, and by how much."""
    for level, (old, new) in enumerate(zip(before, after, strict=True)):
        if abs(new - old) > SAME * max(1.0, abs(old)):
            return Worth(level, new - old)
    return None


def removed(chosen: float, before: TrialResult, after: TrialResult, level: int) -> float:
    """Return what of a chosen shortfall is gone after a remedy, at least 0.

    No more is gone than its whole level is better, for nothing is gained where a shortfall only
    turns up at another place; and nothing where an earlier level became worse for it.
    """
    return max(min(better_by(before, after, level), chosen - after.chosen), 0.0)


def rows_of(shortfall: Shortfall) -> WatchedRows:
    """Return a shortfall's rows by rule and key, to find them again in a changed problem."""
    return frozenset((each.rule.name, each.row.key) for each in shortfall.rows)


def _whole_pairs(before: Problem, now: Problem) -> Iterator[tuple[int, int]]:
    """Yield the columns of the same whole decision in two problems."""
    taken, again = _whole_columns(before), _whole_columns(now)
    for key in taken.keys() & again.keys():
        yield taken[key], again[key]


def _whole_columns(problem: Problem) -> dict[tuple[object, ...], int]:
    """Return the columns of whole decisions by what they decide."""
    choose = problem.choose
    found: dict[tuple[object, ...], Variable] = {}
    found.update({("extend", name): column for name, column in choose.extend.items()})
    found.update({("open", name): column for name, column in choose.open.items()})
    found.update({("dol", *key): column for key, column in choose.dol_in_use.items()})
    found.update({("begun", name): column for name, column in choose.dol_begun.items()})
    return {key: problem.columns.index(column) for key, column in found.items()}
