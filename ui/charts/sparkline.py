"""A small line by month beside a figure, with what it should be; the pointer reads a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent

    from ui.theme import Theme
    from ui.words import Words

EDGE = 4.0  # pixels kept free around the line
LINES_HIGH = 2.2  # of text


class Sparkline(QWidget):
    """A line of steps, its worst month marked, and a dashed line of what is needed."""

    def __init__(self, words: Words, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._words = words
        self._theme = theme
        self._months: Sequence[dt.date] = ()
        self._values: Sequence[float] = ()
        self._target: Sequence[float] = ()
        self._worst = -1
        self._ink = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(120, int(self.fontMetrics().height() * LINES_HIGH))

    def show_values(
        self,
        months: Sequence[dt.date],
        values: Sequence[float],
        target: Sequence[float],
        worst: int,
        ink: str,
    ) -> None:
        """Show a value a month, and what it should be where `target` is not empty."""
        self._months, self._values, self._target = months, values, target
        self._worst, self._ink = worst, ink
        self.update()

    def read(self, at: int) -> str:
        """Return what stands at a month, in words."""
        month, value = self._words.month(self._months[at]), self._words.number(self._values[at])
        if not self._target:
            return f"{month}: {value}"
        needed = self._words.number(self._target[at])
        return self._words.say("tile.read", month=month, value=value, needed=needed)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._values:
            at = int(event.pos().x() / max(self.width(), 1) * len(self._values))
            said = self.read(min(max(at, 0), len(self._values) - 1))
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if not self._values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(*self._values, *self._target, 1.0)
        colours = self._theme.colours
        ink = QColor(self._ink or colours.accent)
        line = self._steps(self._values, most)
        below = QPolygonF([*line, QPointF(line[-1].x(), self._floor), QPointF(0, self._floor)])
        fill = QColor(ink)
        fill.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(below)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.8))
        painter.drawPolyline(QPolygonF(line))
        if self._target:
            painter.setPen(QPen(QColor(colours.text), 1.2, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF(self._steps(self._target, most)))
        if 0 <= self._worst < len(self._values):
            wide = self.width() / len(self._values)
            middle = QPointF((self._worst + 0.5) * wide, self._at(self._values[self._worst], most))
            painter.setPen(QPen(QColor(colours.surface), 1.5))
            painter.setBrush(ink)
            painter.drawEllipse(middle, EDGE, EDGE)
        painter.end()

    @property
    def _floor(self) -> float:
        return self.height() - EDGE

    def _at(self, value: float, most: float) -> float:
        return self._floor - value / most * (self._floor - EDGE)

    def _steps(self, values: Sequence[float], most: float) -> list[QPointF]:
        wide = self.width() / len(values)
        return [
            QPointF((at + side) * wide, self._at(value, most))
            for at, value in enumerate(values)
            for side in (0, 1)
        ]
