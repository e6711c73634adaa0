"""What goes on from the values of some cells: even steps go on, anything else comes again."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING

from planner.input.months import month_at, month_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.input.book import RawValue


def gone_on(values: Sequence[RawValue | None]) -> Callable[[int], RawValue | None]:
    """Return what gives the value so many places, from 0, behind the given ones.

    Numbers and first days of months that are evenly apart go on by the same step; one value, or
    values without an even step, come again in their order.
    """
    if len(values) > 1:
        numbers = [
            each for each in values if isinstance(each, int | float) and not isinstance(each, bool)
        ]
        step = _even_step(numbers) if len(numbers) == len(values) else None
        if step is not None:
            return lambda at: _number(numbers[-1] + step * (at + 1))
        months = [each for each in map(_months, values) if each is not None]
        ahead = _even_step(months) if len(months) == len(values) else None
        if ahead is not None:
            return lambda at: _first_day(round(months[-1] + ahead * (at + 1)), values[0])
    return lambda at: values[at % len(values)]


def _even_step(numbers: Sequence[float]) -> float | None:
    steps = {round(after - before, 9) for before, after in pairwise(numbers)}
    return steps.pop() if len(steps) == 1 else None


def _number(value: float) -> RawValue:
    rounded = round(value, 9)
    return int(rounded) if rounded == int(rounded) else rounded


def _months(value: RawValue | None) -> int | None:
    day = value.date() if isinstance(value, dt.datetime) else value
    if not isinstance(day, dt.date) or day.day != 1:
        return None
    return month_number(day)


def _first_day(months: int, like: RawValue | None) -> RawValue:
    day = month_at(months)
    return dt.datetime(day.year, day.month, 1) if isinstance(like, dt.datetime) else day  # noqa: DTZ001 - as a sheet has it, without a zone
