from __future__ import annotations

import datetime as dt
import json
import os
import resource
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from planner import api
from planner.core.texts import Language
from planner.files.file_stamp import stamp_of
from planner.input.book import CellError, Uncalculated
from planner.input.edits import AddRow, DropRow, Edit, SetCell
from tests.ui.onscreen import PATIENCE_MS, copied, crash, there
from ui.files.journal import Journal
from ui.files.recovery import RecoverableWork, changed_since, discard, left_behind
from ui.scenarios.edit_lines import line_of
from ui.session import BookOrigin
from ui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.window import Window

STEPS: tuple[tuple[Edit, ...], ...] = (
    (SetCell("locations", 3, "name", "Één"), SetCell("locations", 3, "beds", 5)),
    (AddRow("occupancy", 40, {"date": dt.date(2026, 7, 1), "people": 2.5, "group": None}),),
    (DropRow("occupancy", 40),),
    (
        SetCell("locations", 4, "open_until", dt.datetime(2026, 7, 1, 0, 0)),  # noqa: DTZ001 - a sheet's
        SetCell("locations", 4, "beds", CellError("#N/A")),
        SetCell("locations", 5, "beds", Uncalculated("=A1")),
        SetCell("locations", 5, "women_safe", True),  # noqa: FBT003 - a cell's value
    ),
)


