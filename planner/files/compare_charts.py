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
STEPS = {"more": "#D55E00", "less": "#0072B2", "total": "#777777"}

# A chart's size in pixels, and the rows and columns of a sheet that it covers.
_WIDTH, _HEIGHT = 760, 380
_ROWS, _COLUMNS = 20, 12
_ON_A_PAGE = 2  # rows of charts
_A4 = 9
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
        # People, beds and places are never negative; cut, lines near one another look far apart.
        drawn.set_y_axis(_amounts(chart.unit.in_(self._language), min=0))
        self._place(drawn, chart.title)
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

    def steps(self, chart: SheetWaterfall) -> None:
        """Draw what the difference between two totals consists of, from nought, and all of it."""
        drawn = new_chart(self._workbook, {"type": "bar", "subtype": "stacked"})
        first, last = self._row + 2, self._row + 2 + len(chart.steps)
        self._head(chart.title)
        for at, (key, _) in enumerate(STEPS.items(), start=1):
            self._data.write_string(
                first - 1, at, self._said(f"compare.waterfall.{key}"), self._header()
            )
        for row, (label, *parts) in enumerate(self._bars(chart), start=first):
            self._data.write_string(row, 0, label)
            for at, value in enumerate(parts, start=1):
                self._data.write_number(row, at, value, self._number(value))
        for at, (_, colour) in enumerate(STEPS.items(), start=1):
            drawn.add_series(
                {
                    "name": [self._title, first - 1, at],
                    "categories": [self._title, first, 0, last, 0],
                    "values": [self._title, first, at, last, at],
                    "gap": 40,
                    "fill": {"color": colour},
                }
            )
        # From the top down; names are long, and stand clear of bars below nought.
        drawn.set_y_axis({"reverse": True, "label_position": "low"})
        drawn.set_x_axis(_amounts(chart.unit.in_(self._language)))
        self._place(drawn, chart.title)
        self._row = last + 2

    def _bars(self, chart: SheetWaterfall) -> Iterator[tuple[str, float, float, float]]:
        """Yield each bar: its label, what is more or less, and the whole difference."""
        for title, step in chart.steps:
            yield title.in_(self._language), max(step, 0.0), min(step, 0.0), 0.0
        whole = chart.end[1] - chart.start[1]
        yield self._said("compare.contribution.whole"), 0.0, 0.0, whole

    def _place(self, drawn: Chart, title: Text) -> None:
        """Give a chart its title and the next free place."""
        drawn.set_title({"name": title.in_(self._language), "name_font": {"size": 12}})
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


def _amounts(unit: str, **more: object) -> dict[str, object]:
    """Return how the axis of amounts is drawn."""
    return {"name": unit, "num_format": "#,##0", **more}
