"""Whatever cannot be used says why: every command of the menus and every button in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from planner.core.texts import catalogue
from ui.actions import ACTIONS, why_not
from ui.state import State, Step
from ui.why_not import allow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window

VIEWS_OF_A_PLAN = ("answer", "dol", "timeline", "map", "shortfalls", "explanation", "comparison")
STATES = {
    "no file": State(),
    "a file that is not planned": State(is_open=True),
    "a file at its tables": State(is_open=True, at_table=True),
    "only to be looked at": State(is_open=True, at_table=True, viewing=True),
    "planned": State(is_open=True, planned=True),
    "calculating": State(is_open=True, planned=True, calculating=True),
    "opening": State(working=True),
}


@pytest.mark.parametrize("state", STATES)
def test_every_command_that_cannot_be_given_says_why(state: str) -> None:
    for action in ACTIONS:
        reason = why_not(action.enabled, STATES[state])
        assert bool(reason) is not action.enabled(STATES[state]), action.id
        assert not reason or f"window.{reason}" in catalogue(), action.id


@pytest.mark.parametrize(
    ("action", "state", "reason"),
    [
        ("save", "no file", "why_not.no_book"),
        ("report", "a file that is not planned", "why_not.no_plan"),
        ("report", "no file", "why_not.no_plan"),
        ("paste", "only to be looked at", "why_not.viewing"),
    ],
)
def test_the_reason_is_what_stands_in_the_way(action: str, state: str, reason: str) -> None:
    asked = next(each for each in ACTIONS if each.id == action)
    assert reason == why_not(asked.enabled, STATES[state])


def test_a_button_has_its_own_tip_again_when_it_can_be_used(qtbot: QtBot) -> None:
    button = QPushButton("verder")
    qtbot.addWidget(button)
    button.setToolTip("naar de volgende")

    for why in ("kies eerst een regel", "er wordt gerekend", ""):
        allow(button, why)
        assert (why or "naar de volgende", not why) == (button.toolTip(), button.isEnabled())


def silent(root: QWidget) -> list[str]:
    """Return the buttons in view that cannot be used and do not say why."""
    return [
        each.text() or each.accessibleName()
        for each in root.findChildren(QPushButton)
        if each.isVisible() and not each.isEnabled() and not each.toolTip()
    ]


def test_no_button_in_view_is_silent_about_why_it_cannot_be_used(
    qtbot: QtBot, planned_window: Window
) -> None:
    planned_window.show()
    found: dict[str, list[str]] = {}
    for step in (Step.START, Step.DATA, Step.RULES, Step.RESULTS):
        planned_window.go_to(step)
        qtbot.wait(20)
        found[step.name] = silent(planned_window)
    results = planned_window.pages.results
    for name in VIEWS_OF_A_PLAN:
        results.show_view(name)
        qtbot.wait(20)
        found[name] = silent(planned_window)

    assert not {name: buttons for name, buttons in found.items() if buttons}