def test_work_of_a_program_that_was_killed_is_found_again(tmp_path: Path) -> None:
    book = tmp_path / "mijn plan.xlsx"
    book.write_bytes(b"a workbook")
    code = f"""
import os, datetime as dt
from pathlib import Path
from tests.ui.test_recovery import STEPS
from tests.ui.onscreen import copied
from ui.files.journal import Journal
from ui.session import BookOrigin
journal = Journal(Path({str(tmp_path / "journals")!r}))
journal.begin(BookOrigin(Path({str(book)!r})))
for step in STEPS:
    journal.add(step)
copied(journal)  # the book is copied aside, in its own time
os._exit(9)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2])  # noqa: S603 - our own code
    assert 9 == done.returncode
    (left,) = left_behind(tmp_path / "journals").left
    assert STEPS == left.steps
    assert BookOrigin(book) == left.origin
    assert "mijn plan.xlsx" == left.name
    assert left.source.path is not None
    assert b"a workbook" == there(left.source.path).read_bytes()
    discard(left)
    assert RecoverableWork() == left_behind(tmp_path / "journals")


def test_a_long_step_is_written_by_and_by_as_one(qtbot: QtBot, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin(BookOrigin(demo="small"))
    long = tuple(SetCell("locations", row, "beds", row) for row in range(2, 1002))
    (written,) = tmp_path.glob("*/edits.jsonl")
    journal.add(long)
    qtbot.waitUntil(lambda: written.read_text(encoding="utf-8").endswith("]\n"))
    journal.add(long)
    journal.add(STEPS[0])
    lines = written.read_text(encoding="utf-8").splitlines()
    assert [line_of(each) for each in (long, long, STEPS[0])] == lines
    journal.end()


@contextmanager
def full_disk(left: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


LONG = tuple(SetCell("locations", row, "beds", row) for row in range(2, 1002))


def test_a_full_disk_is_told_once_and_the_journal_goes_on_when_there_is_room(
    qtbot: QtBot, tmp_path: Path
) -> None:
    journal = Journal(tmp_path)
    told: list[bool] = []
    journal.failed.connect(lambda: told.append(True))
    journal.begin(BookOrigin(demo="small"))
    journal.add(STEPS[0])
    with full_disk(1000):
        with qtbot.waitSignal(journal.failed):
            journal.add(LONG)
        journal.add(STEPS[1])
        assert 1000 >= next(tmp_path.glob("*/edits.jsonl")).stat().st_size
    with qtbot.waitSignal(journal.resumed, timeout=10_000):
        pass
    journal.add(STEPS[2])
    crash(journal)
    assert (STEPS[0], LONG, STEPS[1], STEPS[2]) == left_behind(tmp_path).left[0].steps
    assert [True] == told


def test_a_journal_that_could_not_begin_begins_when_there_is_room(
    qtbot: QtBot, tmp_path: Path
) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook" * 200)
    journal = Journal(tmp_path / "journals")
    with full_disk(0):
        journal.begin(BookOrigin(book), stamp_of(book))
        journal.add(STEPS[0])
        copied(journal)
    book.write_bytes(b"saved over meanwhile")
    with qtbot.waitSignal(journal.resumed, timeout=10_000):
        pass
    crash(journal)
    (left,) = left_behind(tmp_path / "journals").left
    assert (STEPS[0],) == left.steps
    assert b"a workbook" * 200 == there(left.source.path).read_bytes()


def test_what_is_written_is_on_the_disk_within_two_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    on_disk = os.fsync

    def sync(handle: int) -> None:
        on_disk(handle)
        synced.add(os.fstat(handle).st_ino)

    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook")
    monkeypatch.setattr(os, "fsync", sync)
    journal = Journal(tmp_path / "journals")
    journal.begin(BookOrigin(book))
    journal.add(STEPS[0])
    copied(journal)
    (folder,) = (tmp_path / "journals").iterdir()
    parts = {folder / each for each in ("", "edits.jsonl", "header.json", "plan.xlsx")}
    until = time.monotonic() + 2
    while time.monotonic() < until and not {each.stat().st_ino for each in parts} <= synced:
        time.sleep(0.01)
    assert {each.stat().st_ino for each in parts} <= synced
    journal.end()


def test_nobody_else_may_read_a_journal(tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook")
    journal = Journal(tmp_path / "journals")
    journal.begin(BookOrigin(book), stamp_of(book))
    journal.add(STEPS[0])
    journal.saved(tmp_path / "other.xlsx", None, wholly=True)
    copied(journal)
    (folder,) = (tmp_path / "journals").iterdir()
    assert [0o700, 0o700] == [each.stat().st_mode & 0o777 for each in (folder.parent, folder)]
    assert {"edits.jsonl", "header.json", "lock", "plan.xlsx"} == {
        each.name for each in folder.iterdir()
    }
    assert {0o600} == {each.stat().st_mode & 0o777 for each in folder.iterdir()}
    journal.end()


def test_after_saving_elsewhere_a_crash_comes_back_there(tmp_path: Path) -> None:
    first, other = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    first.write_bytes(b"a workbook")
    journal = Journal(tmp_path / "journals")
    journal.begin(BookOrigin(first), stamp_of(first))
    journal.add(STEPS[0])
    other.write_bytes(b"with the first step")
    journal.saved(other, stamp_of(other), wholly=True)
    journal.add(STEPS[1])
    crash(journal)
    (left,) = left_behind(tmp_path / "journals").left
    assert BookOrigin(other) == left.origin
    assert "b.xlsx" == left.name
    assert b"a workbook" == there(left.source.path).read_bytes()
    assert STEPS[:2] == left.steps
    assert not changed_since(left)
    other.write_bytes(b"of somebody else!!!")
    assert changed_since(left)


def test_a_demo_that_was_saved_comes_back_into_its_file(tmp_path: Path) -> None:
    file = tmp_path / "mijn.xlsx"
    journal = Journal(tmp_path / "journals")
    journal.begin(BookOrigin(demo="small"))
    journal.add(STEPS[0])
    file.write_bytes(b"saved")
    journal.saved(file, stamp_of(file), wholly=False)
    crash(journal)
    (left,) = left_behind(tmp_path / "journals").left
    assert (BookOrigin(demo="small"), BookOrigin(file)) == (left.source, left.origin)


def test_work_that_was_taken_back_to_what_is_saved_is_not_offered(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin(BookOrigin(demo="small"))
    journal.add(STEPS[0])
    journal.be_clean()
    journal.be_clean()
    assert 1 == next(tmp_path.glob("*/edits.jsonl")).read_text(encoding="utf-8").count("saved")
    crash(journal)
    assert RecoverableWork() == left_behind(tmp_path)


def test_a_journal_goes_on_where_it_was_left(tmp_path: Path) -> None:
    _leave(tmp_path / "torn", [*_lines(), '[["set", "locat'])
    (left,) = left_behind(tmp_path).left
    journal = Journal(tmp_path)
    journal.resume(left)
    assert RecoverableWork() == left_behind(tmp_path)  # it is in use
    with pytest.raises(BlockingIOError):
        Journal(tmp_path).resume(left)
    discard(left)  # not while it is in use
    with journal.replaying():
        journal.add(left.steps[0])
    journal.add(STEPS[1])
    crash(journal)
    assert (*left.steps, STEPS[1]) == left_behind(tmp_path).left[0].steps
    assert (tmp_path / "torn" / "edits.damaged").read_text(encoding="utf-8").endswith("locat")


@pytest.mark.parametrize("damage", ["header", "line"])
def test_a_journal_that_cannot_be_read_is_told_of_and_kept(tmp_path: Path, damage: str) -> None:
    _leave(tmp_path / "hurt", ['[["set", "locat'] if damage == "line" else _lines())
    if damage == "header":
        (tmp_path / "hurt" / "header.json").unlink()
    found = left_behind(tmp_path)
    assert () == found.left
    assert [tmp_path / "hurt"] == [each.folder for each in found.unreadable]
    assert (tmp_path / "hurt" / "edits.jsonl").exists()
    discard(found.unreadable[0])
    assert [] == list(tmp_path.iterdir())


def test_a_journal_from_before_the_machine_was_started_again_is_found(tmp_path: Path) -> None:
    _leave(tmp_path / "a", _lines())
    lock = f"{os.getpid()}\npython\n{socket.gethostname()}\nan-id\nan-earlier-start\n"
    (tmp_path / "a" / "lock").write_text(lock, encoding="utf-8")
    assert 1 == len(left_behind(tmp_path).left)


def test_a_journal_of_another_machine_is_found_once_that_is_silent(tmp_path: Path) -> None:
    _leave(tmp_path / "a", _lines())
    lock = tmp_path / "a" / "lock"
    lock.write_text("4711\npython\nVDI-0417\nan-id\na-start\n", encoding="utf-8")
    assert RecoverableWork() == left_behind(tmp_path)
    os.utime(lock, (0, 0))
    assert 1 == len(left_behind(tmp_path).left)


def killed_before_the_copy(root: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a journal of which the copy never came to be whole."""
    journal = Journal(root)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "_copy", lambda *_: None)
        journal.begin(BookOrigin(book), stamp_of(book))
    journal.add(STEPS[0])
    crash(journal)


