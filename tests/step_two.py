"""Both pages of step 2 on one session, whose tasks are done at once in this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QLabel

from planner.api import CancelToken
from planner.core.texts import Language
from planner.input.edits import apply
from planner.input.scenarios import scenario_edits as making
from planner.jobs.handlers import Work, perform
from planner.jobs.opened_book import checked
from planner.jobs.requests import BookState, GiveRevisions, Opened, RunTask
from planner.jobs.shelf import Shelf
from tests.ui.onscreen import context_of
from ui.scenarios.work import ScenarioWork
from ui.session import BookOrigin, Change, Session
from ui.theme import ColourScheme, Theme
from ui.views.rule_register import RuleRegisterView
from ui.views.scenarios import ScenariosView
from ui.words import Words

if TYPE_CHECKING:
    import pandas as pd
    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from planner.jobs.requests import Checked
    from ui.jobs import Job, Jobs

TOKEN = 1


class AtOnce(QObject):
    """Jobs that are done before `run` returns, by the child's own functions."""

    changed = Signal()
    calculating: object = None  # nothing is, unless a test says so

    def __init__(self, book: Book) -> None:
        super().__init__()
        self._shelf = Shelf()
        self._shelf.keep(TOKEN, book)

    def run(self, job: Job[Any]) -> None:
        assert job.state is not None
        given = {each.number: each for one in (job.state, *job.beside) for each in one.revisions}
        steps = (
            (each.number, each.before.number if each.before else 0, each.edits)
            for each in given.values()
        )
        self._shelf.take(GiveRevisions(TOKEN, tuple(steps), frozenset()))
        asked = RunTask(1, job.task, TOKEN, job.state.version)
        job.done(perform(job.task, Work(self._shelf, asked, lambda _: None, CancelToken())))


@dataclass
class StepTwo:
    """Both pages on one session, which is checked after every change."""

    session: Session
    words: Words
    register: RuleRegisterView
    scenarios: ScenariosView
    cells: list[tuple[str, int | None, str]]

    def check(self, changes: frozenset[Change]) -> None:
        if changes & {Change.CELLS, Change.SCENARIO} and Change.BOOK not in changes:
            state = self.session.state
            book, _ = apply(state.base, state.edits)
            self.session.take_check(checked(book, self.session.scenario or None))

    def lines(self, name: str) -> list[tuple[object, ...]]:
        return lines(self.session, name)

    def frame(self, table: str) -> pd.DataFrame:
        sheet = self.session.sheet(table)
        assert sheet is not None
        return sheet.frame


def made_step_two(qtbot: QtBot, book: Book, check: Checked) -> StepTwo:
    """Return both pages on a session with a book; a page is brought up to date once shown."""
    session, words, theme = Session(), Words(Language.NL), Theme(ColourScheme.LIGHT)
    jobs = cast("Jobs", AtOnce(book))
    work = ScenarioWork(session, jobs, words)
    cells: list[tuple[str, int | None, str]] = []
    context = context_of(session, words, theme)
    register = RuleRegisterView(context, work, jobs)
    scenarios = ScenariosView(context, work, jobs, lambda *cell: cells.append(cell))
    made = StepTwo(session, words, register, scenarios, cells)
    session.changed.connect(made.check)
    session.adopt(Opened(BookState(TOKEN, book), check), BookOrigin(demo="small"))
    for view in (register, scenarios):
        qtbot.addWidget(view)
        view.resize(1300, 700)
    return made


def lines(session: Session, name: str) -> list[tuple[object, ...]]:
    found = making.of_scenario(session.sheet("scenarios"), name)
    return [(*each.address, each.value, each.active) for each in found]


def listed(view: ScenariosView) -> list[str]:
    role = Qt.ItemDataRole.UserRole
    return [str(view.list.item(at).data(role)) for at in range(view.list.count())]


def undo_to_the_start(session: Session) -> None:
    while session.undo_name():
        session.undo()


def act(view: ScenariosView, key: str, name: str) -> None:
    """Press a button, type a name and carry it out."""
    view.buttons[key].click()
    assert view.form.isVisible()
    view.form.name.setText(name)
    view.form.ok.click()


def texts_in_view(view: RuleRegisterView | ScenariosView) -> str:
    shown: list[QLabel | QAbstractButton] = [
        *view.findChildren(QLabel),
        *view.findChildren(QAbstractButton),
    ]
    return "\n".join(each.text() for each in shown if each.isVisible())
