"""The run-off: beds in contract without any decision, beds needed, and what is short, by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Chart, Hue, Series, SeriesStyle, totals
from ui.results import figures
from ui.results.model import ResultModel, ShownColumn, declared
from ui.view import PlanView

if TYPE_CHECKING:
    from ui.view import Context

COLUMNS = ("month", "portfolio_beds", "needed_beds", "shortage")


class RunoffView(PlanView):
    """The run-off as chart and table, with the people in emergency reception beside it."""

    def __init__(self, context: Context) -> None:
        """Show the run-off of the session's plan."""
        super().__init__(context)
        # Called as in the legend of the chart.
        columns = [
            *declared("runoff", "month"),
            *(ShownColumn(key, table="runoff") for key in COLUMNS[1:]),
            ShownColumn("emergency_people"),
        ]
        model = ResultModel(columns, context.words)
        self.twin = ChartWithTable("runoff", Chart("runoff.title", "unit.beds"), model, context)
        self.hold(self.twin)
        self.follow()

    def show_plan(self) -> None:
        if not self._session.plans:
            return
        plan = self._session.plans[0].shown
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
                    Series(
                        "column.portfolio_beds",
                        values["portfolio_beds"],
                        SeriesStyle.AREA,
                        hue=Hue.PLAIN,
                    ),
                    # What is short stands between the beds that are there and those needed.
                    Series("column.shortage", values["shortage"], SeriesStyle.GAP, hue=Hue.SHORT),
                    Series(
                        "column.needed_beds", values["needed_beds"], SeriesStyle.STEP, hue=Hue.INK
                    ),
                    Series(
                        "column.emergency_people",
                        totals(months, emergency),
                        SeriesStyle.STEP,
                        hue=Hue.EMERGENCY,
                    ),
                ),
            )
        )
