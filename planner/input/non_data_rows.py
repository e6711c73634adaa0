"""Rows below a header that are not the table's own: totals, notes, a header that is repeated.

They are left out with a remark that shows them, never without a word. A second table below the
first is refused, for nobody can tell which of the two is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from planner.core.errors import Finding, Severity
from planner.core.texts import Message, message
from planner.input.book import RawSheet, RawValue, column_letters
from planner.input.column import ColumnType, Table
from planner.input.names import plain
from planner.input.records import TABLES
from planner.input.values import is_empty, shown

SheetRow = Mapping[int, RawValue]

_TOTAL = re.compile(
    r"\s*(?:(?:sub|eind)?tota(?:al|len|ls?)\b|(?:grand|sub)[ -]?total\b|(?:som|sum)\s*:?\s*$)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*(?:\*|\d?\)\s|(?:bron(?:nen)?|noo?t|let op|toelichting|opmerking(?:en)?|sources?|notes?|"
    r"nb|n\.b\.|remarks?|stand per|laatst bijgewerkt|last updated?)\b)",
    re.IGNORECASE,
)
# A cell that stands alone in its row and holds a sentence is a note or a heading, not a record.
_FEWEST_WORDS = 4
_FEWEST_HEADERS = 2
# A total is not wrong for the last digit of a sheet's own rounding.
_ROUNDING = 1e-6

_FIGURES = (ColumnType.WHOLE, ColumnType.NUMBER)


@dataclass(frozen=True)
class RowsApart:
    """Which rows are the table's own, and what is said of the others."""

    own: tuple[int, ...]
    findings: tuple[Finding, ...]


def rows_apart(
    sheet: RawSheet,
    declared: Table,
    header_row: int,
    rows: Mapping[int, SheetRow],
    positions: Mapping[str, int],
) -> RowsApart:
    """Tell the rows of a table below its header from those that only stand there."""
    sorter = _Sorter(sheet.name, declared, rows[header_row], positions)
    for row, cells in rows.items():
        if row > header_row:
            sorter.take(row, cells)
    return RowsApart(tuple(sorter.own), tuple(sorter.findings))


class _Sorter:
    """Takes the rows below a header one by one."""

    def __init__(
        self, sheet: str, declared: Table, header: SheetRow, positions: Mapping[str, int]
    ) -> None:
        self._sheet = sheet
        self._table = declared
        self._header = {at: header.get(at) for at in positions.values()}
        self._places = tuple(positions.values())
        self._labels = tuple(
            positions[each.key] for each in declared.key_columns if each.key in positions
        )
        self._figures = {
            each.key: positions[each.key]
            for each in declared.columns
            if each.holds in _FIGURES and each.key in positions
        }
        self._all: dict[str, float] = dict.fromkeys(self._figures, 0.0)
        self._since: dict[str, float] = dict.fromkeys(self._figures, 0.0)
        self.own: list[int] = []
        self._ended = False
        self.findings: list[Finding] = []

    def take(self, row: int, cells: SheetRow) -> None:
        """Keep a row of the table's own, or report why it is left out."""
        if self._ended:
            # The rows of a second table; that it is there is an error already.
            return
        label = self._total(cells)
        if label is not None:
            self._report_total(row, label, cells)
        elif _all_text(cells) and self._apart(row, cells):
            return
        elif not all(is_empty(cells.get(at)) for at in self._places):
            self.own.append(row)
            self._add(cells)

    def _total(self, cells: SheetRow) -> int | None:
        """Return the column of the word for a total, if the row is one."""
        for at in (min(cells), *self._labels):
            value = cells.get(at)
            if isinstance(value, str) and _TOTAL.match(value):
                return at
        return None

    def _apart(self, row: int, cells: SheetRow) -> bool:
        """Report a row of nothing but text that is no record; tell whether it is left out."""
        if all(cells.get(at) == header for at, header in self._header.items()):
            what = message("rows.header_again", row=str(row))
            self._report(Severity.REMARK, row, min(cells), what, "rows.header_again")
            return True
        other = _header_of(cells, self._table)
        if other is not None:
            what = message("rows.two_tables", row=str(row), table=other.title)
            self._report(Severity.ERROR, row, min(cells), what, "rows.two_tables")
            self._ended = True
            return True
        if is_note(cells):
            at = min(cells)
            what = message("rows.note", row=str(row), text=shown(cells[at]))
            self._report(Severity.REMARK, row, at, what, "rows.note")
            return True
        return False

    def _add(self, cells: SheetRow) -> None:
        for key, at in self._figures.items():
            value = cells.get(at)
            if isinstance(value, int | float) and not isinstance(value, bool):
                self._all[key] += value
                self._since[key] += value

    def _report_total(self, row: int, label: int, cells: SheetRow) -> None:
        """Report a row of totals; say so where a total is not what the rows add up to."""
        what = message("rows.total", row=str(row), label=shown(cells[label]))
        self._report(Severity.REMARK, row, label, what, "rows.total")
        for key, at in self._figures.items():
            value = cells.get(at)
            if isinstance(value, bool) or not isinstance(value, int | float):
                continue
            sums = (self._all[key], self._since[key])
            if not any(_alike(value, each) for each in sums):
                column = self._table.column(key).title
                what = message("rows.total_differs", column=column, total=value, sum=sums[0])
                self._report(Severity.REMARK, row, at, what, "rows.total_differs")
        self._since = dict.fromkeys(self._figures, 0.0)

    def _report(self, severity: Severity, row: int, at: int, what: Message, key: str) -> None:
        cell = f"{column_letters(at)}{row}"
        todo = message(f"{key}.todo")
        self.findings.append(Finding(severity, what, todo, self._sheet, cell, self._table.key, row))


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _ROUNDING * max(1.0, abs(other))


