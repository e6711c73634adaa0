"""Emergency locations that few people live in, while other emergency locations have room for them.

A coordinator cannot defend a hall that is kept open for two people. How few are few is a choice of
the planner, the parameter `emergency_fewest_people`; a small location is worth what it holds.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain, combinations

import pandas as pd

from planner.input.case import Case
from planner.input.kinds import PlaceKind, Suitability
from planner.input.location import Location
from planner.input.people import Group
from planner.model.rules.operations import emergency_weight
from planner.model.rules.placement import norm_of
from planner.result.sums import SUMS
from planner.sheets.without_place import SOMEBODY

# Part of a person by which a figure may be below the fewest: the solver's rounding.
_WITHIN = 1e-6

BedsOf = Mapping[tuple[str, dt.date], float]


def beds_in_contract(tables: Mapping[str, pd.DataFrame]) -> BedsOf:
    """Return the beds in contract by location and month, of all kinds of place."""
    cells = (tables["places"][name].tolist() for name in ("location", "month", "beds"))
    return {(location, month): float(each) for location, month, each in zip(*cells, strict=True)}


def held_at_norm(case: Case, place: Location, month: dt.date, beds: BedsOf) -> float:
    """Return how many people a location holds in a month at the norm of its own kind of place."""
    return norm_of(case, place, place.type.base_kind, month) * beds[place.id, month]


def few_in_emergency(
    case: Case, tables: Mapping[str, pd.DataFrame]
) -> dict[dt.date, dict[str, float]]:
    """Return the people of each such location, by month and location.

    Others have room if all of them can live there at once, within the norm: of those that are not
    such locations themselves, each group in one that it may live in and that is no worse for it.
    Nothing where the parameter is empty.
    """
    living: dict[dt.date, dict[str, dict[str, float]]] = {
        month: defaultdict(lambda: defaultdict(float)) for month in case.months
    }
    rows = SUMS["emergency"].rows(tables)
    columns = (rows[name].tolist() for name in ("location", "month", "group", "people"))
    for location, month, group, people in zip(*columns, strict=True):
        living[month][location][group] += people
    beds = beds_in_contract(tables)
    found: dict[dt.date, dict[str, float]] = {}
    for month, lived in living.items():
        fewest = case.parameters.optional("emergency_fewest_people", month) or 0.0
        room, few = {}, {}
        for location, groups in lived.items():
            place, people = case.locations[location], sum(groups.values())
            held = held_at_norm(case, place, month, beds)
            if SOMEBODY <= people < min(fewest, held) * (1.0 - _WITHIN):
                few[location] = people
            elif people >= SOMEBODY:
                room[location] = max(held - people, 0.0)
        kinds = {case.locations[location].type.base_kind for location in lived}
        weights = {kind: emergency_weight(case, kind, month) for kind in kinds}
        found[month] = {
            location: people
            for location, people in few.items()
            if _have_room(case, location, lived[location], room, weights)
        }
    return found


def _have_room(
    case: Case,
    location: str,
    people: Mapping[str, float],
    room: Mapping[str, float],
    weights: Mapping[PlaceKind, float],
) -> bool:
    """Whether all people of a location can live in others at once (Hall's condition)."""
    here = case.locations[location]
    others: dict[frozenset[str], float] = defaultdict(float)
    for name, count in people.items():
        group = case.groups[name]
        suits = [each for each in room if _may(group, here, case.locations[each], weights)]
        others[frozenset(suits)] += count
    return all(
        sum(others[each] for each in some)
        <= sum(room[each] for each in set().union(*some)) + _WITHIN
        for some in _subsets(list(others))
    )


def _may(group: Group, here: Location, there: Location, weights: Mapping[PlaceKind, float]) -> bool:
    """Whether a group may live in another location, and none of its needs is less met there."""
    now, then = (weights[each.type.base_kind] for each in (here, there))
    child = group.needs_child_suitable or group.families_share
    women = group.needs_women_safe or group.women_share
    return (
        group.suitability(there.type.base_kind) is not Suitability.BARRED
        and then <= now
        and (there.child_suitable or not here.child_suitable or not child)
        and (there.women_safe or not here.women_safe or not women)
    )


def _subsets(sets: list[frozenset[str]]) -> Iterator[tuple[frozenset[str], ...]]:
    """Yield every choice of one or more of some sets."""
    return chain.from_iterable(combinations(sets, size) for size in range(1, len(sets) + 1))
