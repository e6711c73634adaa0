"""Rules on where people can be: places, beds, contracts, the occupancy norm, ceilings, moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from planner.core.law import (
    AFTER_TRANSFER_DECISION,
    AGREEMENT,
    BY_NATIONAL_LAW,
    COA_NORM,
    CONTRACT,
    INPUT,
    MODEL,
    RECEPTION,
)
from planner.input.case import Case
from planner.input.kinds import Ground, PlaceKind, Standing
from planner.input.location import Location
from planner.input.people import Group
from planner.model.algebra import (
    Constraint,
    Expression,
    Key,
    Variable,
    at_least,
    at_most,
    exactly,
    total,
)
from planner.model.decisions import Decisions
from planner.model.rules.limit import LimitKind, OfLocation, OfParameter, each_person
from planner.model.rules.rule import Level, everybody, rule

# The occupancy norm is told of in percentage points.
PERCENT = 0.01
AS_FEW_MOVES = MODEL.at(
    "zo weinig mogelijk verhuizen, ook wie geen asielverzoeker is",
    "as few moves as can be, also of who is no applicant",
)


@rule(
    standing=Standing.LAW,
    source=RECEPTION.at("art. 19(1) en 20", "Arts. 19(1) and 20"),
    by_ground={
        Ground.TRANSFER: AFTER_TRANSFER_DECISION,
        Ground.NATIONAL: BY_NATIONAL_LAW,
    },
    unit="persons",
    level=Level.UNPLACED,
    limit=LimitKind.DEMAND,
    bears_on=("demand",),
)
def everyone_placed(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People placed and people without a place are together the people present."""
    placed: dict[tuple[str, dt.date], list[Variable]] = {}
    for (group, _, _, month), column in choose.people.items():
        placed.setdefault((group, month), []).append(column)
    for (group, month), missing in choose.unplaced.items():
        people = total(placed.get((group, month), []))
        present = choose.demand[group, month]
        yield exactly(people, present, Key(group=group, month=month), shortfall=missing)


