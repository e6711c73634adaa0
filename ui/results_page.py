"""The page of the fourth step: whether the results are out of date, the views, and exporting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout

from planner.result.queries import Figure
from ui.notices import Notices
from ui.results.by_location import PlanFigures
from ui.results.from_file import made_at
from ui.results.places import PLACES, Places
from ui.session import Change
from ui.view import View
from ui.views.answer import AnswerView
from ui.views.capacity import CapacityView
from ui.views.comparison import ComparisonView
from ui.views.dol import DolView
from ui.views.explanation import ExplanationView
from ui.views.futures import FuturesView
from ui.views.location import LocationView
from ui.views.map import MapView
from ui.views.moments import MomentsView
from ui.views.overview import OverviewView
from ui.views.runoff import RunoffView
from ui.views.sheets import SheetsView
from ui.views.shortfalls import ShortfallsView
from ui.views.timeline import TimelineView
from ui.why_not import allow
from ui.widgets import Notice, button, push_button, row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QAction, QResizeEvent

    from ui.commands import Commands
    from ui.comparing.work import ComparisonWork
    from ui.futures.work import FuturesWork
    from ui.reasons.why import WhyDialogue
    from ui.session import Made
    from ui.view import Context

BESIDE = 24  # pixels between the places, what shares the plan, and the edge


class ResultsPage(View):
    """The results: out of date or not, the views as tabs, and exporting."""

    calculation_wanted = Signal()  # of the input as it is now

    def __init__(self, context: Context) -> None:
        """Stand on what views share; the views come of `making`."""
        super().__init__(context)
        self.tabs = Places(context.words)
        self.setFocusProxy(self.tabs.tabBar())
        self._stale = Notice()
        # The plan that the file held; this page is made after a file was opened, or before.
        self._opened: Made | None = context.session.kept
        self._planned = False  # whether there is a plan to show
        self._no_plan = ""  # why what needs one cannot be used
        self._notices = Notices(self._stale)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.addWidget(self._notices)
        self._stale.hand_over_to(self.tabs.tabBar())
        box.addWidget(self.tabs, 1)

    def making(
        self,
        commands: Commands,
        why: WhyDialogue,
        comparing: ComparisonWork,
        futures: FuturesWork,
    ) -> Iterator[None]:
        """Make the views of a plan in the order of their places, with a pause after each."""
        context, add = self._context, self.tabs.add
        by_location = PlanFigures(context.session)
        self.answer = AnswerView(context)
        yield add("answer", self.answer)
        self.capacity = CapacityView(context, by_location)
        yield add("capacity", self.capacity)
        self.dol = DolView(context)
        yield add("dol", self.dol)
        self.timeline = TimelineView(context)
        yield add("timeline", self.timeline)
        self.runoff = RunoffView(context)
        yield add("runoff", self.runoff)
        self.map = MapView(context, by_location, self.show_location)
        yield add("map", self.map)
        self.location = LocationView(context, by_location)
        yield add("location", self.location)
        self.shortfalls = ShortfallsView(context)
        yield add("shortfalls", self.shortfalls)
        self.explanation = ExplanationView(context, why)
        yield add("explanation", self.explanation)
        self.comparison = ComparisonView(context, comparing, lambda: commands.asking)
        yield add("comparison", self.comparison)
        self.overview = OverviewView(context)
        yield add("overview", self.overview)
        self.futures = FuturesView(context, futures, lambda: commands.asking)
        yield add("futures", self.futures)
        self.moments = MomentsView(context, by_location)
        yield add("moments", self.moments)
        self.sheets = SheetsView(context)
        yield add("sheets", self.sheets)
        for work in (self.comparison.work, self.futures.work):
            work.wrote.connect(commands.wrote)
        self._lead_on()
        self._again = self._stale.add_button(self.calculation_wanted.emit)
        self._export = button(commands.export, main=True)
        self.share = push_button()
        self.share.setMenu(QMenu(self.share))
        self.tabs.setCornerWidget(row(self.share, self._export, stretch=False))
        self._session.changed.connect(self._take)
        self._session.coming.changed.connect(self._say_stale)
        self._session.coming.changed.connect(self._show_able)
        self.tabs.moved.connect(self._say_stale)
        self.follow()

    def _lead_on(self) -> None:
        """Have the views lead to one another."""
        self.location.map_asked.connect(self._show_on_map)
        self.dol.location_asked.connect(self.show_location)
        self.dol.why_wanted.connect(self.follow_figure)
        self.dol.pin_asked.connect(self.show_decisions)
        self.answer.view_wanted.connect(self.show_view)
        self.answer.rule_wanted.connect(self.show_rule)
        self.answer.why_wanted.connect(self.follow_figure)
        self.timeline.why_wanted.connect(self.follow_figure)
        self.timeline.location_asked.connect(self.show_location)

    def show_view(self, key: str) -> None:
        """Show a view by its key; `KeyError` when there is none of that key."""
        self.tabs.show_view(key)

    @property
    def shown(self) -> str:
        """The key of the view that is shown."""
        return self.tabs.shown

    def show_location(self, code: str) -> None:
        """Show the page of a location; one that the plan does not know changes nothing there."""
        self.location.show_location(code)
        self.show_view("location")

    def show_decisions(self, code: str) -> None:
        """Show what is decided about a location, to fix or refuse it."""
        self.show_view("timeline")
        self.timeline.show_location(code)

    def show_why(self, figure: Figure) -> bool:
        """Show the line of the explanation about a figure; whether there is one."""
        found = self.explanation.show_about(figure)
        if found:
            self.show_view("explanation")
        return found

    def show_rule(self, rule: str) -> None:
        """Show where a rule falls short; all shortfalls where it does not."""
        self.show_view("shortfalls")
        self.shortfalls.show_rule(rule)

    def follow_figure(self, figure: Figure) -> None:
        """Show why a figure is what it is; where nothing is told of it, its location."""
        if not self.show_why(figure) and figure.location:
            self.show_location(figure.location)

    def show_ending(self, figure: Figure) -> None:
        """Ask what would end a shortfall and what that costs, and show the answer."""
        self.show_view("explanation")
        self.explanation.ask_repairs(figure)

    def offer_to_share(self, ways: Sequence[QAction]) -> None:
        """Offer ways to give the plan to others, beside the workbook."""
        menu = self.share.menu()
        assert menu is not None  # noqa: S101 - made with the button
        menu.addActions(ways)

    @property
    def stale(self) -> Notice:
        """The notice that the input has changed since the plan was made."""
        return self._stale

    def show_calculating(self, *, going: bool) -> None:
        """Let nothing be calculated again while that is being done."""
        allow(self._again, self._words.say("why_not.calculating") if going else "")

    def add_notice(self, notice: Notice) -> None:
        """Show a notice above the places, below what is told there already."""
        self._notices.add(notice)
        notice.hand_over_to(self.tabs.tabBar())

    def _show_on_map(self, code: str) -> None:
        self.show_view("map")
        self.map.panel.choose(code)
        self.map.panel.setFocus()

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self._opened = self._session.kept
        if changes & {Change.BOOK, Change.PLAN, Change.FINDINGS}:
            first = not self._planned and bool(self._session.plans)
            self.reword()
            if first and not self.isVisible():
                self.show_view("answer")

    def _show_able(self) -> None:
        """Let be seen what there is: without a plan others are compared and futures asked about."""
        self._planned = bool(self._session.plans)
        able = set(PLACES) if self._planned else {"comparison", "more"}
        if self._session.coming.figures is not None:
            able.add("answer")
        self._no_plan = "" if self._planned else self._words.say("why_not.no_plan")
        self.tabs.let(able, self._no_plan)
        for each in (self.share, self._export):
            allow(each, self._no_plan)

    def _say_stale(self) -> None:
        """Say that the figures are of input that has changed, unless provisional ones are shown."""
        coming = self._session.coming.figures is not None and self.shown == "answer"
        said = self._session.stale and not coming
        self._stale.say(self._stale_words() if said else "")

    def _stale_words(self) -> str:
        """Say what is known: of a plan just opened not whether input or program differs."""
        made, path = self._session.plans[0], self._session.origin.path
        if made is not self._opened or self._session.unsaved or path is None:
            return self._words.say("results.stale")
        return self._words.say("results.stale_as_opened", file=path.name, made=made_at(made))

    def reword(self) -> None:
        self.tabs.reword()
        self._say_stale()
        self._again.setText(self._words.say("results.again"))
        self.share.setText(self._words.say("results.share"))
        self._name_export()
        self._show_able()
        self._export.setIcon(self._theme.mark("export", self._theme.colours.on_accent))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_export()

    def _name_export(self) -> None:
        """Say what the button does, in its tip alone where the places would stand behind arrows."""
        allow(self._export, "")
        said = self._words.say("results.export")
        self._export.setAccessibleName(said)
        self._export.setText(said)
        parts = (self.tabs.tabBar(), self.share, self._export)
        wanted = sum(each.sizeHint().width() for each in parts)
        crowded = wanted + BESIDE > self.tabs.width()
        self._export.setText("" if crowded else said)
        self._export.setToolTip(said if crowded else "")
        allow(self._export, self._no_plan)
