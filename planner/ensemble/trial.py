"""Decisions tried in one future after another, each begun from where the first one was left.

A future changes who is present and nothing else. What was decided is kept, everybody is placed anew
as well as that allows, with parts of locations where the decisions leave any open. The first
evaluation is recounted without the solver; the others are proven optima of the same model with
other numbers of people. Of a future only what is told is settled: moves and changes come to
nothing that is told, and the cost is the least at which everybody can be placed so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.core.errors import CancelledError, OpvangplanError
from planner.core.outcome import CancelToken, Stop
from planner.core.texts import message
from planner.ensemble.prepared import Kept, Prepared, decided_at, fixed_at, with_columns_at
from planner.ensemble.template import Template
from planner.input.case import Case
from planner.margin.stress import People, with_people
from planner.model.demand import demand_of
from planner.model.measures import MEASURES
from planner.model.rules.rule import Level
from planner.result.verification import verified_tables
from planner.solver.arithmetic import level_value
from planner.solver.first_basis import has_months
from planner.solver.highs import Terms
from planner.solver.lexicographic import FEW_COLUMNS, STEPS_OF_FEW, solve_levels
from planner.solver.outcome import LevelCost, LinearModel, NearPlan, Solution
from planner.solver.walk import Run, settle

# What is told of a future besides its levels; none of them hangs on who is present.
TOLD = ("unplaced", "protected_unplaced", "emergency", "dol")
# Of these, persons in the month that has most are told too, before the sum over all months.
BY_MONTH = ("unplaced", "emergency")
# Levels on which nothing hangs that is told, where nothing but the cost comes behind them.
UNTOLD = frozenset({Level.MOVES.value, Level.CHANGE.value})
# A group that is there at times has this many people in every month at least, so that a future that
# has some in a month without is the same model. A thousandth of what is rounded away.
_HARDLY_ANYBODY = 1e-9
# Steps of simplex for one level: where people go without a place that had one, four levels take
# some hundreds each; first-order prices and passes over the months take seven times as long.
_STEPS = 5_000


class FutureFailedError(OpvangplanError):
    """There is no proven placement in a future."""


@dataclass(frozen=True)
class FutureResult:
    """What decisions come to in a future: levels in the order solved, and measures.

    Of some measures the persons in the month that has most stand there too, by `worst_month`.
    """

    levels: Mapping[str, float]
    measures: Mapping[str, float]


class Trial:
    """Decisions that are kept, and the first future they were tried in: the one planned for."""

    def __init__(
        self,
        case: Case,
        kept: Kept,
        cancel: CancelToken | None = None,
        untold: Collection[str] = UNTOLD,
    ) -> None:
        """Try decisions in what a case expects; levels that are `untold` need not be settled.

        `FutureFailedError` where they cannot be kept there, `CancelledError` when cancelled,
        `ProgramFaultError` where what comes out does not hold when it is recounted.
        """
        asked = demand_of(case)
        # Who of a group must have a school seat stays the part that it was.
        self._case = case = replace(case, pupils=case.pupils or asked.pupils)
        self._kept = kept
        self._cancel = cancel
        self._untold = frozenset(untold)
        people = _at_times(asked.people)
        first = self._prepared(people)
        model = self._asked(first)
        solution = self._cold(model)
        self._near = _near(solution)
        self._template = Template(case, first, people)
        # The same decisions are kept of every future that is the same model.
        self._fixed = decided_at(first, kept)
        self._levels = frozenset(each.name for each in model.levels)
        self._told = {
            each.name: _vector(first, each.name) for each in MEASURES if each.name in TOLD
        }
        self.expected = self._figures(model, solution.values)
        _recount(first, solution)

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process needs to try futures as this one does; nobody cancels it."""
        return {**vars(self), "_cancel": None}

    def heed(self, cancel: CancelToken | None) -> None:
        """Stop from now on when this asks to, and no longer when what it heeded before does."""
        self._cancel = cancel

    def cold(self, people: People) -> FutureResult:
        """Return what the decisions come to with other people present, begun from nothing."""
        prepared = self._prepared(people)
        model = self._asked(prepared)
        values = self._cold(model).values
        told = {name: _vector(prepared, name) for name in self._told}
        return _figures(model, values, told)

    def of(self, people: People) -> FutureResult:
        """Return what the decisions come to with other people present; errors as at first."""
        written = self._template.model(_at_times(people)) if self._template.holds else None
        if written is None:
            return self.cold(people)
        kept = with_columns_at(written, self._fixed)
        levels = (each for each in written.levels if each.name in self._levels)
        model = replace(kept, levels=tuple(levels))
        values = self._warm(model)
        if values is None:
            values = self._cold(model).values
        return self._figures(model, values)

    def _prepared(self, people: People) -> Prepared:
        return Prepared.of(with_people(self._case, people), whole=False)

    def _asked(self, prepared: Prepared) -> LinearModel:
        """Return a model with the decisions kept, and the levels on which hangs what is told.

        Moves are among them where they cost something.
        """
        model, problem = fixed_at(prepared, self._kept), prepared.problem
        moved = [problem.columns.index(each) for each in problem.choose.moved_out.values()]
        cost = next(each.cost for each in model.levels if each.name == Level.COST.value)
        free = {Level.MOVES.value} if cost[moved].any() else set()
        return replace(model, levels=_hanging(model.levels, self._untold - free))

    def _warm(self, model: LinearModel) -> np.ndarray | None:
        """Return the columns of a plan walked from where the first was left; None where that fails.

        Every level is proven by its own prices on the way, whatever it was begun from.
        """
        few = len(model.lower) <= FEW_COLUMNS
        run = Run(model, Terms(cancel=self._cancel), None, near=self._near)
        run.first_steps = STEPS_OF_FEW if few else _STEPS
        if self._near is not None and not has_months(model):
            run.begin = self._near.basis
        stop = settle(run)
        if stop is Stop.CANCELLED:
            raise CancelledError
        return run.values if stop is Stop.FINISHED else None

    def _cold(self, model: LinearModel) -> Solution:
        solution = solve_levels(model, cancel=self._cancel).proven()
        if solution is None:
            raise FutureFailedError(message("ensemble.no_placement"))
        return solution

    def _figures(self, model: LinearModel, values: np.ndarray) -> FutureResult:
        return _figures(model, values, self._told)


