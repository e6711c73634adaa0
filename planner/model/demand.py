"""How many people of each group are present in each month: plain arithmetic, no solver.

The forecast sheet gives the number where it has one. Otherwise it is computed from the sheet
Inflow; without that sheet the group stays at its number on the reference date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.core.display_names import called
from planner.core.texts import Message, Text, message
from planner.forecast.cohorts.people_present import Computed, compute, new_people, people_present
from planner.input.case import Case, GroupMonth
from planner.model.asked import Asked, Changed


@dataclass(frozen=True)
class Demand:
    """The people present per group and planned month, and which part must have a school seat.

    It keeps the case that it was made of, and what was asked of that.
    """

    people: Mapping[GroupMonth, float]
    pupils: Mapping[GroupMonth, float]
    case: Case = field(compare=False, repr=False)
    asked: Asked = field(compare=False, repr=False)

    def of(self, case: Case) -> Demand:
        """Return the demand of another case: this one where all that it was made of is equal."""
        return demand_of(case) if Changed(self.case, case).touches(self.asked) else self


def demand_of(case: Case) -> Demand:
    """Return the demand of a case; what follows from arrivals is calculated once."""
    asked = Asked()
    noted = asked.of(case)
    computed = compute(noted) if is_computed(noted) else None
    people = demand(noted, computed)
    return Demand(people, pupil_shares(noted, people, computed), case, asked)


def demand(case: Case, computed: Computed | None = None) -> Mapping[GroupMonth, float]:
    """Return the people present per group and month, for every group and every planned month."""
    if is_computed(case):
        return people_present(computed or compute(case))
    present: dict[GroupMonth, float] = {}
    for group in case.groups:
        at_start = float(case.people_at_start(group))
        for month in case.months:
            present[group, month] = case.forecast.get((group, month), at_start)
    return present


def pupil_shares(
    case: Case, present: Mapping[GroupMonth, float], computed: Computed | None = None
) -> Mapping[GroupMonth, float]:
    """Return the part of each group that must have a school seat, by month.

    Who is of school age, less who came so lately that schooling may still wait: two months by
    Article 16(2) of Directive (EU) 2024/1346. That follows from arrivals alone; of a number that
    the sheet Forecast gives, nobody is taken for new.
    """
    if case.pupils:
        return case.pupils
    pupils = {name: each.school_share for name, each in case.groups.items() if each.school_share}
    new: Mapping[GroupMonth, float] = {}
    if pupils and is_computed(case):
        new = new_people(computed or compute(case))
    found: dict[GroupMonth, float] = {}
    for (group, month), people in present.items():
        lately = 0.0 if (group, month) in case.forecast else new.get((group, month), 0.0)
        longer = max(0.0, 1.0 - lately / people) if people > 0 else 1.0
        found[group, month] = pupils.get(group, 0.0) * longer
    return found


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
