"""Calculating by itself after an edit: for who chose that, of the last input, and nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.onscreen import PATIENCE_MS, action, calculated, settled
from ui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ui.window import Window

QUIET_MS = 1200  # longer than it takes for a calculation to begin by itself


def turn_wheel(over: QWidget) -> None:
    """Turn the wheel of the mouse by a step, over a widget."""
    at = QPointF(over.rect().center())
    nothing, step = QPoint(), QPoint(0, -120)
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    there = QPointF(over.mapToGlobal(at.toPoint()))
    event = QWheelEvent(at, there, nothing, step, buttons, keys, phase, *(False,))
    QApplication.sendEvent(over, event)


def set_beds(window: Window, beds: str) -> None:
    model = window.pages.data.model
    at = [each.key for each in model.columns].index("beds")
    assert model.setData(model.index(0, at), beds)


def test_nothing_is_calculated_by_itself_unless_that_was_chosen(qtbot: QtBot, tiny: Window) -> None:
    assert not action(tiny, "at_once").isChecked()
    set_beds(tiny, "37")
    qtbot.waitUntil(lambda: settled(tiny), timeout=PATIENCE_MS)
    qtbot.wait(QUIET_MS)
    assert tiny.jobs.calculating is None
    assert not tiny.session.plans


def test_an_edit_is_calculated_at_once_and_the_plan_before_it_stays_until_then(
    qtbot: QtBot, tiny: Window, settings_kept: Settings
) -> None:
    calculated(qtbot, tiny)
    before = tiny.session.plans[0]
    action(tiny, "at_once").trigger()
    assert settings_kept.at_once
    set_beds(tiny, "37")
    qtbot.waitUntil(lambda: tiny.jobs.calculating is not None, timeout=PATIENCE_MS)
    assert before is tiny.session.plans[0]
    assert tiny.session.stale
    qtbot.waitUntil(lambda: tiny.session.plans[0] is not before, timeout=PATIENCE_MS)
    assert not tiny.session.stale
    assert before is tiny.session.plans[1]
    # What cannot be planned is not; mended again, the plan that there is is that of the input.
    set_beds(tiny, "-5")
    qtbot.waitUntil(lambda: tiny.session.checked.errors > 0, timeout=PATIENCE_MS)
    tiny.session.undo()
    qtbot.waitUntil(lambda: settled(tiny), timeout=PATIENCE_MS)
    qtbot.wait(QUIET_MS)
    assert tiny.jobs.calculating is None
    assert before is tiny.session.plans[1]


def test_a_calculation_of_older_input_makes_way(qtbot: QtBot, small: Window) -> None:
    qtbot.keyClick(small, Qt.Key.Key_F5, Qt.KeyboardModifier.ControlModifier)
    options = small.pages.options
    assert options.isVisible()
    chosen = options.scenario.currentIndex(), options.limit.value()
    for each in (options.scenario, options.limit):
        turn_wheel(each)
    assert chosen == (options.scenario.currentIndex(), options.limit.value())
    options.at_once.click()
    qtbot.keyClick(options, Qt.Key.Key_Return)
    small.calculate()
    first = small.jobs.calculating
    assert first is not None
    set_beds(small, "123")
    qtbot.waitUntil(
        lambda: small.jobs.calculating is not None and small.jobs.calculating is not first,
        timeout=PATIENCE_MS,
    )
    second = small.jobs.calculating
    assert second is not None
    assert small.session.state == second.job.state
    assert not small.session.plans
    small.commands.cancel()


@pytest.fixture
def settings_kept() -> Settings:
    from PySide6.QtCore import QSettings  # noqa: PLC0415 - of the test's own place

    return Settings(QSettings())
