"""Background work for the window: two workers, and their answers on the window's own thread.

One worker opens, checks and saves; the other calculates, so that findings keep up with the user
while a plan is being made. A job is a value: a task, and what to do when it ends.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from planner.tasks import (
    BookState,
    CalculatePlan,
    Cancelled,
    Done,
    Failed,
    Progressed,
    Task,
    Told,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.worker import Worker

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A task, the book it is about, and what follows when it is done, fails or is cancelled."""

    task: Task
    done: Callable[[Any], None]
    failed: Callable[[Failed], None]
    state: BookState | None = None
    cancelled: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Running:
    """A job that was started, by which worker and when (seconds of the monotonic clock)."""

    job: Job
    worker: Worker
    number: int
    since: float = field(default_factory=time.monotonic)


class Jobs(QObject):
    """Starts jobs and tells on the window's thread how they go."""

    progressed = Signal(object)  # a Progress of the calculation
    changed = Signal()  # another set of jobs is running
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without workers; `start` starts them, and otherwise the first job does."""
        super().__init__(parent)
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: dict[str, Worker] = {}
        self._running: dict[tuple[str, int], Running] = {}

    def start(self) -> None:
        """Start both workers in the background."""
        for name in ("desk", "solver"):
            self._worker(name)

    def close(self) -> None:
        """End both workers; no job is told of any more."""
        self._running.clear()
        for worker in self._workers.values():
            worker.close()

    @property
    def calculating(self) -> Running | None:
        """The calculation that runs, if there is one."""
        return next((each for (name, _), each in self._running.items() if name == "solver"), None)

    @property
    def at_desk(self) -> tuple[Running, ...]:
        """The other jobs that run."""
        return tuple(each for (name, _), each in self._running.items() if name == "desk")

    def run(self, job: Job) -> None:
        """Start a job; a second calculation waits until the first has ended."""
        name = "solver" if isinstance(job.task, CalculatePlan) else "desk"
        worker = self._worker(name)
        number = worker.submit(job.task, job.state)
        self._running[name, number] = Running(job, worker, number)
        self.changed.emit()

    def _worker(self, name: str) -> Worker:
        """Return a worker; it is started when first asked for."""
        if name not in self._workers:
            from planner.worker import Worker  # noqa: PLC0415 - after the first paint

            self._workers[name] = Worker(lambda told: self._told.emit(name, told))
            self._workers[name].start()
        return self._workers[name]

    def cancel(self) -> None:
        """Stop the calculation, and with no calculation whatever else runs."""
        running = self.calculating
        for each in (running,) if running is not None else self.at_desk:
            each.worker.cancel(each.number)

    @Slot(object, object)
    def _take(self, name: str, told: Told) -> None:
        running = self._running.get((name, told.number))
        if running is None:
            return
        if isinstance(told, Progressed):
            self.progressed.emit(told.progress)
            return
        del self._running[name, told.number]
        match told:
            case Done(_, result):
                running.job.done(result)
            case Failed():
                log.error("%s failed: %s\n%s", running.job.task, told.told.key, told.detail)
                running.job.failed(told)
            case Cancelled():
                running.job.cancelled()
        self.changed.emit()
