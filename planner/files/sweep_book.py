"""Writing a sweep to a workbook: the steps as a table, and the sizes as a chart beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.chart import Chart

from planner.core.texts import Language, Message, Text, message
from planner.files.cell_writer import DAY_FORMAT, HEADER, serial_of
from planner.files.named_tables import NamedTables
from planner.files.whole_file import whole_file
from planner.files.writing import new_workbook

_TITLE_ROW, _HEAD_ROW = 0, 2
_CHART_WIDTH, _CHART_HEIGHT = 760, 400
_A4 = 9
_HEAD_HEIGHT = 48
# Colours that people who see colour otherwise tell apart too (Okabe and Ito, 2008).
_COLOURS = ("#D55E00", "#E69F00", "#0072B2", "#CC79A7")


@dataclass(frozen=True)
class SweepColumn:
    """A column of a sweep: its heading, its values from above, and whether it is drawn."""

    title: Text
    values: tuple[object, ...]
    drawn: bool = False


def write_sweep(
    path: Path,
    title: Text,
    columns: Sequence[SweepColumn],
    notes: Sequence[Message],
    language: Language,
) -> None:
    """Write a sweep whole or not at all; `TargetInUseError` where the file is in use.

    The first column is what was moved; the chart draws the others against it.
    """
    with whole_file(path) as draft, new_workbook(draft) as book:
        sheet = book.add_worksheet(message("sweep.sheet").text(language))
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(_TITLE_ROW, 0, title.in_(language), book.add_format({"bold": True}))
        _table(book, sheet, columns, language)
        last = _HEAD_ROW + len(columns[0].values)
        for number, note in enumerate(notes, start=last + 2):
            sheet.write_string(number, 0, note.text(language))
        chart = _chart(book, sheet.get_name(), columns, language, last)
        told = message("workbook.chart_described", title=title, sheet=sheet.get_name())
        heard = {"description": told.text(language)}
        sheet.insert_chart(last + len(notes) + 3, 0, chart, heard)


def _table(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    columns: Sequence[SweepColumn],
    language: Language,
) -> None:
    heading = book.add_format({**HEADER, "text_wrap": True})
    sheet.set_row(_HEAD_ROW, _HEAD_HEIGHT)
    day = book.add_format({"num_format": DAY_FORMAT})
    number = book.add_format({"num_format": "#,##0.####"})
    whole = book.add_format({"num_format": "#,##0"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, 16)
        sheet.write_string(_HEAD_ROW, at, column.title.in_(language), heading)
        for row, value in enumerate(column.values, start=_HEAD_ROW + 1):
            if isinstance(value, int | float):
                sheet.write_number(row, at, value, number if at == 0 else whole)
            elif isinstance(value, Text | Message):
                words = value.in_(language) if isinstance(value, Text) else value.text(language)
                sheet.write_string(row, at, words)
            elif isinstance(value, dt.date):
                sheet.write_number(row, at, serial_of(value), day)
    titles = [each.title.in_(language) for each in columns]
    NamedTables().give(sheet, _HEAD_ROW, 0, titles, _HEAD_ROW + len(columns[0].values))
    sheet.freeze_panes(_HEAD_ROW + 1, 1)


def _chart(
    book: xlsxwriter.Workbook,
    sheet: str,
    columns: Sequence[SweepColumn],
    language: Language,
    last: int,
) -> Chart:
    chart = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    if chart is None:
        raise ValueError("xlsxwriter knows no scatter chart")
    drawn = [(at, each) for at, each in enumerate(columns) if each.drawn]
    for colour, (at, _) in zip(_COLOURS, drawn, strict=True):
        chart.add_series(
            {
                "name": [sheet, _HEAD_ROW, at],
                "categories": [sheet, _HEAD_ROW + 1, 0, last, 0],
                "values": [sheet, _HEAD_ROW + 1, at, last, at],
                "line": {"color": colour, "width": 2},
                "marker": {
                    "type": "circle",
                    "size": 5,
                    "fill": {"color": colour},
                    "border": {"color": colour},
                },
            }
        )
    chart.set_x_axis(
        {"name": columns[0].title.in_(language), "major_gridlines": {"visible": False}}
    )
    chart.set_y_axis(
        {"name": message("sweep.axis").text(language), "num_format": "#,##0", "min": 0}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
    return chart
