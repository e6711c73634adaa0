"""Who comes to COA from the border, counted again for the verifier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.input.case import Case
from planner.input.months import last_day, later

BORDER = "border"
_WEEKS_A_YEAR = 365.25 / 7


def from_the_border(
    case: Case, inflow: Mapping[tuple[str, dt.date], float], month: dt.date
) -> float:
    """Return who comes to COA in a month: above the maximum, or released from the procedure."""
    applied = {at: people for (stream, at), people in inflow.items() if stream == BORDER}
    if not applied:
        return 0.0
    weeks = case.parameters.optional("border_procedure_weeks") or 0.0
    earlier = later(month, -round(weeks * 12 / _WEEKS_A_YEAR))
    within = min(_applied(applied, earlier), _maximum(case, earlier))
    over = _applied(applied, month) - _maximum(case, month)
    return max(0.0, over) + case.parameters.number("border_released_share") * within


def _applied(applied: Mapping[dt.date, float], month: dt.date) -> float:
    at = month
    while at not in applied and at > min(applied):
        at = later(at, -1)
    return applied.get(at, applied[min(applied)])


def _maximum(case: Case, month: dt.date) -> float:
    """Return how many can enter the border procedure in a month."""
    day = last_day(month)
    for name, parameter in case.parameters.by_name.items():
        begin, end = parameter.valid_from or day, parameter.valid_until or day
        if name.startswith("border_year_max_") and begin <= day <= end:
            return (case.parameters.optional(name) or 0.0) / 12
    return 0.0
