"""A table of numbers with the larger ones on a darker ground; every number can be read as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from ui.comparing.columns import PlansModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.theme import Theme
    from ui.words import Words

Index = QModelIndex | QPersistentModelIndex
FAINTEST, SPAN = 0.25, 0.75  # of the ground that stands for the largest number


class HeatModel(PlansModel):
    """Rows of a name and numbers; `values` are the numbers that colour the cells."""

    bold = True

    def __init__(self, words: Words, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__(words)
        self._theme = theme
        self._values: Sequence[Sequence[float]] = ()

    def heat(self, values: Sequence[Sequence[float]]) -> None:
        """Colour the cells behind the first column by these numbers, row by row."""
        self.beginResetModel()
        self._values = values
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, at = index.row(), index.column() - 1
        if role == Qt.ItemDataRole.BackgroundRole and at >= 0 and row < len(self._values):
            return self._ground(self._values[row][at])
        if role == Qt.ItemDataRole.FontRole and row == at:
            bold = QFont()
            bold.setBold(True)  # what fits its own future
            return bold
        return super().data(index, role)

    def _ground(self, value: float) -> QBrush | None:
        most = max((max(each, default=0.0) for each in self._values), default=0.0)
        if value <= 0 or most <= 0:
            return None
        share = FAINTEST + SPAN * value / most
        colours = self._theme.colours
        one, other = QColor(colours.surface), QColor(colours.error_ground)
        mixed = (
            a + (b - a) * share
            for a, b in zip(one.getRgbF()[:3], other.getRgbF()[:3], strict=True)  # type: ignore[index] # a tuple of four
        )
        return QBrush(QColor.fromRgbF(*mixed))
