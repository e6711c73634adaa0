"""The one place where a plan is recomputed without the solver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.core.errors import ProgramFaultError
from planner.core.task_control import TaskControl
from planner.core.texts import message
from planner.input.case import Case
from planner.model.build import Problem
from planner.result.breach_titles import titled
from planner.result.plan import HOLDS, VERDICT, Plan
from planner.result.tables import result_tables
from planner.verify import Breach, ClaimedPlan, verify


def breaches_of(case: Case, plan: Plan) -> tuple[Breach, ...]:
    """Return everything in a plan that does not hold against its input; nothing where it holds."""
    return tuple(map(titled, verify(case, _claim(plan))))


def verified(case: Case, plan: Plan, control: TaskControl | None = None) -> Plan:
    """Return a plan that holds; `ProgramFaultError` where one that was just made does not.

    `CancelledError` where whoever has the `control` waits no longer.
    """
    _refuse_breaches(case, _claim(plan), control)
    provenance = {**plan.provenance, VERDICT: HOLDS}
    record = None if plan.record is None else {**plan.record, "provenance": provenance}
    return replace(plan, provenance=provenance, record=record)


def _refuse_breaches(case: Case, claimed: ClaimedPlan, control: TaskControl | None = None) -> None:
    """Recompute what a solve came to; `ProgramFaultError` where it does not hold."""
    breaches = verify(case, claimed, control)
    if breaches:
        first = breaches[0].what
        raise ProgramFaultError(message("plan.at_fault", count=len(breaches), first=first))


def verified_tables(
    problem: Problem, values: np.ndarray, levels: Mapping[str, float], *, whole: bool = False
) -> dict[str, pd.DataFrame]:
    """Return the result tables of a solution that hold; `ProgramFaultError` where they do not.

    `values` are by column of the problem, `levels` what each came to in the order solved; `whole`
    is whether openings, extensions and DOL parts were all or nothing.
    """
    tables = result_tables(problem, values)
    scenario = problem.case.scenario
    _refuse_breaches(problem.case, ClaimedPlan(scenario, levels, tables, whole=whole))
    return tables


def _claim(plan: Plan) -> ClaimedPlan:
    return ClaimedPlan(plan.scenario, plan.level_values, plan.tables, whole=plan.whole)
