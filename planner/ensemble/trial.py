"""Decisions tried in one future after another, each begun from where the first one was left.

A future changes who is present and nothing else. What was decided is kept, everybody is placed anew
as well as that allows, with parts of locations where the decisions leave any open. The first
evaluation is recounted without the solver; the others are proven optima of the same model with
other numbers of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from planner.core.errors import CancelledError, OpvangplanError
from planner.core.outcome import CancelToken, Ending, Stop
from planner.core.texts import message
from planner.ensemble.prepared import Kept, Prepared, fixed_at
from planner.input.case import Case
from planner.margin.stress import People, with_people
from planner.model.demand import demand
from planner.model.measures import MEASURES
from planner.result.tables import result_tables
from planner.result.verification import refuse_breaches
from planner.solver.highs import Terms
from planner.solver.laid_over import laid_over
from planner.solver.lexicographic import solve_levels
from planner.solver.outcome import LinearModel, Solution
from planner.solver.walk import Run, settle
from planner.verify import ClaimedPlan


class FutureFailedError(OpvangplanError):
    """There is no proven placement in a future."""


@dataclass(frozen=True)
class Tried:
    """What decisions come to in a future: levels in the order solved, and the measures."""

    levels: Mapping[str, float]
    measures: Mapping[str, float]


class Trial:
    """Decisions that are kept, and the first future they were tried in: the one planned for."""

    def __init__(self, case: Case, kept: Kept, cancel: CancelToken | None = None) -> None:
        """Try decisions in what a case expects.

        `FutureFailedError` where they cannot be kept there, `CancelledError` when cancelled,
        `ProgramFaultError` where what comes out does not hold when it is recounted.
        """
        self._case = case
        self._kept = kept
        self._cancel = cancel
        self._first = self._prepared(demand(case))
        self._model = fixed_at(self._first, kept)
        self._solution = self._cold(self._model)
        self.expected = self._tried(self._first, self._solution)
        self._recount(self._first, self._solution)

    def cold(self, people: People) -> Tried:
        """Return what the decisions come to with other people present, begun from nothing."""
        prepared = self._prepared(people)
        return self._tried(prepared, self._cold(fixed_at(prepared, self._kept)))

    def of(self, people: People) -> Tried:
        """Return what the decisions come to with other people present; errors as at first."""
        prepared = self._prepared(people)
        model = fixed_at(prepared, self._kept)
        values = self._warm(prepared, model)
        if values is None:
            values = self._cold(model).values
        return _figures(prepared, values)

    def _prepared(self, people: People) -> Prepared:
        return Prepared.of(with_people(self._case, people), whole=False)

    def _warm(self, prepared: Prepared, model: LinearModel) -> np.ndarray | None:
        """Return the columns of a plan walked from the bases of the first; None where that fails.

        Every level is proven by its own prices on the way, whatever it was begun from.
        """
        first = self._first
        over = laid_over(
            model, (prepared.columns, prepared.rows), self._model, (first.columns, first.rows)
        )
        bases = {
            each.name: over.basis_of(each.basis)
            for each in self._solution.levels
            if each.basis is not None
        }
        run = Run(over.model, Terms(cancel=self._cancel), None, bases=bases)
        run.begin = next(iter(bases.values()), None)
        stop = settle(run)
        if stop is Stop.CANCELLED:
            raise CancelledError
        if stop is not Stop.FINISHED or run.values is None:
            return None
        values: np.ndarray = run.values[over.columns]
        return values

    def _cold(self, model: LinearModel) -> Solution:
        outcome = solve_levels(model, cancel=self._cancel)
        if outcome.stop is Stop.CANCELLED:
            raise CancelledError
        if outcome.ending is not Ending.OPTIMAL or outcome.solution is None:
            raise FutureFailedError(message("ensemble.no_placement"))
        return outcome.solution

    def _tried(self, prepared: Prepared, solution: Solution) -> Tried:
        return _figures(prepared, solution.values)

    def _recount(self, prepared: Prepared, solution: Solution) -> None:
        case, levels = prepared.case, {each.name: each.value for each in solution.levels}
        tables = result_tables(prepared.problem, solution.values)
        refuse_breaches(case, ClaimedPlan(case.scenario, levels, tables))


def _figures(prepared: Prepared, values: np.ndarray) -> Tried:
    problem = prepared.problem
    levels = {
        each.content.level.value: float(each.costs @ values + each.constant)
        for each in problem.levels
    }
    measures = {
        each.name: problem.columns.value(each.of(problem.case, problem.choose), values)
        for each in MEASURES
    }
    return Tried(levels, measures)
