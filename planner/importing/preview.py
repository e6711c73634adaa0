"""Taking over tables from a file: what stands in it, what that would change, and nothing before OK.

A preview is a value: it says what each sheet was taken for and what is found in it. From a preview
and a way to take it over come edits of the open book, which are one step to undo.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import cast

from planner.core.errors import Finding, Severity
from planner.files.reading import read_sheets
from planner.input.book import Book, RawSheet, RawValue, TableSheet, column_letters
from planner.input.column import Column, Table
from planner.input.edits import AddRow, DropRow, Edit, SetCell
from planner.input.names import nearest, plain
from planner.input.recognise import (
    Chosen,
    names_of,
    persons_in,
    recognise_table,
    second_sheet,
    table_named,
    tables_alike,
)
from planner.input.records import TABLES
from planner.input.records import table as table_of
from planner.input.row_keys import key_of
from planner.input.typed import read_tables
from planner.input.values import UnreadableValueError, is_empty, read_value, shown
from planner.sheets.result_sheets import find_result

_EXAMPLES = 3
_SAMPLE_ROWS = 20
# A stray cell far to the right makes no sheet of thousands of columns to choose from.
_MOST_COLUMNS, _SAMPLE_COLUMNS = 300, 100


@dataclass(frozen=True)
class SheetChoice:
    """What somebody chose about a sheet: the table it is, its header row, what its columns are.

    An empty `table` leaves the sheet out; an empty key in `columns`, by column number, a column.
    """

    table: str
    header_row: int | None = None
    columns: Mapping[int, str] = field(default_factory=dict)


Choices = Mapping[str, SheetChoice]  # by the name of the sheet; the others as they are recognised


@dataclass(frozen=True)
class FoundColumn:
    """A column of a sheet: where it stands, its heading, what it was taken for, some of its values.

    `key` is empty where it is not used; `suggestion` is then the column it may be meant as.
    """

    number: int
    letters: str
    heading: str
    key: str
    suggestion: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class FoundSheet:
    """A sheet of a file, as it was taken; `table` is empty where it is not used.

    `sample` holds the first rows as text, with their row numbers; `missing` the columns that the
    table needs and that were not found.
    """

    name: str
    hidden: bool
    table: str
    header_row: int | None
    columns: tuple[FoundColumn, ...]
    missing: tuple[str, ...]
    rows: int
    sample: tuple[tuple[int, tuple[str, ...]], ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Preview:
    """What stands in a file and what it was taken for; `shape` is the same for files alike."""

    file: str
    shape: str
    sheets: tuple[FoundSheet, ...]
    findings: tuple[Finding, ...]
    book: Book

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(each.severity is Severity.ERROR for each in self.findings)


class How(StrEnum):
    """Ways to take a file over: all its tables, one of them, or row by row by their keys."""

    ALL = "all"
    OCCUPANCY = "occupancy"
    LOCATIONS = "locations"
    MERGE = "merge"


class RowFate(StrEnum):
    """What happens to a row."""

    ADDED = "added"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True)
class ImportChange:
    """Something that taking over would change: which row of which table, which column, how.

    `key` is the row's key as people write it; `column`, `before` and `after` are of a changed cell.
    """

    sort: RowFate
    table: str
    key: str
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Takeover:
    """What taking a file over does: the edits, in order, and the same as a list to read."""

    edits: tuple[Edit, ...]
    changes: tuple[ImportChange, ...]

    def count(self, sort: RowFate) -> int:
        """Return how many rows are added or dropped, or how many cells are changed."""
        return sum(each.sort is sort for each in self.changes)


def preview(path: Path, choices: Choices | None = None) -> Preview:
    """Read a file as chosen, and else as recognised; the open book is not touched.

    `UnusableInputError` where the file as a whole cannot be read.
    """
    sheets, remarks = read_sheets(path)
    taken = [_Taken(sheet, (choices or {}).get(sheet.name)) for sheet in sheets if is_input(sheet)]
    tables: dict[str, TableSheet] = {}
    findings = list(remarks)
    for each in taken:
        findings.extend(each.findings)
        if each.found is None:
            continue
        key = each.found.table.key
        if key in tables:
            findings.append(second_sheet(each.sheet, tables[key]))
        else:
            tables[key] = each.found
    book = Book(tables=tables, sheets=tuple(each.sheet for each in taken), name=path.name)
    _, reading = read_tables(book)
    # A file may hold one table only; what it refers to stands in the open book.
    findings.extend(each for each in reading if each.what.key not in _ABOUT_OTHERS)
    return Preview(
        path.name,
        _shape(taken),
        tuple(each.told(findings) for each in taken),
        tuple(dict.fromkeys(findings)),
        book,
    )


_ABOUT_OTHERS = frozenset({"finding.sheet_missing", "finding.columns_absent"})


def is_input(sheet: RawSheet) -> bool:
    """Whether a sheet is input: it has cells, and is neither a result nor a list of ours."""
    return bool(sheet.cells) and not sheet.name.startswith("_") and find_result(sheet) is None


class _Taken:
    """A sheet with what it was taken for."""

    def __init__(self, sheet: RawSheet, choice: SheetChoice | None) -> None:
        self.sheet = sheet
        self.found: TableSheet | None = None
        self.findings, refused = persons_in(sheet, None)
        declared = None if refused else _declared(sheet, choice)
        if declared is not None:
            chosen = Chosen(choice.header_row, choice.columns) if choice is not None else None
            self.found, findings = recognise_table(sheet, declared, chosen)
            self.findings += findings

    def told(self, findings: Sequence[Finding]) -> FoundSheet:
        """Return the sheet as it is shown."""
        found = self.found
        missing = (
            ()
            if found is None
            else tuple(
                each.key
                for each in found.table.columns
                if each.required and each.key not in found.positions
            )
        )
        return FoundSheet(
            name=self.sheet.name,
            hidden=self.sheet.state != "visible",
            table="" if found is None else found.table.key,
            header_row=None if found is None else found.header_row,
            columns=tuple(self._columns()),
            missing=missing,
            rows=0 if found is None else len(found.frame),
            sample=tuple(self._sample()),
            findings=tuple(each for each in findings if each.sheet == self.sheet.name),
        )

    def _columns(self) -> Iterator[FoundColumn]:
        cells = self.sheet.cells
        header = self.found.header_row if self.found is not None else min(row for row, _ in cells)
        keys = {} if self.found is None else {at: key for key, at in self.found.positions.items()}
        below: dict[int, list[str]] = {}
        for (row, column), value in sorted(cells.items()):
            if row > header and len(below.setdefault(column, [])) < _EXAMPLES:
                below[column].append(shown(value))
        headed = {column for row, column in cells if row == header}
        filled = sorted(headed.union(below))
        for number in sorted({*filled[:_MOST_COLUMNS], *keys}):
            heading = shown(cells.get((header, number), ""))
            key = keys.get(number, "")
            yield FoundColumn(
                number,
                column_letters(number),
                heading,
                key,
                "" if key else self._suggestion(heading, set(keys.values())),
                tuple(below.get(number, ())),
            )

    def _suggestion(self, heading: str, used: set[str]) -> str:
        """Return the column, not found yet, whose name is most like a heading."""
        if self.found is None or not heading:
            return ""
        free = [each for each in self.found.table.columns if each.key not in used]
        by_name = {name: each.key for each in free for name in names_of(each)}
        near = nearest(heading, by_name)
        return "" if near is None else by_name[near]

    def _sample(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        cells = self.sheet.cells
        last = min(max(column for _, column in cells), _SAMPLE_COLUMNS)
        for row in sorted({row for row, _ in cells})[:_SAMPLE_ROWS]:
            yield row, tuple(shown(cells.get((row, at), "")) for at in range(1, last + 1))


def _declared(sheet: RawSheet, choice: SheetChoice | None) -> Table | None:
    """Return the table that a sheet is: as chosen, by its name, or by its columns if only one."""
    if choice is not None:
        return table_of(choice.table) if choice.table else None
    by_name = table_named(sheet.name)
    alike = tables_alike(sheet)
    return by_name or (alike[0] if len(alike) == 1 else None)


def _shape(taken: Sequence[_Taken]) -> str:
    """Return a mark of a file's sheets and headings: files of one shape are taken the same way."""
    digest = hashlib.sha256()
    for each in taken:
        first = each.found.header_row if each.found is not None else 1
        headings = sorted(
            (column, plain(str(value)))
            for (row, column), value in each.sheet.cells.items()
            if row == first and isinstance(value, str)
        )
        digest.update(repr((plain(each.sheet.name), headings)).encode())
    return digest.hexdigest()[:16]


