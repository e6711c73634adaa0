"""Keys alone: from the start through scenarios and a comparison to a workbook of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget

from tests.shorter import horizon
from tests.ui.onscreen import menus, there
from ui.actions import ACTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.window import Window

PATIENCE_MS = 90_000
MONTHS = 2
MOST_TABS = 90
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def tab_to(qtbot: QtBot, window: Window, wanted: QWidget) -> None:
    """Press Tab until a widget has the focus.

    Qt shows what is put in a layout in its next turn: before that Tab goes past it.
    """
    qtbot.waitUntil(wanted.isVisible, timeout=PATIENCE_MS)
    met: list[str] = []
    for _ in range(MOST_TABS):
        at = QApplication.focusWidget()
        if at is wanted:
            return
        met.append(f"{type(at).__name__} {at.accessibleName() if at is not None else ''}")
        qtbot.keyClick(at or window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {wanted} (enabled: {wanted.isEnabled()}): {met}")


def press(qtbot: QtBot, window: Window, wanted: QWidget) -> None:
    qtbot.waitUntil(wanted.isEnabled, timeout=PATIENCE_MS)
    tab_to(qtbot, window, wanted)
    qtbot.keyClick(wanted, Qt.Key.Key_Space)


def test_from_the_start_through_scenarios_and_a_comparison_to_a_workbook(
    qtbot: QtBot, window: Window, answers: Answers, small_book: Book, tmp_path: Path
) -> None:
    window.activateWindow()
    demo = next(each for each in window.findChildren(QPushButton) if each.text() == "Kleine demo")
    press(qtbot, window, demo)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    window.session.edit("undo.paste", [horizon(small_book, MONTHS)])  # plans are soon there
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    page = window.pages.rules_page
    tab_to(qtbot, window, page.tabs.tabBar())
    qtbot.keyClick(page.tabs.tabBar(), Qt.Key.Key_Right)
    assert "scenarios" == page.shown
    scenarios = window.pages.scenarios
    tab_to(qtbot, window, scenarios.list)
    qtbot.keyClick(scenarios.list, Qt.Key.Key_End)
    press(qtbot, window, scenarios.buttons["copy"])
    tab_to(qtbot, window, scenarios.form.name)
    scenarios.form.name.selectAll()
    qtbot.keyClicks(scenarios.form.name, "Met toetsen")
    press(qtbot, window, scenarios.form.ok)
    qtbot.waitUntil(lambda: "Met toetsen" in window.session.checked.scenarios, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL | SHIFT)
    view = window.pages.results.comparison
    choice = view.choice
    tab_to(qtbot, window, choice.list)
    names = [there(choice.list.item(at, 0)).toolTip() for at in range(choice.list.rowCount())]
    choice.list.setCurrentCell(0, 0)
    for _ in range(names.index("Met toetsen")):
        qtbot.keyClick(choice.list, Qt.Key.Key_Down)
    qtbot.keyClick(choice.list, Qt.Key.Key_Space)
    press(qtbot, window, choice.start)
    qtbot.waitUntil(lambda: view.work.shown is not None, timeout=PATIENCE_MS)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert view.isAncestorOf(focused)  # not lost to another page while the button was off
    answers.save = tmp_path / "vergelijking.xlsx"
    with qtbot.waitSignal(view.work.wrote, timeout=PATIENCE_MS):
        press(qtbot, window, view.export)
    assert answers.save.is_file()


def test_no_mnemonic_is_given_twice_in_a_menu(window: Window) -> None:
    bar = [menu.title() for menu in menus(window)]
    for texts in (
        bar,
        *([each.text() for each in menu.actions()] for menu in menus(window)),
    ):
        given = Counter(text[text.index("&") + 1].casefold() for text in texts if "&" in text)
        assert {} == {key: count for key, count in given.items() if count > 1}


def test_no_shortcut_of_the_menus_is_one_of_qts_own_for_typing() -> None:
    given = [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(set(given)) == len(given)
    assert not {"Tab", "Space", "Return", "Esc"} & set(given)


def test_a_tick_box_shows_that_it_has_the_focus(qtbot: QtBot, window: Window) -> None:
    box = QCheckBox("Alleen wat verschilt", window)
    qtbot.addWidget(box)
    box.show()
    without = box.grab().toImage()
    window.activateWindow()
    box.setFocus()
    assert box.hasFocus()
    assert without != box.grab().toImage()
