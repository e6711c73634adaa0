"""What a case comes to as a plan, with decisions of its own or with somebody else's kept.

Nothing is explained, which is most of the work of a plan; everything is verified as a plan is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from planner.core.display_names import called
from planner.core.errors import OpvangplanError
from planner.core.outcome import CancelToken
from planner.core.texts import message
from planner.input.case import Case
from planner.model.build import Problem, build
from planner.model.fixed_decisions import FixedDecisions
from planner.planning import PlanOptions, plan_without_reasons
from planner.result.plan import Plan
from planner.solver.fix_decisions import keeping
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import Outcome


class NoOutcomeError(OpvangplanError):
    """There is no proven plan to go on with."""


@dataclass(frozen=True)
class KeptDecisions:
    """A plan in which decisions of another were kept as far as its case allows.

    `departed` is how many places they are departed from, and `without_use` which of them the case
    does not know: location, decision, month, value.
    """

    plan: Plan
    departed: float
    without_use: tuple[tuple[str, str, dt.date | None, float], ...]


def best_plan(case: Case, cancel: CancelToken | None = None) -> Plan:
    """Return the best plan of a case in shares of locations, without reasons.

    `CancelledError` when cancelled, `NoOutcomeError` when there is no plan; `ProgramFaultError`
    where the plan does not hold when it is recomputed without the solver.
    """
    problem = build(case)
    outcome = _proven(case, solve_levels(linear_model(problem), cancel=cancel))
    return plan_without_reasons(problem, outcome, PlanOptions())


def plan_keeping(
    case: Case, decided: FixedDecisions, cancel: CancelToken | None = None
) -> KeptDecisions:
    """Return the best plan of a case that keeps decisions as far as it allows.

    Raises what `best_plan` raises.
    """
    problem = build(case)
    model = keeping(linear_model(problem), problem, decided)
    outcome = _proven(case, solve_levels(model, cancel=cancel))
    departed, own = _own(problem, outcome)
    return KeptDecisions(
        plan_without_reasons(problem, own, PlanOptions()),
        departed,
        tuple(decided.without_use(problem.choose)),
    )


def decided_in(plan: Plan) -> FixedDecisions:
    """Return what a plan decides."""
    return FixedDecisions.of_table(plan.tables["decisions"])


def _proven(case: Case, outcome: Outcome) -> Outcome:
    """Return an outcome that is proven the best; `NoOutcomeError` for any other."""
    if outcome.proven() is None:
        raise NoOutcomeError(message("compare.no_outcome", scenario=called(case.scenario)))
    return outcome


def _own(problem: Problem, outcome: Outcome) -> tuple[float, Outcome]:
    """Return what decisions are departed from, and the outcome without what measures that.

    It is the first level; behind the problem's own columns stand those that it counts.
    """
    solution = outcome.solution
    if solution is None:
        raise ValueError("an outcome without a solution decides nothing")
    first, *levels = solution.levels
    values = np.resize(solution.values, len(problem.columns))
    own = replace(solution, values=values, levels=tuple(levels))
    return first.value, replace(outcome, solution=own)
