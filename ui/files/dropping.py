"""A workbook dropped anywhere on the window is opened; what cannot be opened is told why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QWidget

    from planner.core.texts import Message
    from ui.services import Services


class Dropping(QObject):
    """Takes workbooks that are dropped on a widget."""

    def __init__(self, widget: QWidget, desk: Callable[[], Services]) -> None:
        """Have the desk open what is dropped on a widget, or say why not."""
        super().__init__(widget)
        self._desk = desk
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return super().eventFilter(watched, event)
        from PySide6.QtGui import QDropEvent  # noqa: PLC0415 - a start waits for nothing dropped

        if not isinstance(event, QDropEvent) or not event.mimeData().hasUrls():
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            urls = event.mimeData().urls()
            fault = _fault(urls)
            # The program that the file is dragged from waits until a drop is answered.
            QTimer.singleShot(0, lambda: self._answer(urls, fault))
        return True

    def _answer(self, urls: list[QUrl], fault: Message | None) -> None:
        if fault is None:
            self._desk().commands.open_path(Path(urls[0].toLocalFile()))
        else:
            self._desk().commands.refuse(fault)


def _fault(urls: list[QUrl]) -> Message | None:
    """Return why what is dropped cannot be opened; nothing where it can."""
    from planner.core.texts import message  # noqa: PLC0415 - not needed to start
    from ui.dialogs import WORKBOOKS  # noqa: PLC0415 - as above

    if len(urls) > 1:
        return message("window.dropped.several", count=len(urls))
    if not urls[0].isLocalFile():
        return message("window.dropped.remote")
    path = Path(urls[0].toLocalFile())
    if path.is_dir():
        return message("window.dropped.folder", name=path.name)
    if path.suffix.lower().lstrip(".") not in WORKBOOKS:
        kinds = tuple(f".{each}" for each in WORKBOOKS)
        return message("window.dropped.kind", name=path.name, kinds=kinds)
    return None
