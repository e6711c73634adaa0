"""What tests of the window find by what a user sees or hears of it, not by where code keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QMenu,
    QPushButton,
    QTableView,
    QWidget,
)

from ui.help.window import HelpWindow
from ui.results.model import ResultModel
from ui.results.table import ResultGrid
from ui.view import Context
from ui.widgets import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.figure import Figure
    from pytestqt.qtbot import QtBot

    from planner.jobs.engine_process import Worker
    from ui.charts.panel import ChartPanel
    from ui.files.journal import Journal
    from ui.jobs import Engine, Jobs
    from ui.session import Session
    from ui.state import Step
    from ui.theme import Theme
    from ui.views.answer import AnswerView
    from ui.views.overview import OverviewView
    from ui.window import Window
    from ui.words import Words

DRAWN_MS = 20
PATIENCE_MS = 240_000  # a machine that does much else takes its time
Thing = TypeVar("Thing")
Kind = TypeVar("Kind", bound=QWidget)


def context_of(
    session: Session, words: Words, theme: Theme, targets: Sequence[Path] = ()
) -> Context:
    """Return what views share; a picture is saved where the last of these says, if there is one."""
    return Context(session, words, theme, lambda _title: targets[-1] if targets else None)


def there(thing: Thing | None) -> Thing:
    """Return what has to be there."""
    assert thing is not None
    return thing


def only(within: QWidget, kind: type[Kind]) -> Kind:
    """Return the one widget of a kind."""
    (found,) = within.findChildren(kind)
    return found


def lines_in(within: QWidget) -> list[str]:
    """Return the texts that can be read, top to bottom as they were made."""
    return [
        each.text()
        for each in within.findChildren(QLabel)
        if each.text() and each.isVisibleTo(within)
    ]


def words_in(within: QWidget) -> str:
    """Return everything that can be read."""
    return "\n".join(lines_in(within))


def answer_of(qtbot: QtBot, window: Window) -> AnswerView:
    """Return the answer of a plan once all of it is shown; it comes by parts."""
    answer = window.pages.results.answer
    qtbot.waitUntil(lambda: answer.filled)
    return answer


def notices_in(within: QWidget) -> str:
    """Return what asks for attention; empty for nothing."""
    found = within.findChildren(Notice)
    return "\n".join(each.label.text() for each in found if each.isVisibleTo(within))


def button(within: QWidget, text: str) -> QAbstractButton:
    """Return the button that says this, whether or not it is in view."""
    found = [each for each in within.findChildren(QAbstractButton) if each.text() == text]
    (one,) = found if len(found) == 1 else [each for each in found if each.isVisible()]
    return one


def pick(box: QComboBox, value: object) -> None:
    """Choose a value from a list, as a user does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def list_with(within: QWidget, value: object) -> QComboBox:
    """Return the list that offers a value."""
    (found,) = (each for each in within.findChildren(QComboBox) if each.findData(value) >= 0)
    return found


def table_of(within: QWidget, model: QAbstractItemModel) -> ResultGrid:
    """Return the table that shows a model."""
    (found,) = (each for each in within.findChildren(ResultGrid) if each.model() is model)
    return found


def levels_of(overview: OverviewView) -> ResultModel:
    """Return the table of levels on the first page of the results."""
    model = only(overview, QTableView).model()
    assert isinstance(model, ResultModel)
    return model


def menus(window: Window) -> list[QMenu]:
    """Return the menus of the bar, in their order."""
    found = [each.menu() for each in window.menuBar().actions()]
    return [each for each in found if isinstance(each, QMenu)]


def action(window: Window, key: str) -> QAction:
    """Return a command of the menus; to undo and redo their texts add what."""
    text = window.words.say(f"action.{key}")
    every = [each for menu in menus(window) for each in menu.actions()]
    exact = [each for each in every if each.text() == text]
    return (exact or [each for each in every if each.text().startswith(text)])[0]


def step_button(window: Window, step: Step) -> QPushButton:
    """Return the button of a step above the pages."""
    found = [each for each in window.findChildren(QPushButton) if each.property("step")]
    return found[step - 1]


def help_of(window: Window) -> HelpWindow:
    """Return the window of the help."""
    return only(window, HelpWindow)


def figure_of(panel: ChartPanel) -> Figure:
    """Return what a panel drew last; it draws in a turn of its own."""
    QTest.qWait(DRAWN_MS)
    return there(panel._figure)  # noqa: SLF001 - its lines are drawn, and are no widgets


def pid_of(worker: Worker) -> int:
    """Return the process of an engine, to kill or to halt it."""
    child = there(worker._child)  # noqa: SLF001 - nobody but a test kills it
    return there(child.process.pid)


def is_ready(worker: Worker) -> bool:
    """Whether an engine has loaded what it works with."""
    child = worker._child  # noqa: SLF001 - nobody but a test waits for it
    return child is not None and child.ready


def engine(jobs: Jobs, which: Engine) -> Worker:
    """Return an engine that works for the window."""
    return jobs._workers[which]  # noqa: SLF001 - the window itself asks by task


def calculated(qtbot: QtBot, window: Window) -> None:
    """Calculate and wait for one plan more."""
    count = len(window.session.plans)
    window.calculate()
    qtbot.waitUntil(
        lambda: window.jobs.calculating is None and len(window.session.plans) > count,
        timeout=PATIENCE_MS,
    )


def settled(window: Window) -> bool:
    """Whether everything that was asked of the engine has been answered."""
    waiting = window.commands._check_later.isActive()  # noqa: SLF001 - a check that is to come
    return not window.jobs.at_desk and not waiting


def copied(journal: Journal) -> None:
    """Wait until a journal has copied the book aside."""
    copying = journal._copying  # noqa: SLF001 - the program waits for it only when it ends
    if copying is not None:
        copying.join()


def crash(journal: Journal) -> None:
    """Leave a journal as a program does that is killed: nothing is taken away or noted."""
    copied(journal)
    journal._by_and_by.finish()  # noqa: SLF001 - the program itself only ends in peace
    file, journal._file = journal._file, None  # noqa: SLF001 - as above
    if file is not None:
        file.close()
    journal._folder = None  # noqa: SLF001 - as above
    there(journal._lock).unlock()  # noqa: SLF001 - as above
    for timer in (journal._again, journal._alive):  # noqa: SLF001 - as above
        timer.stop()


def buttons_in(within: QWidget) -> list[QPushButton]:
    """Return the buttons, in their order."""
    return within.findChildren(QPushButton)
