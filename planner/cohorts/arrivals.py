"""Arrivals per stream and month: the sheet Inflow, or yearly parameters with seasonal weights."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from planner.cohorts.network import rows_of
from planner.cohorts.stays import Floats
from planner.tables.case import Case
from planner.tables.months import MONTHS_IN_YEAR, last_day, later, month_of, months_from
from planner.tables.parameters import Parameters
from planner.tables.scenario import MIDDLE

BACKLOG = "backlog"
BORDER = "border_overflow"

# Scenarios whose arrivals differ from the middle's by the range of the multi-year forecast.
LOW, HIGH = "low", "high"

_YEAR = "_year"
_BORDER_MAXIMUM = "border_year_max_"
_WEEKS_A_MONTH = 365.25 / 7 / MONTHS_IN_YEAR
_LONGEST_HISTORY = 60


@dataclass(frozen=True)
class Arrivals:
    """People who arrive, by stream, in the planned months and in those before that still matter.

    `people[stream]` is (months,); `history` months lie before the first planned one. `since` is
    the part of each month that lies on or after the start date for DOL. `given` says whether the
    sheet Inflow gives them; otherwise they come from parameters.
    """

    people: Mapping[str, Floats]
    history: int
    since: Floats
    given: bool


def arrivals(case: Case) -> Arrivals:
    """Return the arrivals of a case's scenario, by stream."""
    history = _history(case)
    months = months_from(later(case.months[0], -history), case.months[-1])
    since = np.array([_part_since(case, month) for month in months])
    if case.inflow:
        return Arrivals(_from_inflow(case, months), history, since, given=True)
    return Arrivals(_from_parameters(case, months), history, since, given=False)


def inflow_name(case: Case) -> str:
    """Return the scenario of Inflow that a case uses: its own, else the only one, else middle."""
    names = tuple(dict.fromkeys(each.scenario for each in case.inflow))
    if case.scenario in names or not names:
        return case.scenario
    return names[0] if len(names) == 1 else MIDDLE


def _history(case: Case) -> int:
    """Return how many months before the plan matter: since the start date, and of the delays."""
    delays = (each.delay_months or 0.0 for each in rows_of(case))
    needed = math.ceil(max(delays, default=0.0)) + 1
    start = case.parameters.date("dublin_start_date")
    if start is not None:
        needed = max(needed, len(months_from(month_of(start), later(case.months[0], -1))))
    return min(needed, _LONGEST_HISTORY)


def _part_since(case: Case, month: dt.date) -> float:
    """Return the part of a month's days that lie on or after the start date for DOL."""
    start = case.parameters.date("dublin_start_date")
    if start is None or start <= month:
        return 1.0
    last = last_day(month)
    return 0.0 if start > last else ((last - start).days + 1) / last.day


def _from_inflow(case: Case, months: Iterable[dt.date]) -> Mapping[str, Floats]:
    place = {month: at for at, month in enumerate(months)}
    found: dict[str, Floats] = {}
    name = inflow_name(case)
    for each in case.inflow:
        if each.scenario == name and each.month in place:
            series = found.setdefault(each.stream, np.zeros(len(place)))
            series[place[each.month]] = each.people
    return found


def _from_parameters(case: Case, months: tuple[dt.date, ...]) -> Mapping[str, Floats]:
    """Return the yearly numbers over the months, by the weights of the season."""
    parameters = case.parameters
    factor = _scenario_factor(case)
    weights = _season(parameters)
    season = np.array([weights[month.month - 1] for month in months])
    found: dict[str, Floats] = {}
    for stream in dict.fromkeys(each.stream for each in rows_of(case)):
        year = parameters.optional(f"{stream}{_YEAR}")
        if year is not None:
            found[stream] = year / MONTHS_IN_YEAR * factor * season
        elif stream == BORDER:
            found[stream] = factor * _border(parameters, months)
    return found


def _season(parameters: Parameters) -> Floats:
    """Return the weight of each month of the year, 1 on average."""
    weights = np.array([parameters.number(f"season_{number:02d}") for number in range(1, 13)])
    return weights * (MONTHS_IN_YEAR / weights.sum()) if weights.sum() else np.ones(MONTHS_IN_YEAR)


def _scenario_factor(case: Case) -> float:
    """Return arrivals as part of the middle: the ends of the forecast's range over its middle."""
    number = case.parameters.number
    low, high = number("all_arrivals_year_low"), number("all_arrivals_year_high")
    ends = {LOW: low, HIGH: high}
    if case.scenario not in ends or low + high <= 0:
        return 1.0
    return ends[case.scenario] / ((low + high) / 2)


def _border(parameters: Parameters, months: Iterable[dt.date]) -> Floats:
    """Return who comes to COA from the border, by month.

    Those above the yearly maximum of the border procedure come at once; of those within it, the
    released part comes after the longest procedure.
    """
    year = parameters.number("border_arrivals_year")
    released = parameters.number("border_released_share")
    wait = round((parameters.optional("border_procedure_weeks") or 0.0) / _WEEKS_A_MONTH)
    coming = []
    for month in months:
        above = max(0.0, year - _border_maximum(parameters, month))
        within = min(year, _border_maximum(parameters, later(month, -wait)))
        coming.append((above + released * within) / MONTHS_IN_YEAR)
    return np.array(coming)


def _border_maximum(parameters: Parameters, month: dt.date) -> float:
    """Return the yearly maximum of the border procedure in force at the end of a month."""
    day = last_day(month)
    for name, each in parameters.by_name.items():
        begun = each.valid_from is None or each.valid_from <= day
        lasts = each.valid_until is None or each.valid_until >= day
        if name.startswith(_BORDER_MAXIMUM) and begun and lasts:
            return parameters.optional(name) or 0.0
    return 0.0
