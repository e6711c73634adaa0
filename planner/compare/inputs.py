"""Inputs that differ between plans: table, row, column, what stood there and what stands there.

Compared is what was planned: with the scenario's edits in their cells, and of what is expected only
the forecast that was used. Cells are read as their columns declare, so that notation is no
difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import pandas as pd

from planner.compare.row_names import BETWEEN, row_name
from planner.compare.theme import ComparedTheme, difference_column, plan_column, same
from planner.core.texts import Text, message
from planner.input.book import Book, RawValue, TableSheet
from planner.input.column import Column, Table
from planner.input.records import TABLES
from planner.input.row_keys import key_of
from planner.input.scenarios.scenario import FORECAST, MIDDLE
from planner.input.settings import Parameter
from planner.input.supplied_names import Named, code_of
from planner.input.switches import known_parameter
from planner.input.values import UnreadableValueError, read_value
from planner.result import PlanOfBook
from planner.result.plan_of_book import as_name

INPUTS = "inputs"
KEYS = ("table", "row_name", "column", "sheet", "cell")
# The same place in the program's own terms; the row is `None` where no file has it.
PLACE = ("key", "table_key", "column_key", "row")
# The tables of which a plan uses the rows of one scenario.
EXPECTED = ("forecast", "inflow")

Key = tuple[str, ...]


@dataclass(frozen=True)
class _Side:
    """A table as one plan used it: its rows by key, the frame they stand in, and the file's own."""

    declared: Table
    rows: Mapping[Key, int]
    sheet: TableSheet | None
    original: TableSheet | None

    def value(self, key: Key, column: Column) -> object:
        """Return what a cell says; the supplied value of a parameter that has no row."""
        row = self.rows.get(key)
        if row is None:
            known = self._supplied(key)
            return None if known is None else getattr(known, column.field)
        return _read(column, self._raw(row, column.key))

    def has(self, key: Key) -> bool:
        """Whether there is such a row, a supplied parameter included."""
        return key in self.rows or self._supplied(key) is not None

    def _supplied(self, key: Key) -> Parameter | None:
        """Return the supplied parameter of a key; one for a time is never supplied."""
        throughout = self.declared.key == "parameters" and len(key) == 1
        return known_parameter(key[0]) if throughout else None

    def cell(self, key: Key, column: str) -> tuple[str, str, int] | None:
        """Return the sheet, address and row of a cell as it stands in the file, if it does."""
        row = self.rows.get(key)
        if row is None or self.original is None or row not in self.original.frame.index:
            return None
        if column not in self.original.positions:
            return None
        return self.original.name, self.original.address(row, column), row

    def _raw(self, row: int, column: str) -> RawValue | None:
        return self._cells.get(column, {}).get(row)

    @cached_property
    def _cells(self) -> Mapping[str, Mapping[int, RawValue | None]]:
        """The values by column and row: asking the frame for one cell at a time takes seconds."""
        if self.sheet is None:
            return {}
        frame = self.sheet.frame
        rows = frame.index.tolist()
        return {name: dict(zip(rows, frame[name].tolist(), strict=True)) for name in frame.columns}


def input_differences(plans: Sequence[PlanOfBook]) -> ComparedTheme:
    """Return every input in which a plan differs from the base: one row a cell or a whole row.

    A row that a plan does not have is one line without a column.
    """
    rows = [row for declared in TABLES for row in _table(declared, plans)]
    names = [plan_column(number) for number in range(len(plans))]
    frame = pd.DataFrame(rows, columns=[*KEYS, *PLACE, *names], dtype=object)
    for number in range(1, len(plans)):
        pairs = zip(frame[names[0]], frame[names[number]], strict=True)
        frame[difference_column(number)] = pd.Series(
            [_less(one, two) for one, two in pairs], dtype=float, index=frame.index
        )
    return ComparedTheme(INPUTS, KEYS, frame, len(plans))


def _less(one: object, two: object) -> float:
    """Return the difference of two numbers, NaN for anything else."""
    numbers = all(
        isinstance(each, int | float) and not isinstance(each, bool) for each in (one, two)
    )
    return float(two) - float(one) if numbers else float("nan")  # type: ignore[arg-type] # both are


def _table(declared: Table, plans: Sequence[PlanOfBook]) -> Iterator[tuple[object, ...]]:
    """Yield the differences of one table; `scenarios` is compared by what it does."""
    if declared.key == "scenarios" or _one_and_the_same(declared, plans):
        return
    sides = [_side(declared, each) for each in plans]
    names = _location_names(plans)
    columns = [each for each in declared.columns if not each.is_key]
    for key in dict.fromkeys(key for side in sides for key in side.rows):
        there = [side.has(key) for side in sides]
        if not all(there):
            words = [message(f"compare.row.{'there' if each else 'absent'}").both for each in there]
            yield _line(declared, key, None, sides, words, names)
        present = [side for side in sides if side.has(key)]
        for column in columns if len(present) > 1 else ():
            values = [side.value(key, column) if side.has(key) else None for side in sides]
            own = [value for side, value in zip(sides, values, strict=True) if side.has(key)]
            if any(not same(own[0], other) for other in own[1:]):
                yield _line(declared, key, column, sides, values, names)


