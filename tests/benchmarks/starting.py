"""Starting a window, in a process of its own: `starting program` or `starting empty`.

Prints the seconds from the start of the process until its window was painted for the first time.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

TICKS_PER_S = 100.0  # of /proc, on every Linux that Python runs on


class FirstPaint(QObject):
    """Tells the time once a window was painted, as the program's own does, and ends."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, tell)
        return False


def tell() -> None:
    """Print the time since the process began, and end."""
    print(since_start())
    QApplication.quit()


def since_start() -> float:
    """Return the seconds since this process began, its interpreter's start included."""
    begun = float(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19]) / TICKS_PER_S
    return time.clock_gettime(time.CLOCK_BOOTTIME) - begun


def empty() -> None:
    """Show a window with nothing in it."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    first = FirstPaint()
    window.installEventFilter(first)
    window.resize(1366, 768)
    window.show()
    app.exec()


def program() -> None:
    """Start the program as a user does; what it would do after its first paint is left out."""
    from planner.__main__ import main as start  # noqa: PLC0415 - its loading is measured
    from ui import app  # noqa: PLC0415 - as above

    def paint(window: QMainWindow, argv: object) -> None:
        del window, argv
        tell()

    app.after_first_paint = paint
    start([])


if __name__ == "__main__":
    {"program": program, "empty": empty}[sys.argv[1]]()
