"""The shortfalls: per article what falls short, how much and when; then where, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from ui.results import figures
from ui.results.bar_in_cell import BarInCell
from ui.results.model import ResultModel, ShownColumn, catalogued, declared
from ui.results.table import ResultGrid
from ui.splitter_state import keep_share
from ui.view import PlanView
from ui.widgets import heading, muted, plain_label, scrolling

if TYPE_CHECKING:
    from ui.view import Context

WHERE = (
    "rule_title", "location", "kind", "province", "region", "group", "month", "amount", "unit",
)  # fmt: skip
TITLE, AMOUNT = WHERE.index("rule_title"), WHERE.index("amount")
LEAST_LINES = 8  # of text, the height of a table on a small screen


class ShortfallsView(PlanView):
    """By article above; a chosen article's places and months below."""

    def __init__(self, context: Context) -> None:
        """Show the shortfalls of the session's plan."""
        super().__init__(context)
        words = context.words
        self._title = heading()
        self._lead = muted()
        self._none = plain_label()
        self._none.setProperty("role", "good")
        unit = ShownColumn("unit", words=catalogued(words, "unit"))
        self.by_rule = ResultModel(
            [
                *declared("shortfalls", "standing", "rule_title"),
                ShownColumn("worst_amount"),
                unit,
                ShownColumn("worst_month"),
                ShownColumn("last_amount"),
                ShownColumn("over_months"),
                ShownColumn("unit_over_months", words=catalogued(words, "unit")),
                # Long, and no figure: last, where a small screen has no room for them.
                *declared("shortfalls", "level", "source"),
            ],
            words,
        )
        self.where = ResultModel(
            [
                *declared("shortfalls", *WHERE[:-2]),
                *declared("shortfalls", "amount", digits=None),
                unit,
            ],
            words,
        )
        self._chosen = False  # whether the amounts are of one rule
        self._above = ResultGrid(self.by_rule)
        self._below = ResultGrid(self.where)
        self._bars = BarInCell(self._below, AMOUNT, lambda: context.theme.colours.short[0])
        self.where.modelReset.connect(self._show_bars)
        self._below.sort_by_header()
        self._where_title = heading(1.2)
        self._lay_out()
        self._above.selectionModel().currentRowChanged.connect(self._choose)
        self.follow()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("shortfalls.title"))
        self._lead.setText(self._words.say("shortfalls.lead"))
        self._none.setText(self._words.say("shortfalls.none"))
        self._above.setAccessibleName(self._words.say("shortfalls.title"))
        self._below.setAccessibleName(self._words.say("shortfalls.where"))
        self._where_title.setText(self._words.say("shortfalls.where"))

    def show_plan(self) -> None:
        if not self._session.plans:
            return
        made = self._session.plans[0]
        months = figures.months(made.shown)
        listed = figures.by_rule(made.planned.sheets.get("shortfalls"), months)
        self.by_rule.show([(*row[:2], *row[4:], row[3], row[2]) for row in listed])
        self._none.setVisible(not listed)
        self._show_where(None)

    def show_rule(self, rule: str) -> None:
        """Choose a rule by its name and list where it falls short; nothing where it does not."""
        self.catch_up()
        if not self._session.plans:
            return
        frame = self._session.plans[0].planned.sheets.get("shortfalls")
        rows = [] if frame is None else figures.rows_of(frame, ("rule", "rule_title"))
        titles = {title for name, title in rows if name == rule}
        for at in range(self.by_rule.rowCount()):
            if self.by_rule.row(at)[1] in titles:
                self._above.setCurrentIndex(self.by_rule.index(at, 0))
                self._above.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, index: QModelIndex) -> None:
        self._show_where(self.by_rule.row(index.row())[1] if index.isValid() else None)

    def _show_where(self, rule: object) -> None:
        """List where rules fall short: one rule's rows, or those of all."""
        if not self._session.plans:
            return
        frame = self._session.plans[0].planned.sheets.get("shortfalls")
        rows = [] if frame is None else figures.rows_of(frame, WHERE)
        names = figures.location_names(self._session.sheet("locations"))
        listed = [
            (row[0], names.get(row[1], row[1]), *row[2:])
            for row in rows
            # Less than half a person at a place is nobody to look for there.
            if (rule is None or row[0] == rule) and row[AMOUNT]
        ]
        self._chosen = rule is not None
        self.where.show(listed)
        for at in range(len(WHERE)):  # a rule about provinces says nothing of groups
            self._below.setColumnHidden(at, not any(row[at] for row in listed))
        self._below.setColumnHidden(TITLE, self._chosen)  # it stands above

    def _show_bars(self) -> None:
        """Show how large amounts are beside one another, in the order they stand, of one rule."""
        rows = range(self.where.rowCount()) if self._chosen else ()
        amounts = (self.where.row(at)[AMOUNT] for at in rows)
        self._bars.show([each if isinstance(each, float | int) else 0.0 for each in amounts])

    def _lay_out(self) -> None:
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 6, 0, 0)
        below.addWidget(self._where_title)
        below.addWidget(self._below, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self._above)
        halves.addWidget(lower)
        halves.setChildrenCollapsible(False)
        keep_share(halves, "shortfalls")
        for table in (self._above, self._below):
            table.setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 14, 16, 14)
        for each in (self._title, self._lead, self._none):
            box.addWidget(each)
        box.addWidget(halves, 1)
        self.hold(scrolling(page))
