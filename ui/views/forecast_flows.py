"""Who passes between groups, comes in and leaves reception: bars of a month, and a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.core.texts import Text
from ui.charts.bars import Passages
from ui.charts.chart_with_table import ChartWithTable
from ui.forecast.parts import ForecastView, LabelledChoice, Setting, columns
from ui.results import figures
from ui.results.model import ResultModel, ShownColumn

if TYPE_CHECKING:
    from planner.forecast.forecast_view import ShownForecast
    from ui.results.figures import FigureRow

TABLE = "forecast_flows"
KINDS = {
    "": "flows.all",
    "coming": "flows.coming",
    "between": "flows.between",
    "leaving": "flows.leaving",
}
NOBODY = Passages("flows.title", "unit.people_month")
Passage = tuple[object, object, tuple[float, ...]]


class ForecastFlowsView(ForecastView):
    """The passages of a month, the greatest as bars and all as a table."""

    def __init__(self, setting: Setting) -> None:
        """Show the flows of the last forecast."""
        super().__init__(setting)
        self._month = LabelledChoice("flows.month", setting.words, self.take)
        self._kind = LabelledChoice("flows.kind", setting.words, self.take)
        self._called = setting.words.called
        shown = [
            *columns(TABLE, "source", "target", words=self._called),
            *columns(TABLE, "people", digits=1),
            ShownColumn("flows_whole"),
        ]
        model = ResultModel(shown, setting.words)
        self.twin = ChartWithTable(
            "flows",
            NOBODY,
            model,
            setting,
            controls=(*self._month.widgets, *self._kind.widgets),
        )
        self.twin.chart.moved.connect(self._follow)
        self.twin.table.sort_by_header()
        self.hold(self.twin)
        self._passages: list[Passage] = []
        self.follow()

    def take(self) -> None:
        """Show the last forecast."""
        made = self._forecasts.shown
        if made is None:
            self._passages = []
            self.twin.model.show([])
            self.twin.chart.show_chart(NOBODY)
            return
        months = _months(made)
        self._month.offer([(self._words.month(each), at) for at, each in enumerate(months)])
        self._kind.offer([(self._words.say(text), kind) for kind, text in KINDS.items()])
        kind = str(self._kind.value or "")
        groups = set(made.sheets["forecast_people"]["group"])
        self._passages = [
            each for each in _passages(made) if kind in {"", _kind(each[0], each[1], groups)}
        ]
        bars = tuple((self._name(each), each[2]) for each in self._passages)
        self.twin.chart.show_chart(replace(NOBODY, months=months, bars=bars, month=self._at))
        self._list()

    @property
    def _at(self) -> int:
        """The place of the chosen month."""
        value = self._month.value
        return value if isinstance(value, int) else 0

    def _follow(self, at: int) -> None:
        """Show the month that the arrow keys in the chart stand on."""
        self._month.choose(at)
        self._list()

    def _list(self) -> None:
        at = self._at
        rows: list[FigureRow] = [
            (source, target, numbers[at], sum(numbers))
            for source, target, numbers in self._passages
        ]
        self.twin.model.show(sorted(rows, key=lambda row: -float(str(row[2]))))

    def _name(self, passage: Passage) -> str:
        source, target = (self._called(each) for each in passage[:2])
        return self._words.say("flows.passage", source=source, target=target)


def _months(made: ShownForecast) -> tuple[dt.date, ...]:
    found = (row[0] for row in figures.rows_of(made.sheets["forecast_totals"], ("month",)))
    return tuple(dict.fromkeys(month for month in found if isinstance(month, dt.date)))


def _passages(made: ShownForecast) -> list[Passage]:
    """Return each passage with its people a month."""
    found: dict[tuple[object, object], list[float]] = {}
    for source, target, people in figures.rows_of(
        made.sheets[TABLE], ("source", "target", "people")
    ):
        found.setdefault((source, target), []).append(float(str(people)))
    return [(source, target, tuple(numbers)) for (source, target), numbers in found.items()]


def _kind(source: object, target: object, groups: set[object]) -> str:
    """Return which way a passage goes: into reception, out of it, or between groups."""
    if isinstance(target, Text):
        return "leaving"
    return "between" if source in groups else "coming"
