"""A click that leads to another page, made twice: the second is not meant for what lies there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QApplication

NEAR = 4  # pixels


class SecondClick(QObject):
    """Takes the second half of a double click, for as long as the system waits for one."""

    def __init__(self, parent: QObject) -> None:
        """Take nothing yet."""
        super().__init__(parent)
        self._at = QPoint()

    def take(self) -> None:
        """Take the next click at this place, if it comes soon enough to be of a double click."""
        app = QApplication.instance()
        if app is not None:
            self._at = QCursor.pos()
            app.installEventFilter(self)
            QTimer.singleShot(QApplication.doubleClickInterval(), self, self._leave)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched  # whatever lies there
        if not isinstance(event, QMouseEvent) or event.type() is QEvent.Type.MouseMove:
            return False
        return (event.globalPosition().toPoint() - self._at).manhattanLength() <= NEAR

    def _leave(self) -> None:
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
