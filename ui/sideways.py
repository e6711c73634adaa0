"""Tables that the wheel moves sideways while Shift is held, as sheets and browsers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QScrollBar

TURN = 120  # eighths of a degree: what a wheel turns in one notch
NOTCH = 60  # pixels that a table moves for it


class SidewaysTable(QTableView):
    """A table that Shift and the wheel move to its columns at the right."""

    @property
    def sideways(self) -> QScrollBar:
        """The bar that is moved: that of the table it lies on, where its columns stay in view."""
        above = self.parentWidget()
        whole = above if isinstance(above, SidewaysTable) else self
        return whole.horizontalScrollBar()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turned = event.angleDelta()
            bar = self.sideways
            bar.setValue(bar.value() - round((turned.y() or turned.x()) / TURN * NOTCH))
            event.accept()
        else:
            super().wheelEvent(event)
