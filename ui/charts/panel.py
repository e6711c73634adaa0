"""The panel that draws a chart, readable in black and white, and reads it out.

Lines differ in marker and dash, bars in hatching, so that colour is never the only difference.
matplotlib is loaded when the first chart is drawn.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from planner.files.whole_file import whole_file
from ui.charts.by_month import Band, Chart, Hue, Series, SeriesStyle, totals
from ui.charts.names import UNKNOWN, use_letters
from ui.charts.parts import ByMonth, ChartLook, Picture, dress, text_size
from ui.theme import LIGHT, Colours, Theme
from ui.widgets import Notice, as_it_stands, plain_label

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ui.charts.canvas import Canvas
    from ui.month_choice import MonthChoice
    from ui.words import Words

__all__ = ["Band", "Chart", "ChartPanel", "Hue", "Series", "SeriesStyle", "text_size", "totals"]

log = logging.getLogger(__name__)

EMPTY = "table.empty"  # what is said where there is nothing to draw
RESIZED_MS = 60  # so that a window that is being resized is drawn once


class MonthMark(QWidget):
    """A line across a chart at the place under the pointer; drawn over it, which costs nothing."""

    def __init__(self, panel: QWidget, theme: Theme) -> None:
        """Stand nowhere yet."""
        super().__init__(panel)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, across: int | None) -> None:
        """Stand at so many pixels across the panel, or nowhere."""
        above = self.parentWidget()
        if across is None or above is None:
            self.hide()
            return
        self.setGeometry(across - 1, 0, 2, above.height())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.colours.muted))
        painter.end()


class ChartPanel(QWidget):
    """Draws a chart, in the look and language in use, and reads it out.

    The arrow keys walk its places, such as months; what is read out stands below the chart.
    """

    moved = Signal(int)  # the place that the arrow keys stand on, or that was clicked

    def __init__(self, chart: Picture, words: Words, theme: Theme) -> None:
        """Show a chart; it is drawn when it is first seen."""
        super().__init__()
        self._chart = chart
        self._words = words
        self._theme = theme
        self._empty = EMPTY
        self._at = -1
        self._month: MonthChoice | None = None
        self._due = True  # to be drawn when it is seen
        self._lacking = False  # some character could not be drawn
        self._failed = False  # it could not be drawn
        self._canvas: Canvas | None = None
        self._figure: Figure | None = None
        self._read_out = plain_label()
        self._read_out.setProperty("role", "muted")
        self._read_out.setWordWrap(True)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._draw)
        self._mark = MonthMark(self, theme)
        self.setMouseTracking(True)
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
        shared = self._shared_place()
        self._at = -1 if shared is None else shared
        self.redraw()

    def share_month(self, choice: MonthChoice) -> None:
        """Mark the month that is looked at on every page, and choose it here for all."""

        def tell(at: int) -> None:
            if isinstance(self._chart, Chart):
                choice.choose(self._chart.months[at])

        self._month = choice
        self.moved.connect(tell)
        choice.changed.connect(self._take_month)

    def _take_month(self) -> None:
        """Stand at the month that is looked at, where the chart has it."""
        at = self._shared_place()
        if at is not None and at != self._at:
            self._at = at
            self.redraw()

    def _shared_place(self) -> int | None:
        month = None if self._month is None else self._month.month
        if not isinstance(self._chart, Chart) or month not in self._chart.months:
            return None
        return self._chart.months.index(month)

    def say_when_empty(self, key: str) -> None:
        """Say another text of the catalogue where there is nothing to draw yet."""
        if key != self._empty:
            self._empty = key
            self.redraw()

    @property
    def chart(self) -> Picture:
        """The chart that is shown."""
        return self._chart

    @property
    def drawn(self) -> bool:
        """Whether it stands there as it is to be seen; one that is not in view is drawn later."""
        under_way = self._canvas is not None and self._canvas.under_way
        return not self._due and not self._again.isActive() and not under_way

    def mark_late(self, text: str) -> None:
        """Say on the chart that it is out of date; nothing when empty."""
        self._late.say(text)
        self._late.raise_()
        self._place_late()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_late()
        if event.size().width() != event.oldSize().width():
            self._again.start(RESIZED_MS)  # a legend goes in as many columns as fit

    def redraw(self) -> None:
        """Draw it again, once it is seen: in a turn of its own, once for all that asked for it."""
        self.setAccessibleName(self._words.say(self._chart.title))
        self.setMinimumHeight(self.fontMetrics().height() * self._chart.lines)
        self._due = True
        self._failed = False
        self._tell()
        if self.isVisible():
            self._again.start(0)

    def _draw(self) -> None:
        if not self.isVisible():
            self._due = True
            return
        if self._figure is None or self._canvas is None:
            self._figure, self._canvas = self._begun()
        self._due = False
        self._failed = False
        self._canvas.leave()
        self._canvas.show()
        try:
            self._draw_on(self._figure, self._theme.colours, hatched=self._theme.hatched)
        except Exception as fault:  # noqa: BLE001 - the figures stand beside it, and the window goes on
            self._fail(fault)
            return
        self._tell()
        self._canvas.draw_soon()  # in the turns that follow

    def _fail(self, fault: Exception) -> None:
        """Say in the chart's place that it could not be drawn, until it is drawn again."""
        log.error("a chart could not be drawn", exc_info=fault)
        self._failed = True
        if self._canvas is not None:
            self._canvas.hide()
        self._tell()

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
        if self._due:
            self._again.start(0)

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the month under the pointer, with a line through it."""
        at = self.place_at(event.position().toPoint())
        self._mark.show_at(self._across(at))
        if at is None:
            QToolTip.hideText()
        else:
            told = as_it_stands(self._told_below(at))
            QToolTip.showText(event.globalPosition().toPoint(), told, self)

    def _told_below(self, at: int) -> str:
        """Return what stands at a place, each value on a line of its own where it is a month."""
        chart = self._chart
        if not isinstance(chart, ByMonth):
            return chart.tell(at, self._words)
        return "\n".join([self._words.month(chart.months[at]), *chart.read(at, self._words)[::-1]])

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self._mark.show_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.place_at(event.position().toPoint())
        if at is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._at = at
        self.redraw()
        self.moved.emit(at)

    def place_at(self, point: QPoint) -> int | None:
        """Return the place that a point lies at; nothing beside the chart, or in one of bars."""
        axes = self._axes()
        if axes is None or self._canvas is None:
            return None
        inside = self._canvas.mapFrom(self, point)
        box = axes.get_window_extent()
        ratio = self._canvas.devicePixelRatioF()
        across, up = inside.x() * ratio, (self._canvas.height() - inside.y()) * ratio
        if not box.contains(across, up):
            return None
        at = round(float(axes.transData.inverted().transform((across, 0.0))[0]))
        return at if 0 <= at < self._chart.steps else None

    def _axes(self) -> Axes | None:
        """Return the axes of a chart whose places stand beside one another."""
        beside = getattr(self._chart, "across", False) is True
        if not beside or self._figure is None or not self._figure.axes or not self._chart.steps:
            return None
        return self._figure.axes[0]

    def _across(self, at: int | None) -> int | None:
        """Return how far across, in pixels of the panel, a place stands."""
        axes = self._axes()
        if at is None or axes is None or self._canvas is None:
            return None
        inside = axes.transData.transform((at, 0.0))[0] / self._canvas.devicePixelRatioF()
        place: QPoint = self._canvas.mapTo(self, QPoint(round(inside), 0))
        return place.x()

    def _begun(self) -> tuple[Figure, Canvas]:
        """Return what is drawn on and where it is shown, put in the panel."""
        from matplotlib.figure import Figure  # noqa: PLC0415 - loaded when first needed, after the first paint

        from ui.charts.canvas import Canvas  # noqa: PLC0415 - as above

        figure = Figure(layout="constrained")
        canvas = Canvas(figure, self._fail)
        self._box.insertWidget(0, canvas, 1)
        self._mark.raise_()
        return figure, canvas

    def _place_late(self) -> None:
        self._late.adjustSize()
        self._late.move(max((self.width() - self._late.width()) // 2, 0), self.height() // 3)

    def _printed(self) -> Figure:
        from matplotlib.figure import Figure  # noqa: PLC0415 - loaded when first needed, after the first paint

        figure = Figure(figsize=(9, 4.5), layout="constrained")
        self._draw_on(figure, LIGHT)
        return figure

    def _draw_on(self, figure: Figure, colours: Colours, *, hatched: bool = True) -> None:
        from matplotlib.text import Text  # noqa: PLC0415 - loaded when first needed, after the first paint

        figure.clear()
        figure.set_facecolor(colours.surface)
        axes = figure.add_subplot()
        look = ChartLook(colours, self._words, hatched=hatched)
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
        if self._failed:
            said = about = words.say("chart.failed")
        elif self._at >= 0 and chart.steps:
            said = about = chart.tell(self._at, words)
        elif chart.steps:
            hint = " ".join([words.say(chart.hint), *lacking])
            # What the keys do is of use to who has the keyboard here.
            said = hint if self.hasFocus() else " ".join(lacking)
            first, last = chart.tell(0, words), chart.tell(chart.steps - 1, words)
            about = words.say("chart.about", first=first, last=last, hint=hint)
        else:
            said, about = "", words.say(self._empty)
        self._read_out.setText(said)
        self.setAccessibleDescription(about)
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
