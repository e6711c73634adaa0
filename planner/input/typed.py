"""From raw cells to records: every cell read as its column declares, every fault found at once.

Reading never stops at the first fault; a row with a fault gives findings and no record.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, Message, Text, message
from planner.input.book import Book, TableSheet
from planner.input.column import Column, ColumnType, Table
from planner.input.finding_limit import Crowd
from planner.input.records import TABLES, table
from planner.input.row_keys import key_of
from planner.input.supplied_names import in_words, title_of
from planner.input.values import UnreadableValueError, is_empty, read_value

_SEVERAL = 2
Result = TypeVar("Result")


@dataclass(frozen=True)
class TypedRow:
    """A record and the row of the sheet it came from."""

    row: int
    record: Any

    def key(self, declared: Table) -> tuple[object, ...]:
        """Return the values that name the row."""
        return key_of(declared, lambda column: getattr(self.record, column.field))


class TypedTables:
    """The records of every table, each with its row, and findings that know their cell."""

    def __init__(self, book: Book, rows: Mapping[str, tuple[TypedRow, ...]]) -> None:
        """Keep the book, for addresses, and the rows per table."""
        self.book = book
        self._rows = rows
        self._worked_out: dict[object, object] = {}

    def once(self, work: Callable[[TypedTables], Result]) -> Result:
        """Return what is worked out of these tables: once, however many checks ask for it."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        return cast("Result", self._worked_out[work])

    def rows(self, table_key: str) -> tuple[TypedRow, ...]:
        """Return the rows of a table that could be read; none where the sheet is missing."""
        return self._rows.get(table_key, ())

    def records(self, table_key: str) -> Iterator[Any]:
        """Yield the records of a table."""
        return (each.record for each in self.rows(table_key))

    def finding(  # noqa: PLR0913, PLR0917 - a finding has these parts
        self,
        severity: Severity,
        table_key: str,
        row: int | None,
        column: str,
        what: Message,
        todo: Message,
    ) -> Finding:
        """Return a finding with the sheet and cell filled in, as far as they exist."""
        return place(self.book, severity, table_key, row, column, what, todo)


def place(  # noqa: PLR0913, PLR0917 - a finding has these parts
    book: Book,
    severity: Severity,
    table_key: str,
    row: int | None,
    column: str,
    what: Message,
    todo: Message,
) -> Finding:
    """Return a finding about a place in the book, with its sheet and cell."""
    what, todo = in_words(what), in_words(todo)
    sheet = book.tables.get(table_key)
    if sheet is None:
        return Finding(severity, what, todo, sheet="", table=table_key, row=row, column=column)
    cell = ""
    if row is not None and column in sheet.positions:
        cell = sheet.address(row, column)
    elif column in sheet.positions:
        cell = sheet.address(sheet.header_row, column)
    return Finding(severity, what, todo, sheet.name, cell, table_key, row, column)


def read_tables(book: Book) -> tuple[TypedTables, tuple[Finding, ...]]:
    """Return the records of every table and all findings of reading them."""
    findings: list[Finding] = []
    rows: dict[str, tuple[TypedRow, ...]] = {}
    for declared in TABLES:
        sheet = book.tables.get(declared.key)
        if sheet is None:
            findings.extend(_missing(book, declared))
            continue
        rows[declared.key], faults = _read(sheet)
        findings.extend(faults)
    typed = TypedTables(book, rows)
    for declared in TABLES:
        findings.extend(_duplicates(typed, declared))
        findings.extend(_unknown_references(typed, declared))
    return typed, tuple(findings)


# What was read of each sheet that is still in use: an edit leaves those of the other tables alone.
_READ: WeakKeyDictionary[TableSheet, tuple[tuple[TypedRow, ...], tuple[Finding, ...]]]
_READ = WeakKeyDictionary()


def _read(sheet: TableSheet) -> tuple[tuple[TypedRow, ...], tuple[Finding, ...]]:
    """Return a sheet's records, and what is wrong with its rows."""
    found = _READ.get(sheet)
    if found is None:
        reader = _Reader(sheet)
        found = tuple(reader.records()), tuple(reader.findings)
        _READ[sheet] = found
    return found


