"""How many people of each group are present in each month: plain arithmetic, no solver.

The forecast sheet gives the number where it has one. Otherwise it is computed from the sheet
Inflow; without that sheet the group stays at its number on the reference date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from planner.core.display_names import called
from planner.core.texts import Message, Text, message
from planner.forecast.cohorts.people_present import Computed, compute, new_people, people_present
from planner.input.case import Case, GroupMonth
from planner.input.parameters import Parameters

Value = TypeVar("Value")


@dataclass(frozen=True)
class Demand:
    """The people present per group and planned month, and which part must have a school seat."""

    people: Mapping[GroupMonth, float]
    pupils: Mapping[GroupMonth, float]


# What no part of the demand is read from: a case that differs in nothing else has the same demand.
NOT_ABOUT_PEOPLE = {
    "scenario",
    "locations",
    "provinces",
    "ceilings",
    "preferences",
    "previous",
    "pins",
    "municipalities",
    "production",
    "decided",
    "beyond_forecast",
}


def has_same_demand(one: Case, other: Case) -> bool:
    """Whether two cases, of which one was made from the other, have the very same people in them.

    What was not changed is the same object then; an equal one may be told as another.
    """
    return all(
        getattr(one, each.name) is getattr(other, each.name)
        for each in fields(Case)
        if each.name not in NOT_ABOUT_PEOPLE
    )


class DemandKept:
    """The demand of a case, and of which parameters it was made: much of a case is not in it."""

    def __init__(self, case: Case) -> None:
        """Work the demand out, and see which parameters are asked for."""
        by_name, dated = _Seen(case.parameters.by_name), _Seen(case.parameters.dated)
        self._case = case
        self.demand = demand_of(replace(case, parameters=Parameters(by_name, dated)))
        self._asked = frozenset(by_name.asked | dated.asked)

    def of(self, case: Case) -> DemandKept:
        """Return the demand of another case: this one where all that it was made of is equal."""
        return self if self._is_as_before(case) else DemandKept(case)

    def _is_as_before(self, case: Case) -> bool:
        mine, other = self._case, case
        rest = {each.name for each in fields(Case)} - NOT_ABOUT_PEOPLE - {"parameters"}
        if any(getattr(mine, name) != getattr(other, name) for name in rest):
            return False
        if any(
            list(getattr(mine.parameters, each)) != list(getattr(other.parameters, each))
            for each in ("by_name", "dated")
        ):
            return False  # which parameters there are is asked too
        return all(
            mine.parameters.by_name.get(name) == other.parameters.by_name.get(name)
            and mine.parameters.dated.get(name) == other.parameters.dated.get(name)
            for name in self._asked
        )


class _Seen(Mapping[str, Value]):
    """A mapping that remembers whose values were asked of it."""

    def __init__(self, given: Mapping[str, Value]) -> None:
        self._given = given
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Value:
        self.asked.add(name)
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


def demand_of(case: Case) -> Demand:
    """Return the demand of a case; what follows from arrivals is calculated once."""
    computed = compute(case) if is_computed(case) else None
    people = demand(case, computed)
    return Demand(people, pupil_shares(case, people, computed))


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
