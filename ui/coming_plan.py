"""What is known of the plan that is being made, before it is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from planner.result.main_figures import MainFigures


class ComingPlan(QObject):
    """The main figures of the plan that is being made: provisional."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        """Know nothing yet."""
        super().__init__(parent)
        self.figures: MainFigures | None = None

    def take(self, figures: MainFigures | None) -> None:
        """Know these figures; nothing once the calculation is over."""
        if figures is not self.figures:
            self.figures = figures
            self.changed.emit()
