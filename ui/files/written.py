"""What was written last, in the line below the window, with a button that opens it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from ui.widgets import button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStatusBar

    from ui.words import Words

SEEN_MS = 30_000  # long enough to read a path and to press what opens it


class FileNotice:
    """Tells which file was written, for half a minute, and opens it in the program for its kind."""

    def __init__(self, bar: QStatusBar, words: Words) -> None:
        """Stand in a status line; nothing is told yet."""
        self._bar = bar
        self._words = words
        self._path = Path()
        self._here = False
        self.open = button(self._open)
        self.open.setProperty("link", "true")
        self.open.hide()
        bar.addPermanentWidget(self.open)
        # Lining up anew, Qt shows what stands in the line once more in another turn, and would
        # show it through the first message: that is done now.
        for each in bar.findChildren(QLabel):
            QCoreApplication.sendPostedEvents(each, QEvent.Type.MetaCall.value)
        self._over = QTimer(bar, singleShot=True, interval=SEEN_MS)
        self._over.timeout.connect(self.open.hide)
        words.changed.connect(self._say_again)

    def tell(self, path: Path, *, here: bool) -> None:
        """Say that a file was written; one that is open `here` is not offered to be opened."""
        self._path, self._here = path, here
        self._over.start()
        self._say_again()

    def _say_again(self) -> None:
        """Say it in the language in use, for as long as it is told."""
        left = self._over.remainingTime()
        if left > 0:
            self._bar.showMessage(self._words.say("status.wrote", path=self._path), left)
            self.open.setText(self._words.say("status.open", name=self._path.name))
            self.open.setVisible(not self._here)

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))
