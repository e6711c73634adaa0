"""The page of a location: its contract, who lives there, its DOL part, what binds there and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QTabWidget,
    QVBoxLayout,
)

from ui.charts.chart_with_table import ChartWithTable
from ui.charts.panel import Chart, Hue, Series, SeriesStyle, totals
from ui.results.dol_series import dol_series
from ui.results.group_hues import group_hues, hue_of
from ui.results.location_reasons import LocationReasons
from ui.results.model import ResultModel, declared
from ui.results.named_model import NamedModel
from ui.results.search_line import SearchLine
from ui.results.spot_words import contract_words, facts_words, name_of
from ui.still import StillChoice
from ui.view import PlanView
from ui.widgets import button, heading, muted, plain_label, row

if TYPE_CHECKING:
    from ui.results.by_location import ByLocation, PlanFigures
    from ui.view import Context

DOL_AMOUNTS = ("prepared", "in_use", "people", "idle")
TABS = ("occupancy", "dol", "why")
NOTHING: Chart = Chart("location_people.title", "location.people_unit")
NO_DOL = Chart("location_dol.title", "unit.places")


class LocationView(PlanView):
    """One location of the plan, chosen by name or code."""

    input_asked = Signal(str, object, str)  # a cell of the input: its table, row and column
    map_asked = Signal(str)

    def __init__(self, context: Context, plan_figures: PlanFigures) -> None:
        """Show a location of the session's plan: the first, until another is chosen."""
        super().__init__(context)
        self._plan_figures = plan_figures
        words = context.words
        self._code = ""
        self._choose_label = plain_label()
        self.chooser = StillChoice()
        self._names = QStringListModel()
        self._to_input = button(self._ask_input)
        self._to_map = button(lambda: self.map_asked.emit(self._code))
        self._name = heading(1.4)
        self.contract = plain_label()
        self._facts = muted()
        self._people = NamedModel(("loc_month", "loc_total", "loc_beds"), words)
        self.people = ChartWithTable("location_people", NOTHING, self._people, context)
        dol_model = ResultModel(declared("dol", "location", "month", *DOL_AMOUNTS), words)
        self.dol = ChartWithTable("location_dol", NO_DOL, dol_model, context)
        for each in (self.people, self.dol):
            each.chart.redraw()  # so that they have their names before they are seen
        self.reasons = LocationReasons(words)
        self.tabs = QTabWidget()
        self.tabs.setProperty("within", "true")
        self._lay_out()
        self.chooser.currentIndexChanged.connect(self._chosen)
        self.follow()

    @property
    def code(self) -> str:
        """The code of the location that is shown; empty before a plan is seen."""
        return self._code

    def show_location(self, code: str) -> None:
        """Show a location by its code; one that the plan does not know changes nothing."""
        self.catch_up()
        at = self.chooser.findData(code)
        if at >= 0:
            self.chooser.setCurrentIndex(at)

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._choose_label.setText(self._words.say("location.choose"))
        self.chooser.setAccessibleName(self._words.say("location.choose"))
        line = self.chooser.lineEdit()
        if line is not None:
            line.setPlaceholderText(self._words.say("location.hint"))
        self._to_input.setText(self._words.say("location.show_input"))
        self._to_map.setText(self._words.say("location.show_map"))
        for at, each in enumerate(TABS):
            self.tabs.setTabText(at, self._words.say(f"location.tab.{each}"))
        self.show_again()

    def show_plan(self) -> None:
        """List the locations of the plan, and show the one that was shown where it has that."""
        found = self._plan_figures.current()
        if found is None:
            return
        codes = list(found.locations)
        names = [name_of(each) for each in found.locations.values()]
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for code, name in zip(codes, names, strict=True):
                self.chooser.addItem(name, code)
        self._names.setStringList(names)
        self._code = self._code if self._code in found.locations else next(iter(codes), "")
        with QSignalBlocker(self.chooser):
            self.chooser.setCurrentIndex(self.chooser.findData(self._code))
        self._show()

    def _chosen(self, at: int) -> None:
        code = self.chooser.itemData(at)
        if isinstance(code, str) and code != self._code:
            self._code = code
            self._show()

    def _ask_input(self) -> None:
        """Ask for the location's row in the input; for the sheet where it has none any more."""
        sheet = self._session.sheet("locations")
        rows = [] if sheet is None else sheet.frame.index[sheet.frame["id"] == self._code].tolist()
        self.input_asked.emit("locations", rows[0] if rows else None, "id")

    def _typed(self) -> None:
        """Go to what was typed a name or part of; back to what is shown where there is no such."""
        typed = self.chooser.currentText().strip()
        at = self.chooser.findText(typed, Qt.MatchFlag.MatchFixedString)
        if at < 0 and typed:
            at = self.chooser.findText(typed, Qt.MatchFlag.MatchContains)
        self.chooser.setCurrentIndex(at if at >= 0 else self.chooser.findData(self._code))
        self.chooser.setEditText(self.chooser.itemText(self.chooser.currentIndex()))

    def _show(self) -> None:
        found = self._plan_figures.current()
        if found is None or self._code not in found.locations:
            return
        location = found.locations[self._code]
        self._name.setText(name_of(location))
        self.contract.setText(contract_words(self._words, location))
        self._facts.setText(facts_words(self._words, location))
        self._show_people(found)
        self._show_dol(found)
        self.reasons.show_location(found, self._code)

    def _show_people(self, found: ByLocation) -> None:
        by_group = found.by_month("placement", self._code, "people", of="group")
        beds = tuple(found.spot(self._code, month).beds for month in found.months)
        # The most people lowest: there they are easiest to compare.
        groups = sorted(by_group, key=lambda group: -sum(by_group[group].values()))
        values = [totals(found.months, by_group[group]) for group in groups]
        hues = group_hues(self._session.sheet("groups"))
        self.people.chart.show_chart(
            Chart(
                "location_people.title",
                "location.people_unit",
                found.months,
                (
                    *(
                        Series(
                            "", each, SeriesStyle.AREA, self._words.called(name), hue_of(hues, name)
                        )
                        for name, each in zip(groups, values, strict=True)
                    ),
                    Series("column.loc_beds", beds, SeriesStyle.STEP, hue=Hue.INK),
                ),
            )
        )
        listed = zip(found.months, *values, beds, strict=True)
        self._people.show_named(
            [self._words.called(name) for name in groups],
            [(month, sum(each), last, *each) for month, *each, last in listed],
        )
        self.people.reword()

    def _show_dol(self, found: ByLocation) -> None:
        listed = found.rows("dol", self._code, ("month", *DOL_AMOUNTS))
        name = name_of(found.locations[self._code])
        self.dol.model.show([(name, *each) for each in listed])
        sums = {
            name: totals(found.months, found.by_month("dol", self._code, name).get("", {}))
            for name in DOL_AMOUNTS
        }
        drawn = dol_series(sums, self._words)
        some = any(any(each.values) for each in drawn)
        chart = Chart("location_dol.title", "unit.places", found.months, drawn)
        self.dol.chart.show_chart(chart if some else NO_DOL)

    def _lay_out(self) -> None:
        self.chooser.setEditable(True)
        self.chooser.setLineEdit(SearchLine())
        self.chooser.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.chooser.setMinimumWidth(self.fontMetrics().averageCharWidth() * 46)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _name: self._typed())
        if (popup := completer.popup()) is not None:
            self._theme.dress(popup)  # a window of its own
        self.chooser.setCompleter(completer)
        line = self.chooser.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._typed)
        self.contract.setWordWrap(True)
        for each in (self.people, self.dol, self.reasons):
            self.tabs.addTab(each, "")
        self.tabs.setDocumentMode(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(4)
        box.addWidget(row(self._choose_label, self.chooser, self._to_input, self._to_map))
        box.addWidget(self._name)
        box.addWidget(self.contract)
        box.addWidget(self._facts)
        box.addWidget(self.tabs, 1)
