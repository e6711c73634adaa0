"""What the pages of a comparison share: they scroll where a small or enlarged screen cuts off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

LEAST_LINES = 7  # of text, for what fills a page


class Page(QScrollArea):
    """Widgets below one another, one of which takes the room that is left."""

    def lay_out(self, *widgets: QWidget, fills: QWidget) -> None:
        """Show widgets; `fills` is the one among them that takes the room that is left."""
        fills.setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
        inner = QWidget()
        box = QVBoxLayout(inner)
        box.setContentsMargins(16, 10, 16, 10)
        for each in widgets:
            box.addWidget(each, int(each is fills) * 1000)
        box.addStretch(1)  # keeps everything at the top while what fills is not shown
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(inner)
