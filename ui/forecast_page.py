"""The demand calculation in the window: which scenario, its views as tabs, and exporting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from planner.sheets.forecast_tables import WIDENED
from ui.charts.panel import EMPTY
from ui.flow_layout import FlowBox
from ui.forecast.forecasts import Forecasts
from ui.forecast.parts import LabelledChoice, Setting
from ui.session import Change
from ui.view import View
from ui.views.forecast_dol_size import ForecastDolSizeView
from ui.views.forecast_fit import ForecastFitView
from ui.views.forecast_flows import ForecastFlowsView
from ui.views.forecast_hangs import ForecastHangsView
from ui.views.forecast_inputs import ForecastInputsView
from ui.views.forecast_look_back import ForecastLookBackView
from ui.views.forecast_people import ForecastPeopleView
from ui.widgets import Notice, button, muted, plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ui.commands import Commands
    from ui.jobs import Jobs
    from ui.view import Context

    Follower = (
        ForecastPeopleView
        | ForecastFlowsView
        | ForecastHangsView
        | ForecastDolSizeView
        | ForecastInputsView
    )


class ForecastPage(View):
    """The demand of a scenario: people, flows, what it hangs on, its inputs, and past counts."""

    def __init__(self, context: Context, jobs: Jobs) -> None:
        """Stand on these; the views come of `making`."""
        super().__init__(context)
        self.forecasts = Forecasts(context.session, jobs)

    def making(
        self, commands: Commands, go_to_cell: Callable[[str, int | None, str], None]
    ) -> Iterator[None]:
        """Make the views, with a pause after each; nothing is computed before the page is seen."""
        context, words = self._context, self._words
        setting = Setting(
            context.session, words, context.theme, context.ask_path, self.forecasts, commands.asking
        )
        self.people = ForecastPeopleView(setting)
        yield
        self.flows = ForecastFlowsView(setting)
        yield
        self.hangs = ForecastHangsView(setting)
        yield
        self.dol_size = ForecastDolSizeView(setting)
        yield
        self.inputs = ForecastInputsView(setting, go_to_cell)
        yield
        self.fit = ForecastFitView(setting)
        yield
        self.look_back = ForecastLookBackView(setting)
        self._following: Mapping[str, Follower] = {
            "people": self.people,
            "flows": self.flows,
            "hangs": self.hangs,
            "dol_size": self.dol_size,
            "inputs": self.inputs,
        }
        self._due: set[str] = set()  # views that have not taken the last forecast yet
        self._views: dict[str, QWidget] = {
            **self._following,
            "fit": self.fit,
            "look_back": self.look_back,
        }
        self.scenario = LabelledChoice("forecast.scenario", words, self._choose)
        self._state = plain_label()
        self._state.setProperty("role", "muted")
        self._failed = Notice("error")
        self._asking = setting.asking
        self.add_old = button(self._add_old)
        self.as_computed = button(lambda: self.forecasts.widen(()))
        self._widened = muted()
        self._export = button(lambda: commands.export_forecast(self.forecasts.widening))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        for view in self._views.values():
            self.tabs.addTab(view, "")
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 12)
        flow = (*self.scenario.widgets, self.add_old, self.as_computed, self._export, self._state)
        box.addWidget(FlowBox(*flow))
        box.addWidget(self._widened)
        box.addWidget(self._failed)
        box.addWidget(self.tabs, 1)
        context.session.changed.connect(self._take)
        self.forecasts.changed.connect(self._take_forecast)
        self.tabs.currentChanged.connect(lambda _at: self._bring_up_to_date())
        self.forecasts.told.connect(self._say_state)
        self.follow()

    def show_view(self, key: str) -> None:
        """Show a view by its key; `KeyError` when there is none of that key."""
        self.tabs.setCurrentWidget(self._views[key])

    @property
    def shown(self) -> str:
        """The key of the view that is shown."""
        return list(self._views)[self.tabs.currentIndex()]

    @property
    def state(self) -> str:
        """What is said of the forecast: being made, out of date, or nothing."""
        return self._state.text()

    def showEvent(self, event: object) -> None:
        del event  # being seen is all that matters
        self.forecasts.watch(self, watched=True)

    def hideEvent(self, event: object) -> None:
        del event  # as above
        self.forecasts.watch(self, watched=False)

    def _take(self, changes: frozenset[Change]) -> None:
        if changes & {Change.BOOK, Change.FINDINGS}:
            self._offer()
        if Change.VIEWING in changes:
            self._due.add("inputs")  # they are edited in place
            self._bring_up_to_date()

    def _take_forecast(self) -> None:
        self._due = set(self._following)
        self._bring_up_to_date()
        self._offer()

    def _bring_up_to_date(self) -> None:
        """Have the view that is seen show the last forecast; the others wait until they are."""
        for key in tuple(self._due):
            if self.tabs.currentWidget() is self._views[key]:
                self._due.discard(key)
                self._following[key].take()

    def _choose(self) -> None:
        self.forecasts.choose(str(self.scenario.value or ""))

    @property
    def widened(self) -> str:
        """What is said of the old forecasts that were chosen; nothing for none."""
        return self._widened.text()

    def _add_old(self) -> None:
        """Ask for one more workbook of an old forecast, by whose errors bands are widened."""
        path = self._asking.open_path()
        if path is not None and path not in self.forecasts.olds:
            self.forecasts.widen((*self.forecasts.olds, path))

    def _say_widened(self) -> None:
        """Say which old forecasts were chosen, and by how much the bands shown are widened."""
        olds, made = self.forecasts.olds, self.forecasts.shown
        names = self._words.listed([path.name for path in olds])
        key = "forecast.widened.by" if self.forecasts.widening else "forecast.widened.one"
        notes = () if made is None or self.forecasts.stale else made.notes
        told = [self._words.tell(each) for each in notes if each.key == WIDENED]
        self._widened.setText(" ".join([self._words.say(key, names=names), *told]) if olds else "")
        self._widened.setVisible(bool(olds))
        self.as_computed.setVisible(bool(olds))

    def _offer(self) -> None:
        """Offer the scenarios that the book names, else those that come with the program."""
        made = self.forecasts.shown
        named = self._session.checked.scenarios or (() if made is None else made.scenarios)
        self.scenario.offer([(self._words.called(name), name) for name in named])
        chosen = self.forecasts.scenario or ("" if made is None else made.scenario)
        if chosen in named:
            self.scenario.choose(chosen)

    def _say_state(self) -> None:
        forecasts = self.forecasts
        told = "" if forecasts.failed is None else self._words.tell(forecasts.failed)
        self._failed.say(told)
        first = forecasts.stale and forecasts.shown is None
        late = (forecasts.stale or forecasts.failed is not None) and forecasts.shown is not None
        key = "forecast.first" if first else "forecast.stale"
        self._state.setText(self._words.say(key) if first or late else "")
        for view in (self.people, self.flows, self.hangs, self.dol_size):
            view.twin.chart.mark_late(self._words.say("chart.late") if late else "")
            view.twin.chart.say_when_empty("forecast.first" if first else EMPTY)
        self._say_widened()

    def reword(self) -> None:
        for at, key in enumerate(self._views):
            self.tabs.setTabText(at, self._words.say(f"forecast.tab.{key}"))
        self.add_old.setText(self._words.say("forecast.widened.add"))
        self.add_old.setToolTip(self._words.say("forecast.widened.add.tip"))
        self.as_computed.setText(self._words.say("forecast.widened.not"))
        self._export.setText(self._words.say("forecast.export"))
        self._export.setToolTip(self._words.say("forecast.export.tip"))
        self._export.setIcon(self._theme.icon("export"))
        self._offer()
        self._say_state()
