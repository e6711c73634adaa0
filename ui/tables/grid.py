"""The grid: a table that behaves as in a spreadsheet, with its first columns kept in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QWidget,
)

from ui.tables.cells_view import CellsView, shown
from ui.tables.editors import CellDelegate
from ui.tables.frame_model import LETTERS, FrameModel
from ui.tables.grid_header import FilterHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QIcon, QResizeEvent

    from ui.words import Words

Index = QModelIndex | QPersistentModelIndex
FRAME = 2  # pixels round the current cell
WIDEST = 38  # characters a column takes at most before the user widens it
ROWS_MEASURED = 40
MEASURED = 3


class Grid(CellsView):
    """A table view with its first columns frozen and lines to narrow it with.

    Frozen is the code of a row, and its name where that stands beside it.
    """

    selection_changed = Signal()
    narrowed = Signal(int, str)  # the column, and what was typed below its title
    columns_changed = Signal()  # the user gave a column another width, hid one or showed all
    filled = Signal(object, object)  # by the handle: what was selected, and what it is to fill
    menu_asked = Signal(QPoint)  # where on the screen

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        """Set it up as a spreadsheet: cells, not rows; sorting by the header."""
        super().__init__(parent)
        self._words = words
        self._fitting = False
        # Row in the sheet, row in view, column and scroll before a reset.
        self._kept: tuple[int, int, int, int] | None = None
        self._header = FilterHeader(self, words, first=1, last=None)
        self._held = 1  # columns that are kept in view
        self._frozen = CellsView(self)
        self._frozen_header = FilterHeader(self._frozen, words, first=0, last=0)
        self.setHorizontalHeader(self._header)
        self._frozen.setHorizontalHeader(self._frozen_header)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as the keyboard rules ask
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        self._connect()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            self._freeze(model)
            self.fit_columns()
            model.modelAboutToBeReset.connect(self._keep_place)
            model.modelReset.connect(self._take_place)

    def edit_with(self, names: Callable[[str], Sequence[str]], icon: Callable[[], QIcon]) -> None:
        """Edit cells as their columns declare; each of the two views has an editor of its own."""
        for view in (self, self._frozen):
            view.setItemDelegate(CellDelegate(self._words, names, icon, view))
            view.handle.filled.connect(self.filled)

    def show_filters(self, *, shown: bool) -> None:
        """Show lines to narrow with below the titles, or take them away."""
        for header in (self._header, self._frozen_header):
            header.show_lines(shown=shown)
        self._place_frozen()

    def filter_line(self, column: int) -> QWidget | None:
        """Return the line below a column's title; nothing while they are not shown."""
        header = self._frozen_header if column < self._held else self._header
        return header.lines.get(column)

    def clear_filters(self) -> None:
        """Empty the lines below the titles without telling."""
        for header in (self._header, self._frozen_header):
            header.clear()

    def fit_columns(self) -> None:
        """Give each column the width of its title and first rows, within reason."""
        model = self.model()
        if model is None:
            return
        self._fitting = True
        metrics = self.fontMetrics()
        widest = metrics.averageCharWidth() * WIDEST
        rows = range(min(model.rowCount(), ROWS_MEASURED))
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            letters = str(model.headerData(column, Qt.Orientation.Horizontal, LETTERS) or "")
            width = metrics.horizontalAdvance(f"{title} {letters}") + metrics.height() * 2
            texts = {shown(model, row, column) for row in rows}
            # The longest texts alone are measured: measuring takes longer than counting.
            for each in sorted(texts, key=len)[-MEASURED:]:
                width = max(width, min(metrics.horizontalAdvance(each), widest))
            self.setColumnWidth(column, width + metrics.averageCharWidth() * 3)
        self._fitting = False
        self._place_frozen()

    def lay_columns(self, widths: dict[int, int], hidden: set[int]) -> None:
        """Give columns the widths that the user gave them, and hide those that were hidden."""
        self._fitting = True
        for column in range(self.model().columnCount()):
            self.setColumnHidden(column, column in hidden and column != 0)
            if column in widths and column not in hidden:
                self.setColumnWidth(column, widths[column])
        self._fitting = False
        self._place_frozen()

    def hide_columns(self, columns: set[int]) -> None:
        """Hide these columns; the first one stays. Without any, show every column."""
        for column in range(1, self.model().columnCount()):
            if not columns or column in columns:
                self.setColumnHidden(column, bool(columns))
        self.columns_changed.emit()

    def selected(self) -> list[tuple[int, int]]:
        """Return row and column of the selected cells, row by row."""
        blocks = self.selected_blocks()
        places = [(row, column) for rows, columns in blocks for row in rows for column in columns]
        return places if len(blocks) == 1 else sorted(places)

    def selected_blocks(self) -> list[tuple[range, list[int]]]:
        """Return the selected cells as blocks that do not overlap: rows, and columns shown."""
        return [
            (
                range(each.top(), each.bottom() + 1),
                [at for at in range(each.left(), each.right() + 1) if not self.isColumnHidden(at)],
            )
            for each in self.selectionModel().selection().toList()
        ]

    def hidden_columns(self) -> frozenset[int]:
        """Return the columns that are not shown."""
        return frozenset(at for at in range(self.model().columnCount()) if self.isColumnHidden(at))

    def go_to(self, index: QModelIndex) -> None:
        """Show a cell and make it the current one."""
        if index.isValid():
            self.setColumnHidden(index.column(), False)  # noqa: FBT003 - Qt's own signature
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        self._header_in_view(index.column())  # and not below the columns that stay in view

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_frozen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_rows()

    def _connect(self) -> None:
        for view, header in ((self, self._header), (self._frozen, self._frozen_header)):
            header.narrowed.connect(self.narrowed)
            header.walked.connect(self._walk_lines)
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(
                lambda at, view=view: self.menu_asked.emit(view.viewport().mapToGlobal(at))
            )
        self._header.sectionResized.connect(self._resized)
        self._frozen_header.sectionClicked.connect(self._sort_frozen)
        self._header.sortIndicatorChanged.connect(self._show_sorted)
        self._frozen_header.sectionResized.connect(self._resized_frozen)
        self.verticalHeader().geometriesChanged.connect(self._place_frozen)
        self._frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)

    def _fit_rows(self) -> None:
        height = int(self.fontMetrics().height() * 1.6)
        for view in (self, self._frozen):
            view.verticalHeader().setMinimumSectionSize(height)
            view.verticalHeader().setDefaultSectionSize(height)

    def _freeze(self, model: QAbstractItemModel) -> None:
        """Lay a copy of the first columns over the table; it shares model and selection."""
        self._held = _held(model)
        self._header.has(self._held, None)
        self._frozen_header.has(0, self._held - 1)
        self.handle.first = self._held
        frozen = self._frozen
        frozen.setModel(model)
        frozen.setSelectionModel(self.selectionModel())
        frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frozen.setTabKeyNavigation(False)
        frozen.setAlternatingRowColors(True)
        frozen.setWordWrap(False)
        frozen.verticalHeader().hide()
        frozen.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frozen.setVerticalScrollMode(self.verticalScrollMode())
        frozen.setStyleSheet("QTableView { border: none; }")
        # The copy shows what the table already tells assistive technology.
        frozen.setAccessibleName(" ")
        for column in range(self._held, model.columnCount()):
            frozen.setColumnHidden(column, True)  # noqa: FBT003 - Qt's own signature
        self._place_frozen()
        frozen.show()

    def _place_frozen(self) -> None:
        for column in range(self._held):
            self._frozen.setColumnWidth(column, self.columnWidth(column))
            self._frozen.setColumnHidden(column, self.isColumnHidden(column))
        self._frozen_header.setFixedHeight(self._header.height())
        self._frozen.setGeometry(
            self.verticalHeader().width() + self.frameWidth(),
            self.frameWidth(),
            self._frozen_width(),
            self.viewport().height() + self._header.height(),
        )

    def _frozen_width(self) -> int:
        return sum(self.columnWidth(column) for column in range(self._held))

    def _resized(self) -> None:
        if not self._fitting:  # else it is placed once, when every column has its width
            self._place_frozen()
            self.columns_changed.emit()

    def _resized_frozen(self, column: int, _before: int, width: int) -> None:
        """Let the table follow when the copy's column is widened with the mouse."""
        if column < self._held and width and width != self.columnWidth(column):
            self.setColumnWidth(column, width)

    def _walk_lines(self, column: int, away: int) -> None:
        """Go from the line of a column to the next one that is shown, or into the cells."""
        model = self.model()
        if away == 0 and model.rowCount():
            self.go_to(model.index(0, column))
            return
        at = column + away
        while 0 <= at < model.columnCount() and self.isColumnHidden(at):
            at += away
        line = self.filter_line(at)
        if line is not None:
            self._header_in_view(at)
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _header_in_view(self, column: int) -> None:
        """Scroll sideways until a column is seen beside the first ones, its left side at least."""
        held = self._frozen_width()
        left = self.columnViewportPosition(column) - held
        over = left + held + self.columnWidth(column) - self.viewport().width()
        bar = self.horizontalScrollBar()
        if column >= self._held and (left < 0 or over > 0):
            bar.setValue(bar.value() + (left if left < 0 else min(over, left)))

    def _sort_frozen(self, column: int) -> None:
        """Sort as a click on the title below the copy would: upward, downward, not at all."""
        header = self._header
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        if header.sortIndicatorSection() != column:
            header.setSortIndicator(column, up)
        elif header.sortIndicatorOrder() == up:
            header.setSortIndicator(column, down)
        else:
            header.setSortIndicator(-1, up)

    def _show_sorted(self, column: int, order: Qt.SortOrder) -> None:
        self._frozen_header.setSortIndicatorShown(0 <= column < self._held)
        self._frozen_header.setSortIndicator(column, order)

    def _keep_place(self) -> None:
        """Remember the current cell by its row in the sheet: rows come and go."""
        index, model = self.currentIndex(), self.model()
        self._kept = None
        if index.isValid() and isinstance(model, FrameModel):
            at = self.verticalScrollBar().value()
            self._kept = (model.row_number(index.row()), index.row(), index.column(), at)

    def _take_place(self) -> None:
        model = self.model()
        if self._kept is None or not isinstance(model, FrameModel):
            return
        row, seen, column, scrolled = self._kept
        index = model.place(row, model.columns[column].key)
        if not index.isValid():  # the row is gone: the nearest that is left
            index = model.index(min(seen, model.rowCount() - 1), column)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flags)
        self.verticalScrollBar().setValue(scrolled)


def _held(model: QAbstractItemModel) -> int:
    """Return how many columns are kept in view: the code, and the name that stands beside it."""
    if not isinstance(model, FrameModel):
        return 1
    return 2 if [each.key for each in model.columns[:2]] == ["id", "name"] else 1
