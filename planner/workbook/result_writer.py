"""Writing a result sheet: title, notes, header and rows, column by column."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from planner.errors import ProgramFaultError
from planner.tables.column import Column, ColumnType
from planner.texts import Language, message, show
from planner.workbook.cell_writer import DAY_FORMAT, HEADER, Styles, serial_of
from planner.workbook.layout import NARROWEST, WIDEST, width_of
from planner.workbook.results import ResultSheet
from planner.workbook.units import unit_title

# People and places of a plan are fractions; one digit shows that without noise.
_NUMBER_FORMAT = "#,##0.0"
_FORMATS: Mapping[str, str] = {
    "euro": "#,##0",
    "share": "0.0%",
    # Fitted values are months, shares or people, whatever their row is about.
    "figures": "#,##0.0###",
}

# Widths are taken from this many rows; the others of a long sheet look alike.
_ROWS_MEASURED = 400


class ResultWriter:
    """Writes one result sheet in a language."""

    def __init__(
        self,
        sheet: Any,  # noqa: ANN401 - the library has no types
        styles: Styles,
        language: Language,
    ) -> None:
        """Keep the sheet to write on."""
        self._sheet = sheet
        self._styles = styles
        self._language = language

    def write(self, result: ResultSheet, labels: Iterable[str]) -> int:
        """Write the title, the labels and notes below it, the header and the rows.

        Return the row of the header, counted from 0.
        """
        header = self._top(result, labels)
        columns = [each for each in result.table.columns if _is_given(result, each)]
        for at, column in enumerate(columns):
            self._column(at, column, result.frame[column.key], header)
        self._sheet.freeze_panes(header + 1, 0)
        self._sheet.repeat_rows(header)
        if columns:
            last = header + max(len(result.frame), 1)
            self._sheet.autofilter(header, 0, last, len(columns) - 1)
        return header

    def _top(self, result: ResultSheet, labels: Iterable[str]) -> int:
        """Write what stands above the header; return the header's row, counted from 0."""
        table = result.table
        title = f"{table.title.in_(self._language)}. {table.meaning.in_(self._language)}"
        lines = [*labels, *(show(note, self._language) for note in result.notes)]
        self._sheet.write_string(0, 0, title, self._styles.style(bold=True, font_size=13))
        for row, line in enumerate(lines, start=1):
            self._sheet.write_string(row, 0, line, self._styles.style(italic=True))
        return len(lines) + 1

    def _column(self, at: int, column: Column, cells: pd.Series, header: int) -> None:
        """Write one column with its header, and set its width from what stands in it."""
        title = column.title.in_(self._language)
        self._sheet.write_string(header, at, title, self._styles.style(**HEADER))
        values = _plain_values(cells)
        style = self._style(column)
        first = header + 1
        match column.holds:
            case ColumnType.NUMBER | ColumnType.WHOLE:
                width = self._numbers(at, first, values, style)
            case ColumnType.MONTH | ColumnType.DATE:
                width = self._days(at, first, values, style)
            case _:
                width = self._texts(at, first, values, column)
        widest = max(width, width_of(title) + 3)
        self._sheet.set_column(at, at, min(max(widest, NARROWEST), WIDEST))

    def _style(self, column: Column) -> Any:  # noqa: ANN401 - the library has no types
        match column.holds:
            case ColumnType.NUMBER:
                return self._styles.style(num_format=_FORMATS.get(column.unit, _NUMBER_FORMAT))
            case ColumnType.WHOLE:
                return self._styles.style(num_format="#,##0")
            case _:
                return self._styles.style(num_format=DAY_FORMAT)

    def _numbers(self, at: int, first: int, values: list[Any], style: Any) -> float:  # noqa: ANN401
        write = self._sheet.write_number
        for row, value in enumerate(values, start=first):
            if value is not None:
                if not math.isfinite(value):
                    raise ProgramFaultError(message("results.not_finite"))
                write(row, at, value, style)
        most = max((abs(value) for value in values if value is not None), default=0)
        return width_of(f"{most:,.1f}") + 2

    def _days(self, at: int, first: int, values: list[Any], style: Any) -> float:  # noqa: ANN401
        write = self._sheet.write_number
        serials: dict[dt.date, float] = {}
        for row, value in enumerate(values, start=first):
            if value is not None:
                if value not in serials:
                    serials[value] = serial_of(value)
                write(row, at, serials[value], style)
        return float(len(DAY_FORMAT))

    def _texts(self, at: int, first: int, values: list[Any], column: Column) -> float:
        """Write a column of texts, listed values and whatever else; return its width."""
        worded: dict[tuple[type, Any], Any] = {}
        for row, value in enumerate(values, start=first):
            if value is None:
                continue
            known = (type(value), value)
            if known not in worded:
                worded[known] = self._worded(column, value)
            self._mixed(row, at, worded[known])
        sample = list(worded.values())[:_ROWS_MEASURED]
        return max((width_of(show(each, self._language)) for each in sample), default=0)

    def _worded(self, column: Column, value: object) -> object:
        """Return a value as the sheet shows it: a number as it is, all else in the language."""
        if column.choices is not None:
            return column.choices(str(value)).label.in_(self._language)  # type: ignore[call-arg] # looked up by value
        if column.key == "unit":
            return unit_title(str(show(value, self._language)), self._language)
        if isinstance(value, int | float | dt.date) and not isinstance(value, bool):
            return value
        return show(value, self._language)

    def _mixed(self, row: int, at: int, value: object) -> None:
        match value:
            case int() | float():
                self._sheet.write_number(row, at, value)
            case dt.date():
                style = self._styles.style(num_format=DAY_FORMAT)
                self._sheet.write_number(row, at, serial_of(value), style)
            case _:
                self._sheet.write_string(row, at, str(value))


def _plain_values(cells: pd.Series) -> list[Any]:
    """Return a column's values as Python's own, `None` where a cell is empty."""
    return [
        None if gone else value.item() if isinstance(value, np.generic) else value
        for value, gone in zip(cells.tolist(), cells.isna().tolist(), strict=True)
    ]


def _is_given(result: ResultSheet, column: Column) -> bool:
    """Whether a column is written; one that must be there and is not is our own fault."""
    if column.key in result.frame.columns:
        return True
    if column.required and not result.frame.empty:
        raise ProgramFaultError(
            message("results.column_missing", column=column.key, table=result.table.key)
        )
    return False
