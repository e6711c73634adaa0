"""A line to search with that is chosen whole when the mouse comes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent


class SearchLine(QLineEdit):
    """What is typed takes the place of what stood there, also when one came by a click."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        super().__init__()
        self._came = False  # by the click that is under way

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._came = event.reason() is Qt.FocusReason.MouseFocusReason

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._came and not self.hasSelectedText():
            self.selectAll()
        self._came = False
