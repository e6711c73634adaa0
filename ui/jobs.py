"""Background work for the window: workers, and their answers on the window's own thread.

One worker checks and saves; another reads files, so that a file that takes long holds up no save; a
third calculates, so that findings keep up with the user while a plan is being made; a fourth,
started when first needed, compares plans. A job is a value: a task, and what to do when it ends.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from planner.jobs.future_requests import AskFutures
from planner.jobs.requests import (
    AboutCompared,
    Ask,
    AskWhatIf,
    BeginAsking,
    BookState,
    CalculatePlan,
    Cancelled,
    ComparePlans,
    Done,
    ExplainDifference,
    Failed,
    GuardedWrite,
    KnownEarly,
    OpenDemo,
    OpenFile,
    Progressed,
    SweepLever,
    Task,
    Told,
    TryRegret,
    Unanswering,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import UnionType

    from planner.api import Progress
    from planner.jobs.engine_process import Worker
    from planner.jobs.file_requests import Request

log = logging.getLogger(__name__)

# What a stopped plan of a national case takes to be read, verified and told.
PATIENCE_FOR_PLAN_S = 60.0
PATIENCE_FOR_ANSWERS_S = 60.0  # building a national case anew takes some seconds


Result = TypeVar("Result")


class Engine(Enum):
    """The engines, each in a process of its own."""

    DESK = auto()  # checks and saves
    READER = auto()  # reads files, so that one that takes long holds up no save
    SOLVER = auto()
    COMPARER = auto()  # started when first needed
    FORESEER = auto()  # what a plan bears if the forecast is wrong; started when first needed
    ASKER = auto()  # keeps a plan that what-if questions are asked of; started when first needed


# Those whose jobs are stopped by Stop in any case.
_ALWAYS_STOPPED = frozenset({Engine.SOLVER, Engine.DESK, Engine.READER})


@dataclass(frozen=True)
class Job(Generic[Result]):
    """A request, the book it is about, and what follows when it is done, fails or is cancelled."""

    task: Request[Result]
    done: Callable[[Result], None]
    failed: Callable[[Failed], None]
    state: BookState | None = None
    cancelled: Callable[[], None] = lambda: None
    progressed: Callable[[Progress], None] | None = None  # else it is the calculation's
    beside: tuple[BookState, ...] = ()  # other states of the book whose versions it names


@dataclass(frozen=True)
class Running:
    """A job that was started, by which worker and when (seconds of the monotonic clock)."""

    job: Job[Any]  # of whatever it was asked for
    worker: Worker
    number: int
    since: float = field(default_factory=time.monotonic)


class Jobs(QObject):
    """Starts jobs and tells on the window's thread how they go."""

    progressed = Signal(object)  # a Progress of the calculation
    early = Signal(object)  # the MainFigures of the plan that is being made
    silent = Signal(bool)  # whether a worker gives no sign of life, which Stop replaces
    changed = Signal()  # another set of jobs is running
    closed = Signal()  # nothing is to run in the background any more
    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without workers; `start` starts them, and otherwise the first job does."""
        super().__init__(parent)
        self._told.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._workers: dict[Engine, Worker] = {}
        self._running: dict[tuple[Engine, int], Running] = {}
        self._silent: set[Engine] = set()  # workers that give no sign of life
        self._ended = False
        self._kept: Running | None = None  # the calculation of which something is settled
        self._stopped: Running | None = None  # the calculation that was to stop last

    def start(self) -> None:
        """Start the workers that are always needed, in the background."""
        for name in (Engine.DESK, Engine.READER, Engine.SOLVER):
            self._worker(name)

    def prepare(self, state: BookState) -> None:
        """Give the solver's child a book before it is asked to plan it; nothing once closed."""
        if not self._ended:
            self._worker(Engine.SOLVER).prepare(state)

    def close(self) -> None:
        """End both workers; no job is told of any more."""
        self._ended = True
        self._running.clear()
        for worker in self._workers.values():
            worker.close()
        self.closed.emit()

    @property
    def calculating(self) -> Running | None:
        """The calculation that runs, if there is one."""
        return next((each for each in self._at_solver() if each is not self.asking), None)

    @property
    def asking(self) -> Running | None:
        """The question about a plan that is being answered, if there is one."""
        return next((each for each in self._at_solver() if isinstance(each.job.task, Ask)), None)

    @property
    def comparing(self) -> tuple[Running, ...]:
        """The jobs about plans side by side."""
        return tuple(each for (name, _), each in self._running.items() if name is Engine.COMPARER)

    def stop_comparing(self) -> None:
        """Let go of what is being found out about plans side by side; the comparison stays.

        A file that is being written is waited for.
        """
        self._let_go(ComparePlans | ExplainDifference | TryRegret)

    def stop_foreseeing(self) -> None:
        """Stop what is being found out about other futures, at once: nothing is kept for it."""
        for (name, _), each in tuple(self._running.items()):
            if name is Engine.FORESEER:
                each.worker.cancel(each.number)

    def stop_questions(self, kind: type[AskWhatIf | SweepLever]) -> None:
        """Let go of what of a kind is asked of a plan kept alive; that plan stays."""
        self._let_go(kind)

    def _let_go(self, kind: type | UnionType) -> None:
        """Let go of tasks of a kind, whose answer is not told any more.

        The child gets time to end the step it is at: ending it would lose what it keeps. One that
        gives no sign of life is ended.
        """
        for key, each in tuple(self._running.items()):
            if isinstance(each.job.task, kind):
                del self._running[key]
                if key[0] in self._silent:
                    each.worker.cancel(each.number)
                else:
                    each.worker.cancel(each.number, PATIENCE_FOR_ANSWERS_S)
                self._note_silence(key[0], silent=False)
                each.job.cancelled()
                self.changed.emit()

    def _at_solver(self) -> tuple[Running, ...]:
        return tuple(each for (name, _), each in self._running.items() if name is Engine.SOLVER)

    @property
    def unanswering(self) -> bool:
        """Whether a worker gives no sign of life."""
        return bool(self._silent)

    @property
    def at_desk(self) -> tuple[Running, ...]:
        """The other jobs that run."""
        names = {Engine.DESK, Engine.READER}
        return tuple(each for (name, _), each in self._running.items() if name in names)

    def run(self, job: Job[Result]) -> None:
        """Start a job; a second calculation waits until the first has ended."""
        name = _worker_for(job.task)
        worker = self._worker(name)
        number = worker.submit(job.task, job.state, job.beside)
        self._running[name, number] = Running(job, worker, number)
        self.changed.emit()

    def _worker(self, name: Engine) -> Worker:
        """Return a worker; it is started when first asked for."""
        if name not in self._workers:
            from planner.jobs.engine_process import Worker  # noqa: PLC0415 - after the first paint

            self._workers[name] = Worker(lambda told: self._told.emit(name, told))
            self._workers[name].start()
        return self._workers[name]

    def cancel(self) -> None:
        """Stop the calculation, and with no calculation whatever else runs.

        A calculation that has settled something gets time to make the best plan so far of it;
        asked a second time, it stops at once. So does at once what a worker that gives no sign of
        life was asked beside it, and that worker is replaced.
        """
        self.stop_asking()
        for (name, _), each in tuple(self._running.items()):
            if name in self._silent - _ALWAYS_STOPPED:
                each.worker.cancel(each.number)
        running = self.calculating
        if running is None:
            for each in self.at_desk:
                each.worker.cancel(each.number)
        elif running is self._kept and running is not self._stopped:
            self._stopped = running
            running.worker.cancel(running.number, PATIENCE_FOR_PLAN_S)
        else:
            running.worker.cancel(running.number)

    def drop(self) -> None:
        """Let go of the calculation, whose plan nobody wants any more; else as `cancel`."""
        running = self.calculating
        if running is None:
            self.cancel()
            return
        self.stop_asking()
        del self._running[Engine.SOLVER, running.number]
        running.worker.cancel(running.number)
        running.job.cancelled()
        self.changed.emit()

    def stop_asking(self) -> None:
        """Let go of the question that is being answered; the solved plan stays."""
        self._let_go(Ask)

    def _note_silence(self, name: Engine, *, silent: bool) -> None:
        before = set(self._silent)
        (self._silent.add if silent else self._silent.discard)(name)
        if self._silent != before:
            self.silent.emit(bool(self._silent))

    def _pass_on(self, running: Running, told: KnownEarly | Progressed) -> None:
        """Tell how a job goes."""
        if isinstance(told, KnownEarly):
            self.early.emit(told.figures)
            return
        if running is self.calculating and told.progress.value is not None:
            self._kept = running
        (running.job.progressed or self.progressed.emit)(told.progress)

    @Slot(object, object)
    def _take(self, name: Engine, told: Told) -> None:
        running = self._running.get((name, told.number))
        if running is None:
            return
        if isinstance(told, KnownEarly | Progressed):
            self._pass_on(running, told)
            return
        self._note_silence(name, silent=isinstance(told, Unanswering))
        if isinstance(told, Unanswering):
            return
        del self._running[name, told.number]
        match told:
            case Done(_, result):
                running.job.done(result)
            case Failed():
                what = type(running.job.task).__name__  # a task holds the plan and the user's data
                log.error("%s failed: %s\n%s", what, told.told.key, told.detail)
                running.job.failed(told)
            case Cancelled():
                running.job.cancelled()
        self.changed.emit()


def _worker_for(task: Task) -> Engine:
    """Return which worker does a task; what may take long has one of its own."""
    if isinstance(task, GuardedWrite):
        return _worker_for(task.task)
    if isinstance(task, CalculatePlan | Ask):
        return Engine.SOLVER
    if isinstance(task, BeginAsking | AskWhatIf | SweepLever):
        return Engine.ASKER
    if isinstance(task, OpenFile | OpenDemo):
        return Engine.READER
    if isinstance(task, AskFutures):
        return Engine.FORESEER
    return Engine.COMPARER if isinstance(task, ComparePlans | AboutCompared) else Engine.DESK
