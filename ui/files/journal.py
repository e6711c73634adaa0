"""Work that outlives a crash: a copy of what was opened, and every edit since, line by line.

A journal is a folder of its own: `header.json` (where the book came from, and where it is kept
now), a copy of the file, and `edits.jsonl`, one step a line, written before the next key can be
pressed and put on the disk within two seconds. The copy is made in the background, for the file may
be on a slow drive; until it is there the file itself stands for it, as long as that is as it was.
What cannot be written, on a full disk, is kept and tried again. The folder, which its owner alone
may read, is taken away when the book is closed in peace; how it is found again after a crash
stands in `recovery.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Qt, QTimer, Signal, Slot

from planner.files.owner_file import left_by_crash
from ui.chunked_work import ChunkedWork
from ui.files.durable import Durable
from ui.own_files import OWNER_ONLY, make_private_folder
from ui.session import BookOrigin

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from planner.files.file_stamp import FileStamp
    from planner.input.edits import Edit

HEADER, EDITS, LOCK = "header.json", "edits.jsonl", "lock"
PARTIAL = "partial"  # a copy that is not whole yet
DAMAGED = "edits.damaged"  # the steps as a crash left them, where some could not be read
SAVED = '"saved"\n'
COPIED_WITHIN_S = 2.0  # how long closing waits for the copy
EDITS_AT_ONCE = 100  # written in some milliseconds; a longer step is written by and by
TRY_AGAIN_MS = 2000
ALIVE_EVERY_MS = 60_000  # how often a journal shows to other machines that its program runs
SILENT_S = 600.0  # after which it does not


@dataclass(frozen=True)
class Left:
    """Work that was left behind: what to open, where it came from, and the steps since.

    `stamp` is the user's own file as it was opened or last saved; `sound` is how many bytes of the
    steps can be read.
    """

    folder: Path
    name: str
    when: dt.datetime
    source: BookOrigin  # what to open: the copy, or the demo
    origin: BookOrigin  # where it came from
    steps: tuple[tuple[Edit, ...], ...]
    stamp: FileStamp | None = None
    sound: int = 0


class Journal(QObject):
    """Keeps the open book's edits in a folder of their own."""

    failed = Signal()  # nothing is kept for now: the disk is full, or the folder is gone
    resumed = Signal()  # everything is kept again
    _not_copied = Signal()

    def __init__(self, root: Path) -> None:
        """Keep journals below a folder; nothing is written until a book is opened."""
        super().__init__()
        self._root = root
        self._folder: Path | None = None
        self._lock: QLockFile | None = None
        self._header: dict[str, object] = {}
        self._file: IO[bytes] | None = None
        self._written = 0  # bytes of the steps that are whole in the file
        self._waiting = b""  # what is still to be written there
        self._copied = True  # whether the file is copied, and not left where it is
        self._clean = True  # whether the last line says that everything is saved
        self._broken = False
        self._replaying = False
        self._copying: threading.Thread | None = None
        self._source: tuple[Path, FileStamp | None] | None = None  # what is to be copied
        self._content = b""  # of a file that was read, and not copied yet
        self._by_and_by = ChunkedWork(self)
        self._durable = Durable()
        self._again = QTimer(self)
        self._again.setInterval(TRY_AGAIN_MS)
        self._again.timeout.connect(self._try_again)
        self._not_copied.connect(self._fail, Qt.ConnectionType.QueuedConnection)
        self._alive = QTimer(self)
        self._alive.setInterval(ALIVE_EVERY_MS)
        self._alive.timeout.connect(self._show_alive)

    def begin(
        self, origin: BookOrigin, stamp: FileStamp | None = None, *, copied: bool = True
    ) -> None:
        """Begin for a book that was opened; the journal of the one before is taken away.

        `stamp` is the file as it was read. A file that holds persons is not `copied`: it stands for
        itself, for as long as it is as it was. `failed` tells where nothing can be written yet.
        """
        self.end()
        self._copied = copied
        path = origin.path
        known = None if stamp is None else asdict(stamp)
        self._folder = self._root / os.urandom(16).hex()
        self._header = {
            "path": str(path or ""),
            "demo": origin.demo,
            "stamp": known,
            "copy": "" if path is None else path.name,
            "base": {"path": str(path or ""), "demo": origin.demo, "stamp": known},
        }
        self._write()
        if path is not None and copied:
            self._source = path, stamp
            self._begin_copy()

    def resume(self, left: Left) -> None:
        """Go on with a journal that was left behind; the one before is taken away.

        It stays as it is, so that a crash while its steps are done again costs nothing.
        `BlockingIOError` where another program has it, and `OSError` where it cannot be written.
        """
        lock = taken(left.folder)
        self.end()
        edits = left.folder / EDITS
        header = json.loads((left.folder / HEADER).read_text(encoding="utf-8"))
        content = edits.read_bytes()
        if len(content) > left.sound:
            write_private(content, left.folder / DAMAGED)
        self._folder, self._lock, self._header = left.folder, lock, header
        self._copied = not header["copy"] or (left.folder / header["copy"]).exists()
        self._written, self._clean = left.sound, False
        self._write(b"" if content[: left.sound].endswith(b"\n") else b"\n")

    @contextmanager
    def replaying(self) -> Iterator[None]:
        """Note nothing for a while: what is done stands in the journal already."""
        self._replaying = True
        try:
            yield
        finally:
            self._replaying = False

    def add(self, edits: Sequence[Edit]) -> None:
        """Write one step down, a long one by and by; `failed` tells when that is impossible."""
        self._by_and_by.finish()
        if self._folder is None or self._replaying:
            return
        self._clean = False
        if len(edits) > EDITS_AT_ONCE:
            self._by_and_by.begin(self._add(edits))
        else:
            for _ in self._add(edits):
                pass

    def saved(self, path: Path, stamp: FileStamp | None, *, wholly: bool) -> None:
        """Note in which file the work is kept now, and whether all of it (`wholly`) is there."""
        self._by_and_by.finish()
        if self._folder is None:
            return
        if wholly and stamp is not None and not self._copied:
            self.begin(BookOrigin(path), stamp, copied=False)  # the file is another one now
            return
        known = None if stamp is None else asdict(stamp)
        self._header |= {"path": str(path), "demo": "", "stamp": known}
        try:
            self._write_header(self._folder)
        except OSError:
            self._fail()
        if wholly:
            self.be_clean()

    def be_clean(self) -> None:
        """Note that the book is as it stands in the user's own file."""
        self._by_and_by.finish()
        if self._folder is not None and not self._clean and not self._replaying:
            self._clean = True
            self._write(SAVED.encode())

    def end(self) -> None:
        """Take the journal away: the book is closed in peace."""
        self._by_and_by.finish()
        folder, self._folder = self._folder, None
        self._close()
        self._again.stop()
        self._alive.stop()
        copying, self._copying = self._copying, None
        if copying is not None:
            copying.join(COPIED_WITHIN_S)
        if self._lock is not None:
            self._lock.unlock()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        self._lock, self._written, self._waiting = None, 0, b""
        self._source, self._content = None, b""
        self._clean, self._broken = True, False

    def _copy(self, folder: Path, path: Path, stamp: FileStamp | None) -> None:
        """Copy the file that was opened; what is read is kept until it could be written.

        A copy of something else than was read would take the steps on another book.
        """
        try:
            content = self._content or path.read_bytes()
            if stamp is not None and stamp.digest not in {"", sha256(content).hexdigest()}:
                raise OSError("the file is another than was read")  # noqa: TRY301 - told as the rest
            self._content = content
            partial = folder / PARTIAL
            write_private(content, partial)
            partial.replace(folder / path.name)
        except OSError:
            if self._folder == folder:  # else the journal was taken away meanwhile
                self._not_copied.emit()
            return
        self._content = b""
        self._durable.want(folder / path.name, folder)

    def _add(self, edits: Sequence[Edit]) -> Iterator[None]:
        """Write a step in pieces that together make its line; a torn line is no step."""
        from ui.scenarios.edit_lines import line_of  # noqa: PLC0415 - loaded when first needed, after the first paint

        for at in range(0, len(edits), EDITS_AT_ONCE):
            piece = line_of(edits[at : at + EDITS_AT_ONCE])[1:-1]
            self._write(((", " if at else "[") + piece).encode())
            yield
        self._write(b"]\n" if edits else b"[]\n")

    def _write(self, more: bytes = b"") -> None:
        """Write what there is to write and hand it to the system; else keep it and try again."""
        self._waiting += more
        folder = self._folder
        if folder is None:
            return
        try:
            file = self._open(folder)
            while self._waiting:
                count = file.write(self._waiting) or 0
                self._waiting = self._waiting[count:]
                self._written += count
        except OSError:
            self._fail()
            return
        self._durable.want(folder / EDITS)

    def _begin_copy(self) -> None:
        """Copy the file that was opened in the background."""
        if self._folder is not None and self._source is not None:
            given = (self._folder, *self._source)
            self._copying = threading.Thread(target=self._copy, args=given, daemon=True)
            self._copying.start()

    @Slot()
    def _try_again(self) -> None:
        """Write what could not be written; `resumed` tells when nothing is left of that."""
        self._write()
        folder, copying = self._folder, self._copying
        if self._waiting or folder is None or (copying is not None and copying.is_alive()):
            return
        if self._source is not None and not (folder / self._source[0].name).exists():
            self._begin_copy()
            return
        self._broken = False
        self._again.stop()
        self.resumed.emit()

    def _open(self, folder: Path) -> IO[bytes]:
        """Return the file of the steps, after what is whole in it; all is made where it is not."""
        if self._file is not None:
            return self._file
        if self._lock is None:
            for each in (self._root, folder):
                make_private_folder(each)
            self._lock = taken(folder)
        if not (folder / HEADER).exists():
            self._write_header(folder)
        handle = os.open(
            folder / EDITS, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), OWNER_ONLY
        )
        file = os.fdopen(handle, "r+b", buffering=0)
        try:
            file.truncate(self._written)
            file.seek(self._written)
        except OSError:
            file.close()
            raise
        self._file = file
        self._alive.start()
        self._durable.want(folder, folder / HEADER)
        return file

    def _write_header(self, folder: Path) -> None:
        """Write the header whole; `OSError` where that cannot be."""
        draft = folder / f"{HEADER}.new"
        write_private(json.dumps(self._header).encode(), draft)
        draft.replace(folder / HEADER)
        self._durable.want(folder, folder / HEADER)

    @Slot()
    def _fail(self) -> None:
        """Say once that nothing is kept for now, and try again until it is."""
        self._close()
        self._again.start()
        if not self._broken:
            self._broken = True
            self.failed.emit()

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()

    def _show_alive(self) -> None:
        if self._folder is not None:
            with suppress(OSError):
                os.utime(self._folder / LOCK)


def write_private(content: bytes, path: Path) -> None:
    """Write a file that its owner alone may read."""
    path.touch(mode=OWNER_ONLY)
    path.write_bytes(content)


def taken(folder: Path) -> QLockFile:
    """Take a journal for this program; `BlockingIOError` where another one has it."""
    place = folder / LOCK
    if not left_by_crash(place, SILENT_S):
        raise BlockingIOError(str(folder))
    lock = QLockFile(str(place))
    lock.setStaleLockTime(0)  # stale when its program is gone, not by its age
    if not lock.tryLock(0):
        if lock.error() != QLockFile.LockError.LockFailedError:
            raise OSError(str(folder))
        lock.removeStaleLockFile()
        if not lock.tryLock(0):
            raise BlockingIOError(str(folder))
    with suppress(OSError):
        place.chmod(OWNER_ONLY)
    return lock
