"""Choosing what to compare, and planning scenarios for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from planner.core.outcome import Progress
from planner.core.texts import message
from planner.input.edits import SetCell
from planner.jobs.pool import ScenarioEnding, Underway
from planner.jobs.requests import (
    BookState,
    Failed,
)
from tests.side_by_side import DoneAtOnce
from tests.ui.onscreen import context_of, there
from ui.comparing import planning
from ui.comparing.choice import ChoicePage
from ui.comparing.work import MOST_OTHERS, ComparablePlan, PlanOrigin
from ui.session import Made

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from planner.jobs.pool import Heard
    from ui.session import Session
    from ui.theme import Theme
    from ui.words import Words


class _Crew:
    """Plans nothing: tells what it is told to."""

    made: _Crew

    def __init__(
        self, state: BookState, workers: int, listener: Callable[[Heard], None], *, whole: bool
    ) -> None:
        del workers
        self.whole = whole
        self.state, self.tell = state, listener
        self.asked: list[str] = []
        self.stopped: list[str] = []
        self.closed = False
        _Crew.made = self

    def plan(self, scenarios: list[str]) -> None:
        self.asked += scenarios

    def cancel(self, scenario: str) -> None:
        self.stopped.append(scenario)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def choice(  # noqa: PLR0913, PLR0917 - what it stands on
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    session: Session,
    work: DoneAtOnce,
    small_made: Made,
    words: Words,
    theme: Theme,
) -> ChoicePage:
    monkeypatch.setattr(planning, "EnginePool", _Crew)
    session.take_plan(small_made)
    work.show(None)
    page = ChoicePage(context_of(session, words, theme), work, lambda: None)
    qtbot.addWidget(page)
    return page


def scenario(name: str) -> ComparablePlan:
    return ComparablePlan(PlanOrigin.SCENARIO, name)


def test_the_scenario_of_the_plan_shown_says_that_it_is_that_plan(
    choice: ChoicePage, work: DoneAtOnce
) -> None:
    work.scenarios.choose_how(work.made(ComparablePlan(PlanOrigin.SHOWN)).plan.whole)  # type: ignore[union-attr] # one is shown
    choice.fill()
    assert "gepland: het getoonde plan" == state(choice, "middle")
    assert "nog niet gepland" == state(choice, "low")
    # Once, not under another name as well.
    assert ComparablePlan(PlanOrigin.SHOWN) not in work.choices


def test_a_base_and_one_to_five_others_can_be_compared(
    choice: ChoicePage, work: DoneAtOnce
) -> None:
    assert not choice.start.isEnabled()
    choice.choose(scenario("middle"), (scenario("middle"),))
    assert not choice.start.isEnabled()  # the base beside itself is nothing
    choice.choose(scenario("middle"), (scenario("low"), ComparablePlan(PlanOrigin.SHOWN)))
    assert choice.start.isEnabled()
    files = tuple(ComparablePlan(PlanOrigin.FILE, f"{at}.xlsx") for at in range(MOST_OTHERS + 1))
    for each in files:
        work.add_file(Path(each.name))
    choice.fill()
    choice.choose(scenario("middle"), files)
    assert not choice.start.isEnabled()
    assert str(MOST_OTHERS) in choice.start.toolTip()


def test_a_scenario_can_be_stopped_by_itself_and_what_is_planned_is_kept(
    qtbot: QtBot, choice: ChoicePage, work: DoneAtOnce, words: Words, small_made: Made
) -> None:
    plans = work.scenarios
    choice.choose(scenario("middle"), (scenario("low"), scenario("high")))
    choice.compare()
    assert ["low", "high"] == _Crew.made.asked  # the plan shown is of the middle one already
    _Crew.made.tell(Underway("low", Progress("solve", "norm", None, 0.1)))
    qtbot.waitUntil(lambda: plans.progress["low"] is not None, timeout=20_000)
    stop = choice.list.cellWidget(row_of(choice, "low"), 3)
    assert stop is not None
    assert "norm" in state(choice, "low")
    stop.click()  # type: ignore[attr-defined] # a button
    assert ["low"] == _Crew.made.stopped
    _Crew.made.tell(ScenarioEnding("low", None))
    _Crew.made.tell(ScenarioEnding("high", small_made.planned))
    qtbot.waitUntil(lambda: not plans.progress, timeout=20_000)
    assert _Crew.made.closed
    assert work.shown is None  # not all that was asked for is there
    assert plans.of("high") is not None
    assert "Gestopt" in state(choice, "low")
    assert "gepland" == state(choice, "high")
    failed = Failed(1, message("worker.memory"))
    choice.compare()
    assert ["low"] == _Crew.made.asked
    _Crew.made.tell(ScenarioEnding("low", None, failed))
    qtbot.waitUntil(lambda: not plans.progress, timeout=20_000)
    assert words.tell(failed.told) == state(choice, "low")


def state(choice: ChoicePage, name: str) -> str:
    return there(choice.list.item(row_of(choice, name), 2)).text()


def row_of(choice: ChoicePage, name: str) -> int:
    """Return the row of a scenario: the first of its name, for files come after."""
    listed = [there(choice.list.item(at, 0)) for at in range(choice.list.rowCount())]
    return [each.toolTip() for each in listed].index(name)


def test_who_starts_by_keys_can_stop_by_keys(qtbot: QtBot, choice: ChoicePage) -> None:
    choice.show()
    choice.choose(scenario("middle"), (scenario("high"),))
    choice.start.setFocus()
    qtbot.keyClick(choice.start, Qt.Key.Key_Space)
    assert choice.stop.isVisible()
    assert choice.focusWidget() is choice.stop


def test_editing_stops_planning_and_its_plans_are_of_the_past(
    qtbot: QtBot, choice: ChoicePage, work: DoneAtOnce, planned_session: Session
) -> None:
    told: list[str] = []
    work.told.connect(lambda _kind, what: told.append(what.key))
    choice.choose(scenario("middle"), (scenario("low"),))
    choice.compare()
    first = planned_session.sheet("locations")
    assert first is not None
    planned_session.edit(
        "undo.edit", [SetCell("locations", int(first.frame.index[0]), "name", "Anders")]
    )
    assert _Crew.made.closed
    assert ["window.comparison.overtaken"] == told
    assert work.scenarios.of("middle") is None
    _Crew.made.tell(ScenarioEnding("low", None))
    qtbot.wait(20)
    assert {} == work.scenarios.failures


def test_the_base_is_the_planned_scenario_until_another_is_chosen(
    choice: ChoicePage, planned_session: Session
) -> None:
    assert "midden" == choice.base.currentText()
    planned_session.choose_scenario("high")
    choice.fill()
    assert "hoog" == choice.base.currentText()
    choice.base.setCurrentIndex(choice.base.findText("laag"))
    choice.fill()
    assert "laag" == choice.base.currentText()


def test_only_a_scenario_that_was_planned_with_other_input_is_out_of_date(
    choice: ChoicePage, work: DoneAtOnce, session: Session
) -> None:
    del choice
    shown = ComparablePlan(PlanOrigin.SHOWN)
    first = there(session.sheet("locations")).frame
    change = SetCell("locations", int(first.index[0]), "name", "Anders")
    work.compare((shown, shown))
    session.edit("undo.edit", [change])
    assert not work.stale
    session.undo()
    work.compare((shown, scenario("middle")))
    assert not work.stale
    session.edit("undo.edit", [change])
    assert work.stale
