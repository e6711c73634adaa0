"""The run-off: beds in contract without any decision, beds needed, and what is short, by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Chart, ChartPanel, Drawn, Series, totals
from ui.lazy_update import LazyUpdate
from ui.results import figures
from ui.results.model import ResultModel, Shown, declared
from ui.session import Change, Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.theme import Theme
    from ui.words import Words

COLUMNS = ("month", "portfolio_beds", "needed_beds", "shortage")


class RunoffView(QWidget):
    """The run-off as chart and table, with the people in emergency reception beside it."""

    def __init__(
        self,
        session: Session,
        words: Words,
        theme: Theme,
        ask_path: Callable[[str], Path | None],
    ) -> None:
        """Show the run-off of the session's plan."""
        super().__init__()
        self._session = session
        model = ResultModel([*declared("runoff", *COLUMNS), Shown("emergency_people")], words)
        chart = ChartPanel(Chart("runoff.title", "unit.beds"), words, theme)
        self.twin = ChartWithTable(
            "runoff", chart, model, words=words, theme=theme, ask_path=ask_path
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.twin)
        session.changed.connect(LazyUpdate(self, self.take).tell)
        self.take(frozenset({Change.PLAN}))

    def take(self, changes: frozenset[Change]) -> None:
        """Show what changed in the session."""
        if not changes & {Change.BOOK, Change.PLAN} or not self._session.plans:
            return
        plan = self._session.plans[0].plan
        months = figures.months(plan)
        emergency = figures.people_in(plan, figures.EMERGENCY)
        listed = [
            (*row, emergency.get(row[0], 0.0))  # type: ignore[call-overload] # months by the plan
            for row in figures.rows(plan, "runoff", COLUMNS)
        ]
        self.twin.model.show(listed)
        values = {
            name: totals(months, figures.by_month(plan, "runoff", name)) for name in COLUMNS[1:]
        }
        self.twin.chart.show_chart(
            Chart(
                "runoff.title",
                "unit.beds",
                months,
                (
                    Series("column.portfolio_beds", values["portfolio_beds"], Drawn.BAR),
                    Series("column.needed_beds", values["needed_beds"]),
                    Series("column.shortage", values["shortage"]),
                    Series("column.emergency_people", totals(months, emergency)),
                ),
            )
        )
