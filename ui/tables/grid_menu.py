"""The menu of a cell: what can be done with the selected cells, the rows and the columns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QMenu, QWidget

from ui.tables import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.session import Session
    from ui.tables.frame_model import FrameModel
    from ui.tables.grid import Grid
    from ui.words import Words


class MenuTable(Protocol):
    """What the menu needs of the view it belongs to."""

    @property
    def grid(self) -> Grid:
        """The grid that is shown."""

    @property
    def model(self) -> FrameModel:
        """Its model."""

    def copy(self) -> None:
        """Copy the selected cells."""

    def copy_with_titles(self) -> None:
        """Copy them below their titles."""

    def paste(self) -> None:
        """Paste from the clipboard."""

    def fill_down(self) -> None:
        """Give the selected cells what stands in the top ones."""

    def clear(self) -> None:
        """Empty the selected cells."""

    def add_row(self) -> None:
        """Put empty rows below the selected ones."""

    def drop_rows(self) -> None:
        """Take the selected rows away."""

    def search(self) -> None:
        """Ask for a text to find."""

    def toggle_filters(self) -> None:
        """Show or hide the lines below the titles."""


class GridMenu:
    """Makes the menu of the cell that is current; others add their lines through `extras`."""

    def __init__(self, view: MenuTable, session: Session, words: Words) -> None:
        """Make menus for a view."""
        self._view = view
        self._session = session
        self._words = words
        self.extras: list[Callable[[QMenu, QModelIndex], None]] = []

    def make(self) -> QMenu:
        """Return the menu for the current cell."""
        view = self._view
        menu = QMenu(view if isinstance(view, QWidget) else None)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        index = view.grid.currentIndex()
        for extra in self.extras if index.isValid() else ():
            extra(menu, index)
        menu.addSeparator()
        self._add(menu, "action.copy", view.copy)
        self._add(menu, "action.copy_titles", view.copy_with_titles)
        self._add(menu, "action.paste", view.paste, edits=True)
        self._add(menu, "action.fill", view.fill_down, edits=True)
        self._add(menu, "action.clear", view.clear, edits=True)
        menu.addSeparator()
        self._add(menu, "action.add_row", view.add_row, edits=True)
        self._add(menu, "action.drop_rows", view.drop_rows, edits=True)
        menu.addSeparator()
        self._add_of_column(menu, index)
        self._add(menu, "action.find", view.search)
        return menu

    def _add_of_column(self, menu: QMenu, index: QModelIndex) -> None:
        view, grid = self._view, self._view.grid
        if index.isValid():
            at = index.column()
            for key, order in (
                ("grid.sort_up", Qt.SortOrder.AscendingOrder),
                ("grid.sort_down", Qt.SortOrder.DescendingOrder),
            ):
                self._add(menu, key, partial(grid.sortByColumn, at, order))
            self._add(menu, "grid.only_this", lambda: self._only(index))
        self._add(menu, "grid.unsorted", lambda: grid.sortByColumn(-1, Qt.SortOrder.AscendingOrder))
        self._add(menu, "action.filters", view.toggle_filters)
        chosen = {column for _, column in grid.selected()} - {0}
        if chosen:
            self._add(menu, "grid.hide", lambda: grid.hide_columns(chosen))
        self._add(menu, "grid.show_all", lambda: grid.hide_columns(set()))
        menu.addSeparator()

    def _only(self, index: QModelIndex) -> None:
        """Show only the rows with the value of a cell, by the line below the title."""
        view = self._view
        if view.grid.filter_line(index.column()) is None:
            view.toggle_filters()
        line = view.grid.filter_line(index.column())
        column = view.model.columns[index.column()]
        if line is not None:
            value = view.model.raw(index)
            line.setProperty("text", "=" + cells.typed(column, value, self._words.language))

    def _add(
        self, menu: QMenu, key: str, press: Callable[[], None], *, edits: bool = False
    ) -> None:
        made = menu.addAction(self._words.say(key).replace("…", ""))
        made.setEnabled(not edits or not self._session.viewing)
        made.triggered.connect(lambda _=False: press())
