"""Several scenarios planned at once, each in a process of its own, as many as the machine carries.

An `EnginePool` keeps the processes and hands out the scenarios; it never waits, so a window can use
it. `plan_many` waits for all of them, for whoever has nothing else to do. Every process plans
exactly as one alone would: the same seed and threads, so the same plan.
"""

from __future__ import annotations

import os
import queue
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from planner.core.display_names import called
from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken, Progress, Stop
from planner.core.texts import message
from planner.input.book import Book
from planner.jobs.engine_process import Worker
from planner.jobs.requests import (
    BookState,
    CalculatePlan,
    Cancelled,
    Done,
    Failed,
    KnownEarly,
    Planned,
    Progressed,
    Told,
)

# What a plan of a national case takes while it is made.
BYTES_PER_PLAN = 800_000_000
# Where the machine does not tell its memory, so many plans fit on any that can run the program.
_UNTOLD = 2
# How long a waiting pool goes without looking whether somebody asked to stop.
_LOOK_S = 0.1


@dataclass(frozen=True)
class ScenarioEnding:
    """How the planning of a scenario ended: with a plan, with a failure, or stopped on request."""

    scenario: str
    planned: Planned | None
    failed: Failed | None = None

    @property
    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self.planned is None and self.failed is None


@dataclass(frozen=True)
class Underway:
    """How far the planning of a scenario has come."""

    scenario: str
    progress: Progress


Heard = ScenarioEnding | Underway


def as_many_at_once(wanted: int) -> int:
    """Return how many plans of those wanted the machine's cores and memory carry, at least 1."""
    return max(1, min(wanted, _cores(), _fitting()))


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def _fitting() -> int:
    """Return how many plans fit in half of the memory: the rest is for everything else."""
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return _UNTOLD
    return memory // 2 // BYTES_PER_PLAN


class EnginePool:
    """Plans scenarios of one book in several processes; tells a listener, from its own threads."""

    def __init__(
        self,
        book: Book | BookState,
        workers: int,
        listener: Callable[[Heard], None],
        *,
        whole: bool = False,
    ) -> None:
        """Start the processes; the book may be given as it was opened, with its edits.

        `whole` has locations decided on as a whole.
        """
        self._whole = whole
        self._state = book if isinstance(book, BookState) else BookState(0, book)
        self._listener = listener
        self._guard = threading.Lock()
        self._waiting: deque[str] = deque()
        self._running: dict[int, tuple[int, str]] = {}  # by worker: the task and its scenario
        self._workers = [Worker(partial(self._hear, at)) for at in range(workers)]
        for each in self._workers:
            each.start()

    def plan(self, scenarios: Sequence[str]) -> None:
        """Have scenarios planned, after those that wait already; each name once."""
        with self._guard:
            self._waiting.extend(scenarios)
        self._hand_out()

    def cancel(self, scenario: str) -> None:
        """Stop a scenario, or take it off the list where it has not begun."""
        with self._guard:
            waiting = scenario in self._waiting
            if waiting:
                self._waiting.remove(scenario)
            running = [
                (at, number) for at, (number, name) in self._running.items() if name == scenario
            ]
        for at, number in running:
            self._workers[at].cancel(number)
        if waiting:
            self._listener(ScenarioEnding(scenario, None))

    def close(self) -> None:
        """End the processes; nothing is told any more."""
        for each in self._workers:
            each.close()

    def _hand_out(self) -> None:
        """Give whoever has nothing to do the scenario that waits longest."""
        with self._guard:
            for at, worker in enumerate(self._workers):
                if at not in self._running and self._waiting:
                    scenario = self._waiting.popleft()
                    number = worker.submit(CalculatePlan(scenario, self._whole), self._state)
                    self._running[at] = (number, scenario)

    def _hear(self, at: int, told: Told) -> None:
        """Pass on what a worker tells, and give it something to do when it has ended."""
        with self._guard:
            number, scenario = self._running.get(at, (0, ""))
            known = told.number == number
            if known and not isinstance(told, Progressed | KnownEarly):
                del self._running[at]
        if not known or isinstance(told, KnownEarly):
            return
        match told:
            case Progressed(progress=progress):
                self._listener(Underway(scenario, progress))
                return
            case Done(result=Planned() as planned):
                stopped = planned.plan.stop is Stop.CANCELLED
                self._listener(ScenarioEnding(scenario, None if stopped else planned))
            case Failed():
                self._listener(ScenarioEnding(scenario, None, told))
            case Done() | Cancelled():
                self._listener(ScenarioEnding(scenario, None))
        self._hand_out()


def plan_many(  # noqa: PLR0913 - what may be asked of it
    book: Book,
    scenarios: Sequence[str],
    *,
    whole: bool = False,
    workers: int | None = None,
    progress: Callable[[Underway], None] | None = None,
    cancels: Mapping[str, CancelToken] | None = None,
    all_or_none: bool = False,
) -> dict[str, ScenarioEnding]:
    """Plan scenarios of a book, several at once, and return how each ended, in the order given.

    `whole` has locations decided on as a whole. Without `workers` as many run as the machine
    carries. `cancels` has a token for each scenario
    that may be stopped by itself. With `all_or_none` nobody is waited for once one has failed, and
    only those that had ended by then are returned.
    """
    names = tuple(dict.fromkeys(scenarios))
    heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
    at_once = workers or as_many_at_once(len(names))
    pool = EnginePool(book, at_once, heard.put, whole=whole)
    ended: dict[str, ScenarioEnding] = {}
    asked: set[str] = set()
    try:
        pool.plan(names)
        while len(ended) < len(names) and not (all_or_none and _any_failed(ended)):
            for name in _to_stop(cancels or {}, {*asked, *ended}):
                asked.add(name)
                pool.cancel(name)
            match _next(heard):
                case ScenarioEnding() as each:
                    ended[each.scenario] = each
                case Underway() as each if progress is not None:
                    progress(each)
                case _:
                    continue
    finally:
        pool.close()
    return {name: ended[name] for name in names if name in ended}


def _any_failed(ended: Mapping[str, ScenarioEnding]) -> bool:
    return any(each.failed is not None for each in ended.values())


def _to_stop(cancels: Mapping[str, CancelToken], done: set[str]) -> list[str]:
    return [name for name, token in cancels.items() if token.cancelled and name not in done]


def _next(heard: queue.SimpleQueue[Heard]) -> Heard | None:
    try:
        return heard.get(timeout=_LOOK_S)
    except queue.Empty:
        return None


def refuse_failures(ended: Mapping[str, ScenarioEnding]) -> None:
    """Raise `UnusableInputError` for the first scenario that could not be planned, with why."""
    for each in ended.values():
        if each.failed is not None:
            told = message("compare.failed", scenario=called(each.scenario), why=each.failed.told)
            raise UnusableInputError(told, each.failed.findings)
