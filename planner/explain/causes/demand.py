"""Causes in demand: more people of a group, or of all together, than at the start or just before.

Of all together, everybody who is more counts for as much of the rise as of all who are more; who
passed from one group to another is no rise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from math import fsum

from planner.explain.causes.cause import AskedCauses, Cause, Evidence
from planner.explain.changes import with_people
from planner.explain.solved import NOTHING, Solved
from planner.input.case import Case, GroupMonth
from planner.input.months import later
from planner.model.rules.limit import LimitKind

Without = Callable[[Case], Case]
# A rise of this part of the people at the start shows plainly.
PLAIN_RISE = 0.05
# All groups together: against the start, and against the month before the shortfall.
WHOLE, SINCE = "demand_whole", "demand_since"


def demand_causes(asked: AskedCauses) -> Iterator[Cause]:
    """Yield groups of whom there are more in the months that fall short than at the start."""
    for group in () if asked.about_beds else asked.case.groups:
        reference = _reference(asked, group)
        rises = {
            month: rise
            for month in asked.by_month
            if (rise := _rise(asked, group, reference, month)) > 0
        }
        removes = fsum(
            min(rise * _person(asked, group, month), asked.by_month[month])
            for month, rise in rises.items()
        )
        if rises and removes > 0:
            yield Cause(
                sort=LimitKind.DEMAND.value,
                subject=group,
                removes=removes,
                shown=_shown(asked, reference, rises),
                without=_held(asked, _less_by(asked, group, rises)),
                cells=tuple(("forecast", f"{month}|{group}", "people") for month in rises),
                fields=(
                    ("group", group),
                    ("start", reference),
                    ("most", reference + max(rises.values())),
                ),
            )


def _rise(asked: AskedCauses, group: str, reference: float, month: dt.date) -> float:
    """Return how many more people of a group there are, as far as there are more people at all.

    Who passes from one group to another is no rise: the other group became smaller by as many.
    """
    demand = asked.solved.problem.choose.demand
    more = demand[group, month] - reference
    everybody = fsum(demand[other, month] - _reference(asked, other) for other in asked.case.groups)
    return min(more, everybody)


def _reference(asked: AskedCauses, group: str) -> float:
    return people_at_start(asked.solved)[group]


def people_at_start(solved: Solved) -> Mapping[str, float]:
    """Return by group the people at the start, or in the first month where nobody was counted."""
    case = solved.case
    if any(case.occupancy.values()):
        return {group: float(case.people_at_start(group)) for group in case.groups}
    return {group: solved.problem.choose.demand[group, case.months[0]] for group in case.groups}


def _person(asked: AskedCauses, group: str, month: dt.date) -> float:
    """Return what a person more of a group in a month costs at the shortfall's level."""
    prices = asked.beds.person.get((group, month))
    return 0.0 if prices is None else max(float(prices[asked.level]), 0.0)


def _shown(asked: AskedCauses, reference: float, rises: dict[dt.date, float]) -> Evidence:
    """Return how plainly a rise shows: plainly where it is no trifle and the shortfall begins."""
    first = min(rises)
    little = max(rises.values()) < PLAIN_RISE * max(reference, 1.0)
    return Evidence.WITHIN if little or not asked.begins(first) else Evidence.PLAINLY


def _less_by(
    asked: AskedCauses, group: str, rises: Mapping[dt.date, float]
) -> Mapping[GroupMonth, float]:
    """Return the people of a group in the months of a rise, without it."""
    demand = asked.solved.problem.choose.demand
    return {(group, month): demand[group, month] - rise for month, rise in rises.items()}


def _held(asked: AskedCauses, held: Mapping[GroupMonth, float]) -> Without:
    """Return the case with so many people, or with as few as it has already."""
    problem = asked.solved.problem

    def without(case: Case) -> Case:
        given = case.forecast if case is not asked.case else {}
        fewer = {key: min(people, given.get(key, people)) for key, people in held.items()}
        return with_people(case, fewer, problem)

    return without


def whole_demand_causes(asked: AskedCauses) -> Iterator[Cause]:
    """Yield the rise of all groups together: since the start, and since the month before."""
    if asked.about_beds or not asked.by_month:
        return
    start = people_at_start(asked.solved)
    yield from _together(asked, WHOLE, start, ())
    before = later(min(asked.by_month), -1)
    if before in asked.case.months:
        demand = asked.solved.problem.choose.demand
        just_before = {group: demand[group, before] for group in asked.case.groups}
        if fsum(just_before.values()) > fsum(start.values()) + NOTHING:
            yield from _together(asked, SINCE, just_before, (("from_month", before),))


def rise_by_group(
    demand: Mapping[GroupMonth, float], reference: Mapping[str, float], month: dt.date
) -> Mapping[str, float]:
    """Return by group how many people of the rise of all in a month are of it, in persons."""
    above = {group: demand[group, month] - known for group, known in reference.items()}
    risen = {group: by for group, by in above.items() if by > 0}
    rise = fsum(above.values())
    if rise <= NOTHING:
        return {}
    return {group: by * rise / fsum(risen.values()) for group, by in risen.items()}


def _together(
    asked: AskedCauses,
    sort: str,
    reference: Mapping[str, float],
    more: tuple[tuple[str, object], ...],
) -> Iterator[Cause]:
    """Yield the rise of all groups together above how many there were, if several groups rise."""
    demand, whole = asked.solved.problem.choose.demand, fsum(reference.values())
    held: dict[GroupMonth, float] = {}
    rises: dict[dt.date, float] = {}
    removes = 0.0
    for month in asked.by_month:
        less = rise_by_group(demand, reference, month)
        if len(less) <= 1:
            continue
        held |= {(group, month): demand[group, month] - by for group, by in less.items()}
        rises[month] = fsum(less.values())
        saved = fsum(by * _person(asked, group, month) for group, by in less.items())
        removes += min(saved, asked.by_month[month])
    if removes > 0:
        yield Cause(
            sort=sort,
            subject="",
            removes=removes,
            shown=_shown(asked, whole, rises),
            without=_held(asked, held),
            cells=tuple(("forecast", f"{month}|{group}", "people") for group, month in held),
            fields=(("start", whole), ("most", whole + max(rises.values())), *more),
        )
