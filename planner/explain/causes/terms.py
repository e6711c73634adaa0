"""Causes in terms of contract and opening: a contract that ends, a candidate that comes late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from math import fsum

from planner.explain.causes.cause import AskedCauses, Cause, Evidence
from planner.explain.changes import with_location
from planner.input.case import Case
from planner.input.location import Location
from planner.input.months import later, month_of

# The cells that say until when a location can be used.
_ENDS = ("open_until", "extendable_until")


def term_causes(asked: AskedCauses) -> Iterator[Cause]:
    """Yield locations that are no longer, or not yet, there when the shortfall is."""
    for location in asked.case.locations.values():
        gone = _contract_end(asked, location)
        late = _opening(asked, location)
        yield from (each for each in (gone, late) if each is not None)


def _without_footing(asked: AskedCauses, location: Location) -> list[dt.date]:
    """Return the shortfall's months in which a location cannot be used at all."""
    footing = asked.solved.problem.choose.footing
    return [month for month in asked.by_month if (location.id, month) not in footing]


def _effect(asked: AskedCauses, location: Location, months: list[dt.date]) -> float:
    """Return what the location's beds would take off the shortfall in some months."""
    return fsum(
        min(location.beds * asked.bed(location, month), asked.by_month[month]) for month in months
    )


def _contract_end(asked: AskedCauses, location: Location) -> Cause | None:
    """Return a contract that ends, extension included, before a month that falls short."""
    if location.open_until is None or location.open_until < asked.case.date:
        return None
    ends = max(location.open_until, location.extendable_until or location.open_until)
    gone = [month for month in _without_footing(asked, location) if month >= month_of(ends)]
    if not gone:
        return None
    first = next(
        month for month in asked.case.months if month >= month_of(ends) and month <= gone[0]
    )
    lost = _first_lost(asked, location, first)

    def without(case: Case) -> Case:
        return with_location(case, location.id, open_until=None, extendable_until=None)

    return Cause(
        sort="contract_end",
        subject=location.id,
        removes=_effect(asked, location, gone),
        shown=Evidence.PLAINLY if asked.begins(lost) else Evidence.WITHIN,
        without=without,
        cells=tuple(
            ("locations", location.id, each) for each in ("open_until", "extendable_until")
        ),
        fields=(("location", name_of(location)), ("until", ends), ("beds", location.beds)),
    )


def _first_lost(asked: AskedCauses, location: Location, first: dt.date) -> dt.date:
    """Return the first month without the location, from the month its term ends on."""
    footing = asked.solved.problem.choose.footing
    return later(first, 1) if (location.id, first) in footing else first


def _opening(asked: AskedCauses, location: Location) -> Cause | None:
    """Return a location that cannot be open yet in a month that falls short."""
    late = location.open_from is not None and location.open_from > asked.case.date
    if not (late or (location.candidate and location.lead_time_months)):
        return None
    footing = asked.solved.problem.choose.footing
    usable = [month for month in asked.case.months if (location.id, month) in footing]
    first = usable[0] if usable else later(asked.case.months[-1], 1)
    before = [month for month in _without_footing(asked, location) if month < first]
    if not before:
        return None

    def without(case: Case) -> Case:
        return with_location(case, location.id, lead_time_months=0, open_from=None)

    # Both set a first month; the one that sets the later of them stands first.
    columns = ["lead_time_months"] if location.candidate and location.lead_time_months else []
    if late and location.open_from is not None:
        set_by = month_of(location.open_from) >= month_of(first)
        columns.insert(0 if set_by else len(columns), "open_from")

    return Cause(
        sort="opening",
        subject=location.id,
        removes=_effect(asked, location, before),
        shown=Evidence.PLAINLY if asked.ends(later(first, -1)) else Evidence.WITHIN,
        without=without,
        cells=tuple(("locations", location.id, column) for column in columns),
        fields=(("location", name_of(location)), ("from_month", first), ("beds", location.beds)),
    )


def name_of(location: Location) -> str:
    """Return a location's code, and its name where it has one."""
    return f"{location.id} ({location.name})" if location.name else location.id
