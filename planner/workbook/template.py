"""The empty workbook to start from: every sheet, with drop-downs and a note on each column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from planner.tables.column import Column, ColumnType, Table
from planner.tables.records import TABLES
from planner.texts import Language, say
from planner.workbook.cell_writer import DAY_FORMAT, HEADER, Styles
from planner.workbook.layout import NARROWEST, width_of
from planner.workbook.lists import Lists, choices_of
from planner.workbook.units import unit_title
from planner.workbook.whole_file import whole_file
from planner.workbook.writing import opened

# The header of a column that must be filled in stands out.
_REQUIRED: dict[str, object] = {**HEADER, "bg_color": "#F8CBAD"}

_NOTE = {"x_scale": 2.2, "y_scale": 1.6, "font_size": 9}
_DAYS = (ColumnType.DATE, ColumnType.MONTH)
_CODES = (ColumnType.IDENTIFIER, ColumnType.LIST)


def write_template(path: Path, language: Language = Language.NL) -> None:
    """Write an empty workbook with every sheet; `TargetInUseError` where it cannot be written."""
    with whole_file(path) as draft, opened(draft, path) as workbook:
        styles = Styles(workbook)
        pages = [(table, workbook.add_worksheet(table.title.in_(language))) for table in TABLES]
        lists = Lists(workbook, language)
        for table, page in pages:
            _write_headers(page, table, styles, language)
            for at, column in enumerate(table.columns, start=1):
                lists.offer(page, column, 1, at)


def _write_headers(page: Any, table: Table, styles: Styles, language: Language) -> None:  # noqa: ANN401
    for at, column in enumerate(table.columns):
        title = column.title.in_(language)
        header = styles.style(**(_REQUIRED if column.required else HEADER))
        page.write_string(0, at, title, header)
        page.write_comment(0, at, column_note(column, language), _NOTE)
        page.set_column(at, at, max(width_of(title) + 3, NARROWEST), _cells_style(column, styles))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, 1, len(table.columns) - 1)


def _cells_style(column: Column, styles: Styles) -> Any:  # noqa: ANN401 - the library has no types
    """Return the format of a column's empty cells, so that codes stay text and dates dates."""
    if column.holds in _CODES:
        return styles.style(num_format="@")
    return styles.style(num_format=DAY_FORMAT) if column.holds in _DAYS else None


def column_note(column: Column, language: Language) -> str:
    """Return what a column means, in which unit, within which bounds, and if it may be empty."""
    lines = [column.meaning.in_(language)]
    if column.unit:
        unit = unit_title(column.unit, language)
        lines.append(say("template.unit", language, unit=unit))
    if column.minimum is not None:
        lines.append(say("template.minimum", language, bound=column.minimum))
    if column.maximum is not None:
        lines.append(say("template.maximum", language, bound=column.maximum))
    options = choices_of(column, language)
    if options:
        lines.append(say("template.choices", language, options=options))
    lines.append(_when_empty(column, language))
    return "\n".join(lines)


def _when_empty(column: Column, language: Language) -> str:
    if column.required:
        return say("template.required", language)
    if column.default in (None, ""):
        return say("template.may_be_empty", language)
    default = getattr(column.default, "label", column.default)
    return say("template.default", language, value=default)
