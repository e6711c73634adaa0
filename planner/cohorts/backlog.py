"""The applications from before the start date: how many are decided each month."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from planner.cohorts.arrivals import BACKLOG, Arrivals
from planner.cohorts.stays import Floats
from planner.tables.case import Case
from planner.tables.months import MONTHS_IN_YEAR, month_of


class RunOff(IntEnum):
    """How the decisions are spread over the months; the numbers stand in `backlog_shape`."""

    FLAT = 0
    FRONT_LOADED = 1
    PEAKED = 2


def run_off(shape: RunOff, months: int) -> Floats:
    """Return the part of the backlog that is decided in each month; they add up to 1.

    Front-loaded falls in a straight line to nothing; peaked rises to the middle and falls again.
    """
    at = np.arange(months, dtype=float)
    weights = {
        RunOff.FLAT: np.ones(months),
        RunOff.FRONT_LOADED: 2.0 * (months - at) - 1.0,
        RunOff.PEAKED: np.minimum(at + 1.0, months - at),
    }[shape]
    parts: Floats = weights / weights.sum()
    return parts


def decided(case: Case, coming: Arrivals) -> tuple[Floats, float]:
    """Return the backlog decided in each planned month, and all of it that is still to decide.

    A stream `backlog` on the sheet Inflow gives the months itself; otherwise the parameters do.
    """
    months = len(case.months)
    size = case.parameters.optional("backlog_people")
    if coming.given and BACKLOG in coming.people:
        given = coming.people[BACKLOG][coming.history :]
        return given, max(size or 0.0, float(given.sum()))
    start = case.parameters.date("backlog_start")
    if size is None or start is None:
        return np.zeros(months), 0.0
    length = max(1, round(case.parameters.number("backlog_months")))
    parts = run_off(RunOff(round(case.parameters.number("backlog_shape"))), length)
    begin, first = month_of(start), case.months[0]
    skipped = (first.year - begin.year) * MONTHS_IN_YEAR + first.month - begin.month
    placed = np.zeros(months)
    for at, part in enumerate(parts):
        if 0 <= at - skipped < months:
            placed[at - skipped] = part
    return size * placed, size * float(parts[max(skipped, 0) :].sum())