@rule(
    standing=Standing.RULING,
    source=CONTRACT.at("bedden", "beds"),
    unit="persons",
    level=None,
    bears_on=("places",),
)
def people_within_places(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People in a kind of place at a location stay within its places in use."""
    for (location_id, kind, month), places in choose.places.items():
        people = list(choose.people_in(case, case.locations[location_id], kind, month))
        if people:
            key = Key(location=location_id, kind=kind, month=month)
            yield at_most(total(people) - places, 0, key)


@rule(
    standing=Standing.RULING,
    source=CONTRACT.at("bedden en looptijd", "beds and term"),
    unit="places",
    level=None,
    limit=LimitKind.BEDS,
    bears_on=("places", "decisions"),
)
def places_within_beds(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Regular and DOL places share one pool of beds: those in contract, extended or opened."""
    for location_id, month in choose.footing:
        location = case.locations[location_id]
        places = total(choose.places[location_id, kind, month] for kind in location.kinds)
        key = Key(location=location_id, month=month)
        yield at_most(places - choose.capacity(location, month), 0, key)


@rule(
    standing=Standing.RULING,
    source=CONTRACT.at("looptijd", "term"),
    unit="share",
    level=None,
)
def extension_needs_opening(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The extended share of a candidate stays within its opened share."""
    for location_id, extended in choose.extend.items():
        if case.locations[location_id].candidate:
            opened = choose.open.get(location_id)
            left = extended if opened is None else extended - opened
            yield at_most(left, 0, Key(location=location_id))


@rule(
    standing=Standing.RULING,
    source=CONTRACT.at("looptijd", "term"),
    unit="share",
    level=None,
)
def closing_is_final(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The share given up never falls from one month to the next."""
    earlier: dict[str, Variable] = {}
    for (location_id, month), closed in choose.closed.items():
        if location_id in earlier:
            key = Key(location=location_id, month=month)
            yield at_least(closed - earlier[location_id], 0, key)
        earlier[location_id] = closed


@rule(
    standing=Standing.RULING,
    source=CONTRACT.at("looptijd", "term"),
    unit="share",
    level=None,
)
def given_up_not_extended(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The share extended and the share given up in the contract's last month are at most one."""
    last = {location_id: closed for (location_id, _), closed in choose.closed.items()}
    for location_id, closed in last.items():
        if location_id in choose.extend:
            yield at_most(choose.extend[location_id] + closed, 1, Key(location=location_id))


def norm_of(case: Case, location: Location, kind: PlaceKind, month: dt.date) -> float:
    """Return the occupancy norm that holds for a kind of place at a location in a month."""
    if kind is PlaceKind.DOL:
        return case.parameters.number("dol_occupancy_norm", month)
    if location.occupancy_norm is not None:
        return location.occupancy_norm
    return case.parameters.number("occupancy_norm", month)


@rule(
    standing=Standing.NORM,
    source=COA_NORM.at("91 % (eerder 96 %)", "91 % (earlier 96 %)"),
    unit="persons",
    level=Level.NORM,
    parameters=("occupancy_norm", "dol_occupancy_norm"),
    counts_unplaced=everybody,
    limit=OfParameter("occupancy_norm", unit="points", step=PERCENT, own="occupancy_norm"),
    bears_on=("places",),
)
def occupancy_norm(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """Beds above the norm cannot really be filled: rooms are split by sex and family."""
    for (location_id, kind, month), places in choose.places.items():
        location = case.locations[location_id]
        people = list(choose.people_in(case, location, kind, month))
        norm = norm_of(case, location, kind, month)
        if people and norm < 1:
            key = Key(location=location_id, kind=kind, month=month)
            yield at_most(total(people) - norm * places, 0, key)


@rule(
    standing=Standing.RULING,
    source=AGREEMENT.at("blad Plafonds", "sheet Ceilings"),
    unit="persons",
    level=Level.NORM,
    limit=LimitKind.CEILING,
)
def ceilings(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People at the locations of a ceiling stay within it, in its month or in every month."""
    for ceiling in case.ceilings:
        locations = [case.locations[each] for each in dict.fromkeys(ceiling.locations)]
        for month in case.months:
            if ceiling.month in (None, month):
                people = [c for each in locations for c in choose.people_at(case, each, month)]
                key = Key(location=";".join(ceiling.locations), month=month)
                if people:
                    yield at_most(total(people), ceiling.people, key)


@rule(
    standing=Standing.RULING,
    source=AGREEMENT.at("kolom Maximum personen", "column Maximum people"),
    unit="persons",
    level=Level.NORM,
    limit=OfLocation("max_people", unit="persons", needs=each_person),
)
def max_people(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People at a location stay within its agreed maximum."""
    for location in case.locations.values():
        if location.max_people is not None:
            for month in case.months:
                people = list(choose.people_at(case, location, month))
                if people:
                    key = Key(location=location.id, month=month)
                    yield at_most(total(people), location.max_people, key)


def move_weight(case: Case, group: Group, month: dt.date) -> float:
    """Return what a move counts: more outside school holidays where children go to school.

    The holidays run from their first month of the year through their last, also over New Year.
    """
    first = case.parameters.number("school_holiday_first_month", month)
    last = case.parameters.number("school_holiday_last_month", month)
    begun, lasts = month.month >= first, month.month <= last
    holiday = begun and lasts if first <= last else begun or lasts
    if group.school_share <= 0 or holiday:
        return group.move_weight
    return case.parameters.number("move_weight_school_months", month) * group.move_weight


@rule(
    standing=Standing.LAW,
    source=RECEPTION.article("20(7)"),
    # The article is about applicants; that others stay where they are as well is ours.
    by_ground=dict.fromkeys((Ground.TRANSFER, Ground.NATIONAL), AS_FEW_MOVES),
    unit="persons",
    level=Level.MOVES,
    parameters=(
        "school_holiday_first_month",
        "school_holiday_last_month",
        "move_weight_school_months",
    ),
    bears_on=("moves",),
)
def moves(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """A group's fall at a location beyond its natural outflow is people moved out.

    The natural outflow is 1/stay of the month before; the first month is held against the
    occupancy.
    """
    weights = {
        (name, month): move_weight(case, each, month)
        for name, each in case.groups.items()
        for month in case.months
    }
    month_before = dict(pairwise(reversed(case.months)))

    @cache
    def there(group: str, location: str, month: dt.date) -> list[Variable]:
        return choose.of_group(group, case.locations[location], month)

    for (group_id, location_id, month), moved in choose.moved_out.items():
        group = case.groups[group_id]
        staying = 1.0 - (1.0 / group.stay_months if group.stay_months else 0.0)
        key = Key(group=group_id, location=location_id, month=month)
        terms, limit = {}, 0.0
        if month == case.months[0]:
            limit = -staying * case.occupancy[location_id, group_id]
        elif staying:
            terms = dict.fromkeys(there(group_id, location_id, month_before[month]), staying)
        left = Expression(terms | dict.fromkeys(there(group_id, location_id, month), -1.0))
        yield at_most(left, limit, key, weight=weights[group_id, month], shortfall=moved)


@rule(
    standing=Standing.CHOICE,
    source=INPUT.at("parameter Meeste verhuizingen per maand", "parameter Most moves per month"),
    unit="persons",
    level=Level.NORM,
    follows="moves",
    parameters=("moves_most_per_month",),
)
def moves_most(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People moved in a month, over all groups and locations, stay within the most there may be.

    It stands with what operations can carry, before emergency reception: at the level of the
    moves themselves it would only come after everything that asks for them.
    """
    for month in case.months:
        most = case.parameters.optional("moves_most_per_month", month)
        if most is None:
            continue
        moved = [c for (_, _, each), c in choose.moved_out.items() if each == month]
        if moved:
            yield at_most(total(moved), most, Key(month=month))
