"""The drop-downs of a table's columns, and the hidden sheet that holds their lists.

Excel limits the list in a cell's own rule to 255 characters, which the location types exceed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.core.texts import Language, Text
from planner.input.book import column_letters
from planner.input.column import Column, ColumnType
from planner.input.records import TABLES

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LISTS_SHEET = "_opvangplan"

YES_NO = (Text("ja", "yes"), Text("nee", "no"))

# Rows that a drop-down covers, so that rows added later have it too.
_ROWS = 5000


class Lists:
    """The lists of choices of a workbook, on their hidden sheet."""

    def __init__(self, workbook: Workbook, language: Language) -> None:
        """Add the hidden sheet with every list, one a column."""
        self._places: dict[tuple[str, ...], str] = {}
        sheet = workbook.add_worksheet(LISTS_SHEET)
        sheet.hide()
        for options in _every_list(language):
            at = len(self._places)
            for row, option in enumerate(options):
                sheet.write_string(row, at, option)
            letters = column_letters(at + 1)
            self._places[options] = f"={LISTS_SHEET}!${letters}$1:${letters}${len(options)}"
        self._language = language

    def offer(self, sheet: Worksheet, column: Column, header_row: int, at: int) -> None:
        """Give the cells below a header a drop-down; header row and column count from 1.

        Another value may be typed as well: keys and the other language are read too.
        """
        options = choices_of(column, self._language)
        if options:
            rule = {"validate": "list", "source": self._places[options], "error_type": "warning"}
            sheet.data_validation(header_row, at - 1, header_row + _ROWS, at - 1, rule)


def choices_of(column: Column, language: Language) -> tuple[str, ...]:
    """Return what may stand in a column's cells, in the language; nothing where all may."""
    if column.holds is ColumnType.YES_NO:
        return tuple(each.in_(language) for each in YES_NO)
    if column.choices is not None:
        return tuple(each.label.in_(language) for each in column.choices)
    return ()


def _every_list(language: Language) -> Iterable[tuple[str, ...]]:
    found = (choices_of(column, language) for table in TABLES for column in table.columns)
    return dict.fromkeys(options for options in found if options)
