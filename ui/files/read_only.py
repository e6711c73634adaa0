"""Looking on: a file that another window has open may be seen, not changed, and it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ui.widgets import Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.files.owner_file import Holder
    from ui.files.lock import FileLock
    from ui.services import Services
    from ui.words import Words

LOOK_EVERY_MS = 30_000  # whether somebody took over what we had


class ReadOnly:
    """Takes the lock of the open file, or says above the pages who has it."""

    def __init__(
        self,
        folder: Path,
        words: Words,
        view_only: Callable[[bool], None],
        desk: Callable[[], Services],
    ) -> None:
        """Keep locks beside the files, else in a folder.

        `view_only` lets nothing be changed, or lets it again; the desk asks the user.
        """
        self.notice = Notice("remark")
        self._words = words
        self._view_only = view_only
        self._desk = desk
        self._folder = folder
        self._lock: FileLock | None = None  # made with the first file that is opened
        self._path: Path | None = None
        self._holder: Holder | None = None
        self._again = self.notice.add_button(self.try_again)
        self._over = self.notice.add_button(self._take_over)
        self._watch = QTimer(self.notice)
        self._watch.setInterval(LOOK_EVERY_MS)
        self._watch.timeout.connect(self.look)
        words.changed.connect(self.reword)

    @property
    def barred(self) -> bool:
        """Whether another window has the open file."""
        return self._holder is not None

    def barred_now(self) -> bool:
        """Whether another has the open file, looked at now: it may have been taken over."""
        self.look()
        return self.barred

    def signature(self) -> str:
        """Return what the lock of the open file is signed with; empty without one."""
        return "" if self._lock is None else self._lock.token

    def open(self, path: Path | None) -> None:
        """Take a file that was opened or saved as; a demo has none."""
        if path is not None:
            self._stand(path, self._taken(path))
            return
        self._release()
        self._stand(None, None)

    def try_again(self) -> None:
        """Take the file if it is free by now."""
        self.open(self._path)

    def look(self) -> None:
        """Go over to looking on where somebody took the file that we had."""
        holder = None if self._lock is None else self._lock.overtaken
        if holder is not None and not self.barred:
            self._stand(self._path, holder)

    def close(self) -> None:
        """Let go of the file."""
        self._watch.stop()
        self._release()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._again.setText(self._words.say("held.again"))
        self._over.setText(self._words.say("held.over"))
        self._over.setVisible(self._holder is not None and self._holder.elsewhere)
        self.notice.say(self._said("held"))

    def _stand(self, path: Path | None, holder: Holder | None) -> None:
        was_barred = self.barred
        self._path, self._holder = path, holder
        if was_barred != self.barred:
            self._view_only(self.barred)
        if path is not None and not self.barred:
            self._watch.start()
        else:
            self._watch.stop()
        self.reword()

    def _take_over(self) -> None:
        """Take a file from another machine, where the user is sure that nobody works there."""
        title = self._words.say("held.over.title")
        options = [self._words.say(key) for key in ("held.over.sure", "ask.unsaved.back")]
        told, asking = self._said("held.over.ask"), self._desk().commands.asking
        if self._path is None or asking.choose(title, told, options) != 0:
            return
        self._stand(self._path, self._taken(self._path, by_force=True))

    def _taken(self, path: Path, *, by_force: bool = False) -> Holder | None:
        """Take a file; return who has it, and nothing where we do."""
        from ui.files.lock import FileLock  # noqa: PLC0415 - a start page has no file to take

        if self._lock is None:
            self._lock = FileLock(self._folder)
        return self._lock.take(path, by_force=by_force)

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def _said(self, key: str) -> str:
        if self._holder is None or self._path is None:
            return ""
        since = self._holder.since
        when = f"{self._words.value(since.date())} {since:%H:%M}"
        return self._words.say(key, name=self._path.name, who=self._holder.who, when=when)
