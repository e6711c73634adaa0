"""Whether what is about to be written would go onto the work of somebody else.

Looked at where files are read and written, never in the window, for a file may be on a slow drive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from planner.core.errors import TargetInUseError
from planner.core.texts import message
from planner.files.file_stamp import FileStamp, same_file, stamp_of
from planner.files.owner_file import holder_of, open_at


@dataclass(frozen=True)
class HeldFile:
    """The file that a window has open: what it held then, and what its lock is signed with.

    Without a stamp whatever stands there may be replaced.
    """

    path: Path
    stamp: FileStamp | None = None
    token: str = ""


@dataclass(frozen=True)
class Written:
    """A file that was written, as it stands now; no stamp where it could not be read again."""

    path: Path
    stamp: FileStamp | None = None


def refuse_others_work(path: Path, held: HeldFile | None, *, saves: bool) -> None:
    """Refuse to write where that would cost work; `TargetInUseError` says whose and what to do.

    That is: a file that somebody else has open; the open file (`held`) as another program left it;
    and the open file at all, unless it is that which is saved.
    """
    own = held if held is not None and same_file(path, held.path) else None
    if own is not None and not saves:
        raise TargetInUseError(message("file.is_open_input", file=str(path)))
    if own is not None and own.stamp is not None and _is_another(path, own.stamp):
        raise TargetInUseError(message("file.changed", file=str(path)))
    holder = holder_of(path)
    if holder is not None and (own is None or holder.token != own.token):
        raise TargetInUseError(open_at(path, holder))


@contextmanager
def read_as(path: Path) -> Iterator[Callable[[], FileStamp | None]]:
    """Give what tells, once a file was read, as what it was read.

    Where it changed meanwhile that is known by size and time alone. A file that cannot be looked at
    has no stamp; whoever reads it says why.
    """
    try:
        before = path.stat()
    except OSError:
        yield lambda: None
        return

    def stamp() -> FileStamp:
        found = stamp_or_nothing(path)
        known = FileStamp(before.st_size, before.st_mtime_ns, "")
        if found is None or (found.size, found.modified_ns) != (known.size, known.modified_ns):
            return known
        return found

    yield stamp


def stamp_or_nothing(path: Path) -> FileStamp | None:
    """Return a file as it stands; nothing where it cannot be read."""
    try:
        return stamp_of(path)
    except OSError:
        return None


def _is_another(path: Path, stamp: FileStamp) -> bool:
    """Whether a file is there and holds something else; one that is gone is put back."""
    try:
        return path.exists() and not stamp.is_of(path)
    except OSError:
        return False  # it cannot be read; whether it can be written is told by writing
