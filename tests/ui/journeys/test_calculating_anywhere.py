"""Calculating without leaving the page: the bar, the provisional answer, and no plan lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from planner.core.texts import message
from planner.result.main_figures import MainFigures
from tests.ui.onscreen import (
    PATIENCE_MS,
    answer_of,
    button,
    lines_in,
    notices_in,
    words_in,
)
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.window import Window


def test_f5_leaves_the_user_where_he_is_and_tells_what_is_known_already(
    qtbot: QtBot, brief: Window
) -> None:
    bar, said, tiles = brief.pages.bar, [], []

    def look() -> None:
        if brief.session.coming.figures is not None:
            said.append(words_in(bar))
            brief.pages.show_answer()
            tiles.append(words_in(brief.pages.results.answer))
            brief.go_to(Step.DATA)

    brief.session.coming.changed.connect(look)
    brief.go_to(Step.DATA)
    qtbot.keyClick(brief, Qt.Key.Key_F5)
    assert Step.DATA == brief.step
    assert bar.isVisible()
    assert "0 van 12 prioriteiten vast" in bar.said
    qtbot.waitUntil(lambda: bool(brief.session.plans), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: brief.jobs.calculating is None, timeout=PATIENCE_MS)
    assert "Voorlopig: Iedereen heeft een plaats" in said[0]
    assert "Mensen in noodopvang (voorlopig)" in tiles[0]
    assert "Te besluiten" not in tiles[0]
    assert "Berekend" in notices_in(bar)
    assert brief.session.coming.figures is None
    brief.pages.show_answer()
    answer = words_in(answer_of(qtbot, brief))
    assert "Te besluiten" in answer
    assert "voorlopig" not in answer.casefold()


def test_a_green_bar_never_speaks_of_input_that_was_changed_since(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, bar = planned_window, planned_window.pages.bar
    bar.end("good", message("window.ending.optimal"))
    assert "good" == bar.ended.property("notice")
    model = window.pages.data.model
    beds = [each.key for each in model.columns].index("beds")
    model.setData(model.index(3, beds), "77")
    qtbot.waitUntil(lambda: window.session.stale, timeout=PATIENCE_MS)
    assert "daarna is de invoer gewijzigd" in notices_in(bar)
    assert "remark" == bar.ended.property("notice")
    window.session.undo()
    qtbot.waitUntil(lambda: not window.session.stale, timeout=PATIENCE_MS)
    assert "Berekend: dit is het beste plan" in notices_in(bar)
    window.go_to(Step.RESULTS)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=PATIENCE_MS)


def test_what_is_in_the_way_of_a_plan_is_not_said_once_it_is_mended(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, bar = planned_window, planned_window.pages.bar
    model = window.pages.data.model
    beds = [each.key for each in model.columns].index("beds")
    model.setData(model.index(3, beds), "veel")
    qtbot.waitUntil(lambda: bool(window.session.checked.errors), timeout=PATIENCE_MS)
    window.calculate()
    assert "Er kan niet gerekend worden: 1 fout in de invoer" in notices_in(bar)
    window.session.undo()
    qtbot.waitUntil(lambda: not window.session.checked.errors, timeout=PATIENCE_MS)
    assert "Er kan niet gerekend worden" not in notices_in(bar)


def test_nothing_is_offered_to_be_calculated_again_while_that_is_being_done(
    qtbot: QtBot, brief: Window
) -> None:
    again = button(brief.pages.results.stale, "Opnieuw berekenen")
    scenario = brief.pages.scenarios.buttons["choose"]
    qtbot.keyClick(brief, Qt.Key.Key_F5)
    assert not again.isEnabled()
    assert not scenario.isEnabled()
    assert "Er wordt gerekend" in again.toolTip()
    assert "Er wordt gerekend" in scenario.toolTip()
    qtbot.waitUntil(lambda: brief.jobs.calculating is None, timeout=PATIENCE_MS)
    assert again.isEnabled()


def test_without_a_plan_others_can_be_compared_and_none_is_exported(
    qtbot: QtBot, brief: Window
) -> None:
    results = brief.pages.results
    brief.pages.compare()
    tabs = results.tabs
    export = button(results, "Uitvoeren naar Excel…")

    def able() -> list[str]:
        there = range(tabs.count())
        return [tabs.tabText(at) for at in there if tabs.isTabEnabled(at)]

    assert ["Vergelijken", "Meer"] == able()
    assert "Bereken eerst een plan" in tabs.tabToolTip(0)
    assert not export.isEnabled()
    assert "Bereken eerst een plan" in export.toolTip()
    brief.go_to(Step.DATA)
    qtbot.keyClick(brief, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: brief.jobs.calculating is None, timeout=PATIENCE_MS)
    assert tabs.count() == len(able())
    assert export.isEnabled()
    brief.go_to(Step.RESULTS)
    assert "answer" == results.shown


@pytest.mark.parametrize(("choice", "closed"), [(2, False), (1, True)])
def test_a_plan_in_no_file_is_asked_about_before_the_window_closes(
    qtbot: QtBot, planned_window: Window, answers: Answers, choice: int, *, closed: bool
) -> None:
    window = planned_window
    answers.choice = choice
    window.close()
    qtbot.waitUntil(lambda: bool(answers.told), timeout=PATIENCE_MS)
    assert "Het berekende plan staat nog in geen bestand" in answers.told[-1]
    qtbot.waitUntil(lambda: window.isVisible() is not closed, timeout=PATIENCE_MS)


def test_a_plan_that_was_exported_is_not_asked_about(
    planned_window: Window, answers: Answers
) -> None:
    window = planned_window
    window.session.kept = window.session.plans[0]
    followed = []
    window.commands.after_saving(lambda: followed.append(True))
    assert [True] == followed
    assert [] == answers.told


def test_what_is_provisional_gives_way_to_the_plan_that_was_shown(
    qtbot: QtBot, planned_window: Window
) -> None:
    window = planned_window
    window.pages.show_answer()
    answer = answer_of(qtbot, window)
    before = lines_in(answer)
    found = MainFigures.of(window.session.plans[0].plan.tables)
    window.session.coming.take(found)
    assert any("voorlopig" in each for each in lines_in(answer))
    window.session.coming.take(None)
    assert before == lines_in(answer_of(qtbot, window))


def test_what_is_provisional_is_not_said_to_be_of_the_input_before(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.pages.show_answer()
    model = window.pages.data.model
    beds = [each.key for each in model.columns].index("beds")
    model.setData(model.index(3, beds), "77")
    qtbot.waitUntil(lambda: window.session.stale, timeout=PATIENCE_MS)
    old = "horen bij de oude invoer"
    assert old in notices_in(results)
    window.session.coming.take(MainFigures.of(window.session.plans[0].plan.tables))
    assert old not in notices_in(results)
    results.show_view("capacity")
    assert old in notices_in(results)
