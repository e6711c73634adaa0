"""Children in a plan, by month: places, school seats, guardians, moves, emergency reception.

Of families only children who go to school are known, by the school share of their group.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import pandas as pd

from planner.input.case import Case, GroupMonth
from planner.input.kinds import EMERGENCY_KINDS, PlaceKind

COLUMNS = (
    "month", "minors", "minors_places", "minors_elsewhere", "pupils", "seats", "no_seat",
    "seats_unknown", "guardians_needed", "guardians", "moved", "in_emergency",
)  # fmt: skip

Tables = Mapping[str, pd.DataFrame]
Counts = dict[dt.date, float]


@dataclass(frozen=True)
class School:
    """Pupils of a month: all, the seats where they live, who has none, of whom it is not known."""

    pupils: float
    seats: float
    without: float
    unknown: float


def school_by_month(
    case: Case, tables: Tables, share: Mapping[GroupMonth, float]
) -> dict[dt.date, School]:
    """Return the pupils and school seats of each month; who has no place has no seat either.

    `share` is the part of each group that must have a seat in a month.
    """
    pupils: dict[dt.date, dict[str, float]] = {month: defaultdict(float) for month in case.months}
    for group, location, month, people in _rows(tables, "group", "location", "month", "people"):
        if month in pupils:
            pupils[month][location] += people * share.get((group, month), 0.0)
    found = {}
    unplaced = _unplaced(tables, share)
    for month in case.months:
        here = {place: count for place, count in pupils[month].items() if count}
        known = {
            place: (count, seats)
            for place, count in here.items()
            if (seats := case.locations[place].school_seats) is not None
        }
        short = fsum(max(0.0, count - seats) for count, seats in known.values())
        found[month] = School(
            pupils=fsum(here.values()) + unplaced.get(month, 0.0),
            seats=float(sum(seats for _, seats in known.values())),
            without=short + unplaced.get(month, 0.0),
            unknown=fsum(count for place, count in here.items() if place not in known),
        )
    return found


def _rows(tables: Tables, *columns: str) -> zip[tuple]:  # type: ignore[type-arg] # cells of a frame
    frame = tables["placement"]
    return zip(*(frame[name].tolist() for name in columns), strict=True)


def _unplaced(tables: Tables, share: Mapping[GroupMonth, float]) -> Counts:
    """Return the people without a place by month, each group by its share then."""
    frame = tables["shortfalls"]
    mine = frame[frame["rule"] == "everyone_placed"]
    found: Counts = defaultdict(float)
    for group, month, amount in zip(mine["group"], mine["month"], mine["amount"], strict=True):
        found[month] += float(amount) * share.get((str(group), month), 0.0)
    return found


def children(case: Case, tables: Tables, share: Mapping[GroupMonth, float]) -> pd.DataFrame:
    """Return the figures on children of each month; empty where a figure is not known.

    `tables` are the result tables by name, `share` the part of each group that must have a school
    seat in a month.
    """
    alone = {name for name, group in case.groups.items() if group.prefers(PlaceKind.MINORS)}
    child = {
        name: 1.0 if name in alone else group.school_share for name, group in case.groups.items()
    }
    school = school_by_month(case, tables, share)
    places, emergency, in_places = _counts(tables, alone, child)
    moved = _moved(case, tables, alone)
    rows = []
    for month in case.months:
        minors = float(_demand(tables, alone).get(month, 0.0))
        each = case.parameters.optional("minors_per_guardian", month)
        rows.append(
            (
                month, minors, places.get(month, 0.0), max(0.0, minors - in_places.get(month, 0.0)),
                school[month].pupils, school[month].seats, school[month].without,
                school[month].unknown, minors / each if each else None,
                case.parameters.optional("guardians", month), moved.get(month, 0.0),
                emergency.get(month, 0.0),
            )
        )  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(COLUMNS[1:], float))


def _counts(
    tables: Tables, alone: set[str], child: Mapping[str, float]
) -> tuple[Counts, Counts, Counts]:
    """Return minors' places, children in emergency reception, and minors in minors' places."""
    emergency: Counts = defaultdict(float)
    in_places: Counts = defaultdict(float)
    kinds = {kind.value for kind in EMERGENCY_KINDS}
    for group, kind, month, people in _rows(tables, "group", "kind", "month", "people"):
        if kind in kinds:
            emergency[month] += people * child[group]
        elif kind == PlaceKind.MINORS and group in alone:
            in_places[month] += people
    frame = tables["places"]
    mine = frame[frame["kind"] == PlaceKind.MINORS.value]
    return _added(mine, "places"), emergency, in_places


def _added(frame: pd.DataFrame, column: str) -> Counts:
    """Return a column added up by month."""
    found: Counts = defaultdict(float)
    for month, amount in zip(frame["month"].tolist(), frame[column].tolist(), strict=True):
        found[month] += float(amount)
    return found


def _demand(tables: Tables, groups: set[str]) -> Counts:
    frame = tables["demand"]
    return _added(frame[frame["group"].isin(groups)], "people")


def _moved(case: Case, tables: Tables, alone: set[str]) -> Counts:
    """Return the people moved in groups of families with children who go to school."""
    names = {n for n, each in case.groups.items() if each.school_share > 0 and n not in alone}
    frame = tables["moves"]
    return _added(frame[frame["group"].isin(names)], "people")
