"""The panel that draws a chart, readable in black and white, and reads it out.

Lines differ in marker and dash, bars in hatching, so that colour is never the only difference.
matplotlib is loaded when the first chart is drawn.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from planner.files.whole_file import whole_file
from ui.charts.by_month import Band, Chart, Drawn, Series, totals
from ui.charts.names import UNKNOWN, use_letters
from ui.charts.parts import ChartLook, Picture, dress, text_size
from ui.theme import LIGHT, Colours, Theme
from ui.widgets import Notice, plain_label

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

    from ui.words import Words

__all__ = ["Band", "Chart", "ChartPanel", "Drawn", "Series", "text_size", "totals"]

EMPTY = "table.empty"  # what is said where there is nothing to draw
RESIZED_MS = 60  # so that a window that is being resized is drawn once


class ChartPanel(QWidget):
    """Draws a chart, in the look and language in use, and reads it out.

    The arrow keys walk its places, such as months; what is read out stands below the chart.
    """

    moved = Signal(int)  # the place that the arrow keys stand on

    def __init__(self, chart: Picture, words: Words, theme: Theme) -> None:
        """Show a chart; it is drawn when it is first seen."""
        super().__init__()
        self._chart = chart
        self._words = words
        self._theme = theme
        self._empty = EMPTY
        self._at = -1
        self._due = True  # to be drawn when it is seen
        self._lacking = False  # some character could not be drawn
        self._canvas: QWidget | None = None
        self._figure: Figure | None = None
        self._read_out = plain_label()
        self._read_out.setProperty("role", "muted")
        self._read_out.setWordWrap(True)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(RESIZED_MS)
        self._again.timeout.connect(self.redraw)
        self._late = Notice()
        self._late.setParent(self)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self._read_out)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words.changed.connect(self.redraw)
        theme.changed.connect(self.redraw)

    def show_chart(self, chart: Picture) -> None:
        """Show another chart."""
        self._chart = chart
        self._at = -1
        self.redraw()

    def say_when_empty(self, key: str) -> None:
        """Say another text of the catalogue where there is nothing to draw yet."""
        if key != self._empty:
            self._empty = key
            self.redraw()

    @property
    def chart(self) -> Picture:
        """The chart that is shown."""
        return self._chart

    def mark_late(self, text: str) -> None:
        """Say on the chart that it is out of date; nothing when empty."""
        self._late.say(text)
        self._late.raise_()
        self._place_late()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_late()
        if event.size().width() != event.oldSize().width():
            self._again.start()  # a legend goes in as many columns as fit

    def redraw(self) -> None:
        """Draw it again, once it is seen."""
        self.setAccessibleName(self._words.say(self._chart.title))
        self.setMinimumHeight(self.fontMetrics().height() * self._chart.lines)
        self._due = not self.isVisible()
        if self._figure is None or self._canvas is None or self._due:
            self._tell()
            return
        self._draw_on(self._figure, self._theme.colours)
        self._tell()
        self._canvas.update()
        draw = getattr(self._canvas, "draw_idle", None)
        if draw is not None:
            draw()

    def save(self, path: Path) -> None:
        """Write the chart to a file, on a light ground; the name's ending decides the kind.

        `TargetInUseError` where the file cannot be written; what stood there is then left.
        """
        figure = self._printed()
        with whole_file(path) as draft:
            figure.savefig(draft, facecolor=LIGHT.surface, dpi=200)

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
        if self._due:
            self.redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        count = self._chart.steps
        step = steps.get(Qt.Key(event.key()))
        if step is None or not count:
            super().keyPressEvent(event)
            return
        self._at = min(max(self._at + step, 0), count - 1)
        self.redraw()
        self.moved.emit(self._at)

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

    def _place_late(self) -> None:
        self._late.adjustSize()
        self._late.move(max((self.width() - self._late.width()) // 2, 0), self.height() // 3)

    def _printed(self) -> Figure:
        from matplotlib.figure import Figure  # noqa: PLC0415 - loaded when first needed, after the first paint

        figure = Figure(figsize=(9, 4.5), layout="constrained")
        self._draw_on(figure, LIGHT)
        return figure

    def _draw_on(self, figure: Figure, colours: Colours) -> None:
        from matplotlib.text import Text  # noqa: PLC0415 - loaded when first needed, after the first paint

        figure.clear()
        figure.set_facecolor(colours.surface)
        axes = figure.add_subplot()
        look = ChartLook(colours, self._words)
        dress(axes, look)
        if self._chart.steps:
            self._chart.draw(figure, axes, self._at, look)
        else:
            axes.set_axis_off()  # bare axes would say that something was counted
            figure.text(
                0.5, 0.5, self._words.say(self._empty), ha="center", va="center", wrap=True,
                color=colours.muted, fontsize=look.size,
            )  # fmt: skip
        use_letters(figure)
        self._lacking = any(UNKNOWN in each.get_text() for each in figure.findobj(Text))

    def _tell(self) -> None:
        """Read the place out that the arrow keys stand on; before that, first and last."""
        chart, words = self._chart, self._words
        lacking = [words.say("chart.lacking", sign=UNKNOWN)] if self._lacking else []
        if self._at >= 0 and chart.steps:
            said = about = chart.tell(self._at, words)
        elif chart.steps:
            said = " ".join([words.say(chart.hint), *lacking])
            first, last = chart.tell(0, words), chart.tell(chart.steps - 1, words)
            about = words.say("chart.about", first=first, last=last, hint=said)
        else:
            said, about = "", words.say(self._empty)
        self._read_out.setText(said)
        self.setAccessibleDescription(about)
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
