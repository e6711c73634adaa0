"""The applicants in emergency reception in a plan: when, where, how many and how long.

Article 20(10) of Directive (EU) 2024/1346 is about them alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.input.kinds import Ground
from planner.result.applicants import by_location, by_month
from ui.results.spot_words import LEAST_SEEN

if TYPE_CHECKING:
    import datetime as dt

    from planner.input.location import Location
    from ui.results.by_location import ByLocation


@dataclass(frozen=True)
class EmergencyUse:
    """A location's use as emergency reception: first and last month, how many, the most."""

    location: Location
    first: dt.date
    last: dt.date
    months: int
    peak: float
    peak_month: dt.date


@dataclass(frozen=True)
class Period:
    """A stretch of months with somebody in emergency reception.

    `from_start` and `beyond` say that it may have begun earlier, and may last longer, than the
    months that are planned.
    """

    first: dt.date
    last: dt.date
    from_start: bool
    beyond: bool
    locations: int
    peak: float
    peak_month: dt.date
    mean: float


def uses(found: ByLocation) -> tuple[EmergencyUse, ...]:
    """Return every location that is used as emergency reception, in the order of the sheet."""
    used: list[EmergencyUse] = []
    living = by_location(found.made.shown)
    for code, location in found.locations.items():
        there = living.get(code, {})
        people = {month: count for month, count in there.items() if count >= LEAST_SEEN}
        if people:
            peak = max(people, key=lambda month: people[month])
            used.append(
                EmergencyUse(location, min(people), max(people), len(people), people[peak], peak)
            )
    return tuple(used)


def periods(found: ByLocation) -> tuple[Period, ...]:
    """Return the stretches of months in which emergency reception is used, in order."""
    people = by_month(found.made.shown, Ground.APPLICANT)
    stretches: list[list[dt.date]] = []
    before = False
    for month in found.months:
        now = people.get(month, 0.0) >= LEAST_SEEN
        if now and not before:
            stretches.append([])
        if now:
            stretches[-1].append(month)
        before = now
    return tuple(_period(found, stretch, people) for stretch in stretches)


def _period(found: ByLocation, stretch: list[dt.date], people: dict[dt.date, float]) -> Period:
    peak = max(stretch, key=lambda month: people[month])
    living = by_location(found.made.shown).values()
    locations = [months for months in living if _used(months, stretch)]
    return Period(
        stretch[0],
        stretch[-1],
        from_start=stretch[0] == found.months[0],
        beyond=stretch[-1] == found.months[-1],
        locations=len(locations),
        peak=people[peak],
        peak_month=peak,
        mean=sum(people[month] for month in stretch) / len(stretch),
    )


def _used(people: dict[dt.date, float], months: list[dt.date]) -> bool:
    return any(people.get(month, 0.0) >= LEAST_SEEN for month in months)
