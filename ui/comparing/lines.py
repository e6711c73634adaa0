"""Figures by month side by side: one line for each plan on the same axes, with the table below."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox

from planner.compare.views import DIFFERS
from planner.core.texts import catalogue
from planner.report.charts import ChartLine, by_month
from ui.charts.chart_with_table import ChartWithTable
from ui.charts.names import drawable
from ui.charts.parts import (
    ChartLook,
    dress,
    label_axis,
    last_of,
    legend_at_ends,
    upright,
)
from ui.comparing.columns import PlansModel, as_declared, figure_columns, names_of, tag
from ui.comparing.page import Page
from ui.results import figures
from ui.still import StillChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from planner.compare.views import ShownComparison
    from ui.comparing.work import ComparisonWork
    from ui.view import Context
    from ui.words import Words

LINES = 18  # of text, the height of the chart: the names of plans may stand above it


@dataclass(frozen=True)
class PlanLines:
    """A line for each plan by month: names with values; what is not known is no point.

    With `differences` the lines are those, around a line at zero.
    """

    title: str
    unit: str
    months: tuple[dt.date, ...] = ()
    plans: tuple[tuple[str, tuple[float, ...]], ...] = field(default=())
    differences: bool = False

    @property
    def hint(self) -> str:
        """The text in the catalogue that says what the arrow keys do."""
        return "chart.keys"

    @property
    def steps(self) -> int:
        """How many months there are."""
        return len(self.months)

    @property
    def most(self) -> float:
        """The highest value that any plan has in a month; nought without one."""
        values = (each for _, plan in self.plans for each in plan if not math.isnan(each))
        return max(values, default=0.0)

    @property
    def lines(self) -> int:
        """How many lines of text it is high at least."""
        return LINES

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw the lines, each with its own marker and dash."""
        # Of differences the base is the line at nought, so that each plan keeps its own look.
        lines = [
            ChartLine(drawable(name), values, number)
            for number, (name, values) in enumerate(self.plans, start=int(self.differences))
        ]
        style = upright(figure, look)
        by_month(axes, self.months, lines, style, differences=self.differences)
        if at >= 0:
            axes.axvline(at, color=look.colours.muted, linewidth=1)
        label_axis(axes, look, self.unit)
        dress(axes, look)
        ends = {drawable(name): last_of(plan) for name, plan in self.plans}
        legend_at_ends(figure, axes, look, ends, self.lines)

    def tell(self, at: int, words: Words) -> str:
        """Return a month with the value of every plan that knows it."""
        return f"{words.month(self.months[at])}: {words.listed(self.read(at, words))}"

    def read(self, at: int, words: Words) -> list[str]:
        """Return the value of every plan that knows a month."""
        return [
            f"{name} {words.number(values[at])}"
            for name, values in self.plans
            if not math.isnan(values[at])
        ]


def lines_of(  # noqa: PLR0913 - what is drawn, and how
    shown: ShownComparison,
    names: Sequence[str],
    theme: str,
    series: str,
    unit: str,
    *,
    differences: bool = False,
) -> PlanLines:
    """Return the lines of a series of a theme: a plan each, or the differences from the base."""
    frame = shown.frames[theme]
    frame = frame[frame["series"] == series]
    first = int(differences)
    columns = [f"{'difference' if first else 'plan'}_{at}" for at in range(first, len(names))]
    lines = tuple(
        (tag(names, at), tuple(frame[column].astype(float).tolist()))
        for at, column in enumerate(columns, start=first)
    )
    months = tuple(
        month for row in figures.rows_of(frame, ("month",)) if isinstance(month := row[0], dt.date)
    )
    return PlanLines(f"comparison.{theme}.title", unit, months, lines, differences)


class LinesPage(Page):
    """One subject by month: which series, the differences or the figures, and the table."""

    def __init__(
        self,
        key: str,
        context: Context,
        work: ComparisonWork,
        series: Sequence[tuple[str, str]],
    ) -> None:
        """Show a subject by its key; `series` are what it has, each with its unit."""
        super().__init__(context, work)
        self._key = key
        self._units = tuple(series)
        self._title = f"comparison.{key}"
        self.series = StillChoice()
        self.series.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for each, _ in series:
            self.series.addItem("", each)
        self.differences = QCheckBox()
        self.differing = QCheckBox()
        self.model = PlansModel(context.words)
        self._empty = PlanLines(f"{self._title}.title", f"unit.{series[0][1]}")
        controls = (self.series, self.differences, self.differing)
        self.twin = ChartWithTable(self._title, self._empty, self.model, context, controls=controls)
        self.hold(self.twin)
        self.series.currentIndexChanged.connect(lambda _at: self.fill())
        for each_box in (self.differences, self.differing):
            each_box.toggled.connect(lambda _checked: self.fill())
        self.follow()

    def fill(self) -> None:
        """Show the comparison that there is."""
        shown = self._work.shown
        if shown is None:
            return
        key, unit = self._units[max(self.series.currentIndex(), 0)]
        drawn = lines_of(
            shown,
            names_of(shown, self._words),
            self._key,
            key,
            f"unit.{unit}",
            differences=self.differences.isChecked(),
        )
        self.twin.chart.show_chart(replace(drawn, title=self._empty.title))
        self._list(shown)

    def reword(self) -> None:
        """Say everything again in the language in use."""
        with QSignalBlocker(self.series):
            for at, (key, _) in enumerate(self._units):
                title = self._words.title(catalogue()[f"compare.series.{key}"])
                self.series.setItemText(at, title[:1].upper() + title[1:])
        self.series.setAccessibleName(self._words.say("comparison.series"))
        self.series.setVisible(len(self._units) > 1)
        self.differences.setText(self._words.say("comparison.differences"))
        self.differing.setText(self._words.say("comparison.differing"))
        self.fill()

    def _list(self, shown: ShownComparison) -> None:
        """List the series that is drawn."""
        key, _ = self._units[max(self.series.currentIndex(), 0)]
        frame = shown.frames[self._key]
        frame = frame[frame["series"] == key]
        if self.differing.isChecked():
            frame = frame[frame[DIFFERS]]
        names = names_of(shown, self._words)
        columns = [as_declared("runoff", "month"), *figure_columns(names, self._words, 0)]
        rows = figures.rows_of(frame, [each.key for each in columns])
        self.model.show_plans(columns, rows, names)
