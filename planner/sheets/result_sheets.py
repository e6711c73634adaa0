"""Result sheets with their rows, and reading them back from a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd

from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import Language, Message, Text, message
from planner.input.book import Book, RawSheet, RawValue, column_letters
from planner.input.column import Column, ColumnType
from planner.input.names import plain
from planner.input.values import UnreadableValueError, read_value
from planner.sheets.alternatives_tables import ALTERNATIVES_TABLES
from planner.sheets.ensemble_tables import ENSEMBLE_TABLES
from planner.sheets.forecast_tables import FORECAST_TABLES
from planner.sheets.margin_tables import MARGIN_TABLES
from planner.sheets.result_table import ResultTable
from planner.sheets.result_tables import HIDDEN, RESULT_TABLES
from planner.sheets.robust_tables import ROBUST_TABLES
from planner.sheets.since_tables import SINCE_TABLES
from planner.sheets.track_record_tables import TRACK_RECORD_TABLES
from planner.sheets.units import title_with_unit, unit_key

# Below this row a result sheet has its rows; above it, its title, notes and header.
_HEADER_ROWS = 20

# A sheet that gets out of the way of another of that name is numbered.
NUMBERED = re.compile(r" \(\d+\)$")


@dataclass(frozen=True)
class ResultSheet:
    """A result table with its rows, and the lines that stand above them.

    `frame` has the declared columns by key, in plain numbers, months as dates and listed values
    by key; `None` or NaN is an empty cell. A value may be a `Text`, shown in the sheet's language.
    """

    table: ResultTable
    frame: pd.DataFrame
    notes: tuple[str | Text | Message, ...] = ()


@dataclass(frozen=True)
class FoundResult:
    """Where a result table stands in a sheet: its header row and the columns by key."""

    table: ResultTable
    header_row: int
    positions: Mapping[str, int]


def read_results(book: Book) -> dict[str, pd.DataFrame]:
    """Return the result tables that stand in a book, by key.

    Numbers are floats, months dates, listed values their keys; an empty cell is `None`, or NaN in
    a column of numbers. `UnusableInputError` lists every cell that cannot be read.
    """
    findings: list[Finding] = []
    tables: dict[str, pd.DataFrame] = {}
    for sheet in book.sheets:
        found = find_result(sheet)
        if found is not None and found.table.key not in tables:
            tables[found.table.key] = _frame(sheet, found, findings)
    if findings:
        raise UnusableInputError(
            message("results.unreadable", count=len(findings)), tuple(findings)
        )
    return tables


@cache
def _tables_by_name() -> Mapping[str, ResultTable]:
    return {
        plain(name): each
        for each in (
            *RESULT_TABLES.values(),
            *FORECAST_TABLES.values(),
            *ROBUST_TABLES.values(),
            *ENSEMBLE_TABLES.values(),
            *TRACK_RECORD_TABLES.values(),
            *MARGIN_TABLES.values(),
            *SINCE_TABLES.values(),
            *ALTERNATIVES_TABLES.values(),
            *HIDDEN,
        )
        for name in (each.key, each.title.nl, each.title.en, *each.earlier)
    }


def find_result(sheet: RawSheet) -> FoundResult | None:
    """Return the result table that a sheet holds, if it is one of ours by title and by columns."""
    table = _tables_by_name().get(plain(NUMBERED.sub("", sheet.name)))
    if table is None:
        return None
    for row, cells in _top_rows(sheet).items():
        positions = _positions(table, cells)
        if all(column.key in positions for column in table.columns if column.required):
            return FoundResult(table, row, positions)
    return None


def _top_rows(sheet: RawSheet) -> Mapping[int, Mapping[int, RawValue]]:
    rows: dict[int, dict[int, RawValue]] = {}
    for (row, column), value in sheet.cells.items():
        if row <= _HEADER_ROWS:
            rows.setdefault(row, {})[column] = value
    return dict(sorted(rows.items()))


def _positions(table: ResultTable, cells: Mapping[int, RawValue]) -> Mapping[str, int]:
    known = {
        plain(name): column.key
        for column in (*table.columns, *table.planned)
        for name in (column.key, column.title.nl, column.title.en, *_with_unit(column))
    }
    positions: dict[str, int] = {}
    for at, value in sorted(cells.items()):
        if isinstance(value, str) and plain(value) in known:
            positions.setdefault(known[plain(value)], at)
    return positions


def _with_unit(column: Column) -> Iterator[str]:
    """Yield what a column is called where its unit stands in the title."""
    for language in Language:
        yield title_with_unit(column, language)


def _frame(sheet: RawSheet, found: FoundResult, findings: list[Finding]) -> pd.DataFrame:
    """Return the rows below the header, each cell read as its column declares."""
    by_column: dict[int, dict[int, RawValue]] = {at: {} for at in found.positions.values()}
    rows: set[int] = set()
    for (row, at), value in sheet.cells.items():
        if row > found.header_row and at in by_column:
            by_column[at][row] = value
            rows.add(row)
    order = sorted(rows)
    columns: dict[str, pd.Series] = {}
    for key, at in found.positions.items():
        column = next(
            each for each in (*found.table.columns, *found.table.planned) if each.key == key
        )
        reader = _ColumnReader(sheet.name, at, column)
        columns[key] = pd.Series(list(reader.values(by_column[at], order)), dtype=reader.dtype)
        findings.extend(reader.findings)
    return pd.DataFrame(columns)


class _ColumnReader:
    """Reads one column; equal raw values are read once, for a result sheet repeats itself."""

    def __init__(self, sheet: str, at: int, column: Column) -> None:
        self._sheet = sheet
        self._at = at
        self._column = column
        self._numbers = column.holds is ColumnType.NUMBER
        self._seen: dict[tuple[type, RawValue], object] = {}
        self.dtype = float if self._numbers else object
        self.findings: list[Finding] = []

    def values(self, cells: Mapping[int, RawValue], rows: list[int]) -> Iterator[object]:
        """Yield the value of each row; of an unreadable one, nothing and a finding."""
        for row in rows:
            raw = cells.get(row)
            if raw is None:
                yield None
            elif self._numbers and type(raw) in (int, float):
                yield raw
            else:
                yield self._read(raw, row)

    def _read(self, raw: RawValue, row: int) -> object:
        # Yes and 1 are equal to Python, and are not the same in a cell.
        known = (type(raw), raw)
        if known not in self._seen:
            try:
                value = read_value(self._column, raw)
            except UnreadableValueError as fault:
                cell = f"{column_letters(self._at)}{row}"
                self.findings.append(
                    Finding(Severity.ERROR, fault.what, fault.todo, self._sheet, cell)
                )
                return None
            self._seen[known] = self._plain_value(value)
        return self._seen[known]

    def _plain_value(self, value: object) -> object:
        """Return listed values and units by their keys."""
        if self._column.key == "unit":
            return unit_key(str(value))
        return str(value) if self._column.choices else value
