"""Looking on: a file that another window has open may be seen, not changed, and it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.files.lock import FileLock, Holder
from ui.pieces import Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.words import Words


class LookingOn:
    """Takes the lock of the open file, or says above the pages who has it."""

    def __init__(self, folder: Path, words: Words, view_only: Callable[[bool], None]) -> None:
        """Keep locks in a folder; `view_only` lets nothing be changed, or lets it again."""
        self.notice = Notice("remark")
        self._words = words
        self._view_only = view_only
        self._lock = FileLock(folder)
        self._path: Path | None = None
        self._holder: Holder | None = None
        self._again = self.notice.add_button(self.try_again)
        words.changed.connect(self.reword)

    @property
    def barred(self) -> bool:
        """Whether another window has the open file."""
        return self._holder is not None

    def open(self, path: Path | None) -> None:
        """Take a file that was opened or saved as; a demo has none."""
        was_barred = self.barred
        self._path = path
        if path is None:
            self._lock.release()
        self._holder = None if path is None else self._lock.take(path)
        if was_barred != self.barred:
            self._view_only(self.barred)
        self.reword()

    def try_again(self) -> None:
        """Take the file if it is free by now."""
        self.open(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._lock.release()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._again.setText(self._words.say("held.again"))
        if self._holder is None or self._path is None:
            self.notice.say("")
            return
        since = self._holder.since
        when = f"{self._words.value(since.date())} {since:%H:%M}"
        self.notice.say(
            self._words.say("held", name=self._path.name, who=self._holder.who, when=when)
        )
