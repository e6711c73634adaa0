from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from ui.app import screen_fault

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_twenty_thousand_calls_without_a_value_do_no_harm(qtbot: QtBot) -> None:
    # PySide6 6.12.0 on Python 3.11 lost a reference to None at each such call and then aborted.
    label = QLabel()
    qtbot.addWidget(label)
    for at in range(20_000):
        QWidget.setToolTip(label, str(at))
    assert "19999" == label.toolTip()


def test_a_machine_without_a_screen_is_told_in_words() -> None:
    if not sys.platform.startswith("linux"):
        assert "" == screen_fault()  # other systems always have a screen
        return
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    }
    done = subprocess.run(
        [sys.executable, "-m", "planner"],
        env=bare, check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert 2 == done.returncode
    assert "libxcb-cursor0" in done.stderr
    assert "Traceback" not in done.stderr