def apply_import(book: Book, seen: Preview, how: How) -> Takeover:
    """Return what taking a file over would do to a book; the book stays as it is.

    Rows are matched by their keys. A column that the file lacks keeps what stands there. Rows that
    the file lacks are dropped, but not when merging.
    """
    edits: list[Edit] = []
    changes: list[ImportChange] = []
    for declared in TABLES:
        incoming = seen.book.tables.get(declared.key)
        if incoming is not None and how in {How.ALL, How.MERGE, declared.key}:
            matched = _Matched(book, incoming)
            for edit, change in matched.work(drop=how is not How.MERGE):
                edits.append(edit)
                changes.append(change)
    return Takeover(tuple(edits), tuple(changes))


Key = tuple[object, ...]


class _Matched:
    """The rows of a table in a file beside those of the open book, matched by key."""

    def __init__(self, book: Book, incoming: TableSheet) -> None:
        self._table = incoming.table
        self._incoming = _Cells(incoming)
        sheet = book.tables.get(self._table.key)
        self._standing = None if sheet is None else _Cells(sheet)
        self._next = 2 if sheet is None else sheet.next_row
        self._words: dict[object, str] = {}

    def work(self, *, drop: bool) -> Iterator[tuple[Edit, ImportChange]]:
        standing = {} if self._standing is None else self._standing.by_key()
        seen: set[Key] = set()
        for key, row in self._incoming.by_row():
            if key in standing and key not in seen:
                yield from self._changed(key, standing[key], row)
            else:
                yield self._added(key, row)
            seen.add(key)
        if drop and self._standing is not None:
            for key, row in self._standing.by_row():
                if key not in seen:
                    change = ImportChange(RowFate.DROPPED, self._table.key, self._shown(key))
                    yield DropRow(self._table.key, row), change

    def _shown(self, key: Key) -> str:
        """Return a key as people read it; equal parts of it are worded once."""
        for each in key:
            if each not in self._words:
                self._words[each] = "" if each is None else shown(each)
        return " | ".join(self._words[each] for each in key)

    def _added(self, key: Key, row: int) -> tuple[Edit, ImportChange]:
        cells = {each: self._incoming.at(row, each) for each in self._incoming.columns}
        edit = AddRow(self._table.key, self._next, cells)
        self._next += 1
        return edit, ImportChange(RowFate.ADDED, self._table.key, self._shown(key))

    def _changed(self, key: Key, standing: int, row: int) -> Iterator[tuple[Edit, ImportChange]]:
        for name in self._incoming.columns:
            column = self._table.column(name)
            before = None if self._standing is None else self._standing.at(standing, name)
            after = self._incoming.at(row, name)
            if not _same(column, before, after):
                edit = SetCell(self._table.key, standing, name, after)
                words = ["" if each is None else shown(each) for each in (before, after)]
                yield (
                    edit,
                    ImportChange(RowFate.CHANGED, self._table.key, self._shown(key), name, *words),
                )