def _recount(first: Prepared, solution: Solution) -> None:
    """Recount the first future, also at the levels that are not told."""
    values = _moved_least(first, solution.values)
    levels = {each.name: level_value(each, values) for each in first.model.levels}
    verified_tables(first.problem, values, levels)


def _moved_least(prepared: Prepared, values: np.ndarray) -> np.ndarray:
    """Return values in which no more moves are counted than there are; nothing asks for so few."""
    problem, tidy = prepared.problem, values.copy()
    index = problem.columns.index
    moved = [index(each) for each in problem.choose.moved_out.values()]
    rows = np.flatnonzero(np.isin(problem.joining, moved))
    over = problem.left_values(values)[rows] - problem.upper[rows]
    tidy[problem.joining[rows]] = np.maximum(0.0, over)
    return tidy


def _at_times(people: People) -> People:
    """Return people with hardly anybody in months without of a group that is there at times."""
    there = {group for (group, _), each in people.items() if each > 0}
    return {
        (group, month): max(each, _HARDLY_ANYBODY) if group in there else each
        for (group, month), each in people.items()
    }


def _hanging(levels: Sequence[LevelCost], untold: Collection[str]) -> tuple[LevelCost, ...]:
    """Return the levels that are told, and those on which one that is told hangs: all before it.

    The cost is settled as the last, whatever would come between.
    """
    told = [at for at, each in enumerate(levels) if each.name not in {*untold, Level.COST.value}]
    last = told[-1] if told else -1
    return tuple(
        each for at, each in enumerate(levels) if at <= last or each.name == Level.COST.value
    )


def _near(solution: Solution) -> NearPlan | None:
    """Return what is known of the first future for those that follow; nothing where it is nothing.

    Its months, with all levels weighted, are so near that hardly a step is left. What moves people
    ties the months together, so there it is the last level before, and the later ones' prices.
    """
    known = [each for each in solution.levels if each.basis is not None]
    names = [each.name for each in known]
    at = names.index(Level.MOVES.value) - 1 if Level.MOVES.value in names else len(known) - 1
    if at < 0:
        return None
    basis, last = known[at].basis, known[-1].basis
    if basis is None or last is None:
        return None
    return NearPlan(names[at], basis, last, {each.name: each.duals for each in known[at + 1 :]})


def _vector(prepared: Prepared, name: str) -> np.ndarray:
    """Return how many times each column counts in a measure."""
    problem = prepared.problem
    counted = np.zeros(len(problem.columns))
    measure = next(each for each in MEASURES if each.name == name)
    for column, share in measure.of(problem.case, problem.choose).items():
        counted[problem.columns.index(column)] = share
    return counted


def _figures(
    model: LinearModel, values: np.ndarray, told: Mapping[str, np.ndarray]
) -> FutureResult:
    sums = {name: float(each @ values) for name, each in told.items()}
    worst = {worst_month(name): _most(told[name] * values, model) for name in BY_MONTH}
    levels = {each.name: level_value(each, values) for each in model.levels}
    return FutureResult(levels, {**sums, **worst})


def worst_month(name: str) -> str:
    """Return what a measure is called of which the month that has most is told."""
    return f"{name}_worst_month"


def _most(amounts: np.ndarray, model: LinearModel) -> float:
    """Return the most that columns come to in one month."""
    dated = model.column_stage >= 0
    by_month = np.bincount(model.column_stage[dated], weights=amounts[dated], minlength=1)
    return float(by_month.max())
