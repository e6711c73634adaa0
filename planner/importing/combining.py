"""Rows from several sheets and files put together: what meets, what overlaps, what is missing.

Groups that are written apart and mean one group are added up. The same count written twice, and
one location under two names, are errors: nobody can tell which is meant.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, message
from planner.importing.mapping import spelling
from planner.importing.part_rows import TakenRow
from planner.importing.spelled import Spelled, key_words
from planner.input.book import Book, RawValue, TableSheet
from planner.input.column import Table
from planner.input.recognise import object_frame
from planner.input.records import TABLES
from planner.input.records import table as table_of
from planner.input.values import is_empty, shown

Key = tuple[RawValue | None, ...]

_COUNT = "people"
_ADDED_UP = frozenset({"group", "stream"})
_FIRST_ROW = 2


class Combined:
    """The tables that rows make together; `findings` say what cannot be put together."""

    def __init__(self, rows: Mapping[str, Sequence[TakenRow]]) -> None:
        """Put the rows of each table together."""
        self.findings: list[Finding] = []
        self._rows: dict[str, dict[Key, TakenRow]] = {}
        for table, taken in rows.items():
            self._rows[table] = self._together(table_of(table), taken)

    def rows(self, table: str) -> Iterable[TakenRow]:
        """Return the rows of a table, each key once."""
        return self._rows.get(table, {}).values()

    def book(self, name: str, standing: Book, language: Language) -> Book:
        """Return the tables as a book; what rows do not say is as it is in the book that stands.

        Groups and the like are called as that book calls them, else in the language.
        """
        names = Spelled(standing, language)
        tables = {
            each.key: _sheet(each, tuple(self._rows[each.key].values()), standing, names)
            for each in TABLES
            if self._rows.get(each.key)
        }
        return Book(tables=tables, name=name)

    def _together(self, table: Table, taken: Sequence[TakenRow]) -> dict[Key, TakenRow]:
        names = tuple(each.key for each in table.row_columns)
        found: dict[Key, TakenRow] = {}
        for row in taken:
            key = tuple(row.cells.get(each) for each in names)
            there = found.get(key)
            found[key] = row if there is None else self._met(table, key, there, row)
        return found

    def _met(self, table: Table, key: Key, there: TakenRow, row: TakenRow) -> TakenRow:
        """Return what two rows of one key are together, the first where they clash."""
        apart = {
            name
            for name in there.written.keys() & row.written.keys()
            if _spelled(there.written[name]) != _spelled(row.written[name])
        }
        if apart & {"location", "id", "name"}:
            self._clash("two_names", table, key, there, row)
            return there
        if not table.knows(_COUNT):
            return self._joined(table, key, there, row)
        if apart & _ADDED_UP:
            return _added(there, row)
        if there.sheet == row.sheet or there.cells[_COUNT] != row.cells[_COUNT]:
            self._clash("overlap", table, key, there, row)
        else:
            self._clash("same_again", table, key, there, row, Severity.REMARK)
        return there

    def _joined(self, table: Table, key: Key, there: TakenRow, row: TakenRow) -> TakenRow:
        """Return a row with the cells of both, where they do not differ."""
        for name in there.cells.keys() & row.cells.keys():
            one, other = there.cells[name], row.cells[name]
            if one is not None and other is not None and one != other:
                self._clash("differs", table, key, there, row)
                return there
        filled = {name: value for name, value in row.cells.items() if value is not None}
        return replace(there, cells={**row.cells, **there.cells, **filled})

    def _clash(  # noqa: PLR0913, PLR0917 - what a clash is told by
        self,
        sort: str,
        table: Table,
        key: Key,
        there: TakenRow,
        row: TakenRow,
        severity: Severity = Severity.ERROR,
    ) -> None:
        names = tuple(dict.fromkeys(map(shown, (*there.written.values(), *row.written.values()))))
        what = message(
            f"importing.{sort}",
            table=table.title,
            key=key_words(table, key),
            names=names,
            first=f"{there.sheet}!{there.cell}",
            one=shown(there.cells.get(_COUNT, "")),
            other=shown(row.cells.get(_COUNT, "")),
        )
        todo = message(f"importing.{sort}.todo")
        self.findings.append(Finding(severity, what, todo, row.sheet, row.cell, table.key))


def _spelled(written: RawValue) -> str:
    return spelling(str(written))


def _added(there: TakenRow, row: TakenRow) -> TakenRow:
    """Return a row that counts the people of both."""
    one, other = there.cells[_COUNT], row.cells[_COUNT]
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return there
    return replace(there, cells={**there.cells, _COUNT: one + other})


def _sheet(table: Table, rows: Sequence[TakenRow], standing: Book, names: Spelled) -> TableSheet:
    """Return rows as a table of a book; a column that no row gives is not there."""
    given = {key for row in rows for key in row.cells}
    keys = [each.key for each in table.columns if each.key in given]
    own = _standing_cells(table, keys, standing, names)
    first = table.key_columns[0]
    columns = [(key, table.column(key)) for key in keys]
    values = []
    for row in rows:
        before = own.get(names.code(first, row.cells[first.key]), {}) if own else {}
        values.append(
            [names.of(column, row.cells.get(key, before.get(key))) for key, column in columns]
        )
    frame = object_frame(values, keys, range(_FIRST_ROW, _FIRST_ROW + len(rows)))
    positions = {key: at + 1 for at, key in enumerate(keys)}
    return TableSheet(table, table.title.nl, 1, frame, positions, _FIRST_ROW + len(rows))


def _standing_cells(
    table: Table, keys: Sequence[str], standing: Book, names: Spelled
) -> Mapping[str, Mapping[Hashable, RawValue | None]]:
    """Return what stands in these columns of a book, by the name of a row that has one."""
    frame = standing.frame(table.key)
    if len(table.key_columns) > 1 or table.key_columns[0].key not in frame.columns:
        return {}
    name = table.key_columns[0].key
    kept = frame[[each for each in keys if each in frame.columns]]
    records = kept.to_dict("records")
    column = table.column(name)
    return {
        names.code(column, each): cells for each, cells in zip(frame[name], records, strict=True)
    }


def new_locations_lack(rows: Iterable[TakenRow], own: frozenset[str]) -> Iterator[Finding]:
    """Yield, once a column, that locations the book has not yet lack what each must have."""
    new = [each for each in rows if str(each.cells["id"]) not in own]
    for column in table_of("locations").columns:
        if not column.required:
            continue
        lacking = [each for each in new if is_empty(each.cells.get(column.key))]
        if lacking:
            what = message(
                "importing.lacks",
                column=column.title,
                count=len(lacking),
                first=shown(lacking[0].cells["id"]),
            )
            todo = message("importing.lacks.todo", column=column.title)
            at = lacking[0]
            yield Finding(Severity.ERROR, what, todo, at.sheet, at.cell, "locations")
