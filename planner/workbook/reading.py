"""From an Excel file to a `Book`: every cell as it stands, mistakes included.

The file is read into memory once and never opened again, so that it is not locked and cannot
change meanwhile. A formula without a stored result and an error cell stay visible as such: read
as empty, they would turn into "no places" without a word.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula

from planner.errors import Finding, Severity, UnusableInputError
from planner.tables.book import Book, CellError, RawSheet, RawValue, Uncalculated
from planner.tables.recognise import recognise
from planner.texts import message
from planner.workbook.collecting import without_collecting
from planner.workbook.faults import check_parts, content_of, left_behind, unusable
from planner.workbook.lists import LISTS_SHEET
from planner.workbook.results import find_result

# What the reading library and the zip and XML readers below it raise on a damaged file.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    InvalidFileException,
    SyntaxError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    OSError,
    RuntimeError,
    OverflowError,
)

_SECONDS_A_DAY = 86_400


def read_workbook(path: Path) -> Book:
    """Read an Excel file; `UnusableInputError` where the file as a whole cannot be used."""
    content = content_of(path)
    try:
        with without_collecting(), _quietly(), zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_parts(archive, path.name)
            more = left_behind(archive)
            sheets = tuple(_sheets(content))
    except UnusableInputError:
        raise
    except _DAMAGE as fault:
        raise unusable("damaged", file=path.name) from fault
    if not any(sheet.cells for sheet in sheets):
        raise unusable("no_content", file=path.name)
    return book_of(sheets, path.name, _remarks(more=more))


def book_of(sheets: tuple[RawSheet, ...], name: str, findings: tuple[Finding, ...] = ()) -> Book:
    """Make a book of sheets: tables recognised, result sheets of an earlier plan kept apart."""
    ours = {each.name for each in sheets if find_result(each) is not None}
    input_sheets = [each for each in sheets if each.name not in ours | {LISTS_SHEET}]
    found = recognise(input_sheets)
    kept = {each.name for each in found.sheets} | ours
    return Book(
        tables=found.tables,
        sheets=tuple(each for each in sheets if each.name in kept),
        findings=(*findings, *found.findings),
        name=name,
    )


def _remarks(*, more: bool) -> tuple[Finding, ...]:
    if not more:
        return ()
    what, todo = message("file.left_behind"), message("file.left_behind.todo")
    return (Finding(Severity.REMARK, what, todo),)


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep the reading library's warnings, about styles and extensions, from the user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _sheets(content: bytes) -> Iterator[RawSheet]:
    """Yield the sheets; those with formulas are read again for their stored results."""
    formulas = _open(content, data_only=False)
    results: Workbook | None = None
    for sheet in formulas.worksheets:
        read = _read_sheet(sheet)
        if read.formulas:
            results = results or _open(content, data_only=True)
            read = _with_results(read, results[read.name])
        yield read


def _open(content: bytes, *, data_only: bool) -> Workbook:
    return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _filled(sheet: Any) -> Iterator[Any]:  # noqa: ANN401 - the library's own types say less
    """Yield the cells of a sheet that hold something or have a type, all rows of it.

    The size that a sheet states about itself is wrong in some programs' files; it is set aside.
    """
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None or cell.data_type != "n":
                yield cell


def _read_sheet(sheet: Any) -> RawSheet:  # noqa: ANN401 - the library's own types say less
    """Return a sheet's cells; where a formula stands, its text stands in for its result."""
    cells: dict[tuple[int, int], RawValue] = {}
    formulas: dict[tuple[int, int], str] = {}
    formats: dict[tuple[int, int], str] = {}
    for cell in _filled(sheet):
        at = (cell.row, cell.column)
        if cell.data_type == "f":
            formulas[at] = _formula(cell.value)
        else:
            # Most cells of a plan are plain numbers; they need no look at what they are.
            value = cell.value if cell.data_type == "n" else _value(cell)
            if value is not None:
                cells[at] = value
        if cell.has_style and (number_format := cell.number_format) != "General":
            formats[at] = number_format
    return RawSheet(sheet.title, cells, formulas, formats, sheet.sheet_state)


def _with_results(read: RawSheet, results: Any) -> RawSheet:  # noqa: ANN401 - as above
    """Return a sheet with the stored result of each formula, or the mark that there is none."""
    stored: dict[tuple[int, int], RawValue | None] = {}
    for cell in _filled(results):
        at = (cell.row, cell.column)
        if at in read.formulas:
            stored[at] = _value(cell)
    cells = dict(read.cells)
    for at, formula in read.formulas.items():
        # A result that is an empty text was calculated, and leaves the cell empty.
        value = stored.get(at, Uncalculated(formula))
        if value is not None:
            cells[at] = value
    return RawSheet(read.name, cells, read.formulas, read.formats, read.state)


def _value(cell: Any) -> RawValue | None:  # noqa: ANN401 - the library's own types say less
    value = cell.value
    if cell.data_type == "e":
        return CellError(str(value))
    convert = _CONVERSIONS.get(type(value))
    return value if convert is None else convert(value)


def _day(value: dt.datetime) -> dt.date:
    """Return a moment at midnight as a day, any other as it is."""
    return value.date() if value.time() == dt.time() else value


def _days(value: dt.timedelta) -> float:
    """Return a duration as the number of days that stands in the file."""
    return value.total_seconds() / _SECONDS_A_DAY


def _text(value: str) -> str | None:
    return value or None


def _formula(value: object) -> str:
    """Return a formula's text; one that fills a range stands in braces."""
    if isinstance(value, ArrayFormula):
        return f"{{{value.text}}}"
    return value if isinstance(value, str) else "="


_CONVERSIONS: dict[type[Any], Callable[[Any], RawValue | None]] = {
    dt.datetime: _day,
    dt.timedelta: _days,
    str: _text,
}
