from __future__ import annotations

import datetime as dt
import errno
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from planner import workflow
from planner.tables.book import CellError, Uncalculated
from planner.tables.edits import AddRow, DropRow, Edit, SetCell
from planner.texts import Language
from tests.ui.conftest import PATIENCE_MS
from ui.files.recovery import Journal, changed_since, discard, left_behind
from ui.scenarios.edit_lines import line_of
from ui.session import Origin
from ui.settings import Settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.tables.book import Book
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
from ui.files.recovery import Journal
from ui.session import Origin
journal = Journal(Path({str(tmp_path / "journals")!r}))
journal.begin(Origin(Path({str(book)!r})))
for step in STEPS:
    journal.add(step)
os._exit(9)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2])  # noqa: S603 - our own code
    assert 9 == done.returncode
    (left,) = left_behind(tmp_path / "journals")
    assert STEPS == left.steps
    assert Origin(book) == left.origin
    assert "mijn plan.xlsx" == left.name
    assert left.source.path is not None
    assert b"a workbook" == left.source.path.read_bytes()
    discard(left)
    assert () == left_behind(tmp_path / "journals")


def test_a_long_step_is_written_by_and_by_as_one(qtbot: QtBot, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin(Origin(demo="small"))
    long = tuple(SetCell("locations", row, "beds", row) for row in range(2, 1002))
    (written,) = tmp_path.glob("*/edits.jsonl")
    journal.add(long)
    qtbot.waitUntil(lambda: written.read_text(encoding="utf-8").endswith("]\n"))
    journal.add(long)
    journal.add(STEPS[0])
    lines = written.read_text(encoding="utf-8").splitlines()
    assert [line_of(each) for each in (long, long, STEPS[0])] == lines
    journal.end()


class FullDisk(io.StringIO):
    """A file that takes nothing any more."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "no space", str(len(text)))


def test_a_full_disk_is_told_once_and_stops_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    told: list[bool] = []
    journal.failed.connect(lambda: told.append(True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "open", lambda *_, **__: FullDisk())
        patch.setattr(Path, "write_text", lambda *_, **__: 0)
        journal.begin(Origin(demo="small"))
    with qtbot.waitSignal(journal.failed):
        journal.add(tuple(SetCell("locations", row, "beds", row) for row in range(2, 1002)))
    journal.add(STEPS[0])
    journal.saved()
    journal.end()
    assert [True] == told
    assert [] == list(tmp_path.iterdir())


def test_a_journal_that_cannot_begin_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journals")
    with pytest.raises(FileNotFoundError):
        journal.begin(Origin(tmp_path / "weg.xlsx"))
    journal.add(STEPS[0])
    assert [] == list((tmp_path / "journals").iterdir())


def killed_before_the_copy(root: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a journal of which the copy never came to be whole."""
    monkeypatch.setattr("ui.files.recovery.shutil.copyfile", lambda *_: None)
    journal = Journal(root)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: None)
        journal.begin(Origin(book))
        journal._copying.join()
    journal.add(STEPS[0])
    journal._file.close()
    journal._lock.unlock()


def test_until_the_copy_is_there_the_file_itself_stands_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook")
    killed_before_the_copy(tmp_path / "journals", book, monkeypatch)
    (left,) = left_behind(tmp_path / "journals")
    assert Origin(book) == left.source
    assert (STEPS[0],) == left.steps


def test_without_a_copy_work_is_not_put_on_a_file_that_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook")
    killed_before_the_copy(tmp_path / "journals", book, monkeypatch)
    book.write_bytes(b"another workbook")
    assert () == left_behind(tmp_path / "journals")
    assert 1 == len(list((tmp_path / "journals").iterdir()))  # kept, to be looked at by hand


def test_a_copy_that_cannot_be_made_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    book = tmp_path / "plan.xlsx"
    book.write_bytes(b"a workbook")
    monkeypatch.setattr("ui.files.recovery.shutil.copyfile", full)
    journal = Journal(tmp_path / "journals")
    with qtbot.waitSignal(journal.failed):
        journal.begin(Origin(book))
    journal.end()


def test_work_of_a_program_that_runs_is_left_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.begin(Origin(demo="small"))
    journal.add(STEPS[0])
    assert () == left_behind(tmp_path)
    journal.end()
    assert [] == list(tmp_path.iterdir())


def test_saved_work_and_untouched_books_are_not_offered(tmp_path: Path) -> None:
    for name, lines in (("saved", [*_lines(), '"saved"']), ("untouched", [])):
        _leave(tmp_path / name, lines)
    assert () == left_behind(tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_line_that_was_not_written_to_its_end_is_left_out(tmp_path: Path) -> None:
    _leave(tmp_path / "cut", [*_lines(), '[["set", "locat'])
    (left,) = left_behind(tmp_path)
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
    workflow.save_book(path, small_book, Language.NL)
    journal = Journal(tmp_path / "lost")
    journal.begin(Origin(path))
    row = int(small_book.frame("locations").index[0])
    journal.add((SetCell("locations", row, "name", "Teruggevonden"),))
    journal._file.close()  # as if its program had been killed
    journal._lock.unlock()
    (left,) = left_behind(tmp_path / "lost")
    window.commands.recover(left)
    qtbot.waitUntil(lambda: window.session.unsaved, timeout=PATIENCE_MS)
    assert path == window.session.origin.path
    assert (path,) == Settings(QSettings()).recent
    assert [] == answers.told
    window.commands.save()
    qtbot.waitUntil(lambda: not window.session.unsaved, timeout=PATIENCE_MS)
    assert "Teruggevonden" in set(workflow.open_workbook(path).frame("locations")["name"])


def test_a_file_that_changed_since_is_noticed(qapp: object, tmp_path: Path) -> None:
    del qapp
    path = tmp_path / "mijn plan.xlsx"
    path.write_bytes(b"a workbook")
    journal = Journal(tmp_path / "journals")
    journal.begin(Origin(path))
    for step in STEPS:
        journal.add(step)
    journal._file.close()  # as if its program had been killed
    journal._lock.unlock()
    (left,) = left_behind(tmp_path / "journals")
    assert not changed_since(left)
    path.write_bytes(b"another workbook")
    assert changed_since(left)
    path.unlink()
    assert not changed_since(left)
