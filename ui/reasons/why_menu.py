"""The menu of a row of results, and the same by keys: why, which cells, which location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from planner.core.texts import message
from ui.results.model import ResultModel
from ui.results.table import ResultGrid

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.result.queries import Figure
    from ui.reasons.origin_panel import OriginPanel
    from ui.reasons.why import WhyDialogue
    from ui.session import Session
    from ui.words import Words


class WhyMenu(QObject):
    """Offers what can be asked about the chosen row of any result table on a page."""

    def __init__(
        self,
        page: QWidget,
        why: WhyDialogue,
        words: Words,
        panel: OriginPanel,
        show_line: Callable[[Figure], bool],
    ) -> None:
        """Watch a page; `show_line` shows the line of the explanation about a figure, if any."""
        super().__init__(page)
        self._page = page
        self._why = why
        self._words = words
        self._panel = panel
        self._show_line = show_line
        self.more: list[tuple[str, Callable[[Figure], bool], Callable[[Figure], None]]] = []
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent) and watched is self._page:
            table = _table_at(self._page.childAt(event.pos()))
            if event.reason() is QContextMenuEvent.Reason.Keyboard:
                table = self._focused()
            figure = self._figure(table)
            if figure is not None:
                self.menu(figure).popup(event.globalPos())
                return True
        return super().eventFilter(watched, event)

    def menu(self, figure: Figure) -> QMenu:
        """Return the menu for a figure."""
        made = QMenu(self._page)
        self._add(made, "action.why", self._tell_why, figure)
        self._add(made, "action.which_cells", self._panel.ask_cells, figure)
        for key, fits, call in self.more:
            if fits(figure):
                self._add(made, key, call, figure)
        made.aboutToHide.connect(made.deleteLater)
        return made

    def why(self) -> None:
        """Tell why the chosen figure is what it is."""
        self._with_chosen(self._tell_why)

    def which_cells(self) -> None:
        """Show which cells lie behind the chosen figure."""
        self._with_chosen(self._panel.ask_cells)

    def _tell_why(self, figure: Figure) -> None:
        if figure.table == "explanation" or not self._show_line(figure):
            self._panel.ask_cells(figure)

    def _with_chosen(self, call: Callable[[Figure], None]) -> None:
        figure = self._figure(self._focused())
        if figure is None:
            self._panel.show()
            self._why.told.emit(message("window.why.choose_row"))
        else:
            call(figure)

    def _focused(self) -> ResultGrid | None:
        """Return the table that has the focus, else the only one in view with a chosen row."""
        table = _table_at(QApplication.focusWidget())
        if table is not None:
            return table
        chosen = [
            each
            for each in self._page.findChildren(ResultGrid)
            if each.isVisible() and each.currentIndex().isValid()
        ]
        return chosen[0] if len(chosen) == 1 else None

    def _figure(self, table: ResultGrid | None) -> Figure | None:
        if table is None or not table.currentIndex().isValid():
            return None
        model = table.model()
        if not isinstance(model, ResultModel):
            return None
        return self._why.figure(model, table.currentIndex().row())

    def _add(self, menu: QMenu, key: str, call: Callable[[Figure], None], figure: Figure) -> None:
        menu.addAction(self._words.say(key)).triggered.connect(lambda *_: call(figure))


def dependents_line(
    words: Words, session: Session, ask: Callable[[], None]
) -> Callable[[QMenu, QModelIndex], None]:
    """Return what adds to the menu of a cell of the input the question what depends on it."""

    def add(menu: QMenu, _index: QModelIndex) -> None:
        made = menu.addAction(words.say("action.depends"))
        made.setEnabled(bool(session.plans))
        if not session.plans:
            menu.setToolTipsVisible(True)
            made.setToolTip(words.say("why.need_plan"))
        made.triggered.connect(lambda *_: ask())

    return add


def _table_at(widget: QWidget | None) -> ResultGrid | None:
    """Return the result table that a widget is, or is in."""
    while widget is not None and not isinstance(widget, ResultGrid):
        widget = widget.parentWidget()
    return widget
