"""The grid: a table that behaves as in a spreadsheet, with its first column kept in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import cells
from ui.frame_model import FrameModel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from ui.words import Words

Index = QModelIndex | QPersistentModelIndex
WIDEST = 38  # characters a column takes at most before the user widens it
ROWS_MEASURED = 60


class Grid(QTableView):
    """A table view with a frozen first column, sized to its contents."""

    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Set it up as a spreadsheet: cells, not rows; sorting by the header."""
        super().__init__(parent)
        self._frozen: QTableView | None = None
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as the keyboard rules ask
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            self._freeze(model)
            self.fit_columns()

    def edit_with(self, words: Words, names: Callable[[str], Sequence[str]]) -> None:
        """Edit cells as their columns declare; each of the two views has an editor of its own."""
        self.setItemDelegate(CellDelegate(words, names, self))
        if self._frozen is not None:
            self._frozen.setItemDelegate(CellDelegate(words, names, self._frozen))

    def fit_columns(self) -> None:
        """Give each column the width of its title and first rows, within reason."""
        model = self.model()
        if model is None:
            return
        metrics = self.fontMetrics()
        widest = metrics.averageCharWidth() * WIDEST
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            width = metrics.horizontalAdvance(title) + metrics.height() * 2
            for row in range(min(model.rowCount(), ROWS_MEASURED)):
                shown = str(model.index(row, column).data() or "")
                width = max(width, min(metrics.horizontalAdvance(shown), widest))
            self.setColumnWidth(column, width + metrics.averageCharWidth() * 2)
        self._place_frozen()

    def selected(self) -> Sequence[QModelIndex]:
        """Return the selected cells, row by row."""
        return sorted(self.selectedIndexes(), key=lambda each: (each.row(), each.column()))

    def go_to(self, index: QModelIndex) -> None:
        """Show a cell and make it the current one."""
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _fit_rows(self) -> None:
        height = int(self.fontMetrics().height() * 1.6)
        for view in (self, self._frozen):
            if view is not None:
                view.verticalHeader().setMinimumSectionSize(height)
                view.verticalHeader().setDefaultSectionSize(height)

    def _freeze(self, model: QAbstractItemModel) -> None:
        """Lay a copy of the first column over the table; it shares model and selection."""
        frozen = QTableView(self)
        frozen.setModel(model)
        frozen.setSelectionModel(self.selectionModel())
        frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frozen.setAlternatingRowColors(True)
        frozen.setWordWrap(False)
        frozen.verticalHeader().hide()
        frozen.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        frozen.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        frozen.horizontalHeader().setDefaultAlignment(self.horizontalHeader().defaultAlignment())
        frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frozen.setVerticalScrollMode(self.verticalScrollMode())
        frozen.setStyleSheet("QTableView { border: none; }")
        # The copy shows what the table already tells assistive technology.
        frozen.setAccessibleName(" ")
        for column in range(1, model.columnCount()):
            frozen.setColumnHidden(column, True)  # noqa: FBT003 - Qt's own signature
        frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(frozen.verticalScrollBar().setValue)
        self.horizontalHeader().sectionResized.connect(self._place_frozen)
        self.verticalHeader().geometriesChanged.connect(self._place_frozen)
        self._frozen = frozen
        self._fit_rows()
        self._place_frozen()
        frozen.show()

    def _place_frozen(self) -> None:
        if self._frozen is None:
            return
        self._frozen.setColumnWidth(0, self.columnWidth(0))
        self._frozen.horizontalHeader().setFixedHeight(self.horizontalHeader().height())
        self._frozen.setGeometry(
            self.verticalHeader().width() + self.frameWidth(),
            self.frameWidth(),
            self.columnWidth(0),
            self.viewport().height() + self.horizontalHeader().height(),
        )


class CellDelegate(QStyledItemDelegate):
    """Edits a cell by what its column declares: a list, known names, or a line of text."""

    def __init__(
        self, words: Words, names: Callable[[str], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        """Edit in the language in use; `names` gives the names that a table knows."""
        super().__init__(parent)
        self._words = words
        self._names = names

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option  # the editor takes the cell's own size
        model = index.model()
        if not isinstance(model, FrameModel):
            return QLineEdit(parent)
        column = model.columns[index.column()]
        listed = [label for _, label in cells.choices(column, self._words.language)]
        known = self._names(column.refers_to) if column.refers_to else ()
        editor: QWidget = QLineEdit(parent)
        if listed or known:
            box = QComboBox(parent)
            box.addItems(["", *(listed or known)])
            box.setEditable(not listed)  # a name that is not known yet may be typed
            editor = box
        editor.setAccessibleName(column.title.in_(self._words.language))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        shown = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            place = editor.findText(shown)
            editor.setCurrentIndex(max(place, 0))
            if editor.isEditable():
                editor.setEditText(shown)
        elif isinstance(editor, QLineEdit):
            editor.setText(shown)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        text = ""
        if isinstance(editor, QComboBox):
            text = editor.currentText()
        elif isinstance(editor, QLineEdit):
            text = editor.text()
        if text != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            model.setData(index, text, Qt.ItemDataRole.EditRole)
