"""A location against itself and against the others: beds, staff, facilities, costs, place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from planner.core.errors import Finding
from planner.core.texts import Text
from planner.input.counts import rows_at_start
from planner.input.location import Location
from planner.input.records import table
from planner.input.suspicious.remark import (
    FEWEST_OTHERS,
    LEAP,
    Odd,
    far_apart,
    far_from_the_others,
    remarks,
    written,
)
from planner.input.typed import TypedRow, TypedTables

_FEW_BEDS = 300
_FEW_PEOPLE = 30
# Locations as a rule are fuller than this, so that one far below it stands out.
_USUALLY_FULL = 0.6
_COST_LEAP = 8.0
# How many times the beds a part can be at most: a school may have seats for a few centres.
_PARTS = {"accessible_beds": 1, "staff_fte": 1, "school_seats": 2, "intake_per_week": 1}
_LONGEST_LEAD = 36
# No province is wider; see the map of the provinces.
_WIDEST_KM = 110.0
_KM_PER_DEGREE, _KM_PER_DEGREE_EAST = 111.2, 68.7  # at 52° north


def _locations(typed: TypedTables) -> list[tuple[TypedRow, Location]]:
    return [(each, each.record) for each in typed.rows("locations")]


def beds_fit_type(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations with many times the beds of the largest other of their type."""

    def odd() -> Iterator[Odd]:
        by_type: dict[object, list[TypedRow]] = defaultdict(list)
        for each, location in _locations(typed):
            by_type[location.type].append(each)
        for rows in by_type.values():
            ordered = sorted(rows, key=lambda each: each.record.beds)
            if len(ordered) <= FEWEST_OTHERS:
                continue
            largest, next_one = ordered[-1].record, ordered[-2].record.beds
            if largest.beds >= _FEW_BEDS and far_apart(largest.beds, next_one, LEAP / 2):
                fields = {"beds": largest.beds, "largest": next_one, "type": largest.type.label}
                yield Odd("locations", ordered[-1].row, "beds", "beds_of_type", fields)

    return remarks(typed, odd())


def beds_fit_staff(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations whose staff for each bed is far from what it is elsewhere.

    The remark stands at the staff or at the beds: whichever is further from the usual number.
    """

    def odd() -> Iterator[Odd]:
        both = [
            (each, location.staff_fte / location.beds)
            for each, location in _locations(typed)
            if location.staff_fte and location.beds
        ]
        beds = median(each.record.beds for each, _ in both) if both else 0.0
        staff = median(each.record.staff_fte for each, _ in both) if both else 0.0
        for each, rate, usual in far_from_the_others(both):
            own: Location = each.record
            of_beds = abs(math.log(own.beds / beds))
            of_staff = abs(math.log((own.staff_fte or staff) / staff))
            column = "beds" if of_beds > of_staff else "staff_fte"
            fields = {
                "beds": own.beds,
                "staff": own.staff_fte,
                "rate": 100 * rate,
                "usual": 100 * usual,
            }
            yield Odd("locations", each.row, column, "staff_of_beds", fields)

    return remarks(typed, odd())


def beds_fit_residents(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations with many times the beds of who lives there, where others are nearly full."""

    def odd() -> Iterator[Odd]:
        people: dict[str, int] = defaultdict(int)
        for row in rows_at_start(typed):
            people[row.record.location] += row.record.people
        lived_in = [
            (each, location, people[location.id])
            for each, location in _locations(typed)
            if location.beds and people[location.id] >= _FEW_PEOPLE
        ]
        shares = [living / location.beds for _, location, living in lived_in]
        if len(shares) <= FEWEST_OTHERS or median(shares) < _USUALLY_FULL:
            return
        for each, location, living in lived_in:
            if location.beds >= LEAP * living:
                fields = {"beds": location.beds, "people": living}
                yield Odd("locations", each.row, "beds", "beds_of_residents", fields)

    return remarks(typed, odd())


def parts_fit_beds(typed: TypedTables) -> Iterator[Finding]:
    """Yield what cannot well be more than the beds of its location, and maxima far from them."""

    def odd() -> Iterator[Odd]:
        for each, location in _locations(typed):
            beds = location.beds
            if not beds:
                continue
            for column, times in _PARTS.items():
                amount = getattr(location, column)
                if amount is not None and amount > times * beds:
                    fields = {"amount": amount, "beds": beds, "column": _title(column)}
                    yield Odd("locations", each.row, column, "part_over_beds", fields)
            most = location.max_people
            if most and far_apart(most, beds):
                fields = {"most": most, "beds": beds}
                yield Odd("locations", each.row, "max_people", "most_of_beds", fields)

    return remarks(typed, odd())


def costs_are_alike(typed: TypedTables) -> Iterator[Finding]:
    """Yield costs for each bed that are far from those of the other locations."""

    def odd() -> Iterator[Odd]:
        for column in ("cost_per_bed_month", "fixed_cost_month", "opening_cost", "extension_cost"):
            for emergency in (False, True):
                amounts = [
                    (each, _per_bed(location, column))
                    for each, location in _locations(typed)
                    if location.emergency is emergency
                ]
                for each, amount, usual in far_from_the_others(amounts, _COST_LEAP):
                    value = getattr(each.record, column)
                    fields = {"value": written(value), "per_bed": amount, "usual": usual}
                    yield Odd("locations", each.row, column, "cost_unlike", fields)

    return remarks(typed, odd())


def _per_bed(location: Location, column: str) -> float:
    """Return a cost in euros per bed; nothing where it or the beds are not given."""
    cost = float(getattr(location, column) or 0.0)
    if column == "cost_per_bed_month":
        return cost
    return cost / location.beds if location.beds else 0.0


def lead_times_are_months(typed: TypedTables) -> Iterator[Finding]:
    """Yield lead times so long that they look like weeks or days."""
    odd = (
        Odd(
            "locations",
            each.row,
            "lead_time_months",
            "lead_time_long",
            {"months": location.lead_time_months},
        )
        for each, location in _locations(typed)
        if location.lead_time_months > _LONGEST_LEAD
    )
    return remarks(typed, odd)


def places_lie_in_province(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations whose coordinates lie far from the others of their province."""

    def odd() -> Iterator[Odd]:
        by_province: dict[str, list[TypedRow]] = defaultdict(list)
        for each, location in _locations(typed):
            if location.province and None not in {location.latitude, location.longitude}:
                by_province[location.province].append(each)
        for province, rows in by_province.items():
            if len(rows) <= FEWEST_OTHERS:
                continue
            north = median(each.record.latitude for each in rows)
            east = median(each.record.longitude for each in rows)
            for each in rows:
                up = _KM_PER_DEGREE * (each.record.latitude - north)
                right = _KM_PER_DEGREE_EAST * (each.record.longitude - east)
                distance = math.hypot(up, right)
                if distance > _WIDEST_KM:
                    column = "latitude" if abs(up) > abs(right) else "longitude"
                    fields = {
                        "value": written(getattr(each.record, column)),
                        "distance": round(distance),
                        "province": province,
                    }
                    yield Odd("locations", each.row, column, "place_far", fields)

    return remarks(typed, odd())


def _title(column: str) -> Text:
    return table("locations").column(column).title
