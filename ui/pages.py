"""The pages of the four steps, made together with the first book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ui.pieces import Notice, button, row
from ui.session import Change, Session
from ui.views.calculate import CalculateView
from ui.views.dol import DolView
from ui.views.overview import OverviewView
from ui.views.runoff import RunoffView
from ui.views.sheets import SheetsView
from ui.views.shortfalls import ShortfallsView
from ui.views.tables import TablesView

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.commands import Commands
    from ui.jobs import Jobs
    from ui.theme import Theme
    from ui.words import Words

DATA_TABLES = (
    "locations", "occupancy", "forecast", "inflow", "streams", "provinces", "previous_plan",
)  # fmt: skip
RULE_TABLES = ("parameters", "groups", "ceilings", "preferences", "scenarios")
CALCULATE, RESULTS = 3, 4


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
        self._fresh = True

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """The pages in the order of the steps."""
        return (self.data, self.rules, self.calculate, self.results)

    def take_everything(self) -> None:
        """Bring every page up to date, once, for what came before it was made."""
        changes = frozenset(Change)
        if not self._fresh:
            changes = frozenset({Change.CELLS})
        self._fresh = False
        for tables in (self.data, self.rules):
            tables.take(changes)
        self.calculate.take(changes - {Change.BOOK})


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
        self.tabs = QTabWidget()
        self._keys = ("overview", "runoff", "dol", "shortfalls", "sheets")
        for view in (self.overview, self.runoff, self.dol, self.shortfalls, self.sheets):
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

    @property
    def stale(self) -> Notice:
        """The notice that the input has changed since the plan was made."""
        return self._stale

    def _take(self, changes: frozenset[Change]) -> None:
        if changes & {Change.BOOK, Change.PLAN, Change.FINDINGS}:
            self._reword()

    def _reword(self) -> None:
        for at, key in enumerate(self._keys):
            self.tabs.setTabText(at, self._words.say(f"results.{key}"))
        self._stale.say(self._words.say("results.stale") if self._session.stale else "")
        self._again.setText(self._words.say("results.again"))
        self._export.setText(self._words.say("results.export"))
        self._export.setIcon(self._theme.mark("export", self._theme.colours.on_accent))
