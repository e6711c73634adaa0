"""Places by month: regular and emergency by kind of place, and the reserve above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.input.kinds import EMERGENCY_KINDS, PlaceKind
from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Chart, Hue, Series, SeriesStyle, totals
from ui.results.named_model import NamedModel
from ui.results.spot_words import kind_name
from ui.view import PlanView

if TYPE_CHECKING:
    from ui.results.by_location import PlanFigures
    from ui.view import Context

# From below: what should be there first, what should be over soonest last.
FIRST = ("cap_month", "cap_regular", "cap_emergency", "cap_reserve", "cap_beds")
ORDER = (*(kind for kind in PlaceKind if kind not in EMERGENCY_KINDS), *EMERGENCY_KINDS)


class CapacityView(PlanView):
    """The places in use by kind and the reserve, as chart and table."""

    def __init__(self, context: Context, plan_figures: PlanFigures) -> None:
        """Show the places of the session's plan."""
        super().__init__(context)
        self._plan_figures = plan_figures
        self._kinds = NamedModel(FIRST, context.words)
        chart = Chart("capacity.title", "unit.places")
        self.twin = ChartWithTable("capacity", chart, self._kinds, context)
        self.twin.chart.redraw()  # so that it has its name before it is seen
        self.hold(self.twin)
        self.follow()

    def reword(self) -> None:
        self.show_again()

    def show_plan(self) -> None:
        found = self._plan_figures.current()
        if found is None:
            return
        months = found.months
        beds = totals(months, found.beds_by_month())
        by_kind = found.places_by_kind()
        kinds = {
            kind: totals(months, by_kind[kind.value]) for kind in ORDER if kind.value in by_kind
        }
        kinds = {kind: values for kind, values in kinds.items() if any(values)}
        used = [sum(values[at] for values in kinds.values()) for at in range(len(months))]
        reserve = tuple(max(each - taken, 0.0) for each, taken in zip(beds, used, strict=True))
        named = [
            Series("", values, SeriesStyle.AREA, kind_name(self._words, kind), _hue(kind))
            for kind, values in kinds.items()
        ]
        self.twin.chart.show_chart(
            Chart(
                "capacity.title",
                "unit.places",
                months,
                (*named, Series("capacity.reserve", reserve, SeriesStyle.AREA, hue=Hue.SPARE)),
            )
        )
        of_emergency = [
            sum(values[at] for kind, values in kinds.items() if kind.emergency)
            for at in range(len(months))
        ]
        self._kinds.show_named(
            [each.name for each in named],
            [
                (
                    month,
                    used[at] - of_emergency[at],
                    of_emergency[at],
                    reserve[at],
                    beds[at],
                    *(values[at] for values in kinds.values()),
                )
                for at, month in enumerate(months)
            ],
        )
        self.twin.reword()


def _hue(kind: PlaceKind) -> Hue:
    """Return the colour of a kind of place: of emergency reception, DOL, or regular."""
    if kind.emergency:
        return Hue.EMERGENCY
    return Hue.DOL if kind is PlaceKind.DOL else Hue.REGULAR
