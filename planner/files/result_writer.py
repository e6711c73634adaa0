"""Writing a result sheet: title, notes, header and rows, column by column."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from planner.core.errors import ProgramFaultError
from planner.core.texts import Language, message, show
from planner.files.cell_writer import HEADER, INDENTED, Styles, serial_of
from planner.files.layout import (
    DAY_WIDTH,
    LINE_HEIGHT,
    NARROWEST,
    WIDEST,
    day_format,
    lines_in,
    month_format,
    width_of,
    width_on_two_lines,
)
from planner.files.named_tables import NamedTables
from planner.files.page import fit_page
from planner.input.column import Column, ColumnType
from planner.input.supplied_names import name_of
from planner.sheets.cell_links import Links
from planner.sheets.reader_columns import is_behind_words
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_table import is_planned_key
from planner.sheets.units import (
    digits_of,
    number_format_of,
    title_with_unit,
    unit_key,
    unit_title,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_FORMATS: Mapping[str, str] = {
    "euro": "#,##0",
    "share": "0.0%",
    # Fitted values are months, shares or people, whatever their row is about.
    "figures": "#,##0.0###",
}

# By decimals; `0.##` would leave a mark after a whole number in Excel.
# Told in percents; stored as the share that it is.
_SHARES = frozenset({"share", "share-months"})
_BY_DIGITS = ("#,##0", "#,##0.0", "#,##0.00")
# A sentence is read across, not down.
_WIDEST: Mapping[str, float] = {"sentence": 90.0, "decided": 34.0, "short": 44.0}

_NUMBERS = (ColumnType.NUMBER, ColumnType.WHOLE)
LINKED = "#1F4E79"
# Lines above the header that may stay in view, and how much larger the title is than the rest.
_MOST_FROZEN = 6
# Letters, for the button of the filter in a title; that of numbers leaves room for it twice.
_BUTTON = 3.0
_BUTTON_OF_NUMBERS = 7.0
# The title of numbers stands above them, and off the button, which would lie over its last letters.
_OF_NUMBERS: dict[str, object] = {"align": "right", "indent": 2}
_TITLE_LARGER = 1.25

# Widths are taken from this many rows; the others of a long sheet look alike.
_ROWS_MEASURED = 400


class ResultWriter:
    """Writes one result sheet in a language."""

    def __init__(  # noqa: PLR0913 - what it writes with
        self,
        sheet: Worksheet,
        styles: Styles,
        language: Language,
        links: Links | None = None,
        tables: NamedTables | None = None,
        *,
        units_told: bool = False,
    ) -> None:
        """Keep the sheet to write on, where its cells lead, and the tables of its workbook.

        With `units_told` the title of a column of numbers tells their unit.
        """
        self._links = links or Links()
        self._tables = tables or NamedTables()
        self._sheet = sheet
        self._styles = styles
        self._language = language
        self._units_told = units_told
        self._keys: frozenset[str] = frozenset()
        # Rows of more than one line; not every spreadsheet finds their height by itself.
        self._high: dict[int, int] = {}

    def write(self, result: ResultSheet, labels: Iterable[str]) -> int:
        """Write the title, the labels and notes below it, the header and the rows.

        Return the row of the header, counted from 0.
        """
        table = result.table
        title = f"{table.title.in_(self._language)}. {table.meaning.in_(self._language)}"
        lines = [title, *labels, *(show(note, self._language) for note in result.notes)]
        header = len(lines)
        columns = [each for each in table.columns if _is_given(result, each)]
        self._keys = frozenset(each.key for each in columns)
        after_number = False
        widths = []
        units = _units(result, self._language)
        for at, column in enumerate(columns):
            widths.append(
                self._column(
                    at, column, result.frame[column.key], header, units, indented=after_number
                )
            )
            self._link(at, column, result, header, indented=after_number)
            after_number = column.holds in (*_NUMBERS, ColumnType.ANY)
        highs = [self._above(row, line, widths) for row, line in enumerate(lines)]
        high = sum(highs)
        above = [LINE_HEIGHT * each for each in highs]
        # Frozen, many lines would leave no room for the rows on a small screen.
        if high <= _MOST_FROZEN:
            self._sheet.freeze_panes(header + 1, 0)
        self._sheet.repeat_rows(header)
        if columns:
            last = header + max(len(result.frame), 1)
            titles = [self._title(each) for each in columns]
            if not self._tables.give(self._sheet, header, 0, titles, last):
                self._sheet.autofilter(header, 0, last, len(columns) - 1)
        for row, lines_high in self._high.items():
            self._sheet.set_row(row, LINE_HEIGHT * lines_high)
        for row in _not_a_decision(result):
            self._sheet.set_row(header + 1 + row, None, None, {"hidden": True})
        below = [
            LINE_HEIGHT * self._high.get(header + at, 1) for at in range(len(result.frame) + 1)
        ]
        fit_page(self._sheet, widths, self._language, [*above, *below])
        return header

    def _link(
        self, at: int, column: Column, result: ResultSheet, header: int, *, indented: bool
    ) -> None:
        """Have the cells of a column lead to where they come from or are explained."""
        urls = self._links.of(result, column.key)
        if not urls:
            return
        look = {"valign": "top", "underline": 1, "font_color": LINKED}
        style = self._styles.style(**look, **(INDENTED if indented else {}))
        for row, (url, value) in enumerate(
            zip(urls, _plain_values(result.frame[column.key]), strict=True), start=header + 1
        ):
            if url is not None and value is not None:
                shown = show(self._worded(column, value), self._language)
                self._sheet.write_url(row, at, url, style, shown)

    def _above(self, row: int, line: str, widths: Sequence[float]) -> int:
        """Write a line above the header, over all columns; return how many lines high it is."""
        style = {"bold": True, "font_size": 13} if row == 0 else {"italic": True}
        across = sum(widths) / (_TITLE_LARGER if row == 0 else 1.0)
        high = lines_in(line, across) if widths else 1
        look = self._styles.style(**style, text_wrap=True, valign="top")
        if len(widths) > 1:
            self._sheet.merge_range(row, 0, row, len(widths) - 1, line, look)
        else:
            self._sheet.write_string(row, 0, line, self._styles.style(**style))
        if high > 1 or row == 0:
            self._sheet.set_row(row, (LINE_HEIGHT + (3 if row == 0 else 0)) * high)
        return high

    def _column(  # noqa: PLR0913 - a column is written from these parts
        self,
        at: int,
        column: Column,
        cells: pd.Series,
        header: int,
        units: Sequence[str],
        *,
        indented: bool,
    ) -> float:
        """Write one column with its header; set its width from what stands in it and return it.

        `units` are those of the rows, where each has its own.
        """
        title = self._title(column)
        numbers = column.holds in _NUMBERS
        look = HEADER | (_OF_NUMBERS if numbers else INDENTED if indented else {})
        self._sheet.write_string(header, at, title, self._styles.style(**look))
        values = _plain_values(cells)
        style = self._style(column)
        first = header + 1
        match column.holds:
            case ColumnType.NUMBER | ColumnType.WHOLE:
                own = units if not column.unit and column.holds is ColumnType.NUMBER else ()
                width = self._numbers(at, first, values, style, own)
            case ColumnType.MONTH | ColumnType.DATE:
                width = self._days(at, first, values, style)
            case _:
                width = self._texts(at, first, values, column, units, indented=indented)
        most = _WIDEST.get(column.key, WIDEST)
        # The title of a column of numbers, which are short, goes on in a second line.
        titled = width_on_two_lines(title) if numbers else width_of(title)
        beside = _BUTTON_OF_NUMBERS if numbers else _BUTTON
        widest = min(max(width, titled + beside, NARROWEST), most)
        hidden = is_planned_key(column.key) or is_behind_words(column.key, self._keys)
        if numbers and not hidden and width_of(title) + beside > widest:
            self._high[header] = 2
        self._sheet.set_column(at, at, widest, None, {"hidden": hidden})
        return 0.0 if hidden else widest

    def _title(self, column: Column) -> str:
        """Return the title of a column, with its unit where that is told."""
        if self._units_told:
            return title_with_unit(column, self._language)
        return column.title.in_(self._language)

    def _style(self, column: Column) -> Format | None:
        """Return the style of a column; none where each number asks for its own."""
        match column.holds:
            case ColumnType.NUMBER:
                own = _FORMATS.get(column.unit)
                return None if own is None else self._styles.style(num_format=own, valign="top")
            case ColumnType.WHOLE:
                return self._styles.style(num_format="#,##0", valign="top")
            case ColumnType.MONTH:
                return self._day_style(month_format(self._language))
            case _:
                return self._day_style(day_format(self._language))

    def _day_style(self, number_format: str) -> Format:
        """Return the style of a day, which stands left so that it keeps off the text after it."""
        return self._styles.style(num_format=number_format, align="left", valign="top")

    def _numbers(
        self,
        at: int,
        first: int,
        values: list[Any],
        style: Format | None,
        units: Sequence[str],
    ) -> float:
        """Write numbers alike, or each with the decimals of its own unit where rows have one."""
        write = self._sheet.write_number
        for place, value in enumerate(values):
            if value is not None:
                if not math.isfinite(value):
                    raise ProgramFaultError(message("results.not_finite"))
                if units:
                    look = self._number_style(value, units[place])
                else:
                    own = number_format_of(value)
                    look = style or self._styles.style(num_format=own, valign="top")
                write(first + place, at, value, look)
        most = max((abs(value) for value in values if value is not None), default=0)
        return width_of(f"{most:,.1f}") + 2

    def _days(self, at: int, first: int, values: list[Any], style: Format | None) -> float:
        write = self._sheet.write_number
        serials: dict[dt.date, float] = {}
        for row, value in enumerate(values, start=first):
            if value is not None:
                if value not in serials:
                    serials[value] = serial_of(value)
                write(row, at, serials[value], style)
        return DAY_WIDTH

    def _number_style(self, value: float, unit: str) -> Format:
        if unit in _SHARES:
            return self._styles.style(num_format="0.0%", valign="top")
        return self._styles.style(num_format=_BY_DIGITS[digits_of(value, unit)], valign="top")

    def _texts(  # noqa: PLR0913 - a column is written from these parts
        self,
        at: int,
        first: int,
        values: list[Any],
        column: Column,
        units: Sequence[str],
        *,
        indented: bool,
    ) -> float:
        """Write a column of texts, listed values and whatever else; return its width."""
        worded: dict[tuple[type, Any], Any] = {}
        for value in values:
            if value is not None:
                known = (type(value), value)
                if known not in worded:
                    worded[known] = self._worded(column, value)
        sample = list(worded.values())[:_ROWS_MEASURED]
        width = max((width_of(show(each, self._language)) for each in sample), default=0)
        look: dict[str, object] = {"valign": "top"} | (INDENTED if indented else {})
        most = _WIDEST.get(column.key, WIDEST)
        if width > most:
            look["text_wrap"] = True
        style = self._styles.style(**look)
        for row, value in enumerate(values, start=first):
            if value is not None:
                shown = worded[type(value), value]
                self._mixed(row, at, shown, style, units[row - first] if units else "")
                if width > most and isinstance(shown, str) and len(shown) > most:
                    self._high[row] = max(self._high.get(row, 1), lines_in(shown, most))
        return width + (2 if indented else 0)

    def _worded(self, column: Column, value: object) -> object:
        """Return a value as the sheet shows it: a number as it is, all else in the language."""
        if column.choices is not None:
            return column.choices(str(value)).label.in_(self._language)  # type: ignore[call-arg] # looked up by value
        if column.named is not None and isinstance(value, str):
            return name_of(column.named, value, self._language)
        if column.key == "unit":
            return unit_title(str(show(value, self._language)), self._language)
        if isinstance(value, int | float | dt.date) and not isinstance(value, bool):
            return value
        return show(value, self._language)

    def _mixed(self, row: int, at: int, value: object, style: Format | None, unit: str) -> None:
        match value:
            case int() | float():
                self._sheet.write_number(row, at, value, self._number_style(value, unit))
            case dt.date():
                day = self._day_style(day_format(self._language))
                self._sheet.write_number(row, at, serial_of(value), day)
            case _:
                self._sheet.write_string(row, at, str(value), style)


def _plain_values(cells: pd.Series) -> list[Any]:
    """Return a column's values as Python's own, `None` where a cell is empty."""
    return [
        None if gone else value.item() if isinstance(value, np.generic) else value
        for value, gone in zip(cells.tolist(), cells.isna().tolist(), strict=True)
    ]


def _units(result: ResultSheet, language: Language) -> Sequence[str]:
    """Return the unit of each row by its key, empty where rows have none of their own."""
    if "unit" not in result.frame.columns:
        return ()
    return [unit_key(show(each, language)) for each in result.frame["unit"].tolist()]


def _not_a_decision(result: ResultSheet) -> list[int]:
    """Return the rows, from 0, of what rounds to nothing: a tenth of a DOL place fitted out later.

    They stay in the sheet, for the planned number stands beside.
    """
    # A comparison has a sheet of that name too, without a value of one plan.
    if result.table.key != "decisions" or "value" not in result.frame.columns:
        return []
    return [at for at, value in enumerate(result.frame["value"].tolist()) if value == 0]


def _is_given(result: ResultSheet, column: Column) -> bool:
    """Whether a column is written; one that must be there and is not is our own fault."""
    if column.key in result.frame.columns:
        return True
    if column.required and not result.frame.empty:
        raise ProgramFaultError(
            message("results.column_missing", column=column.key, table=result.table.key)
        )
    return False