class _Cells:
    """The cells of a table by row and column; equal ones of a key column are read once."""

    def __init__(self, sheet: TableSheet) -> None:
        self._table = sheet.table
        self.columns = tuple(sheet.positions)
        rows = map(int, sheet.frame.index)
        self._rows = dict(zip(rows, sheet.frame.to_dict("records"), strict=True))
        self._read: dict[tuple[str, type, object], object] = {}

    def at(self, row: int, column: str) -> RawValue | None:
        value = cast("RawValue | None", self._rows[row].get(column))
        return None if isinstance(value, str) and is_empty(value) else value

    def by_row(self) -> Iterator[tuple[Key, int]]:
        """Yield each row's key, as its columns read it, and its number."""
        for row in self._rows:
            yield key_of(self._table, partial(self._read_at, row)), row

    def by_key(self) -> dict[Key, int]:
        """Return the first row of each key."""
        found: dict[Key, int] = {}
        for key, row in self.by_row():
            found.setdefault(key, row)
        return found

    def _read_at(self, row: int, column: Column) -> object:
        raw = self.at(row, column.key)
        known = (column.key, type(raw), raw)
        if known not in self._read:
            self._read[known] = _read(column, raw)
        return self._read[known]


def _read(column: Column, raw: RawValue | None) -> object:
    """Return a cell as its column reads it; one that it cannot read, as it stands."""
    try:
        return read_value(column, raw)
    except UnreadableValueError:
        return raw


def _same(column: Column, one: RawValue | None, other: RawValue | None) -> bool:
    if type(one) is type(other) and one == other:
        return True
    return _read(column, one) == _read(column, other)
