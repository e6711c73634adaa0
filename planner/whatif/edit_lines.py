"""Edits read from a file: a table, a row's key, a column and the value, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from planner.core.errors import Finding, Severity, UnusableInputError
from planner.core.texts import message
from planner.files.csv_file import read_separated
from planner.input.book import CellError, RawValue
from planner.input.edit_lines import EditLine

COLUMNS = ("table", "key", "column", "value")


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
