"""From an old Excel file (.xls) to sheets, through xlrd; see planner/notes/0011."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.core.errors import UnusableInputError
from planner.files.faults import MOST_CELLS, unusable
from planner.input.book import CellError, RawSheet, RawValue, SheetLook

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell, Sheet

_STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
# A width is kept in parts of a character.
_PARTS = 256
# A sheet of old Excel takes at most 65,536 rows of 256 cells; a cell takes 2 to 18 bytes.
_LARGEST = 10_000_000
_MOST_ROWS = 700_000


def read_old_excel(content: bytes, name: str) -> tuple[RawSheet, ...]:
    """Return the sheets of an old Excel file.

    `UnusableInputError` where it is protected or too large; a damaged one raises `ValueError`.
    """
    from xlrd import biffh, open_workbook  # noqa: PLC0415 - needed for old files only

    if len(content) > _LARGEST:
        raise unusable("too_large", file=name)
    try:
        workbook = open_workbook(
            file_contents=content,
            formatting_info=True,
            logfile=io.StringIO(),
            on_demand=True,
            ragged_rows=True,
        )
        return tuple(_sheets(workbook, name))
    except UnusableInputError:
        raise
    except biffh.XLRDError as fault:
        if "encrypted" in str(fault).casefold():
            raise unusable("encrypted", file=name) from fault
        raise ValueError(str(fault)) from fault
    # The library's errors have no name in common: a damaged file raises a dozen sorts.
    except Exception as fault:
        raise ValueError(str(fault)) from fault


def _sheets(workbook: Book, name: str) -> Iterator[RawSheet]:
    """Yield the sheets one by one; the library lets go of each before it reads the next.

    It makes every row up to the last that holds a cell; a few bytes may ask for millions of them.
    """
    rows = cells = 0
    for at in range(workbook.nsheets):
        sheet = workbook.sheet_by_index(at)
        rows += sheet.nrows
        if rows > _MOST_ROWS:
            raise unusable("too_large", file=name)
        read = _sheet(sheet, workbook.datemode)
        cells += len(read.cells)
        if cells > MOST_CELLS:
            raise unusable("too_large", file=name)
        yield read
        workbook.unload_sheet(at)


def _sheet(sheet: Sheet, datemode: int) -> RawSheet:
    cells = dict(_cells(sheet, datemode))
    return RawSheet(
        sheet.name,
        cells,
        state=_STATES.get(sheet.visibility, "visible"),
        look=_look(sheet),
        notes={
            (row + 1, at + 1): str(note.text)
            for (row, at), note in sheet.cell_note_map.items()
            if note.text
        },
    )


def _cells(sheet: Sheet, datemode: int) -> Iterator[tuple[tuple[int, int], RawValue]]:
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            value = _value(cell, datemode)
            if value is not None:
                yield (row + 1, column + 1), value


def _value(cell: Cell, datemode: int) -> RawValue | None:
    from xlrd import biffh  # noqa: PLC0415 - needed for old files only

    match cell.ctype:
        case biffh.XL_CELL_TEXT:
            return str(cell.value) or None
        case biffh.XL_CELL_NUMBER:
            number = float(cell.value)
            return int(number) if number.is_integer() else number
        case biffh.XL_CELL_DATE:
            return _moment(cell.value, datemode)
        case biffh.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case biffh.XL_CELL_ERROR:
            return CellError(biffh.error_text_from_code.get(cell.value, "#N/A"))
        case _:
            return None


def _moment(number: float, datemode: int) -> RawValue:
    """Return what a number formatted as a day stands for; one out of range stays a number."""
    from xlrd import xldate  # noqa: PLC0415 - needed for old files only

    try:
        moment: dt.datetime = xldate.xldate_as_datetime(number, datemode)
    except (xldate.XLDateError, OverflowError, ValueError):
        return float(number)
    if 0 <= number < 1:
        return moment.time()
    at_midnight = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return moment.date() if at_midnight else moment


def _look(sheet: Sheet) -> SheetLook:
    widths, hidden = {}, set()
    for at, info in sheet.colinfo_map.items():
        if info.hidden:
            hidden.add(at + 1)
        else:
            widths[at + 1] = info.width / _PARTS
    rows = frozenset(at + 1 for at, info in sheet.rowinfo_map.items() if info.hidden)
    merged = tuple(
        (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
    )
    return SheetLook(widths, frozenset(hidden), rows, merged)
