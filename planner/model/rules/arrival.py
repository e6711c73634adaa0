"""Rules on the first days: registration places for those who arrive, room and intake for more.

The plan counts the people who are there on the first day of a month; who arrives in a week follows
from the people in registration and how long they are there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from math import fsum

from planner.core.law import (
    COA_ARRIVAL,
    IMPLEMENTATION_PLAN,
    INPUT,
    LETTER_APRIL_2026,
    SCREENING,
)
from planner.input.case import Case
from planner.input.kinds import LocationType, PlaceKind, Standing
from planner.input.location import Location
from planner.model.algebra import Constraint, Key, at_least, at_most, total
from planner.model.decisions import Decisions
from planner.model.rules.dublin import fallback_rows
from planner.model.rules.limit import AddedBeds
from planner.model.rules.rule import Level, rule

DAYS_A_WEEK = 7.0
WEEKS_A_MONTH = 365.25 / DAYS_A_WEEK / 12.0


def arrivals_a_week(case: Case, choose: Decisions, month: dt.date) -> float:
    """Return who arrives in a week: the people in registration, divided by their stay there."""
    people = fsum(choose.demand[name, month] for name in case.groups if case.groups[name].registers)
    return people * arrivals_per_person(case, month)


def arrivals_per_person(case: Case, month: dt.date) -> float:
    """Return how many people arrive in a week for each person who is in registration."""
    return DAYS_A_WEEK / case.parameters.number("registration_stay_days", month)


def _somebody_registers(case: Case) -> bool:
    return any(group.registers for group in case.groups.values())


def _arrival_locations(case: Case) -> list[Location]:
    """Return the locations where people arrive."""
    return [each for each in case.locations.values() if _only_arrival(each) is not None]


def _only_arrival(location: Location) -> str | None:
    return "" if location.type is LocationType.COL else None


def _where_people_arrive(case: Case) -> list[Location]:
    """Return the arrival locations; without any, every location with registration places."""
    return _arrival_locations(case) or [
        each for each in case.locations.values() if each.type.base_kind is PlaceKind.REGISTRATION
    ]


def _arriving(case: Case, month: dt.date) -> float:
    """Return what a place counts that is taken from who arrives, who comes before who stays on."""
    return case.parameters.number("arriving_weight", month)


def _counts_registering(case: Case, group: str, month: dt.date) -> float:
    return _arriving(case, month) * case.groups[group].registers


@rule(
    standing=Standing.POLICY,
    source=SCREENING.article("8"),
    unit="persons",
    level=Level.NORM,
    parameters=("arriving_weight",),
    counts_unplaced=_counts_registering,
)
def registration_elsewhere(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People in registration who are in another kind of place are counted, and those in a pol.

    A pol registers too, but whoever arrives begins at the col.
    """
    weights = {month: _arriving(case, month) for month in case.months}
    yield from fallback_rows(case, choose, lambda group, _: group.registers, weights)
    arrival = {each.id for each in _where_people_arrive(case)}
    for (group, location, kind, month), people in choose.people.items():
        in_pol = kind is PlaceKind.REGISTRATION and location not in arrival
        if in_pol and case.groups[group].registers:
            yield at_most(people, 0, Key(group, location, kind, month))


@rule(
    standing=Standing.POLICY,
    source=COA_ARRIVAL.at("col: 3 tot 10 dagen", "col: 3 to 10 days"),
    unit="persons",
    level=Level.NORM,
    parameters=("arriving_weight",),
)
def registration_over(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People of other groups at the arrival locations are counted per location.

    The registration stay is shorter than the month that the plan counts in, so that whoever is of
    another group has been there longer. A pol is for the procedure, and that group may live there.
    Who stays takes the place of who arrives, so counts as much: more than a bed above the norm.
    """
    if not _somebody_registers(case):
        return
    for location in _where_people_arrive(case):
        for month in case.months:
            keys = (
                (group.group, location.id, PlaceKind.REGISTRATION, month)
                for group in case.groups.values()
                if not group.registers
            )
            people = [choose.people[key] for key in keys if key in choose.people]
            if people:
                key = Key(location=location.id, kind=PlaceKind.REGISTRATION, month=month)
                yield at_most(total(people), 0, key, weight=_arriving(case, month))


@rule(
    standing=Standing.POLICY,
    source=LETTER_APRIL_2026.at(
        "COA: kwetsbaarheid van één locatie", "COA: vulnerability of a single location"
    ),
    unit="places",
    level=Level.NORM,
    parameters=("registration_stay_days", "peak_week_factor"),
    beds=AddedBeds(at=_only_arrival),
    by_people=True,
)
def room_to_arrive(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Beds of the arrival locations less the people there reach the busiest week's arrivals.

    The busiest week of a month has its mean week times the factor.
    """
    arrival = _arrival_locations(case)
    for month in case.months:
        week = arrivals_a_week(case, choose, month)
        if arrival and week > 0:
            beds = total(choose.capacity(each, month) for each in arrival)
            people = total(c for each in arrival for c in choose.people_at(case, each, month))
            factor = case.parameters.number("peak_week_factor", month)
            yield at_least(beds - people, factor * week, Key(month=month))


@rule(
    standing=Standing.POLICY,
    source=IMPLEMENTATION_PLAN.at("§2.1"),
    unit="persons",
    level=Level.NORM,
    parameters=("registration_stay_days",),
    by_people=True,
)
def intake(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The month's arrivals stay within the intake of the arrival locations, as far as open."""
    arrival = _arrival_locations(case)
    if not arrival or any(each.intake_per_week is None for each in arrival):
        return
    for month in case.months:
        week = arrivals_a_week(case, choose, month)
        if week > 0:
            most = total(
                WEEKS_A_MONTH * (each.intake_per_week or 0.0) / each.beds
                * choose.capacity(each, month)
                for each in arrival
                if each.beds
            )  # fmt: skip
            yield at_least(most, WEEKS_A_MONTH * week, Key(month=month))


@rule(
    standing=Standing.CHOICE,
    source=INPUT.at("aanmeldcapaciteit per locatie", "intake per location"),
    unit="persons",
    level=Level.NORM,
    parameters=("registration_stay_days",),
)
def arrivals_by_intake(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """A month's arrivals at each arrival location stay within its intake, as far as it is open.

    Where all that can be open take in less than arrive, each has that much more, in proportion.
    So one location is not left empty for a month while the other takes in everybody.
    """
    arrival = _arrival_locations(case)
    if any(each.intake_per_week is None for each in arrival):
        return
    registering = [group.group for group in case.groups.values() if group.registers]
    for month in case.months:
        there = [each for each in arrival if each.beds and (each.id, month) in choose.footing]
        week, most = arrivals_a_week(case, choose, month), fsum(map(_intake, there))
        if not there[1:] or not week or not most:
            continue
        taken, arriving = max(1.0, week / most), arrivals_per_person(case, month)
        for each in there:
            keys = ((name, each.id, PlaceKind.REGISTRATION, month) for name in registering)
            people = [choose.people[key] for key in keys if key in choose.people]
            room = taken * _intake(each) / each.beds * choose.capacity(each, month)
            if people:
                left = WEEKS_A_MONTH * (arriving * total(people) - room)
                yield at_most(left, 0, Key(location=each.id, month=month))


def _intake(location: Location) -> float:
    return location.intake_per_week or 0.0
