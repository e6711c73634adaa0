"""Looking back: what this forecast said beside what a later workbook counts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Chart, Series
from ui.forecast.parts import ForecastView, LabelledChoice, Setting, columns
from ui.results import figures
from ui.results.model import ResultModel
from ui.why_not import allow
from ui.widgets import button

if TYPE_CHECKING:
    from pathlib import Path

    from planner.forecast.accuracy import LookBack
    from planner.jobs.requests import Failed
    from ui.results.figures import FigureRow

NOTHING = Chart("look_back.title", "unit.people")
COLUMNS = ("group", "month", "forecast", "counted", "error", "relative", "inside_band")
FORECAST, COUNTED = 2, 3


class ForecastLookBackView(ForecastView):
    """The error of the forecast per group and month, against the counts of a later workbook."""

    def __init__(self, setting: Setting) -> None:
        """Show nothing before a later workbook is chosen."""
        super().__init__(setting)
        self._setting = setting
        self._found: LookBack | None = None
        self._name = ""
        self._token: object = None
        self._busy = False
        self.ask = button(self._ask, main=True)
        self._group = LabelledChoice("forecast.group", setting.words, self._show)
        self.twin = ChartWithTable(
            "look_back",
            NOTHING,
            ResultModel(
                [
                    *columns("look_back", *COLUMNS[:5]),
                    *columns("look_back", "relative", digits=2),
                    *columns("look_back", "inside_band"),
                ],
                setting.words,
            ),
            setting,
            controls=(self.ask, *self._group.widgets),
        )
        self.twin.table.sort_by_header()
        self.hold(self.twin)
        self.twin.chart.say_when_empty("look_back.empty")
        setting.forecasts.changed.connect(self._drop_other)
        self.follow()

    @property
    def found(self) -> LookBack | None:
        """What the last look back found; nothing before the first."""
        return self._found

    def _ask(self) -> None:
        """Ask for a later workbook and compare."""
        if not self._forecasts.session.is_open:
            return
        path = self._setting.asking.open_path()
        if path is not None:
            self._compare(path)

    def _compare(self, path: Path) -> None:
        self._busy, self._name = True, path.name
        self._token = self._forecasts.session.state.token
        self._show()
        self._forecasts.look_back(path, self._take, self._failed)

    def _take(self, found: LookBack) -> None:
        self._found, self._busy = found, False
        self._show()

    def _failed(self, failed: Failed | None) -> None:
        self._busy = False
        self._show()
        if failed is not None:
            self._setting.tell_failed(failed)

    def _drop_other(self) -> None:
        """Let go of what was found about another book."""
        session = self._forecasts.session
        if session.is_open and session.state.token != self._token:
            self._found, self._busy = None, False
            self._show()

    def reword(self) -> None:
        self.ask.setText(self._words.say("look_back.ask"))
        self._show()

    def _show(self) -> None:
        found = self._found
        rows = [] if found is None else figures.rows_of(found.errors, COLUMNS)
        totals = [] if found is None else figures.rows_of(found.totals, COLUMNS[1:6])
        groups = dict.fromkeys(str(row[0]) for row in rows)
        name = self._words.say("forecast.all_groups")
        self._group.offer([(name, ""), *((self._words.called(each), each) for each in groups)])
        chosen = str(self._group.value or "")
        mine = [row for row in rows if row[0] == chosen]
        whole: list[FigureRow] = [(name, *row, None) for row in totals]
        self.twin.model.show(mine if chosen else [*whole, *rows])
        self.twin.chart.show_chart(_chart(mine if chosen else whole))
        allow(self.ask, self._words.say("why_not.going") if self._busy else "")
        self.twin.remark(self._remark())

    def _remark(self) -> str:
        if self._busy:
            return self._words.say("look_back.busy", file=self._name)
        if self._found is None:
            return ""
        told = " ".join(self._words.tell(each) for each in self._found.notes)
        return f"{self._words.say('look_back.compared', file=self._name)} {told}"


def _chart(rows: list[FigureRow]) -> Chart:
    months = tuple(row[1] for row in rows if isinstance(row[1], dt.date))
    if not months:
        return NOTHING
    forecast, counted = (tuple(float(str(row[at])) for row in rows) for at in (FORECAST, COUNTED))
    series = (Series("column.forecast_people", forecast), Series("column.counted", counted))
    return Chart("look_back.title", "unit.people", months, series)
