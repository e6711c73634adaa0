"""One window per project file: the one that opened it first may change it, others look on.

A lock lies among the program's own files, never beside the user's. It names a process, so that
one that a crash left behind is taken over at once.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Holder:
    """Who has a file open: user and machine, and since when."""

    who: str
    since: dt.datetime


class FileLock:
    """Holds the lock of one file at most."""

    def __init__(self, folder: Path) -> None:
        """Keep locks in a folder; nothing is written until a file is taken."""
        self._folder = folder
        self._lock: QLockFile | None = None
        self._path: Path | None = None

    def take(self, path: Path) -> Holder | None:
        """Take a file, letting go of the one before; return who has it, or nothing when we do.

        Where no lock can be written the file counts as ours: looking on would help nobody.
        """
        if self._path == path and self._lock is not None:
            return None
        self.release()
        target = self._folder / name_of(path)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        lock = QLockFile(str(target))
        lock.setStaleLockTime(0)  # stale when its program is gone, not by its age
        if not lock.tryLock(0):
            held = lock.error() == QLockFile.LockError.LockFailedError
            return _holder(target) if held else None
        self._lock, self._path = lock, path
        _sign(target)
        return None

    def release(self) -> None:
        """Let go of the file, if one is held."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock, self._path = None, None


def name_of(path: Path) -> str:
    """Return the name of a file's lock: the same however the path is written."""
    import hashlib  # noqa: PLC0415 - not needed to start

    full = os.path.normcase(path.resolve())
    return f"{hashlib.sha256(full.encode()).hexdigest()[:32]}.lock"


def _sign(target: Path) -> None:
    """Write down who we are, for whoever comes second; without it the lock holds all the same."""
    import getpass  # noqa: PLC0415 - not needed to start
    import json  # noqa: PLC0415 - as above
    import socket  # noqa: PLC0415 - as above

    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = "?"
    now = dt.datetime.now().astimezone()
    said = {"who": f"{user}@{socket.gethostname()}", "since": now.isoformat()}
    try:
        target.with_suffix(".json").write_text(json.dumps(said), encoding="utf-8")
    except OSError:
        return


def _holder(target: Path) -> Holder:
    """Return who signed a lock; a question mark where nobody could be read."""
    import json  # noqa: PLC0415 - not needed to start

    try:
        said = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
        return Holder(str(said["who"]), dt.datetime.fromisoformat(said["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder("?", dt.datetime.now().astimezone())
