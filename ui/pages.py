"""The pages of the three steps, made together with the first book.

A step's page shows its views as tabs, in the order given here; a step with one view has no tabs.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from ui.at_once import AtOnce
from ui.calculation_bar import CalculationBar
from ui.calculation_options import CalculationOptions
from ui.comparing.work import ComparisonWork
from ui.forecast_page import ForecastPage
from ui.futures.work import FuturesWork
from ui.reasons.origin_panel import OriginPanel
from ui.reasons.why import WhyDialogue
from ui.reasons.why_menu import WhyMenu, dependents_line
from ui.results.from_file import FromFile
from ui.results_page import ResultsPage
from ui.scenarios.repairs import kept_as_scenario
from ui.scenarios.work import ScenarioWork
from ui.session import Change, Session
from ui.settings import Settings
from ui.state import Step
from ui.view import Context
from ui.views.rule_register import RuleRegisterView
from ui.views.scenarios import ScenariosView
from ui.views.tables import TablesView
from ui.views.what_if import WhatIfView
from ui.whatif.work import WhatIfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ui.commands import Commands
    from ui.jobs import Jobs
    from ui.theme import Theme
    from ui.words import Words

DATA_TABLES = (
    "locations", "occupancy", "inflow", "forecast", "streams", "stages", "provinces",
    "municipalities", "previous_plan", "production_forecast", "capacity_decision",
)  # fmt: skip
RULE_TABLES = ("parameters", "groups", "ceilings", "preferences", "pins", "scenarios")


def rule_errors(findings: Sequence[Finding]) -> int:
    """Return how many errors stand in the tables of the second step."""
    return sum(each.severity is Severity.ERROR and each.table in RULE_TABLES for each in findings)


class Pages(QObject):
    """The three pages: data, rules and scenarios, results; and how the plan is calculated."""

    moved = Signal()  # another view, table or location is shown

    def __init__(  # noqa: PLR0913 - what it stands on
        self,
        session: Session,
        jobs: Jobs,
        *,
        commands: Commands,
        words: Words,
        theme: Theme,
        go_to: Callable[[Step], None],
    ) -> None:
        """Make the pages; `go_to` shows a step."""
        super().__init__()
        context = Context(
            session,
            words,
            theme,
            lambda title: commands.asking.picture_path(title),  # noqa: PLW0108 - who asks may change
        )
        self.data = TablesView(DATA_TABLES, context)
        self.rules = TablesView(RULE_TABLES, context)
        self.options = CalculationOptions(context, jobs, Settings(QSettings()))
        self.options.how_chosen.connect(commands.choose_how)
        self.options.levels_wanted.connect(self.show_levels)
        self.at_once = AtOnce(session, jobs, commands.calculate)
        self.options.at_once_chosen.connect(self.at_once.switch)
        self._theme = theme
        self._session = session
        self.bar = CalculationBar(context, jobs)
        self.bar.stopped.connect(commands.cancel)
        self.bar.wanted.connect(self.show_answer)
        self.why = WhyDialogue(session, jobs, words)
        self.origin = OriginPanel(session, words, theme, self.why, self.go_to_cell)
        comparing = ComparisonWork(session, jobs, words)
        self.options.how_chosen.connect(comparing.scenarios.choose_how)
        self.options.tell()
        self.results = ResultsPage(
            context, commands, self.why, comparing, FuturesWork(session, jobs, words)
        )
        self.bar.stand_above(self.results.answer)
        self.from_file = FromFile(session, jobs, words)
        self.results.add_notice(self.from_file.notice)
        self.results.timeline.again_wanted.connect(self.at_once.once)
        self.results.explanation.cells_wanted.connect(self.origin.ask_cells)
        self.results.overview.asked.connect(self.origin.ask_cells)
        self.asked = WhyMenu(self.results, self.why, words, self.origin, self.results.show_why)
        for tables in (self.data, self.rules):
            line = dependents_line(words, session, partial(self.ask_dependents, tables))
            tables.menu.extras.append(line)
        self.results.location.input_asked.connect(self.go_to_cell)
        self.asked.more.append(
            (
                "results.to_location",
                lambda figure: bool(figure.location),
                lambda figure: self.results.show_location(figure.location),
            )
        )
        self.asked.more.append(
            (
                "shortfalls.ending",
                lambda figure: figure.table == "shortfalls" and bool(figure.rule),
                self.results.show_ending,
            )
        )
        self._go_to = go_to
        self.forecast = ForecastPage(context, jobs, commands, self.go_to_cell)
        self.results.dol.calculator.stand_on(self.forecast.forecasts)
        self.data_page = TabbedPage({"tables": self.data, "forecast": self.forecast}, words)
        scenarios = ScenarioWork(session, jobs, words)
        explanation = self.results.explanation
        explanation.scenario_wanted.connect(
            lambda name, lines: explanation.tell(kept_as_scenario(scenarios, name, lines))
        )
        self.register = RuleRegisterView(context, scenarios, jobs)
        self.scenarios = ScenariosView(context, scenarios, jobs, self.go_to_cell)
        self.what_if = WhatIfView(context, WhatIfWork(session, jobs), scenarios)
        self.rules_page = TabbedPage(
            {
                "register": self.register,
                "scenarios": self.scenarios,
                "what_if": self.what_if,
                "rule_tables": self.rules,
            },
            words,
        )
        self._fresh = True
        for signal in (
            self.data_page.tabs.currentChanged,
            self.rules_page.tabs.currentChanged,
            self.forecast.tabs.currentChanged,
            self.results.location.chooser.currentIndexChanged,
            self.data.table_chosen,
            self.rules.table_chosen,
        ):
            signal.connect(lambda *_: self.moved.emit())
        self.results.tabs.moved.connect(self.moved)

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """The pages in the order of the steps."""
        return (self.data_page, self.rules_page, self.results)

    def hatch_charts(self) -> None:
        """Have charts differ by hatching too, or no longer; now and the next time."""
        settings = Settings(QSettings())
        settings.hatched = not self._theme.hatched
        self._theme.hatch(settings.hatched)

    def show_answer(self) -> None:
        """Show the answer: of the plan that is made, or what is known of it."""
        self._go_to(Step.RESULTS)
        self.results.show_view("answer")

    def show_levels(self) -> None:
        """Show the order of the priorities, where it can be changed."""
        self._go_to(Step.RULES)
        self.rules_page.show_view("register")
        self.register.show_rule("levels")

    def show_first_error(self) -> None:
        """Say which error of the input is in the way of a plan, and go to its cell."""
        errors = [
            each for each in self._session.checked.findings if each.severity is Severity.ERROR
        ]
        if not errors:
            return
        first = errors[0]
        where = f"{first.sheet}!{first.cell}" if first.cell else first.sheet
        fields = {"where": where, "what": first.what, "todo": first.todo}
        self.bar.end("error", message("window.bar.blocked", count=len(errors), **fields))
        if first.table:
            self.go_to_cell(first.table, first.row, first.column)

    def compare(self) -> None:
        """Show where plans are compared; that needs no plan yet."""
        self._go_to(Step.RESULTS)
        self.results.show_view("comparison")

    def ask_what_if(self) -> None:
        """Show where what-if questions are asked; begin at once where nothing is asked about."""
        self._go_to(Step.RULES)
        self.rules_page.show_view("what_if")
        self.what_if.show_begun()

    def go_to_cell(self, table: str, row: int | None, column: str) -> None:
        """Show a cell of the input in the step that its table belongs to.

        Without a row the table alone is shown.
        """
        if self.rules.shows(table):
            self._go_to(Step.RULES)
            self.rules_page.show_view("rule_tables")
            self.rules.go_to_cell(table, row, column)
        elif self.data.shows(table):
            self._go_to(Step.DATA)
            self.data_page.show_view("tables")
            self.data.go_to_cell(table, row, column)

    def ask_dependents(self, tables: TablesView) -> None:
        """Show what depends on the cell that is chosen in some tables."""
        index = tables.grid.currentIndex()
        if index.isValid():
            row, column = tables.model.row_number(index.row()), tables.model.columns[index.column()]
            self.origin.ask_dependents(tables.table.key, row, column.key)

    def view_at(self, step: Step) -> str:
        """Return the key of the view that a step shows; empty for the start."""
        pages: dict[Step, TabbedPage | ResultsPage] = {
            Step.DATA: self.data_page,
            Step.RULES: self.rules_page,
            Step.RESULTS: self.results,
        }
        return pages[step].shown if step in pages else ""

    def detail_at(self, step: Step) -> str:
        """Return what the view of a step shows: a table, a location, or a view of the forecast."""
        match step, self.view_at(step):
            case Step.DATA, "tables":
                return self.data.table.key
            case Step.DATA, "forecast":
                return self.forecast.shown
            case Step.RULES, "rule_tables":
                return self.rules.table.key
            case Step.RESULTS, "location":
                return self.results.location.code
        return ""

    def show_again(self, step: Step, view: str, detail: str) -> None:
        """Show a view of a step as it was, with what it showed."""
        pages: dict[Step, TabbedPage | ResultsPage] = {
            Step.DATA: self.data_page,
            Step.RULES: self.rules_page,
            Step.RESULTS: self.results,
        }
        if step not in pages:
            return
        pages[step].show_view(view)
        match step, view:
            case Step.DATA, "tables":
                self.data.go_to_cell(detail, None, "")
            case Step.DATA, "forecast":
                self.forecast.show_view(detail)
            case Step.RULES, "rule_tables":
                self.rules.go_to_cell(detail, None, "")
            case Step.RESULTS, "location":
                self.results.location.show_location(detail)

    def take_everything(self) -> None:
        """Bring every page up to date, once, for what came before it was made."""
        changes = frozenset(Change)
        if not self._fresh:
            changes = frozenset({Change.CELLS})
        self._fresh = False
        for tables in (self.data, self.rules):
            tables.take(changes)
        for view in (self.register, self.scenarios):
            view.take(changes)


class TabbedPage(QWidget):
    """The views of a step as tabs; their names are `window.tab.<key>` in the catalogue."""

    def __init__(self, views: Mapping[str, QWidget], words: Words) -> None:
        """Show views by their keys, in the order given."""
        super().__init__()
        self._words = words
        self._keys = tuple(views)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setProperty("pages", "true")
        self.tabs.setTabBarAutoHide(True)
        self.setFocusProxy(self.tabs.tabBar())
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
