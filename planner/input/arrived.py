"""How many people arrive, by month, in the scenario that is planned (sheet Inflow)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from planner.input.case import Case
from planner.input.months import later
from planner.input.scenarios.scenario import MIDDLE

# Applications made at the border, as a stream of the sheet Inflow.
BORDER = "border"
# Streams of people who do not apply anew: they applied before, or came with a permit or to one.
NO_APPLICANTS = ("backlog", "permits", "family_reunion", "resettled")

WEEKS_IN_MONTH = 365.25 / 12 / 7


def applicants(case: Case) -> dict[dt.date, float]:
    """Return the people who apply by month, to whom Articles 5 and 25 of the directive apply.

    Family reunion and resettlement bring people who have been admitted.
    """
    arrivals: dict[dt.date, float] = {}
    for each in case.inflow:
        if each.scenario == _inflow_scenario(case) and each.stream not in NO_APPLICANTS:
            arrivals[each.month] = arrivals.get(each.month, 0.0) + each.people
    return arrivals


def sessions_for(people: float, size: float) -> float:
    """Return the information sessions for so many arrivals, a group of `size` each."""
    return float(math.ceil(people / size))


def arrivals_in(case: Case, stream: str) -> dict[dt.date, float]:
    """Return the people who arrive in one stream by month, in order; none where it is not given."""
    scenario = _inflow_scenario(case)
    found = [each for each in case.inflow if (each.scenario, each.stream) == (scenario, stream)]
    return {each.month: each.people for each in sorted(found, key=lambda each: each.month)}


def _inflow_scenario(case: Case) -> str:
    """Return the scenario's own inflow, else the only one, else the middle one."""
    names = tuple(dict.fromkeys(each.scenario for each in case.inflow))
    if case.scenario in names or not names:
        return case.scenario
    return names[0] if len(names) == 1 else MIDDLE


def in_last_weeks(arrivals: Mapping[dt.date, float], month: dt.date, weeks: float) -> float | None:
    """Return who arrived in the weeks up to a month's end; `None` where a month is not known.

    Arrivals are spread evenly over a month, so the earliest month counts by its part.
    """
    left, people = weeks / WEEKS_IN_MONTH, 0.0
    while left > 0:
        if month not in arrivals:
            return None
        people += arrivals[month] * min(left, 1.0)
        left -= 1.0
        month = later(month, -1)
    return people
