"""The change list: was, becomes, because; from the base, or from the earlier plan in the input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from planner.sheets.compare_tables import CHANGES
from ui.comparing.columns import names_of, short
from ui.comparing.others import OtherPlan
from ui.comparing.page import Page
from ui.flow_layout import FlowBox
from ui.results import figures
from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.still import StillChoice
from ui.why_not import allow
from ui.widgets import button, heading, muted, plain_label

if TYPE_CHECKING:
    import pandas as pd

    from ui.comparing.work import ComparisonWork
    from ui.view import Context

COLUMNS = tuple(each for each in CHANGES.columns if each.key != "name")


class ChangesPage(Page):
    """The changes to the plan that is chosen, looked up when they are first asked for."""

    def __init__(self, context: Context, work: ComparisonWork) -> None:
        """Show the changes between the plans of a comparison."""
        super().__init__(context, work)
        words = context.words
        self._found: dict[tuple[int, bool], pd.DataFrame] = {}
        self._title = heading(1.3)
        self._lead = muted()
        self._from_label = plain_label()
        self.before = StillChoice()
        self._from_label.setBuddy(self.before)
        self._to_label = plain_label()
        self.other = OtherPlan(work, words)
        self._to_label.setBuddy(self.other)
        self.start = button(self._ask, main=True)
        self._count = muted()
        self.model = ResultModel(
            [ShownColumn(each.key, 0, declared=each) for each in COLUMNS], words
        )
        self.table = ResultGrid(self.model)
        self.table.sort_by_header()
        self._copy = button(self.table.copy_all)
        self._lay_out()
        self.other.chosen.connect(self.fill)
        self.before.currentIndexChanged.connect(lambda _at: self._show())
        work.compared.connect(self._drop)
        work.going.connect(lambda _told: self._show())
        self.follow()

    def fill(self) -> None:
        """Show the changes to the chosen plan, or offer to list them."""
        shown, at = self._work.shown, self.other.at
        has_earlier = shown is not None and bool(at) and shown.previous[at]
        base = short(next(iter(names_of(shown, self._words)), ""))
        with QSignalBlocker(self.before):
            kept = self.before.currentIndex()
            self.before.clear()
            self.before.addItem(self._words.say("comparison.changes.base", base=base))
            if has_earlier:
                self.before.addItem(self._words.say("comparison.changes.previous"))
            self.before.setCurrentIndex(min(max(kept, 0), self.before.count() - 1))
        self._show()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.title(CHANGES.title))
        self._lead.setText(self._words.say("comparison.changes.lead"))
        self._from_label.setText(self._words.say("comparison.changes.from"))
        self._to_label.setText(self._words.say("comparison.changes.to"))
        self.start.setText(self._words.say("comparison.changes.start"))
        self._copy.setText(self._words.say("chart.copy_data"))
        self._copy.setIcon(self._theme.icon("copy"))
        self.table.setAccessibleName(self._title.text())
        self.fill()

    @property
    def _key(self) -> tuple[int, bool]:
        return self.other.at, self.before.currentIndex() == 1

    def _ask(self) -> None:
        at, previous = self._key

        def take(found: pd.DataFrame) -> None:
            self._found[at, previous] = found
            self._show()

        self._work.list_changes(at, take, previous=previous)

    def _drop(self) -> None:
        self._found.clear()
        self.fill()

    def _show(self) -> None:
        found = self._found.get(self._key)
        self.start.setVisible(found is None)
        able = bool(self.other.at) and not self._work.finding
        key = "going" if self._work.finding else "no_comparison"
        allow(self.start, "" if able else self._words.say(f"why_not.{key}"))
        for each in (self.table, self._copy, self._count):
            each.setVisible(found is not None)
        if found is None:
            return
        rows = figures.rows_of(found, [each.key for each in COLUMNS])
        self.model.show(rows)
        said = "comparison.changes.count" if rows else "comparison.changes.none"
        self._count.setText(self._words.say(said, count=len(rows)))

    def _lay_out(self) -> None:
        self.lay_out(
            self._title,
            self._lead,
            FlowBox(
                self._from_label, self.before, self._to_label, self.other, self.start, self._copy
            ),
            self._count,
            self.table,
            fills=self.table,
        )
