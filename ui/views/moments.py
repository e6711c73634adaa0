"""The moments to report under Art. 20(10): from when, where, how many, until when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui.results import emergency, figures
from ui.results.location_reasons import reason_list, show_reasons
from ui.results.model import ResultModel, ShownColumn, declared
from ui.results.spot_words import kind_name, name_of
from ui.results.table import ResultGrid
from ui.splitter_state import keep_share
from ui.view import PlanView
from ui.why_not import allow
from ui.widgets import button, column, heading, muted, plain_label, row, scrolling

if TYPE_CHECKING:
    from ui.results.by_location import ByLocation, PlanFigures
    from ui.view import Context

WHERE = ("location", "kind", "first", "last", "months", "peak", "peak_month")
MOMENTS = (
    "month", "people", "others", "locations", "needed_beds", "normal_beds", "moment", "source",
)  # fmt: skip
# The rules whose shortfall is the use of emergency reception, and how long it lasts.
RULES: set[object] = {"emergency_places", "emergency_term"}


class MomentsView(PlanView):
    """Each stretch of months with emergency reception in words, then where and why."""

    def __init__(self, context: Context, plan_figures: PlanFigures) -> None:
        """Show the use of emergency reception in the session's plan."""
        super().__init__(context)
        self._plan_figures = plan_figures
        words = context.words
        self._uses: tuple[emergency.EmergencyUse, ...] = ()
        self._title = heading()
        self._lead = muted()
        self.told = plain_label()
        self._copy = button(self._copy_text)
        self.moments = ResultModel(declared("reporting", *MOMENTS), words)
        self.where = ResultModel([ShownColumn(f"mom_{each}") for each in WHERE], words)
        self._moments_title = heading(1.15)
        self._where_title = heading(1.15)
        self._why_title = heading(1.15)
        self._moments = ResultGrid(self.moments)
        self._where = ResultGrid(self.where)
        self.why = reason_list()
        self._lay_out()
        self._where.selectionModel().currentRowChanged.connect(self._choose)
        self.follow()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("moments.title"))
        self._lead.setText(self._words.say("moments.lead"))
        self._copy.setText(self._words.say("moments.copy"))
        self._copy.setIcon(self._theme.icon("copy"))
        for title, named, text in (
            (self._moments_title, self._moments, self._words.say("moments.table")),
            (self._where_title, self._where, self._words.say("moments.where")),
            (self._why_title, self.why, self._words.say("moments.why.all")),
        ):
            title.setText(text)
            named.setAccessibleName(text)
        self.show_again()

    def show_plan(self) -> None:
        found = self._plan_figures.current()
        if found is None:
            return
        self._uses = emergency.uses(found)
        lines = [self._period(each) for each in emergency.periods(found)]
        self.told.setText("\n".join(lines) or self._words.say("moments.none"))
        self.told.setProperty("role", "" if lines else "good")
        self.told.style().polish(self.told)
        self._lower.setVisible(bool(lines))
        allow(self._copy, "" if lines else self._words.say("why_not.nothing"))
        frame = found.made.planned.sheets.get("reporting")
        self.moments.show([] if frame is None else figures.rows_of(frame, MOMENTS))
        self.where.show([self._row(each) for each in self._uses])
        self._show_why(found, "")

    def _period(self, period: emergency.Period) -> str:
        begins = "moments.from_start" if period.from_start else "moments.from"
        ends = "moments.beyond" if period.beyond else "moments.until"
        return self._words.say(
            "moments.period",
            begins=self._words.say(begins, month=self._words.month(period.first)),
            ends=self._words.say(ends, month=self._words.month(period.last)),
            locations=self._words.counted("locations", period.locations),
            month=self._words.month(period.peak_month),
            people=self._words.counted("people", period.peak),
            mean=self._words.number(period.mean),
        )

    def _row(self, use: emergency.EmergencyUse) -> tuple[object, ...]:
        kind = kind_name(self._words, use.location.type.base_kind)
        return (
            name_of(use.location), kind, use.first, use.last, use.months, use.peak, use.peak_month,
        )  # fmt: skip

    def _choose(self, index: QModelIndex) -> None:
        found = self._plan_figures.current()
        if found is not None and index.isValid():
            self._show_why(found, self._uses[index.row()].location.id)

    def _show_why(self, found: ByLocation, code: str) -> None:
        """List the reasons of a location; those of all where none is chosen."""
        reasons = found.reasons_for(RULES)
        own = [sentence for where, sentence in reasons if not code or where == code]
        other = [sentence for where, sentence in reasons if not where]
        none = self._words.say("moments.no_reason")
        show_reasons(self.why, own or other, self._words, none)

    def _copy_text(self) -> None:
        """Put title, periods and the table of locations on the clipboard."""
        text = f"{self._title.text()}\n{self.told.text()}\n\n{self.where.as_text()}"
        QGuiApplication.clipboard().setText(text)

    def _lay_out(self) -> None:
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        tables = QSplitter(Qt.Orientation.Horizontal)
        tables.addWidget(column(self._where_title, self._where))
        tables.addWidget(column(self._moments_title, self._moments))
        tables.setStretchFactor(0, 1)
        tables.setStretchFactor(1, 1)
        tables.setSizes([760, 560])
        keep_share(tables, "moments")
        self._lower = QSplitter(Qt.Orientation.Vertical)
        self._lower.addWidget(tables)
        self._lower.addWidget(column(self._why_title, self.why))
        tables.setChildrenCollapsible(False)
        self._lower.setChildrenCollapsible(False)
        keep_share(self._lower, "moments/why")
        self._lower.setMinimumHeight(self.fontMetrics().height() * 24)
        self._lower.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        lines = self.fontMetrics().height()
        for shown in (self._where, self._moments, self.why):
            shown.setMinimumHeight(lines * 8)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 14, 16, 14)
        for each in (self._title, self._lead, self.told, row(self._copy)):
            box.addWidget(each)
        box.addWidget(self._lower, 1)
        self.hold(scrolling(page))
