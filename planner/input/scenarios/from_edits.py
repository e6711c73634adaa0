"""A scenario made of what was edited: the cells go back, and their new values become its changes.

Only cells are taken. Rows that were added or taken away, and what was changed in a row
that cannot be named by its key, stay as they are and are counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.core.texts import Language
from planner.input.book import Book, CellError, RawValue, TableSheet, Uncalculated
from planner.input.edits import DropRow, Edit, SetCell
from planner.input.names import tidy
from planner.input.records import TABLES
from planner.input.scenarios.by_key import Address
from planner.input.scenarios.scenario_edits import SHEET, ScenarioRow, change_of, set_in
from planner.input.scenarios.whole_rows import key_of_row
from planner.input.supplied_names import Named, code_of
from planner.input.switches import known_parameter
from planner.input.typed import TypedTables, read_tables
from planner.input.values import is_empty


@dataclass(frozen=True)
class MovedCell:
    """A cell that was edited: its change (of no scenario yet), its value before, the way back."""

    line: ScenarioRow
    before: RawValue | None
    back: Edit


@dataclass(frozen=True)
class Taken:
    """The cells that can be in a scenario, and how many rows and cells that cannot stay."""

    cells: tuple[MovedCell, ...]
    rows_kept: int
    cells_kept: int

    @property
    def moved(self) -> int:
        """How many cells move."""
        return len(self.cells)

    def edits(self, sheet: TableSheet | None, name: str) -> tuple[Edit, ...]:
        """Return the edits that take the cells back and keep them in a scenario of this name."""
        lines = [replace(each.line, scenario=name) for each in self.cells]
        return (*(each.back for each in self.cells), *set_in(sheet, lines))


def scenario_from(before: Book, after: Book, language: Language) -> Taken:
    """Return what differs between two books as cells that a scenario may hold instead."""
    return _Taking(before, after, language).taken()


class _Taking:
    """Goes through the tables and sorts what differs."""

    def __init__(self, before: Book, after: Book, language: Language) -> None:
        self._before, self._after = before, after
        self._language = language
        self._typed: TypedTables = read_tables(before)[0]
        self._cells: list[MovedCell] = []
        self._rows_kept = 0
        self._cells_kept = 0

    def taken(self) -> Taken:
        for declared in TABLES:
            if declared.key != SHEET:
                self._take(declared.key)
        return Taken(tuple(self._cells), self._rows_kept, self._cells_kept)

    def _take(self, table: str) -> None:
        keys = self._keys(table)
        ours, theirs = self._after.frame(table), self._before.frame(table)
        rows = set(theirs.index)
        for row in ours.index:
            if row not in rows and not self._added(table, int(row)):
                self._rows_kept += 1
        self._rows_kept += len(rows - set(ours.index))
        for row, column, old, new in _differing(self._before, self._after, table):
            key = keys.get(row)
            if key is None or isinstance(new, CellError | Uncalculated):
                self._cells_kept += 1
                continue
            self._keep(SetCell(table, row, column, old), old, (table, key, column), new)

    def _keys(self, table: str) -> dict[int, str]:
        """Return the keys of the rows that no other row shares and no fault hides, by row."""
        declared = next(each for each in TABLES if each.key == table)
        rows: dict[str, list[int]] = {}
        for each in self._typed.rows(table):
            rows.setdefault(key_of_row(declared, each), []).append(each.row)
        return {found[0]: key for key, found in rows.items() if len(found) == 1}

    def _added(self, table: str, row: int) -> bool:
        """Take an added row along where it only sets a parameter that the program knows."""
        if table != "parameters":
            return False
        frame = self._after.frame(table)
        found = {str(column): self._after.cell(table, row, str(column)) for column in frame.columns}
        cells: dict[str, RawValue] = {
            column: value for column, value in found.items() if not is_empty(value)
        }
        name, value = cells.pop("parameter", None), cells.pop("value", None)
        if cells or not isinstance(name, str) or known_parameter(tidy(name)) is None:
            return False
        supplied = known_parameter(tidy(name))
        before = None if supplied is None else supplied.value
        address = (table, code_of(Named.PARAMETERS, tidy(name)), "value")
        self._keep(DropRow(table, row), before, address, value)
        return True

    def _keep(
        self, back: Edit, before: RawValue | None, address: Address, value: RawValue | None
    ) -> None:
        line = change_of("", *address, value, self._language)
        self._cells.append(MovedCell(line, before, back))


def _differing(
    before: Book, after: Book, table: str
) -> Iterator[tuple[int, str, RawValue | None, RawValue | None]]:
    """Yield the cells of rows in both books that differ: row, column, old and new value."""
    theirs, ours = before.frame(table), after.frame(table)
    if ours is theirs:
        return
    both = theirs.index.intersection(ours.index)
    for column in ours.columns:
        new = ours.loc[both, column].to_numpy(dtype=object)
        old = (
            theirs.loc[both, column].to_numpy(dtype=object)
            if column in theirs.columns
            else [None] * len(both)
        )
        for row, one, other in zip(both, old, new, strict=True):
            if one is not other and (type(one) is not type(other) or one != other):
                yield int(row), str(column), one, other
