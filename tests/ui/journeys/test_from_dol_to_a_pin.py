"""From a location among the DOL places to why it is there, and to a decision that is fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.ui.onscreen import PATIENCE_MS
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window


def test_a_location_of_the_dol_matrix_is_asked_about_and_fixed(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.pages.show_answer()
    results.show_view("dol")
    model = results.dol.by_location
    code = next(model.location(at) for at in range(model.rowCount()) if model.location(at))
    why, fix, page = results.dol.menu(code).actions()
    assert "Waarom DOL hier?" == why.text()
    why.trigger()
    assert results.shown in {"explanation", "location"}
    page.trigger()
    assert (code, "location") == (results.location.code, results.shown)
    fix.trigger()
    assert "timeline" == results.shown
    timeline = results.timeline
    assert code == timeline.chosen
    timeline.who.setText("Regiomanager")
    timeline.reason.setText("Zo afgesproken met de gemeente")
    before = window.session.sheet("pins")
    count = 0 if before is None else len(before.frame)
    qtbot.mouseClick(timeline.fix, Qt.MouseButton.LeftButton)
    pins = window.session.sheet("pins")
    assert pins is not None
    assert len(pins.frame) > count
    assert {code} == set(pins.frame["location"][count:])


def test_a_contract_that_is_moved_has_the_plan_made_again(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.pages.show_answer()
    results.show_decisions("L14")
    before = window.session.plans[0]
    qtbot.keyClick(results.timeline.matrix, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session.plans[0] is not before, timeout=PATIENCE_MS)
    assert not window.session.stale
    assert "timeline" == results.shown
    assert "L14" == results.timeline.chosen


def test_claims_times_stay_is_reckoned_while_the_sliders_move(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.pages.show_answer()
    results.show_view("dol")
    calculator = results.dol.calculator
    qtbot.waitUntil(lambda: len(calculator.levers) == 2, timeout=PATIENCE_MS)
    before = window.session.state
    claims, stay = calculator.levers
    assert calculator.result.text().startswith("Invoer nu: 22,4 per maand \u00d7 3,35 maanden = 75")
    claims.put(30.0)
    stay.put(4.0)
    # 30 claims a month that stay four months are 120 people in the long run.
    assert "Proef: 30,0 per maand \u00d7 4 maanden = 120 mensen." == calculator.result.text()
    stay.put(6.0)
    assert "= 180 mensen" in calculator.result.text()
    for lever in (claims, stay):
        lever.back.click()
    assert calculator.result.text().startswith("Invoer nu: 22,4 per maand")
    assert window.session.state == before

    results.dol.choose("L04")
    qtbot.mouseClick(results.dol.acts["dol.why_here"], Qt.MouseButton.LeftButton)
    assert results.shown in {"explanation", "location"}
    window.history.settle()
    window.history.back()
    assert "dol" == results.shown


def test_why_dol_is_at_the_first_location_can_be_asked_at_once(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.go_to(Step.RESULTS)
    results.show_view("dol")
    qtbot.waitUntil(results.dol.acts["dol.why_here"].isEnabled)
    first = results.dol.chosen
    assert first
    results.dol.acts["dol.why_here"].click()
    assert "explanation" == results.shown
