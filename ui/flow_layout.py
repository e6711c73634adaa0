"""A row of widgets that goes on below where it does not fit beside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem

GAP = 6


class FlowLayout(QLayout):
    """Places its items beside one another, and on a next line what does not fit."""

    def __init__(self, parent: QWidget) -> None:
        """Begin without items."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moving=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def _place(self, area: QRect, *, moving: bool) -> int:
        """Return the height taken at the width of an area, and place the items when `moving`."""
        top, line = area.y(), 0
        left = area.x()
        begun: list[tuple[QLayoutItem, QPoint, QSize]] = []
        for item in self._items:
            if item.isEmpty():
                continue  # hidden: it leaves no gap
            size = item.sizeHint()
            if left > area.x() and left + size.width() > area.right() + 1:
                _settle(begun, line, moving=moving)
                begun, left, top, line = [], area.x(), top + line + GAP, 0
            begun.append((item, QPoint(left, top), size))
            left += size.width() + GAP
            line = max(line, size.height())
        _settle(begun, line, moving=moving)
        return top + line - area.y()


def _settle(begun: list[tuple[QLayoutItem, QPoint, QSize]], line: int, *, moving: bool) -> None:
    """Place the items of one line, each in the middle of its height."""
    if not moving:
        return
    for item, place, size in begun:
        item.setGeometry(QRect(place + QPoint(0, (line - size.height()) // 2), size))


class FlowBox(QWidget):
    """Widgets beside one another, on more lines where they do not fit."""

    def __init__(self, *widgets: QWidget) -> None:
        """Show these, in this order."""
        super().__init__()
        self._flow = FlowLayout(self)
        for each in widgets:
            self._flow.addWidget(each)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return self._flow.minimumSize()  # not the height that the least width would take

    def sizeHint(self) -> QSize:
        return self._flow.minimumSize()
