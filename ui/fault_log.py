"""The log of what went wrong: for whoever mends the program, and of nobody's data.

It says which kind of task failed and where in the program; neither values nor what a fault says,
which may repeat a cell. Only its owner can read it, it stays small, and it goes after a while.
"""

from __future__ import annotations

import io
import logging
import logging.handlers
import os
import time
from typing import TYPE_CHECKING

from planner.core.errors import trace_of
from ui.own_files import OWNER_ONLY, make_private_folder

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    Caught = (
        tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    )

NAME = "opvangplan.log"
LARGEST = 200_000  # bytes; one file before it is kept
KEPT_DAYS = 60
_OTHERS = 0o077
_SECONDS_A_DAY = 86_400


class FaultLog(logging.handlers.RotatingFileHandler):
    """Writes what goes wrong to a file in a folder of the user's own."""

    def __init__(self, folder: Path) -> None:
        """Begin; `OSError` where nothing can be written there. Old logs are taken away."""
        make_private_folder(folder)
        take_away_old(folder)
        super().__init__(
            folder / NAME, maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True
        )
        self.setFormatter(_Places("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def _open(self) -> io.TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
        return io.TextIOWrapper(os.fdopen(handle, "ab"), encoding=self.encoding)


class _Places(logging.Formatter):
    """Tells a fault by its places in the program."""

    def formatException(self, ei: Caught) -> str:
        return "" if ei[1] is None else trace_of(ei[1])


def take_away_old(folder: Path) -> None:
    """Take away logs that are old, and those of versions that let others read what they held."""
    for path in folder.glob(f"{NAME}*"):
        found = path.stat()
        old = time.time() - found.st_mtime > KEPT_DAYS * _SECONDS_A_DAY
        if old or (os.name == "posix" and found.st_mode & _OTHERS):
            path.unlink(missing_ok=True)
