"""Writing single values: each with the call for its type, so that text never becomes a formula."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.files.book_cells import At, portable
from planner.files.layout import LINE_HEIGHT, WIDEST, lines_in
from planner.files.sheet_xml import EmptyResult, ErrorResult
from planner.input.book import CellError, RawSheet, RawValue, Uncalculated, column_letters

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

DAY_FORMAT = "yyyy-mm-dd"
_MOMENT_FORMAT = "yyyy-mm-dd hh:mm:ss"
_TIME_FORMAT = "hh:mm:ss"
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zones
_DAY = dt.timedelta(days=1)
# What the format allows in a cell; the writing library leaves a longer text out without a word.
LONGEST_TEXT = 32_767


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        """Keep the workbook that the formats belong to."""
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def style(self, **properties: object) -> Format:
        """Return the format with the given properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def serial_of(value: dt.date | dt.time) -> float:
    """Return the number that stands for a day, moment or time in a sheet."""
    if isinstance(value, dt.datetime):
        return (value.replace(tzinfo=None) - _DAY_ZERO) / _DAY
    if isinstance(value, dt.date):
        return (value - _DAY_ZERO.date()).days
    since = dt.datetime.combine(_DAY_ZERO, value.replace(tzinfo=None)) - _DAY_ZERO
    return since / _DAY


class CellWriter:
    """Writes the cells of a raw sheet where they stood."""

    def __init__(
        self,
        sheet: Worksheet,
        styles: Styles,
        raw: RawSheet,
        names: AbstractSet[str],
    ) -> None:
        """Keep the sheet to write on, what to write, and the names of the file's sheets."""
        self._sheet = sheet
        self._styles = styles
        self._raw = raw
        self._names = names
        self._tall = False

    def write_all(self, header_row: int | None) -> None:
        """Write every cell; those of the header row in the header's style."""
        below = header_row or 0
        self._tall = any(
            row > below and isinstance(value, str) and len(value) > WIDEST
            for (row, _), value in self._raw.cells.items()
        )
        high: dict[int, int] = {}
        for at in sorted({*self._raw.cells, *self._raw.formulas}):
            value = self._raw.cells.get(at)
            formula = self._raw.formulas.get(at)
            style = self._style(at, value, header_row)
            if formula is not None and portable(formula, self._names):
                self._formula(at, formula, value, style)
            elif value is not None:
                self._value(at, value, style)
            if at[0] > below and isinstance(value, str) and len(value) > WIDEST:
                high[at[0]] = max(high.get(at[0], 1), lines_in(value, WIDEST))
        for row, lines in high.items():
            # Not every spreadsheet finds the height of a row by itself.
            self._sheet.set_row(row - 1, LINE_HEIGHT * lines)

    def _style(self, at: At, value: RawValue | None, header_row: int | None) -> Format | None:
        number_format = self._raw.formats.get(at) or own_format(value)
        properties: dict[str, object] = {}
        if number_format:
            properties["num_format"] = number_format
        if at[0] == header_row:
            properties |= HEADER
        else:
            properties |= self._alignment(at, value, below=at[0] > (header_row or 0))
        return self._styles.style(**properties) if properties else None

    def _alignment(self, at: At, value: RawValue | None, *, below: bool) -> dict[str, object]:
        """Return how a cell stands, so that neighbours keep apart and long texts can be read."""
        properties: dict[str, object] = {}
        if isinstance(value, dt.date | dt.time):
            properties["align"] = "left"
        if not below:
            return properties
        if self._tall:
            properties["valign"] = "top"
        if isinstance(value, str):
            before = self._raw.cells.get((at[0], at[1] - 1))
            if isinstance(before, int | float) and not isinstance(before, bool):
                properties |= INDENTED
            if len(value) > WIDEST:
                properties["text_wrap"] = True
        return properties

    def _value(self, at: At, value: RawValue, style: Format | None) -> None:
        row, column = at[0] - 1, at[1] - 1
        match value:
            case bool():
                self._sheet.write_boolean(row, column, value, style)
            case int() | float() if math.isfinite(value):
                self._sheet.write_number(row, column, value, style)
            case dt.date() | dt.time():
                self._sheet.write_number(row, column, serial_of(value), style)
            case CellError(code):
                self._sheet.write_formula(row, column, f"={code}", style, ErrorResult(code))
            case _:
                # An uncalculated formula that cannot be copied stays visible as its text.
                self._text(at, str(value), style)

    def _text(self, at: At, text: str, style: Format | None) -> None:
        """Write a text; one that no cell can hold is refused rather than left out."""
        if len(text) > LONGEST_TEXT:
            cell = f"{column_letters(at[1])}{at[0]}"
            raise UnusableInputError(message("file.text_too_long", sheet=self._raw.name, cell=cell))
        self._sheet.write_string(at[0] - 1, at[1] - 1, text, style)

    def _formula(
        self,
        at: At,
        formula: str,
        value: RawValue | None,
        style: Format | None,
    ) -> None:
        row, column = at[0] - 1, at[1] - 1
        self._sheet.write_formula(row, column, formula, style, _result(value))


def _result(value: RawValue | None) -> object:
    """Return a formula's stored result as the library takes it; a text without length is none."""
    match value:
        case None:
            return EmptyResult()
        case Uncalculated():
            return ""
        case CellError(code):
            return ErrorResult(code)
        case dt.date() | dt.time():
            return serial_of(value)
        case _:
            return value


def own_format(value: object) -> str:
    """Return the number format that a value needs to be shown as what it is."""
    match value:
        case dt.datetime():
            return _MOMENT_FORMAT
        case dt.date():
            return DAY_FORMAT
        case dt.time():
            return _TIME_FORMAT
        case _:
            return ""


HEADER: dict[str, object] = {
    "bold": True,
    "text_wrap": True,
    "valign": "top",
    "bg_color": "#DCE6F1",
    "bottom": 1,
}

# Of a text behind a number; without a side programs leave the indent out.
INDENTED: dict[str, object] = {"align": "left", "indent": 1}

# The header of a column that must be filled in stands out.
REQUIRED: dict[str, object] = {**HEADER, "bg_color": "#F8CBAD"}
