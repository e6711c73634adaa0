"""The month that is looked at, the same on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    import datetime as dt


class MonthChoice(QObject):
    """The month that was chosen last, in a chart or on the map; at first none."""

    changed = Signal()

    def __init__(self) -> None:
        """Begin without a month."""
        super().__init__()
        self.month: dt.date | None = None

    def choose(self, month: dt.date) -> None:
        """Look at a month from now on, everywhere."""
        if month != self.month:
            self.month = month
            self.changed.emit()
