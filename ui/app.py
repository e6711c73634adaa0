"""Start-up, in this order: settings, words, looks, window, first paint; then the rest.

What the window works with is made after the first paint, the two worker processes are started
then, and pandas and matplotlib are loaded in a thread, so that neither the start nor the first
click waits for them. Whatever goes wrong unforeseen ends in words and in a log.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSettings, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.going import Doing
from ui.own_files import make_private
from ui.qt_words import QtWords
from ui.settings import Settings
from ui.theme import Theme
from ui.window import Window
from ui.words import Words

if TYPE_CHECKING:
    from planner.core.texts import Language

ErrorHook = Callable[[type[BaseException], BaseException, TracebackType | None], None]

log = logging.getLogger(__name__)

LATER = (
    "planner.input.edits",
    "planner.input.values",
    "ui.pages",
    "matplotlib.figure",
    "ui.charts.canvas",
    "ui.importing.dialog",
)
PROGRAM = "opvangplan"
PAGES_AFTER_MS = 200  # the pages are made while the user reads the first one
# So many collections of what is younger before the oldest are looked through.
NEVER = 1_000_000


def main(argv: Sequence[str], language: Language | None = None) -> int:
    """Open the window, with a workbook when `argv` names one; return the exit code."""
    app = application()
    _spare_the_old()
    window = assemble(data_folder(), language)
    sys.excepthook = _last_resort(window)
    painted = FirstPaint(window, lambda: after_first_paint(window, argv))
    window.installEventFilter(painted)
    if argv:  # loading what opens it takes a while by itself
        window.going.tell(Doing("busy.open_file", {"file": Path(argv[0]).name}))
    window.show()
    return int(app.exec())


class FirstPaint(QObject):
    """Waits until a window was painted: a timer alone may come before that."""

    def __init__(self, window: QWidget, follow: Callable[[], None]) -> None:
        """Call `follow` once, when the first paint is done."""
        super().__init__(window)
        self._follow = follow

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._follow)
        return False


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
    import ctypes  # noqa: PLC0415 - nothing else needs it

    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as missing:
        return str(missing)
    return ""


def application() -> QApplication:
    """Return the one application, with its name, so that settings have their place."""
    there = QApplication.instance()
    # The style is named to Qt itself: naming it later would load what Python may do with styles.
    fresh = [*sys.argv[:1], "-style", "Fusion"]
    app = there if isinstance(there, QApplication) else QApplication(fresh)
    app.setApplicationName(PROGRAM)
    app.setOrganizationName(PROGRAM)
    return app


def _spare_the_old() -> None:
    """Let the collection of cycles pass over what has lived long: books, plans and views.

    Looking through a national book and its plan holds the window for 100 ms each time. They are
    freed when nothing refers to them; only a cycle that lived long stays until the program ends.
    """
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, NEVER)


def data_folder() -> Path:
    """Return the folder for the program's own files: journals and the log."""
    kind = QStandardPaths.StandardLocation.AppLocalDataLocation
    return Path(QStandardPaths.writableLocation(kind))


def assemble(folder: Path, language: Language | None = None) -> Window:
    """Make the window and everything it stands on."""
    stored = QSettings()
    make_private(stored)
    settings = Settings(stored)
    words = Words(language or settings.language)
    QtWords(words).speak()
    theme = Theme(settings.look)
    theme.hatched = settings.hatched
    theme.apply()
    window = Window(folder, words=words, theme=theme, settings=settings)
    theme.dress(window)
    window.tour_wanted.connect(lambda: _begin_tour(window))
    unusable = settings.unusable()
    if unusable:
        said = words.say("status.settings", names=", ".join(unusable))
        window.statusBar().showMessage(said, 15_000)
    return window


def _begin_tour(window: Window) -> None:
    from ui import tour  # noqa: PLC0415 - not needed to start

    tour.begin(window)


def after_first_paint(window: Window, argv: Sequence[str]) -> None:
    """Load what the first click will need, offer lost work, open what was named."""
    gc.enable()
    from ui.files.recovery import left_behind  # noqa: PLC0415 - not needed to start

    app = QApplication.instance()
    if app is not None:
        # However the program ends: a child that is being started must not find it gone.
        app.aboutToQuit.connect(window.jobs.close)
    window.jobs.start()
    loading = threading.Thread(target=_load, name="loading", daemon=True)
    loading.start()
    folder = data_folder()
    _keep_log(folder)
    window.lost.offer(left_behind(folder / "journals"))
    _make_pages(window, loading)
    if argv:
        window.commands.open_path(Path(argv[0]).resolve())


def _make_pages(window: Window, loading: threading.Thread) -> None:
    """Make the pages once what they need is loaded, so that the first click finds them there."""
    if loading.is_alive():
        QTimer.singleShot(PAGES_AFTER_MS, lambda: _make_pages(window, loading))
    else:
        window.make_pages()


def _load() -> None:
    for name in LATER:
        importlib.import_module(name)
    from planner.input.book import keep_texts_plainly  # noqa: PLC0415 - loaded by now

    keep_texts_plainly()


def _keep_log(folder: Path) -> None:
    """Keep what goes wrong in a file, for whoever has to mend it."""
    from ui.fault_log import FaultLog  # noqa: PLC0415 - not needed to start

    try:
        handler = FaultLog(folder)
    except OSError:
        return
    logging.getLogger("ui").addHandler(handler)


def _last_resort(window: Window) -> ErrorHook:
    """Return what Python calls for an error that nobody caught: words, and a line in the log."""

    def tell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        log.critical("not caught", exc_info=(kind, fault, trace))
        words = window.words
        window.commands.asking.inform(words.say("fault.title"), words.say("fault"))

    return tell