def _one_and_the_same(declared: Table, plans: Sequence[PlanOfBook]) -> bool:
    """Whether all plans were made from the very same rows: then there is nothing to compare."""
    frames = [each.inputs.frame(declared.key) for each in plans]
    if any(frame is not frames[0] for frame in frames):
        return all(frame.empty for frame in frames)
    return declared.key not in EXPECTED or len({_used(each, declared) for each in plans}) == 1


def _location_names(plans: Sequence[PlanOfBook]) -> dict[str, str]:
    """Return the names of the locations by code; the base's own go before the others'."""
    return {
        str(code): as_name(name)
        for plan in reversed(plans)
        for code, name in plan.of_locations("name").items()
    }


def _line(  # noqa: PLR0913, PLR0917 - a line is told from these parts
    declared: Table,
    key: Key,
    column: Column | None,
    sides: Sequence[_Side],
    values: Sequence[object],
    names: Mapping[str, str],
) -> tuple[object, ...]:
    """Return a difference as a row: where it is, in the first file that has it, and the values."""
    at = declared.key_columns[-1].key if column is None else column.key
    places = (side.cell(key, at) for side in sides)
    sheet, cell, row = next((each for each in places if each is not None), ("", "", None))
    title = Text("", "") if column is None else column.title
    joined = BETWEEN.join(key)
    apart = tuple(each for each in declared.columns if each.tells_apart)
    name = row_name(declared.key, (*_keys(declared), *apart), joined, names)
    own = (joined, declared.key, "" if column is None else column.key, row)
    return declared.title, name, title, sheet, cell, *own, *values


def _side(declared: Table, plan: PlanOfBook) -> _Side:
    book = plan.inputs
    sheet, original = book.tables.get(declared.key), plan.book.tables.get(declared.key)
    columns = _keys(declared)
    if sheet is None or any(each.key not in sheet.frame.columns for each in columns):
        return _Side(declared, {}, None, original)
    used = _used(plan, declared) if declared.key in EXPECTED else None
    rows: dict[Key, int] = {}
    cells = [sheet.frame[each.key].tolist() for each in columns]
    scenarios = sheet.frame["scenario"].tolist() if used is not None else sheet.frame.index
    for row, of, *parts in zip(sheet.frame.index, scenarios, *cells, strict=True):
        if used is None or _scenario(of) == used:
            key = tuple(map(_key_part, columns, parts))
            rows.setdefault((*key, *_apart(declared, sheet, row)), int(row))
    return _Side(declared, rows, sheet, original)


def _apart(declared: Table, sheet: TableSheet, row: int) -> Key:
    """Return what tells a row from others of the same key."""
    columns = [each for each in declared.columns if each.tells_apart]
    if not any(each.key in sheet.frame.columns for each in columns):
        return ()

    def value_of(column: Column) -> object:
        if column.key not in sheet.frame.columns:
            return None
        raw = cast("RawValue | None", sheet.frame.loc[row, column.key])
        return _read(column, raw)

    whole = key_of(declared, value_of)
    return tuple(map(str, whole[len(declared.key_columns) :]))


def _keys(declared: Table) -> tuple[Column, ...]:
    """Return the columns that name a row, that of the scenario left out where one is used."""
    expected = declared.key in EXPECTED
    return tuple(c for c in declared.key_columns if not (expected and c.key == "scenario"))


def _used(plan: PlanOfBook, declared: Table) -> str:
    """Return the scenario whose rows a plan used: as asked, its own, the only one, or middle."""
    frame = plan.inputs.frame(declared.key)
    names = list(dict.fromkeys(_texts(frame)))
    wanted = code_of(Named.SCENARIOS, _asked(plan.inputs) or plan.scenario)
    if wanted in names or not names:
        return wanted
    return names[0] if len(names) == 1 else MIDDLE


def _texts(frame: pd.DataFrame) -> Iterable[str]:
    return map(_scenario, frame["scenario"].tolist()) if "scenario" in frame else ()


def _scenario(raw: RawValue | None) -> str:
    return code_of(Named.SCENARIOS, as_name(raw))


def _asked(book: Book) -> str:
    """Return the forecast that the parameters ask for, empty where they do not."""
    frame = book.frame("parameters")
    if "parameter" not in frame or "value" not in frame:
        return ""
    named = zip(frame["parameter"].tolist(), frame["value"].tolist(), strict=True)
    found = (value for name, value in named if code_of(Named.PARAMETERS, as_name(name)) == FORECAST)
    return as_name(next(found, ""))


def _key_part(column: Column, raw: RawValue | None) -> str:
    value = _read(column, raw)
    return "" if value is None else str(value)


def _read(column: Column, raw: RawValue | None) -> object:
    """Return a cell as its column declares; the default where it is empty, raw if unreadable."""
    try:
        value = read_value(column, raw)
    except UnreadableValueError:
        return str(raw)
    return column.default if value is None else value
