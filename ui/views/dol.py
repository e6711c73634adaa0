"""The sizing of Dublin shelter: by location and month, and by month against what is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTabWidget

from planner.input.parameters import supplied
from planner.input.supplied_names import Named, code_of
from planner.result.main_figures import MainFigures
from planner.result.queries import Figure
from planner.sheets.result_tables import Decision
from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Chart, Series, SeriesStyle, totals
from ui.flow_layout import FlowBox
from ui.results import figures
from ui.results.dol_calculator import DolCalculator
from ui.results.dol_matrix import DolMatrix, DolMatrixModel
from ui.results.dol_series import dol_series
from ui.results.model import ResultModel, declared
from ui.results.table import ResultGrid
from ui.view import PlanView
from ui.why_not import allow
from ui.widgets import button, column, go_in_turn, muted, scrolling

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from ui.view import Context

AMOUNTS = ("prepared", "in_use", "people", "idle")
MATRIX_LINES = 6
NAMES = 0  # the column of the matrix that is copied with it and stands before its lines
ACTS = ("dol.why_here", "dol.pin", "results.to_location")


class DolView(PlanView):
    """DOL as a matrix of locations and months, and by month as chart and table."""

    location_asked = Signal(str)  # the code of a location whose page is wanted
    why_wanted = Signal(object)  # the Figure that is asked about
    pin_asked = Signal(str)  # the code of a location of which a decision is to be fixed

    def __init__(self, context: Context) -> None:
        """Show the DOL sizing of the session's plan."""
        super().__init__(context)
        model = ResultModel(declared("dol", "month", *AMOUNTS), context.words)
        self.twin = ChartWithTable("dol", Chart("dol.title", "unit.places"), model, context)
        self.by_location = DolMatrixModel(context.words, context.theme)
        self._locations = ResultGrid(self.by_location)
        # A row that is chosen whole would lose the colours by which it is read.
        self._locations.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        # Names stand before the lines and not in a cell: they stay in view in later months.
        before = self._locations.verticalHeader()
        before.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        before.show()
        self._legend = muted()
        self._locations.activated.connect(self._ask_location)
        self._locations.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._locations.customContextMenuRequested.connect(self._offer)
        self.tabs = QTabWidget()
        self.calculator = DolCalculator(context.words)
        self.acts = {key: button(self._doer(key)) for key in ACTS}
        self._locations.selectionModel().selectionChanged.connect(lambda *_: self._judge())
        page = column(
            self.calculator, self._legend, self._locations, FlowBox(*self.acts.values()), margin=12
        )
        # With large letters the calculator leaves the matrix no room: then all of it scrolls.
        self._locations.setMinimumHeight(self.fontMetrics().height() * MATRIX_LINES)
        self.tabs.addTab(scrolling(page), "")
        self.tabs.addTab(self.twin, "")
        self.tabs.setDocumentMode(True)
        self.tabs.setProperty("within", "true")
        self.hold(self.tabs)
        parts = (self.tabs.tabBar(), self.calculator, self._locations, *self.acts.values())
        self.calculator.made.connect(lambda: go_in_turn(*parts))
        self.follow()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self.tabs.setTabText(0, self._words.say("dol.by_location"))
        self.tabs.setTabText(1, self._words.say("dol.by_month"))
        self._legend.setText(self._words.say("dol.legend"))
        self._locations.setAccessibleName(self._words.say("dol.by_location"))
        for key, each in self.acts.items():
            each.setText(self._words.say(key))
        self._judge()
        self.show_again()

    def show_plan(self) -> None:
        if not self._session.plans:
            return
        plan = self._session.plans[0].shown
        months = figures.months(plan)
        sums = {name: totals(months, figures.by_month(plan, "dol", name)) for name in AMOUNTS}
        self.twin.model.show(
            [(month, *(sums[name][at] for name in AMOUNTS)) for at, month in enumerate(months)]
        )
        low, high = (self._band(edge, months) for edge in ("dol_band_low", "dol_published_mean"))
        self.twin.chart.show_chart(
            Chart(
                "dol.title",
                "unit.places",
                months,
                (
                    *dol_series(sums, self._words),
                    Series("dol.low", low, SeriesStyle.LIMIT),
                    Series("dol.high", high, SeriesStyle.LIMIT),
                ),
            )
        )
        names = figures.location_names(self._session.sheet("locations"))
        listed = figures.rows(plan, "dol", ("location", "month", *AMOUNTS[:3]))
        located = self._session.plans[0].planned.locations
        found = MainFigures.of(plan.tables)
        before = self.chosen
        self.by_location.show_matrix(DolMatrix.of(listed, located, found, low), names)
        self._locations.setColumnHidden(NAMES, True)  # noqa: FBT003 - Qt's own signature
        self._choose_again(before)

    def _choose_again(self, code: str) -> None:
        """Choose the location that was chosen before, else the first: what it says can be asked."""
        rows = range(self.by_location.rowCount())
        codes = [each for each in map(self.by_location.location, rows) if each]
        self.choose(code if code in codes else next(iter(codes), ""))

    def _ask_location(self, index: QModelIndex) -> None:
        code = self.by_location.location(index.row())
        if code:
            self.location_asked.emit(code)

    def menu(self, code: str) -> QMenu:
        """Return what can be asked and done about the DOL places of a location."""
        made = QMenu(self)
        for key in ACTS:
            act = made.addAction(self._words.say(key))
            act.triggered.connect(lambda *_, key=key: self._do(key, code))
        made.aboutToHide.connect(made.deleteLater)
        return made

    @property
    def chosen(self) -> str:
        """The code of the location that is chosen; empty where none is, or a total."""
        chosen = self._locations.selectionModel()
        return (
            self.by_location.location(chosen.currentIndex().row()) if chosen.hasSelection() else ""
        )

    def choose(self, code: str) -> None:
        """Choose the line of a location, where it has DOL."""
        for row in range(self.by_location.rowCount()):
            if self.by_location.location(row) == code:
                self._locations.setCurrentIndex(self.by_location.index(row, NAMES + 1))

    def _doer(self, key: str) -> Callable[[], None]:
        return lambda: self._do(key, self.chosen)

    def _do(self, key: str, code: str) -> None:
        figure = Figure("decisions", location=code, decision=Decision.PREPARE_DOL.value)
        match key:
            case "dol.why_here":
                self.why_wanted.emit(figure)
            case "dol.pin":
                self.pin_asked.emit(code)
            case _:
                self.location_asked.emit(code)

    def _judge(self) -> None:
        why = "" if self.chosen else self._words.say("why_not.no_place")
        for each in self.acts.values():
            allow(each, why)

    def _offer(self, at: QPoint) -> None:
        index = self._locations.currentIndex()
        code = self.by_location.location(index.row()) if index.isValid() else ""
        if code:
            self.menu(code).popup(self._locations.viewport().mapToGlobal(at))

    def _band(self, parameter: str, months: tuple[dt.date, ...]) -> tuple[float, ...]:
        """Return an edge of the band by month: the book's own value, else the supplied one."""
        value = supplied()[parameter].parameter.value
        sheet = self._session.sheet("parameters")
        if sheet is not None and {"parameter", "value"} <= set(sheet.frame.columns):
            for name, own in zip(sheet.frame["parameter"], sheet.frame["value"], strict=True):
                if code_of(Named.PARAMETERS, str(name)) == parameter and isinstance(
                    own, int | float
                ):
                    value = float(own)
        return tuple(float(value) if isinstance(value, int | float) else 0.0 for _ in months)
