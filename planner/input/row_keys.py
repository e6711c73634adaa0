"""What names a row: its key columns, and of rows of the same key the columns that differ."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from planner.input.column import Column, Table
from planner.input.order import place
from planner.input.parameters import is_period

Record = TypeVar("Record")


def key_of(declared: Table, value_of: Callable[[Column], Any]) -> tuple[Any, ...]:
    """Return the values that name a row, without the empty ones at the end.

    `value_of` gives what stands in a column of the row, `None` or empty text where nothing does.
    A parameter that holds throughout goes by its name alone, whatever its validity.
    """
    own = [value_of(column) for column in declared.key_columns]
    beside = [value_of(column) for column in declared.apart_columns]
    if declared.key == "parameters":
        dates = [value_of(declared.column(key)) for key in ("valid_from", "valid_until")]
        if not is_period(str(own[0]), *(each if _is_day(each) else None for each in dates)):
            return tuple(own)
    if declared.last_day is not None and beside[-1] in {"", None}:
        # A row that holds from the beginning until a day is told apart by that day.
        beside.append(value_of(declared.last_day))
    while beside and beside[-1] in {"", None}:
        beside.pop()
    return (*own, *("" if each is None else each for each in beside))


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date)


def in_key_order(declared: Table, records: Iterable[Record]) -> tuple[Record, ...]:
    """Return records of a table in the order of what names them; an empty part comes first."""

    def named(record: Record) -> tuple[tuple[object, ...], ...]:
        key = key_of(declared, lambda column: getattr(record, column.field))
        return place(tuple("" if part is None else str(part) for part in key))

    return tuple(sorted(records, key=named))
