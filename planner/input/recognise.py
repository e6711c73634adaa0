"""Finding the tables in the sheets of a workbook, by whatever name and order they stand there.

A sheet or column is known by its Dutch title, its English title or its key. What is not known is
kept in the book and reported as not used; what cannot be right is an error.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import pandas as pd

from planner.core.errors import Finding, Severity
from planner.core.texts import Message, Text, message
from planner.input.book import RawSheet, RawValue, TableSheet, column_letters
from planner.input.column import Column, Table
from planner.input.names import nearest, plain
from planner.input.non_data_rows import merged_findings, rows_apart
from planner.input.personal_data.signs import HEADING_ROWS, Sign, is_refused, person_signs
from planner.input.records import TABLES
from planner.input.values import is_empty, shown

SheetRow = Mapping[int, RawValue]


@dataclass(frozen=True)
class Chosen:
    """What somebody chose about a sheet: its header row, and what its columns are, by number.

    An empty key leaves a column out; a column that is not named is known by its heading.
    """

    header_row: int | None = None
    columns: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Recognised:
    """What was made of the sheets: the tables, the sheets that may be kept, and the findings."""

    tables: Mapping[str, TableSheet]
    sheets: tuple[RawSheet, ...]
    findings: tuple[Finding, ...]


def recognise(sheets: Sequence[RawSheet]) -> Recognised:
    """Find the tables in a workbook's sheets.

    A sheet that looks like it lists single persons is refused and not kept.
    """
    findings: list[Finding] = []
    tables: dict[str, TableSheet] = {}
    kept: list[RawSheet] = []
    for sheet in sheets:
        declared = table_named(sheet.name)
        told, refused = persons_in(sheet, declared)
        findings.extend(told)
        if refused:
            continue
        kept.append(sheet)
        if declared is None:
            findings.extend(_unknown_sheet(sheet))
        elif declared.key in tables:
            findings.append(second_sheet(sheet, tables[declared.key]))
        else:
            found, notes = recognise_table(sheet, declared)
            findings.extend(notes)
            if found is not None:
                tables[declared.key] = found
    return Recognised(tables, tuple(kept), tuple(findings))


def table_named(name: str) -> Table | None:
    """Return the table that a sheet's name stands for, if any."""
    return _tables_by_name().get(plain(name))


def recognise_table(
    sheet: RawSheet, declared: Table, chosen: Chosen | None = None
) -> tuple[TableSheet | None, tuple[Finding, ...]]:
    """Read a sheet as a table: its header row, its columns and its rows.

    The rows are those below the header with anything in a known column; totals, notes and
    repeated headers among them are left out with a remark.
    """
    rows = _rows(sheet)
    chosen = chosen or Chosen()
    header_row = chosen.header_row or _header_row(rows, declared)
    if header_row is None or header_row not in rows:
        return None, tuple(_no_header(sheet, declared))
    rows = _with_upper_titles(rows, header_row, declared)
    headers = _Headers(sheet, declared, header_row, rows, chosen.columns)
    apart = rows_apart(sheet, declared, header_row, rows, headers.positions)
    frame = _frame(rows, apart.own, headers.positions)
    found = TableSheet(declared, sheet.name, header_row, frame, headers.positions, max(rows))
    merged = merged_findings(sheet, declared, header_row, headers.positions)
    return found, (*headers.findings, *apart.findings, *merged, *_missing_columns(found))


def names_of(declared: Table | Column) -> tuple[str, str, str]:
    """Return the three names by which a table or column is known."""
    return declared.key, declared.title.nl, declared.title.en


@cache
def _tables_by_name() -> Mapping[str, Table]:
    return {plain(name): each for each in TABLES for name in names_of(each)}


@cache
def _columns_by_name(key: str) -> Mapping[str, Column]:
    declared = next(each for each in TABLES if each.key == key)
    return {plain(name): column for column in declared.columns for name in names_of(column)}


def _rows(sheet: RawSheet) -> Mapping[int, SheetRow]:
    """Return the filled cells by row and column, rows from top to bottom."""
    rows: dict[int, dict[int, RawValue]] = defaultdict(dict)
    for (row, column), value in sorted(sheet.cells.items(), key=lambda cell: cell[0]):
        rows[row][column] = value
    return rows


