"""Choosing what to compare: a base and up to five others, planned first where that is needed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from ui.comparing.columns import short
from ui.comparing.page import Page
from ui.comparing.work import MOST_OTHERS, ComparablePlan, PlanOrigin
from ui.flow_layout import FlowBox
from ui.results.model import catalogued
from ui.still import StillChoice
from ui.widgets import as_it_stands, button, heading, muted, plain_label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.api import Progress
    from ui.comparing.work import ComparisonWork
    from ui.view import Context

NAME, SORT, STATE, STOP = range(4)
LONGEST_NAME = 60  # characters of a plan's name in the list
Flag, Role = Qt.ItemFlag, Qt.ItemDataRole


class ChoicePage(Page):
    """A list of everything that can be compared, the base above it, and how planning goes."""

    def __init__(
        self,
        context: Context,
        work: ComparisonWork,
        ask_file: Callable[[], Path | None],
    ) -> None:
        """Offer the plans of some work; `ask_file` asks for a workbook with a plan."""
        super().__init__(context, work)
        self._ask_file = ask_file
        self._checked: set[ComparablePlan] = set()
        self._listed: tuple[ComparablePlan, ...] = ()
        self._picked = False  # the base was chosen, not merely offered
        self._title = heading(1.3)
        self._lead = muted()
        self._base_label = plain_label()
        self.base = StillChoice()
        self.base.setMinimumContentsLength(30)
        self._base_label.setBuddy(self.base)
        self.list = QTableWidget(0, 4)
        self.file = button(self.add_file)
        self.start = button(self.compare, main=True)
        self.stop = button(work.stop_all)
        self._why_not = muted()
        self._lay_out()
        self.base.currentIndexChanged.connect(lambda _at: self._pick())
        self.list.itemChanged.connect(self._check)
        work.choices_changed.connect(self.fill)
        work.going.connect(lambda _told: self._show_start())
        self.follow()

    @property
    def chosen(self) -> tuple[ComparablePlan, ...]:
        """What is to be compared, the base first."""
        base = self._listed[self.base.currentIndex()] if self.base.currentIndex() >= 0 else None
        if base is None:
            return ()
        return (base, *(each for each in self._listed if each in self._checked and each != base))

    def choose(self, base: ComparablePlan, others: tuple[ComparablePlan, ...]) -> None:
        """Choose a base and others; `ValueError` for a base that is not offered."""
        self._checked = set(others)
        self._picked = True
        self.base.setCurrentIndex(self._listed.index(base))
        self.fill()

    def add_file(self) -> None:
        """Ask for a workbook with a plan, and offer that."""
        path = self._ask_file()
        if path is not None:
            self._checked.add(ComparablePlan(PlanOrigin.FILE, str(path)))
            self._work.add_file(path)
            self.fill()

    def compare(self) -> None:
        """Compare what is chosen."""
        if self.start.isEnabled():
            held = self.window().focusWidget() is self.start
            self._work.compare(self.chosen)
            if held and not self.stop.isHidden():  # what was pressed is grey, and passed it on
                self.stop.setFocus()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("comparison.choose.title"))
        self._lead.setText(self._words.say("comparison.choose.lead", most=MOST_OTHERS))
        self._base_label.setText(self._words.say("comparison.base"))
        self.file.setText(self._words.say("comparison.file"))
        self.file.setIcon(self._theme.icon("open"))
        self.start.setText(self._words.say("comparison.start"))
        self.stop.setText(self._words.say("comparison.stop"))
        self.list.setAccessibleName(self._words.say("comparison.choose.title"))
        self.list.setHorizontalHeaderLabels(
            [
                self._words.say(f"comparison.list.{each}")
                for each in ("name", "sort", "state", "stop")
            ]
        )
        self.fill()

    def fill(self) -> None:
        """Show what can be compared and how far each is."""
        base = self._listed[self.base.currentIndex()] if self.base.currentIndex() >= 0 else None
        listed = self._work.choices
        if listed != self._listed:
            self._checked &= set(listed)
        self._listed = listed
        with QSignalBlocker(self.base):
            self.base.clear()
            for each in listed:
                self.base.addItem(short(self._name(each), LONGEST_NAME))
                tip = as_it_stands(self._whole_name(each))
                self.base.setItemData(self.base.count() - 1, tip, Role.ToolTipRole)
            wanted = base if base in listed and self._picked else self._work.usual_base
            if wanted in listed:
                self.base.setCurrentIndex(listed.index(wanted))
        self._list()
        self._show_start()

    def _pick(self) -> None:
        self._picked = True
        self._show_start()

    def _list(self) -> None:
        with QSignalBlocker(self.list):
            self.list.setRowCount(len(self._listed))
            for at, choice in enumerate(self._listed):
                self._list_one(at, choice)

    def _list_one(self, at: int, choice: ComparablePlan) -> None:
        name = self._name(choice)
        texts = (
            short(name, LONGEST_NAME),
            self._words.say(f"comparison.sort.{choice.sort}"),
            self._state(choice),
        )
        for column, text in enumerate(texts):
            item = self.list.item(at, column)
            if item is None:
                item = QTableWidgetItem()
                self.list.setItem(at, column, item)
            item.setText(text)
            item.setToolTip(self._whole_name(choice) if column == NAME else text)
            item.setFlags(Flag.ItemIsEnabled | Flag.ItemIsSelectable)
        named = self.list.item(at, NAME)
        if named is not None:
            named.setFlags(named.flags() | Flag.ItemIsUserCheckable)
            checked = choice in self._checked
            named.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self._offer_stop(at, choice)

    def _offer_stop(self, at: int, choice: ComparablePlan) -> None:
        """Give a scenario that is being planned a button to stop it."""
        planned = (
            choice.sort is PlanOrigin.SCENARIO and choice.name in self._work.scenarios.progress
        )
        there = self.list.cellWidget(at, STOP)
        if planned and there is None:
            stop = button(partial(self._work.scenarios.stop, choice.name))
            stop.setText(self._words.say("comparison.stop_one"))
            stop.setAccessibleName(
                self._words.say("comparison.stop_this", scenario=self._words.called(choice.name))
            )
            self.list.setCellWidget(at, STOP, stop)
        elif not planned and there is not None:
            self.list.removeCellWidget(at, STOP)

    def _state(self, choice: ComparablePlan) -> str:
        """Return in words how far a plan is."""
        scenarios = self._work.scenarios
        if choice.sort is PlanOrigin.SCENARIO and choice.name in scenarios.progress:
            return self._step(scenarios.progress[choice.name])
        if choice.sort is PlanOrigin.FILE:
            return ""
        made = self._work.made(choice)
        if made is not None:
            on_screen = choice.sort is PlanOrigin.SCENARIO and made is self._work.made(
                ComparablePlan(PlanOrigin.SHOWN)
            )
            return self._words.say(f"comparison.state.{'shown' if on_screen else 'ready'}")
        failure = scenarios.failures.get(choice.name)
        if failure is not None:
            return self._words.tell(failure)
        return self._words.say("comparison.state.to_plan")

    def _step(self, progress: Progress | None) -> str:
        if progress is None:
            return self._words.say("comparison.state.waiting")
        key = f"level.{progress.level}" if progress.level else progress.step
        said = catalogued(self._words, "progress")(key)
        return self._words.say("comparison.state.going", step=said)

    def _name(self, choice: ComparablePlan) -> str:
        if choice.sort is PlanOrigin.FILE:
            return Path(choice.name).name
        made = self._work.made(choice)
        if choice.sort is PlanOrigin.SCENARIO or made is None:
            return self._words.called(choice.name)
        return self._words.say(
            f"comparison.of.{choice.sort}", scenario=self._words.called(made.plan.scenario)
        )

    def _whole_name(self, choice: ComparablePlan) -> str:
        """Return a name uncut; of a scenario the one that it has on the sheet."""
        return choice.name if choice.sort is PlanOrigin.SCENARIO else self._name(choice)

    def _check(self, item: QTableWidgetItem) -> None:
        if item.column() != NAME:
            return
        choice = self._listed[item.row()]
        if item.checkState() is Qt.CheckState.Checked:
            self._checked.add(choice)
        else:
            self._checked.discard(choice)
        self._show_start()

    def _show_start(self) -> None:
        """Say why nothing can be compared yet, or that it can."""
        others = len(self.chosen) - 1
        why_not = ""
        if others < 1:
            why_not = self._words.say("comparison.too_few")
        elif others > MOST_OTHERS:
            why_not = self._words.say("comparison.too_many", most=MOST_OTHERS, count=others)
        self._why_not.setText(why_not)
        self._why_not.setVisible(bool(why_not))
        self.stop.setVisible(bool(self._work.scenarios.progress))
        self.start.setEnabled(not why_not and not self._work.busy)
        self.start.setToolTip(why_not)

    def _lay_out(self) -> None:
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setTabKeyNavigation(False)
        self.list.setWordWrap(False)
        self.list.verticalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(int(self.fontMetrics().height() * 2))
        header = self.list.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (SORT, STOP):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.list.setColumnWidth(STATE, self.fontMetrics().averageCharWidth() * 42)
        self.lay_out(
            self._title,
            self._lead,
            row(self._base_label, self.base),
            self.list,
            self._why_not,
            FlowBox(self.start, self.stop, self.file),
            fills=self.list,
        )
