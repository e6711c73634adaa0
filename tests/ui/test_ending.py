"""Ending the program at any moment leaves no child behind and nothing on the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui import app

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from ui.window import Window

AT_ONCE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import app

if __name__ == "__main__":
    follow = app.after_first_paint

    def leave(window, argv):
        QTimer.singleShot(0, QApplication.quit)
        follow(window, argv)

    app.after_first_paint = leave
    sys.exit(app.main([]))
"""
# The end of the pipe that a program which is gone leaves to its child.
GONE = """
import multiprocessing
from planner.jobs.engine_process import serve

ours, theirs = multiprocessing.Pipe()
ours.close()
serve(theirs)
"""


def run(folder: Path, code: str) -> tuple[int, str]:
    """Run a script in a process of its own; return its exit code and what it said."""
    script = folder / "ending.py"
    script.write_text(code, encoding="utf-8")
    own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), str(folder))
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, str(script)],
        env={**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stderr


def test_a_program_that_ends_while_its_children_start_is_quiet(tmp_path: Path) -> None:
    assert (0, "") == run(tmp_path, AT_ONCE)


def test_a_child_whose_program_is_gone_is_quiet(tmp_path: Path) -> None:
    assert (0, "") == run(tmp_path, GONE)


def test_the_children_end_with_the_program_however_it_ends(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = QApplication.instance()
    assert there is not None
    monkeypatch.setattr(app, "_load", lambda: None)
    app.after_first_paint(window, [])
    qtbot.waitUntil(lambda: bool(window.jobs._workers), timeout=20_000)  # noqa: SLF001 - whether they have begun
    with qtbot.waitSignal(window.jobs.closed, timeout=20_000):
        there.aboutToQuit.emit()
    assert all(each._closing for each in window.jobs._workers.values())  # noqa: SLF001 - whether each was told to end
