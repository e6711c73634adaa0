"""A table of lines by month whose cells have a ground by what they say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from ui.sideways import SidewaysTable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ui.theme import Colours, Theme
    from ui.words import Words

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
CENTRE = Qt.AlignmentFlag.AlignCenter
MONTH_CHARACTERS = 11


class Tone(StrEnum):
    """What a cell's ground says."""

    NONE = "none"
    REGULAR = "regular"
    ADDED = "added"  # beds that the plan adds: extended or opened
    EMERGENCY = "emergency"
    DOL = "dol"
    WARNING = "warning"
    SHORT = "short"


@dataclass(frozen=True)
class MatrixCell:
    """A cell: what stands in it, its ground, and all that it says in words."""

    text: str
    tone: Tone
    said: str


@dataclass(frozen=True)
class MatrixLine:
    """A line of the table: its key and title, what stands before the months, and its cells."""

    key: str
    title: str
    lead: str
    cells: tuple[MatrixCell, ...]


class MonthMatrixModel(QAbstractTableModel):
    """Lines by month; the first column is what stands before the months."""

    def __init__(self, words: Words, theme: Theme) -> None:
        """Have no lines yet."""
        super().__init__()
        self._words = words
        self._theme = theme
        self.lines: tuple[MatrixLine, ...] = ()
        self._months: tuple[dt.date, ...] = ()
        self._lead = ""

    def show(self, lead: str, months: Sequence[dt.date], lines: Sequence[MatrixLine]) -> None:
        """Show lines, each with a cell a month; `lead` is the title of the first column."""
        self.beginResetModel()
        self._lead, self._months, self.lines = lead, tuple(months), tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._months) + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.lines[section].title if section < len(self.lines) else None
        if section == 0:
            return self._lead
        return self._words.month(self._months[section - 1])

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        line = self.lines[index.row()] if index.isValid() else None
        if line is None:
            return None
        if index.column() == 0:
            return line.lead if role in {Role.DisplayRole, Role.ToolTipRole} else None
        cell = line.cells[index.column() - 1]
        said: dict[int, object] = {
            int(Role.DisplayRole): cell.text,
            int(Role.ToolTipRole): cell.said,
            int(Role.AccessibleTextRole): cell.said,
            int(Role.TextAlignmentRole): CENTRE,
        }
        if cell.tone is not Tone.NONE:
            said[int(Role.BackgroundRole)] = QBrush(
                QColor(ground_of(cell.tone, self._theme.colours))
            )
        return said.get(int(role))


def ground_of(tone: Tone, colours: Colours) -> str:
    """Return the ground of a cell; text in the colour of the look is readable on each."""
    return {
        Tone.REGULAR: colours.selected,
        Tone.ADDED: colours.good_ground,
        Tone.EMERGENCY: colours.remark_ground,
        Tone.DOL: colours.dol_ground,
        Tone.WARNING: colours.remark_ground,
        Tone.SHORT: colours.error_ground,
    }[tone]


class MonthMatrix(SidewaysTable):
    """Lines by month, with the titles of the lines kept in view."""

    def __init__(self, model: MonthMatrixModel) -> None:
        """Show a model."""
        super().__init__()
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        height = int(self.fontMetrics().height() * 1.6)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setHighlightSections(False)
        self.horizontalHeader().setHighlightSections(False)
        model.modelReset.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Give the months one width, and the first column that of its texts."""
        model = self.model()
        metrics = self.fontMetrics()
        for column in range(1, model.columnCount()):
            self.setColumnWidth(column, metrics.averageCharWidth() * MONTH_CHARACTERS + 8)
        if model.columnCount():
            self.resizeColumnToContents(0)
