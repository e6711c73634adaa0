"""Keys alone: what if, a scenario in sentences, DOL, decisions through time, find and replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabWidget, QTreeWidget

from planner.input.scenarios.phrases import Phrase
from tests.ui.journeys.test_keyboard import CONTROL, PATIENCE_MS, SHIFT, press, tab_to
from tests.ui.onscreen import only, settled, there
from ui.state import Step
from ui.tables.editors import ListedChoice
from ui.tables.find_bar import FindBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox, QWidget
    from pytestqt.qtbot import QtBot

    from ui.window import Window


def at_keyboard() -> QWidget:
    return there(QApplication.focusWidget())


def type_into(qtbot: QtBot, window: Window, line: QWidget, text: str) -> None:
    tab_to(qtbot, window, line)
    qtbot.keyClick(line, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(line, text)


def pick_by_keys(qtbot: QtBot, window: Window, box: QComboBox, value: object) -> None:
    """Go down a list, with the arrow keys, to what it offers under a value."""
    tab_to(qtbot, window, box)
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(value)):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert value == box.currentData()


def test_what_if_is_moved_by_arrows_and_by_typing_and_kept(qtbot: QtBot, small: Window) -> None:
    small.activateWindow()
    qtbot.keyClick(small, Qt.Key.Key_I, CONTROL | SHIFT)
    view = small.pages.what_if
    qtbot.waitUntil(lambda: bool(view.levers), timeout=PATIENCE_MS)
    first, *_, last = view.levers.values()
    qtbot.waitUntil(lambda: first.slider is at_keyboard())
    qtbot.keyClick(first.slider, Qt.Key.Key_Right)
    assert first.value is not None
    type_into(qtbot, small, first.box, "1,05")
    qtbot.keyClick(first.box, Qt.Key.Key_Return)
    assert 1.05 == first.value
    press(qtbot, small, first.back)
    assert first.value is None
    tab_to(qtbot, small, last.course)
    qtbot.keyClick(last.course, Qt.Key.Key_Tab)  # down, where the eye goes
    assert view.add is at_keyboard()
    qtbot.keyClick(view.add, Qt.Key.Key_Space)
    (contract,) = view.contracts
    qtbot.waitUntil(contract.location.isVisible)
    assert contract.location is at_keyboard()
    qtbot.keyClick(contract.location, Qt.Key.Key_Down)
    qtbot.keyClick(contract.location, Qt.Key.Key_Tab)
    assert contract.asked is at_keyboard()
    qtbot.keyClick(contract.asked, Qt.Key.Key_Down)
    assert contract.lines()
    press(qtbot, small, contract.away)
    assert view.add is at_keyboard()  # and not what comes after all of it
    type_into(qtbot, small, first.box, "1,1")
    qtbot.keyClick(first.box, Qt.Key.Key_Return)
    qtbot.waitUntil(view.name.isEnabled, timeout=PATIENCE_MS)
    type_into(qtbot, small, view.name, "Meer instroom")
    press(qtbot, small, view.keep)
    qtbot.waitUntil(lambda: "Meer instroom" in small.session.checked.scenarios, timeout=PATIENCE_MS)


def test_a_scenario_is_made_in_sentences(qtbot: QtBot, small: Window) -> None:
    small.activateWindow()
    qtbot.keyClick(small, Qt.Key.Key_2, CONTROL)
    assert isinstance(at_keyboard(), QTreeWidget)  # the rules, and not the line to search them
    page, scenarios = small.pages.rules_page, small.pages.scenarios
    tab_to(qtbot, small, page.tabs.tabBar())
    qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_Right)
    press(qtbot, small, scenarios.buttons["new"])
    assert scenarios.form.name is at_keyboard()
    qtbot.keyClicks(scenarios.form.name, "Minder bedden")
    press(qtbot, small, scenarios.form.ok)
    form = scenarios.change_form
    qtbot.waitUntil(form.isVisible, timeout=PATIENCE_MS)
    pick_by_keys(qtbot, small, form.phrase, Phrase.BEDS.value)
    pick_by_keys(qtbot, small, form.subject, "L05")
    type_into(qtbot, small, form.amount, "400")
    qtbot.keyClick(form.amount, Qt.Key.Key_Return)
    press(qtbot, small, form.ok)
    press(qtbot, small, form.done)
    qtbot.waitUntil(lambda: 1 == scenarios.changes.rowCount(), timeout=PATIENCE_MS)
    assert scenarios.isAncestorOf(at_keyboard())


def test_dol_is_asked_about_and_the_calculator_moved(qtbot: QtBot, planned_window: Window) -> None:
    window, view = planned_window, planned_window.pages.results.dol
    window.activateWindow()
    window.go_to(Step.RESULTS)
    tabs = window.pages.results.tabs
    tab_to(qtbot, window, tabs.tabBar())
    qtbot.keyClick(tabs.tabBar(), Qt.Key.Key_Right)  # capacity, whose own places follow
    qtbot.waitUntil(lambda: "capacity" == window.pages.results.shown)
    within = tabs.currentWidget()
    assert isinstance(within, QTabWidget)
    tab_to(qtbot, window, within.tabBar())
    qtbot.keyClick(within.tabBar(), Qt.Key.Key_Right)
    assert "dol" == window.pages.results.shown
    qtbot.waitUntil(lambda: bool(view.calculator.levers), timeout=PATIENCE_MS)
    claims, _ = view.calculator.levers
    qtbot.waitUntil(claims.slider.isVisible)  # Qt shows what is put in a layout in its next turn
    tab_to(qtbot, window, view.tabs.tabBar())
    qtbot.keyClick(at_keyboard(), Qt.Key.Key_Tab)
    assert claims.slider is at_keyboard()  # it stands on top
    before = view.calculator.result.text()
    qtbot.keyClick(claims.slider, Qt.Key.Key_PageUp)
    assert before != view.calculator.result.text()
    place = view.acts["dol.why_here"]
    press(qtbot, window, place)
    assert "dol" != window.pages.results.shown
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert "dol" == window.pages.results.shown
    assert place is at_keyboard()


def test_a_contract_is_moved_and_a_decision_refused(qtbot: QtBot, planned_window: Window) -> None:
    window, view = planned_window, planned_window.pages.results.timeline
    window.activateWindow()
    window.go_to(Step.RESULTS)
    window.pages.results.show_view("timeline")
    rows = [line.key for line in view.model.lines]
    tab_to(qtbot, window, view.matrix)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Home, CONTROL)
    for _ in range(rows.index("L14")):
        qtbot.keyClick(view.matrix, Qt.Key.Key_Down)
    assert "L14" == view.chosen
    edits = len(window.session.state.edits)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Left, CONTROL)
    assert edits < len(window.session.state.edits)
    assert "L14" == view.chosen
    assert view.matrix is at_keyboard()
    type_into(qtbot, window, view.who, "Planner")
    type_into(qtbot, window, view.reason, "Gemeente wil niet")
    press(qtbot, window, view.refuse)
    pins = there(window.session.sheet("pins")).frame
    assert "L14" in set(pins["location"])
    qtbot.waitUntil(lambda: window.jobs.calculating is not None, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_Period, CONTROL)
    qtbot.waitUntil(lambda: window.jobs.calculating is None, timeout=PATIENCE_MS)


def test_a_key_that_begins_no_choice_of_a_cell_is_answered(qtbot: QtBot, small: Window) -> None:
    small.activateWindow()
    grid, model = small.tables.grid, small.tables.model
    kind = [each.key for each in model.columns].index("type")
    grid.setCurrentIndex(model.index(0, kind))
    before = model.cell(0, kind)
    qtbot.keyClicks(grid, "5")
    editor = at_keyboard()
    assert isinstance(editor, ListedChoice)
    assert "Geen keuze begint met" in editor.accessibleDescription()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid is at_keyboard() and 1 == grid.currentIndex().row())
    assert before == model.cell(0, kind)
    qtbot.keyClicks(grid, "b")
    editor = at_keyboard()
    assert isinstance(editor, ListedChoice)
    assert not editor.accessibleDescription()
    assert editor.currentText().startswith("b")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: grid is at_keyboard())


def test_a_text_is_replaced_in_every_cell(qtbot: QtBot, small: Window) -> None:
    small.activateWindow()
    small.tables.grid.setFocus()
    qtbot.keyClick(small, Qt.Key.Key_H, CONTROL)
    bar = only(small.tables, FindBar)
    assert bar.line is at_keyboard()
    qtbot.keyClicks(bar.line, "Zuidwest")
    qtbot.keyClick(bar.line, Qt.Key.Key_Tab)
    assert bar.instead is at_keyboard()  # and not the buttons that stand between
    qtbot.keyClicks(bar.instead, "Zuid-West")
    press(qtbot, small, bar.replace_all)
    regions = set(there(small.session.sheet("locations")).frame["region"])
    assert "Zuid-West" in regions
    assert "Zuidwest" not in regions
    qtbot.waitUntil(lambda: settled(small), timeout=PATIENCE_MS)
