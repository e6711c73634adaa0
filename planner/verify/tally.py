"""`Tally`: the people of a plan added up in the ways that the checks need."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.verify.arrivals import newcomers_from_arrivals, people_from_arrivals
from planner.verify.claim import Claim
from planner.verify.terms import Beds, beds_of

GroupMonth = tuple[str, dt.date]
PlaceMonth = tuple[str, dt.date]


@dataclass(frozen=True)
class Tally:
    """A plan's figures, and its people by whom and where; absent keys are zero.

    `in_kind` by (location, kind, month), `of_group` by (group, location, month), `at` by
    (location, month), `placed`, `demand` and `unplaced` by (group, month), and so `pupils`, the
    part of a group that must have a school seat.
    """

    case: Case
    claim: Claim
    beds: Beds
    in_kind: dict[tuple[str, PlaceKind, dt.date], float]
    of_group: dict[tuple[str, str, dt.date], float]
    at: dict[PlaceMonth, float]
    placed: dict[GroupMonth, float]
    demand: dict[GroupMonth, float]
    pupils: dict[GroupMonth, float]
    unplaced: dict[GroupMonth, float]


def tally(case: Case, claim: Claim) -> Tally:
    """Return the sums of a plan's people; the demand comes from the case alone."""
    in_kind: dict[tuple[str, PlaceKind, dt.date], float] = defaultdict(float)
    of_group: dict[tuple[str, str, dt.date], float] = defaultdict(float)
    at: dict[PlaceMonth, float] = defaultdict(float)
    placed: dict[GroupMonth, float] = defaultdict(float)
    for (group, location, kind, month), people in claim.people.items():
        in_kind[location, kind, month] += people
        of_group[group, location, month] += people
        at[location, month] += people
        placed[group, month] += people
    demand = expected(case)
    return Tally(
        case,
        claim,
        beds_of(case, claim),
        dict(in_kind),
        dict(of_group),
        dict(at),
        dict(placed),
        demand,
        pupils_of(case, demand),
        {key: max(0.0, people - placed.get(key, 0.0)) for key, people in demand.items()},
    )


def pupils_of(case: Case, demand: dict[GroupMonth, float]) -> dict[GroupMonth, float]:
    """Return the part of each group that goes to school and has been there long enough to."""
    if case.pupils:
        return dict(case.pupils)
    whole = any((group, each) not in case.forecast for group in case.groups for each in case.months)
    new = newcomers_from_arrivals(case) if case.inflow and whole else {}
    found = {}
    for (name, month), people in demand.items():
        given = (name, month) in case.forecast
        waiting = 0.0 if given or not people else new.get((name, month), 0.0) / people
        found[name, month] = case.groups[name].school_share * max(0.0, 1.0 - waiting)
    return found


def expected(case: Case) -> dict[GroupMonth, float]:
    """Return the people to house: the forecast, else as arrivals say, else as on the first day."""
    keys = [(group, month) for group in case.groups for month in case.months]
    if case.inflow and any(key not in case.forecast for key in keys):
        otherwise = people_from_arrivals(case)
    else:
        otherwise = {(group, month): float(case.people_at_start(group)) for group, month in keys}
    return {key: case.forecast.get(key, otherwise[key]) for key in keys}
