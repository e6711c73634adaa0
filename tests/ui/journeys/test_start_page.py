"""The start page and the band of steps: recent files, files dropped anywhere, how steps stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from planner import api
from planner.core.texts import Language
from tests.ui.onscreen import PATIENCE_MS, lines_in, step_button
from ui import app
from ui.settings import Settings
from ui.state import Step

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.window import Window


@pytest.fixture
def file(tmp_path: Path, small_book: Book) -> Path:
    path = tmp_path / "invoer.xlsx"
    api.save_book(path, small_book, Language.NL)
    return path


def test_a_new_window_is_no_larger_than_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    app.application()
    made = app.assemble(tmp_path, Language.NL)
    qtbot.addWidget(made)
    there_is = made.screen().availableSize()
    assert made.size() == made.size().boundedTo(there_is)
    made.commands.close()


def opened(qtbot: QtBot, window: Window, path: Path) -> None:
    qtbot.waitUntil(lambda: window.session.origin.path == path, timeout=PATIENCE_MS)


def drop(window: Window, *urls: QUrl) -> None:
    """Drag files to the window and drop them there, as another program does."""
    data = QMimeData()
    data.setUrls(list(urls))
    action, button, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(300, 300), action, data, button, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), action, data, button, keys))


def local(path: Path) -> QUrl:
    return QUrl.fromLocalFile(str(path))


def test_what_is_asked_for_next_begins_in_the_folder_of_the_open_file(
    qtbot: QtBot, window: Window, file: Path
) -> None:
    window.commands.open_path(file)
    opened(qtbot, window, file)
    assert file.parent == window.commands.asking.folder


def test_recent_files_are_opened_and_one_that_is_gone_says_so_and_can_be_taken_off(
    qtbot: QtBot, window: Window, file: Path
) -> None:
    window.commands.open_path(file)
    opened(qtbot, window, file)
    window.go_to(Step.START)
    shown = {each.text(): each for each in window.start.findChildren(QPushButton)}
    assert shown["invoer.xlsx"].isEnabled()
    window.go_to(Step.DATA)
    file.unlink()
    window.go_to(Step.START)
    lines = window.start.findChildren(QPushButton)
    gone = next(each for each in lines if each.text() == "invoer.xlsx" and not each.isEnabled())
    assert "niet gevonden" in gone.accessibleDescription()
    away = next(each for each in lines if each.accessibleName().startswith("invoer.xlsx van"))
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert () == Settings(QSettings()).recent
    assert window.words.say("start.recent") not in lines_in(window.start)


@pytest.mark.parametrize("step", [Step.START, Step.DATA, Step.RESULTS])
def test_a_workbook_dropped_on_any_page_is_opened(
    qtbot: QtBot, small: Window, file: Path, step: Step
) -> None:
    small.go_to(step)
    drop(small, local(file))
    opened(qtbot, small, file)


def test_what_cannot_be_opened_is_told_and_nothing_is_lost(
    qtbot: QtBot, small: Window, answers: Answers, file: Path, tmp_path: Path
) -> None:
    (tmp_path / "brief.docx").write_bytes(b"no workbook")
    drops = (
        ([local(tmp_path / "brief.docx")], "geen werkmap"),
        ([local(tmp_path)], "is een map"),
        ([local(file), local(file)], "Er vielen 2 bestanden"),
        ([QUrl("https://example.org/plan.xlsx")], "netwerkschijf"),
    )
    for urls, part in drops:
        told = len(answers.told)
        drop(small, *urls)
        qtbot.waitUntil(partial(more_told, answers, told), timeout=PATIENCE_MS)
        assert part in answers.told[-1]
    assert "small" == small.session.origin.demo


def test_a_drop_asks_about_unsaved_work_and_a_running_calculation(
    qtbot: QtBot, small: Window, answers: Answers, file: Path
) -> None:
    model = small.pages.data.model
    model.setData(model.index(0, 1), "Anders")
    answers.choice = 2  # stay
    drop(small, local(file))
    qtbot.waitUntil(lambda: bool(answers.told), timeout=PATIENCE_MS)
    assert small.session.unsaved
    small.session.undo()
    small.calculate()
    answers.choice = 1  # back
    drop(small, local(file))
    qtbot.waitUntil(lambda: len(answers.told) > 1, timeout=PATIENCE_MS)
    assert "rekend" in answers.told[-1]
    assert small.jobs.calculating is not None
    answers.choice = 0
    drop(small, local(file))
    opened(qtbot, small, file)
    qtbot.waitUntil(lambda: small.jobs.calculating is None, timeout=PATIENCE_MS)
    assert () == small.session.plans


def test_the_steps_say_how_they_stand(qtbot: QtBot, tiny: Window) -> None:
    def says(step: Step) -> str:
        return step_button(tiny, step).accessibleDescription()

    assert "gereed" in says(Step.DATA)
    assert "Bereken eerst" in says(Step.RESULTS)
    tiny.calculate()
    qtbot.waitUntil(lambda: bool(tiny.session.plans), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: tiny.jobs.calculating is None, timeout=PATIENCE_MS)
    assert "gereed" in says(Step.RESULTS)
    tiny.calculate()
    assert "bezig" in says(Step.RESULTS)
    qtbot.waitUntil(lambda: tiny.jobs.calculating is None, timeout=PATIENCE_MS)
    model = tiny.pages.data.model
    beds = [each.key for each in model.columns].index("beds")
    model.setData(model.index(2, beds), "-5")
    qtbot.waitUntil(lambda: tiny.session.checked.errors == 1, timeout=PATIENCE_MS)
    assert "1 fout" in says(Step.DATA)
    assert "gereed" in says(Step.RULES)
    assert "niet meer actueel" in says(Step.RESULTS)
    tiny.choose_language(Language.EN)
    assert "out of date" in says(Step.RESULTS)


def more_told(answers: Answers, told: int) -> bool:
    return len(answers.told) > told


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot, window: Window) -> None:
    demo = next(each for each in window.findChildren(QPushButton) if each.text() == "Kleine demo")
    demo.setFocus()
    qtbot.keyClick(demo, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    step_button(window, Step.RULES).setFocus()
    qtbot.keyClick(step_button(window, Step.RULES), Qt.Key.Key_Enter)
    assert window.step is Step.RULES
