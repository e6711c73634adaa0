"""Who works members out: this process, or several on this machine.

Each takes tasks by number and yields members as they come, in any order. A process that dies loses
nothing: what it had in hand is handed out again, and only a member at which processes keep dying
has failed.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Protocol

from planner.core.errors import CancelledError
from planner.core.outcome import CancelToken
from planner.ensemble.member import Member, Task, handed, hold, member_of, of_held
from planner.margin.stress import People

# As often as that a member is handed out again after the process that had it has died.
TRIES = 3
LOOK_S = 0.2
_LOST = "the process that worked it out died"

Futures = Mapping[int, People]


class MemberExecutor(Protocol):
    """Whoever works members out."""

    def members(self, task: Task, futures: Futures, cancel: CancelToken | None) -> Iterator[Member]:
        """Yield a member for each future, by number; `CancelledError` when cancelled."""
        ...


class SerialExecutor:
    """This process, one member after another."""

    def members(self, task: Task, futures: Futures, cancel: CancelToken | None) -> Iterator[Member]:
        """Yield the members in their order."""
        for number, people in futures.items():
            heed(cancel)
            yield member_of(task, number, people)


class ProcessExecutor:
    """Several processes on this machine."""

    def __init__(
        self, workers: int, started: Callable[[Sequence[int]], None] | None = None
    ) -> None:
        """Have so many processes; `started` hears their ids whenever some were started."""
        self._workers = workers
        self._started = started or (lambda _: None)
        self._in_hand: tuple[int, ...] = ()

    def members(self, task: Task, futures: Futures, cancel: CancelToken | None) -> Iterator[Member]:
        """Yield the members as they come."""
        left = dict(futures)
        lost: Counter[int] = Counter()
        task = handed(task)
        while left:
            # Nobody tells at which member a process died: what was there twice goes by itself.
            suspects = [number for number in left if lost[number] > 1]
            batch = {number: left[number] for number in suspects[:1] or left}
            workers = min(self._workers, len(batch))
            try:
                for member in self._until_one_dies(task, batch, workers, cancel):
                    del left[member.number]
                    yield member
            except BrokenProcessPool:
                for number in (each for each in self._in_hand if each in left):
                    lost[number] += 1
                    if lost[number] >= TRIES:
                        del left[number]
                        yield Member(number, {}, {}, _LOST)

    def _until_one_dies(
        self, task: Task, batch: Futures, workers: int, cancel: CancelToken | None
    ) -> Iterator[Member]:
        self._in_hand = ()
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, context, hold, (task,)) as pool:
            waiting = iter(batch.items())
            running: dict[Future[Member], int] = {}
            try:
                self._hand_out(pool, workers, waiting, running)
                # What the library calls its processes is all there is to tell who they are.
                self._started(list(getattr(pool, "_processes", None) or ()))
                while running:
                    heed(cancel)
                    done, _ = wait(running, LOOK_S, FIRST_COMPLETED)
                    self._in_hand = tuple(running.values())
                    for each in done:
                        member = each.result()
                        del running[each]
                        yield member
                    self._hand_out(pool, workers, waiting, running)
            except CancelledError:
                for process in list((getattr(pool, "_processes", None) or {}).values()):
                    process.terminate()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _hand_out(
        self,
        pool: ProcessPoolExecutor,
        workers: int,
        waiting: Iterator[tuple[int, People]],
        running: dict[Future[Member], int],
    ) -> None:
        """Keep as many members in hand as there are processes, and none beside."""
        while len(running) < workers and (following := next(waiting, None)) is not None:
            with _deaf_to_ctrl_c():  # a process may be started for it
                running[pool.submit(of_held, *following)] = following[0]
        self._in_hand = tuple(running.values())


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Have processes that are started here not hear Ctrl-C, which a terminal sends to every one.

    One that it ended while it was starting would be waited for without end. Where there are no
    such masks, as on Windows, `hold` sees to it once a process is up.
    """
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None:
        yield
        return
    before = mask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, before)


def heed(cancel: CancelToken | None) -> None:
    """Go on, or raise `CancelledError` where somebody asked to stop."""
    if cancel is not None and cancel.cancelled:
        raise CancelledError
