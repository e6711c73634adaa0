"""The header of a grid: titles, and below them a line to narrow each column with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHeaderView, QLineEdit

from ui.tables.frame_model import LETTERS

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QResizeEvent
    from PySide6.QtWidgets import QTableView

    from ui.words import Words

SORT_MARK = 18  # pixels at the right of a title that the mark of sorting takes
_PLAIN, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_AWAY = {
    (Qt.Key.Key_Right, _ALT): 1,
    (Qt.Key.Key_Left, _ALT): -1,
    (Qt.Key.Key_Down, _PLAIN): 0,
    (Qt.Key.Key_Return, _PLAIN): 0,
}


class FilterHeader(QHeaderView):
    """A horizontal header with a line below the titles of the columns that are its own."""

    narrowed = Signal(int, str)  # the column, and what was typed for it
    walked = Signal(int, int)  # from the line of a column: to the next or last one, 0 to the cells

    def __init__(self, parent: QTableView, words: Words, *, first: int, last: int | None) -> None:
        """Have lines for the columns from `first` to `last`; to the end where that is `None`."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._words = words
        self._first = first
        self._last = last
        self._lines: dict[int, QLineEdit] = {}
        self._open = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.sectionResized.connect(self._place)
        parent.horizontalScrollBar().valueChanged.connect(self._place)
        words.changed.connect(self.reword)

    @property
    def lines(self) -> dict[int, QLineEdit]:
        """The lines by column; none while they are not shown."""
        return self._lines if self._open else {}

    def has(self, first: int, last: int | None) -> None:
        """Have lines for these columns alone; before any are made."""
        self._first, self._last = first, last

    def show_lines(self, *, shown: bool) -> None:
        """Show the lines or take them away; what was typed goes with them."""
        self._open = shown
        if shown:
            self._make()
        for line in self._lines.values():
            line.clear()
            line.setVisible(shown)
        self.updateGeometries()
        self.geometriesChanged.emit()
        self.reword()

    def clear(self) -> None:
        """Empty every line without telling."""
        for line in self._lines.values():
            line.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            line.clear()
            line.blockSignals(False)  # noqa: FBT003 - Qt's own signature

    def reword(self) -> None:
        """Say everything again in the language in use."""
        model = self.model()
        for at, line in self._lines.items():
            title = str(model.headerData(at, Qt.Orientation.Horizontal) or "").removesuffix(" *")
            line.setAccessibleName(self._words.say("grid.filter", column=title))
            line.setToolTip(self._words.say("grid.filter.tip"))
            line.setPlaceholderText(self._words.say("grid.filter.hint") if at == 0 else "")
        self._place()

    def setSelectionModel(self, selectionModel: QItemSelectionModel) -> None:  # noqa: N803 - Qt's name
        # Titles are not shown as selected, and to find out Qt would ask every row of each column.
        super().setSelectionModel(QItemSelectionModel(selectionModel.model(), self))

    def sizeHint(self) -> QSize:
        titles = super().sizeHint()
        return QSize(titles.width(), titles.height() + self._line_height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's name
        titles = QRect(rect)
        titles.setHeight(rect.height() - self._line_height())
        painter.save()
        super().paintSection(painter, titles, logicalIndex)
        painter.restore()
        letters = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, LETTERS)
        if letters:
            painter.save()
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(titles.adjusted(0, 0, -SORT_MARK, 0), right, str(letters))
            painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = next((key for key, line in self._lines.items() if line is watched), None)
            away = _AWAY.get((Qt.Key(event.key()), event.modifiers()))
            if at is not None and away is not None:
                self.walked.emit(at, away)
                return True
        return super().eventFilter(watched, event)

    def _line_height(self) -> int:
        return int(self.fontMetrics().height() * 1.6) if self._open else 0

    def _make(self) -> None:
        model = self.model()
        count = model.columnCount(QModelIndex())
        last = count - 1 if self._last is None else self._last
        for at in range(self._first, last + 1):
            if at not in self._lines:
                line = QLineEdit(self)
                line.setProperty("filter", "true")
                # Tab stops at the row once; Alt+Left and Alt+Right go on from there.
                stop = Qt.FocusPolicy.StrongFocus if at == 0 else Qt.FocusPolicy.ClickFocus
                line.setFocusPolicy(stop)
                line.installEventFilter(self)
                line.textChanged.connect(lambda text, at=at: self.narrowed.emit(at, text))
                self._lines[at] = line

    def _place(self) -> None:
        """Put each line below its title; those of hidden columns are hidden."""
        if not self._open:
            return
        height = self._line_height()
        top = self.height() - height
        for at, line in self._lines.items():
            left = self.sectionViewportPosition(at)
            line.setGeometry(left, top, max(self.sectionSize(at) - 1, 0), height - 1)
            line.setVisible(not self.isSectionHidden(at))
