"""A list to choose from whose long names go on below, each line as high as its name needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QListWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_BESIDE = 24  # pixels that a line has beside its icon and name: padding and a scroll bar's edge


class WrappedList(QListWidget):
    """Qt gives every line of a list that wraps the height of one, or of all its text at width 0."""

    def __init__(self) -> None:
        """Begin without lines."""
        super().__init__()
        self.setWordWrap(True)
        height = self.fontMetrics().height()
        self.setIconSize(QSize(height, height))

    def fit_lines(self) -> None:
        """Make each line as high as its name needs at this width."""
        metrics = self.fontMetrics()
        room = self.viewport().width() - self.iconSize().width() - _BESIDE
        within = QRect(0, 0, max(room, metrics.averageCharWidth()), 0)
        for at in range(self.count()):
            item = self.item(at)
            needed = metrics.boundingRect(within, Qt.TextFlag.TextWordWrap, item.text()).height()
            item.setSizeHint(QSize(0, needed + metrics.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_lines()
