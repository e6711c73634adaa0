"""Starting a window, in a process of its own: `starting program` or `starting empty`.

Prints the seconds from the start of the process until the window's first paint.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

TICKS_PER_S = 100.0  # of /proc, on every Linux that Python runs on


class FirstPaint(QObject):
    """Ends the program at the first paint of a window, and knows when that was."""

    at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt calls it
        if not self.at and event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self.at = since_start()
            QTimer.singleShot(0, QApplication.quit)  # not before what is painted is shown
        return False


def since_start() -> float:
    """Return the seconds since this process began, its interpreter's start included."""
    begun = float(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19]) / TICKS_PER_S
    return time.clock_gettime(time.CLOCK_BOOTTIME) - begun


def main(what: str) -> None:
    """Start a window and print when it was first painted."""
    app = QApplication(sys.argv[:1])
    first = FirstPaint()
    app.installEventFilter(first)
    if what == "empty":
        window = QMainWindow()
        window.resize(1366, 768)
        window.show()
        app.exec()
    else:
        from planner.__main__ import main as program  # noqa: PLC0415 - its loading is measured

        program([])
    print(first.at)


if __name__ == "__main__":
    main(sys.argv[1])
