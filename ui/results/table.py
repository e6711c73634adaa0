"""The table of results: whole rows, sortable, columns as wide as their contents."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.results.model import ResultModel

WIDEST = 46  # characters a column of a result takes at most before the user widens it
ROWS_MEASURED = 80
MEASURED = 3


class ResultTable(QTableView):
    """A table of results: whole rows, sortable, columns as wide as their contents."""

    def __init__(self, model: ResultModel) -> None:
        """Show a model."""
        super().__init__()
        self._fitted = False
        self.setModel(model)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSortingEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(int(self.fontMetrics().height() * 1.6))
        self.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 1.6))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        model.modelReset.connect(self.fit_columns)
        model.headerDataChanged.connect(self.fit_columns)

    def sort_by_header(self) -> None:
        """Let a click on a title sort; the order of the plan stands until then."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def copy_all(self) -> None:
        """Put titles and all rows on the clipboard."""
        model = self.model()
        if isinstance(model, ResultModel):
            QGuiApplication.clipboard().setText(model.as_text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._fitted:
            self.fit_columns()

    def fit_columns(self) -> None:
        """Give each column the width of its title and first rows, within reason.

        A table that is not in view waits until it is: measuring takes time.
        """
        self._fitted = self.isVisible()
        if not self._fitted:
            return
        model = self.model()
        metrics = self.fontMetrics()
        widest = metrics.averageCharWidth() * WIDEST
        rows = range(min(model.rowCount(), ROWS_MEASURED))
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            width = metrics.horizontalAdvance(title) + metrics.height()
            shown = {str(model.data(model.index(row, column)) or "") for row in rows}
            # The longest texts alone are measured: measuring takes longer than counting.
            for each in sorted(shown, key=len)[-MEASURED:]:
                width = max(width, min(metrics.horizontalAdvance(each), widest))
            self.setColumnWidth(column, width + metrics.averageCharWidth() * 3)
