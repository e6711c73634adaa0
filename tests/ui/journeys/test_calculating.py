"""Calculating: in words, stopped at any step, out of date after an edit, a child that dies."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from planner.core.outcome import Ending, Stop
from planner.core.texts import Language
from planner.jobs.requests import CalculatePlan
from tests.ui.onscreen import (
    PATIENCE_MS,
    action,
    buttons_in,
    calculated,
    levels_of,
    notices_in,
    pid_of,
)
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window


def idle(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: window.jobs.calculating is None, timeout=PATIENCE_MS)


@pytest.mark.parametrize("step", ["build", "solve", "explain"])
def test_it_can_be_stopped_at_every_step_and_begun_again(
    qtbot: QtBot, brief: Window, step: str
) -> None:
    reached: list[str] = []

    def stop_at(progress: object) -> None:
        at = getattr(progress, "level", None) and "solve"
        at = at or str(getattr(progress, "step", ""))
        if at == step and not reached:
            reached.append(at)
            brief.commands.cancel()

    brief.jobs.progressed.connect(stop_at)
    brief.calculate()
    idle(qtbot, brief)
    assert [step] == reached
    assert "gestopt" in notices_in(brief.pages.bar).casefold()
    if step == "build":
        assert not brief.session.plans
    if step == "explain":
        plan = brief.session.plans[0].plan
        assert (Ending.OPTIMAL, Stop.CANCELLED) == (plan.ending, plan.stop)
        # It was not waited for that it is recomputed; that is done now, and told.
        assert not plan.recomputed
        label = brief.pages.from_file.notice.label
        qtbot.waitUntil(lambda: "klopt met de invoer" in label.text(), timeout=PATIENCE_MS)
    if step == "solve":
        calculated(qtbot, brief)
        assert brief.session.plans[0].plan.found


def test_a_child_that_is_killed_is_told_calmly_and_the_window_goes_on(
    qtbot: QtBot, brief: Window
) -> None:
    started: list[object] = []

    def kill(progress: object) -> None:
        if not started and getattr(progress, "level", None):
            running = brief.jobs.calculating
            assert running is not None
            started.append(pid_of(running.worker))
            os.kill(pid_of(running.worker), signal.SIGTERM)

    brief.jobs.progressed.connect(kill)
    brief.calculate()
    idle(qtbot, brief)
    assert started
    told = notices_in(brief.pages.bar)
    assert told
    assert "Traceback" not in told
    model = brief.pages.data.model
    assert model.setData(model.index(0, 1), "De invoer is er nog")
    calculated(qtbot, brief)
    assert brief.session.plans[0].plan.found


def test_editing_and_another_language_while_it_calculates_lose_nothing(
    qtbot: QtBot, brief: Window
) -> None:
    brief.calculate()
    brief.go_to(Step.DATA)
    model = brief.pages.data.model
    beds = [each.key for each in model.columns].index("beds")
    before = model.raw(model.index(3, beds))
    model.setData(model.index(3, beds), str(int(before) + 50))
    brief.choose_language(Language.EN)
    assert "Calculat" in brief.pages.bar.said
    qtbot.waitUntil(lambda: bool(brief.session.plans), timeout=PATIENCE_MS)
    idle(qtbot, brief)
    # The plan is of the input as it was at the start; that shows, and the edit is still there.
    assert int(before) + 50 == model.raw(model.index(3, beds))
    qtbot.waitUntil(lambda: brief.session.stale, timeout=PATIENCE_MS)
    brief.go_to(Step.RESULTS)
    results = brief.pages.results
    assert results.stale.isVisible()
    results.show_view("overview")
    rows = levels_of(results.overview).rowCount()
    assert rows
    assert "Opened at" not in brief.windowTitle()
    brief.choose_language(Language.NL)
    assert rows == levels_of(results.overview).rowCount()
    assert "gewijzigd" in results.stale.label.text()
    brief.session.undo()
    qtbot.waitUntil(lambda: not brief.session.stale, timeout=PATIENCE_MS)
    assert not results.stale.isVisible()


def test_progress_is_told_in_words_and_what_is_settled_stays(qtbot: QtBot, brief: Window) -> None:
    calculated(qtbot, brief)
    said = brief.pages.bar.steps.lines.toPlainText()
    assert "Iedereen geplaatst" in said
    assert "Noodopvang: " in said
    brief.choose_language(Language.EN)
    assert "Iedereen" not in brief.pages.bar.steps.lines.toPlainText()


def test_what_is_settled_is_said_and_grows_level_by_level(qtbot: QtBot, tiny: Window) -> None:
    bar, said = tiny.pages.bar, []
    tiny.jobs.progressed.connect(lambda _: said.append((bar.said, bar.steps.best)))
    tiny.calculate()
    assert bar.isVisible()
    assert not bar.steps.isVisible()
    bar.more.click()
    assert bar.steps.isVisible()
    calculated(qtbot, tiny)
    assert not bar.steps.isVisible()
    assert "" == said[0][1]
    assert any("5 van 12" in line and "noodopvang" in best.casefold() for line, best in said)
    assert any("7 van 12" in line for line, _ in said)
    # No rule counts at the other five: once the plan is there, nothing of it is open.
    assert "12 van 12 prioriteiten vast" in said[-1][0]
    assert "narekenen" in said[-1][0]


def test_whole_locations_and_a_time_limit_are_chosen_beside_the_button(
    qtbot: QtBot, small: Window
) -> None:
    action(small, "calculation_options").trigger()
    page = small.pages.options
    assert page.isVisible()
    assert page.scenario.hasFocus()
    page.whole.click()
    page.limit.setValue(2)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    (calculate,) = (each for each in buttons_in(small) if each.text() == "Berekenen")
    assert "Hele locaties · ten hoogste 2 minuten" in calculate.toolTip()
    qtbot.mouseClick(calculate, Qt.MouseButton.LeftButton)
    assert not calculate.isEnabled()
    running = small.jobs.calculating
    assert running is not None
    assert (
        CalculatePlan(small.session.scenario or None, whole=True, time_limit_s=120.0)
        == running.job.task
    )
    assert not page.whole.isEnabled()
    small.commands.cancel()
    idle(qtbot, small)
    assert page.limit.isEnabled()


def test_who_stops_it_by_keys_goes_on_from_what_is_said_of_it(qtbot: QtBot, brief: Window) -> None:
    bar = brief.pages.bar
    brief.calculate()
    qtbot.waitUntil(bar.stop.isVisible)
    bar.stop.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(bar.stop, Qt.Key.Key_Space)
    idle(qtbot, brief)
    at = QApplication.focusWidget()
    assert at is not None
    assert bar.ended.isAncestorOf(at)


def test_a_plan_that_was_ready_before_it_heard_that_it_was_to_stop_is_kept(
    qtbot: QtBot, brief: Window
) -> None:
    brief.calculate()
    running = brief.jobs.calculating
    assert running is not None
    idle_child = running.worker.cancel
    running.worker.cancel = lambda *_: None  # type: ignore[method-assign] # the word is too late
    brief.commands.cancel()
    idle(qtbot, brief)
    running.worker.cancel = idle_child  # type: ignore[method-assign] # as it was
    assert brief.session.plans[0].plan.found
    assert "Berekend" in notices_in(brief.pages.bar)


def test_behind_the_last_level_the_bar_says_that_locations_are_taken_whole(
    qtbot: QtBot, tiny: Window
) -> None:
    bar, said = tiny.pages.bar, []
    tiny.jobs.progressed.connect(lambda told: said.append((told, bar.said)))
    tiny.commands.choose_how(True, None)  # noqa: FBT003 - as the options tell it
    calculated(qtbot, tiny)
    levels = [(told, line) for told, line in said if told.level is not None]
    assert "geheel of niet" in levels[-1][1]  # settled: what follows is told of no further
    assert "geheel of niet" not in levels[0][1]
