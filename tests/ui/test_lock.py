"""One window per project file; a crash blocks nobody, and colleagues see one another."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner import api
from planner.core.texts import Language
from planner.files.owner_file import owner_file
from tests.ui.onscreen import PATIENCE_MS, action, buttons_in
from ui import app
from ui.dialogs import WORKBOOKS
from ui.files.lock import FileLock, name_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.window import Window

TICKET = "from ui.files.lock import FileLock; from pathlib import Path; import os, sys;"


def locks(tmp_path: Path, *users: str) -> list[FileLock]:
    """Return locks of as many users, each with a folder of its own."""
    return [FileLock(tmp_path / user / "locks") for user in users]


def elsewhere(path: Path, user: str = "fatima") -> None:
    """Leave the owner file of a colleague on another machine."""
    owner_file(path).write_text("4711\npython\nPC-DENHAAG\nan-id\na-boot\n")
    said = {"who": f"{user}@PC-DENHAAG", "since": "2026-11-26T09:30:00+01:00", "token": "theirs"}
    Path(f"{owner_file(path)}who").write_text(json.dumps(said))


def test_a_colleague_with_a_folder_of_his_own_hears_who_has_the_file(tmp_path: Path) -> None:
    first, second = locks(tmp_path, "anna", "bram")
    file = tmp_path / "plan.xlsx"
    assert first.take(file) is None
    holder = second.take(tmp_path / "sub" / ".." / "plan.xlsx")
    assert holder is not None
    assert holder.who.endswith(f"@{socket.gethostname()}")
    assert not holder.elsewhere
    assert second.take(tmp_path / "other.xlsx") is None
    first.release()
    assert second.take(file) is None
    second.release()
    assert [] == list(tmp_path.glob(".*"))


def test_the_owner_file_is_no_workbook(tmp_path: Path) -> None:
    owner = owner_file(tmp_path / "plan.xlsx")
    assert owner.name.startswith(".")
    assert owner.suffix.lstrip(".") not in WORKBOOKS
    (lock,) = locks(tmp_path, "anna")
    lock.take(tmp_path / "plan.xlsx")
    assert [] == list(tmp_path.glob("*.xlsx"))
    told = json.loads(Path(f"{owner}who").read_text())
    assert {"who", "since", "machine", "process", "token"} == set(told)
    assert os.getpid() == told["process"]
    lock.release()


def test_taking_what_one_has_changes_nothing(tmp_path: Path) -> None:
    (lock,) = locks(tmp_path, "anna")
    assert [None, None] == [lock.take(tmp_path / "a.xlsx") for _ in range(2)]


def test_a_lock_that_a_crash_left_behind_is_taken_over(tmp_path: Path) -> None:
    given = (str(tmp_path / "locks"), str(tmp_path / "a.xlsx"))
    crash = "kept = FileLock(Path(sys.argv[1])); kept.take(Path(sys.argv[2])); os._exit(9)"
    done = subprocess.run([sys.executable, "-c", TICKET + crash, *given], check=False)  # noqa: S603 - ourselves
    assert 9 == done.returncode
    assert owner_file(tmp_path / "a.xlsx").exists()
    assert FileLock(tmp_path / "locks").take(tmp_path / "a.xlsx") is None


def test_a_lock_of_another_machine_holds_until_somebody_takes_it_over(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    elsewhere(file)
    (mine,) = locks(tmp_path, "anna")
    holder = mine.take(file)
    assert holder is not None
    assert ("fatima@PC-DENHAAG", True) == (holder.who, holder.elsewhere)
    assert mine.take(file, by_force=True) is None
    assert mine.overtaken is None
    elsewhere(file, "gerrit")
    overtaken = mine.overtaken
    assert overtaken is not None
    assert "gerrit@PC-DENHAAG" == overtaken.who
    mine.release()
    assert owner_file(file).exists()  # it is theirs


def test_where_the_folder_cannot_be_written_to_the_lock_is_kept_apart(tmp_path: Path) -> None:
    file = tmp_path / "share" / "plan.xlsx"  # a folder that is not there cannot be written to
    first, second = (FileLock(tmp_path / "locks") for _ in range(2))
    assert first.take(file) is None
    assert (tmp_path / "locks" / name_of(file)).exists()
    assert second.take(file) is not None
    first.release()


def test_a_name_that_leaves_no_room_for_a_lock_beside_it_is_locked_apart(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 250 + ".xlsx")
    file.write_bytes(b"")
    first, second = (FileLock(tmp_path / "locks") for _ in range(2))
    assert first.take(file) is None
    assert second.take(file) is not None
    first.release()


def test_a_folder_that_cannot_be_made_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("a file where a folder should be")
    assert FileLock(tmp_path / "locks").take(tmp_path / "gone" / "a.xlsx") is None


def test_a_signature_that_cannot_be_read_is_a_question_mark(tmp_path: Path) -> None:
    first, second = locks(tmp_path, "anna", "bram")
    first.take(tmp_path / "a.xlsx")
    Path(f"{owner_file(tmp_path / 'a.xlsx')}who").write_text(json.dumps([1]))
    holder = second.take(tmp_path / "a.xlsx")
    assert holder is not None
    assert holder.who.startswith("?")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "invoer.xlsx"
    api.save_book(path, api.open_demo("small"), Language.NL)
    return path


def opened(qtbot: QtBot, window: Window, path: Path) -> None:
    window.commands.open_path(path)
    qtbot.waitUntil(lambda: window.session.origin.path == path, timeout=PATIENCE_MS)


def test_a_second_window_looks_on_and_says_who_has_the_file(
    qtbot: QtBot, window: Window, tmp_path: Path, file: Path
) -> None:
    (other,) = locks(tmp_path, "bram")
    other.take(file)
    opened(qtbot, window, file)
    assert window.session.viewing
    assert window.held.notice.isVisible()
    assert not buttons_in(window.held.notice)[1].isVisible()
    assert "invoer.xlsx" in window.held.notice.label.text()
    assert not action(window, "paste").isEnabled()
    window.view_only()  # still held: nothing changes
    assert window.session.viewing
    before = window.held.notice.label.text()
    window.choose_language(Language.EN)
    assert before != window.held.notice.label.text()
    other.release()
    buttons_in(window.held.notice)[0].click()
    assert not window.session.viewing
    assert not window.held.notice.isVisible()
    assert owner_file(file).exists()  # ours now
    window.commands.open_demo("small")
    qtbot.waitUntil(lambda: window.session.origin.demo == "small", timeout=PATIENCE_MS)
    assert other.take(file) is None


def test_a_file_of_another_machine_is_taken_over_with_a_question_and_lost_with_a_word(
    qtbot: QtBot, window: Window, answers: Answers, file: Path
) -> None:
    elsewhere(file)
    opened(qtbot, window, file)
    assert window.session.viewing
    answers.choice = 1  # think better of it
    buttons_in(window.held.notice)[1].click()
    assert "fatima@PC-DENHAAG" in answers.told[-1]
    assert window.session.viewing
    answers.choice = 0
    buttons_in(window.held.notice)[1].click()
    assert not window.session.viewing
    model = window.pages.data.model
    model.setData(model.index(0, 1), "Mijn naam")
    elsewhere(file, "gerrit")  # takes it from us in turn
    before = file.read_bytes()
    answers.save = file.with_name("elders.xlsx")
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.commands.save()
    assert before == file.read_bytes()
    assert answers.save.is_file()


def test_qt_speaks_the_language_of_the_window(window: Window) -> None:
    del window
    said = app.application().translate("QPlatformTheme", "Cancel")
    assert "Annuleren" == said.replace("&", "")
