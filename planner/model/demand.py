"""How many people of each group are present in each month: plain arithmetic, no solver.

The forecast sheet gives the number where it has one. Otherwise it is computed from the sheet
Inflow; without that sheet the group stays at its number on the reference date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.core.display_names import called
from planner.core.texts import Message, Text, message
from planner.forecast.cohorts.people_present import people_present
from planner.input.case import Case, GroupMonth


def demand(case: Case) -> Mapping[GroupMonth, float]:
    """Return the people present per group and month, for every group and every planned month."""
    if case.inflow and _left_open(case):
        return people_present(case)
    present: dict[GroupMonth, float] = {}
    for group in case.groups:
        at_start = float(case.people_at_start(group))
        for month in case.months:
            present[group, month] = case.forecast.get((group, month), at_start)
    return present


def is_forecast(case: Case) -> bool:
    """Whether the sheet Forecast gives every group in every month, so that nothing is computed."""
    return bool(case.forecast) and not _left_open(case)


def is_computed(case: Case) -> bool:
    """Whether people follow from arrivals, for some group at least."""
    return bool(case.inflow) and bool(_left_open(case))


def demand_notes(case: Case) -> Iterator[Message]:
    """Yield what must be known about the demand before any figure of the plan is read."""
    open_ = _left_open(case)
    if open_ and case.inflow:
        yield message("plan.demand_computed", groups=_titles(open_))
        given = tuple(each for each in case.groups if any(g == each for g, _ in case.forecast))
        if given:
            yield message("plan.demand_given", groups=_titles(given))
        if not case.streams:
            yield message("plan.streams_supplied")
    elif not case.forecast:
        yield message("plan.demand_held", date=case.date)
    elif open_:
        yield message("plan.demand_partly_held", groups=_titles(open_), date=case.date)


def _titles(groups: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(called(each) for each in groups)


def _left_open(case: Case) -> tuple[str, ...]:
    """Return the groups that the forecast does not give in every month."""
    return tuple(
        group
        for group in case.groups
        if any((group, month) not in case.forecast for month in case.months)
    )
