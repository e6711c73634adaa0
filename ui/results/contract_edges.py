"""Where contracts begin and end in a table of months: lines that mouse and keys can move."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QToolTip

from ui.results.month_matrix import MonthMatrix, MonthMatrixModel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from ui.theme import Theme

REACH = 7  # pixels beside a line in which the mouse takes hold of it
WIDE = 3  # pixels of a line
KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Edge(StrEnum):
    """Which side of a contract."""

    BEGIN = "begin"
    END = "end"


@dataclass(frozen=True)
class Contract:
    """A contract in months counted from 0: the first and the last one; none where it has no end.

    A side that lies outside the months has no line, and is taken hold of at the edge of the table
    where that is its end.
    """

    begin: int | None
    end: int | None


@dataclass(frozen=True)
class _Held:
    """A side that is being dragged: of which line, and to which month so far."""

    line: int
    edge: Edge
    month: int


class ContractMatrix(MonthMatrix):
    """Lines by month, of which some have a contract whose sides can be moved.

    With the mouse a line is dragged; on the keyboard Ctrl+Left and Ctrl+Right move the end of the
    chosen location's contract by a month, with Shift its beginning.
    """

    moved = Signal(str, object, int)  # the key of the line, which Edge, to which month

    def __init__(self, model: MonthMatrixModel, theme: Theme) -> None:
        """Show a model; `theme` has the colour of the lines."""
        super().__init__(model)
        self._lines = model
        self._theme = theme
        self._contracts: Mapping[str, Contract] = {}
        self._told: Callable[[Edge, int], str] = lambda _edge, _month: ""
        self._held: _Held | None = None
        self.setMouseTracking(True)

    def show_contracts(
        self, contracts: Mapping[str, Contract], told: Callable[[Edge, int], str]
    ) -> None:
        """Show contracts by the keys of lines; `told` says where a side would come to lie."""
        self._contracts, self._told = contracts, told
        self.viewport().update()

    def edge_at(self, place: QPoint) -> tuple[int, Edge] | None:
        """Return the line and the side that lie at a place of the table, if any does."""
        line = self.rowAt(place.y())
        contract = self._contract(line)
        if contract is None:
            return None
        for edge in Edge:
            month = self._month(contract, edge)
            if month is not None and abs(place.x() - self._x(month, edge)) <= REACH:
                return line, edge
        return None

    def place_of(self, line: int, edge: Edge, month: int) -> QPoint:
        """Return where a side of a line lies when it is in a month."""
        return QPoint(
            self._x(month, edge), self.rowViewportPosition(line) + self.rowHeight(line) // 2
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.edge_at(event.position().toPoint())
        if found is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        line, edge = found
        contract = self._contract(line)
        month = None if contract is None else self._month(contract, edge)
        if month is not None:
            self.setCurrentIndex(self._lines.index(line, month + 1))
            self._held = _Held(line, edge, month)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._held is None:
            over = self.edge_at(place) is not None
            shape = Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            super().mouseMoveEvent(event)
            return
        month = self._month_at(place.x(), self._held.edge)
        self._held = _Held(self._held.line, self._held.edge, month)
        said = self._told(self._held.edge, month)
        QToolTip.showText(event.globalPosition().toPoint(), said, self)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held is None:
            super().mouseReleaseEvent(event)
            return
        self.viewport().update()
        self._move(held.line, held.edge, held.month)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = KEYS.get(Qt.Key(event.key()))
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._held is not None and event.key() == Qt.Key.Key_Escape:
            self._held = None
            self.viewport().update()
            return
        if step is None or not control:
            super().keyPressEvent(event)
            return
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        edge = Edge.BEGIN if shift else Edge.END
        line = self.currentIndex().row()
        contract = self._contract(line)
        month = None if contract is None else self._month(contract, edge)
        if month is not None:
            self._move(line, edge, month + step)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        colour = QColor(self._theme.colours.accent)
        for line in range(self._lines.rowCount()):
            contract = self._contract(line)
            if contract is None or self.rowViewportPosition(line) > self.viewport().height():
                continue
            for edge in Edge:
                month = contract.begin if edge is Edge.BEGIN else contract.end
                held = self._held
                if held is not None and (held.line, held.edge) == (line, edge):
                    month = held.month
                if month is not None:
                    left = self._x(month, edge) - (WIDE if edge is Edge.END else 0)
                    top, high = self.rowViewportPosition(line), self.rowHeight(line)
                    painter.fillRect(QRect(left, top + 1, WIDE, high - 2), colour)
        painter.end()

    def _move(self, line: int, edge: Edge, month: int) -> None:
        contract = self._contract(line)
        months = self._lines.columnCount() - 1
        if contract is None or not 0 <= month < months or month == self._month(contract, edge):
            return
        turned = (contract.begin or 0) > month if edge is Edge.END else False
        if edge is Edge.BEGIN and contract.end is not None:
            turned = month > contract.end
        if not turned:
            self.moved.emit(self._lines.lines[line].key, edge, month)

    def _contract(self, line: int) -> Contract | None:
        if not 0 <= line < len(self._lines.lines):
            return None
        shown = self._lines.lines[line]
        first = line == 0 or self._lines.lines[line - 1].key != shown.key
        return self._contracts.get(shown.key) if first else None  # not the line of its DOL part

    def _month(self, contract: Contract, edge: Edge) -> int | None:
        """Return where a side is taken hold of: an end that is not in sight at the last month."""
        if edge is Edge.BEGIN:
            return contract.begin
        return self._lines.columnCount() - 2 if contract.end is None else contract.end

    def _x(self, month: int, edge: Edge) -> int:
        left = self.columnViewportPosition(month + 1)
        return left + (self.columnWidth(month + 1) if edge is Edge.END else 0)

    def _month_at(self, x: int, edge: Edge) -> int:
        """Return the month whose side lies nearest to a place."""
        months = range(self._lines.columnCount() - 1)
        return min(months, key=lambda month: abs(self._x(month, edge) - x))
