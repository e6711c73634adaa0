"""What a start leaves for later: the first paint waits for nothing that cannot be read on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

STARTED = """
import gc, json, sys
from ui import app
from PySide6.QtWidgets import QPushButton

LATE = (
    "PySide6.QtSvg", "datetime", "ui.actions", "ui.icon_drawing", "ui.side_list", "ui.files.lock"
)
told = {}

def look(window):
    told["early"] = [each for each in LATE if each in sys.modules]
    told["titles"] = [each.text() for each in window.menuBar().actions()]
    told["marks"] = [not each.icon().isNull() for each in window.start.findChildren(QPushButton)]

made = app.application()
window = app.assemble(app.data_folder())
painted = app.FirstPaint(window, lambda: look(window))
window.installEventFilter(painted)
window.show()
while "early" not in told:
    made.processEvents()
for _ in range(20):
    made.processEvents()
told["then"] = [not each.icon().isNull() for each in window.start.findChildren(QPushButton)]
window.commands  # what asks for them first has the menus filled
told["commands"] = [bool(each.menu().actions()) for each in window.menuBar().actions()]
window.held.close()  # as when the window goes, though no file was ever opened
print(json.dumps(told))
"""


def test_icons_commands_lists_and_locks_are_loaded_after_the_first_paint(tmp_path: Path) -> None:
    """Five offers have an icon each; none is there at the first paint, and all soon after.

    Of the five menus the titles are there, and the commands as soon as somebody is to carry them
    out.
    """
    own = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", STARTED], env={**os.environ, **own}, stdout=subprocess.PIPE,
        text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert told["early"] == []
    assert all(told["titles"])
    assert told["commands"] == [True] * 5
    assert told["marks"].count(True) == 0
    assert told["then"].count(True) == 5
