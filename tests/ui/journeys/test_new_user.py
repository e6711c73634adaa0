"""A stranger: from the start page to an exported plan, with the mouse and with keys alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from planner import api
from tests.shorter import horizon
from tests.ui.onscreen import PATIENCE_MS
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.window import Window

MONTHS = 2


class Opener(QObject):
    """Stands in for the program that opens a file."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.taken.append(url)


def press(qtbot: QtBot, top: QWidget, text: str) -> None:
    """Click the button with this text, once it is in view."""

    def found() -> list[QPushButton]:
        there = top.findChildren(QPushButton)
        return [each for each in there if each.text() == text and each.isVisible()]

    qtbot.waitUntil(lambda: bool(found()), timeout=PATIENCE_MS)
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def test_from_the_start_page_to_an_exported_plan_with_the_mouse(
    qtbot: QtBot, window: Window, answers: Answers, tmp_path: Path
) -> None:
    press(qtbot, window, "Kleine demo")
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    press(qtbot, window, "Berekenen")
    qtbot.waitUntil(lambda: bool(window.session.plans), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.jobs.calculating is None, timeout=PATIENCE_MS)
    press(qtbot, window, "Resultaat bekijken")
    assert Step.RESULTS == window.step
    answers.save = tmp_path / "plan.xlsx"
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        press(qtbot, window, "Uitvoeren naar Excel…")
    assert () == api.verify(answers.save).breaches
    assert "plan.xlsx" in window.statusBar().currentMessage()
    # Nothing else stands there, or both would be written over one another.
    qtbot.wait(50)
    shown = [each for each in window.statusBar().findChildren(QLabel) if each.isVisible()]
    assert "" == "".join(each.text() for each in shown)
    opener = Opener()
    # The stub of the binding names bytes; what it takes is a text.
    QDesktopServices.setUrlHandler("file", opener, "take")  # type: ignore[arg-type]
    press(qtbot, window, "Open plan.xlsx")
    QDesktopServices.unsetUrlHandler("file")
    assert [answers.save] == [Path(each.toLocalFile()) for each in opener.taken]


@pytest.mark.parametrize(("width", "said"), [(1280, "Uitvoeren naar Excel…"), (860, "")])
def test_the_places_of_the_answer_are_all_seen_on_a_narrow_screen(
    qtbot: QtBot, planned_window: Window, width: int, said: str
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.go_to(Step.RESULTS)
    window.resize(width, 700)
    qtbot.waitUntil(lambda: results.width() > width / 2)
    buttons = results.findChildren(QPushButton)
    (export,) = (each for each in buttons if each.accessibleName() == "Uitvoeren naar Excel…")
    assert said == export.text()
    bar = results.tabs.tabBar()
    qtbot.waitUntil(lambda: bar.width() >= bar.sizeHint().width())


def test_the_same_with_keys_alone(
    qtbot: QtBot, window: Window, answers: Answers, small_book: Book, tmp_path: Path
) -> None:
    window.activateWindow()
    demo = next(each for each in window.findChildren(QPushButton) if each.text() == "Kleine demo")
    for _ in range(30):
        if QApplication.focusWidget() is demo:
            break
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
    assert demo is QApplication.focusWidget()
    qtbot.keyClick(demo, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    grid, model = window.tables.grid, window.tables.model
    grid.setFocus()
    grid.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    current = grid.currentIndex()
    assert (1, 1) == (current.row(), current.column())
    qtbot.keyClick(grid, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "Met de hand")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.cell(1, 1) == "Met de hand", timeout=20_000)
    window.session.edit("undo.paste", [horizon(small_book, MONTHS)])  # the plan is soon there
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(window.session.plans), timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert Step.RESULTS == window.step
    answers.save = tmp_path / "plan.xlsx"
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert answers.save.is_file()
