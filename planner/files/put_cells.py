"""Putting a few cells in a sheet of a workbook on disk; all else stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.files.grafting import styles_of
from planner.files.package import Package
from planner.files.sheet_patch import At, Changes, LongTextError, patched
from planner.files.whole_file import whole_file
from planner.input.book import Book, RawSheet, RawValue

Cells = Mapping[At, RawValue | None]


def put_cells(path: Path, book: Book, cells: Sequence[tuple[RawSheet, Cells]]) -> None:
    """Write cells of sheets into the workbook that a book was read from, at `path`.

    A new row looks like the last one. `UnusableInputError` for a text that no cell can hold;
    `TargetInUseError` where the file cannot be put in its place.
    """
    package = Package(book.package)
    parts = {each.name: each.part for each in package.sheets()}
    style_part, styles = styles_of(package)
    for sheet, changed in cells:
        part = parts[sheet.name]
        there = {row for row, _ in sheet.cells}
        changes = Changes(cells=changed, formulas=sheet.formulas, like=max(there, default=None))
        try:
            package.put(part, patched(package.xml(part), changes, styles.fit))
        except LongTextError as fault:
            where = {"sheet": sheet.name, "cell": str(fault)}
            raise UnusableInputError(message("file.text_too_long", **where)) from fault
    if styles.is_changed:
        package.put(style_part, styles.xml())
    with whole_file(path) as draft:
        package.write(draft)
