"""Charts by month: drawn with matplotlib, readable in black and white, each with its table.

Lines differ in marker and dash, bars in hatching, so that colour is never the only difference.
matplotlib is loaded when the first chart is drawn.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import LIGHT, Colours, Theme

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ui.words import Words

MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = (
    "solid", "dashed", "dashdot", "dotted", (0, (5, 1)), (0, (1, 1)),
)  # fmt: skip
HATCHES = ("", "///", "xxx", "...", "\\\\\\", "+++")
MOST_MONTH_LABELS = 12
BAR_FILL = 0.35  # opacity
LEGEND_INCHES = 2.2  # the width that an entry of the legend takes


class Drawn(Enum):
    """How a series is drawn."""

    LINE = auto()
    BAR = auto()  # bars of several series stand on one another
    LIMIT = auto()  # a thin line without markers


@dataclass(frozen=True)
class Series:
    """One series of a chart: its text in the catalogue and a value a month."""

    key: str
    values: tuple[float, ...]
    drawn: Drawn = Drawn.LINE


@dataclass(frozen=True)
class Chart:
    """A chart by month: its title and unit in the catalogue, its months and series."""

    title: str
    unit: str
    months: tuple[dt.date, ...] = ()
    series: tuple[Series, ...] = field(default=())


class ChartPanel(QWidget):
    """Draws a chart, in the look and language in use, and reads it out by month.

    The arrow keys walk the months; what is read out stands below the chart.
    """

    def __init__(self, chart: Chart, words: Words, theme: Theme) -> None:
        """Show a chart; it is drawn when it is first seen."""
        super().__init__()
        self._chart = chart
        self._words = words
        self._theme = theme
        self._at = -1
        self._canvas: QWidget | None = None
        self._figure: Figure | None = None
        self._read_out = QLabel()
        self._read_out.setProperty("role", "muted")
        self._read_out.setWordWrap(True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self._read_out)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(self.fontMetrics().height() * 14)
        words.changed.connect(self.redraw)
        theme.changed.connect(self.redraw)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        self._chart = chart
        self._at = -1
        self.redraw()

    def redraw(self) -> None:
        """Draw it again, if it was ever seen."""
        self.setAccessibleName(self._words.say(self._chart.title))
        self._tell()
        if self._figure is None or self._canvas is None:
            return
        self._draw_on(self._figure, self._theme.colours)
        self._canvas.update()
        draw = getattr(self._canvas, "draw_idle", None)
        if draw is not None:
            draw()

    def save(self, path: Path) -> None:
        """Write the chart to a file, on a light ground; the name's ending decides the kind."""
        self._printed().savefig(path, facecolor=LIGHT.surface, dpi=200)

    def picture(self) -> QImage:
        """Return the chart as a picture, on a light ground."""
        file = io.BytesIO()
        self._printed().savefig(file, format="png", facecolor=LIGHT.surface, dpi=150)
        return QImage.fromData(file.getvalue())

    def copy_picture(self) -> None:
        """Put the chart on the clipboard."""
        QGuiApplication.clipboard().setImage(self.picture())

    def showEvent(self, event: object) -> None:
        del event  # being seen is all that matters
        if self._canvas is None:
            self._begin()
            self.redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        count = len(self._chart.months)
        step = steps.get(Qt.Key(event.key()))
        if step is None or not count:
            super().keyPressEvent(event)
            return
        self._at = min(max(self._at + step, 0), count - 1)
        self.redraw()

    def _begin(self) -> None:
        from matplotlib.backends.backend_qtagg import (  # noqa: PLC0415 - loaded when first needed, after the first paint
            FigureCanvasQTAgg,
        )
        from matplotlib.figure import Figure  # noqa: PLC0415 - loaded when first needed, after the first paint

        self._figure = Figure(layout="constrained")
        canvas = FigureCanvasQTAgg(self._figure)  # type: ignore[no-untyped-call] # not typed there
        canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas = canvas
        self._box.insertWidget(0, canvas, 1)

    def _printed(self) -> Figure:
        from matplotlib.figure import Figure  # noqa: PLC0415 - loaded when first needed, after the first paint

        figure = Figure(figsize=(9, 4.5), layout="constrained")
        self._draw_on(figure, LIGHT)
        return figure

    def _draw_on(self, figure: Figure, colours: Colours) -> None:
        figure.clear()
        figure.set_facecolor(colours.surface)
        axes = figure.add_subplot()
        size = text_size()
        if self._chart.months:
            _draw(figure, axes, self._chart, colours, self._words)
            if self._at >= 0:
                axes.axvline(self._at, color=colours.muted, linewidth=1)
        _dress(axes, colours, size)

    def _tell(self) -> None:
        """Read the month out that the arrow keys stand on."""
        if self._at < 0 or not self._chart.months:
            self._read_out.setText(self._words.say("chart.keys"))
            return
        parts = [
            f"{self._words.say(each.key)} {self._words.number(each.values[self._at])}"
            for each in self._chart.series
        ]
        month = self._words.month(self._chart.months[self._at])
        self._read_out.setText(f"{month}: {self._words.listed(parts)}")
        self.setAccessibleDescription(self._read_out.text())


