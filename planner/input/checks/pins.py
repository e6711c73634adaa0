"""Checks on what is fixed beforehand: a pin that a contract, or another pin, contradicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.core.errors import Finding, Severity
from planner.core.texts import message, month_words
from planner.input.kinds import Pinned
from planner.input.location import Location
from planner.input.months import covers, later
from planner.input.pins import Pin
from planner.input.span import planned_months
from planner.input.typed import TypedTables

_SHARES = (Pinned.OPEN, Pinned.EXTEND, Pinned.CLOSE_EARLY)


def pins_fit_contracts(typed: TypedTables) -> Iterator[Finding]:
    """Yield pins of months that are not planned, and that the location's terms rule out."""
    locations = {each.id: each for each in typed.records("locations")}
    months = planned_months(typed)
    for each in typed.rows("pins"):
        pin: Pin = each.record
        location = locations.get(pin.location)
        if location is None or not months:
            continue
        fault, column = _fault(pin, location, months)
        if fault:
            fields = {
                "location": pin.location,
                "decision": pin.decision.label,
                "month": month_words(pin.month),
                "value": pin.value,
                "beds": location.beds,
                "dol_beds": location.dol_beds,
            }
            what = message(f"check.pin_{fault}", **fields)
            todo = message(f"check.pin_{fault}.todo", **fields)
            yield typed.finding(Severity.ERROR, "pins", each.row, column, what, todo)


def pins_agree(typed: TypedTables) -> Iterator[Finding]:
    """Yield pins of one decision about a location that say yes in one row and no in another."""
    first: dict[tuple[str, Pinned], Pin] = {}
    for each in typed.rows("pins"):
        pin: Pin = each.record
        if pin.decision not in {Pinned.OPEN, Pinned.EXTEND}:
            continue
        other = first.setdefault((pin.location, pin.decision), pin)
        if other.value != pin.value:
            fields = {"location": pin.location, "decision": pin.decision.label}
            what = message("check.pin_twice", **fields, value=pin.value, other=other.value)
            todo = message("check.pin_twice.todo")
            yield typed.finding(Severity.ERROR, "pins", each.row, "value", what, todo)


def _fault(pin: Pin, location: Location, months: tuple[dt.date, ...]) -> tuple[str, str]:
    """Return what is wrong with a pin and in which column; empty where nothing is."""
    if pin.month not in months:
        return "month", "month"
    if pin.decision in _SHARES and pin.value not in {0.0, 1.0}:
        return "yes_no", "value"
    if not _possible(pin, location, months[0]):
        return "contract", "month"
    if pin.decision is Pinned.PLACES and pin.value > location.beds:
        return "beds", "value"
    if pin.decision is Pinned.PREPARE_DOL and pin.value > location.dol_beds:
        return "dol_beds", "value"
    return "", ""


def _possible(pin: Pin, location: Location, first: dt.date) -> bool:
    """Whether the terms of a location allow a pin in its month."""
    contract, extension = _terms(location, pin.month, first)
    match pin.decision:
        case Pinned.OPEN:
            return location.candidate and (contract or extension)
        case Pinned.EXTEND:
            return extension
        case Pinned.CLOSE_EARLY:
            return contract or extension
        case _:
            return contract or extension or not pin.value


def _terms(location: Location, month: dt.date, first: dt.date) -> tuple[bool, bool]:
    """Return whether the contract, or only its extension, covers a month."""
    if location.candidate and month < later(first, location.lead_time_months):
        return False, False
    contract = covers(month, location.open_from, location.open_until)
    longest = location.extendable_until
    ends = location.open_until is not None and longest is not None
    return contract, ends and not contract and covers(month, location.open_from, longest)
