"""What the pages of a comparison share: they scroll where a small or enlarged screen cuts off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.view import View
from ui.widgets import scrolling

if TYPE_CHECKING:
    from ui.comparing.work import ComparisonWork
    from ui.view import Context

LEAST_LINES = 7  # of text, for what fills a page


class Page(View):
    """A page about the comparison that is shown, filled when it is seen."""

    def __init__(self, context: Context, work: ComparisonWork) -> None:
        """Stand on what views share, and on the comparison."""
        super().__init__(context)
        self._work = work

    def fill(self) -> None:
        """Show the comparison that there is."""

    def reword(self) -> None:
        self.fill()

    def lay_out(self, *widgets: QWidget, fills: QWidget, within: bool = False) -> None:
        """Show widgets; `fills` is the one among them that takes the room that is left.

        A page `within` another scrolls with that.
        """
        fills.setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
        inner = QWidget()
        box = QVBoxLayout(inner)
        if within:
            box.setContentsMargins(0, 0, 0, 0)
        else:
            box.setContentsMargins(16, 10, 16, 10)
        for each in widgets:
            box.addWidget(each, int(each is fills) * 1000)
        box.addStretch(1)  # keeps everything at the top while what fills is not shown
        self.hold(inner if within else scrolling(inner))
