"""Edits as JSON: what a journal keeps of them, line by line, and back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from planner.tables.book import CellError, Uncalculated
from planner.tables.edits import AddRow, DropRow, SetCell

if TYPE_CHECKING:
    from planner.tables.edits import Edit

_PLAIN = (str, int, float, bool, type(None))


def written(edit: Edit) -> list[Any]:
    """Return an edit as JSON: its kind and its parts."""
    match edit:
        case SetCell(table, row, column, value):
            return ["set", table, row, column, _plain(value)]
        case AddRow(table, row, cells):
            return ["add", table, row, {key: _plain(value) for key, value in cells.items()}]
        case DropRow(table, row):
            return ["drop", table, row]


def edit_of(parts: list[Any]) -> Edit:
    """Return the edit that was written so; `ValueError` where it is none."""
    match parts:
        case ["add", table, row, cells]:
            return AddRow(table, row, {key: _value(each) for key, each in cells.items()})
        case ["drop", table, row]:
            return DropRow(table, row)
        case ["set", table, row, column, value]:
            return SetCell(table, row, column, _value(value))
        case _:
            raise ValueError(f"not an edit: {parts!r}")


def _plain(value: object) -> object:
    """Return a cell's value as JSON; what JSON does not know is marked with its type."""
    if type(value) in _PLAIN:
        return value
    marked: dict[str, str]
    match value:
        case dt.datetime():
            marked = {"datetime": value.isoformat()}
        case dt.date():
            marked = {"date": value.isoformat()}
        case dt.time():
            marked = {"time": value.isoformat()}
        case CellError(code):
            marked = {"error": code}
        case Uncalculated(formula):
            marked = {"formula": formula}
        case _:
            return value.item() if hasattr(value, "item") else value  # numpy's numbers as Python's
    return marked


_READERS = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "error": CellError,
    "formula": Uncalculated,
}


def _value(plain: Any) -> Any:  # noqa: ANN401 - any value
    if not isinstance(plain, dict):
        return plain
    ((kind, said),) = plain.items()
    return _READERS[kind](said)
