"""The backlog in the groups and how it is decided, counted again for the verifier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from planner.tables.case import Case
from planner.tables.months import later
from planner.verify.streams import BACKLOG, Rows

FLAT, FRONT_LOADED = 0, 1


def undecided(
    case: Case, rows: Rows, inflow: Mapping[tuple[str, dt.date], float]
) -> dict[str, tuple[float, ...]]:
    """Return per group the backlog still waiting on the first day of each month, one further."""
    decided, size = _decisions(case, inflow)
    waiting = {name: float(case.people_at_start(name)) for name in _groups_of(rows)}
    people = sum(waiting.values())
    if size <= 0 or people <= 0:
        return {}
    housed = min(size, people) / size
    left = [size]
    for each in decided:
        left.append(left[-1] - each)
    return {
        name: tuple(max(0.0, housed * each) * count / people for each in left)
        for name, count in waiting.items()
    }


def _groups_of(rows: Rows) -> set[str]:
    """Return the groups that arrivals join at once, outside DOL and the wait for it."""
    groups = {spot.group for spot in rows.spots}
    joined = {
        row.group
        for row in rows.rows
        if row.stream not in groups and row.stream != BACKLOG and not row.delay_months
    }
    after = {row.group for row in rows.rows if row.stream == BACKLOG}
    apart = {spot.group for spot in rows.spots if spot.instead_of}
    return {name for name in joined - after - apart if not rows.is_dol(name)}


def _decisions(
    case: Case, inflow: Mapping[tuple[str, dt.date], float]
) -> tuple[list[float], float]:
    """Return the decisions of each planned month, and the whole backlog at the start."""
    size = case.parameters.optional("backlog_people")
    given = [inflow.get((BACKLOG, month), 0.0) for month in case.months]
    if any(stream == BACKLOG for stream, _ in inflow):
        return given, max(size or 0.0, sum(given))
    start = case.parameters.date("backlog_start")
    if size is None or start is None:
        return [], 0.0
    months = max(1, round(case.parameters.number("backlog_months")))
    shape = round(case.parameters.number("backlog_shape"))
    weights = [_weight(shape, at, months) for at in range(months)]
    by_month = {
        later(start.replace(day=1), at): size * each / sum(weights)
        for at, each in enumerate(weights)
    }
    decided = [by_month.get(month, 0.0) for month in case.months]
    return decided, sum(each for month, each in by_month.items() if month >= case.months[0])


def _weight(shape: int, at: int, months: int) -> float:
    if shape == FLAT:
        return 1.0
    return 2.0 * (months - at) - 1.0 if shape == FRONT_LOADED else min(at + 1.0, months - at)
