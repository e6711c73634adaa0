"""A clock of what this process works: it stands still while the machine does something else.

A limit that nobody asked for is one of work. By the clock on the wall a machine that also does
other things would end after a tenth of it, with another plan or none.
"""

from __future__ import annotations

import threading
import time


class _WorkClock:
    """Adds up, between one look and the next, the less of the time on the wall and the work done.

    Several threads that work at once do not make it run faster than the wall's.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wall, self._work = time.perf_counter(), time.process_time()
        self._seconds = 0.0

    def seconds(self) -> float:
        """Return the seconds worked since the clock was made."""
        with self._lock:
            wall, work = time.perf_counter(), time.process_time()
            self._seconds += max(0.0, min(wall - self._wall, work - self._work))
            self._wall, self._work = wall, work
            return self._seconds


_CLOCK = _WorkClock()


def worked_s() -> float:
    """Return the seconds that this process has worked, from some moment on."""
    return _CLOCK.seconds()
