"""Checks on values that can be read and are hardly meant: days long ago, people by the million."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planner.core.errors import Finding, Severity
from planner.core.texts import Message, message
from planner.input.column import Column, ColumnType, Table
from planner.input.finding_limit import Crowd
from planner.input.names import plain
from planner.input.recognise import names_of, table_named
from planner.input.records import TABLES
from planner.input.settings import ScenarioEdit
from planner.input.typed import TypedTables

# A number that a sheet shows as a day counts days since 1900: up to 18,000 it is one before 1950.
_FIRST_LIKELY = 1950
_DAY_ZERO, _MARCH_1900 = dt.date(1899, 12, 30), dt.date(1900, 3, 1)
# All who live in the Netherlands are eighteen times as many.
_MOST_LIKELY = 1_000_000
_COUNTED = frozenset({"persons", "beds", "places", "seats", "fte"})


def days_are_likely(typed: TypedTables) -> Iterator[Finding]:
    """Yield days of before 1950: a small number in a cell that shows days looks like one."""
    for declared in TABLES:
        crowd = Crowd()
        for column in declared.columns:
            if column.holds not in {ColumnType.DATE, ColumnType.MONTH}:
                continue
            for each in typed.rows(declared.key):
                day = getattr(each.record, column.field)
                if day is None or day.year >= _FIRST_LIKELY:
                    continue
                if crowd.tells(column.key, "check.day_long_ago"):
                    # A sheet counts a 29 February 1900, which there was not.
                    number = (day - _DAY_ZERO).days - int(day < _MARCH_1900)
                    what = message("check.day_long_ago", day=day, number=str(number))
                    yield _remark(typed, declared, each.row, column.key, what)
        yield from _others(typed, declared, crowd)


def amounts_are_likely(typed: TypedTables) -> Iterator[Finding]:
    """Yield people, places and staff by the million, in every forecast and scenario."""
    for declared in TABLES:
        crowd = Crowd()
        for column in declared.columns:
            if column.unit not in _COUNTED:
                continue
            for each in typed.rows(declared.key):
                amount = getattr(each.record, column.field)
                if _is_too_many(amount) and crowd.tells(column.key, "check.amount_large"):
                    yield _too_many(typed, declared, each.row, column.key, amount)
        yield from _others(typed, declared, crowd)
    for each in typed.rows("scenarios"):
        edit: ScenarioEdit = each.record
        changed = _column_of(edit)
        if changed is not None and changed.unit in _COUNTED and _is_too_many(edit.value):
            declared = next(table for table in TABLES if table.key == "scenarios")
            yield _too_many(typed, declared, each.row, "value", edit.value)


def _is_too_many(amount: object) -> bool:
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        return False
    return amount > _MOST_LIKELY


def _column_of(edit: ScenarioEdit) -> Column | None:
    """Return the column that a scenario changes, where there is one of that name."""
    declared = table_named(edit.table)
    if declared is None:
        return None
    named = (each for each in declared.columns if plain(edit.column) in map(plain, names_of(each)))
    return next(named, None)


def _too_many(
    typed: TypedTables, declared: Table, row: int, column: str, amount: object
) -> Finding:
    what = message("check.amount_large", amount=amount)
    return _remark(typed, declared, row, column, what)


def _remark(typed: TypedTables, declared: Table, row: int, column: str, what: Message) -> Finding:
    todo = message(f"{what.key}.todo")
    return typed.finding(Severity.REMARK, declared.key, row, column, what, todo)


def _others(typed: TypedTables, declared: Table, crowd: Crowd) -> Iterator[Finding]:
    for column, what, todo in crowd.rest():
        yield typed.finding(Severity.REMARK, declared.key, None, column, what, todo)
