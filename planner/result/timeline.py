"""What becomes of each location, month by month: contract, extension, opening, DOL, deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from planner.input.kinds import EMERGENCY_KINDS, PlaceKind, Status
from planner.input.location import Location
from planner.input.months import covers
from planner.result.to_decide import ToDecide, to_decide
from planner.sheets.without_place import SOMEBODY

_EMERGENCY = frozenset(str(kind.value) for kind in EMERGENCY_KINDS)


class Use(StrEnum):
    """Why a location has beds in a month, or that it has none."""

    CONTRACT = "contract"
    EXTENDED = "extended"  # after the end of its contract, by a decision of the plan
    OPENED = "opened"  # a candidate
    CLOSED = "closed"


@dataclass(frozen=True)
class LocationMonth:
    """A location in a month: its beds, the people in them, and the DOL places fitted out."""

    use: Use
    beds: float
    people: float
    dol: float


@dataclass(frozen=True)
class LocationCourse:
    """A location through the months of a plan, with what is to be decided about it.

    `emergency` says whether its places are emergency reception.
    """

    location: str
    emergency: bool
    months: tuple[LocationMonth, ...]
    to_decide: tuple[ToDecide, ...]


def courses(
    tables: Mapping[str, pd.DataFrame],
    locations: Mapping[str, Location],
    months: Sequence[dt.date],
) -> tuple[LocationCourse, ...]:
    """Return the locations whose beds or DOL places change, or that a decision is about.

    `tables` are a plan's result tables. Those with the earliest last day to decide come first,
    then those that change without a decision, by their code.
    """
    open_ = _open_to_decide(tables["decisions"], locations)
    beds, kinds = _beds(tables["places"])
    people = _sums(tables["placement"], "people")
    dol = _sums(tables["dol"], "prepared")
    found = []
    for code, location in locations.items():
        course = LocationCourse(
            code,
            kinds.get(code, "") in _EMERGENCY,
            tuple(
                LocationMonth(
                    _use(location, month, beds.get((code, month), 0.0)),
                    beds.get((code, month), 0.0),
                    people.get((code, month), 0.0),
                    dol.get((code, month), 0.0),
                )
                for month in months
            ),
            open_.get(code, ()),
        )
        if course.to_decide or _changes(course):
            found.append(course)
    return tuple(sorted(found, key=_urgency))


def _urgency(course: LocationCourse) -> tuple[dt.date, str]:
    first = min((each.before for each in course.to_decide), default=dt.date.max)
    return first, course.location


def _open_to_decide(
    decisions: pd.DataFrame, locations: Mapping[str, Location]
) -> Mapping[str, tuple[ToDecide, ...]]:
    found: dict[str, tuple[ToDecide, ...]] = {}
    for each in to_decide(decisions, locations):
        found[each.location] = (*found.get(each.location, ()), each)
    return found


def _use(location: Location, month: dt.date, beds: float) -> Use:
    if beds < SOMEBODY:
        return Use.CLOSED
    if location.status is Status.CANDIDATE:
        return Use.OPENED
    return Use.CONTRACT if covers(month, None, location.open_until) else Use.EXTENDED


def _changes(course: LocationCourse) -> bool:
    uses = {each.use for each in course.months}
    dol = {round(each.dol) for each in course.months}
    return len(uses) > 1 or len(dol) > 1


def _beds(
    places: pd.DataFrame,
) -> tuple[Mapping[tuple[str, dt.date], float], Mapping[str, str]]:
    """Return the beds by location and month, and the kind of each location beside DOL."""
    beds: dict[tuple[str, dt.date], float] = {}
    kinds: dict[str, str] = {}
    for code, kind, month, amount in _rows(places, ("location", "kind", "month", "beds")):
        # Each kind of place at a location names the same beds.
        beds[code, month] = max(beds.get((code, month), 0.0), amount)
        if kind != PlaceKind.DOL.value:
            kinds[code] = kind
    return beds, kinds


def _sums(frame: pd.DataFrame, column: str) -> Mapping[tuple[str, dt.date], float]:
    sums: dict[tuple[str, dt.date], float] = {}
    for code, _, month, amount in _rows(frame, ("location", "location", "month", column)):
        sums[code, month] = sums.get((code, month), 0.0) + amount
    return sums


def _rows(
    frame: pd.DataFrame, columns: tuple[str, str, str, str]
) -> Iterator[tuple[str, str, dt.date, float]]:
    listed = frame[[*dict.fromkeys(columns)]].dropna()
    for each in zip(*(listed[name].tolist() for name in columns), strict=True):
        code, kind, month, amount = each
        yield str(code), str(kind), month, float(amount)
