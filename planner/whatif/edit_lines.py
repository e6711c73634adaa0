"""Edits as they are written down: a table, a row's key, a column and the value, one a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import Message, message
from planner.files.csv_file import read_separated
from planner.input.book import Book, CellError, RawValue
from planner.input.edits import Edit, SetCell
from planner.input.scenario import EditsByKey, address_of, changes_of
from planner.input.typed import read_tables

COLUMNS = ("table", "key", "column", "value")
# The ending that the name of a file with edits must have.
ENDING = ".csv"


@dataclass(frozen=True)
class EditLine:
    """The value of one cell, addressed by its table, the key of its row and its column.

    The key's parts are joined by `|`. `file` and `cell` are where it was written, if anywhere.
    """

    table: str
    key: str
    column: str
    value: RawValue | None
    file: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Return the line as it may be written."""
        value = "" if self.value is None else str(self.value)
        return f"{self.table},{self.key},{self.column},{value}"


def read_edits(path: Path) -> tuple[EditLine, ...]:
    """Read the edits of a text file with the headings table, key, column, value, in their order.

    `UnusableInputError` with every finding: a heading that is not there, a line without a table,
    key or column, an error instead of a value, no edit at all.
    """
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise UnusableInputError(message("what_if.unreadable", file=str(path))) from fault
    sheet, _ = read_separated(content, path.name)
    headings = {
        str(value).strip().casefold(): column
        for (row, column), value in sheet.cells.items()
        if row == 1
    }
    missing = tuple(name for name in COLUMNS if name not in headings)
    if missing:
        raise UnusableInputError(message("what_if.headings", file=path.name, names=missing))
    last = max((row for row, _ in sheet.cells), default=1)
    lines: list[EditLine] = []
    findings: list[Finding] = []
    for row in range(2, last + 1):
        cells = {name: sheet.cells.get((row, headings[name])) for name in COLUMNS}
        if all(each is None for each in cells.values()):
            continue
        found = tuple(_faults(path.name, row, cells))
        findings += found
        if not found:
            table, key, column = (str(cells[name]).strip() for name in COLUMNS[:3])
            lines.append(EditLine(table, key, column, cells["value"], path.name, f"A{row}"))
    if findings or not lines:
        told = message("what_if.no_edits" if not findings else "what_if.lines", file=path.name)
        raise UnusableInputError(told, tuple(findings))
    return tuple(lines)


def _faults(file: str, row: int, cells: dict[str, RawValue | None]) -> Iterator[Finding]:
    for name, value in cells.items():
        if value is None and name != "value":
            yield Finding(
                Severity.ERROR,
                message("what_if.empty", column=name),
                message("what_if.empty.todo"),
                sheet=file,
                cell=f"A{row}",
            )
        elif isinstance(value, CellError):
            yield Finding(
                Severity.ERROR,
                message("what_if.error_value", value=str(value)),
                message("what_if.empty.todo"),
                sheet=file,
                cell=f"A{row}",
            )


def edits_in(book: Book, scenario: str, lines: Sequence[EditLine]) -> tuple[Edit, ...]:
    """Return the edits of lines in a book; of a cell that the scenario changes, where that stands.

    `UnusableInputError` with a finding a line that names no table, row or column of the book.
    """
    typed, _ = read_tables(book)
    making = EditsByKey(book, typed)
    changed = {
        address_of(each.record.table, each.record.key, each.record.column): each.row
        for each in changes_of(typed, scenario)
    }
    edits: list[Edit] = []
    findings: list[Finding] = []
    for line in lines:
        row = changed.get(address_of(line.table, line.key, line.column))
        if row is not None:
            edits.append(SetCell("scenarios", row, "value", line.value))
            continue
        try:
            edits.append(making.edit(line.table, line.key, line.column, line.value))
        except LookupError:
            findings.append(_unknown(line))
    if findings:
        raise UnusableInputError(refusal(lines), tuple(findings))
    return tuple(edits)


def refusal(lines: Sequence[EditLine]) -> Message:
    """Return that edits are not taken, and that everything stays as it was."""
    return message("what_if.refused", edit="; ".join(map(str, lines)))


def _unknown(line: EditLine) -> Finding:
    return Finding(
        Severity.ERROR,
        message("finding.edit_unknown", edit=f"{line.table} · {line.key} · {line.column}"),
        message("finding.edit_unknown.todo"),
        sheet=line.file,
        cell=line.cell,
    )
