"""What the result hangs on: one input at a time, ranked, as bars and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.texts import Text
from planner.sheets.forecast_tables import OutcomeName
from ui.charts.bars import Ends, Tornado
from ui.charts.chart_with_table import ChartWithTable
from ui.forecast.parts import ForecastView, LabelledChoice, Setting, columns
from ui.results import figures
from ui.results.model import ResultModel

if TYPE_CHECKING:
    from ui.results.figures import FigureRow

TABLE = "sensitivity"
PEOPLE = ("at_low", "at_high", "swing")
NOTHING = Tornado("hangs.title", "unit.people")
LEAST = 0.05  # people; an input that moves less moves nothing


class ForecastHangsView(ForecastView):
    """How far each input moves DOL, the emergency need or the total by itself."""

    def __init__(self, setting: Setting) -> None:
        """Show what the last forecast hangs on."""
        super().__init__(setting)
        self.outcome = LabelledChoice("hangs.outcome", setting.words, self.take)
        shown = [
            *columns(TABLE, "rank", "input"),
            *columns(TABLE, "low", "high", digits=2),
            *columns(TABLE, *PEOPLE),
        ]
        self.twin = ChartWithTable(
            "hangs",
            NOTHING,
            ResultModel(shown, setting.words),
            setting,
            controls=self.outcome.widgets,
        )
        self.hold(self.twin)
        self.follow()

    def take(self) -> None:
        """Show what the last forecast hangs on."""
        self.outcome.offer([(self._words.title(each.label), each.value) for each in OutcomeName])
        made = self._forecasts.shown
        if made is None:
            self.twin.model.show([])
            self.twin.chart.show_chart(NOTHING)
            return
        outcome = str(self.outcome.value)
        keys = ("rank", "input", "low", "high", *PEOPLE)
        rows: list[FigureRow] = [
            tuple(row[1:])
            for row in figures.rows_of(made.sheets[TABLE], ("outcome", *keys))
            if row[0] == outcome
        ]
        self.twin.model.show(rows)
        bars = tuple(
            Ends(self._name(name), float(str(low)), float(str(high)))
            for _, name, _, _, low, high, swing in rows
            if float(str(swing)) >= LEAST
        )
        base = made.base[outcome]
        self.twin.chart.show_chart(Tornado("hangs.title", "unit.people", base, bars))
        self.twin.remark(self._words.say(f"hangs.base.{outcome}", people=self._words.number(base)))

    def _name(self, text: object) -> str:
        return self._words.title(text) if isinstance(text, Text) else str(text)
