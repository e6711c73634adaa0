"""What a month more of a contract, or a month earlier at a candidate, is worth: an estimate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from planner.explain.beds import BedPrices
from planner.explain.prices import Worth
from planner.explain.solved import NOTHING, Solved
from planner.input.location import Location
from planner.input.months import later


@dataclass(frozen=True)
class MonthWorth:
    """A month in which a location is not there, and what its beds would change then, at most.

    `sort` is `contract_month` for the month after its term and `month_earlier` for the one before
    it can be opened.
    """

    sort: str
    location: Location
    month: dt.date
    worth: Worth


def month_worths(solved: Solved, beds: BedPrices) -> list[MonthWorth]:
    """Return the months that would change something, by level and then by how much."""
    found = [
        each for location in solved.case.locations.values() for each in _of(solved, beds, location)
    ]
    return sorted(found, key=lambda each: (each.worth.level, each.worth.change))


def _of(solved: Solved, beds: BedPrices, location: Location) -> Iterator[MonthWorth]:
    footing = solved.problem.choose.footing
    usable = [month for month in solved.case.months if (location.id, month) in footing]
    if not usable:
        return
    around = (("contract_month", later(usable[-1], 1)), ("month_earlier", later(usable[0], -1)))
    for sort, month in around:
        possible = (
            location.open_until is not None if sort == "contract_month" else location.candidate
        )
        best = beds.best(location, month) if possible and month in solved.case.months else None
        if best is not None:
            most = abs(solved.solution.levels[best.level].value)
            worth = Worth(best.level, -min(-best.change * location.beds, most))
            if worth.change < -NOTHING:
                yield MonthWorth(sort, location, month, worth)
