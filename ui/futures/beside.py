"""Plans nearly as good beside the best one: the tiles of each below its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.comparing.side_by_side import PlanRow
from ui.widgets import scrolling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from planner.compare.beside_values import PlanBeside
    from planner.core.texts import Text
    from ui.theme import Theme
    from ui.words import Words


class PlansBeside(QWidget):
    """A row of tiles for each plan, which scrolls where there are more than fit."""

    def __init__(
        self, plans: Sequence[tuple[Text, PlanBeside]], words: Words, theme: Theme
    ) -> None:
        """Show plans by their titles, the first as the base."""
        super().__init__()
        page = QWidget()
        box = QVBoxLayout(page)
        self.rows: list[PlanRow] = []
        for title, plan in plans:
            line = PlanRow(words, theme)
            line.show_plan(words.title(title), plan)
            box.addWidget(line)
            self.rows.append(line)
        box.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for each in self.rows:
            each.arrange(self.width())
