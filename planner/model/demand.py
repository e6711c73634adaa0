"""How many people of each group are present in each month: plain arithmetic, no solver.

The forecast sheet gives the number where it has one; otherwise the group stays at its number on
the reference date. The calculation from arrivals will stand here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.tables.case import Case, GroupMonth
from planner.texts import Message, message


def demand(case: Case) -> Mapping[GroupMonth, float]:
    """Return the people present per group and month, for every group and every planned month."""
    present: dict[GroupMonth, float] = {}
    for group in case.groups:
        at_start = float(case.people_at_start(group))
        for month in case.months:
            present[group, month] = case.forecast.get((group, month), at_start)
    return present


def demand_notes(case: Case) -> Iterator[Message]:
    """Yield what must be known about the demand before any figure of the plan is read."""
    if not case.forecast:
        yield message("plan.demand_held", date=case.date)
        return
    held = tuple(
        group
        for group in case.groups
        if any((group, month) not in case.forecast for month in case.months)
    )
    if held:
        yield message("plan.demand_partly_held", groups=held, date=case.date)
