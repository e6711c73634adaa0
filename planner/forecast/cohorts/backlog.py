"""The applications from before the start date: how many are decided each month.

Those who live in reception stand in Occupancy, in stages with a place in the order. They leave by
their stay until the new method begins, and by the run-off from then on. `backlog_people` are the
others, who live elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

import numpy as np

from planner.forecast.cohorts.arrivals import Arrivals
from planner.forecast.cohorts.rows import BACKLOG
from planner.forecast.cohorts.stays import Floats
from planner.input.case import Case
from planner.input.months import MONTHS_IN_YEAR, month_of


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


def _skipped(case: Case) -> int | None:
    """Return how many months of the run-off lie before the plan, negative where it begins later.

    `None` where no month is set in which it begins.
    """
    start = case.parameters.date("backlog_start")
    if start is None:
        return None
    begin, first = month_of(start), case.months[0]
    return (first.year - begin.year) * MONTHS_IN_YEAR + first.month - begin.month


def _parts(case: Case) -> Floats:
    length = max(1, round(case.parameters.number("backlog_months")))
    return run_off(RunOff(round(case.parameters.number("backlog_shape"))), length)


def decided_outside(case: Case, coming: Arrivals, history: int) -> Floats:
    """Return by planned month the decisions about people who live outside reception, (months,).

    A stream `backlog` on the sheet Inflow gives them; otherwise the parameters do.
    """
    months = len(case.months)
    if coming.given and BACKLOG in coming.people:
        return coming.people[BACKLOG][history:]
    size, skipped = case.parameters.optional("backlog_people"), _skipped(case)
    placed = np.zeros(months)
    if size is None or skipped is None:
        return placed
    for at, part in enumerate(_parts(case)):
        if 0 <= at - skipped < months:
            placed[at - skipped] = part
    return size * placed


def decided_by_then(case: Case) -> tuple[int, Floats]:
    """Return the month in which the new method begins, and the part decided by each month after.

    The month counts from the first planned one; the part, (months + 1,), is of those who still
    wait when the method begins or, where it has begun before the plan, when the plan begins.
    """
    months, skipped = len(case.months), _skipped(case)
    if skipped is None:
        return months, np.zeros(months + 1)
    left = _parts(case)[max(skipped, 0) :]
    whole = left.sum()
    first = max(-skipped, 0)
    done = np.zeros(months + 1)
    if first < months:
        gone = np.cumsum(left) / whole if whole > 0 else np.ones(1)
        for month in range(first, months):
            done[month + 1] = gone[min(month - first, len(gone) - 1)]
    return first, done


def taken_in_order(
    waiting: Mapping[str, Floats], orders: Mapping[str, int], done: Floats
) -> dict[str, Floats]:
    """Return who is decided of each node by each month, (samples, months + 1).

    `waiting[node]` (samples,) are there when the method begins, `orders` says who comes first,
    and `done` (samples, months + 1) is the part of all that is decided by then. Within an order
    everybody has the same chance.
    """
    whole = sum(waiting.values(), start=np.zeros(1))
    by_then = np.asarray(whole)[:, None] * done
    taken: dict[str, Floats] = {}
    before = np.zeros_like(np.asarray(whole, dtype=float))
    for order in sorted(set(orders.values())):
        names: Sequence[str] = [name for name in waiting if orders[name] == order]
        size = sum((waiting[name] for name in names), start=np.zeros(1))
        own = np.clip(by_then - before[:, None], 0.0, size[:, None])
        for name in names:
            part = np.divide(waiting[name], size, out=np.zeros_like(size), where=size > 0)
            taken[name] = own * part[:, None]
        before = before + size
    return taken
