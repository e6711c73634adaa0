"""An edit is a value: it makes a new book, and its inverse undoes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from planner.tables.book import Book, RawValue, TableSheet, empty_sheet
from planner.tables.records import table as table_named


@dataclass(frozen=True)
class SetCell:
    """Put a value in a cell; `None` empties it."""

    table: str
    row: int
    column: str
    value: RawValue | None


@dataclass(frozen=True)
class AddRow:
    """Add a row with the given cells; `row` is its row number in the sheet."""

    table: str
    row: int
    cells: Mapping[str, RawValue | None]


@dataclass(frozen=True)
class DropRow:
    """Take a row away."""

    table: str
    row: int


Edit = SetCell | AddRow | DropRow


def apply(book: Book, edits: Sequence[Edit]) -> tuple[Book, tuple[Edit, ...]]:
    """Apply edits in order; return the new book and the edits that undo them, in their order.

    The old book is untouched. `KeyError` when an edit names a table, row or column that is not
    there. Each table is copied once, however many of its cells change.
    """
    frames: dict[str, pd.DataFrame] = {}
    undo: list[Edit] = []
    for edit in edits:
        if edit.table not in book.tables:
            declared = table_named(edit.table)
            book = book.with_table(empty_sheet(declared, declared.title.nl))
        if edit.table not in frames:
            frames[edit.table] = book.tables[edit.table].frame.copy()
        frames[edit.table], inverse = _applied(frames[edit.table], edit)
        undo.append(inverse)
    for table, frame in frames.items():
        sheet = book.tables[table].with_frame(frame)
        book = book.with_table(_with_positions(sheet))
    return book, tuple(reversed(undo))


def _applied(frame: pd.DataFrame, edit: Edit) -> tuple[pd.DataFrame, Edit]:
    """Return the frame after one edit and the edit that undoes it."""
    match edit:
        case SetCell(table, row, column, value):
            if row not in frame.index:
                raise KeyError(row)
            if column not in frame.columns:
                table_named(table).column(column)
                frame[column] = pd.Series([None] * len(frame), index=frame.index, dtype=object)
            before: Any = frame.at[row, column]  # noqa: PD008 - one cell, not a slice
            after: Any = value
            frame.at[row, column] = after  # noqa: PD008
            return frame, SetCell(table, row, column, before)
        case AddRow(table, row, cells):
            if row in frame.index:
                raise KeyError(row)
            added = pd.DataFrame(
                [[cells.get(column) for column in frame.columns]],
                columns=frame.columns,
                index=[row],
                dtype=object,
            )
            joined = added if frame.empty else pd.concat([frame, added]).sort_index()
            return joined, DropRow(table, row)
        case DropRow(table, row):
            dropped: dict[str, Any] = {str(key): value for key, value in frame.loc[row].items()}
            return frame.drop(index=row), AddRow(table, row, dropped)


def _with_positions(sheet: TableSheet) -> TableSheet:
    """Give a column that an edit added the next free place in the sheet."""
    positions = dict(sheet.positions)
    for column in sheet.frame.columns:
        positions.setdefault(str(column), max(positions.values(), default=0) + 1)
    return replace(sheet, positions=positions)


def next_row(book: Book, table: str) -> int:
    """Return the row number below the last row of a table."""
    sheet = book.tables.get(table)
    if sheet is None:
        return 2
    if sheet.frame.empty:
        return sheet.header_row + 1
    return int(sheet.frame.index.max()) + 1
