"""Work that outlives a crash: a copy of what was opened, and every edit since, line by line.

A journal is a folder of its own: `header.json` (where the book came from), a copy of the file,
and `edits.jsonl`, one step a line, written before the next key can be pressed. The copy is made in
the background, for the file may be on a slow drive; until it is there the file itself stands for
it, as long as that is as it was. The folder is taken away when the book is closed in peace. A
journal whose program no longer runs is offered at the start.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from PySide6.QtCore import QLockFile, QObject, Signal

from ui.by_and_by import ByAndBy
from ui.session import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.tables.edits import Edit

log = logging.getLogger(__name__)

HEADER, EDITS, LOCK = "header.json", "edits.jsonl", "lock"
PARTIAL = "partial"  # a copy that is not whole yet
COPIED_WITHIN_S = 2.0  # how long closing waits for the copy
EDITS_AT_ONCE = 100  # written in some milliseconds; a longer step is written by and by


@dataclass(frozen=True)
class Left:
    """Work that was left behind: what to open, where it came from, and the steps since."""

    folder: Path
    name: str
    when: dt.datetime
    source: Origin  # what to open: the copy, or the demo
    origin: Origin  # where it came from
    steps: tuple[tuple[Edit, ...], ...]


class Journal(QObject):
    """Keeps the open book's edits in a folder of their own."""

    failed = Signal()  # nothing is kept any more: the disk is full, or the folder is gone

    def __init__(self, root: Path) -> None:
        """Keep journals below a folder; nothing is written until a book is opened."""
        super().__init__()
        self._root = root
        self._folder: Path | None = None
        self._lock: QLockFile | None = None
        self._file: IO[str] | None = None
        self._copying: threading.Thread | None = None
        self._by_and_by = ByAndBy(self)

    def begin(self, origin: Origin, source: Origin | None = None) -> None:
        """Begin for a book that was opened; the journal of the one before is taken away.

        `source` is what was opened, where that is a copy of what stood at the origin.
        `OSError` when nothing can be written there; no journal is kept then.
        """
        self.end()
        try:
            self._begin(self._root / os.urandom(16).hex(), origin, source)
        except OSError:
            self.end()
            raise

    def add(self, edits: Sequence[Edit]) -> None:
        """Write one step down, a long one by and by; `failed` tells when that is impossible."""
        self._by_and_by.finish()
        if self._file is None:
            return
        if len(edits) > EDITS_AT_ONCE:
            self._by_and_by.begin(self._add(edits))
        else:
            for _ in self._add(edits):
                pass

    def saved(self) -> None:
        """Note that everything until now stands in the user's own file."""
        self._by_and_by.finish()
        self._write('"saved"\n')

    def end(self) -> None:
        """Take the journal away: the book is closed in peace."""
        self._stop()
        copying, self._copying = self._copying, None
        if copying is not None:
            copying.join(COPIED_WITHIN_S)
        if self._lock is not None:
            self._lock.unlock()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._lock, self._folder = None, None

    def _begin(self, folder: Path, origin: Origin, source: Origin | None) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)  # stale when its program is gone, not by its age
        self._lock.tryLock(0)
        path = (source or origin).path
        header = {
            "path": str(origin.path or ""),
            "demo": origin.demo,
            "copy": "" if path is None else path.name,
            "state": [] if path is None else _state(path),
        }
        (folder / HEADER).write_text(json.dumps(header), encoding="utf-8")
        self._file = (folder / EDITS).open("a", encoding="utf-8")
        if path is None:
            return
        if source is not None:  # ours, and taken away once it was taken over
            shutil.copyfile(path, folder / path.name)
            return
        self._copying = threading.Thread(target=self._copy, args=(folder, path), daemon=True)
        self._copying.start()

    def _copy(self, folder: Path, path: Path) -> None:
        """Copy the file that was opened; `failed` tells where that cannot be."""
        try:
            shutil.copyfile(path, folder / PARTIAL)
            (folder / PARTIAL).replace(folder / path.name)
        except OSError:
            if self._copying is not None:  # else the journal was taken away meanwhile
                self.failed.emit()

    def _add(self, edits: Sequence[Edit]) -> Iterator[None]:
        """Write a step in pieces that together make its line; a torn line is no step."""
        from ui.scenarios.edit_lines import line_of  # noqa: PLC0415 - loaded when first needed, after the first paint

        for at in range(0, len(edits), EDITS_AT_ONCE):
            piece = line_of(edits[at : at + EDITS_AT_ONCE])[1:-1]
            self._write((", " if at else "[") + piece)
            yield
        self._write("]\n" if edits else "[]\n")

    def _write(self, text: str) -> None:
        """Write and hand it to the system; with the first failure the journal ends where it is."""
        if self._file is None:
            return
        try:
            self._file.write(text)
            self._file.flush()
        except OSError:
            self._stop()
            self.failed.emit()

    def _stop(self) -> None:
        """Close the file; what could not be written is given up."""
        self._by_and_by.finish()
        file, self._file = self._file, None
        if file is not None:
            with suppress(OSError):
                file.close()


