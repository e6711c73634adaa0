"""Start-up, in this order: settings, words, looks, window, first paint; then the rest.

The two worker processes are started after the first paint, and pandas and matplotlib are loaded
then, in a thread, so that neither the start nor the first click waits for them. Whatever goes
wrong unforeseen ends in words and in a log.
"""

from __future__ import annotations

import ctypes
import importlib
import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from planner.__main__ import QT_LIBRARIES, say_both
from ui.asking import Asking
from ui.commands import Commands
from ui.jobs import Jobs
from ui.recovery import Journal, left_behind
from ui.session import Session
from ui.settings import Settings
from ui.theme import Theme
from ui.window import Window
from ui.words import Words

if TYPE_CHECKING:
    from planner.texts import Language

ErrorHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]

log = logging.getLogger(__name__)

LATER = ("planner.tables.edits", "planner.tables.values", "matplotlib.backends.backend_qtagg")
PROGRAM = "opvangplan"
PAGES_AFTER_MS = 600  # the pages are made while the user reads the first one


def main(argv: Sequence[str], language: Language | None = None) -> int:
    """Open the window, with a workbook when `argv` names one; return the exit code."""
    multiprocessing.freeze_support()
    fault = screen_fault()
    if fault:
        say_both("command.no_qt", fault=fault, packages=QT_LIBRARIES)
        return 2
    app = application()
    window = assemble(data_folder(), language)
    sys.excepthook = _last_resort(window)
    window.show()
    QTimer.singleShot(0, lambda: _after_first_paint(window, argv))
    return int(app.exec())


def screen_fault() -> str:
    """Return why no window can be shown on this machine; empty where one can.

    Qt itself would end the program without a word that helps.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return "DISPLAY, WAYLAND_DISPLAY"
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as missing:
        return str(missing)
    return ""


def application() -> QApplication:
    """Return the one application, with its name, so that settings have their place."""
    there = QApplication.instance()
    app = there if isinstance(there, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(PROGRAM)
    app.setOrganizationName(PROGRAM)
    return app


def data_folder() -> Path:
    """Return the folder for the program's own files: journals and the log."""
    kind = QStandardPaths.StandardLocation.AppLocalDataLocation
    return Path(QStandardPaths.writableLocation(kind))


def assemble(folder: Path, language: Language | None = None) -> Window:
    """Make the window and everything it stands on."""
    settings = Settings(QSettings())
    words = Words(language or settings.language)
    theme = Theme(settings.look)
    theme.apply()
    session = Session()
    jobs = Jobs()
    asking = Asking(words)
    asking.folder = settings.folder
    commands = Commands(session, jobs, words, Journal(folder / "journals"), asking)
    window = Window(session, jobs, commands=commands, words=words, theme=theme, settings=settings)
    asking.parent = window
    window.setWindowIcon(theme.mark("program", theme.colours.accent))
    return window


def _after_first_paint(window: Window, argv: Sequence[str]) -> None:
    """Load what the first click will need, offer lost work, open what was named."""
    window.jobs.start()
    threading.Thread(target=_load, name="loading", daemon=True).start()
    folder = data_folder()
    _keep_log(folder)
    window.offer_lost_work(left_behind(folder / "journals"))
    QTimer.singleShot(PAGES_AFTER_MS, lambda: window.pages)
    if argv:
        window.commands.open_path(Path(argv[0]).resolve())


def _load() -> None:
    for name in LATER:
        importlib.import_module(name)


def _keep_log(folder: Path) -> None:
    """Keep what goes wrong in a file, for whoever has to mend it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(folder / "opvangplan.log", encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("ui").addHandler(handler)


def _last_resort(window: Window) -> ErrorHook:
    """Return what Python calls for an error that nobody caught: words, and a line in the log."""

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        log.critical("not caught", exc_info=(kind, fault, trace))
        window.tell_fault()

    return tell
