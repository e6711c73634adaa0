"""Decisions tried in one future after another, each begun from where the first one was left.

A future changes who is present and nothing else. What was decided is kept, everybody is placed anew
as well as that allows, with parts of locations where the decisions leave any open. The first
evaluation is recounted without the solver; the others are proven optima of the same model with
other numbers of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from planner.core.errors import CancelledError, OpvangplanError
from planner.core.outcome import CancelToken, Stop
from planner.core.texts import message
from planner.ensemble.prepared import Kept, Prepared, fixed_at
from planner.ensemble.template import Template
from planner.input.case import Case
from planner.margin.stress import People, with_people
from planner.model.demand import demand_of
from planner.model.measures import MEASURES
from planner.result.verification import verified_tables
from planner.solver.arithmetic import level_value
from planner.solver.highs import Terms
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LinearModel, Solution
from planner.solver.walk import Run, settle

# What is told of a future besides its levels; none of them hangs on who is present.
TOLD = ("unplaced", "protected_unplaced", "emergency", "dol", "moves")
# Of these, persons in the month that has most are told too, before the sum over all months.
BY_MONTH = ("unplaced", "emergency")


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

    def __init__(self, case: Case, kept: Kept, cancel: CancelToken | None = None) -> None:
        """Try decisions in what a case expects.

        `FutureFailedError` where they cannot be kept there, `CancelledError` when cancelled,
        `ProgramFaultError` where what comes out does not hold when it is recounted.
        """
        asked = demand_of(case)
        # Who of a group must have a school seat stays the part that it was.
        self._case = case = replace(case, pupils=case.pupils or asked.pupils)
        self._kept = kept
        self._cancel = cancel
        people = asked.people
        self._first = self._prepared(people)
        self._model = fixed_at(self._first, kept)
        self._solution = self._cold(self._model)
        self._template = Template(case, self._first, people)
        self._told = {
            each.name: _vector(self._first, each.name) for each in MEASURES if each.name in TOLD
        }
        self.expected = self._figures(self._model, self._solution.values)
        self._recount()

    def cold(self, people: People) -> FutureResult:
        """Return what the decisions come to with other people present, begun from nothing."""
        prepared = self._prepared(people)
        model = fixed_at(prepared, self._kept)
        values = self._cold(model).values
        told = {name: _vector(prepared, name) for name in self._told}
        return _figures(model, values, told)

    def of(self, people: People) -> FutureResult:
        """Return what the decisions come to with other people present; errors as at first."""
        written = self._template.model(people) if self._template.holds else None
        if written is None:
            return self.cold(people)
        model = fixed_at(replace(self._first, model=written), self._kept)
        values = self._warm(model)
        if values is None:
            values = self._cold(model).values
        return self._figures(model, values)

    def _prepared(self, people: People) -> Prepared:
        return Prepared.of(with_people(self._case, people), whole=False)

    def _warm(self, model: LinearModel) -> np.ndarray | None:
        """Return the columns of a plan walked from the bases of the first; None where that fails.

        Every level is proven by its own prices on the way, whatever it was begun from.
        """
        bases = {each.name: each.basis for each in self._solution.levels if each.basis is not None}
        run = Run(model, Terms(cancel=self._cancel), None, bases=bases)
        run.begin = next(iter(bases.values()), None)
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

    def _recount(self) -> None:
        verified_tables(self._first.problem, self._solution.values, self.expected.levels)


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
