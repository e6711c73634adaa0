"""`VIEWS`: every view that is drawn, and how to come there; a new view is one more line."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.jobs.future_requests import FuturesQuestion
from ui.state import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QLineEdit

    from ui.pages import Pages
    from ui.window import Window

PATIENCE_S = 240.0
BESIDE = 3  # plans beside the base in a comparison of the small demo; a national one takes long


def _stay(_window: Window) -> None:
    """Leave a view as it is."""


@dataclass(frozen=True)
class View:
    """How to come to a view, whether it shows a plan, and what to take back afterwards."""

    reach: Callable[[Window], None]
    of_plan: bool = False
    leave: Callable[[Window], None] = _stay


def wait(done: Callable[[], bool], patience_s: float) -> bool:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    until = time.monotonic() + patience_s
    while not done():
        QApplication.processEvents()
        time.sleep(0.01)
        if time.monotonic() > until:
            return False
    return True


def step(at: Step) -> View:
    """Return the view of a step."""
    return View(lambda window: window.go_to(at))


def result(key: str) -> View:
    """Return a view of the results."""

    def reach(window: Window) -> None:
        window.go_to(Step.RESULTS)
        window.pages.results.show_view(key)

    return View(reach, of_plan=True)


def rules(key: str, show: Callable[[Pages], None] = lambda _pages: None) -> View:
    """Return a view of the rules and scenarios; what it shows is looked up first."""

    def reach(window: Window) -> None:
        window.go_to(Step.RULES)
        window.pages.rules_page.show_view(key)
        wait(lambda: not window.jobs.at_desk, PATIENCE_S)
        show(window.pages)

    return View(reach)


def _combine(pages: Pages) -> None:
    pages.scenarios.show_scenario("slower_dol")
    pages.scenarios.buttons["combine"].click()
    pages.scenarios.form.other.setCurrentText("longer_contracts")
    pages.scenarios.form.name.setText("Langer, en DOL langzamer")


def _dol(*, locations: bool) -> View:
    def reach(window: Window) -> None:
        result("dol").reach(window)
        window.pages.results.dol.tabs.setCurrentIndex(int(not locations))

    return View(reach, of_plan=True)


def _explanation(section: int) -> View:
    def reach(window: Window) -> None:
        result("explanation").reach(window)
        window.pages.results.explanation.sections.setCurrentIndex(section)

    return View(reach, of_plan=True)


def _origin(window: Window) -> None:
    """Ask which cells lie behind the first shortfall."""
    _explanation(0).reach(window)
    before = window.pages.origin.answer
    window.pages.results.explanation.cells.click()
    wait(lambda: window.pages.origin.answer is not before, PATIENCE_S)


def _dependents(window: Window) -> None:
    """Ask what depends on the beds of a location."""
    window.pages.go_to_cell("locations", 6, "beds")
    before = window.pages.origin.answer
    window.pages.ask_dependents(window.tables)
    wait(lambda: window.pages.origin.answer is not before, PATIENCE_S)


def _location(tab: int) -> View:
    def reach(window: Window) -> None:
        result("location").reach(window)
        window.pages.results.location.tabs.setCurrentIndex(tab)

    def leave(window: Window) -> None:
        window.pages.results.location.tabs.setCurrentIndex(0)

    return View(reach, of_plan=True, leave=leave)


def _make_mistakes(window: Window) -> None:
    """Put three mistakes in the table of locations, as one step."""
    from planner.input.edits import SetCell  # noqa: PLC0415 - the scale is set before Qt is loaded

    window.go_to(Step.DATA)
    model = window.tables.model
    rows = [model.row_number(at) for at in (1, 3, 5)]
    window.session.edit(
        "undo.paste",
        [
            SetCell("locations", rows[0], "type", "camping"),
            SetCell("locations", rows[1], "province", "Gronigen"),
            SetCell("locations", rows[2], "beds", -20),
        ],
    )
    wait(lambda: window.session.checked.errors > 0, PATIENCE_S)


def _mend(window: Window) -> None:
    window.session.undo()
    wait(lambda: window.session.checked.errors == 0 and not window.session.stale, PATIENCE_S)


def _line_of(window: Window) -> QLineEdit:
    """Return the line that filters the rows of the table in view."""
    from PySide6.QtWidgets import QLineEdit  # noqa: PLC0415 - as above

    said = window.words.say("tables.filter")
    lines = window.tables.findChildren(QLineEdit)
    return next(each for each in lines if each.placeholderText() == said)


def _filter(window: Window) -> None:
    """Narrow the locations and look for a text in them."""
    window.pages.go_to_cell("locations", 3, "id")
    _line_of(window).setText("azc")
    window.tables.search()


def _widen(window: Window) -> None:
    from ui.tables.find_bar import FindBar  # noqa: PLC0415 - as above

    _line_of(window).clear()
    window.tables.findChildren(FindBar)[0].hide()


def _make_late(window: Window) -> None:
    """Change the input after a plan was made."""
    from planner.input.edits import SetCell  # noqa: PLC0415 - as above

    before = window.session.checked
    window.session.edit("undo.paste", [SetCell("locations", 4, "beds", 210)])
    wait(lambda: window.session.checked is not before, PATIENCE_S)
    result("answer").reach(window)


def _look_only(window: Window) -> None:
    step(Step.DATA).reach(window)
    window.pages.data_page.show_view("tables")
    window.view_only()


def _calculate(window: Window) -> None:
    """Calculate, and look when a level or two have been settled."""
    window.calculate()
    window.pages.bar.more.click()
    told = window.pages.bar.steps.lines
    wait(lambda: "\n" in told.toPlainText(), PATIENCE_S)


def _await_plan(window: Window) -> None:
    """Let it come to a plan: what is asked about a plan later needs one that was made whole."""
    wait(lambda: window.jobs.calculating is None, PATIENCE_S)
    window.pages.bar.more.click()


def _ask_what_if(window: Window) -> None:
    """Move a lever, once the plan that is asked about is there."""
    window.pages.ask_what_if()
    view = window.pages.what_if
    wait(lambda: bool(view.levers), PATIENCE_S)
    view.levers["dublin_stay"].put(6.0)
    wait(lambda: view.model.rowCount() > 0, PATIENCE_S)


def _futures(question: str) -> View:
    """Return the page about a wrong forecast at a question, answered where nothing more is needed.

    An answer takes as long as some plans.
    """

    def reach(window: Window) -> None:
        result("futures").reach(window)
        page = window.pages.results.futures
        page.show_question(FuturesQuestion(question))
        if page.question not in page.work.answers and page.ask.isEnabled():
            page.ask.click()
            wait(lambda: page.work.asking is None, PATIENCE_S)

    return View(reach, of_plan=True)


def _forecast(key: str) -> View:
    """Return a view of the demand calculation, once that is up to date."""

    def reach(window: Window) -> None:
        window.go_to(Step.DATA)
        window.pages.data_page.show_view("forecast")
        window.pages.forecast.show_view(key)
        forecasts = window.pages.forecast.forecasts
        wait(lambda: forecasts.shown is not None and not forecasts.stale, PATIENCE_S)

    return View(reach, leave=lambda window: window.pages.data_page.show_view("tables"))


def _comparison(key: str, show: Callable[[Window], None] = _stay) -> View:
    """Return a page of the comparison; scenarios are planned and compared first."""

    def reach(window: Window) -> None:
        result("comparison").reach(window)
        view = window.pages.results.comparison
        if view.work.shown is None:
            most = BESIDE if window.session.origin.demo == "small" else 1
            first, *others = [each for each in view.work.choices if each.sort == "scenario"]
            view.choice.choose(first, tuple(others[:most]))
            view.choice.compare()
            wait(lambda: view.work.shown is not None, PATIENCE_S)
        view.show_page(key)
        show(window)

    return View(reach, of_plan=True)


def _find(window: Window) -> None:
    """Have what the page offers to find out be found."""
    view = window.pages.results.comparison
    start = view.page(view.shown).start  # type: ignore[attr-defined] # these pages have one
    if start.isVisible():
        start.click()
        wait(lambda: not start.isVisible(), PATIENCE_S)


def _tour(window: Window) -> None:
    """Begin to lead a newcomer through the program."""
    from ui import tour  # noqa: PLC0415 - the scale is set before Qt is loaded

    step(Step.DATA).reach(window)
    tour.begin(window)


def _end_tour(window: Window) -> None:
    from ui import tour  # noqa: PLC0415 - as above

    window.findChildren(tour.Tour)[0].hide()


VIEWS: dict[str, View] = {
    "start": step(Step.START),
    "data": step(Step.DATA),
    "tour": View(_tour, leave=_end_tour),
    "findings": View(_make_mistakes, leave=_mend),
    "filter": View(_filter, leave=_widen),
    "viewing": View(_look_only, leave=lambda window: window.view_only()),
    "forecast": _forecast("people"),
    "forecast_flows": _forecast("flows"),
    "forecast_hangs": _forecast("hangs"),
    "forecast_dol_size": _forecast("dol_size"),
    "forecast_inputs": _forecast("inputs"),
    "forecast_fit": _forecast("fit"),
    "forecast_look_back": _forecast("look_back"),
    "rules": rules("rule_tables"),
    "rule_register": rules("register", lambda pages: pages.register.show_rule("occupancy_norm")),
    "rule_levels": rules("register", lambda pages: pages.register.show_rule("levels")),
    "scenarios": rules(
        "scenarios", lambda pages: pages.scenarios.show_scenario("longer_contracts")
    ),
    "scenarios_combine": rules("scenarios", _combine),
    "what_if": View(_ask_what_if),
    "calculating": View(_calculate, of_plan=True, leave=_await_plan),
    "late": View(_make_late, of_plan=True, leave=_mend),
    "answer": result("answer"),
    "overview": result("overview"),
    "runoff": result("runoff"),
    "capacity": result("capacity"),
    "timeline": result("timeline"),
    "dol": _dol(locations=False),
    "dol_locations": _dol(locations=True),
    "map": result("map"),
    "location": result("location"),
    "location_dol": _location(1),
    "location_why": _location(2),
    "shortfalls": result("shortfalls"),
    "moments": result("moments"),
    "explanation": _explanation(0),
    "explanation_common": _explanation(1),
    "explanation_limits": _explanation(2),
    "explanation_choices": _explanation(3),
    "explanation_helps": _explanation(4),
    "futures": result("futures"),
    "futures_robust": _futures("robust"),
    "futures_alternatives": _futures("alternatives"),
    "futures_since": _futures("since"),
    "origin": View(_origin, of_plan=True, leave=lambda window: window.pages.origin.hide()),
    "dependents": View(_dependents, of_plan=True, leave=lambda window: window.pages.origin.hide()),
    "sheets": result("sheets"),
    "comparison_choose": _comparison("choose"),
    "comparison": _comparison("levels"),
    "comparison_beside": _comparison("beside"),
    "comparison_words": _comparison("summary"),
    **{
        f"comparison_{key}": _comparison(key)
        for key in (
            "measures",
            "areas",
            "runoff",
            "dol",
            "shortfalls_rule",
            "shortfalls_province",
            "shortfalls_location",
            "rules",
            "rules_places",
            "decisions",
            "inputs",
            "places",
            "occupancy",
        )
    },
    "comparison_lines": _comparison("people"),
    "comparison_cost": _comparison("cost"),
    "comparison_map": _comparison("map"),
    "comparison_changes": _comparison("changes", _find),
    "comparison_explained": _comparison("explained", _find),
    "comparison_regret": _comparison("regret", _find),
}
