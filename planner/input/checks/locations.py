"""Checks on locations: contracts, DOL parts, and who is counted there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.group_parts import counted, likeliest_slip
from planner.input.kinds import PlaceKind
from planner.input.location import Location
from planner.input.months import covers, later, month_of
from planner.input.span import planned_months
from planner.input.terms import read_parameters
from planner.input.typed import TypedRow, TypedTables
from planner.input.values import is_empty


def contract_dates(typed: TypedTables) -> Iterator[Finding]:
    """Yield contracts that end before they begin, and extensions that end before the contract."""
    for each in typed.rows("locations"):
        location: Location = each.record
        begin, end, extended = location.open_from, location.open_until, location.extendable_until
        if begin and end and end < begin:
            yield _finding(typed, each, "open_until", "ends_before_start", start=begin, end=end)
        if end and extended and extended < end:
            yield _finding(
                typed, each, "extendable_until", "extends_before_end", end=end, until=extended
            )
        if extended and end is None:
            # What does not last has an end that was left out.
            column = "extendable_until" if location.durable else "open_until"
            yield _finding(typed, each, column, "extends_endless", severity=Severity.REMARK)


def durable_for_long_enough(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations that count as durable and whose contract is for fewer years than that."""
    parameters = read_parameters(typed)[0]
    for each in typed.rows("locations"):
        location: Location = each.record
        begin, end = location.open_from, location.extendable_until or location.open_until
        if not location.durable or begin is None or end is None:
            continue
        years = parameters.optional("durable_years", month_of(begin))
        ends = later(month_of(begin), round(12 * (years or 0.0)))
        if ends > later(month_of(end), 1):
            yield _finding(
                typed, each, "durable", "durable_short",
                severity=Severity.REMARK, location=location.id, end=end, years=years,
            )  # fmt: skip


def dol_parts(typed: TypedTables) -> Iterator[Finding]:
    """Yield DOL parts larger than their whole, or at a location that is not a regular one."""
    for each in typed.rows("locations"):
        location: Location = each.record
        if location.dol_beds > location.beds:
            yield _finding(
                typed, each, "dol_beds", "dol_over_beds", dol=location.dol_beds, beds=location.beds
            )
        if location.dol_beds and location.type.base_kind is not PlaceKind.REGULAR:
            yield _finding(typed, each, "dol_beds", "dol_not_regular", type=location.type.label)
        for column, amount in (
            ("dol_prepared", location.dol_prepared),
            ("dol_min_section", location.dol_min_section),
        ):
            if amount > location.dol_beds:
                left_out = is_empty(typed.book.cell("locations", each.row, "dol_beds"))
                at = "dol_beds" if left_out else column
                fault = f"{column}_over_dol"
                yield _finding(typed, each, at, fault, amount=amount, dol=location.dol_beds)


def people_within_beds(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations where more people are counted than there are beds, at the likeliest slip.

    That happens: in April 2024 all of COA was above 100 %. The plan starts from it.
    """
    locations = {each.id: each for each in typed.records("locations")}
    for name, rows in counted(typed).items():
        location = locations.get(name)
        people = sum(each.record.people for each in rows)
        if location is not None and not location.candidate and people > location.beds:
            yield _finding(
                typed,
                likeliest_slip(typed, name, location.beds, over=True) or rows[0],
                "people",
                "people_over_beds",
                table="occupancy",
                severity=Severity.REMARK,
                people=people,
                beds=location.beds,
                location=name,
            )


def candidates_stand_empty(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations that have still to be opened and where people are counted."""
    candidates = {each.id for each in typed.records("locations") if each.candidate}
    for name, rows in counted(typed).items():
        people = sum(each.record.people for each in rows)
        if name in candidates and people:
            yield _finding(
                typed, rows[0], "people", "candidate_lived_in", table="occupancy", location=name
            )


def locations_are_counted(typed: TypedTables) -> Iterator[Finding]:
    """Yield open locations without any row in the count: they are planned as empty."""
    people = counted(typed)
    for each in typed.rows("locations"):
        location: Location = each.record
        if people and not location.candidate and location.id not in people:
            yield _finding(
                typed, each, "id", "not_counted", severity=Severity.REMARK, location=location.id
            )


def locations_take_part(typed: TypedTables) -> Iterator[Finding]:
    """Yield locations without beds in any planned month: they take no part in the plan."""
    months = planned_months(typed)
    for each in typed.rows("locations"):
        location: Location = each.record
        if months and not any(_may_be_open(location, month, months[0]) for month in months):
            column = _why_not(location, months[-1])
            yield _finding(
                typed,
                each,
                column,
                "takes_no_part",
                severity=Severity.REMARK,
                location=location.id,
                first=months[0],
                last=months[-1],
            )


def _why_not(location: Location, last: dt.date) -> str:
    """Return the column for which a location has no beds until the last planned month."""
    if location.open_from is not None and location.open_from > last:
        return "open_from"
    return "lead_time_months" if location.candidate else "open_until"


def _may_be_open(location: Location, month: dt.date, first: dt.date) -> bool:
    """Whether a location has beds in a month, extended or opened if it can be."""
    if location.candidate and month < later(first, location.lead_time_months):
        return False
    end = location.open_until
    if end is not None and location.extendable_until is not None:
        end = max(end, location.extendable_until)
    return covers(month, location.open_from, end)


def _finding(  # noqa: PLR0913 - a finding has these parts
    typed: TypedTables,
    each: TypedRow,
    column: str,
    fault: str,
    *,
    table: str = "locations",
    severity: Severity = Severity.ERROR,
    **fields: object,
) -> Finding:
    """Return the finding of a fault in a row, with its advice."""
    what = message(f"check.{fault}", **fields)
    todo = message(f"check.{fault}.todo", **fields)
    return typed.finding(severity, table, each.row, column, what, todo)