def _missing(book: Book, declared: Table) -> Iterator[Finding]:
    reported = {each.table for each in book.findings}
    if declared.required and declared.key not in reported:
        yield Finding(
            Severity.ERROR,
            message("finding.sheet_missing", sheet=declared.title),
            message("finding.sheet_missing.todo", sheet=declared.title),
            table=declared.key,
        )


class _Reader:
    """Reads one sheet's rows into records and collects what is wrong with them."""

    def __init__(self, sheet: TableSheet) -> None:
        self._book = Book({sheet.table.key: sheet})
        self._sheet = sheet
        self._table = sheet.table
        self._empty: dict[str, int] = {}
        self._crowd = Crowd()
        self._hollow = frozenset(_hollow_columns(sheet))
        self.findings: list[Finding] = []

    def records(self) -> Iterator[TypedRow]:
        frame = self._sheet.frame
        found = [column for column in self._table.columns if column.key in frame.columns]
        names = [column.key for column in found]
        rows = frame[names].itertuples(index=False, name=None)
        for row, cells in zip(frame.index, rows, strict=True):
            fields = self._fields(int(row), zip(found, cells, strict=True))
            if fields is not None:
                yield TypedRow(int(row), self._table.record(**fields))
        for key, what, todo in self._crowd.rest():
            self._report(Severity.ERROR, None, self._table.column(key), what, todo)
        self._report_hollow()
        self._note_defaults(found)

    def _report_hollow(self) -> None:
        """Report columns in which nobody filled in anything once, and not cell by cell."""
        columns = [each for each in self._table.columns if each.key in self._hollow]
        if columns:
            titles = tuple(each.title for each in columns)
            count = len(self._sheet.frame)
            what = message("finding.columns_empty", columns=titles, rows=count)
            todo = message("finding.columns_empty.todo")
            self._report(Severity.ERROR, None, columns[0], what, todo)

    def _fields(self, row: int, cells: Iterable[tuple[Column, Any]]) -> dict[str, object] | None:
        """Return the record's fields, or nothing where a cell is at fault."""
        fields: dict[str, object] = {}
        faulty = False
        for column, raw in cells:
            try:
                value = read_value(column, raw)
            except UnreadableValueError as fault:
                if self._crowd.tells(column.key, fault.what.key):
                    self._report(Severity.ERROR, row, column, fault.what, fault.todo)
                faulty = True
                continue
            if value is not None:
                fields[column.field] = value
            elif column.required:
                hollow = column.key in self._hollow
                if not hollow and self._crowd.tells(column.key, "finding.empty_cell"):
                    what, todo = _must_be_filled(column)
                    self._report(Severity.ERROR, row, column, what, todo)
                faulty = True
            else:
                self._empty[column.key] = self._empty.get(column.key, 0) + 1
        missing = any(
            c.required and c.key not in self._sheet.positions for c in self._table.columns
        )
        return None if faulty or missing else fields

    def _report(
        self, severity: Severity, row: int | None, column: Column, what: Message, todo: Message
    ) -> None:
        self.findings.append(
            place(self._book, severity, self._table.key, row, column.key, what, todo)
        )

    def _note_defaults(self, found: list[Column]) -> None:
        """Say once per column where empty cells took a value of ours: empty is not zero."""
        for column in found:
            count = self._empty.get(column.key, 0)
            if count and column.default not in (None, ""):
                what = message(
                    "finding.default_used",
                    count=count,
                    column=column.title,
                    value=getattr(column.default, "label", column.default),
                )
                self._report(
                    Severity.REMARK, None, column, what, message("finding.default_used.todo")
                )
        absent = [
            column.title
            for column in self._table.columns
            if column not in found and not column.required and column.default not in (None, "")
        ]
        if absent:
            self.findings.append(
                place(
                    self._book,
                    Severity.REMARK,
                    self._table.key,
                    None,
                    "",
                    message("finding.columns_absent", columns=tuple(absent)),
                    message("finding.columns_absent.todo"),
                )
            )


def _hollow_columns(sheet: TableSheet) -> Iterator[str]:
    """Yield the needed columns that are empty in every one of several rows."""
    if len(sheet.frame) < _SEVERAL:
        return
    for column in sheet.table.columns:
        has = column.required and column.key in sheet.frame.columns
        if has and all(map(is_empty, sheet.frame[column.key])):
            yield column.key


