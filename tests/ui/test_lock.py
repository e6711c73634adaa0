"""One window per project file; a crash blocks nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from planner import workflow
from planner.texts import Language
from ui import app
from ui.files.lock import FileLock, name_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.window import Window

PATIENCE_MS = 60_000
TICKET = "from ui.files.lock import FileLock; from pathlib import Path; import os, sys;"


def test_the_second_hears_who_has_the_file_and_since_when(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "locks"), FileLock(tmp_path / "locks")
    file = tmp_path / "plan.xlsx"
    assert first.take(file) is None
    holder = second.take(tmp_path / "sub" / ".." / "plan.xlsx")
    assert holder is not None
    assert "@" in holder.who
    assert second.take(tmp_path / "other.xlsx") is None
    first.release()
    assert second.take(file) is None


def test_taking_what_one_has_changes_nothing(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "locks")
    assert [None, None] == [lock.take(tmp_path / "a.xlsx") for _ in range(2)]


def test_a_lock_that_a_crash_left_behind_is_taken_over(tmp_path: Path) -> None:
    given = (str(tmp_path / "locks"), str(tmp_path / "a.xlsx"))
    crash = "kept = FileLock(Path(sys.argv[1])); kept.take(Path(sys.argv[2])); os._exit(9)"
    done = subprocess.run([sys.executable, "-c", TICKET + crash, *given], check=False)  # noqa: S603 - ourselves
    assert 9 == done.returncode
    assert (tmp_path / "locks" / name_of(tmp_path / "a.xlsx")).exists()
    assert FileLock(tmp_path / "locks").take(tmp_path / "a.xlsx") is None


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("a file where a folder should be")
    assert FileLock(tmp_path / "locks").take(tmp_path / "a.xlsx") is None


def test_a_signature_that_cannot_be_read_is_a_question_mark(tmp_path: Path) -> None:
    first = FileLock(tmp_path)
    first.take(tmp_path / "a.xlsx")
    (tmp_path / name_of(tmp_path / "a.xlsx")).with_suffix(".json").write_text(json.dumps([1]))
    holder = FileLock(tmp_path).take(tmp_path / "a.xlsx")
    assert holder is not None
    assert "?" == holder.who


def test_a_second_window_looks_on_and_says_who_has_the_file(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    path = tmp_path / "invoer.xlsx"
    workflow.save_book(path, workflow.open_demo("small"), Language.NL)
    other = FileLock(tmp_path / "data" / "locks")
    other.take(path)
    window.commands.open_path(path)
    qtbot.waitUntil(lambda: window.session.origin.path == path, timeout=PATIENCE_MS)
    assert window.session.viewing
    assert window.held.notice.isVisible()
    assert "invoer.xlsx" in window.held.notice.label.text()
    assert not window._actions["paste"].isEnabled()
    window.view_only()  # still held: nothing changes
    assert window.session.viewing
    before = window.held.notice.label.text()
    window.choose_language(Language.EN)
    assert before != window.held.notice.label.text()
    other.release()
    window.held._again.click()
    assert not window.session.viewing
    assert not window.held.notice.isVisible()
    assert list((tmp_path / "data" / "locks").iterdir())  # ours now
    window.commands.open_demo("small")
    qtbot.waitUntil(lambda: window.session.origin.demo == "small", timeout=PATIENCE_MS)
    assert other.take(path) is None


def test_qt_speaks_the_language_of_the_window(window: Window) -> None:
    del window
    said = app.application().translate("QPlatformTheme", "Cancel")
    assert "Annuleren" == said.replace("&", "")
