"""A table of results some of whose columns are named by the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.results.model import ResultModel, ShownColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.words import Words


class NamedModel(ResultModel):
    """Rows below first columns of our own, and columns with names of the data after them."""

    def __init__(self, first: Sequence[str], words: Words) -> None:
        """Show no rows yet; `first` are keys of titles in the catalogue."""
        super().__init__([], words)
        self._first = tuple(first)
        self._names: tuple[str, ...] = ()

    def show_named(self, names: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
        """Show rows below columns of these names; each has one value a column."""
        self.show([])
        self.beginResetModel()
        self._names = tuple(names)
        self._columns = tuple(map(ShownColumn, (*self._first, *self._names)))
        self.endResetModel()
        self.show(rows)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        at = section - len(self._first)
        if orientation == Qt.Orientation.Horizontal and 0 <= at < len(self._names):
            return self._names[at] if role == Qt.ItemDataRole.DisplayRole else None
        return super().headerData(section, orientation, role)
