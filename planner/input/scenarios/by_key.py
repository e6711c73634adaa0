"""Edits of cells that are addressed by table, key and column, as a scenario's rows name them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from planner.core.texts import Language
from planner.input.book import Book, RawValue
from planner.input.column import Table
from planner.input.edits import AddRow, DropRow, Edit, SetCell, next_row
from planner.input.names import plain
from planner.input.recognise import table_named
from planner.input.scenarios.dated_rows import DATED
from planner.input.scenarios.whole_rows import key_cells, key_of_row
from planner.input.settings import Parameter, ScenarioEdit
from planner.input.supplied_names import Named, code_of, name_of
from planner.input.switches import is_switch, known_parameter, switch_fault
from planner.input.typed import TypedTables

Address = tuple[str, str, str]  # the table, the row's key and the column


def edit_of(  # noqa: PLR0913, PLR0917 - an edit addressed by key has these parts
    book: Book, typed: TypedTables, table_name: str, key: str, column: str, value: RawValue | None
) -> Edit:
    """Return the edit of one cell; `LookupError` as for `EditsByKey.edit`."""
    return EditsByKey(book, typed).edit(table_name, key, column, value)


@dataclass
class RowsMade:
    """Rows that edits added, by table and key, and dropped; how many were added to each table."""

    added: dict[tuple[str, str], int] = field(default_factory=dict)
    dropped: set[tuple[str, str]] = field(default_factory=set)
    count: dict[str, int] = field(default_factory=dict)


class EditsByKey:
    """Makes edits of cells that are addressed by key; each table is looked through once."""

    def __init__(
        self,
        book: Book,
        typed: TypedTables,
        rows: dict[str, dict[str, int]] | None = None,
        made: RowsMade | None = None,
    ) -> None:
        """Address the rows of a book; those that were found, added and dropped may be given."""
        self._book = book
        self.typed = typed
        self._rows: dict[str, dict[str, int]] = {} if rows is None else rows
        self._made = RowsMade() if made is None else made

    def anew(self) -> EditsByKey:
        """Return one that has added and dropped nothing yet; the rows are found once for both."""
        return EditsByKey(self._book, self.typed, self._rows)

    def aside(self) -> EditsByKey:
        """Return one that has added and dropped the same, for edits that do not count."""
        return EditsByKey(self._book, self.typed, self._rows, deepcopy(self._made))

    def of(self, record: ScenarioEdit) -> Edit:
        """Return the edit of a scenario's row; `LookupError` as for `edit`."""
        value: RawValue | None = record.value  # type: ignore[assignment] # as it stands
        return self.edit(record.table, record.key, record.column, value)

    def edit(self, table_name: str, key: str, column: str, value: RawValue | None) -> Edit:
        """Return the edit of a cell that is addressed by table, key and column.

        The key's parts are joined by `|`. `LookupError` when table, row or column is unknown; a
        supplied parameter, or a rule's switch, that the book does not give is added once. So is
        the row of a parameter for a time, `name|first day|last day`, the last day left out where
        it has no end, and such a row of Streams or Stages beside the one that holds throughout.
        The first cell of a key adds its row where there is none, and drops it where it is emptied.
        """
        declared, column_key = declared_of(table_name, column)
        sets_parameter = declared.key == "parameters" and column_key == "value"
        if sets_parameter and is_switch(key) and switch_fault(key, value) is not None:
            raise LookupError(key)
        name, begin, end = period_of(key) if sets_parameter else (key, None, None)
        wanted = name if begin is None else f"{name}|{begin}"
        if declared.key in DATED:
            wanted = "|".join(key.split("|")[: len(declared.row_columns)])
        row = self.row(declared, wanted)
        whole = self._whole_row(declared, wanted, column_key, value, row)
        if whole is not None:
            return whole
        if row is not None:
            return SetCell(declared.key, row, column_key, value)
        if declared.key in DATED:
            return self._for_a_time(declared, key, {column_key: value})
        known = known_parameter(name) if sets_parameter else None
        if known is None:
            raise LookupError(key)
        terms = _terms(known) if begin is None else _period_terms(known, begin, end)
        row = self._next("parameters", wanted)
        return AddRow("parameters", row, {**terms, "parameter": name, "value": value})

    def _whole_row(
        self, declared: Table, key: str, column: str, value: RawValue | None, row: int | None
    ) -> AddRow | DropRow | None:
        """Return the edit that adds or drops a row, where the first cell of its key says so."""
        if column != declared.key_columns[0].key or declared.key == "parameters":
            return None
        wanted = codes_of_key(declared, key)
        if value is None and row is not None:
            self._made.dropped.add((declared.key, wanted))
            self._made.added.pop((declared.key, wanted), None)
            return DropRow(declared.key, row)
        parts = wanted.split("|")
        if row is not None or str(value) != parts[0] or len(parts) < len(declared.key_columns):
            return None
        at = self._next(declared.key, wanted)
        return AddRow(declared.key, at, key_cells(zip(declared.row_columns, parts, strict=False)))

    def _for_a_time(
        self, declared: Table, key: str, cells: Mapping[str, RawValue | None]
    ) -> AddRow:
        """Return a row that holds for a time, else as the one that holds throughout."""
        whole = len(declared.row_columns)
        parts = codes_of_key(declared, key).split("|")
        place, days = parts[: whole - 1], parts[whole - 1 :]
        of = self.row(declared, "|".join(place).rstrip("|"))
        try:
            begin, *end = (dt.date.fromisoformat(day) for day in days)
        except ValueError as fault:
            raise LookupError(key) from fault
        if of is None or len(end) > 1:
            raise LookupError(key)
        read = {
            str(name): self._book.cell(declared.key, of, str(name))
            for name in self._book.frame(declared.key).columns
        }
        row = self._next(declared.key, "|".join(parts[:whole]))
        dates = {"valid_from": begin, "valid_until": next(iter(end), None)}
        return AddRow(declared.key, row, {**read, **dates, **cells})

    def _next(self, table_key: str, key: str) -> int:
        """Return the row for a key that is added, below those that are there and were added."""
        self._made.count[table_key] = self._made.count.get(table_key, -1) + 1
        self._made.added[table_key, key] = (
            next_row(self._book, table_key) + self._made.count[table_key]
        )
        return self._made.added[table_key, key]

    def was_dropped(self, record: ScenarioEdit) -> bool:
        """Whether a row of a scenario is about one that an edit before it dropped."""
        declared = table_named(record.table)
        if declared is None:
            return False
        return (declared.key, codes_of_key(declared, record.key)) in self._made.dropped

    def row(self, declared: Table, key: str) -> int | None:
        """Return the row of a key, added ones included; nothing where there is none."""
        if declared.key not in self._rows:
            rows: dict[str, int] = {}
            for each in self.typed.rows(declared.key):
                rows.setdefault(key_of_row(declared, each), each.row)
            self._rows[declared.key] = rows
        wanted = codes_of_key(declared, key)
        found = self._rows[declared.key].get(wanted)
        if found is None or (declared.key, wanted) in self._made.dropped:
            return self._made.added.get((declared.key, wanted))
        return found