def _draw(figure: Figure, axes: Axes, chart: Chart, colours: Colours, words: Words) -> None:
    """Draw the series of a chart, bars below lines."""
    places = range(len(chart.months))
    from matplotlib.colors import to_rgba  # noqa: PLC0415 - loaded when the first chart is drawn

    size = text_size()
    floor = [0.0] * len(chart.months)
    for at, each in enumerate(chart.series):
        colour = colours.series[at % len(colours.series)]
        label = words.say(each.key)
        if each.drawn is Drawn.BAR:
            # A light fill, so that the lines drawn over the bars stay readable.
            axes.bar(
                places, each.values, bottom=floor, label=label, width=0.7,
                facecolor=to_rgba(colour, BAR_FILL), edgecolor=colour, linewidth=1.0,
                hatch=HATCHES[at % len(HATCHES)],
            )  # fmt: skip
            floor = [low + value for low, value in zip(floor, each.values, strict=True)]
        else:
            axes.plot(
                places, each.values, label=label, color=colour, zorder=3,
                linestyle=DASHES[at % len(DASHES)],
                linewidth=1.2 if each.drawn is Drawn.LIMIT else 2.0,
                marker="" if each.drawn is Drawn.LIMIT else MARKERS[at % len(MARKERS)],
                markersize=4,
            )  # fmt: skip
    every = -(-len(chart.months) // MOST_MONTH_LABELS)
    axes.set_xticks(
        places[::every], [words.month(month) for month in chart.months[::every]], rotation=30,
        ha="right",
    )  # fmt: skip
    axes.set_ylim(bottom=0)
    axes.set_xlim(-0.6, len(chart.months) - 0.4)
    axes.yaxis.set_major_formatter(lambda value, _: words.number(value))
    axes.set_ylabel(words.say(chart.unit), color=colours.text, fontsize=size)
    across = int(figure.get_figwidth() / LEGEND_INCHES * 10.0 / size)
    legend = figure.legend(
        loc="outside upper left", ncols=max(min(len(chart.series), across), 1), frameon=False,
        fontsize=size, handlelength=3,
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_color(colours.text)


def _dress(axes: Axes, colours: Colours, size: float) -> None:
    """Give the axes the look's colours."""
    axes.set_facecolor(colours.surface)
    axes.tick_params(colors=colours.text, labelsize=size)
    axes.grid(visible=True, axis="y", color=colours.line, linewidth=0.6)
    axes.set_axisbelow(True)
    for name, spine in axes.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color(colours.line)


def text_size() -> float:
    """Return the size of a chart's text in points: the application's own."""
    return max(QGuiApplication.font().pointSizeF(), 8.0)


def totals(months: Sequence[dt.date], found: dict[dt.date, float]) -> tuple[float, ...]:
    """Return a value for each month, nothing where there is none."""
    return tuple(found.get(month, 0.0) for month in months)
