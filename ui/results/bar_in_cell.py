"""A small bar below a number in a table, so that the large ones are seen before they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

HIGH, BESIDE, BELOW = 3, 5, 2  # pixels of the bar, and between it and the edges of its cell


class BarInCell(QStyledItemDelegate):
    """Draws a cell as ever, with a bar below its text; of the largest number it is as wide."""

    def __init__(self, view: QAbstractItemView, column: int, ink: Callable[[], str]) -> None:
        """Draw bars in a column of a view, in the colour that `ink` returns."""
        super().__init__(view)
        self._ink = ink
        self._values: tuple[float, ...] = ()
        view.setItemDelegateForColumn(column, self)

    def show(self, values: Sequence[float]) -> None:
        """Show bars of these numbers, row by row; none where they are not of one kind: empty."""
        self._values = tuple(values)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        most = max(self._values, default=0.0)
        if most <= 0 or index.row() >= len(self._values):
            return
        cell: QRect = option.rect
        room = cell.width() - 2 * BESIDE
        wide = round(room * max(self._values[index.row()], 0.0) / most)
        top = cell.bottom() - HIGH - BELOW + 1
        painter.fillRect(cell.left() + BESIDE, top, wide, HIGH, QColor(self._ink()))
