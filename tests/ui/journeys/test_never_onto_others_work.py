"""Saving and recovering never cost anybody work: refused or asked about, with a way on."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from planner import api
from planner.core.texts import Language
from planner.files.file_stamp import stamp_of
from planner.files.owner_file import owner_file, signature_file
from planner.input.edits import SetCell
from tests.ui.onscreen import PATIENCE_MS, buttons_in, crash
from ui.files.journal import Journal
from ui.files.recovery import RecoverableWork, left_behind
from ui.session import BookOrigin

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.window import Window

COPY, REPLACE, STAY = range(3)
SAVE, DISCARD, BACK = range(3)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, small_book: Book) -> Path:
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    api.save_book(path, small_book, Language.NL)
    return path


@pytest.fixture
def file(tmp_path: Path, written: Path) -> Path:
    return Path(shutil.copy(written, tmp_path / "a.xlsx"))


@pytest.fixture
def opened(qtbot: QtBot, window: Window, file: Path) -> Window:
    window.commands.open_path(file)
    qtbot.waitUntil(lambda: window.session.origin.path == file, timeout=PATIENCE_MS)
    return window


def rename(window: Window, name: str) -> None:
    """Call the first location so."""
    sheet = window.session.sheet("locations")
    assert sheet is not None
    row = int(sheet.frame.index[0])
    assert window.session.edit("undo.cell", [SetCell("locations", row, "name", name)])


def name_in(path: Path) -> object:
    return api.open_workbook(path).frame("locations")["name"].iloc[0]


def name_shown(window: Window) -> object:
    sheet = window.session.sheet("locations")
    assert sheet is not None
    return sheet.frame["name"].iloc[0]


def changed_elsewhere(path: Path) -> bytes:
    """Change a file as another program does, and return what it holds then."""
    book = openpyxl.load_workbook(path)
    book.create_sheet("Van een ander")["A1"] = "niet verliezen"
    book.save(path)
    return path.read_bytes()


def held(path: Path) -> None:
    """Leave the owner file of a colleague on another machine."""
    owner_file(path).write_text("4711\npython\nPC-DENHAAG\nan-id\na-boot\n", encoding="utf-8")
    said = {"who": "fatima@PC-DENHAAG", "since": "2026-11-26T09:30:00+01:00", "token": "theirs"}
    signature_file(owner_file(path)).write_text(json.dumps(said), encoding="utf-8")


def told(qtbot: QtBot, answers: Answers, act: Callable[[], object]) -> str:
    """Do something that is to be told or asked about, and return what was said."""
    before = len(answers.told)
    act()
    qtbot.waitUntil(lambda: len(answers.told) > before, timeout=PATIENCE_MS)
    return answers.told[-1]


def save(qtbot: QtBot, window: Window, act: Callable[[], object] | None = None) -> None:
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        (act or window.commands.save)()


def test_a_file_that_another_program_changed_is_replaced_by_nobody_who_did_not_say_so(
    qtbot: QtBot, opened: Window, answers: Answers, file: Path
) -> None:
    theirs = changed_elsewhere(file)
    rename(opened, "Mijn naam")
    answers.choice = STAY
    assert "ander programma" in told(qtbot, answers, opened.commands.save)
    assert theirs == file.read_bytes()
    assert opened.session.unsaved
    answers.choice, answers.save = COPY, file.with_name("kopie.xlsx")
    save(qtbot, opened)
    assert theirs == file.read_bytes()
    assert "Mijn naam" == name_in(answers.save)
    assert answers.save == opened.session.origin.path


def test_a_file_that_another_program_changed_is_replaced_by_who_says_so_and_that_once(
    qtbot: QtBot, opened: Window, answers: Answers, file: Path
) -> None:
    changed_elsewhere(file)
    rename(opened, "Mijn naam")
    answers.choice = REPLACE
    save(qtbot, opened)
    assert 1 == len(answers.told)
    assert "Mijn naam" == name_in(file)
    os.utime(file)  # touched, and still what we wrote
    rename(opened, "Andere naam")
    save(qtbot, opened)
    assert 1 == len(answers.told)
    assert "Andere naam" == name_in(file)


def test_save_as_leaves_a_file_alone_that_a_colleague_has_open(
    qtbot: QtBot, opened: Window, answers: Answers, file: Path
) -> None:
    theirs = Path(shutil.copy(file, file.with_name("b.xlsx")))
    before = theirs.read_bytes()
    held(theirs)
    rename(opened, "Mijn naam")
    answers.save, answers.choice = theirs, 1  # back
    for act in (opened.commands.save_as, opened.commands.template):
        assert "fatima@PC-DENHAAG" in told(qtbot, answers, act)
        assert before == theirs.read_bytes()
    assert file == opened.session.origin.path


def test_nothing_but_saving_writes_onto_the_open_file(
    qtbot: QtBot, opened: Window, answers: Answers, file: Path
) -> None:
    before = file.read_bytes()
    link = file.with_name("link.xlsx")
    link.symlink_to(file)
    for answers.save in (file, link):
        answers.choice = 1  # back
        assert "die open is" in told(qtbot, answers, opened.commands.template)
        assert before == file.read_bytes()


def test_taking_back_to_what_is_saved_is_saved(
    qtbot: QtBot, opened: Window, answers: Answers
) -> None:
    rename(opened, "Een")
    opened.session.undo()
    assert not opened.session.unsaved
    assert not opened.isWindowModified()
    opened.session.redo()
    assert opened.isWindowModified()
    save(qtbot, opened)
    rename(opened, "Twee")
    opened.session.undo()
    assert not opened.session.unsaved
    opened.session.undo()
    assert opened.session.unsaved
    rename(opened, "Drie")  # another one edit after opening, and not the one that is saved
    assert opened.session.unsaved
    opened.session.undo()
    opened.close()
    qtbot.waitUntil(lambda: len(answers.told) == 1, timeout=PATIENCE_MS)  # it is asked about


def crashed(root: Path, path: Path, *names: str) -> None:
    """Leave the journal of a program that gave the first location of a book these names."""
    journal = Journal(root)
    journal.begin(BookOrigin(path), stamp_of(path))
    row = int(api.open_workbook(path).frame("locations").index[0])
    for name in names:
        journal.add((SetCell("locations", row, "name", name),))
    crash(journal)


def test_two_crashes_are_two_recoveries_until_each_is_settled(
    qtbot: QtBot, window: Window, answers: Answers, file: Path
) -> None:
    other = Path(shutil.copy(file, file.with_name("b.xlsx")))
    root = file.parent / "data" / "journals"
    crashed(root, file, "Van A")
    crashed(root, other, "Van B")
    found = left_behind(root)
    window.lost.offer(found)
    first = found.left[0].origin.path
    buttons_in(window.start.lost)[0].click()
    qtbot.waitUntil(lambda: window.session.unsaved, timeout=PATIENCE_MS)
    assert first == window.session.origin.path
    kept = name_shown(window)
    answers.choice = BACK
    buttons_in(window.start.lost)[0].click()  # the other one: the first is unsaved
    assert "niet opgeslagen" in answers.told[-1]
    assert first == window.session.origin.path
    assert window.start.lost.isVisibleTo(window.start)
    assert 2 == len(list(root.iterdir()))
    answers.choice = SAVE
    buttons_in(window.start.lost)[0].click()
    qtbot.waitUntil(lambda: window.session.origin.path != first, timeout=PATIENCE_MS)
    assert first is not None
    assert kept == name_in(first)
    assert name_shown(window) in {"Van A", "Van B"}
    assert kept != name_shown(window)
    assert not window.start.lost.isVisibleTo(window.start)
    assert 1 == len(list(root.iterdir()))


def test_throwing_lost_work_away_asks(window: Window, answers: Answers, file: Path) -> None:
    root = file.parent / "data" / "journals"
    crashed(root, file, "Van A")
    window.lost.offer(left_behind(root))
    answers.choice = 1  # back
    buttons_in(window.start.lost)[1].click()
    assert "a.xlsx" in answers.told[-1]
    assert 1 == len(left_behind(root).left)
    assert window.start.lost.isVisibleTo(window.start)
    answers.choice = 0
    buttons_in(window.start.lost)[1].click()
    assert RecoverableWork() == left_behind(root)
    assert not window.start.lost.isVisibleTo(window.start)


def test_work_that_cannot_be_read_is_told_of_until_it_is_thrown_away(
    window: Window, answers: Answers, file: Path
) -> None:
    root = file.parent / "data" / "journals"
    crashed(root, file, "Van A")
    (folder,) = root.iterdir()
    (folder / "header.json").unlink()
    window.lost.offer(left_behind(root))
    assert str(folder) in window.start.lost.label.text()
    window.choose_language(Language.EN)
    assert "cannot be read" in window.start.lost.label.text()
    answers.choice = 0
    buttons_in(window.start.lost)[1].click()
    assert not folder.exists()


def test_after_saving_as_another_file_a_crash_comes_back_into_that(
    qtbot: QtBot, opened: Window, answers: Answers, file: Path
) -> None:
    answers.save = file.with_name("b.xlsx")
    rename(opened, "Eerste")
    save(qtbot, opened, opened.commands.save_as)
    rename(opened, "Tweede")
    before = file.read_bytes()
    root = file.parent / "data" / "journals"
    (folder,) = root.iterdir()
    lost = Path(shutil.copytree(folder, root / "lost", ignore=shutil.ignore_patterns("lock")))
    (left,) = left_behind(root).left
    assert lost == left.folder
    opened.commands.save()  # so that nothing is asked about
    qtbot.waitUntil(lambda: not opened.session.unsaved, timeout=PATIENCE_MS)
    shutil.copy(left.source.path or file, answers.save)  # as at the crash: another than was saved
    opened.commands.recover(left)
    qtbot.waitUntil(lambda: opened.session.unsaved, timeout=PATIENCE_MS)
    assert answers.save == opened.session.origin.path
    assert "gewijzigd" in answers.told[-1]
    answers.choice = REPLACE
    save(qtbot, opened)
    assert "Tweede" == name_in(answers.save)
    assert before == file.read_bytes()


def test_after_saving_a_crash_does_not_say_that_another_changed_the_file(
    qtbot: QtBot, opened: Window, answers: Answers, file: Path
) -> None:
    rename(opened, "Eerste")
    save(qtbot, opened)
    rename(opened, "Tweede")
    root = file.parent / "data" / "journals"
    (folder,) = root.iterdir()
    shutil.copytree(folder, root / "lost", ignore=shutil.ignore_patterns("lock"))
    (left,) = left_behind(root).left
    answers.choice = DISCARD
    opened.commands.recover(left)
    qtbot.waitUntil(lambda: not left_behind(root).left, timeout=PATIENCE_MS)
    assert 1 == len(answers.told)  # about the unsaved work, and nothing about the file
    assert "Tweede" == name_shown(opened)
    save(qtbot, opened)
    assert 1 == len(answers.told)


def test_what_is_done_while_another_book_is_opened_is_asked_about(
    qtbot: QtBot, opened: Window, answers: Answers, file: Path
) -> None:
    other = Path(shutil.copy(file, file.with_name("b.xlsx")))
    answers.choice = BACK
    opened.commands.open_path(other)
    rename(opened, "Tijdens het openen")
    qtbot.waitUntil(lambda: bool(answers.told), timeout=PATIENCE_MS)
    assert file == opened.session.origin.path
    assert "Tijdens het openen" == name_shown(opened)


def test_steps_that_do_not_fit_the_book_are_kept(
    qtbot: QtBot, opened: Window, answers: Answers, file: Path
) -> None:
    root = file.parent / "data" / "lost"
    crashed(root, file, "Van A")
    (folder,) = root.iterdir()
    with (folder / "edits.jsonl").open("a", encoding="utf-8") as steps:
        steps.write('[["set", "locations", 99999, "name", "nergens"]]\n')
    (left,) = left_behind(root).left
    shown = name_shown(opened)
    said = told(qtbot, answers, lambda: opened.commands.recover(left))
    assert "passen niet" in said
    assert shown == name_shown(opened)
    assert 1 == len(left_behind(root).left)
