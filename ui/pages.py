"""The pages of the three steps, made together with the first book.

A step's page shows its views as tabs, in the order given here; a step with one view has no tabs.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTabWidget, QVBoxLayout, QWidget

from planner.core.errors import Finding, Severity
from planner.core.texts import message
from ui.at_once import AtOnce
from ui.calculation_bar import BLOCKED, CalculationBar
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
    from collections.abc import Callable, Iterator, Sequence

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
        """Stand on these; `go_to` shows a step. The pages come of `making`."""
        super().__init__()
        self._context = Context(
            session,
            words,
            theme,
            lambda title: commands.asking.picture_path(title),  # noqa: PLW0108 - who asks may change
        )
        self._words = words
        self._theme = theme
        self._session = session
        self._jobs = jobs
        self._commands = commands
        self._go_to = go_to
        self._fresh = True

    def making(self, place: Callable[[QWidget], object]) -> Iterator[None]:
        """Make the pages, with a pause after each part; `place` is given each before it is filled.

        All at once would hold the window for half a second.
        """
        context, words, jobs, commands = self._context, self._words, self._jobs, self._commands
        session = self._session
        self.data_page, self.rules_page = TabbedPage(words), TabbedPage(words)
        self.why = WhyDialogue(session, jobs, words)
        self.results = ResultsPage(context)
        for page in self.in_order:
            place(page)
        yield
        self.data = TablesView(DATA_TABLES, context)
        self.data_page.add("tables", self.data)
        yield
        self.rules = TablesView(RULE_TABLES, context)
        yield
        comparing = ComparisonWork(session, jobs, words)
        self._make_what_calculates(comparing)
        self.origin = OriginPanel(session, words, self._theme, self.why, self.go_to_cell)
        yield
        yield from self.results.making(
            commands, self.why, comparing, FuturesWork(session, jobs, words)
        )
        self.bar.stand_above(self.results.answer)
        jobs.changed.connect(
            lambda: self.results.show_calculating(going=jobs.calculating is not None)
        )
        self.from_file = FromFile(session, jobs, words)
        self.results.add_notice(self.from_file.notice)
        self.results.timeline.again_wanted.connect(self.at_once.once)
        self._ask_from_the_results()
        yield
        self.forecast = ForecastPage(context, jobs)
        yield from self.forecast.making(commands, self.go_to_cell)
        self.results.dol.calculator.stand_on(self.forecast.forecasts)
        self.data_page.add("forecast", self.forecast)
        yield
        scenarios = ScenarioWork(session, jobs, words)
        explanation = self.results.explanation
        explanation.scenario_wanted.connect(
            lambda name, lines: explanation.tell(kept_as_scenario(scenarios, name, lines))
        )
        self.register = RuleRegisterView(context, scenarios, jobs)
        self.rules_page.add("register", self.register)
        yield
        self.scenarios = ScenariosView(context, scenarios, jobs, self.go_to_cell)
        self.rules_page.add("scenarios", self.scenarios)
        yield
        self.what_if = WhatIfView(context, WhatIfWork(session, jobs), scenarios)
        self.rules_page.add("what_if", self.what_if)
        yield
        self.rules_page.add("rule_tables", self.rules)
        self._tell_of_moves()

    def _make_what_calculates(self, comparing: ComparisonWork) -> None:
        """Make how to calculate, calculating by itself, and how a calculation goes."""
        commands = self._commands
        self.options = CalculationOptions(self._context, self._jobs, Settings(QSettings()))
        self.options.how_chosen.connect(commands.choose_how)
        self.options.levels_wanted.connect(self.show_levels)
        self.at_once = AtOnce(self._session, self._jobs, commands.calculate)
        self.options.at_once_chosen.connect(self.at_once.switch)
        self.bar = CalculationBar(self._context, self._jobs)
        self.bar.stopped.connect(commands.cancel)
        self.bar.wanted.connect(self.show_answer)
        self.options.how_chosen.connect(comparing.scenarios.choose_how)
        self.options.tell()

    def _ask_from_the_results(self) -> None:
        """Have what the results and the tables show lead to where it comes from."""
        self.results.explanation.cells_wanted.connect(self.origin.ask_cells)
        self.results.overview.asked.connect(self.origin.ask_cells)
        self.asked = WhyMenu(
            self.results, self.why, self._words, self.origin, self.results.show_why
        )
        for tables in (self.data, self.rules):
            ask = partial(self.ask_dependents, tables)
            tables.menu.extras.append(dependents_line(self._words, self._session, ask))
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

    def _tell_of_moves(self) -> None:
        """Say `moved` whenever another view, table or location is shown."""
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
        self.results.setFocus(Qt.FocusReason.OtherFocusReason)

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
        self.bar.end("error", message(BLOCKED, count=len(errors), **fields))
        if first.table:
            self.go_to_cell(first.table, first.row, first.column)

    def compare(self) -> None:
        """Show where plans are compared; that needs no plan yet."""
        self._go_to(Step.RESULTS)
        self.results.show_view("comparison")
        self.results.comparison.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_what_if(self) -> None:
        """Show where what-if questions are asked; begin at once where nothing is asked about."""
        self._go_to(Step.RULES)
        self.rules_page.show_view("what_if")
        # Else it goes to the first of the window, with what was left and is hidden.
        self.rules_page.tabs.tabBar().setFocus()
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

    def content_at(self, step: Step) -> QWidget | None:
        """Return the table or list of what a step shows; none for the start and the answer."""
        pages: dict[Step, TabbedPage] = {Step.DATA: self.data_page, Step.RULES: self.rules_page}
        return pages[step].content if step in pages else None

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

    def __init__(self, words: Words) -> None:
        """Show nothing yet."""
        super().__init__()
        self._words = words
        self.keys: list[str] = []  # of the views that are there, in their order
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setProperty("pages", "true")
        self.tabs.setTabBarAutoHide(True)
        self.setFocusProxy(self.tabs.tabBar())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)
        words.changed.connect(self._reword)

    def add(self, key: str, view: QWidget) -> None:
        """Show a view by its key, behind those that are there."""
        self.keys.append(key)
        self.tabs.addTab(view, self._words.say(f"tab.{key}"))

    def show_view(self, key: str) -> None:
        """Show a view by its key; `ValueError` when it is not among those of this step."""
        self.tabs.setCurrentIndex(self.keys.index(key))

    @property
    def shown(self) -> str:
        """The key of the view that is shown."""
        return self.keys[self.tabs.currentIndex()]

    @property
    def content(self) -> QWidget | None:
        """The largest table or list of the view that is shown, if it has any."""
        view = self.tabs.currentWidget()
        found = [] if view is None else view.findChildren(QAbstractItemView)
        seen = [each for each in found if each.isVisible() and each.isEnabled()]
        keyed = [each for each in seen if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return max(keyed, key=lambda each: each.width() * each.height(), default=None)

    def _reword(self) -> None:
        for at, key in enumerate(self.keys):
            self.tabs.setTabText(at, self._words.say(f"tab.{key}"))
