"""What falls short for the rise of all groups together, level by level, of a large plan.

A trial of a large plan takes as long as a good part of it, so that its shortfalls get no causes of
their own by themselves. One trial tells of all levels at once what they would come to with no more
people than at the start. Fewer people leave rows and columns what they are, so that the solved
problem is solved again with other limits, and not built anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum

from planner.core.memory import give_back
from planner.core.outcome import Ending
from planner.core.task_control import TaskControl
from planner.explain.causes.demand import people_at_start, rise_by_group
from planner.explain.solved import Solved
from planner.input.case import GroupMonth
from planner.model.decisions import Decisions
from planner.model.rules.limit import LimitKind
from planner.model.rules.rule import Level
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel, NearPlan
from planner.solver.rounding import kept_whole

# The last level that is solved again: later ones take most of the time, and are no shortfalls that
# people make alone.
LAST = Level.EMERGENCY
# So few people as make no row go away.
_NOBODY = 1e-9


@dataclass(frozen=True)
class RiseOfAll:
    """All people at the start and at most, and the levels up to one with and without the rise.

    `before` and `after` are the levels' values in their order and unit.
    """

    start: float
    most: float
    before: tuple[float, ...]
    after: tuple[float, ...]


def rise_of_all(solved: Solved, control: TaskControl) -> RiseOfAll | None:
    """Return what the levels come to without the rise of all; `None` where there is none.

    `None` too where fewer people make other rows, or no plan came out.
    """
    held, start, most = people_without_rise(solved)
    if not held:
        return None
    choose = solved.problem.choose
    last = solved.level_place(LAST.value)
    fewer = replace(choose, demand={**choose.demand, **held})
    model = _with_people(solved, fewer, last, control)
    if model is None:
        return None
    give_back()  # what the rows without the rise were made in
    control.begin_trial()
    control.check()
    outcome = solve_levels(model, cancel=control.cancel, near=_plan_near(solved, last))
    give_back()
    control.check()
    if outcome.ending is not Ending.OPTIMAL or outcome.solution is None:
        return None
    before = tuple(each.value for each in solved.solution.levels[: last + 1])
    after = tuple(each.value for each in outcome.solution.levels)
    return RiseOfAll(start, most, before, after)


def _plan_near(solved: Solved, last: int) -> NearPlan | None:
    """Return where the plan itself sat at a level: fewer people leave most of it there."""
    basis = solved.solution.levels[last].basis
    return None if basis is None else NearPlan(LAST.value, basis)


def people_without_rise(solved: Solved) -> tuple[Mapping[GroupMonth, float], float, float]:
    """Return how many people would be there without the rise, and all at the start and at most.

    By group and month, of those months only in which there are more than at the start.
    """
    start, demand = people_at_start(solved), solved.problem.choose.demand
    held: dict[GroupMonth, float] = {}
    most = fsum(start.values())
    for month in solved.case.months:
        less = rise_by_group(demand, start, month)
        most = max(most, fsum(start.values()) + fsum(less.values()))
        for group, by in less.items():
            held[group, month] = max(demand[group, month] - by, _NOBODY)
    return held, fsum(start.values()), most


def _with_people(
    solved: Solved, choose: Decisions, last: int, control: TaskControl
) -> LinearModel | None:
    """Return the solved model up to a level with other people; `None` where its rows are others.

    Whole decisions stay as they were taken.
    """
    model = kept_whole(linear_model(solved.problem), solved.solution.values)
    lower, upper, values = model.row_lower.copy(), model.row_upper.copy(), model.values.copy()
    matter = {None, *(solved.level(at).level for at in range(last + 1))}
    for rows in solved.by_rule.values():
        control.check()
        rule = rows[0].rule
        if rule.level not in matter or not (rule.by_people or rule.limit is LimitKind.DEMAND):
            continue
        after = list(rule.rows(solved.case, choose))
        if [each.row.key for each in rows] != [each.key for each in after]:
            return None
        for each, now in zip(rows, after, strict=True):
            if each.number is None:  # counted, and not solved
                if dict(now.left.items()) != dict(each.row.left.items()):
                    return None
                continue
            lower[each.number] += now.limit - each.row.limit
            upper[each.number] += now.limit - each.row.limit
            shares = {choose.columns.index(column): share for column, share in now.left.items()}
            for entry in range(model.starts[each.number], model.starts[each.number + 1]):
                values[entry] = shares.get(int(model.indices[entry]), values[entry])
    return replace(
        model,
        row_lower=lower,
        row_upper=upper,
        values=values,
        levels=model.levels[: last + 1],
    )
