"""Native charts of a comparison: every plan in its own colour, the same in each chart.

The figures stand on a sheet of their own, so that a chart can be taken over and changed in Excel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.core.display_names import called
from planner.core.texts import Language, Text, message
from planner.files.cell_writer import HEADER, Styles, serial_of
from planner.files.layout import month_format
from planner.files.overview_charts import MONTHS, new_chart
from planner.sheets.units import number_format_of

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

# Colours that people who see colour otherwise tell apart too (Okabe and Ito, 2008).
COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00")
# Less is not good by itself: a plan costs less that leaves people without a place. So no green.
_MORE, _LESS, _TOTAL = "#D55E00", "#0072B2", "#777777"

# A chart's size in pixels, and the rows and columns of a sheet that it covers.
_WIDTH, _HEIGHT = 760, 380
_ROWS, _COLUMNS = 20, 12
_ON_A_PAGE = 2  # rows of charts
_A4 = 9
# The library's word for letters that are not turned, so that long labels go on below.
_LEVEL = 360
# In points: three lines, for the names of plans can be long.
_HEADER_HEIGHT = 45

# The base is drawn first and broadest, so that it stays in sight under a plan that equals it.
_BASE_WIDTH, _PLAN_WIDTH = 4.0, 1.75


@dataclass(frozen=True)
class LineChart:
    """A chart of figures by month: a line for each plan and series; later series are dashed.

    `figures` has per series, by plan, the figure of each month, `None` where it is not known.
    """

    title: Text
    unit: Text
    months: tuple[dt.date, ...]
    figures: Mapping[str, Sequence[Sequence[float | None]]]
    titles: Mapping[str, Text]


@dataclass(frozen=True)
class SheetWaterfall:
    """How one total becomes another: the start, each step with its title, and the end."""

    title: Text
    unit: Text
    start: tuple[Text, float]
    steps: tuple[tuple[Text, float], ...]
    end: tuple[Text, float]


class ChartWriter:
    """Writes charts on one sheet and their figures on another."""

    def __init__(self, workbook: Workbook, styles: Styles, language: Language) -> None:
        """Add both sheets to a workbook."""
        self._workbook = workbook
        self._styles = styles
        self._language = language
        self._page = workbook.add_worksheet(message("compare.sheet.charts").text(language))
        self._title = message("compare.sheet.figures").text(language)
        self._data = workbook.add_worksheet(self._title)
        self._data.set_column(0, 0, 28)
        self._data.set_column(1, 2 * len(COLOURS), 18)
        for each in (self._page, self._data):
            each.set_landscape()
            each.set_paper(_A4)
            each.fit_to_pages(1, 0)
        self._row = 0
        self._count = 0

    def lines(self, chart: LineChart, names: Sequence[str]) -> None:
        """Draw lines by month, one for each plan and series."""
        drawn = new_chart(self._workbook, {"type": "line"})
        first, last = self._row + 2, self._row + 1 + len(chart.months)
        self._head(chart.title)
        self._data.write_string(first - 1, 0, self._said("compare.month"), self._header())
        day = self._styles.style(num_format=month_format(self._language), align="left")
        for row, month in enumerate(chart.months, start=first):
            self._data.write_number(row, 0, serial_of(month), day)
        for at, (name, line, values) in enumerate(self._series(chart, names), start=1):
            self._data.write_string(first - 1, at, name, self._header())
            for row, value in enumerate(values, start=first):
                if value is not None:
                    self._data.write_number(row, at, value, self._number(value))
            drawn.add_series(
                {
                    "name": [self._title, first - 1, at],
                    "categories": [self._title, first, 0, last, 0],
                    "values": [self._title, first, at, last, at],
                    "line": line,
                }
            )
        months = MONTHS[self._language]
        drawn.set_x_axis({"date_axis": True, "num_format": months, "major_unit_type": "months"})
        self._place(drawn, chart.title, chart.unit)
        self._row = last + 2

    def _series(
        self, chart: LineChart, names: Sequence[str]
    ) -> Iterator[tuple[str, Mapping[str, object], Sequence[float | None]]]:
        """Yield each line: what it is called, how it is drawn, and its figures."""
        for dash, (key, figures) in zip(("solid", "dash"), chart.figures.items(), strict=False):
            series = chart.titles[key].in_(self._language)
            for number, (plan, values) in enumerate(zip(names, figures, strict=True)):
                name = called(plan).in_(self._language)
                title = f"{name} · {series}" if len(chart.figures) > 1 else name
                width = _PLAN_WIDTH if number else _BASE_WIDTH
                yield title, {"color": COLOURS[number], "width": width, "dash_type": dash}, values

    def waterfall(self, chart: SheetWaterfall) -> None:
        """Draw how the base's total becomes another plan's: standing columns, steps between."""
        drawn = new_chart(self._workbook, {"type": "column", "subtype": "stacked"})
        first, last = self._row + 2, self._row + 3 + len(chart.steps)
        self._head(chart.title)
        keys = ("foot", "total", "more", "less")
        for at, key in enumerate(keys, start=1):
            self._data.write_string(
                first - 1, at, self._said(f"compare.waterfall.{key}"), self._header()
            )
        for row, (label, *parts) in enumerate(self._columns(chart), start=first):
            self._data.write_string(row, 0, label)
            for at, value in enumerate(parts, start=1):
                self._data.write_number(row, at, value, self._number(value))
        fills: tuple[Mapping[str, object], ...] = (
            {"fill": {"none": True}, "border": {"none": True}},
            *({"fill": {"color": each}} for each in (_TOTAL, _MORE, _LESS)),
        )
        for at, fill in enumerate(fills, start=1):
            drawn.add_series(
                {
                    "name": [self._title, first - 1, at],
                    "categories": [self._title, first, 0, last, 0],
                    "values": [self._title, first, at, last, at],
                    "gap": 40,
                    **fill,
                }
            )
        drawn.set_x_axis({"num_font": {"rotation": _LEVEL}})
        drawn.set_legend({"position": "bottom", "delete_series": [0]})
        unit = message("compare.chart.not_from_zero", unit=chart.unit).both
        self._place(drawn, chart.title, unit, least=_below(chart))
        self._row = last + 2

    def _columns(self, chart: SheetWaterfall) -> Iterator[tuple[str, float, float, float, float]]:
        """Yield each column: its label, the invisible foot, total, more and less."""
        name, height = chart.start
        yield name.in_(self._language), 0.0, height, 0.0, 0.0
        for title, step in chart.steps:
            foot = min(height, height + step)
            height += step
            yield title.in_(self._language), foot, 0.0, max(step, 0.0), max(-step, 0.0)
        yield chart.end[0].in_(self._language), 0.0, chart.end[1], 0.0, 0.0

    def _place(self, drawn: Chart, title: Text, unit: Text, least: float | None = None) -> None:
        """Give a chart its titles and the next free place; its axis begins at `least`."""
        drawn.set_title({"name": title.in_(self._language), "name_font": {"size": 12}})
        axis = {"name": unit.in_(self._language), "num_format": "#,##0", "min": least}
        drawn.set_y_axis({name: value for name, value in axis.items() if value is not None})
        if least is None:
            drawn.set_legend({"position": "bottom"})
        drawn.set_size({"width": _WIDTH, "height": _HEIGHT})
        row, column = divmod(self._count, 2)
        told = message("workbook.chart_described", title=title, sheet=self._title)
        heard = {"description": told.text(self._language)}
        self._page.insert_chart(row * _ROWS, column * _COLUMNS, drawn, heard)
        # A row of charts ends a page rather than being cut.
        page = _ON_A_PAGE * _ROWS
        self._page.set_h_pagebreaks(list(range(page, (row + 1) * _ROWS, page)))
        self._count += 1

    def _head(self, title: Text) -> None:
        """Write the title of a block of figures, and make room for its headers."""
        self._data.set_row(self._row + 1, _HEADER_HEIGHT)
        self._data.write_string(
            self._row, 0, title.in_(self._language), self._styles.style(bold=True)
        )

    def _said(self, key: str) -> str:
        return message(key).text(self._language)

    def _header(self) -> Format:
        return self._styles.style(**HEADER)

    def _number(self, value: float) -> Format:
        return self._styles.style(num_format=number_format_of(value))


def _below(chart: SheetWaterfall) -> float:
    """Return where the axis of a waterfall begins: so near that its steps can be seen."""
    heights = [chart.start[1]]
    for _, step in chart.steps:
        heights.append(heights[-1] + step)
    low, high = min(heights), max(heights)
    begin = low - max(high - low, 0.01 * abs(low))
    unit = 10.0 ** max(len(str(int(high - low))) - 1, 0)
    return max(0.0, begin // unit * unit)
