"""The handle at the corner of selected cells: dragged, it fills what it passes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

SIDE = 8  # pixels
REACH = 3  # pixels round it that take the mouse too


class FillHandle(QObject):
    """A handle on one of the views of a grid."""

    filled = Signal(object, object)  # the rows and columns of what was selected, and of the whole

    def __init__(self, view: QTableView) -> None:
        """Take the mouse of a view where it is on the handle."""
        super().__init__(view)
        self._view = view
        self._from: tuple[range, range] | None = None  # while it is dragged
        self._over: tuple[range, range] | None = None
        self.first = 0  # the first column that is the view's own
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)

    def paint(self) -> None:
        """Draw the handle, and the cells it is dragged over."""
        place = self.place()
        if place is None:
            return
        painter = QPainter(self._view.viewport())
        colour = self._view.palette().color(QPalette.ColorRole.Link)
        painter.fillRect(place, colour)
        if self._over is not None:
            rows, columns = self._over
            painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
            painter.drawRect(self._cells(rows, columns).adjusted(0, 0, -1, -1))
        painter.end()

    def place(self) -> QRect | None:
        """Return where the handle is; None where no single block is selected, or it is not seen."""
        block = self._block()
        if block is None or block[1][-1] < self.first:
            return None
        rows, columns = block
        cell = self._cell(rows[-1], columns[-1])
        if self._view.isColumnHidden(columns[-1]) or cell.isEmpty():
            return None
        return QRect(cell.right() - SIDE + 1, cell.bottom() - SIDE + 1, SIDE, SIDE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.MouseButtonPress:
            return self._begin(event)
        if event.type() == QEvent.Type.MouseMove:
            return self._drag(event)
        if event.type() == QEvent.Type.MouseButtonRelease and self._from is not None:
            self._end()
            return True
        return super().eventFilter(watched, event)

    def _begin(self, event: QMouseEvent) -> bool:
        if event.button() != Qt.MouseButton.LeftButton or not self._on_it(event):
            return False
        self._from = self._over = self._block()
        return True

    def _drag(self, event: QMouseEvent) -> bool:
        if self._from is None:
            shape = Qt.CursorShape.CrossCursor if self._on_it(event) else Qt.CursorShape.ArrowCursor
            self._view.viewport().setCursor(shape)
            return False
        rows, columns = self._from
        at = self._view.indexAt(event.position().toPoint())
        if at.isValid():
            # Along one way only, as in a spreadsheet: the one it was dragged furthest.
            below, beside = at.row() - rows[-1], at.column() - columns[-1]
            self._over = self._from
            if below > 0 and below >= beside:
                self._over = (range(rows[0], at.row() + 1), columns)
            elif beside > 0:
                self._over = (rows, range(columns[0], at.column() + 1))
            self._view.viewport().update()
        return True

    def _end(self) -> None:
        begun, over = self._from, self._over
        self._from = self._over = None
        self._view.viewport().update()
        if begun is not None and over is not None and begun != over:
            self.filled.emit(begun, over)

    def _on_it(self, event: QMouseEvent) -> bool:
        place = self.place()
        around = None if place is None else place.adjusted(-REACH, -REACH, REACH, REACH)
        return around is not None and around.contains(event.position().toPoint())

    def _block(self) -> tuple[range, range] | None:
        blocks = self._view.selectionModel().selection().toList()
        if len(blocks) != 1:
            return None
        (only,) = blocks
        return range(only.top(), only.bottom() + 1), range(only.left(), only.right() + 1)

    def _cell(self, row: int, column: int) -> QRect:
        return self._view.visualRect(self._view.model().index(row, column))

    def _cells(self, rows: range, columns: range) -> QRect:
        return self._cell(rows[0], columns[0]).united(self._cell(rows[-1], columns[-1]))
