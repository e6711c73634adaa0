"""Notices below one another, in the order in which they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ui.widgets import Notice


class Notices(QWidget):
    """Where notices stand; one that comes later moves none that can be read or pressed already.

    What stands below them moves all the same, and they move up when one above goes.
    """

    def __init__(self, *notices: Notice, edge: int = 0) -> None:
        """Hold notices, so many pixels from either side."""
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(edge, 0, edge, 0)
        self._box.setSpacing(6)
        for each in notices:
            self.add(each)

    def add(self, notice: Notice) -> None:
        """Hold a notice more."""
        self._box.addWidget(notice)
        notice.installEventFilter(self)
        self._show_any()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            if event.type() is QEvent.Type.ShowToParent:
                self._box.removeWidget(watched)
                self._box.addWidget(watched)
            if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
                self._show_any()
        return False

    def _show_any(self) -> None:
        """Take no room where there is no notice."""
        notices = (self._box.itemAt(at) for at in range(self._box.count()))
        widgets = (each.widget() for each in notices if each is not None)
        self.setVisible(any(each is not None and not each.isHidden() for each in widgets))
