"""Change single cells of a plan's workbook in the file itself, as a forger would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from planner.files.package import Package
from planner.input.book import Book, RawSheet, RawValue, column_letters
from planner.sheets.overview_table import is_overview
from planner.sheets.result_sheets import find_result


def forged(source: Path, target: Path, sheet: str, cell: str, value: float | str | None) -> Path:
    """Write a workbook with another value in one cell; `None` empties it."""
    package = Package(source.read_bytes())
    part = next(each.part for each in package.sheets() if each.name == sheet)
    pattern = rb'<c r="' + cell.encode() + rb'"([^>]*?)(?:/>|>.*?</c>)'
    if value is None:
        new = b""
    elif isinstance(value, str):
        words = escape(value).encode()
        new = rb'<c r="%s"\1 t="inlineStr"><is><t>%s</t></is></c>' % (cell.encode(), words)
    else:
        new = rb'<c r="%s"\1><v>%s</v></c>' % (cell.encode(), repr(value).encode())
    before = package.part(part)
    found = re.search(pattern, before)
    assert found is not None, f"{sheet}!{cell} is not there"
    style = re.sub(rb' t="[a-zA-Z]*"', b"", found[1])
    package.put(part, before.replace(found[0], new.replace(rb"\1", style), 1))
    package.write(target)
    return target


def another(value: RawValue) -> float | str:
    """Return a value of the same sort that says something else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{value} niet"
    return value + 1.0


def result_cells(book: Book) -> Iterator[tuple[RawSheet, int, int]]:
    """Yield every cell of every sheet of a plan: its sheet, row and column."""
    for sheet in book.sheets:
        if is_overview(sheet) or find_result(sheet) is not None:
            for row, column in sheet.cells:
                yield sheet, row, column


def address(row: int, column: int) -> str:
    """Return a cell's address, such as `C7`."""
    return f"{column_letters(column)}{row}"
