"""What a location's terms allow in a month: contract, extension, opening, giving up.

Months are counted as whole numbers here (twelve a year), so that the terms are worked out in
another way than the planning does.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from planner.input.case import Case
from planner.input.location import Location
from planner.verify.claim import Claim

YEAR = 12

# Later than any planned month; an open end.
NEVER = 10_000 * YEAR


def number(month: dt.date) -> int:
    """Return the count of months since the year 0."""
    return month.year * YEAR + month.month


def first_whole_month(day: dt.date) -> int:
    """Return the first month that lies wholly on or after a day."""
    return number(day) + (day.day > 1)


def last_whole_month(day: dt.date) -> int:
    """Return the last month that lies wholly before or on a day."""
    return number(day) - (day.day < monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class UsableMonths:
    """From when to when a location can be used, as month numbers, first and last included.

    Up to `until` the contract holds; after that, up to `extended`, only an extension gives beds.
    """

    first: int
    until: int
    extended: int
    candidate: bool

    def in_contract(self, month: dt.date) -> bool:
        """Whether the contract, or that of a candidate once opened, covers the whole month."""
        return self.first <= number(month) <= self.until

    def by_extension(self, month: dt.date) -> bool:
        """Whether only an extension covers the whole month."""
        return max(self.first, self.until + 1) <= number(month) <= self.extended

    def usable(self, month: dt.date) -> bool:
        """Whether there can be beds in a month at all, by some decision or none."""
        return self.in_contract(month) or self.by_extension(month)

    def share(self, month: dt.date, opened: float, extended: float) -> float:
        """Return the part of the beds there is in a month, before any is given up."""
        most = opened if self.candidate else 1.0
        if self.in_contract(month):
            return most
        return min(most, extended) if self.by_extension(month) else 0.0


def terms_of(location: Location, first_month: dt.date) -> UsableMonths:
    """Return a location's terms in a plan that begins with a month."""
    first = 0 if location.open_from is None else first_whole_month(location.open_from)
    if location.candidate:
        first = max(first, number(first_month) + location.lead_time_months)
    if location.open_until is None:
        return UsableMonths(first, NEVER, NEVER, location.candidate)
    until = last_whole_month(location.open_until)
    extendable = location.extendable_until
    extended = until if extendable is None else last_whole_month(extendable)
    return UsableMonths(first, until, extended, location.candidate)


@dataclass(frozen=True)
class Beds:
    """The beds of every location in every month, with and without the plan's decisions.

    `share` is the part of a location's beds there is by the decisions, from 0 to 1; `capacity`
    the beds that makes; both by (location, month).
    """

    terms: dict[str, UsableMonths]
    share: dict[tuple[str, dt.date], float]
    capacity: dict[tuple[str, dt.date], float]


def beds_of(case: Case, claim: Claim) -> Beds:
    """Return the beds there are by the terms of the locations and the plan's decisions."""
    terms = {each.id: terms_of(each, case.months[0]) for each in case.locations.values()}
    opened = _by_location(claim, "open")
    extended = _by_location(claim, "extend")
    share: dict[tuple[str, dt.date], float] = {}
    capacity: dict[tuple[str, dt.date], float] = {}
    for location in case.locations.values():
        given_up = 0.0
        for month in case.months:
            given_up += claim.decisions.get((location.id, "close_early", month), 0.0)
            there = terms[location.id].share(
                month, opened.get(location.id, 0.0), extended.get(location.id, 0.0)
            )
            # What is given up is given up within the contract; an extension stands by itself.
            in_contract = terms[location.id].in_contract(month)
            left = max(0.0, there - given_up) if in_contract else there
            share[location.id, month] = left
            capacity[location.id, month] = location.beds * left
    return Beds(terms, share, capacity)


def _by_location(claim: Claim, decision: str) -> dict[str, float]:
    return {
        location: value
        for (location, each, _), value in claim.decisions.items()
        if each == decision
    }
