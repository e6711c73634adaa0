"""The page of the fourth step: whether the results are out of date, the views, and exporting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.pieces import Notice, button, row
from ui.session import Change, Session
from ui.views.dol import DolView
from ui.views.overview import OverviewView
from ui.views.runoff import RunoffView
from ui.views.sheets import SheetsView
from ui.views.shortfalls import ShortfallsView

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.commands import Commands
    from ui.theme import Theme
    from ui.words import Words

CALCULATE = 3


class ResultsPage(QWidget):
    """The results: out of date or not, the views as tabs, and exporting."""

    def __init__(
        self,
        session: Session,
        commands: Commands,
        words: Words,
        theme: Theme,
        go_to: Callable[[int], None],
    ) -> None:
        """Make the views of a plan."""
        super().__init__()
        self._session = session
        self._words = words
        self._theme = theme
        ask = commands.asking.picture_path
        self.overview = OverviewView(session, words, theme)
        self.runoff = RunoffView(session, words, theme, ask)
        self.dol = DolView(session, words, theme, ask)
        self.shortfalls = ShortfallsView(session, words, theme)
        self.sheets = SheetsView(session, words, theme)
        self._views: dict[str, QWidget] = {
            "overview": self.overview,
            "runoff": self.runoff,
            "dol": self.dol,
            "shortfalls": self.shortfalls,
            "sheets": self.sheets,
        }
        self.tabs = QTabWidget()
        self.tabs.setUsesScrollButtons(True)
        for view in self._views.values():
            self.tabs.addTab(view, "")
        self._stale = Notice()

        def again() -> None:
            go_to(CALCULATE)
            commands.calculate()

        self._again = self._stale.add_button(again)
        self._export = button(commands.export, main=True)
        self.tabs.setCornerWidget(row(self._export, stretch=False))
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.addWidget(self._stale)
        box.addWidget(self.tabs, 1)
        session.changed.connect(self._take)
        words.changed.connect(self._reword)
        theme.changed.connect(self._reword)
        self._reword()

    def show_view(self, key: str) -> None:
        """Show a view by its key; `KeyError` when there is none of that key."""
        self.tabs.setCurrentWidget(self._views[key])

    @property
    def stale(self) -> Notice:
        """The notice that the input has changed since the plan was made."""
        return self._stale

    def _take(self, changes: frozenset[Change]) -> None:
        if changes & {Change.BOOK, Change.PLAN, Change.FINDINGS}:
            self._reword()

    def _reword(self) -> None:
        for at, key in enumerate(self._views):
            self.tabs.setTabText(at, self._words.say(f"results.{key}"))
        self._stale.say(self._words.say("results.stale") if self._session.stale else "")
        self._again.setText(self._words.say("results.again"))
        self._export.setText(self._words.say("results.export"))
        self._export.setIcon(self._theme.mark("export", self._theme.colours.on_accent))
