"""Arrivals per stream and month: the sheet Inflow, or yearly parameters with seasonal weights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from planner.forecast.cohorts.rows import PERMITS, rows_of, span_of
from planner.forecast.cohorts.stays import Floats
from planner.input.case import Case
from planner.input.months import MONTHS_IN_YEAR, last_day, later
from planner.input.parameters import Parameters
from planner.input.scenarios.scenario import MIDDLE

# Applications at the border: who of them comes to COA follows from the border procedure.
BORDER = "border"
# Arrivals of family, of whom those after the delay follow from permits where rows say so.
FAMILY = "family_reunion"

# Scenarios whose arrivals differ from the middle's by the range of the multi-year forecast.
LOW, HIGH = "low", "high"

_YEAR = "_year"
_BORDER_MAXIMUM = "border_year_max_"
_WEEKS_A_MONTH = 365.25 / 7 / MONTHS_IN_YEAR


@dataclass(frozen=True)
class Arrivals:
    """People who arrive, by stream, in the planned months and in those before that still matter.

    `people[stream]` is (months,). `given` says whether the sheet Inflow gives them; otherwise
    they come from parameters.
    """

    people: Mapping[str, Floats]
    given: bool


def arrivals(case: Case) -> Arrivals:
    """Return the arrivals of a case's scenario, by stream."""
    span = span_of(case)
    if case.inflow:
        return Arrivals(_from_inflow(case, span.months), given=True)
    return Arrivals(_from_parameters(case, span.months), given=False)


def inflow_name(case: Case) -> str:
    """Return the scenario of Inflow that a case uses: its own, else the only one, else middle."""
    names = tuple(dict.fromkeys(each.scenario for each in case.inflow))
    if case.scenario in names or not names:
        return case.scenario
    return names[0] if len(names) == 1 else MIDDLE


def _from_inflow(case: Case, months: Iterable[dt.date]) -> Mapping[str, Floats]:
    place = {month: at for at, month in enumerate(months)}
    found: dict[str, Floats] = {}
    name = inflow_name(case)
    for each in case.inflow:
        if each.scenario == name and each.month in place:
            series = found.setdefault(each.stream, np.zeros(len(place)))
            series[place[each.month]] = each.people
    applied = {
        each.month: each.people
        for each in case.inflow
        if (each.scenario, each.stream) == (name, BORDER)
    }
    if applied:
        found[BORDER] = _border(case.parameters, tuple(place), applied)
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
            found[stream] = (
                year / MONTHS_IN_YEAR * factor * season * _not_from_permits(case, stream, months)
            )
        elif stream == BORDER:
            year = parameters.number("border_arrivals_year")
            found[stream] = factor * _border(parameters, months, {months[0]: year / MONTHS_IN_YEAR})
    return found


def _not_from_permits(case: Case, stream: str, months: tuple[dt.date, ...]) -> Floats:
    """Return the part of arrivals by month that does not follow from permits of planned months."""
    delays = [each.delay_months or 0.0 for each in rows_of(case) if each.stream == PERMITS]
    if stream != FAMILY or not delays:
        return np.ones(len(months))
    first = len(months) - len(case.months) + min(delays)
    return np.clip(first + 1.0 - np.arange(len(months)), 0.0, 1.0)


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


def _border(
    parameters: Parameters, months: tuple[dt.date, ...], applied: Mapping[dt.date, float]
) -> Floats:
    """Return who comes to COA from the border, by month.

    Those above the yearly maximum of the border procedure come at once; of those within it, the
    released part comes after the longest procedure. Where nothing is known of a month, as many
    apply as in the last month before it that is known, or else the first.
    """
    released = parameters.number("border_released_share")
    wait = round((parameters.optional("border_procedure_weeks") or 0.0) / _WEEKS_A_MONTH)
    coming = []
    for month in months:
        before = later(month, -wait)
        most, most_before = (
            _border_maximum(parameters, each) / MONTHS_IN_YEAR for each in (month, before)
        )
        above = max(0.0, _latest(applied, month) - most)
        within = min(_latest(applied, before), most_before)
        coming.append(above + released * within)
    return np.array(coming)


def _latest(applied: Mapping[dt.date, float], month: dt.date) -> float:
    """Return who applied in a month, or in the month nearest before it, or else in the first."""
    known = [each for each in applied if each <= month]
    return applied[max(known) if known else min(applied)]


def _border_maximum(parameters: Parameters, month: dt.date) -> float:
    """Return the yearly maximum of the border procedure in force at the end of a month."""
    day = last_day(month)
    for name in parameters.by_name:
        if not name.startswith(_BORDER_MAXIMUM):
            continue
        each = parameters.by_name[name]
        begun = each.valid_from is None or each.valid_from <= day
        lasts = each.valid_until is None or each.valid_until >= day
        if begun and lasts:
            return parameters.optional(name) or 0.0
    return 0.0