def _terms(known: Parameter) -> dict[str, RawValue | None]:
    """Return what a parameter that is added has beside its value: unit and validity."""
    return {
        "unit": known.unit,
        "valid_from": known.valid_from,
        "valid_until": known.valid_until,
    }


def _period_terms(
    known: Parameter, begin: dt.date, end: dt.date | None
) -> dict[str, RawValue | None]:
    return {"unit": known.unit, "valid_from": begin, "valid_until": end}


def period_of(key: str) -> tuple[str, dt.date | None, dt.date | None]:
    """Return the name of a parameter, and from when until when a row of it holds.

    `LookupError` where what stands behind the name is no date.
    """
    name, *days = (part.strip() for part in key.split("|"))
    name = code_of(Named.PARAMETERS, name)
    if not days:
        return name, None, None
    try:
        begin, *end = (dt.date.fromisoformat(day) for day in days)
    except ValueError as fault:
        raise LookupError(key) from fault
    if len(end) > 1:
        raise LookupError(key)
    return name, begin, next(iter(end), None)


def codes_of_key(declared: Table, key: str) -> str:
    """Return a key with the program's own codes for the names in it, in either language."""
    parts = tuple(part.strip() for part in key.split("|"))
    columns = (*declared.row_columns, *(None for _ in parts))
    return "|".join(
        part if column is None or column.named is None else code_of(column.named, part)
        for part, column in zip(parts, columns, strict=False)
    )


def names_of_key(declared: Table, key: str, language: Language) -> str:
    """Return a key of codes as it is written in a language."""
    columns = (*declared.row_columns, *(None for _ in key.split("|")))
    return "|".join(
        part if column is None or column.named is None else name_of(column.named, part, language)
        for part, column in zip(key.split("|"), columns, strict=False)
    )


def address_of(table_name: str, key: str, column: str) -> Address:
    """Return which cell a scenario's row is about, whichever names it uses for table and column."""
    try:
        declared, column_key = declared_of(table_name, column)
    except LookupError:
        key = "|".join(part.strip() for part in key.split("|"))
        return plain(table_name), key, plain(column)
    return declared.key, codes_of_key(declared, key), column_key


def declared_of(table_name: str, column: str) -> tuple[Table, str]:
    """Return the table and the column's key; `LookupError` when either is unknown.

    A scenario cannot change the scenarios.
    """
    declared = table_named(table_name)
    if declared is None or declared.key == "scenarios":
        raise LookupError(table_name)
    for each in declared.columns:
        if plain(column) in {plain(each.key), plain(each.title.nl), plain(each.title.en)}:
            return declared, each.key
    raise LookupError(column)
