"""A view of cells in which keys and mouse do what they do in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QWidget,
)

from ui.sideways import SidewaysTable
from ui.tables.fill_handle import FillHandle
from ui.tables.frame_model import FrameModel
from ui.tables.grid_keys import STEPS, chosen_by, leap

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

Index = QModelIndex | QPersistentModelIndex
FRAME = 2  # pixels round the current cell
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_BELOW = {
    (key, held): rows
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    for held, rows in (
        (Qt.KeyboardModifier.NoModifier, 1),
        (Qt.KeyboardModifier.ShiftModifier, -1),
    )
}


class CellsView(SidewaysTable):
    """Cells with a frame round the current one, a handle to fill with, and Enter that goes down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no model yet."""
        super().__init__(parent)
        self.handle = FillHandle(self)

    def select_block(self, rows: range, columns: range) -> None:
        """Select a block of cells, as they are shown."""
        model = self.model()
        block = QItemSelection(model.index(rows[0], columns[0]), model.index(rows[-1], columns[-1]))
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def moveCursor(
        self,
        cursorAction: QAbstractItemView.CursorAction,  # noqa: N803 - Qt's name
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        at, step = self.currentIndex(), STEPS.get(cursorAction)
        if step is None or not at.isValid() or not modifiers & Qt.KeyboardModifier.ControlModifier:
            return super().moveCursor(cursorAction, modifiers)
        return self._leap(at, *step)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        chosen = chosen_by(event)
        return super().selectionCommand(index, event) if chosen is None else chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        below = _BELOW.get((Qt.Key(event.key()), event.modifiers() & ~_KEYPAD))
        if below is not None and self.state() != QAbstractItemView.State.EditingState:
            self.go_below(below)
            return
        held = event.modifiers() & ~_KEYPAD
        if event.key() == Qt.Key.Key_Down and held == Qt.KeyboardModifier.AltModifier:
            self._open_choice(event)
            return
        super().keyPressEvent(event)

    def _open_choice(self, event: QKeyEvent) -> None:
        """Open the calendar or list of the current cell, as the same keys do while it is edited."""
        at = self.currentIndex()
        if at.isValid() and at.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(at)
            editor = self.indexWidget(at)
            if editor is not None:
                QApplication.sendEvent(editor, event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:  # Enter
            self.go_below(1)

    def go_below(self, rows: int) -> None:
        """Go to the cell below the current one, or above where negative; none past the ends."""
        at = self.currentIndex()
        there = at.sibling(at.row() + rows, at.column())
        if there.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(there, flags)
            self.scrollTo(there)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._frame_current()
        self.handle.paint()

    def _leap(self, at: QModelIndex, down: int, right: int) -> QModelIndex:
        """Return the cell where Ctrl with an arrow leads from a cell."""
        model = self.model()
        if down:
            ahead = range(at.row() + down, model.rowCount() if down > 0 else -1, down)
            row = leap(ahead, at.row(), lambda each: bool(shown(model, each, at.column())))
            return model.index(row, at.column())
        ends = range(at.column() + right, model.columnCount() if right > 0 else -1, right)
        there = [each for each in ends if not self.isColumnHidden(each)]
        return model.index(
            at.row(), leap(there, at.column(), lambda each: bool(shown(model, at.row(), each)))
        )

    def _frame_current(self) -> None:
        """Draw a frame round the current cell: a ground of another shade alone is hard to see."""
        index = self.currentIndex()
        if index.isValid() and not self.isColumnHidden(index.column()):
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Link), FRAME))
            painter.drawRect(self.visualRect(index).adjusted(1, 1, -1, -1))
            painter.end()


def shown(model: QAbstractItemModel, row: int, column: int) -> str:
    """Return what a cell shows; our own model is asked without a detour through Qt."""
    if isinstance(model, FrameModel):
        return model.text(row, column)
    return str(model.data(model.index(row, column)) or "")
