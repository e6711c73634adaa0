"""Change single cells of a plan's workbook in the file itself, as a forger would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from planner.files.package import Package
from planner.input.book import Book, RawSheet, RawValue, column_letters
from planner.sheets.overview_table import is_overview
from planner.sheets.result_sheets import find_result

Value = float | str | None
_CELL = rb'<c r="%s"([^>]*?)(?:/>|>.*?</c>)'


def forged(source: Path, target: Path, sheet: str, cell: str, value: Value) -> Path:
    """Write a workbook with another value in one cell; `None` empties it."""
    return forged_cells(source, target, {(sheet, cell): value})


def forged_cells(source: Path, target: Path, values: Mapping[tuple[str, str], Value]) -> Path:
    """Write a workbook with other values in some cells, by sheet and address."""
    package = Package(source.read_bytes())
    parts = {each.name: each.part for each in package.sheets()}
    for name in dict.fromkeys(sheet for sheet, _ in values):
        mine = {cell.encode(): value for (sheet, cell), value in values.items() if sheet == name}
        left = set(mine)

        def other(found: re.Match[bytes], mine: dict[bytes, Value], left: set[bytes]) -> bytes:
            if found[1] not in mine:
                return found[0]
            left.remove(found[1])
            return _written(found[1], found[2], mine[found[1]])

        pattern = _CELL % (b"(%s)" % (next(iter(mine)) if len(mine) == 1 else b"[A-Z]+[0-9]+"))
        before = package.part(parts[name])
        package.put(parts[name], re.sub(pattern, partial(other, mine=mine, left=left), before))
        assert not left, f"{name}!{left} is not there"
    package.write(target)
    return target


def _written(cell: bytes, style: bytes, value: Value) -> bytes:
    if value is None:
        return b""
    style = re.sub(rb' t="[a-zA-Z]*"', b"", style)
    if isinstance(value, str):
        return rb'<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>' % (
            cell, style, escape(value).encode(),
        )  # fmt: skip
    return rb'<c r="%s"%s><v>%s</v></c>' % (cell, style, repr(value).encode())


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
