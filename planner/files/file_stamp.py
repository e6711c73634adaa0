"""What tells whether a file is still what it was: its size, its time and its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileStamp:
    """A file as it stood at a moment: bytes, nanoseconds since 1970, SHA-256 of the content."""

    size: int
    modified_ns: int
    digest: str

    def is_of(self, path: Path) -> bool:
        """Whether a file still holds this; a file that is gone holds something else.

        `OSError` where it cannot be read. A file with the same size and time is not read.
        """
        try:
            found = path.stat()
        except FileNotFoundError:
            return False
        if found.st_size != self.size:
            return False
        return found.st_mtime_ns == self.modified_ns or _digest(path) == self.digest


def stamp_of(path: Path) -> FileStamp:
    """Return a file as it stands; `OSError` where it cannot be read."""
    found = path.stat()
    return FileStamp(found.st_size, found.st_mtime_ns, _digest(path))


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by links too."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return one.resolve() == other.resolve()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
