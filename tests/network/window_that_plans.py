"""Opens a window with a workbook, plans it, and ends with 0. Run as a program."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from ui import app

PATIENCE_MS = 240_000  # a machine that does much else takes its time


def main(path: Path) -> int:
    application = app.application()
    window = app.assemble(app.data_folder())
    window.show()
    window.commands.opened.connect(lambda _: window.commands.calculate())
    window.commands.ended.connect(lambda kind, _: application.exit(kind == "error"))
    QTimer.singleShot(PATIENCE_MS, lambda: application.exit(1))
    QTimer.singleShot(0, lambda: app.after_first_paint(window, [str(path)]))
    status = application.exec()
    window.jobs.close()
    return int(status)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
