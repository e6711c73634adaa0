"""The size of DOL against the mean stay, for several numbers of accepted claims a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSignalBlocker
from PySide6.QtWidgets import QDoubleSpinBox

from planner.forecast.cohorts.dol_size import DolSize, stay_for
from ui.charts.chart_with_table import ChartWithTable
from ui.charts.curves import Curve, Curves, MarkedPoint, MarkedValue
from ui.forecast.parts import ForecastView, Setting
from ui.results.model import ResultModel, ShownColumn
from ui.widgets import button, plain_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.forecast.cohorts.dol_size import DolSizing
    from ui.results.figures import FigureRow

EMPTY = Curves("dol_size.title", "dol_size.stay", "unit.people")
STEP = 0.5  # months between the places of the chart
FEWER, MORE = 0.75, 1.25  # of today's accepted claims
MOST_CLAIMS = 5000.0
SAME = 1e-3


class ForecastDolSizeView(ForecastView):
    """Accepted claims a month times mean stay, with the band and today's input marked."""

    def __init__(self, setting: Setting) -> None:
        """Show what the size of DOL hangs on in the last forecast."""
        super().__init__(setting)
        self._accepted_label, self.accepted = plain_label(), _number_box(1, MOST_CLAIMS, 10.0)
        self._stay_label, self.stay = plain_label(), _number_box(2, 12.0, 0.1)
        self._accepted_label.setBuddy(self.accepted)
        self._stay_label.setBuddy(self.stay)
        self._back = button(self.take)
        for each in (self.accepted, self.stay):
            each.valueChanged.connect(lambda _value: self._show())
        shown = [
            ShownColumn("dol_size_line"),
            ShownColumn("accepted", 1),
            ShownColumn("mean_stay", 1),
        ]
        self.twin = ChartWithTable(
            "dol_size",
            EMPTY,
            ResultModel(
                [*shown, ShownColumn("people"), ShownColumn("against_band")], setting.words
            ),
            setting,
            controls=(
                self._accepted_label, self.accepted, self._stay_label, self.stay, self._back,
            ),
        )  # fmt: skip
        self.hold(self.twin)
        self.follow()
        self.take()

    def take(self) -> None:
        """Show the last forecast, with today's input in the boxes."""
        made = self._forecasts.shown
        if made is not None:
            for box, value in (
                (self.accepted, made.dol.today.accepted),
                (self.stay, made.dol.today.stay),
            ):
                with QSignalBlocker(box):
                    box.setValue(value)
        self._show()

    def reword(self) -> None:
        self._accepted_label.setText(self._words.say("dol_size.accepted"))
        self._stay_label.setText(self._words.say("dol_size.stay"))
        self._back.setText(self._words.say("dol_size.back"))
        nation = {"nl": QLocale.Language.Dutch, "en": QLocale.Language.English}
        for each in (self.accepted, self.stay):
            each.setLocale(QLocale(nation[self._words.language.value]))
        self._show()

    def _show(self) -> None:
        made = self._forecasts.shown
        if made is None:
            self.twin.model.show([])
            self.twin.chart.show_chart(EMPTY)
            self.twin.remark("")
            return
        sizing, tried = made.dol, self._tried(made.dol)
        places = tuple(at * STEP for at in range(int(sizing.longest / STEP) + 1))
        lines = list(self._lines(sizing, tried))
        self.twin.chart.show_chart(
            Curves(
                "dol_size.title", "dol_size.stay", "unit.people", places,
                tuple(Curve(name, tuple(rate * stay for stay in places)) for name, rate in lines),
                tuple(self._limits(sizing)), tuple(self._points(sizing, tried)),
            )
        )  # fmt: skip
        self.twin.model.show(
            [
                self._row(name, DolSize(rate, stay), sizing)
                for name, rate in lines
                for stay in places
            ]
        )
        self.twin.remark(" ".join(self._arithmetic(sizing, tried)))

    def _tried(self, sizing: DolSizing) -> DolSize | None:
        """Return what the boxes say, where that is other than today's input."""
        tried = DolSize(self.accepted.value(), self.stay.value())
        same = DolSize(round(sizing.today.accepted, 1), round(sizing.today.stay, 2))
        moved = abs(tried.accepted - same.accepted) + abs(tried.stay - same.stay)
        return tried if moved > SAME else None

    def _lines(self, sizing: DolSizing, tried: DolSize | None) -> Iterator[tuple[str, float]]:
        """Yield the lines: a name, and accepted claims a month."""
        today = sizing.today.accepted
        yield self._line("dol_size.line_today", today), today
        if sizing.published is not None:
            yield self._line("dol_size.line_published", sizing.published), sizing.published
        if tried is not None:
            yield self._line("dol_size.line_tried", tried.accepted), tried.accepted
        for key, part in (("dol_size.line_fewer", FEWER), ("dol_size.line_more", MORE)):
            yield self._line(key, today * part), today * part

    def _line(self, key: str, rate: float) -> str:
        return self._words.say(key, accepted=self._words.number(rate))

    def _limits(self, sizing: DolSizing) -> Iterator[MarkedValue]:
        for key, value in (("dol_size.low", sizing.low), ("dol_size.high", sizing.high)):
            if value is not None:
                yield MarkedValue(self._words.say(key, places=self._words.number(value)), value)

    def _points(self, sizing: DolSizing, tried: DolSize | None) -> Iterator[MarkedPoint]:
        for key, size in (("dol_size.point_today", sizing.today), ("dol_size.point_tried", tried)):
            if size is not None:
                name = self._words.say(key, people=self._words.number(size.people))
                yield MarkedPoint(name, size.stay, size.people)

    def _row(self, name: str, size: DolSize, sizing: DolSizing) -> FigureRow:
        return name, size.accepted, size.stay, size.people, self._against(size.people, sizing)

    def _against(self, people: float, sizing: DolSizing) -> str:
        if sizing.low is not None and people < sizing.low:
            return self._words.say("dol_size.below")
        if sizing.high is not None and people > sizing.high:
            return self._words.say("dol_size.above")
        return self._words.say("dol_size.within")

    def _arithmetic(self, sizing: DolSizing, tried: DolSize | None) -> Iterator[str]:
        """Yield in words what comes to what."""
        yield self._product("dol_size.sum_today", sizing.today)
        if tried is not None:
            yield self._product("dol_size.sum_tried", tried)
        if sizing.published is not None:
            for stay in (sizing.short, sizing.long):
                if stay is not None:
                    yield self._product("dol_size.sum", DolSize(sizing.published, stay))
        accepted = (tried or sizing.today).accepted
        for places in (sizing.low, sizing.high):
            stay = None if places is None else stay_for(places, accepted)
            if places is not None and stay is not None:
                yield self._words.say(
                    "dol_size.needed",
                    places=self._words.number(places),
                    accepted=self._words.number(accepted),
                    stay=self._words.number(stay, 1),
                )
        yield self._words.say(
            "dol_size.peak",
            people=self._words.number(sizing.peak),
            month=self._words.month(sizing.peak_month),
        )

    def _product(self, key: str, size: DolSize) -> str:
        return self._words.say(
            key,
            accepted=self._words.number(size.accepted),
            stay=self._words.number(size.stay, None),
            people=self._words.number(size.people),
        )


def _number_box(digits: int, most: float, step: float) -> QDoubleSpinBox:
    made = QDoubleSpinBox()
    made.setDecimals(digits)
    made.setRange(0.0, most)
    made.setSingleStep(step)
    made.setKeyboardTracking(False)
    return made
