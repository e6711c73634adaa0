"""Calibration: the uncertain inputs fitted to earlier counts, offered to be taken over."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Chart, Series
from ui.forecast.parts import ForecastView, LabelledChoice, Setting, columns
from ui.results import figures
from ui.results.model import ResultModel, ShownColumn, catalogued
from ui.results.table import ResultGrid
from ui.why_not import allow
from ui.widgets import button, muted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.forecast.calibration import Calibration
    from planner.jobs.requests import Failed
    from ui.results.figures import FigureRow

NOTHING = Chart("fit.title", "unit.people")
COUNTED, FITTED, RESIDUAL = 2, 3, 4
MOST_LINES = 6  # rows of the table of inputs that are seen at once


class ForecastFitView(ForecastView):
    """What earlier counts say of the inputs: values with intervals, the fit, and refusals."""

    def __init__(self, setting: Setting) -> None:
        """Show nothing before the user asks for a fit."""
        super().__init__(setting)
        self._setting = setting
        self._found: Calibration | None = None
        self._at: tuple[object, ...] = ()
        self._busy = False
        self.run = button(self._run, main=True)
        self.take_over = button(self._take_over)
        self._group = LabelledChoice("forecast.group", setting.words, self._show_group)
        self._said = muted()
        self.inputs = ResultModel(
            [
                *columns("calibration", "input"),
                *columns("calibration", "before", "value", "low", "high", digits=3),
                ShownColumn("unit", words=catalogued(setting.words, "unit")),
                *columns("calibration", "cell"),
            ],
            setting.words,
        )
        self._table = ResultGrid(self.inputs)
        self.twin = ChartWithTable(
            "fit",
            NOTHING,
            ResultModel(
                [
                    *columns("calibration_fit", "group", "month", "counted", "fitted", "residual"),
                ],
                setting.words,
            ),
            setting,
            controls=(self.run, self.take_over, *self._group.widgets),
            above=self._above(),
        )
        self.hold(self.twin)
        self.twin.chart.say_when_empty("fit.empty")
        setting.forecasts.told.connect(self._say_state)
        self.follow()

    @property
    def found(self) -> Calibration | None:
        """What the last fit found; nothing before the first."""
        return self._found

    def _run(self) -> None:
        """Fit the inputs as they stand now."""
        self._busy, self._at = True, self._now()
        self._say_state()
        self._forecasts.calibrate(self._take, self._failed)

    def _take(self, found: Calibration) -> None:
        self._found, self._busy = found, False
        self.reword()

    def _failed(self, failed: Failed | None) -> None:
        self._busy = False
        self._say_state()
        if failed is not None:
            self._setting.tell_failed(failed)

    def _take_over(self) -> None:
        """Put the fitted values in their cells, as one step."""
        if self._found is not None:
            self._forecasts.edit("undo.fit", self._found.edits)

    def _now(self) -> tuple[object, ...]:
        """Return which state of which book there is now."""
        session = self._forecasts.session
        return (session.state.token, session.state.version) if session.is_open else ()

    def reword(self) -> None:
        self.run.setText(self._words.say("fit.run"))
        self.take_over.setText(self._words.say("fit.take_over"))
        self.take_over.setToolTip(self._words.say("fit.take_over.tip"))
        self._table.setAccessibleName(self._words.say("fit.inputs"))
        self._show()

    def _show(self) -> None:
        found = self._found
        rows: list[FigureRow] = []
        if found is not None:
            rows = [
                (
                    each.title, each.before, each.value, each.low, each.high, each.unit,
                    each.cell or self._words.say("inputs.supplied"),
                )
                for each in found.inputs
            ]  # fmt: skip
        self.inputs.show(rows)
        lines = min(len(rows), MOST_LINES) + 2  # with the titles and a scroll bar
        self._table.setFixedHeight(self._table.verticalHeader().defaultSectionSize() * lines)
        self._table.setVisible(bool(rows))
        told = () if found is None else (*found.notes, *found.refused)
        self._said.setText("\n".join(self._words.tell(each) for each in told))
        self._said.setVisible(bool(told))
        self._show_group()
        self._say_state()

    def _show_group(self) -> None:
        found = self._found
        counted = [] if found is None else _counted(found)
        groups = dict.fromkeys(str(row[0]) for row in counted)
        everybody = (self._words.say("forecast.all_groups"), "")
        self._group.offer([everybody, *((self._words.called(name), name) for name in groups)])
        chosen = str(self._group.value or "")
        shown = [row for row in counted if chosen in {"", row[0]}]
        self.twin.model.show(shown)
        self.twin.chart.show_chart(_chart(shown))

    def _say_state(self) -> None:
        """Say how the fit is, or why there is none to take over."""
        found = self._found
        old = bool(self._at) and self._at != self._now()
        if found is not None and self._at[:1] != self._now()[:1]:
            self._found, self._at = None, ()
            self._show()
            return
        going = self._words.say("why_not.going")
        closed = "" if self._forecasts.session.is_open else self._words.say("why_not.no_book")
        allow(self.run, going if self._busy else closed)
        ready = found is not None and bool(found.edits) and not old and not self._busy
        viewing = self._forecasts.session.viewing
        key = "viewing" if viewing else "nothing"
        able = ready and not viewing
        allow(self.take_over, "" if able else self._words.say(f"why_not.{key}"))
        if self._busy:
            text = self._words.say("fit.busy")
        elif found is None:
            text = ""
        elif old:
            text = self._words.say("fit.old")
        else:
            text = self._quality(found)
        self.twin.remark(text)

    def _quality(self, found: Calibration) -> str:
        if not found.inputs or found.rmse is None or found.rmse_before is None:
            return self._words.say("fit.nothing")
        return self._words.say(
            "fit.quality",
            count=len(found.inputs),
            after=self._words.number(found.rmse, 1),
            before=self._words.number(found.rmse_before, 1),
            percent=self._words.number(100 * (found.r_squared or 0.0)),
        )

    def _above(self) -> QWidget:
        made = QWidget()
        box = QVBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._said)
        box.addWidget(self._table)
        return made


def _counted(found: Calibration) -> list[FigureRow]:
    return figures.rows_of(found.residuals, ("group", "month", "counted", "fitted", "residual"))


def _chart(rows: Sequence[FigureRow]) -> Chart:
    """Return people counted and fitted by month, added up over groups that are shown together."""
    months = sorted({row[1] for row in rows if isinstance(row[1], dt.date)})

    def sums(column: int) -> tuple[float, ...]:
        return tuple(
            sum(float(str(row[column])) for row in rows if row[1] == month) for month in months
        )

    if not months:
        return NOTHING
    series = (Series("column.counted", sums(COUNTED)), Series("column.fitted", sums(FITTED)))
    return Chart("fit.title", "unit.people", tuple(months), series)
