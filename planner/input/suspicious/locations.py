"""A location against itself and against the others: beds, facilities, costs, terms, intake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from planner.core.errors import Finding
from planner.core.texts import Text
from planner.input.location import Location
from planner.input.records import table
from planner.input.supplied_streams import supplied_streams
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
_COST_LEAP = 8.0
# How many times the beds a part can be at most: a school may have seats for a few centres.
_PARTS = {"accessible_beds": 1, "school_seats": 2, "intake_per_week": 1}
_LONGEST_LEAD = 36
_SEVERAL = 2
_WEEKS = 52 / 12
_FAR_TOO_FEW = 4.0


def _locations(typed: TypedTables) -> list[tuple[TypedRow, Location]]:
    return [(each, each.record) for each in typed.rows("locations")]


def beds_fit_type(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations with many times the beds of the largest other of their type.

    Where the staff is known, that tells how large a location is; see the sizes.
    """

    def odd() -> Iterator[Odd]:
        by_type: dict[object, list[TypedRow]] = defaultdict(list)
        for each, location in _locations(typed):
            by_type[location.type].append(each)
        for rows in by_type.values():
            ordered = sorted(rows, key=lambda each: each.record.beds)
            if len(ordered) <= FEWEST_OTHERS:
                continue
            largest, next_one = ordered[-1].record, ordered[-2].record.beds
            known = largest.staff_fte is not None or largest.beds < _FEW_BEDS
            if not known and far_apart(largest.beds, next_one, LEAP / 2):
                fields = {"beds": largest.beds, "largest": next_one, "type": largest.type.label}
                yield Odd("locations", ordered[-1].row, "beds", "beds_of_type", fields)

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


def costs_of_extending_go_with_a_day(typed: TypedTables) -> Iterator[Finding]:
    """Yield the one contract that costs something to extend and gives no day until when."""
    costly = [each for each, location in _locations(typed) if location.extension_cost]
    without = [each for each in costly if each.record.extendable_until is None]
    odd = (
        Odd(
            "locations",
            each.row,
            "extendable_until",
            "extension_without_day",
            {"cost": each.record.extension_cost},
        )
        for each in without
        if len(without) == 1 < len(costly)
    )
    return remarks(typed, odd)


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


def terms_are_alike(typed: TypedTables) -> Iterator[Finding]:
    """Yield terms of emergency reception far from the one that all others of the type have."""

    def odd() -> Iterator[Odd]:
        by_type: dict[object, list[TypedRow]] = defaultdict(list)
        for each, location in _locations(typed):
            if location.emergency_max_months:
                by_type[location.type].append(each)
        for rows in by_type.values():
            for each in rows:
                months = each.record.emergency_max_months
                others = {row.record.emergency_max_months for row in rows if row is not each}
                if len(rows) > _SEVERAL and len(others) == 1:
                    usual = others.pop()
                    if far_apart(months, usual):
                        fields = {"months": months, "usual": usual}
                        column = "emergency_max_months"
                        yield Odd("locations", each.row, column, "term_unlike", fields)

    return remarks(typed, odd())


def intake_fits_arrivals(typed: TypedTables) -> Iterator[Finding]:
    """Yield a week's intake by which far fewer people can be registered than arrive."""

    def odd() -> Iterator[Odd]:
        given = [each for each in typed.rows("locations") if each.record.intake_per_week]
        rows = (*typed.records("streams"),) or supplied_streams()
        streams = {each.stream for each in rows}
        by_stream: dict[str, list[float]] = defaultdict(list)
        for row in typed.records("inflow"):
            if row.stream in streams:
                by_stream[row.stream].append(row.people)
        if not given or not by_stream:
            return
        most = max(median(people) for people in by_stream.values())
        intake = sum(each.record.intake_per_week for each in given)
        least = min(given, key=lambda each: each.record.intake_per_week / max(each.record.beds, 1))
        if _WEEKS * intake * _FAR_TOO_FEW < most:
            fields = {"intake": intake, "people": round(most)}
            yield Odd("locations", least.row, "intake_per_week", "intake_low", fields)

    return remarks(typed, odd())


def _title(column: str) -> Text:
    return table("locations").column(column).title
