"""Edits as JSON: what a journal keeps of them, line by line, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from planner.input.book import CellError, RawValue, Uncalculated
from planner.input.edits import AddRow, DropRow, SetCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.input.edits import Edit


def line_of(edits: Sequence[Edit]) -> str:
    """Return the edits of one step as a line of JSON, each its kind and its parts."""
    return json.dumps([_parts(each) for each in edits], default=_plain)


def _parts(edit: Edit) -> list[Any]:
    match edit:
        case SetCell(table, row, column, value):
            return ["set", table, row, column, value]
        case AddRow(table, row, cells):
            return ["add", table, row, dict(cells)]
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
    """Return a value that JSON does not know, marked with its type."""
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
            if not hasattr(value, "item"):
                raise TypeError(f"no cell holds {value!r}")
            return value.item()  # numpy's numbers as Python's
    return marked


_READERS: Mapping[str, Callable[[str], RawValue]] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "error": CellError,
    "formula": Uncalculated,
}


def _value(plain: RawValue | dict[str, str] | None) -> RawValue | None:
    if not isinstance(plain, dict):
        return plain
    ((kind, said),) = plain.items()
    return _READERS[kind](said)
