"""A workbook dropped anywhere on the window is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Dropping(QObject):
    """Takes workbooks that are dropped on a widget."""

    def __init__(self, widget: QWidget, take: Callable[[Path], None]) -> None:
        """Call `take` for a workbook that is dropped."""
        super().__init__(widget)
        self._take = take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return super().eventFilter(watched, event)
        path = _dropped(event) if isinstance(event, QDropEvent) else None
        if path is None or not isinstance(event, QDropEvent):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._take(path)
        return True


def _dropped(event: QDropEvent) -> Path | None:
    """Return the workbook that is dragged, if it is one."""
    from ui.asking import WORKBOOKS  # noqa: PLC0415 - not needed to start

    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        if path.suffix.lower().lstrip(".") in WORKBOOKS:
            return path
    return None