def left_behind(root: Path) -> tuple[Left, ...]:
    """Return the work that programs no longer running have left, newest first.

    Journals without unsaved work are taken away.
    """
    found = []
    for folder in sorted(root.glob("*/")) if root.is_dir() else ():
        if not (folder / EDITS).exists():
            continue  # it is being made at this moment, or nothing was ever done
        lock = QLockFile(str(folder / LOCK))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            continue  # its program still runs
        lock.unlock()
        try:
            left = _read(folder)
        except (OSError, ValueError, LookupError, TypeError) as fault:
            # Not offered, and not thrown away: somebody may still get work out of it by hand.
            log.warning("the journal %s cannot be read: %s", folder, fault)
            continue
        if left is None:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            found.append(left)
    return tuple(sorted(found, key=lambda each: each.when, reverse=True))


def changed_since(left: Left) -> bool:
    """Whether the user's own file holds something else than when it was opened."""
    path, copy = left.origin.path, left.source.path
    if path is None or copy is None:
        return False
    try:
        return path.read_bytes() != copy.read_bytes()
    except OSError:
        return False  # it is gone: saving puts it back


def discard(left: Left) -> None:
    """Take away work that was left behind."""
    shutil.rmtree(left.folder, ignore_errors=True)


def _state(path: Path) -> list[int]:
    """Return what tells whether a file was changed: its size and when it was written."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]


def _read(folder: Path) -> Left | None:
    """Return what a journal holds; nothing where it holds no unsaved step."""
    lines = (folder / EDITS).read_text(encoding="utf-8", errors="replace").split("\n")
    unsaved = [line for line in lines if line]
    if not unsaved or unsaved[-1] == '"saved"':
        return None
    header = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    when = dt.datetime.fromtimestamp((folder / EDITS).stat().st_mtime).astimezone()
    steps = tuple(_steps(lines))
    if not steps:
        raise ValueError("no step was written to its end")
    path = Path(header["path"]) if header["path"] else None
    copy = folder / header["copy"] if header["copy"] else None
    if copy is not None and path is not None and not copy.exists():
        if header.get("state") != _state(path):
            raise ValueError("the file is another than when it was opened, and there is no copy")
        copy = path
    name = header["copy"] or header["demo"]
    return Left(
        folder, name, when, Origin(copy, header["demo"]), Origin(path, header["demo"]), steps
    )


def _steps(lines: Sequence[str]) -> Iterator[tuple[Edit, ...]]:
    """Yield the steps until the first line that was not written to its end, or was damaged."""
    from ui.scenarios.edit_lines import edit_of  # noqa: PLC0415 - loaded when first needed, after the first paint

    for line in lines:
        try:
            read: Any = json.loads(line) if line else "saved"
            step = () if read == "saved" else tuple(edit_of(each) for each in read)
        except (ValueError, LookupError, TypeError):
            return
        if step:
            yield step