def _header_row(rows: Mapping[int, SheetRow], declared: Table) -> int | None:
    """Return the row, near the top, that names the most columns; the upper one of equals.

    Titles in two rows count for the lower one: `_with_upper_titles`.
    """
    best, most = None, 0
    for row in rows:
        if row > HEADING_ROWS:
            break
        own = len(_named(rows[row], declared))
        both = len(_named(_with_upper_titles(rows, row, declared)[row], declared)) if own else 0
        if max(own, both) > most:
            best, most = row, max(own, both)
    return best


def _named(cells: SheetRow, declared: Table) -> set[str]:
    """Return the columns that the cells of a row name."""
    known = _columns_by_name(declared.key)
    return {known[plain(str(v))].key for v in cells.values() if _is_known(v, known)}


def _with_upper_titles(
    rows: Mapping[int, SheetRow], header_row: int, declared: Table
) -> Mapping[int, SheetRow]:
    """Return the rows with, in the header row, the titles that stand just above an empty cell.

    In a header of two rows a title stands in the upper one where nothing divides its column.
    """
    known, header = _columns_by_name(declared.key), rows[header_row]
    named = _named(header, declared)
    upper = {
        at: value
        for at, value in rows.get(header_row - 1, {}).items()
        if is_empty(header.get(at))
        and _is_known(value, known)
        and known[plain(str(value))].key not in named
    }
    return {**rows, header_row: {**header, **upper}} if upper else rows


def _is_known(value: RawValue, known: Mapping[str, Column]) -> bool:
    return isinstance(value, str) and plain(value) in known


class _Headers:
    """The headers of a sheet: where each known column stands, and what is odd about the others."""

    def __init__(
        self,
        sheet: RawSheet,
        declared: Table,
        header_row: int,
        rows: Mapping[int, SheetRow],
        chosen: Mapping[int, str],
    ) -> None:
        self._sheet = sheet
        self._table = declared
        self._row = header_row
        self.positions: dict[str, int] = {}
        self.findings: list[Finding] = []
        known = _columns_by_name(declared.key)
        cells = {at: value for at, value in rows[header_row].items() if not is_empty(value)}
        for at, value in cells.items():
            if at in chosen:
                if chosen[at]:
                    self._found(declared.column(chosen[at]), at)
            elif _is_known(value, known):
                self._found(known[plain(str(value))], at)
            else:
                self._unknown(value, at)
        for at in sorted(set(chosen) - set(cells)):
            if chosen[at]:
                self._found(declared.column(chosen[at]), at)
        self._report_headless(rows, {*cells, *chosen})

    def _found(self, column: Column, at: int) -> None:
        if column.key not in self.positions:
            self.positions[column.key] = at
            return
        first = column_letters(self.positions[column.key])
        what = message("finding.column_twice", column=column.title, first=first)
        todo = message("finding.column_twice.todo")
        self._report(Severity.ERROR, (self._row, at), what, todo, column.key)

    def _unknown(self, value: RawValue, at: int) -> None:
        near = _nearest_column(shown(value), self._table)
        what = message("finding.column_unknown", column=shown(value))
        todo = (
            message("finding.column_unknown.todo")
            if near is None
            else message("finding.column_unknown.nearest", nearest=near)
        )
        self._report(Severity.REMARK, (self._row, at), what, todo)

    def _report_headless(self, rows: Mapping[int, SheetRow], headed: set[int]) -> None:
        """Report values below the header row that no header stands above, once a column."""
        first: dict[int, int] = {}
        for row, cells in rows.items():
            if row > self._row:
                for at, value in cells.items():
                    if at not in headed and not is_empty(value):
                        first.setdefault(at, row)
        for at, row in sorted(first.items()):
            what = message("finding.column_headless", column=column_letters(at))
            todo = message("finding.column_headless.todo", row=str(self._row))
            self._report(Severity.REMARK, (row, at), what, todo)

    def _report(
        self,
        severity: Severity,
        at: tuple[int, int],
        what: Message,
        todo: Message,
        column: str = "",
    ) -> None:
        row, number = at
        cell = f"{column_letters(number)}{row}"
        table = self._table.key
        self.findings.append(
            Finding(severity, what, todo, self._sheet.name, cell, table, row, column)
        )


def _nearest_column(name: str, declared: Table) -> Text | None:
    known = _columns_by_name(declared.key)
    spellings = (spelling for column in declared.columns for spelling in names_of(column))
    near = nearest(name, spellings)
    return None if near is None else known[plain(near)].title


def _frame(
    rows: Mapping[int, SheetRow], own: Sequence[int], positions: Mapping[str, int]
) -> pd.DataFrame:
    """Return the table's own rows by row number."""
    places = tuple(positions.values())
    values = [[rows[row].get(at) for at in places] for row in own]
    return object_frame(values, tuple(positions), own)


