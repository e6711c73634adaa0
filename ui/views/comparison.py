"""Plans side by side: choosing them, what differs subject by subject, and what explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
)

from planner.compare.views import StageProgress
from planner.core.texts import Message
from ui.comparing.changes import ChangesPage
from ui.comparing.choice import ChoicePage
from ui.comparing.columns import title_of
from ui.comparing.explained import ExplainedPage
from ui.comparing.lines import LinesPage
from ui.comparing.map import DifferenceMap
from ui.comparing.page import Page
from ui.comparing.regret import RegretPage
from ui.comparing.side_by_side import SideBySidePage
from ui.comparing.summary import SummaryPage
from ui.comparing.themes import ThemePage
from ui.comparing.waterfall import CostPage
from ui.side_list import side_item, side_list
from ui.view import View
from ui.why_not import allow
from ui.widgets import Notice, button, plain_label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from ui.comparing.work import ComparisonWork
    from ui.dialogs import Asking
    from ui.view import Context

BEDS, PLACES, PEOPLE = "beds", "places", "people"
SERIES = {
    "runoff": (
        ("runoff.shortage", BEDS),
        ("runoff.needed_beds", BEDS),
        ("runoff.portfolio_beds", BEDS),
    ),
    "dol": (
        ("dol.people", PEOPLE),
        ("dol.in_use", PLACES),
        ("dol.prepared", PLACES),
        ("dol.idle", PLACES),
    ),
    "people": (
        ("people.unplaced", PEOPLE),
        ("people.emergency", PEOPLE),
        ("people.regular", PEOPLE),
    ),
}
# The pages in their order; those without words of their own are titled as the theme is.
CHOOSE, BESIDE = "choose", "beside"
OWN_TITLES = ("choose", "beside", "summary", "people", "map", "explained", "regret", "changes")
PAGES = (
    CHOOSE, BESIDE, "summary", "levels", "measures", "cost", "areas", "runoff", "dol", "people",
    "shortfalls_rule", "shortfalls_province", "shortfalls_location", "rules",
    "rules_places", "decisions",
    "inputs", "places", "occupancy", "map", "changes", "explained", "regret",
)  # fmt: skip


OWN_PAGES: dict[str, type[Page]] = {
    BESIDE: SideBySidePage,
    "summary": SummaryPage,
    "cost": CostPage,
    "map": DifferenceMap,
    "changes": ChangesPage,
    "explained": ExplainedPage,
    "regret": RegretPage,
}


class ComparisonView(View):
    """A list of the subjects of a comparison, and the page of one."""

    def __init__(
        self, context: Context, work: ComparisonWork, asking: Callable[[], Asking]
    ) -> None:
        """Show what some work compares; `asking` gives who asks for files."""
        super().__init__(context)
        self.work: ComparisonWork = work
        self._asking = asking
        self._made: dict[str, Page] = {}
        self._due: set[str] = set(PAGES)  # to be filled when it is seen
        self.list = side_list()
        for key in PAGES:
            self.list.addItem(side_item(key))
        self.export = button(self._export)
        self.paper = button(self._print)
        self._stack = QStackedWidget()
        self._outcome = Notice()
        self._stale = Notice()
        self._doing = plain_label()
        self._bar = QProgressBar(textVisible=False)  # the words beside it say how far
        self._stop = button(work.stop_all)
        self._going = row(self._doing, self._bar, self._stop)
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _at: self._show())
        work.compared.connect(self._compared)
        work.going.connect(self._tell_going)
        work.told.connect(self._tell)
        work.choices_changed.connect(self._say_stale)
        self.list.setCurrentRow(0)
        self.setFocusProxy(self.list)
        self.follow()
        self._allow()

    @property
    def choice(self) -> ChoicePage:
        """The page where plans are chosen."""
        page = self.page(CHOOSE)
        assert isinstance(page, ChoicePage)  # noqa: S101 - as `_make` makes it
        return page

    def page(self, key: str) -> Page:
        """Return the page of a subject; it is made when first asked for."""
        if key not in self._made:
            self._made[key] = self._make(key)
            self._stack.addWidget(self._made[key])
        return self._made[key]

    def show_page(self, key: str) -> None:
        """Show a page by its key; `ValueError` when there is none of that key."""
        self.list.setCurrentRow(PAGES.index(key))

    @property
    def shown(self) -> str:
        """The key of the page that is shown."""
        return PAGES[max(self.list.currentRow(), 0)]

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self.list.setAccessibleName(self._words.say("comparison.pages"))
        for at, key in enumerate(PAGES):
            own = f"comparison.page.{key}"
            title = (
                self._words.say(own) if key in OWN_TITLES else self._words.title(title_of(key)[0])
            )
            self.list.item(at).setText(title)
        self.export.setText(self._words.say("comparison.export"))
        self.export.setIcon(self._theme.icon("export"))
        self.paper.setText(self._words.say("comparison.paper"))
        self.paper.setIcon(self._theme.icon("export"))
        self._stop.setText(self._words.say("comparison.stop"))
        self._bar.setAccessibleName(self._words.say("comparison.bar"))
        self._say_stale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _make(self, key: str) -> Page:
        context, work = self._context, self.work
        if key == CHOOSE:
            return ChoicePage(context, work, lambda: self._asking().open_path())
        if key in OWN_PAGES:
            return OWN_PAGES[key](context, work)
        if key in SERIES:
            return LinesPage(key, context, work, SERIES[key])
        return ThemePage(key, context, work)

    def _show(self) -> None:
        """Show the chosen page; it is filled when first seen since the comparison changed."""
        key = self.shown
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        if key in self._due and self.isVisible():
            self._due.discard(key)
            page.fill()

    def _compared(self) -> None:
        """Show another comparison, or that there is none."""
        self._due = set(PAGES)
        self._allow()
        if self.work.shown is None:
            self.show_page(CHOOSE)
            self._outcome.say("")
        elif self.shown == CHOOSE:
            self.show_page(BESIDE)
        self._say_stale()
        self._show()

    def _say_stale(self) -> None:
        self._stale.say(self._words.say("comparison.stale") if self.work.stale else "")

    def _allow(self) -> None:
        """Let pages be chosen that have something to show."""
        there = self.work.shown is not None
        for at in range(1, len(PAGES)):
            item = self.list.item(at)
            flags = item.flags()
            able = Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags | able if there else flags & ~able)
        why = "" if there else self._words.say("why_not.no_comparison")
        for each in (self.export, self.paper):
            allow(each, why)

    def _tell_going(self, told: object) -> None:
        """Say what is being found out, and how far that is."""
        self._going.setVisible(told is not None)
        if told is not None:
            self._outcome.say("")
        if isinstance(told, StageProgress):
            self._bar.setRange(0, told.total)
            self._bar.setValue(told.done)
            self._doing.setText(
                self._words.say(
                    "comparison.stage",
                    number=told.done + 1,
                    total=told.total,
                    what=told.told.text(self._words.language),
                )
            )
        elif isinstance(told, Message):
            self._bar.setRange(0, 0)
            self._doing.setText(self._words.tell(told))

    def _tell(self, kind: str, told: Message) -> None:
        self._outcome.be(kind)
        self._outcome.say(self._words.tell(told))

    def _export(self) -> None:
        """Ask where to write the comparison as a workbook and write it."""
        self._write("ask.comparison")

    def _print(self) -> None:
        """Ask where to write the comparison as a PDF and write it."""
        self._write("ask.comparison_paper")

    def _write(self, ask: str) -> None:
        path = self._asking().save_path(self._words.say(ask), self._words.say(f"{ask}.name"))
        if path is not None:
            self.work.export(path)

    def _lay_out(self) -> None:
        self.list.setMaximumWidth(self.fontMetrics().averageCharWidth() * 33)
        for each in (self.export, self.paper):
            each.setMaximumWidth(self.list.maximumWidth())
        self._doing.setWordWrap(True)
        self._doing.setMinimumWidth(self.fontMetrics().averageCharWidth() * 40)
        self._going.hide()
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.export)
        left.addWidget(self.paper)
        right = QVBoxLayout()
        right.addWidget(self._stale)
        right.addWidget(self._outcome)
        right.addWidget(self._going)
        right.addWidget(self._stack, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.addLayout(left)
        whole.addLayout(right, 1)
