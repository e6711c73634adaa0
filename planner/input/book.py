"""`Book`: what stands in a workbook, mistakes included.

A book is a value: an edit makes a new one and leaves the old as it was, so that undo, scenarios
and a calculation in the background need no locks. Rows are known by their row number in the
sheet, so that every place in the program is also a cell of the user's file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pandas as pd

from planner.core.errors import Finding
from planner.input.column import Table


def keep_texts_plainly() -> None:
    """Have pandas keep texts as Python's own in this process: for the program's own entries.

    Else it keeps them in another way where an optional library happens to be installed: a plan
    would rest on code that most installations, and so most users, do not run.
    """
    pd.set_option("mode.string_storage", "python")


@dataclass(frozen=True)
class CellError:
    """An error that stands in a cell, such as `#N/A`; it is never an empty cell."""

    code: str

    def __str__(self) -> str:
        """Show the code as the sheet does."""
        return self.code


@dataclass(frozen=True)
class Uncalculated:
    """A formula whose result the file does not hold; it is never an empty cell."""

    formula: str

    def __str__(self) -> str:
        """Show the formula as the sheet does."""
        return self.formula


RawValue = str | int | float | bool | dt.datetime | dt.date | dt.time | CellError | Uncalculated


@dataclass(frozen=True)
class SheetLook:
    """What a sheet looks like beyond its cells; rows and columns count from 1.

    `merged` holds ranges as (top, left, bottom, right); `widths` are in characters; `noted` is
    whether cells have notes. `struck` are the cells whose text is struck out, wholly or in part.
    """

    widths: Mapping[int, float] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    filtered: bool = False
    noted: bool = False
    struck: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it stands in the file, cell by cell, so that it can be written back.

    `cells`, `formulas` and `formats` are keyed by (row, column), both from 1; empty cells are
    absent. A formula's stored result stands in `cells`. `state` is Excel's: visible, hidden or
    veryHidden. `notes` are the comments at cells, keyed as those.
    """

    name: str
    cells: Mapping[tuple[int, int], RawValue]
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    state: str = "visible"
    look: SheetLook = field(default_factory=SheetLook)
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class TableSheet:
    """A recognised table: which sheet it is, and its rows as they stand there.

    Equal only to itself, as its rows are; so what was read of it can be kept beside it.

    `frame` holds raw values (`None` for an empty cell); its index is the row number in the sheet
    and its columns are the declared keys that were found. `positions` gives the column number
    (from 1) of each. `last_row` is the last row of the sheet with anything in it, totals and notes
    below the table included.
    """

    table: Table
    name: str
    header_row: int
    frame: pd.DataFrame
    positions: Mapping[str, int]
    last_row: int = 0

    @property
    def next_row(self) -> int:
        """The number of the row below everything that stands in the sheet."""
        last = 0 if self.frame.empty else int(self.frame.index.max())
        return max(self.header_row, self.last_row, last) + 1

    def address(self, row: int, column: str) -> str:
        """Return the cell's address in the sheet, such as `C7`."""
        return f"{column_letters(self.positions[column])}{row}"

    def with_frame(self, frame: pd.DataFrame) -> TableSheet:
        """Return the same sheet with other rows."""
        return replace(self, frame=frame)


@dataclass(frozen=True)
class Book:
    """Everything that was read from a workbook, with what was found odd while reading.

    `package` is the whole workbook as it was read, where changes can be written into it: all that
    is not known here stays there. `source` is the kind of file where they cannot: xls, ods or csv.
    """

    tables: Mapping[str, TableSheet] = field(default_factory=dict)
    sheets: tuple[RawSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    name: str = ""
    package: bytes = field(default=b"", repr=False, compare=False)
    source: str = field(default="", compare=False)

    def frame(self, table: str) -> pd.DataFrame:
        """Return a table's rows, or an empty frame where the sheet is missing."""
        sheet = self.tables.get(table)
        return pd.DataFrame() if sheet is None else sheet.frame

    def cell(self, table: str, row: int, column: str) -> Any:  # noqa: ANN401 - raw, any value
        """Return what stands in a cell, `None` when it is empty."""
        return self.tables[table].frame.at[row, column]  # noqa: PD008 - one cell, not a slice

    def with_table(self, sheet: TableSheet) -> Book:
        """Return the book with one table replaced or added."""
        return replace(self, tables={**self.tables, sheet.table.key: sheet})


@cache
def column_letters(number: int) -> str:
    """Return a column's letters: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def empty_sheet(table: Table, name: str) -> TableSheet:
    """Return a table without rows, with every declared column in order."""
    keys = [column.key for column in table.columns]
    frame = pd.DataFrame(columns=keys, dtype=object, index=pd.Index([], dtype=int))
    return TableSheet(table, name, 1, frame, {key: at + 1 for at, key in enumerate(keys)})
