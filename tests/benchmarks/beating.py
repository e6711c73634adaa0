"""A window at work, in a process of its own: `beating WHAT WORKBOOK`, see `MEASURED`.

Prints the longest time between two beats of its clock in ms, the seconds of a paste, or the
longest time in ms that a step of scrolling takes until it is painted. Beside it, on the error
stream, the processor time in ms that the window's own thread used at most between two beats: where
that is far less, the machine was busy with something else.
"""

from __future__ import annotations

import functools
import operator
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDockWidget

from planner.core.texts import Language
from ui import app
from ui.state import Step
from ui.tables import cells
from ui.views.tables import TablesView
from ui.window import Window

# Does something with a file in a window, and returns what was measured of it.
Measure = Callable[[Window, Path], float]

BEAT_MS = 5
PATIENCE_S = 600.0
SETTLED_S = 1.0
ROWS, COLUMNS = 2000, 14
MANY_ROWS = 20_000
STEPS = 400
STOPPED_AT = (
    "check",
    "build",
    "first_basis",
    "emergency",
    "moves",
    "change",
    "tables",
    "explain",
    "verify",
)


class Heart:
    """Beats on the window's own thread and keeps the longest time between two beats.

    `longest_own_ms` is the most processor time that the thread itself used between two of them.
    """

    def __init__(self) -> None:
        self.longest_ms = self.longest_own_ms = 0.0
        self._last, self._last_own = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self.longest_ms = max(self.longest_ms, (now - self._last) * 1000)
        self.longest_own_ms = max(self.longest_own_ms, (own - self._last_own) * 1000)
        self._last, self._last_own = now, own

    def told_ms(self) -> float:
        """Return the longest time, and tell beside it what of a time was the window's own."""
        print(f"window's own work at most {self.longest_own_ms:.0f} ms", file=sys.stderr)
        return self.longest_ms


def in_a_window(measure: Measure, file: str) -> None:
    """Measure something in a window that has come to rest, and print it."""
    app.application()
    window = app.assemble(Path(tempfile.mkdtemp()), Language.NL)
    window.resize(1366, 768)
    window.show()
    settle()
    app.after_first_paint(window, [])
    wait(lambda: window.findChild(QDockWidget, "origin") is not None)
    settle()
    measured = measure(window, Path(file))
    window.commands.close()
    window.hide()
    print(measured)


def load(window: Window, workbook: Path) -> float:
    """Return the longest stall in ms while a workbook is opened and shown."""
    heart = Heart()
    open_book(window, workbook)
    return heart.told_ms()


def solve(window: Window, workbook: Path) -> float:
    """Return the longest stall in ms while a plan is made and shown."""
    open_book(window, workbook)
    heart = Heart()
    window.calculate()
    wait(lambda: bool(window.session.plans))
    settle()
    return heart.told_ms()


def cancel(window: Window, workbook: Path) -> float:
    """Return the longest time in ms from asking to stop until it has stopped, step by step."""
    open_book(window, workbook)
    longest = 0.0
    for step in STOPPED_AT:
        reached: list[str] = []
        heard = window.jobs.progressed.connect(
            lambda told, reached=reached: reached.append(told.level or told.step)
        )
        window.calculate()
        wait(functools.partial(operator.contains, reached, step))
        begun = time.perf_counter()
        window.commands.cancel()
        wait(lambda: window.jobs.calculating is None)
        longest = max(longest, (time.perf_counter() - begun) * 1000)
        window.jobs.progressed.disconnect(heard)
        settle()
    return longest


def paste_new(window: Window, workbook: Path) -> float:
    """Return the seconds from pasting 2,000 new rows of 14 columns until they are painted."""
    return _pasted(_to_paste(window, workbook), over=False)


def paste_over(window: Window, workbook: Path) -> float:
    """Return the same, over the rows that are there and below them."""
    return _pasted(_to_paste(window, workbook), over=True)


def paste_heart(window: Window, workbook: Path) -> float:
    """Return the longest stall in ms from such a paste until it was checked and shown too."""
    tables = _to_paste(window, workbook)
    wanted = tables.model.total + ROWS
    heart = Heart()
    tables.paste()
    wait(lambda: tables.model.total == wanted)
    settle()
    settle()  # the check comes a moment later
    return heart.told_ms()


def import_heart(window: Window, workbook: Path) -> float:
    """Return the longest stall in ms while a file is looked into and taken into the open book.

    The open book is the national demo; what the file has more of is taken over.
    """
    window.commands.open_demo("national")
    wait(lambda: window.session.is_open)
    settle()
    heart = Heart()
    window.paper.import_path(workbook)
    dialog = window.paper.importing
    if dialog is None:
        raise RuntimeError("no dialog about the file")
    wait(lambda: not dialog.work.looking)
    settle()
    dialog.ok.click()
    wait(lambda: bool(window.session.undo_name()))
    settle()
    settle()  # the check comes a moment later
    return heart.told_ms()


def scroll(window: Window, workbook: Path) -> float:
    """Return the longest time in ms of a step through all rows until it is painted."""
    open_book(window, workbook)
    tables = _show(window, "occupancy")
    bar, longest = tables.grid.verticalScrollBar(), 0.0
    steps = range(0, bar.maximum(), max(bar.maximum() // STEPS, 1))
    for at in steps:
        begun = time.perf_counter()
        bar.setValue(at)
        QApplication.processEvents()
        longest = max(longest, (time.perf_counter() - begun) * 1000)
    if tables.model.rowCount() < MANY_ROWS:
        raise RuntimeError(f"{tables.model.rowCount()} rows to scroll through")
    return longest


def _to_paste(window: Window, workbook: Path) -> TablesView:
    """Open a workbook at its locations, with rows on the clipboard."""
    open_book(window, workbook)
    tables = _show(window, "locations")
    QGuiApplication.clipboard().setText(rows_of(tables))
    tables.grid.clearSelection()
    settle()
    return tables


def _pasted(tables: TablesView, *, over: bool) -> float:
    """Return the seconds of a paste until it is painted."""
    wanted = max(tables.model.total, ROWS) if over else tables.model.total + ROWS
    if over:
        tables.grid.setCurrentIndex(tables.model.index(0, 0))
    begun = time.perf_counter()
    tables.paste()
    wait(lambda: tables.model.total == wanted)
    tables.grid.viewport().repaint()
    return time.perf_counter() - begun


def rows_of(tables: TablesView) -> str:
    """Return rows to paste as a sheet copies them: the locations again, with ids of their own."""
    model = tables.model
    lines = []
    for at in range(ROWS):
        row = at % model.rowCount()
        shown = [
            cells.typed(column, model.cell(row, place), Language.NL)
            for place, column in enumerate(model.columns[:COLUMNS])
        ]
        lines.append("\t".join([f"N{at:05}", *shown[1:]]))
    return "\n".join(lines) + "\n"


def _show(window: Window, table: str) -> TablesView:
    window.go_to(Step.DATA)
    window.tables.go_to_cell(table, None, "")
    settle()
    return window.tables


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


MEASURED: dict[str, Measure] = {
    "load": load,
    "solve": solve,
    "cancel": cancel,
    "paste_new": paste_new,
    "paste_over": paste_over,
    "paste_heart": paste_heart,
    "import_heart": import_heart,
    "scroll": scroll,
}

if __name__ == "__main__":
    in_a_window(MEASURED[sys.argv[1]], sys.argv[2])