def test_until_the_copy_is_there_the_file_itself_stands_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook")
    killed_before_the_copy(tmp_path / "journals", book, monkeypatch)
    (left,) = left_behind(tmp_path / "journals").left
    assert BookOrigin(book) == left.source
    assert (STEPS[0],) == left.steps


def test_without_a_copy_work_is_not_put_on_a_file_that_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook")
    killed_before_the_copy(tmp_path / "journals", book, monkeypatch)
    book.write_bytes(b"another workbook")
    found = left_behind(tmp_path / "journals")
    assert () == found.left
    assert 1 == len(found.unreadable)  # kept, to be looked at by hand


def test_a_copy_that_cannot_be_made_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journals")
    with qtbot.waitSignal(journal.failed):
        journal.begin(BookOrigin(tmp_path / "weg.xlsx"))
    journal.end()
    assert [] == list((tmp_path / "journals").iterdir())


def test_a_copy_of_another_file_than_was_read_is_none(qtbot: QtBot, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook")
    stamp = stamp_of(book)
    book.write_bytes(b"another one")
    journal = Journal(tmp_path / "journals")
    with qtbot.waitSignal(journal.failed):
        journal.begin(BookOrigin(book), stamp)
    assert [] == list(tmp_path.glob("journals/*/plan.xlsx"))
    journal.end()


def test_work_of_a_program_that_runs_is_left_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin(BookOrigin(demo="small"))
    journal.add(STEPS[0])
    assert RecoverableWork() == left_behind(tmp_path)
    journal.end()
    assert [] == list(tmp_path.iterdir())


def test_saved_work_and_untouched_books_are_not_offered(tmp_path: Path) -> None:
    for name, lines in (("saved", [*_lines(), '"saved"']), ("untouched", [])):
        _leave(tmp_path / name, lines)
    assert RecoverableWork() == left_behind(tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_line_that_was_not_written_to_its_end_is_left_out(tmp_path: Path) -> None:
    _leave(tmp_path / "cut", [*_lines(), '[["set", "locat'])
    (left,) = left_behind(tmp_path).left
    assert 1 == len(left.steps)


def _lines() -> list[str]:
    return ['[["set", "locations", 3, "name", "A"]]']


def _leave(folder: Path, lines: list[str]) -> None:
    folder.mkdir()
    header = {"path": "", "demo": "small", "copy": ""}
    (folder / "header.json").write_text(json.dumps(header), encoding="utf-8")
    (folder / "edits.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_recovered_work_is_saved_in_the_users_own_file(
    qtbot: QtBot, window: Window, small_book: Book, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "mijn plan.xlsx"
    api.save_book(path, small_book, Language.NL)
    journal = Journal(tmp_path / "lost")
    journal.begin(BookOrigin(path))
    row = int(small_book.frame("locations").index[0])
    journal.add((SetCell("locations", row, "name", "Teruggevonden"),))
    crash(journal)
    (left,) = left_behind(tmp_path / "lost").left
    window.commands.recover(left)
    qtbot.waitUntil(lambda: window.session.unsaved, timeout=PATIENCE_MS)
    assert path == window.session.origin.path
    assert (path,) == Settings(QSettings()).recent
    assert [] == answers.told
    window.commands.save()
    qtbot.waitUntil(lambda: not window.session.unsaved, timeout=PATIENCE_MS)
    assert "Teruggevonden" in set(api.open_workbook(path).frame("locations")["name"])


def test_lost_work_on_a_demo_is_offered_by_the_name_of_the_demo(
    window: Window, tmp_path: Path
) -> None:
    journal = Journal(tmp_path / "lost")
    journal.begin(BookOrigin(demo="small"))
    journal.add(STEPS[0])
    crash(journal)
    window.lost.offer(left_behind(tmp_path / "lost"))
    assert "Kleine demo" in window.start.lost.label.text()


def test_a_clock_that_was_set_back_hides_neither_work_nor_a_change(
    qapp: object, tmp_path: Path
) -> None:
    del qapp
    path = tmp_path / "mijn plan.xlsx"
    path.write_bytes(b"a workbook")
    journal = Journal(tmp_path / "journals")
    journal.begin(BookOrigin(path), stamp_of(path))
    journal.add(STEPS[0])
    crash(journal)
    a_year_on = path.stat().st_mtime + 365 * 86_400
    for each in (tmp_path / "journals").rglob("*"):
        os.utime(each, (a_year_on, a_year_on))
    (left,) = left_behind(tmp_path / "journals").left
    assert STEPS[:1] == left.steps
    assert not changed_since(left)
    path.write_bytes(b"A WORKBOOK")
    os.utime(path, (1, 1))
    assert changed_since(left)


def test_a_file_that_changed_since_is_noticed(qapp: object, tmp_path: Path) -> None:
    del qapp
    path = tmp_path / "mijn plan.xlsx"
    path.write_bytes(b"a workbook")
    journal = Journal(tmp_path / "journals")
    journal.begin(BookOrigin(path), stamp_of(path))
    for step in STEPS:
        journal.add(step)
    crash(journal)
    (left,) = left_behind(tmp_path / "journals").left
    assert not changed_since(left)
    path.write_bytes(b"another workbook")
    assert changed_since(left)
    path.unlink()
    assert not changed_since(left)
