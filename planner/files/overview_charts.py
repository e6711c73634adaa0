"""The charts of the overview, the spreadsheet's own: run-off, regular and emergency, and DOL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.core.texts import Language, say

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Rows that the charts take on the sheet.
CHART_ROWS = 15
_SIZE = {"width": 226, "height": 294}  # three of them within the width of the page
# In points; on paper letters are nine tenths of these.
_TEXT, _TITLE = 10, 11
_COLOURS = ("#1F4E79", "#D9822B")
MONTHS = {Language.NL: "[$-413]mmm yy", Language.EN: "[$-809]mmm yy"}
# Labels of so many months still stand beside one another.
_MOST_LABELS = 4


@dataclass(frozen=True)
class _Chart:
    """A chart: its words and unit in the catalogue, its kind, and its columns of the table."""

    key: str
    unit: str
    kind: str
    columns: tuple[int, int]


_CHARTS = (
    _Chart("overview.chart.runoff", "unit.beds", "line", (1, 2)),
    _Chart("overview.chart.people", "unit.persons", "column", (4, 5)),
    _Chart("overview.chart.dol", "overview.chart.dol_unit", "line", (6, 7)),
)


def new_chart(workbook: Workbook, options: Mapping[str, object]) -> Chart:
    """Return a new chart of a workbook; `ValueError` where there is no such kind."""
    chart = workbook.add_chart(dict(options))
    if chart is None:
        raise ValueError(f"no chart of this kind: {options}")
    return chart


class OverviewCharts:
    """Draws the charts from the table by month."""

    def __init__(self, workbook: Workbook, page: Worksheet, language: Language) -> None:
        """Keep the workbook and the sheet to draw on."""
        self._workbook = workbook
        self._page = page
        self._language = language

    def draw(self, row: int, first: int, count: int) -> None:
        """Draw the charts beside one another from a row on.

        `first` is the row of the first of so many months, from 0; the header stands above it.
        """
        for number, chart in enumerate(_CHARTS):
            at = {
                "x_offset": 2 + number * (_SIZE["width"] + 6),
                "object_position": 3,
                "description": say(chart.key, self._language),
            }
            self._page.insert_chart(row, 0, self._chart(chart, first, count), at)

    def _chart(self, drawn: _Chart, first: int, count: int) -> Chart:
        stacked = {"subtype": "stacked"} if drawn.kind == "column" else {}
        chart = new_chart(self._workbook, {"type": drawn.kind} | stacked)
        for number, column in enumerate(drawn.columns):
            chart.add_series(self._series(drawn.kind, number, column, (first, count)))
        chart.set_title(
            {"name": say(drawn.key, self._language), "name_font": {"name": "Arial", "size": _TITLE}}
        )
        axis = {
            "num_format": MONTHS[self._language],
            "text_axis": True,
            "num_font": {"name": "Arial", "rotation": -45, "size": _TEXT},
            "interval_unit": max(1, -(-count // _MOST_LABELS)),
        }
        chart.set_x_axis(axis)
        unit = say(drawn.unit, self._language)
        chart.set_y_axis(
            {
                "name": unit,
                "name_font": {"name": "Arial", "size": _TEXT, "bold": False},
                "num_font": {"name": "Arial", "size": _TEXT},
                "num_format": "#,##0",
                "min": 0,
                "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}},
            }
        )
        chart.set_legend({"position": "bottom", "font": {"name": "Arial", "size": _TEXT}})
        chart.set_size(_SIZE)
        return chart

    def _series(
        self, kind: str, number: int, column: int, rows: tuple[int, int]
    ) -> dict[str, object]:
        """Return a series; in grey print lines differ by dash and bars by pattern."""
        first, count = rows
        name, last = str(self._page.name), first + count - 1
        series: dict[str, object] = {
            "name": [name, first - 1, column],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, column, last, column],
        }
        colour = _COLOURS[number]
        if kind == "line":
            series["line"] = {"color": colour, "width": 2, "dash_type": ("solid", "dash")[number]}
        elif number == 0:
            series["fill"] = {"color": colour}
            series["gap"] = 60
        else:
            series["pattern"] = {
                "pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "#FFFFFF",
            }  # fmt: skip
            series["border"] = {"color": colour}
        return series
