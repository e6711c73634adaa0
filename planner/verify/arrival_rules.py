"""What falls short in the first days: registration places, room and intake, counted again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from planner.input.case import Case
from planner.input.kinds import LocationType, PlaceKind
from planner.input.people import Group
from planner.verify.breach import BreachPlace
from planner.verify.owed import PERSON, Owed, over, recounted
from planner.verify.people_rules import in_fallback
from planner.verify.tally import Tally

DAYS_A_YEAR, MONTHS_A_YEAR, WEEK = 365.25, 12, 7


def _registering_unplaced(case: Case, group: Group, month: dt.date) -> float:
    return _first(case, month) * group.registers


def _first(case: Case, month: dt.date) -> float:
    """Return what somebody counts who takes the place of who arrives, or has none on arriving."""
    return case.parameters.number("arriving_weight", month)


@recounted("norm", *PERSON, unplaced=_registering_unplaced)
def registration_elsewhere(tally: Tally) -> Iterator[Owed]:
    """People in registration in other places, by weight; in a pol, where there is a col, once."""
    for owed in in_fallback(tally, lambda group, _: group.registers):
        if owed.spot.month is not None:
            yield owed._replace(weight=_first(tally.case, owed.spot.month))
    registering, begins = _registering(tally), _where_people_begin(tally)
    for (group, place, kind, month), people in tally.claim.people.items():
        if group in registering and kind is PlaceKind.REGISTRATION and place not in begins:
            yield from over(BreachPlace(place, kind, group=group, month=month), people, 0.0)


@recounted("norm", "location", "kind", "month")
def registration_over(tally: Tally) -> Iterator[Owed]:
    """People of other groups where people arrive, by weight, if some group is in registration."""
    registering, begins = _registering(tally), _where_people_begin(tally)
    if not registering:
        return
    staying: dict[tuple[str, dt.date], float] = defaultdict(float)
    for (group, place, kind, month), people in tally.claim.people.items():
        if kind is PlaceKind.REGISTRATION and place in begins and group not in registering:
            staying[place, month] += people
    for (place, month), people in staying.items():
        spot = BreachPlace(place, PlaceKind.REGISTRATION, month=month)
        yield from over(spot, people, 0.0, _first(tally.case, month))


@recounted("norm", "month")
def room_to_arrive(tally: Tally) -> Iterator[Owed]:
    """Beds free at the arrival locations, below those that the busiest week asks for."""
    arrival = _arrival_locations(tally)
    for month in tally.case.months:
        week = _a_day(tally, month) * WEEK
        if arrival and week > 0:
            wanted = week * tally.case.parameters.number("peak_week_factor", month)
            beds = sum(tally.beds.capacity.get((place, month), 0.0) for place in arrival)
            people = sum(tally.at.get((place, month), 0.0) for place in arrival)
            yield from over(BreachPlace(month=month), wanted + people, beds)


@recounted("norm", "month")
def intake(tally: Tally) -> Iterator[Owed]:
    """People who arrive in a month beyond what the arrival locations can register."""
    weekly = {
        place: tally.case.locations[place].intake_per_week for place in _arrival_locations(tally)
    }
    if not weekly or None in weekly.values():
        return
    month_in_days = DAYS_A_YEAR / MONTHS_A_YEAR
    for month in tally.case.months:
        a_day = sum(
            (most or 0) / WEEK * tally.beds.share.get((place, month), 0.0)
            for place, most in weekly.items()
            if tally.case.locations[place].beds
        )
        coming = _a_day(tally, month)
        if coming > 0:
            yield from over(BreachPlace(month=month), coming * month_in_days, a_day * month_in_days)


@recounted("norm", "location", "month")
def arrivals_by_intake(tally: Tally) -> Iterator[Owed]:
    """People who arrive at a location in a month beyond its part of what all can register."""
    locations, registering = tally.case.locations, _registering(tally)
    cols = [place for place in _arrival_locations(tally) if locations[place].beds]
    weekly = {place: locations[place].intake_per_week for place in _arrival_locations(tally)}
    if None in weekly.values():
        return
    for month in tally.case.months:
        usable = [place for place in cols if tally.beds.terms[place].usable(month)]
        in_all, coming = sum(weekly[place] or 0 for place in usable), _a_day(tally, month) * WEEK
        if not usable[1:] or in_all == 0 or coming == 0:
            continue
        month_in_weeks = DAYS_A_YEAR / MONTHS_A_YEAR / WEEK
        for place in usable:
            there = sum(
                tally.claim.people.get((group, place, PlaceKind.REGISTRATION, month), 0.0)
                for group in registering
            )
            days = tally.case.parameters.number("registration_stay_days", month)
            arrive = there * WEEK / days
            part = (weekly[place] or 0) / in_all * max(in_all, coming)
            most = part * tally.beds.share.get((place, month), 0.0)
            spot = BreachPlace(place, month=month)
            yield from over(spot, arrive * month_in_weeks, most * month_in_weeks)


def _registering(tally: Tally) -> set[str]:
    return {each.group for each in tally.case.groups.values() if each.registers}


def _arrival_locations(tally: Tally) -> list[str]:
    return [each.id for each in tally.case.locations.values() if each.type is LocationType.COL]


def _where_people_begin(tally: Tally) -> set[str]:
    """Return the cols; where there is none, the pols, which have registration places too."""
    of_type = {each.id: each.type for each in tally.case.locations.values()}
    cols = {place for place, kind in of_type.items() if kind is LocationType.COL}
    return cols or {place for place, kind in of_type.items() if kind is LocationType.POL}


def _a_day(tally: Tally, month: dt.date) -> float:
    """Return who arrives in a day: the people in registration over the days they are there."""
    there = sum(tally.demand[group, month] for group in _registering(tally))
    return there / tally.case.parameters.number("registration_stay_days", month)
