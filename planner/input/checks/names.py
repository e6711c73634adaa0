"""Checks on names: two that look alike, or differ in case only, are likely meant to be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from planner.core.errors import Finding, Severity
from planner.core.joined_ids import JOINER
from planner.core.texts import message
from planner.input.column import ColumnType, Table
from planner.input.names import shape_of
from planner.input.records import TABLES
from planner.input.typed import TypedTables

# Which columns share their names, by the table whose rows they name; regions have no table.
_REGION, _SCENARIO, _STREAM = "region", "scenario", "stream"
_SHARED = (_REGION, _SCENARIO, _STREAM)


class _Place(NamedTuple):
    table: str
    row: int
    column: str


def look_alike_names(typed: TypedTables) -> Iterator[Finding]:
    """Yield names that are told apart by case, signs or letters of another script alone."""
    for names in _names(typed).values():
        alike: dict[str, list[str]] = defaultdict(list)
        for name in names:
            alike[shape_of(name)].append(name)
        for same in alike.values():
            for name in same[1:]:
                yield _finding(typed, name, names[name], same[0], names[same[0]])


def names_can_be_listed(typed: TypedTables) -> Iterator[Finding]:
    """Yield names that hold the sign between the names in one cell, such as of several locations.

    Each would be taken for several there, in the sheets and in the plan.
    """
    for sort, names in _names(typed).items():
        for name, at in names.items():
            if JOINER in name and at.table == sort:
                what = message("check.joiner_in_name", name=name, joiner=JOINER)
                todo = message("check.joiner_in_name.todo", joiner=JOINER)
                yield typed.finding(Severity.ERROR, at.table, at.row, at.column, what, todo)


def _names(typed: TypedTables) -> dict[str, dict[str, _Place]]:
    """Return each sort of name: the names in order, each with where it stands first."""
    found: dict[str, dict[str, _Place]] = defaultdict(dict)
    for declared in TABLES:
        for column in declared.columns:
            sort = _sort(declared, column.key, column.refers_to)
            if not sort:
                continue
            for each in typed.rows(declared.key):
                value = getattr(each.record, column.field)
                values = value if column.holds is ColumnType.LIST else (value,)
                for name in values or ():
                    if name:
                        place = _Place(declared.key, each.row, column.key)
                        found[sort].setdefault(str(name), place)
    return found


def _sort(declared: Table, column: str, refers_to: str) -> str:
    """Return which sort of name a column holds; empty where it holds none of these."""
    if refers_to:
        return refers_to
    if column in _SHARED:
        return column
    keys = declared.key_columns
    own = len(keys) == 1 and keys[0].key == column and declared.key != "parameters"
    return declared.key if own else ""


def _finding(typed: TypedTables, name: str, at: _Place, other: str, there: _Place) -> Finding:
    sheet = typed.book.tables[there.table]
    cell = f"{sheet.name}!{sheet.address(there.row, there.column)}"
    what = message("check.look_alike", name=name, other=other, cell=cell)
    todo = message("check.look_alike.todo")
    return typed.finding(Severity.REMARK, at.table, at.row, at.column, what, todo)
