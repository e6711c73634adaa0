"""The table of results: whole rows, sortable, columns as wide as their contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from ui.results.model import ResultModel
from ui.sideways import SidewaysTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent

WIDEST = 46  # characters a column of a result takes at most before the user widens it
ROWS_MEASURED = 80
MEASURED = 24  # of the longest texts: as many characters are not as wide
AROUND = 3  # characters, for the room around a text
ROOM = 10  # pixels around what is said of a table without rows
BESIDE, BETWEEN = 15, 6  # pixels: beside a text in its column, between texts in rows


class ResultGrid(SidewaysTable):
    """A table of results: whole rows, sortable, columns as wide as their contents."""

    rows_fitted = Signal()  # rows have the heights that their texts need

    def __init__(self, model: ResultModel) -> None:
        """Show a model."""
        super().__init__()
        self._fitted = False
        self._fitting = False
        self._by_hand = False  # the user gave a column a width of its own
        self._again = QTimer(self)  # once for all columns that are hidden or shown in a turn
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.fit_columns)
        self._wrapped: tuple[int, ...] = ()  # the columns whose texts go on in further lines
        self._heights = QTimer(self)  # a column that stretches tells its width before it has it
        self._heights.setSingleShot(True)
        self._heights.timeout.connect(self.fit_rows)
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
        self.horizontalHeader().sectionResized.connect(self._note_width)
        model.modelReset.connect(self.fit_columns)
        model.headerDataChanged.connect(self.fit_columns)

    def sort_by_header(self) -> None:
        """Let a click on a title sort; the order of the plan stands until then."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def wrap(self, *columns: int) -> None:
        """Let the texts of columns go on in further lines, in rows as high as those need."""
        self._wrapped = columns
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._heights.start(0))

    def copy_all(self) -> None:
        """Put titles and all rows on the clipboard."""
        model = self.model()
        if isinstance(model, ResultModel):
            QGuiApplication.clipboard().setText(model.as_text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._fitted:
            self.fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted and not self._by_hand and event.size().width() != event.oldSize().width():
            self.fit_columns()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        model = self.model()
        if isinstance(model, ResultModel) and not model.rowCount():
            painter = QPainter(self.viewport())
            # The application's: a style sheet leaves a widget's own at half strength.
            painter.setPen(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText))
            room = self.viewport().rect().adjusted(ROOM, ROOM, -ROOM, -ROOM)
            upper = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            painter.drawText(room, upper | Qt.TextFlag.TextWordWrap, model.said_when_empty())
            painter.end()

    def fit_columns(self) -> None:
        """Give each column the width of its title and first rows, within reason.

        Room that is left goes to the columns whose texts would be cut off. A table that is not
        in view waits until it is: measuring takes time.
        """
        self._fitted = self.isVisible()
        if not self._fitted:
            return
        self._fitting, self._by_hand = True, False
        most = self.fontMetrics().averageCharWidth() * WIDEST
        seen = [at for at in range(self.model().columnCount()) if not self.isColumnHidden(at)]
        needed = {column: self._needed(column) for column in seen}
        widths = {column: min(text, max(title, most)) for column, (title, text) in needed.items()}
        widths = self._tightened(widths, {column: title for column, (title, _) in needed.items()})
        left = self.viewport().width() - sum(widths.values())
        for column, (_, text) in needed.items():
            more = max(min(text - widths[column], left), 0)
            self.setColumnWidth(column, widths[column] + more)
            left -= more
        self._fitting = False
        self.fit_rows()

    def fit_rows(self) -> None:
        """Make rows as high as the texts that go on in further lines, where there are any."""
        model, metrics = self.model(), self.fontMetrics()
        least = self.verticalHeader().minimumSectionSize()
        seen = [at for at in self._wrapped if not self.isColumnHidden(at)]
        for row in range(model.rowCount() if seen else 0):
            high = least
            for at in seen:
                # Narrower than the column by what stands beside a text, which Qt leaves out.
                room = QRect(0, 0, max(self.columnWidth(at) - BESIDE, 1), 0)
                text = str(model.data(model.index(row, at)) or "")
                needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
                high = max(high, needed + BETWEEN)
            self.setRowHeight(row, high)
        if seen:
            self.rows_fitted.emit()

    def _tightened(self, widths: dict[int, int], titles: Mapping[int, int]) -> dict[int, int]:
        """Return widths with less room around texts, where then no column stands beyond the edge.

        Titles keep theirs, and no text is cut off for it.
        """
        around = self.fontMetrics().averageCharWidth() * AROUND
        less = max(around - BESIDE - 1, 0)  # one for the line between columns
        over = sum(widths.values()) - self.viewport().width()
        tight = {at: max(width - less, titles[at]) for at, width in widths.items()}
        fits = sum(tight.values()) <= self.viewport().width()
        return tight if over > 0 and fits else widths

    def _needed(self, column: int) -> tuple[int, int]:
        """Return how wide a column's title is, and how wide title and first rows are."""
        model, metrics = self.model(), self.fontMetrics()
        around = metrics.averageCharWidth() * AROUND
        heading = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        title = metrics.horizontalAdvance(heading) + metrics.height() + around // 3
        rows = range(min(model.rowCount(), ROWS_MEASURED))
        shown = {str(model.data(model.index(row, column)) or "") for row in rows}
        # The longest texts alone are measured: measuring takes longer than counting.
        longest = sorted(shown, key=len)[-MEASURED:]
        if isinstance(model, ResultModel) and model.bold:
            bold = QFont(self.font())
            bold.setBold(True)
            metrics = QFontMetrics(bold)
        text = max((metrics.horizontalAdvance(each) for each in longest), default=0)
        return title, max(title, text + around)

    def _note_width(self, _column: int, before: int, now: int) -> None:
        """Note that the user gave a width; where a column was hidden or shown, fit them anew."""
        if self._fitting or self._by_hand:
            return
        if before and now:
            self._by_hand = True
        else:
            self._again.start()
