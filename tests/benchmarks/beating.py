"""A window at work, in a process of its own: `beating solve|load|paste WORKBOOK`.

Prints the longest time between two beats of its clock in ms, or the seconds of a paste.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from planner.errors import Finding, Severity
from planner.texts import Language, message
from ui import app
from ui.window import Window

BEAT_MS = 5
PATIENCE_S = 600.0
SETTLED_S = 1.0
ROWS = 2000


class Heart:
    """Beats on the window's own thread and keeps the longest time between two beats."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self._last = now


def main(what: str, workbook: str) -> None:
    """Do what is asked in a window and print what was measured."""
    app.application()
    window = app.assemble(Path(tempfile.mkdtemp()), Language.NL)
    window.resize(1366, 768)
    window.show()
    settle()
    app.after_first_paint(window, [])
    wait(lambda: window._pages is not None)
    settle()
    measured = {"load": load, "solve": solve, "paste": paste}[what](window, Path(workbook))
    window.commands.close()
    window.hide()
    print(measured)


def load(window: Window, workbook: Path) -> float:
    """Return the longest stall in ms while a workbook is opened and shown."""
    heart = Heart()
    open_book(window, workbook)
    return heart.longest_ms


def solve(window: Window, workbook: Path) -> float:
    """Return the longest stall in ms while a plan is made and shown."""
    open_book(window, workbook)
    heart = Heart()
    window.calculate()
    wait(lambda: bool(window.session.plans))
    settle()
    return heart.longest_ms


def paste(window: Window, workbook: Path) -> float:
    """Return the seconds from the paste until the rows are painted."""
    open_book(window, workbook)
    window.go_to(1)
    somewhere = message("command.written", file="")
    tables = window.tables
    tables.go_to(Finding(Severity.REMARK, somewhere, somewhere, table="occupancy"))
    settle()
    QGuiApplication.clipboard().setText(rows_of(window))
    tables.grid.setCurrentIndex(tables.model.index(0, 0))
    begun = time.perf_counter()
    tables.paste()
    tables.grid.viewport().repaint()
    QApplication.processEvents()
    seconds = time.perf_counter() - begun
    if tables.model.rowCount() < ROWS:
        raise RuntimeError(f"{tables.model.rowCount()} rows after pasting {ROWS}")
    return seconds


def rows_of(window: Window) -> str:
    """Return the rows to paste: other people for every location and group, as a sheet copies."""
    codes = [
        list(window.session.sheet(table).frame[key])  # type: ignore[union-attr] # the demo has both
        for table, key in (("locations", "id"), ("groups", "group"))
    ]
    pairs = [(place, group) for place in codes[0] for group in codes[1]][:ROWS]
    return "".join(f"2026-06-30\t{place}\t{group}\t3\n" for place, group in pairs)


def open_book(window: Window, workbook: Path) -> None:
    """Open a workbook and wait until it is shown."""
    window.commands.open_path(workbook)
    wait(lambda: window.session.is_open)
    settle()


def settle() -> None:
    """Let everything that was asked for be done."""
    until = time.monotonic() + SETTLED_S
    wait(lambda: time.monotonic() > until)


def wait(done: Callable[[], bool]) -> None:
    """Run the window until something is done; `TimeoutError` when that takes too long."""
    until = time.monotonic() + PATIENCE_S
    while not done():
        QApplication.processEvents()
        time.sleep(0.0005)
        if time.monotonic() > until:
            raise TimeoutError


if __name__ == "__main__":
    main(*sys.argv[1:])
