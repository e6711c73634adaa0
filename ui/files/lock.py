"""One window per project file: the one that opened it first may change it, others look on.

An owner file stands beside the workbook, as office programs have it, so that a colleague on
another machine sees it too; where that folder cannot be written to, it stands among the program's
own files. Qt's lock names the process: one that a crash left behind on this machine is taken over
at once, one of another machine can be taken over by whoever says so. Who that is stands in a
second small file, for Qt's lock has no room for it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo


@dataclass(frozen=True)
class Holder:
    """Who has a file open: user and machine, and since when.

    `elsewhere` is whether that is another machine, where nobody can see if it still runs.
    """

    who: str
    since: dt.datetime
    elsewhere: bool = False


class FileLock:
    """Holds the lock of one file at most."""

    def __init__(self, folder: Path) -> None:
        """Use a folder for the locks that cannot stand beside their file."""
        self._folder = folder
        self._lock: QLockFile | None = None
        self._path: Path | None = None
        self._signature = ""

    def take(self, path: Path, *, by_force: bool = False) -> Holder | None:
        """Take a file, letting go of the one before; return who has it, or nothing when we do.

        By force takes it from another machine too. Where no lock can be written at all the file
        counts as ours: looking on would help nobody.
        """
        if self._path == path and self._lock is not None and not by_force:
            return None
        self.release()
        lock = QLockFile(str(beside(path)))
        lock.setStaleLockTime(0)  # stale when its program is gone, not by its age
        if by_force:
            lock.removeStaleLockFile()
        if not lock.tryLock(0):
            if lock.error() == QLockFile.LockError.LockFailedError:
                return _holder(lock)
            lock = self._own_lock(path)
            if not lock.tryLock(0):
                held = lock.error() == QLockFile.LockError.LockFailedError
                return _holder(lock) if held else None
        self._lock, self._path = lock, path
        self._signature = _sign(lock)
        return None

    @property
    def overtaken(self) -> Holder | None:
        """Who took the file that we had; nothing while it is ours."""
        if self._lock is None:
            return None
        said = _signed(self._lock)
        if said is None or said.get("token") == self._signature:
            return None
        return _holder(self._lock)

    def release(self) -> None:
        """Let go of the file, if one is held; what another put in its place is left alone."""
        lock, theirs = self._lock, self.overtaken is not None
        self._lock, self._path = None, None
        if lock is not None and theirs:
            _put_back(lock)
        elif lock is not None:
            with contextlib.suppress(OSError):
                _who(lock).unlink(missing_ok=True)
            lock.unlock()

    def _own_lock(self, path: Path) -> QLockFile:
        """Return a lock among the program's own files."""
        with contextlib.suppress(OSError):  # locking fails then, and the file counts as ours
            self._folder.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(str(self._folder / name_of(path)))
        lock.setStaleLockTime(0)
        return lock


def beside(path: Path) -> Path:
    """Return the owner file of a workbook: hidden where a dot hides, and of no workbook's kind."""
    full = path.resolve()
    return full.with_name(f".~opvangplan.{full.name}#")


def name_of(path: Path) -> str:
    """Return the name of a file's lock: the same however the path is written."""
    import hashlib  # noqa: PLC0415 - not needed to start

    full = os.path.normcase(path.resolve())
    return f"{hashlib.sha256(full.encode()).hexdigest()[:32]}.lock"


def _who(lock: QLockFile) -> Path:
    return Path(f"{lock.fileName()}who")


def _sign(lock: QLockFile) -> str:
    """Write down who we are, for whoever comes second; without it the lock holds all the same."""
    import getpass  # noqa: PLC0415 - not needed to start
    import json  # noqa: PLC0415 - as above

    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = "?"
    now = dt.datetime.now().astimezone()
    token = os.urandom(16).hex()
    said = {
        "who": f"{user}@{QSysInfo.machineHostName()}",
        "since": now.isoformat(),
        "machine": QSysInfo.machineHostName(),
        "process": os.getpid(),
        "token": token,
    }
    with contextlib.suppress(OSError):
        _who(lock).write_text(json.dumps(said), encoding="utf-8")
    return token


def _signed(lock: QLockFile) -> dict[str, object] | None:
    """Return what stands beside a lock; nothing where that cannot be read."""
    import json  # noqa: PLC0415 - not needed to start

    try:
        said = json.loads(_who(lock).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _holder(lock: QLockFile) -> Holder:
    """Return who has a lock; a question mark where nobody signed it."""
    machine = _machine(lock)
    elsewhere = machine not in {"", QSysInfo.machineHostName()}
    said = _signed(lock) or {}
    try:
        since = dt.datetime.fromisoformat(str(said["since"]))
        return Holder(str(said["who"]), since, elsewhere)
    except (ValueError, KeyError):
        return Holder(f"?@{machine}" if machine else "?", dt.datetime.now().astimezone(), elsewhere)


def _put_back(lock: QLockFile) -> None:
    """Let go of a lock that another put theirs in the place of; Qt takes away what stands there."""
    name = Path(lock.fileName())
    with contextlib.suppress(OSError):
        kept = name.read_bytes()
        lock.unlock()
        name.write_bytes(kept)


def _machine(lock: QLockFile) -> str:
    """Return the machine that a lock names; nothing where it cannot be read."""
    told = lock.getLockInfo()
    return str(told[1]) if isinstance(told, tuple) else ""
