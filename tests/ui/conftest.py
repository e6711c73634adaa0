"""What the tests of the window share: words, looks, a book, and a window that asks nobody."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QStandardPaths

from planner import api
from planner.core.texts import Language
from planner.jobs.opened_book import checked, with_sheets
from planner.jobs.requests import BookState, Checked, Opened
from tests import small_plan as once
from tests.pictures.views import wait
from tests.planner.dossier.conftest import SHEETS as TINY
from tests.planner.input.conftest import book_of
from tests.shorter import horizon
from tests.ui.onscreen import PATIENCE_MS
from ui import app
from ui.dialogs import Asking
from ui.session import BookOrigin, Made, Session
from ui.settings import Settings
from ui.theme import ColourScheme, Theme
from ui.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.core.errors import Finding
    from planner.input.book import Book
    from ui.window import Window


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what the screenless platform says it cannot do: size hints, raising, grabbing."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def own_settings(qapp: object, tmp_path: Path) -> None:
    """Each test has settings and files of its own."""
    del qapp
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )


@pytest.fixture
def words() -> Words:
    return Words(Language.NL)


@pytest.fixture
def theme() -> Theme:
    return Theme(ColourScheme.LIGHT)


@pytest.fixture(scope="session")
def small_book() -> Book:
    return once.small_book()


@pytest.fixture(scope="session")
def small_check(small_book: Book) -> Checked:
    return checked(small_book, None)


@pytest.fixture
def session(qapp: object, small_book: Book, small_check: Checked) -> Session:
    del qapp
    made = Session()
    made.adopt(Opened(BookState(1, small_book), small_check), BookOrigin(demo="small"))
    return made


@pytest.fixture(scope="session")
def small_made(small_book: Book) -> Made:
    """The small demo as planned, made without another process."""
    locations = dict(api.usable(small_book).locations)
    planned = replace(with_sheets(once.small_plan()), locations=locations)
    return Made(planned, BookState(1, small_book))


@pytest.fixture
def planned_session(session: Session, small_made: Made) -> Session:
    session.take_plan(small_made)
    return session


@dataclass
class Answers:
    """What a user would answer, and what the user was told."""

    open: Path | None = None
    save: Path | None = None
    choice: int = 0
    told: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Answering(Asking):
    """Answers by itself."""

    def __init__(self, words: Words, answers: Answers) -> None:
        super().__init__(words)
        self.answers = answers

    def open_path(self) -> Path | None:
        return self.answers.open

    def open_other(self, title: str, ending: str) -> Path | None:
        del title, ending
        return self.answers.open

    def save_path(self, title: str, name: str, also: Sequence[str] = ()) -> Path | None:
        del title, name, also
        return self.answers.save

    def picture_path(self, title: str) -> Path | None:
        del title
        return self.answers.save

    def choose(self, title: str, text: str, options: Sequence[str]) -> int:
        self.answers.told.append(f"{title} {text} {options}")
        return self.answers.choice

    def inform(self, title: str, text: str, findings: Sequence[Finding] = ()) -> None:
        self.answers.told.append(f"{title}: {text}")
        self.answers.findings.extend(findings)


@pytest.fixture
def answers() -> Answers:
    return Answers()


def put_away(window: Window) -> None:
    """End a window and let Qt forget it now: a test's loop of events never comes to that."""
    window.commands.close()
    window.hide()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def open_window(folder: Path, answers: Answers) -> Iterator[Window]:
    """Show a window that asks nobody, with real worker processes; `folder` is for its files."""
    app.application()
    # Nothing hangs on whole locations, and with shares a test is done seconds sooner.
    Settings(QSettings()).whole = False
    made = app.assemble(folder, Language.NL)
    made.commands.asking = Answering(made.words, answers)
    made.resize(1366, 768)
    made.show()
    yield made
    put_away(made)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, answers: Answers) -> Iterator[Window]:
    """A window with real worker processes."""
    with open_window(tmp_path / "data", answers) as made:
        qtbot.waitExposed(made)
        yield made


@pytest.fixture
def small(qtbot: QtBot, window: Window) -> Window:
    """A window with the small demo open."""
    window.commands.open_demo("small")
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    return window


@pytest.fixture
def brief(small: Window, small_book: Book) -> Window:
    """A window with the small demo for two months, calculated in less than half of the time."""
    small.session.edit("undo.paste", [horizon(small_book, 2)])
    return small


@pytest.fixture
def tiny(qtbot: QtBot, window: Window, tmp_path: Path) -> Window:
    """A window with three locations and two months, of which a plan is made in a moment."""
    path = tmp_path / "tiny.xlsx"
    api.save_book(path, book_of(TINY), Language.NL)
    window.commands.open_path(path)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    return window


@pytest.fixture
def planned_window(small: Window, small_made: Made) -> Window:
    """A window with the small demo and its plan, which was made once for every test.

    Its engine has not made the plan: what asks further about that takes `calculated_window`.
    """
    small.session.take_plan(replace(small_made, state=small.session.state))
    return small


@pytest.fixture(scope="module")
def calculated_window(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """The small demo, calculated in a window of its own, for every test of a module that reads."""
    del qapp
    folder = tmp_path_factory.mktemp("calculated")
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    with open_window(folder / "data", Answers()) as made:
        made.commands.open_demo("small")
        assert wait(lambda: made.session.is_open, PATIENCE_MS / 1000)
        made.calculate()
        assert wait(lambda: bool(made.session.plans), PATIENCE_MS / 1000)
        assert wait(lambda: made.jobs.calculating is None, PATIENCE_MS / 1000)
        yield made
