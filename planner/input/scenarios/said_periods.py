"""Periods as a planner writes them in a key: `vanaf okt 2026`, `t/m dec 2026`, a month, a day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from planner.core.texts import Message, message
from planner.input.days import day_readings, month_readings
from planner.input.months import last_day

_FROM = re.compile(r"(?:vanaf|from|since)\s+(.+)", re.IGNORECASE)
_UNTIL = re.compile(r"(?:t/m|tot en met|until|through)\s+(.+)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:van |from )?(.+?)\s*"
    r"(?:\s-\s|\u2013|\u2014|\.\.|\bt/m\b|\btot en met\b|\buntil\b|\bto\b)\s*(.+)",
    re.IGNORECASE,
)


class SentenceError(Exception):
    """A row of Scenarios that cannot be followed: at which column, what is wrong, what to do."""

    def __init__(self, column: str, what: Message, todo: Message) -> None:
        """Keep what is wrong and where."""
        super().__init__(what.key)
        self.column = column
        self.what = what
        self.todo = todo


@dataclass(frozen=True)
class SaidPeriod:
    """A first and a last day, either open; `alone` where one month or day is said."""

    begin: dt.date | None
    end: dt.date | None
    alone: bool = False

    def holds(self, day: object) -> bool:
        """Whether a day lies in the period, or is the day said; what is no day does not."""
        if not isinstance(day, dt.date):
            return False
        if self.alone:
            return day == self.begin
        return (self.begin or day) <= day <= (self.end or day)

    def days(self) -> tuple[dt.date, ...]:
        """Return its first day and, where it ends, its last; `SentenceError` without a first."""
        if self.begin is None:
            what = message("scenario.no_begin", end=self.end)
            raise SentenceError("key", what, message("scenario.no_begin.todo"))
        return (self.begin,) if self.end is None else (self.begin, self.end)


def period_said(part: str) -> SaidPeriod:
    """Return the period that a part of a key says; `SentenceError` where it says none."""
    if found := _FROM.fullmatch(part):
        return SaidPeriod(month_said(found[1]), None)
    if found := _UNTIL.fullmatch(part):
        return SaidPeriod(None, month_said(found[1], last=True))
    if not month_readings(part) and (found := _BETWEEN.fullmatch(part)):
        return SaidPeriod(month_said(found[1]), month_said(found[2], last=True))
    return SaidPeriod(month_said(part), None, alone=True)


def is_period_said(part: str) -> bool:
    """Whether a part of a key says a period."""
    try:
        period_said(part)
    except SentenceError:
        return False
    return True


def month_said(part: str, *, last: bool = False) -> dt.date:
    """Return the day that a part of a key means; of a month its first day, or its `last` one."""
    days = day_readings(part)
    if days:
        return next((each for each in days if each.day == 1), days[0])
    months = month_readings(part)
    if not months:
        what = message("scenario.part_unknown", part=part, sort=message("scenario.month"))
        raise SentenceError("key", what, message("scenario.month.todo"))
    first = months[0]
    return last_day(first) if last else first
