"""Work on the window's own thread that is done in parts, between other events."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Iterator

PART_S = 0.008  # before other events have their turn


class ChunkedWork:
    """Does one piece of work at a time; each pause of its iterator may let other events in."""

    def __init__(self, parent: QObject) -> None:
        """Begin without work; the parent is the object the work belongs to."""
        self._work: Iterator[None] | None = None
        self._timer = QTimer(parent)
        self._timer.timeout.connect(self._go_on)

    @property
    def under_way(self) -> bool:
        """Whether anything is left to do."""
        return self._work is not None

    def begin(self, work: Iterator[None]) -> None:
        """Do this from now on, once what is under way is done."""
        self.finish()
        self._work = work
        self._timer.start()

    def finish(self) -> None:
        """Do what is left at once; nothing where the work itself asks for it."""
        work, self._work = self._work, None
        if work is not None:
            self._timer.stop()
            for _ in work:
                pass

    def forget(self) -> None:
        """Leave undone what is left: for whom something else takes its place."""
        self._work = None
        self._timer.stop()

    def _go_on(self) -> None:
        """Do some milliseconds of the work."""
        work, self._work = self._work, None
        until = time.monotonic() + PART_S
        while work is not None and time.monotonic() < until:
            if next(work, self) is self:
                work = None
        if work is None:
            self._timer.stop()
        else:
            self._work = work
