"""The empty workbook to start from: every sheet, with units, examples, drop-downs and notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pandas as pd

from planner.core.texts import Language, say, show
from planner.files.cell_writer import DAY_FORMAT, HEADER, REQUIRED, Styles
from planner.files.column_notes import NOTE, column_note
from planner.files.guide import FIRST, SUPPLIED, TITLE, write_guide
from planner.files.layout import width_of
from planner.files.limits import limit, names_formula
from planner.files.lists import Lists
from planner.files.seeds import read_seed_book
from planner.files.whole_file import whole_file
from planner.files.writing import new_workbook
from planner.input.book import Book, RawValue, column_letters
from planner.input.column import Column, ColumnType, Table
from planner.input.records import TABLES
from planner.input.values import is_empty, read_value
from planner.sheets.units import unit_title

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Above it: what the sheet is for, the units, and an example.
HEADER_ROW = 4


_ABOVE: dict[str, object] = {"italic": True, "font_color": "#595959", "font_size": 9}
_A4 = 9
_SPACE = " " * 12
_WIDEST = 34.0
_FEW = 12  # columns that fit on the width of a page

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
    """Write a workbook with every sheet, empty but for the standard groups.

    The few to begin with are seen; the others are hidden until they are needed.

    `TargetInUseError` where it cannot be written.
    """
    with whole_file(path) as draft, new_workbook(draft) as workbook:
        styles = Styles(workbook)
        examples = read_seed_book("demo_small", language)
        write_guide(workbook.add_worksheet(TITLE.in_(language)), styles, language)
        pages = [(table, workbook.add_worksheet(table.title.in_(language))) for table in TABLES]
        names = {
            table.key: names_formula(table.title.in_(language), _key_letters(table), HEADER_ROW)
            for table in TABLES
        }
        lists = Lists(workbook, language)
        for table, page in pages:
            _write_headers(page, table, styles, language, _examples(examples, table))
            for at, column in enumerate(table.columns, start=1):
                lists.offer(page, column, HEADER_ROW, at)
                limit(page, column, HEADER_ROW, at, language=language, names=names)
            if table.key == SUPPLIED:
                _fill(page, table, examples.frame(table.key))
            if table.key not in FIRST:
                page.hide()


def _fill(page: Worksheet, table: Table, rows: pd.DataFrame) -> None:
    """Fill in what the program supplies: the standard groups, which nobody has to make up."""
    for at, cells in enumerate(rows.to_dict("records"), start=HEADER_ROW):
        for column, declared in enumerate(table.columns):
            value = cells.get(declared.key)
            if not is_empty(value):
                page.write(at, column, value)


def _key_letters(table: Table) -> str:
    return column_letters(table.columns.index(table.key_columns[0]) + 1)


def _examples(book: Book, table: Table) -> Mapping[str, object]:
    """Return a value of the demo for each column that it fills in."""
    frame = book.frame(table.key)
    found = {str(key): [each for each in frame[key] if not is_empty(each)] for key in frame}
    return {key: values[0] for key, values in found.items() if values}


def _write_headers(
    page: Worksheet,
    table: Table,
    styles: Styles,
    language: Language,
    examples: Mapping[str, object],
) -> None:
    """Write what stands above the cells, which alone is protected: no password, against a slip.

    Above the headers: what the sheet is for, the unit of each column and an example. Reading
    passes these over, as any title.
    """
    page.set_column(0, _LAST_COLUMN, None, styles.style(locked=0))
    title = styles.style(bold=True, font_size=12)
    page.write_string(0, 0, table.meaning.in_(language), title)
    for at, column in enumerate(table.columns):
        words = _above(column, language, examples)
        for row, text in enumerate(words, start=1):
            page.write_string(row, at, text, styles.style(**_ABOVE))
        name = column.title.in_(language)
        header = styles.style(**(REQUIRED if column.required else HEADER))
        page.write_string(HEADER_ROW - 1, at, name, header)
        page.write_comment(HEADER_ROW - 1, at, column_note(column, language), NOTE)
        width = max(map(width_of, (f"{name}...", *words, _SPACE)))
        page.set_column(at, at, min(width, _WIDEST), _cells_style(column, styles))
    page.freeze_panes(HEADER_ROW, len(table.key_columns) if len(table.columns) > _FEW else 0)
    page.autofilter(HEADER_ROW - 1, 0, HEADER_ROW, len(table.columns) - 1)
    page.protect("", _ALLOWED)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1 + len(table.columns) // _FEW, 0)
    page.repeat_rows(HEADER_ROW - 1)
    page.set_footer("&L&F&C&A&R&P / &N")


def _above(column: Column, language: Language, examples: Mapping[str, object]) -> tuple[str, str]:
    """Return the unit of a column, or what it holds where it has none, and an example."""
    held = "code" if _is_code(column) else column.holds.value
    unit = (
        unit_title(column.unit, language)
        if column.unit
        else say(f"template.holds.{held}", language)
    )
    if _is_per_cent(column):
        unit = say("template.holds.share", language)
    value = examples.get(column.key)
    example = "" if value is None else _as_typed(column, value, language)
    return unit, example and say("template.example", language, value=example)


def _as_typed(column: Column, value: object, language: Language) -> str:
    """Return an example as it is typed; numbers without marks between thousands."""
    read = read_value(column, cast("RawValue", value))
    if column.holds in {ColumnType.CHOICE, ColumnType.YES_NO}:
        return show(getattr(read, "label", read), language)
    if isinstance(read, dt.date) and language is Language.NL:
        return f"{read:%d-%m-%Y}"
    if not isinstance(read, float):
        return str(value)
    number = read * 100 if _is_per_cent(column) else read
    written = f"{number:.6f}".rstrip("0").rstrip(".")
    written = written.replace(".", ",") if language is Language.NL else written
    return f"{written} %" if _is_per_cent(column) else written


def _is_code(column: Column) -> bool:
    """Whether a column holds codes of locations, the only ones that planners make up themselves."""
    own = column.key == "id" or column.refers_to == "locations"
    return own and column.holds is ColumnType.IDENTIFIER


def _is_per_cent(column: Column) -> bool:
    return column.unit == "share" and column.maximum == 1


def _cells_style(column: Column, styles: Styles) -> Format:
    """Return the format of a column's empty cells, so that codes stay text and dates dates."""
    if column.holds in _CODES:
        return styles.style(num_format="@", locked=0)
    if column.holds in _DAYS:
        return styles.style(num_format=DAY_FORMAT, locked=0)
    if column.unit == "euro":
        return styles.style(num_format="#,##0.00", locked=0)
    if _is_per_cent(column):
        # Who types 91 in a cell with this format has typed 91 %.
        return styles.style(num_format="0.0%", locked=0)
    if column.holds is ColumnType.WHOLE:
        return styles.style(num_format="#,##0", locked=0)
    return styles.style(locked=0)
