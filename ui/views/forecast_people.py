"""People per group and month: areas on one another, with the band and what the sheet replaces."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from planner.sheets.forecast_tables import WIDENED, OriginName
from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Band, Chart, Series, SeriesStyle
from ui.forecast.parts import ForecastView, LabelledChoice, Setting, columns
from ui.results import figures
from ui.results.group_hues import ORDER, group_hues, hue_of
from ui.results.model import ResultModel, ShownColumn, label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.forecast.forecast_view import ShownForecast
    from ui.results.figures import FigureRow

TABLE, TOTALS = "forecast_people", "forecast_totals"
COLUMNS = ("month", "group", "people", "start", "coming", "going", "end", "p10", "p50", "p90")
USED, START, LOW, HIGH = (COLUMNS.index(each) for each in ("people", "start", "p10", "p90"))
GIVEN = OriginName.FORECAST.value


class ForecastPeopleView(ForecastView):
    """The people of each group by month, as chart and table."""

    def __init__(self, setting: Setting) -> None:
        """Show the people of the last forecast."""
        super().__init__(setting)
        self.group = LabelledChoice("forecast.group", setting.words, self.take)
        self._computed = QCheckBox()
        self._computed.toggled.connect(lambda _on: self.take())
        self._called = setting.words.called
        shown = columns(TABLE, *COLUMNS)
        model = ResultModel([*shown, ShownColumn("origin", words=self._say_origin)], setting.words)
        self.twin = ChartWithTable(
            "forecast_people",
            Chart("forecast_people.title", "unit.people"),
            model,
            setting,
            controls=(*self.group.widgets, self._computed),
        )
        self.hold(self.twin)
        self.follow()

    def take(self) -> None:
        """Show the last forecast."""
        self._computed.setText(self._words.say("forecast.as_computed"))
        made = self._forecasts.shown
        if made is None:
            self.twin.model.show([])
            self.twin.chart.show_chart(Chart("forecast_people.title", "unit.people"))
            return
        rows = _rows(made)
        groups = tuple(dict.fromkeys(str(row[1]) for row in rows))
        everybody = (self._words.say("forecast.all_groups"), "")
        self.group.offer([everybody, *((self._called(name), name) for name in groups)])
        self._computed.setEnabled(any(row[-1] == GIVEN for row in rows))
        chosen = str(self.group.value or "")
        shown = [row for row in rows if row[1] == chosen] if chosen else rows
        totals = [] if chosen else _total_rows(made, rows)
        self.twin.model.show([*self._named(totals), *shown])
        self.twin.chart.show_chart(self._chart(shown, totals or shown, chosen))
        self.twin.remark(self._remark(rows))

    def _chart(self, rows: list[FigureRow], banded: list[FigureRow], chosen: str) -> Chart:
        months = tuple(row[0] for row in banded if isinstance(row[0], dt.date))
        as_computed = self._computed.isEnabled() and self._computed.isChecked()
        used = START if as_computed else USED
        hues = group_hues(self._session.sheet("groups"))
        groups = dict.fromkeys(str(row[1]) for row in rows)
        series = [
            Series(
                "column.group",
                tuple(_number(row[used]) for row in rows if row[1] == group),
                SeriesStyle.LINE if chosen else SeriesStyle.AREA,
                name=self._called(group),
                hue=hue_of(hues, group),
            )
            for group in sorted(groups, key=lambda group: ORDER.index(hue_of(hues, group)))
        ]
        given = [any(r[-1] == GIVEN for r in rows if r[0] == month) for month in months]
        if any(given) and not as_computed:
            computed = tuple(_number(row[START]) for row in banded)
            series.append(Series("forecast.computed", computed))
            heights = zip(banded, given, strict=True)
            marked = tuple(_number(row[USED]) if has else math.nan for row, has in heights)
            series.append(Series("forecast.given", marked, SeriesStyle.MARK))
        low, high = (tuple(_number(row[at]) for row in banded) for at in (LOW, HIGH))
        made = self._forecasts.shown
        widened = made is not None and any(each.key == WIDENED for each in made.notes)
        band = Band("forecast.band_widened" if widened else "forecast.band", low, high)
        return Chart("forecast_people.title", "unit.people", months, tuple(series), band)

    def _named(self, totals: Iterable[FigureRow]) -> list[FigureRow]:
        name = self._words.say("forecast.all_groups")
        return [(row[0], name, *row[2:]) for row in totals]

    def _remark(self, rows: list[FigureRow]) -> str:
        """Say how many of the numbers the sheet Forecast gives."""
        given = sum(row[-1] == GIVEN for row in rows)
        if not given:
            return ""
        return self._words.say("forecast.replaced", given=given, count=len(rows))

    def _say_origin(self, origin: object) -> str:
        if isinstance(origin, tuple):
            given, count = origin
            return self._words.say("forecast.origin_of", given=given, count=count)
        return self._words.title(label(OriginName, origin))


def _rows(made: ShownForecast) -> list[FigureRow]:
    return figures.rows_of(made.sheets[TABLE], (*COLUMNS, "origin"))


def _total_rows(made: ShownForecast, rows: list[FigureRow]) -> list[FigureRow]:
    """Return everybody by month; instead of an origin how many groups the sheet gives, of how many.

    The band is that of the total, which is narrower than those of the groups together.
    """
    bands = {
        month: edges
        for outcome, month, *edges in figures.rows_of(
            made.sheets[TOTALS], ("outcome", "month", "p10", "p50", "p90")
        )
        if outcome == "total"
    }
    found: list[FigureRow] = []
    for month, edges in bands.items():
        mine = [row for row in rows if row[0] == month]
        people, start, end = (
            sum(_number(row[COLUMNS.index(name)]) for row in mine)
            for name in ("people", "start", "end")
        )
        given = sum(row[-1] == GIVEN for row in mine)
        # In and out of each group hold passages between groups, so they do not add up to a total.
        found.append((month, "", people, start, None, None, end, *edges, (given, len(mine))))
    return found


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
