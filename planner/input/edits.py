"""An edit is a value: it makes a new book, and its inverse undoes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.input.book import Book, RawValue, TableSheet, empty_sheet
from planner.input.records import table as table_named


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
    there, or adds a row that is. Each table is made anew once, however many of its cells change.
    """
    applying = Applying(book)
    applying.take(edits)
    return applying.finish()


class Applying:
    """Edits being applied to a book, some at a time; the book itself is untouched."""

    def __init__(self, book: Book) -> None:
        """Begin with a book."""
        self._book = book
        self._drafts: dict[str, _Draft] = {}
        self._undo: list[Edit] = []

    def take(self, edits: Sequence[Edit]) -> None:
        """Apply the next edits in order; `KeyError` as `apply` has it."""
        for edit in edits:
            if edit.table not in self._book.tables:
                declared = table_named(edit.table)
                self._book = self._book.with_table(empty_sheet(declared, declared.title.nl))
            if edit.table not in self._drafts:
                frame = self._book.tables[edit.table].frame
                self._drafts[edit.table] = _Draft(edit.table, frame)
            self._undo.append(self._drafts[edit.table].apply(edit))

    def finish(self) -> tuple[Book, tuple[Edit, ...]]:
        """Return the new book and the edits that undo them all, in their order."""
        book = self._book
        for table, draft in self._drafts.items():
            sheet = book.tables[table].with_frame(draft.frame())
            book = book.with_table(_with_positions(sheet, _width(book, sheet.name)))
        return book, tuple(reversed(self._undo))


class _Draft:
    """A table's rows while edits are applied: a paste of thousands of cells makes one frame."""

    def __init__(self, table: str, frame: pd.DataFrame) -> None:
        self._table = table
        self._base = frame
        self._empty: dict[str, RawValue | None] = dict.fromkeys(map(str, frame.columns))
        self._at = {int(row): at for at, row in enumerate(frame.index)}
        self._changed: dict[str, np.ndarray] = {}
        self._added: dict[int, dict[str, RawValue | None]] = {}
        self._dropped: set[int] = set()

    def apply(self, edit: Edit) -> Edit:
        """Apply an edit and return the one that undoes it."""
        match edit:
            case SetCell(table, row, column, value):
                return SetCell(table, row, column, self._set(row, column, value))
            case AddRow(table, row, cells):
                if self._has(row):
                    raise KeyError(row)
                self._added[row] = {**self._empty, **self._known(cells)}
                return DropRow(table, row)
            case DropRow(table, row):
                return AddRow(table, row, self._drop(row))

    def _known(self, cells: Mapping[str, RawValue | None]) -> Mapping[str, RawValue | None]:
        """Return the cells of columns that the table has; those it can have come with a value."""
        declared = table_named(self._table)
        for name, value in cells.items():
            if name not in self._empty and value is not None and declared.knows(name):
                self._empty[name] = None
                self._column(name)
        return {name: each for name, each in cells.items() if name in self._empty}

    def _has(self, row: int) -> bool:
        return row in self._added or (row in self._at and row not in self._dropped)

    def _set(self, row: int, column: str, value: RawValue | None) -> RawValue | None:
        """Put a value in a cell and return what stood there."""
        if not self._has(row):
            raise KeyError(row)
        if column not in self._empty:
            table_named(self._table).column(column)
            self._empty[column] = None
            self._column(column)  # the other rows have it too, and nothing in it
        if row in self._added:
            standing = self._added[row].get(column)
            self._added[row][column] = value
            return standing
        cells = self._column(column)
        before: RawValue | None = cells[self._at[row]]
        cells[self._at[row]] = value
        return before

    def _column(self, name: str) -> np.ndarray:
        """Return a column's cells to write in."""
        if name not in self._changed:
            cells = np.full(len(self._base), None, dtype=object)
            if name in self._base.columns:
                cells[:] = self._base[name].to_numpy(dtype=object)
            self._changed[name] = cells
        return self._changed[name]

    def _drop(self, row: int) -> dict[str, RawValue | None]:
        """Take a row away and return its cells."""
        if not self._has(row):
            raise KeyError(row)
        if row in self._added:
            return self._added.pop(row)
        self._dropped.add(row)
        at = self._at[row]
        return {name: self._column(name)[at] for name in self._empty}

    def frame(self) -> pd.DataFrame:
        """Return the rows after the edits, in the order of their row numbers."""
        columns = {
            name: pd.Series(cells, index=self._base.index, dtype=object)
            for name, cells in self._changed.items()
        }
        kept = self._base.assign(**columns)
        if self._dropped:
            kept = kept.drop(index=sorted(self._dropped))
        if not self._added:
            return kept
        cells = [list({**self._empty, **each}.values()) for each in self._added.values()]
        added = pd.DataFrame(
            cells, columns=list(self._empty), index=list(self._added), dtype=object
        )
        joined = added if kept.empty else pd.concat([kept, added])
        return joined.sort_index()


def _width(book: Book, name: str) -> int:
    """Return the last column of a sheet with anything in it, known or not."""
    raw = next((each for each in book.sheets if each.name == name), None)
    return 0 if raw is None else max((at for _, at in {*raw.cells, *raw.formulas}), default=0)


def _with_positions(sheet: TableSheet, width: int) -> TableSheet:
    """Give a column that an edit added the next free place in the sheet."""
    positions = dict(sheet.positions)
    for column in sheet.frame.columns:
        if str(column) not in positions:
            positions[str(column)] = max(width, *positions.values(), 0) + 1
    return replace(sheet, positions=positions)


def next_row(book: Book, table: str) -> int:
    """Return the row number below the last row of a table, and below what else stands there."""
    sheet = book.tables.get(table)
    return 2 if sheet is None else sheet.next_row
