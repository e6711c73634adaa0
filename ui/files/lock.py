"""One window per project file: the one that opened it first may change it, others look on.

An owner file stands beside the workbook, as office programs have it, so that a colleague on
another machine sees it too; where that folder cannot be written to, it stands among the program's
own files. Qt's lock names the process; whether that still runs is for the engine to judge, so that
the command line says the same: one that a crash left behind on this machine is taken over at once,
one of another machine by whoever says so. Who that is stands in a second small file, for Qt's lock
has no room for it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo

from planner.files.owner_file import Holder, holder_in, owner_file, signature_file, signed_in


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
        lock = _lock_at(owner_file(path))
        holder = _taken(lock, by_force=by_force)
        if holder is not None:
            return holder
        if not lock.isLocked():
            with contextlib.suppress(OSError):  # locking fails then, and the file counts as ours
                self._folder.mkdir(parents=True, exist_ok=True)
            lock = _lock_at(self._folder / name_of(path))
            holder = _taken(lock, by_force=by_force)
            if not lock.isLocked():
                return holder
        self._lock, self._path = lock, path
        self._signature = _sign(lock)
        return None

    @property
    def token(self) -> str:
        """What our lock is signed with; empty where we have none."""
        return self._signature if self._lock is not None else ""

    @property
    def overtaken(self) -> Holder | None:
        """Who took the file that we had; nothing while it is ours."""
        if self._lock is None:
            return None
        place = Path(self._lock.fileName())
        said = signed_in(place)
        if not said or said.get("token") == self._signature:
            return None
        return holder_in(place)

    def release(self) -> None:
        """Let go of the file, if one is held; what another put in its place is left alone."""
        lock, theirs = self._lock, self.overtaken is not None
        self._lock, self._path = None, None
        if lock is not None and theirs:
            _put_back(lock)
        elif lock is not None:
            with contextlib.suppress(OSError):
                signature_file(Path(lock.fileName())).unlink(missing_ok=True)
            lock.unlock()


def name_of(path: Path) -> str:
    """Return the name of a file's lock: the same however the path is written."""
    import hashlib  # noqa: PLC0415 - not needed to start

    full = os.path.normcase(path.resolve())
    return f"{hashlib.sha256(full.encode()).hexdigest()[:32]}.lock"


def _lock_at(place: Path) -> QLockFile:
    lock = QLockFile(str(place))
    lock.setStaleLockTime(0)  # stale when its program is gone, not by its age
    return lock


def _taken(lock: QLockFile, *, by_force: bool) -> Holder | None:
    """Take a lock; return who has it, and nothing where it is ours or cannot be written.

    Qt takes a lock of a machine with our id for a crash of our own, and cloned machines share
    theirs: it is not asked while the engine finds somebody there.
    """
    place = Path(lock.fileName())
    holder = None if by_force else holder_in(place)
    if holder is not None:
        return holder
    if by_force:
        lock.removeStaleLockFile()
    if lock.tryLock(0) or lock.error() != QLockFile.LockError.LockFailedError:
        return None
    if holder_in(place) is None:  # of a crash, though Qt cannot tell
        lock.removeStaleLockFile()
        lock.tryLock(0)
    return None if lock.isLocked() else holder_in(place) or _somebody()


def _somebody() -> Holder:
    return Holder("?", dt.datetime.now().astimezone())


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
    try:
        signature_file(Path(lock.fileName())).write_text(json.dumps(said), encoding="utf-8")
    except OSError:
        return ""  # a lock without a signature
    return token


def _put_back(lock: QLockFile) -> None:
    """Let go of a lock that another put theirs in the place of; Qt takes away what stands there."""
    name = Path(lock.fileName())
    with contextlib.suppress(OSError):
        kept = name.read_bytes()
        lock.unlock()
        name.write_bytes(kept)
