"""The one place where a plan is recomputed without the solver."""

from __future__ import annotations

from planner.core.errors import ProgramFaultError
from planner.core.texts import message
from planner.input.case import Case
from planner.result.plan import Plan
from planner.verify import Breach, ClaimedPlan, verify


def breaches_of(case: Case, plan: Plan) -> tuple[Breach, ...]:
    """Return everything in a plan that does not hold against its input; nothing where it holds."""
    return verify(case, _claim(plan))


def verified(case: Case, plan: Plan) -> Plan:
    """Return a plan that holds; `ProgramFaultError` where one that was just made does not."""
    refuse_breaches(case, _claim(plan))
    return plan


def refuse_breaches(case: Case, claimed: ClaimedPlan) -> None:
    """Recompute what a solve came to; `ProgramFaultError` where it does not hold."""
    breaches = verify(case, claimed)
    if breaches:
        first = breaches[0].what
        raise ProgramFaultError(message("plan.at_fault", count=len(breaches), first=first))


def _claim(plan: Plan) -> ClaimedPlan:
    levels = {level.name: level.value for level in plan.levels}
    return ClaimedPlan(plan.scenario, levels, plan.tables, whole=plan.whole)
