"""Places by month: regular and emergency by kind of place, and the reserve above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.input.kinds import EMERGENCY_KINDS, PlaceKind
from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Chart, ChartPanel, Drawn, Series, totals
from ui.lazy_update import LazyUpdate
from ui.results.named_model import NamedModel
from ui.results.spot_words import kind_name
from ui.session import Change, Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.results.by_location import PlanFigures
    from ui.theme import Theme
    from ui.words import Words

# From below: what should be there first, what should be over soonest last.
FIRST = ("cap_month", "cap_regular", "cap_emergency", "cap_reserve", "cap_beds")
ORDER = (*(kind for kind in PlaceKind if kind not in EMERGENCY_KINDS), *EMERGENCY_KINDS)


class CapacityView(QWidget):
    """The places in use by kind and the reserve, as chart and table."""

    def __init__(
        self,
        session: Session,
        plan_figures: PlanFigures,
        words: Words,
        theme: Theme,
        ask_path: Callable[[str], Path | None],
    ) -> None:
        """Show the places of the session's plan."""
        super().__init__()
        self._plan_figures = plan_figures
        self._words = words
        self._kinds = NamedModel(FIRST, words)
        chart = ChartPanel(Chart("capacity.title", "unit.places"), words, theme)
        chart.redraw()  # so that it has its name before it is seen
        self.twin = ChartWithTable(
            "capacity", chart, self._kinds, words=words, theme=theme, ask_path=ask_path
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.twin)
        self._seen = LazyUpdate(self, self.take)
        session.changed.connect(self._seen.tell)
        words.changed.connect(self._reword)

    def take(self, changes: frozenset[Change]) -> None:
        """Show what changed in the session; not before it is seen."""
        if changes & {Change.BOOK, Change.PLAN}:
            self._show()

    def _reword(self) -> None:
        if not self._seen.waiting:
            self._show()

    def _show(self) -> None:
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
            Series("", values, Drawn.AREA, kind_name(self._words, kind))
            for kind, values in kinds.items()
        ]
        self.twin.chart.show_chart(
            Chart(
                "capacity.title",
                "unit.places",
                months,
                (*named, Series("capacity.reserve", reserve, Drawn.AREA)),
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
