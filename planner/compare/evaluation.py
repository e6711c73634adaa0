"""What a case comes to, with decisions of its own or with somebody else's kept: figures only.

Nothing is explained, which is most of the work of a plan; everything is verified as a plan is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.core.errors import CancelledError, OpvangplanError
from planner.core.outcome import CancelToken, Ending, Stop
from planner.core.texts import message
from planner.input.case import Case
from planner.model.build import Problem, build
from planner.model.fixed_decisions import FixedDecisions
from planner.result.again import measures_of
from planner.result.tables import result_tables
from planner.result.verification import refuse_breaches
from planner.solver.fix_decisions import LEVEL, keeping
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import Solution
from planner.verify import ClaimedPlan


class NoOutcomeError(OpvangplanError):
    """There is no proven plan to go on with."""


@dataclass(frozen=True)
class Figures:
    """What a case comes to: its levels in the order solved, its measures and result tables.

    `departed` is how many places the decisions that were to be kept are departed from, and
    `without_use` which of them the case does not know: location, decision, month, value.
    """

    scenario: str
    levels: Mapping[str, float]
    measures: Mapping[str, float]
    tables: Mapping[str, pd.DataFrame]
    departed: float = 0.0
    without_use: tuple[tuple[str, str, dt.date | None, float], ...] = ()

    @property
    def decided(self) -> FixedDecisions:
        """What was decided."""
        return FixedDecisions.of_table(self.tables["decisions"])


def evaluate(
    case: Case, decided: FixedDecisions | None = None, cancel: CancelToken | None = None
) -> Figures:
    """Return what a case comes to, at its best or with decisions kept as far as it allows.

    `CancelledError` when cancelled, `NoOutcomeError` when there is no plan; `ProgramFaultError`
    where the plan does not hold when it is recomputed without the solver.
    """
    problem = build(case)
    model = linear_model(problem)
    if decided is not None:
        model = keeping(model, problem, decided)
    outcome = solve_levels(model, cancel=cancel)
    if outcome.stop is Stop.CANCELLED:
        raise CancelledError
    if outcome.ending is not Ending.OPTIMAL or outcome.solution is None:
        raise NoOutcomeError(message("compare.no_outcome", scenario=case.scenario))
    return _figures(problem, outcome.solution, decided)


def _figures(problem: Problem, solution: Solution, decided: FixedDecisions | None) -> Figures:
    """Return the figures of a solution, verified."""
    case = problem.case
    # Behind the problem's own columns stand those that take up what decisions are departed from.
    values = np.resize(solution.values, len(problem.columns))
    levels = {each.name: each.value for each in solution.levels}
    departed = levels.pop(LEVEL, 0.0)
    tables = result_tables(problem, values)
    refuse_breaches(case, ClaimedPlan(case.scenario, levels, tables))
    measures = {name: each.value for name, each in measures_of(problem, values).items()}
    unused = () if decided is None else tuple(decided.without_use(problem.choose))
    return Figures(case.scenario, levels, measures, tables, departed, unused)