def _all_text(cells: SheetRow) -> bool:
    return all(isinstance(value, str) for value in cells.values())


def is_note(cells: SheetRow) -> bool:
    """Whether a row of text is a remark: it begins as one does, or is one sentence alone."""
    filled = [str(value) for _, value in sorted(cells.items()) if not is_empty(value)]
    if not filled:
        return False
    alone = len(filled) == 1
    sentence = alone and len(filled[0].split()) >= _FEWEST_WORDS
    return sentence or (len(filled) <= _FEWEST_HEADERS and bool(_NOTE.match(filled[0])))


def _header_of(cells: SheetRow, declared: Table) -> Table | None:
    """Return the table whose header a row is, if any: this one in another order, or another."""
    names = [plain(str(value)) for value in cells.values() if not is_empty(value)]
    if len(names) < _FEWEST_HEADERS:
        return None
    for table, (known, needed) in _known_names().items():
        named = {known[name] for name in names if name in known}
        enough = len(named) >= max(_FEWEST_HEADERS, (len(names) + 1) // 2)
        if enough and (table == declared.key or needed <= named):
            return next(each for each in TABLES if each.key == table)
    return None


@cache
def _known_names() -> Mapping[str, tuple[Mapping[str, str], frozenset[str]]]:
    """Return per table the column that each name stands for, and the columns it needs."""
    return {
        each.key: (
            {
                plain(name): column.key
                for column in each.columns
                for name in (column.key, column.title.nl, column.title.en)
            },
            frozenset(column.key for column in each.columns if column.required),
        )
        for each in TABLES
    }


def merged_findings(
    sheet: RawSheet, declared: Table, header_row: int, positions: Mapping[str, int]
) -> Iterator[Finding]:
    """Yield an error for each merged range over cells of a table's columns below its header.

    Only its first cell holds anything: whether the others mean the same or nothing, nobody says.
    """
    known = sorted(set(positions.values()))
    for top, left, bottom, right in sheet.look.merged:
        below = bottom > header_row and bottom > 0
        columns = [each for each in known if left <= each <= right]
        filled = (top, left) in sheet.cells and not _TOTAL.match(str(sheet.cells[top, left]))
        several = len(columns) > 1 or (columns and bottom > max(top, header_row + 1))
        if below and several and filled and not _only_words(sheet, (top, left, bottom, right)):
            cells = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            yield Finding(
                Severity.ERROR,
                message("rows.merged", cells=cells),
                message("rows.merged.todo"),
                sheet.name,
                f"{column_letters(left)}{top}",
                declared.key,
                top,
            )


def _only_words(sheet: RawSheet, at: Sequence[int]) -> bool:
    """Whether a range is a note over the width of the table: one row with one text in it."""
    top, left, bottom, _ = at
    if top != bottom:
        return False
    row = {column: value for (each, column), value in sheet.cells.items() if each == top}
    return row.keys() == {left} and _all_text(row) and is_note(row)
