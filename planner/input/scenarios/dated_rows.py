"""Changes of Streams and Stages for a time: a row with dates beside the one that holds throughout.

The key of such a row ends in its first day, and its last day behind it where it has one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planner.core.texts import message
from planner.input.column import Column, Table
from planner.input.scenarios.said_periods import (
    SaidPeriod,
    SentenceError,
    is_period_said,
    period_said,
)
from planner.input.streams import Stage, Stream
from planner.input.typed import TypedRow, TypedTables

DATED = frozenset({"streams", "stages"})


@dataclass(frozen=True)
class DatedRow:
    """The key of a row that holds for a time, and that row where the input has it."""

    key: str
    stands: Stream | Stage | None


def for_a_time(declared: Table, key: str) -> tuple[str, SaidPeriod] | None:
    """Return a key of Streams or Stages without the period that it ends in, and that period.

    A first and a last day may be two parts. Nothing where it ends in no period.
    """
    if declared.key not in DATED:
        return None
    parts = [each.strip() for each in key.split("|")]
    whole = len(declared.row_columns)
    if len(parts) == whole + 1 and all(map(is_period_said, parts[-2:])):
        begin, end = period_said(parts[-2]), period_said(f"t/m {parts[-1]}")
        return "|".join(parts[:-2]), SaidPeriod(begin.begin, end.end)
    if len(parts) > len(declared.key_columns) and is_period_said(parts[-1]):
        return "|".join(parts[:-1]), period_said(parts[-1])
    return None


def is_dated(row: Stream | Stage) -> bool:
    """Whether a row holds for a time."""
    return row.valid_from is not None or row.valid_until is not None


def dated_row(
    declared: Table, row: Stream | Stage, period: SaidPeriod, typed: TypedTables
) -> DatedRow:
    """Return the row that stands in for another in a period.

    `SentenceError` where the period has no first month, or where other rows for a time meet it.
    """
    days = period.days()
    others = [
        each
        for each in typed.records(declared.key)
        if is_dated(each) and _place(declared, each) == _place(declared, row) and _met(each, period)
    ]
    for each in others:
        same = period.alone or each.valid_until == period.end
        if len(others) == 1 and each.valid_from == days[0] and same:
            return DatedRow(_key(declared, each), each)
        what = message("scenario.dated_rows", key=_key(declared, each))
        raise SentenceError("key", what, message("scenario.dated_rows.todo"))
    return DatedRow("|".join((*_place(declared, row), *map(dt.date.isoformat, days))), None)


def by_parameter(
    column: Column, row: Stream | Stage, key: str, period: SaidPeriod
) -> SentenceError | None:
    """Return that a cell does not count because a parameter gives its figure; nothing else."""
    beside = {"stay_months": "stay_parameter", "share": "share_parameter"}.get(column.field, "")
    name = getattr(row, beside, "")
    if not name:
        return None
    what = message("scenario.by_parameter", key=key, column=column.title, parameter=name)
    begin = "" if period.begin is None else period.begin.isoformat()
    todo = message("scenario.by_parameter.todo", key=f"{name}|{begin}")
    return SentenceError("key", what, todo)


def takes_stay_of_group(row: Stream | Stage, typed: TypedTables) -> bool:
    """Whether a row without a stay has its group's: no stage gives one, and nobody queues."""
    place = row.group, row.stage
    if isinstance(row, Stream) and any(
        place == (each.group, each.stage) for each in typed.records("stages")
    ):
        return False
    streams = typed.records("streams")
    return not any(each.leave_parameter and place == (each.group, each.stage) for each in streams)


def _met(row: Stream | Stage, period: SaidPeriod) -> bool:
    begins = row.valid_from or dt.date.min
    ends = row.valid_until or dt.date.max
    return begins <= (period.end or dt.date.max) and ends >= (period.begin or dt.date.min)


def _place(declared: Table, row: Stream | Stage) -> tuple[str, ...]:
    """Return what names a row besides its dates, empty parts included."""
    columns = (each for each in declared.row_columns if each.field != "valid_from")
    return tuple(str(getattr(row, each.field)) for each in columns)


def _key(declared: Table, row: Stream | Stage) -> str:
    return "|".join(str(part) for part in TypedRow(0, row).key(declared))
