"""Figures by month side by side: one line for each plan on the same axes, with the table below."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from planner.compare.views import DIFFERS
from planner.core.texts import catalogue
from ui.charts.by_month import HEADROOM, MOST_MONTH_LABELS
from ui.charts.chart_with_table import ChartWithTable
from ui.charts.names import drawable
from ui.charts.panel import ChartPanel
from ui.charts.parts import DASHES, MARKERS, USUAL_LINES, ChartLook, dress, label_axis, legend_above
from ui.comparing.columns import PlansModel, as_declared, figure_columns, tag
from ui.results import figures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from planner.compare.views import ShownComparison
    from ui.comparing.work import ComparisonWork
    from ui.theme import Theme
    from ui.words import Words


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
    def lines(self) -> int:
        """How many lines of text it is high at least."""
        return USUAL_LINES

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw the lines, each with its own marker and dash."""
        places = list(range(len(self.months)))
        # Of differences the base is the line at zero, so that each plan keeps its own look.
        for number, (name, values) in enumerate(self.plans, start=int(self.differences)):
            axes.plot(
                places, values, label=drawable(name), color=look.colour(number), zorder=3,
                linestyle=DASHES[number % len(DASHES)], linewidth=1.9,
                marker=MARKERS[number % len(MARKERS)], markersize=4,
            )  # fmt: skip
        if at >= 0:
            axes.axvline(at, color=look.colours.muted, linewidth=1)
        every = -(-len(self.months) // MOST_MONTH_LABELS)
        axes.set_xticks(
            places[::every], [look.words.month(month) for month in self.months[::every]],
            rotation=30, ha="right",
        )  # fmt: skip
        if self.differences:
            axes.axhline(0.0, color=look.colours.text, linewidth=1.2)
        else:
            axes.set_ylim(0, axes.get_ylim()[1] * HEADROOM)
        axes.set_xlim(-0.6, len(self.months) - 0.4)
        label_axis(axes, look, self.unit)
        dress(axes, look)
        legend_above(figure, axes, look)

    def tell(self, at: int, words: Words) -> str:
        """Return a month with the value of every plan that knows it."""
        parts = [
            f"{name} {words.number(values[at])}"
            for name, values in self.plans
            if not math.isnan(values[at])
        ]
        return f"{words.month(self.months[at])}: {words.listed(parts)}"


class LinesPage(QWidget):
    """One subject by month: which series, the differences or the figures, and the table."""

    def __init__(  # noqa: PLR0913 - what it stands on
        self,
        key: str,
        series: Sequence[tuple[str, str]],
        work: ComparisonWork,
        *,
        words: Words,
        theme: Theme,
        ask_path: Callable[[str], Path | None],
    ) -> None:
        """Show a subject by its key; `series` are what it has, each with its unit."""
        super().__init__()
        self._key = key
        self._units = tuple(series)
        self._work = work
        self._words = words
        self._title = f"comparison.{key}"
        self.series = QComboBox()
        self.series.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for each, _ in series:
            self.series.addItem("", each)
        self.differences = QCheckBox()
        self.differing = QCheckBox()
        self.model = PlansModel(words)
        self._empty = PlanLines(f"{self._title}.title", f"unit.{series[0][1]}")
        self.chart = ChartPanel(self._empty, words, theme)
        self.twin = ChartWithTable(
            self._title, self.chart, self.model, words=words, theme=theme, ask_path=ask_path,
            controls=(self.series, self.differences, self.differing),
        )  # fmt: skip
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.twin)
        self.series.currentIndexChanged.connect(lambda _at: self.fill())
        for each_box in (self.differences, self.differing):
            each_box.toggled.connect(lambda _checked: self.fill())
        words.changed.connect(self.reword)
        self.reword()

    def fill(self) -> None:
        """Show the comparison that there is."""
        shown = self._work.shown
        if shown is None:
            return
        key, unit = self._units[max(self.series.currentIndex(), 0)]
        frame = shown.frames[self._key]
        frame = frame[frame["series"] == key]
        count = len(shown.names)
        first = int(self.differences.isChecked())
        columns = [f"{'difference' if first else 'plan'}_{at}" for at in range(first, count)]
        lines = tuple(
            (tag(shown.names, at), tuple(frame[column].astype(float).tolist()))
            for at, column in enumerate(columns, start=first)
        )
        months = tuple(
            month
            for row in figures.rows_of(frame, ("month",))
            if isinstance(month := row[0], dt.date)
        )
        self.chart.show_chart(
            PlanLines(self._empty.title, f"unit.{unit}", months, lines, bool(first))
        )
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
        columns = [as_declared("runoff", "month"), *figure_columns(shown.names, self._words, 0)]
        rows = figures.rows_of(frame, [each.key for each in columns])
        self.model.show_plans(columns, rows, shown.names)
