"""The pages of the four steps, made together with the first book.

A step's page shows its views as tabs, in the order given here; a step with one view has no tabs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.results_page import ResultsPage
from ui.session import Change, Session
from ui.views.calculate import CalculateView
from ui.views.tables import TablesView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.commands import Commands
    from ui.jobs import Jobs
    from ui.theme import Theme
    from ui.words import Words

DATA_TABLES = (
    "locations", "occupancy", "forecast", "inflow", "streams", "provinces", "previous_plan",
)  # fmt: skip
RULE_TABLES = ("parameters", "groups", "ceilings", "preferences", "scenarios")
RESULTS = 4


class Pages:
    """The four pages: data, rules and scenarios, calculating, results."""

    def __init__(  # noqa: PLR0913 - what it stands on
        self,
        session: Session,
        jobs: Jobs,
        *,
        commands: Commands,
        words: Words,
        theme: Theme,
        go_to: Callable[[int], None],
    ) -> None:
        """Make the pages; `go_to` shows a step."""
        self.data = TablesView(DATA_TABLES, session, words, theme)
        self.rules = TablesView(RULE_TABLES, session, words, theme)
        calls = (commands.calculate, commands.cancel, lambda: go_to(RESULTS))
        self.calculate = CalculateView(session, jobs, words, theme, calls)
        self.results = ResultsPage(session, commands, words, theme, go_to)
        self.data_page = TabbedPage({"tables": self.data}, words)
        self.rules_page = TabbedPage({"rule_tables": self.rules}, words)
        self._fresh = True

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """The pages in the order of the steps."""
        return (self.data_page, self.rules_page, self.calculate, self.results)

    def take_everything(self) -> None:
        """Bring every page up to date, once, for what came before it was made."""
        changes = frozenset(Change)
        if not self._fresh:
            changes = frozenset({Change.CELLS})
        self._fresh = False
        for tables in (self.data, self.rules):
            tables.take(changes)
        self.calculate.take(changes - {Change.BOOK})


class TabbedPage(QWidget):
    """The views of a step as tabs; their names are `window.tab.<key>` in the catalogue."""

    def __init__(self, views: Mapping[str, QWidget], words: Words) -> None:
        """Show views by their keys, in the order given."""
        super().__init__()
        self._words = words
        self._keys = tuple(views)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setTabBarAutoHide(True)
        for view in views.values():
            self.tabs.addTab(view, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)
        words.changed.connect(self._reword)
        self._reword()

    def show_view(self, key: str) -> None:
        """Show a view by its key; `ValueError` when it is not among those of this step."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    @property
    def shown(self) -> str:
        """The key of the view that is shown."""
        return self._keys[self.tabs.currentIndex()]

    def _reword(self) -> None:
        for at, key in enumerate(self._keys):
            self.tabs.setTabText(at, self._words.say(f"tab.{key}"))
