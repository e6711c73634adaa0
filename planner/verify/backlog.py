"""The backlog and how it is decided, counted again for the verifier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.input.case import Case
from planner.input.months import later
from planner.verify.streams import BACKLOG

FLAT, FRONT_LOADED = 0, 1


def decided_elsewhere(
    case: Case, inflow: Mapping[tuple[str, dt.date], float]
) -> Mapping[dt.date, float]:
    """Return the decisions about people outside reception, by month."""
    if any(stream == BACKLOG for stream, _ in inflow):
        return {month: people for (stream, month), people in inflow.items() if stream == BACKLOG}
    size = case.parameters.optional("backlog_people") or 0.0
    return {month: size * part for month, part in _plan(case).items()}


def still_waiting(case: Case) -> tuple[int, tuple[float, ...]]:
    """Return when the new method begins, and the part that still waits on the first of each month.

    Months count from the first planned one. The part is of those who wait when the method begins,
    or at the start of the plan where it has begun before.
    """
    plan = _plan(case)
    months = len(case.months)
    ahead = {month: part for month, part in plan.items() if month >= case.months[0]}
    if not plan:
        return months, (1.0,) * (months + 1)
    if not ahead:
        return 0, (1.0, *(0.0,) * months)
    first = min(ahead)
    begin = (first.year - case.months[0].year) * 12 + first.month - case.months[0].month
    whole, left = sum(ahead.values()), [1.0]
    for month in case.months:
        left.append(left[-1] - ahead.get(month, 0.0) / whole)
    return min(begin, months), tuple(max(0.0, part) for part in left)


def _plan(case: Case) -> dict[dt.date, float]:
    """Return the part of the backlog that is decided in each month of the run-off."""
    start = case.parameters.date("backlog_start")
    if start is None:
        return {}
    months = max(1, round(case.parameters.number("backlog_months")))
    shape = round(case.parameters.number("backlog_shape"))
    weights = [_weight(shape, at, months) for at in range(months)]
    return {
        later(start.replace(day=1), at): weight / sum(weights) for at, weight in enumerate(weights)
    }


def _weight(shape: int, at: int, months: int) -> float:
    if shape == FLAT:
        return 1.0
    return 2.0 * (months - at) - 1.0 if shape == FRONT_LOADED else min(at + 1.0, months - at)
