"""The rows by which people are followed, and the months in which each of them holds."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np

from planner.forecast.cohorts.stays import Floats
from planner.input.case import Case
from planner.input.months import covers, last_day, later, month_of, months_from
from planner.input.records import table
from planner.input.row_keys import in_key_order
from planner.input.streams import Stage, Stream
from planner.input.supplied_streams import supplied_stages, supplied_streams

# A stream: decisions on applications of people who live outside reception.
BACKLOG = "backlog"
# A stream: those who have a decision that lets them stay. Their family comes later.
PERMITS = "permits"
PERMIT_HOLDERS = "permit_holders"
# The group that Dublin cases wait in, where a row that leads to DOL names none.
WAITING = "dublin_before"
# The group that applicants pass through first; a workbook without it has them divided at once.
REGISTRATION = "in_registration"

_LONGEST_HISTORY = 60

Dated = TypeVar("Dated", Stream, Stage)


class RowKey(NamedTuple):
    """What names a row of Streams; `begin` is the first day of a row that holds for a time."""

    stream: str
    stage_left: str
    group: str
    stage: str
    begin: str = ""

    @property
    def knob(self) -> str:
        """The row as the name of an input that can be varied, the same for all its periods."""
        return "|".join(part for part in self[:4] if part)


def key_of(row: Stream) -> RowKey:
    """Return the key of a row."""
    begin = "" if row.valid_from is None else row.valid_from.isoformat()
    return RowKey(row.stream, row.stage_left, row.group, row.stage, begin)


@dataclass(frozen=True)
class Span:
    """The months that matter: `history` of them lie before the first planned one.

    `since` is the part of each month that lies on or after the start date for DOL, (months,). Where
    no such date is set nobody is `followed` from before the plan.
    """

    months: tuple[dt.date, ...]
    history: int
    since: tuple[float, ...]
    followed: bool

    @property
    def part_since(self) -> Floats:
        """The part of each month since the start date."""
        return np.array(self.since)


def span_of(case: Case) -> Span:
    """Return the months that matter for a case."""
    history = _history(case)
    months = months_from(later(case.months[0], -history), case.months[-1])
    since = tuple(_part_since(case, month) for month in months)
    return Span(months, history, since, case.parameters.date("dublin_start_date") is not None)


def _history(case: Case) -> int:
    """Return how many months before the plan matter: since the start date, and of the delays."""
    streams = {each.stream for each in case.inflow} or {BACKLOG, PERMITS}
    delays = (
        each.delay_months or 0.0
        for each in rows_of(case)
        if each.stream in streams and each.stream != PERMITS
    )
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


def rows_of(case: Case) -> tuple[Stream, ...]:
    """Return the rows of Streams: the workbook's, or where it has none the supplied ones.

    Supplied rows about groups that the case does not have are left out; without the group of
    those in registration, who arrives is divided at once.
    """
    if case.streams:
        return case.streams
    rows = supplied_streams()
    if REGISTRATION not in case.groups:
        rows = tuple(
            replace(each, stream=_arriving(), stage_left="")
            if each.stream == REGISTRATION
            else each
            for each in rows
        )
    known = (
        replace(each, group_before_start=_known(case, each.group_before_start))
        for each in rows
        if each.group in case.groups
    )
    # In the order that they have in a case, so that putting them on the sheet changes no figure.
    return in_key_order(table("streams"), known)


def _arriving() -> str:
    return next(each.stream for each in supplied_streams() if each.group == REGISTRATION)


def _known(case: Case, group: str) -> str:
    return group if group in case.groups else ""


def stages_of(case: Case) -> tuple[Stage, ...]:
    """Return the rows of Stages: the workbook's, else the supplied ones that rows lead to."""
    if case.stages:
        return case.stages
    rows = rows_of(case)
    places = {(each.group, each.stage) for each in rows}
    places |= {(each.stream, each.stage_left) for each in rows}
    known = (each for each in supplied_stages() if each.group in case.groups)
    used = (each for each in known if (each.group, each.stage) in places)
    return in_key_order(table("stages"), used)


def holding(rows: Sequence[Dated], month: dt.date) -> Dated | None:
    """Return which of the rows of one key holds in a month: one for a time, else the other."""
    found = None
    for each in rows:
        if each.valid_from is None and each.valid_until is None:
            found = found or each
        elif covers(month, each.valid_from, each.valid_until):
            return each
    return found


def waiting_group(case: Case, row: Stream) -> str:
    """Return the group in which those wait whom a row may not bring into DOL."""
    if row.group_before_start:
        return row.group_before_start
    return row.stream if row.stream in case.groups else _known(case, WAITING)
