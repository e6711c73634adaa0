"""Files that are put on the disk itself soon after they were written: a power cut spares them.

What was written is with the system at once and outlives a crash of the program; the disk has it
when the system likes. Asking for that takes long on some disks, so that a thread does.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

WITHIN_S = 1.0


class Durable:
    """Puts files and folders on the disk within `WITHIN_S` and the time the disk takes."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._wanted: set[Path] = set()
        self._guard = threading.Lock()

    def want(self, *paths: Path) -> None:
        """Have these put on the disk; what is gone by then is passed over."""
        with self._guard:
            idle = not self._wanted
            self._wanted.update(paths)
        if idle:
            timer = threading.Timer(WITHIN_S, self._put)
            timer.daemon = True
            timer.start()

    def _put(self) -> None:
        with self._guard:
            paths, self._wanted = self._wanted, set()
        for path in sorted(paths):
            put_on_disk(path)


def put_on_disk(path: Path) -> None:
    """Put a file or folder on the disk; where the system cannot, it is left to it."""
    folder = path.is_dir()
    if folder and sys.platform == "win32":
        return  # folders have no such thing there
    try:
        handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