def _must_be_filled(column: Column) -> tuple[Message, Message]:
    what = message("finding.empty_cell", column=column.title)
    return what, message("finding.empty_cell.todo")


def _duplicates(typed: TypedTables, declared: Table) -> Iterator[Finding]:
    """Every key names one row; a later row with the same key is a fault."""
    seen: dict[tuple[object, ...], int] = {}
    crowd, column = Crowd(), declared.key_columns[0].key
    for each in typed.rows(declared.key):
        key = each.key(declared)
        if key in seen and crowd.tells(column, "finding.duplicate"):
            yield typed.finding(
                Severity.ERROR,
                declared.key,
                each.row,
                column,
                message("finding.duplicate", key=_told(declared, key), row=str(seen[key])),
                message("finding.duplicate.todo"),
            )
        seen.setdefault(key, each.row)
    yield from _not_told(typed, declared, crowd)


def _told(declared: Table, key: tuple[object, ...]) -> Text:
    """Return a key as a sheet writes it, in both languages."""
    columns = (*declared.row_columns, *(None for _ in key))
    parts = [
        Text(str(part), str(part))
        if column is None or column.named is None
        else title_of(column.named, str(part))
        for part, column in zip(key, columns, strict=False)
    ]
    return Text(*(" | ".join(part.in_(each) for part in parts) for each in Language))


def _not_told(typed: TypedTables, declared: Table, crowd: Crowd) -> Iterator[Finding]:
    for column, what, todo in crowd.rest():
        yield typed.finding(Severity.ERROR, declared.key, None, column, what, todo)


def _unknown_references(typed: TypedTables, declared: Table) -> Iterator[Finding]:
    """Yield each name of a row elsewhere that is not there, once that table has rows."""
    crowd = Crowd()
    for column in declared.columns:
        if not column.refers_to:
            continue
        target = table(column.refers_to)
        if not _has_rows(typed, target):
            continue
        known = _known_names(typed, target)
        for each in typed.rows(declared.key):
            value = getattr(each.record, column.field)
            names = value if column.holds is ColumnType.LIST else (value,)
            for name in names:
                if name and name not in known and crowd.tells(column.key, "finding.unknown_name"):
                    yield _unknown(typed, declared, each, column, name, known)
    yield from _not_told(typed, declared, crowd)


def _has_rows(typed: TypedTables, target: Table) -> bool:
    sheet = typed.book.tables.get(target.key)
    return sheet is not None and not sheet.frame.empty


def _known_names(typed: TypedTables, target: Table) -> set[str]:
    """Return the names in the target's key column, those of rows with other faults included."""
    column = target.key_columns[0]
    names = {str(getattr(each.record, column.field)) for each in typed.rows(target.key)}
    frame = typed.book.frame(target.key)
    if column.key in frame.columns:
        for raw in frame[column.key]:
            try:
                names.add(str(read_value(column, raw)))
            except UnreadableValueError:
                continue
    return names


def _unknown(  # noqa: PLR0913, PLR0917 - what a reference is made of
    typed: TypedTables,
    declared: Table,
    each: TypedRow,
    column: Column,
    name: str,
    known: set[str],
) -> Finding:
    # Whoever writes a name in words slipped in those, and not in the code of the program.
    spelled = {word: code for code in known for word in (*_spellings(column, code), code)}
    near = difflib.get_close_matches(name, sorted(spelled), n=1)
    todo = (
        message("finding.unknown_name.nearest", nearest=_title(column, spelled[near[0]]))
        if near
        else message("finding.unknown_name.todo", sheet=table(column.refers_to).title)
    )
    what = message("finding.unknown_name", name=name, sheet=table(column.refers_to).title)
    return typed.finding(Severity.ERROR, declared.key, each.row, column.key, what, todo)


def _title(column: Column, code: str) -> Text:
    return Text(code, code) if column.named is None else title_of(column.named, code)


def _spellings(column: Column, code: str) -> tuple[str, str]:
    title = _title(column, code)
    return title.nl, title.en
