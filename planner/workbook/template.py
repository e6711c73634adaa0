"""The empty workbook to start from: every sheet, with drop-downs and a note on each column."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.tables.book import Book
from planner.tables.column import Column, ColumnType, Table
from planner.tables.records import TABLES
from planner.tables.values import is_empty
from planner.texts import Language, say, show
from planner.workbook.cell_writer import DAY_FORMAT, HEADER, Styles
from planner.workbook.column_notes import NOTE, column_note
from planner.workbook.layout import NARROWEST, width_of
from planner.workbook.lists import Lists
from planner.workbook.seeds import read_seed_book
from planner.workbook.whole_file import whole_file
from planner.workbook.writing import opened

# The header of a column that must be filled in stands out.
_REQUIRED: dict[str, object] = {**HEADER, "bg_color": "#F8CBAD"}

# What may be done on a sheet whose header is protected: all but changing the header.
_ALLOWED = dict.fromkeys(
    (
        "format_cells", "format_columns", "format_rows", "insert_columns", "insert_rows",
        "insert_hyperlinks", "delete_rows", "sort", "autofilter", "pivot_tables", "objects",
    ),
    True,
)  # fmt: skip
_LAST_COLUMN = 16_383
_DAYS = (ColumnType.DATE, ColumnType.MONTH)
_CODES = (ColumnType.IDENTIFIER, ColumnType.LIST)


def write_template(path: Path, language: Language = Language.NL) -> None:
    """Write an empty workbook with every sheet; `TargetInUseError` where it cannot be written."""
    with whole_file(path) as draft, opened(draft, path) as workbook:
        styles = Styles(workbook)
        examples = read_seed_book("demo_small", language)
        pages = [(table, workbook.add_worksheet(table.title.in_(language))) for table in TABLES]
        lists = Lists(workbook, language)
        for table, page in pages:
            _write_headers(page, table, styles, language, _examples(examples, table))
            for at, column in enumerate(table.columns, start=1):
                lists.offer(page, column, 1, at)


def _examples(book: Book, table: Table) -> Mapping[str, object]:
    """Return a value of the demo for each column that it fills in."""
    frame = book.frame(table.key)
    found = {str(key): [each for each in frame[key] if not is_empty(each)] for key in frame}
    return {key: values[0] for key, values in found.items() if values}


def _write_headers(
    page: Any,  # noqa: ANN401 - the library has no types
    table: Table,
    styles: Styles,
    language: Language,
    examples: Mapping[str, object],
) -> None:
    """Write the header row, which alone is protected: without a password, against a slip."""
    page.set_column(0, _LAST_COLUMN, None, styles.style(locked=0))
    for at, column in enumerate(table.columns):
        title = column.title.in_(language)
        header = styles.style(**(_REQUIRED if column.required else HEADER))
        page.write_string(0, at, title, header)
        note = column_note(column, language)
        if column.key in examples:
            example = show(examples[column.key], language)
            note = f"{note}\n{say('template.example', language, value=example)}"
        page.write_comment(0, at, note, NOTE)
        page.set_column(at, at, max(width_of(title) + 3, NARROWEST), _cells_style(column, styles))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, 1, len(table.columns) - 1)
    page.protect("", _ALLOWED)


def _cells_style(column: Column, styles: Styles) -> Any:  # noqa: ANN401 - the library has no types
    """Return the format of a column's empty cells, so that codes stay text and dates dates."""
    if column.holds in _CODES:
        return styles.style(num_format="@", locked=0)
    if column.holds in _DAYS:
        return styles.style(num_format=DAY_FORMAT, locked=0)
    if column.unit == "euro":
        return styles.style(num_format="#,##0.00", locked=0)
    return styles.style(locked=0)