def object_frame(
    values: Sequence[Sequence[object]], columns: Iterable[str], index: Sequence[int]
) -> pd.DataFrame:
    """Return a frame that keeps every value as it is: `None` stays `None`, whole stays whole."""
    return pd.DataFrame(
        values, columns=list(columns), index=pd.Index(index, dtype=int), dtype=object
    )


def _missing_columns(found: TableSheet) -> Iterator[Finding]:
    """Yield an error for each column a row cannot do without, once there are rows."""
    if found.frame.empty and not found.table.required:
        return
    for column in found.table.columns:
        if column.required and column.key not in found.positions:
            yield Finding(
                Severity.ERROR,
                message("finding.column_missing", column=column.title),
                message("finding.column_missing.todo", column=column.title),
                found.name,
                f"A{found.header_row}",
                found.table.key,
                None,
                column.key,
            )


def _no_header(sheet: RawSheet, declared: Table) -> Iterator[Finding]:
    """Yield why a sheet that is named as a table could not be read as one."""
    needed = tuple(column.title for column in declared.columns if column.required)
    if sheet.cells or declared.required:
        fault = "finding.no_header" if sheet.cells else "finding.sheet_empty"
        yield Finding(
            Severity.ERROR,
            message(fault, sheet=sheet.name),
            message(f"{fault}.todo", columns=needed),
            sheet.name,
            "A1",
            declared.key,
        )


def _unknown_sheet(sheet: RawSheet) -> Iterator[Finding]:
    """Yield that a sheet is not used, and what it may have been meant as."""
    if not sheet.cells:
        return
    spellings = [name for each in TABLES for name in names_of(each)]
    near = nearest(sheet.name, spellings)
    alike = tables_alike(sheet)
    meant = _tables_by_name()[plain(near)] if near else next(iter(alike), None)
    yield Finding(
        Severity.REMARK,
        message("finding.sheet_unknown", sheet=sheet.name),
        message("finding.sheet_unknown.todo")
        if meant is None
        else message("finding.sheet_unknown.nearest", nearest=meant.title),
        sheet.name,
    )


def tables_alike(sheet: RawSheet) -> tuple[Table, ...]:
    """Return the tables whose needed columns a sheet of any name has, and most of the others.

    Several where as many columns fit each of them.
    """
    rows = _rows(sheet)
    found: list[tuple[int, Table]] = []
    for declared in TABLES:
        header = _header_row(rows, declared)
        if header is None:
            continue
        named = _named(_with_upper_titles(rows, header, declared)[header], declared)
        if named.issuperset(column.key for column in declared.columns if column.required):
            found.append((len(named), declared))
    most = max((count for count, _ in found), default=0)
    return tuple(each for count, each in found if count == most)


def second_sheet(sheet: RawSheet, first: TableSheet) -> Finding:
    """Return the error that a sheet is a table that another sheet is already."""
    return Finding(
        Severity.ERROR,
        message("finding.sheet_twice", sheet=sheet.name, first=first.name),
        message("finding.sheet_twice.todo", title=first.table.title),
        sheet.name,
        "",
        first.table.key,
    )


def persons_in(
    sheet: RawSheet, declared: Table | None, *, is_result: bool = False
) -> tuple[tuple[Finding, ...], bool]:
    """Return what tells of single persons in a sheet, and whether it is refused for that.

    The findings name the cells, never what stands in them; nor is a datum in the sheet's name told.
    """
    signs = tuple(person_signs(sheet, is_result=is_result))
    refused = is_refused(signs)
    shown = tuple(each for each in signs if each.sure or not refused)
    titled = any(not each.cell and isinstance(each.what, Text) for each in shown)
    name = _WORD.sub(r"\1…", sheet.name) if titled else sheet.name
    return tuple(_person_finding(each, name, declared) for each in shown), refused


# The name of a sheet is told by the first letters where it holds a personal datum itself.
_WORD = re.compile(r"\b(\w)\w*")


def _person_finding(sign: Sign, sheet: str, declared: Table | None) -> Finding:
    key = "finding.persons" if sign.sure else "finding.persons_perhaps"
    return Finding(
        Severity.ERROR if sign.sure else Severity.REMARK,
        message(key, sign=sign.what),
        message(f"{key}.todo"),
        sheet,
        sign.cell,
        declared.key if declared else "",
    )
