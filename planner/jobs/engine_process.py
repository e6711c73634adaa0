"""The second process: it opens, checks, calculates and saves, so that a window never waits.

A `Worker` keeps one child process alive and gives it tasks; what comes back is told to a
listener, from a thread of the worker's own. Cancelling is asked first and enforced after
`PATIENCE_S`: the child is ended and another one started. Tasks are about a book that both sides
keep: only its edits cross, until a new child has to be given the whole book again.
"""

from __future__ import annotations

import importlib
import itertools
import multiprocessing
import queue
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.core.texts import message
from planner.jobs import no_memory
from planner.jobs.requests import (
    BookState,
    Cancel,
    Cancelled,
    Done,
    Failed,
    GiveBook,
    GiveRevisions,
    KnownEarly,
    Opened,
    Ping,
    Pong,
    Progressed,
    Ready,
    RunTask,
    Task,
    Told,
    Unable,
    Unanswering,
)
from planner.jobs.transport import Sender, let_go, receive

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

ENGINE = "planner.jobs.handlers"
PRELOADED = ("planner.jobs.orphans", ENGINE)  # by the fork server
# On Linux children come from one process that has the engine loaded, so that the second child, and
# the one that takes the place of a stopped one, is there at once. Elsewhere each loads it.
START = "forkserver" if sys.platform == "linux" else "spawn"
PATIENCE_S = 0.7  # how long a cancelled task may take to stop by itself
WATCHED_EVERY_S = 2.0
SILENCE_S = 6.0  # without a sign of life, though asked for one, before that is told

_tokens = itertools.count(1)


@dataclass(frozen=True)
class _Order:
    """A task as it was submitted."""

    number: int
    task: Task
    state: BookState | None
    beside: tuple[BookState, ...]


@dataclass(frozen=True)
class _Known:
    """A book that the child is to keep before a task asks for it."""

    state: BookState


@dataclass(frozen=True)
class _Lost:
    """The child of this generation has ended."""

    generation: int


@dataclass
class _Child:
    """A child process, what it was given, and what it has to do."""

    generation: int
    process: BaseProcess
    pipe: Connection
    sender: Sender
    known: dict[int, set[int]] = field(default_factory=dict)  # token: revisions given
    running: dict[int, Task] = field(default_factory=dict)
    cancelled: set[int] = field(default_factory=set)
    ready: bool = False  # the engine was loaded
    heard: float = field(default_factory=time.monotonic)  # when it last gave a sign of life
    pinged: bool = False  # it was asked for one and has not answered
    silent: bool = False  # that it gives none was told
    detail: str = ""  # why it was not

    def keeps(self, token: int) -> None:
        """Note that the child keeps a book, as opened, and which it let go for that."""
        for old in let_go(self.known):
            del self.known[old]
        self.known[token] = set()


class Worker:
    """Keeps a child process and gives it tasks; every answer goes to the listener.

    The listener is called from threads of the worker and must not wait.
    """

    def __init__(self, listener: Callable[[Told], None]) -> None:
        """Keep the listener; `start` starts the child."""
        self._listener = listener
        self._numbers = itertools.count(1)
        self._orders: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._child: _Child | None = None
        self._guard = threading.Lock()
        self._next = 0  # the generation of the next child
        self._unable = ""  # why no child could be started
        self._closing = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._attend, name="worker-orders", daemon=True)

    def start(self) -> None:
        """Start the child in the background, so that the first task does not wait for it."""
        self._thread.start()
        threading.Thread(target=self._watch, name="worker-watch", daemon=True).start()

    def submit(
        self, task: Task, state: BookState | None = None, beside: tuple[BookState, ...] = ()
    ) -> int:
        """Give a task, about a book where it needs one; return its number at once.

        `beside` are other states of that book whose versions the task names.
        """
        number = next(self._numbers)
        self._orders.put(_Order(number, task, state, beside))
        return number

    def prepare(self, state: BookState) -> None:
        """Give the child a book in advance, so that a task about it begins at once."""
        self._orders.put(_Known(state))

    def cancel(self, number: int, patience_s: float = PATIENCE_S) -> None:
        """Stop a task: asked first, enforced after so many seconds."""
        with self._guard:
            child = self._child
            if child is not None and number in child.running:
                # Noted here too: whoever hands over orders may wait for a child that hears nothing.
                child.cancelled.add(number)
        self._orders.put(Cancel(number))
        timer = threading.Timer(patience_s, self._enforce, (number,))
        timer.daemon = True
        timer.start()

    def close(self) -> None:
        """End the child and the threads; nothing is told any more."""
        self._closing = True
        self._over.set()
        with self._guard:
            child = self._child
        if child is not None:
            child.process.kill()
        self._orders.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=2)

    def _enforce(self, number: int) -> None:
        """End the child if it still runs a cancelled task."""
        with self._guard:
            child = self._child
            late = child is not None and number in child.running and number in child.cancelled
        if late and child is not None:
            child.process.kill()

    def _watch(self) -> None:
        """Tell when a child that has something to do gives no sign of life any more."""
        while not self._over.wait(WATCHED_EVERY_S):
            with self._guard:
                child = self._child
                number = None if child is None else next(iter(child.running), None)
            if child is None or number is None or not child.ready:
                continue
            if not child.silent and time.monotonic() - child.heard > SILENCE_S:
                child.silent = True
                self._listener(Unanswering(number))
            if not child.pinged:
                child.pinged = True
                # In a thread of its own, which may wait for a child that hears nothing.
                threading.Thread(target=_ping, args=(child,), daemon=True).start()

    def _attend(self) -> None:
        """Carry out orders one by one, for as long as the worker lives."""
        self._renew(0)
        while (order := self._orders.get()) is not None:
            match order:
                case _Lost(generation):
                    self._after_loss(generation)
                case _Known(state):
                    self._give(state)
                case Cancel(number):
                    self._ask_to_stop(number)
                case _Order() as given:
                    self._hand_over(given)

    def _renew(self, generation: int) -> None:
        """Start a child and a thread that listens to it."""
        if self._closing:
            return
        try:
            process, ours = _started()
        except OSError:  # no room for another process, or this program is ending
            self._unable = traceback.format_exc()
            with self._guard:
                self._child = None
            return
        child = _Child(generation, process, ours, Sender(ours))
        with self._guard:
            self._child = child
        if self._closing:
            process.kill()
        threading.Thread(
            target=self._listen, args=(child,), name="worker-answers", daemon=True
        ).start()

    def _listen(self, child: _Child) -> None:
        """Pass on what a child tells until it ends."""
        try:
            while True:
                told: Told | Ready | Unable | Pong = receive(child.pipe)
                child.heard, child.silent = time.monotonic(), False
                if isinstance(told, Pong):
                    child.pinged = False
                elif isinstance(told, Ready):
                    child.ready = True
                elif isinstance(told, Unable):
                    child.detail = told.detail
                elif not self._closing:
                    self._note(child, told)
                    self._listener(told)
        except (EOFError, OSError):
            pass  # the child has ended
        except Exception:  # noqa: BLE001 - what cannot be read is the end of this child, whatever it was
            child.detail = traceback.format_exc()
            child.process.kill()
        self._orders.put(_Lost(child.generation))

    def _note(self, child: _Child, told: Told) -> None:
        """Keep account of what the child still has to do and which books it holds."""
        if isinstance(told, Progressed | KnownEarly | Unanswering):
            return
        with self._guard:
            child.running.pop(told.number, None)
            if isinstance(told, Done) and isinstance(told.result, Opened):
                child.keeps(told.result.state.token)

    def _after_loss(self, generation: int) -> None:
        """Tell what became of the tasks of a child that ended, and start another."""
        with self._guard:
            child = self._child
        if child is None or child.generation != generation or self._closing:
            return
        child.process.join(timeout=1)
        child.pipe.close()
        with self._guard:
            running, child.running = dict(child.running), {}
        starved = child.process.exitcode == no_memory.STATUS
        told = message("worker.memory" if starved else "worker.lost")
        for number in running:
            if number in child.cancelled:
                self._listener(Cancelled(number))
            else:
                detail = f"exit code {child.process.exitcode}\n{child.detail}"
                self._listener(Failed(number, told, detail=detail))
        self._next = generation + 1
        if child.ready:
            self._renew(self._next)
        else:
            # A child that cannot start is not started again and again; the next task tries once.
            with self._guard:
                self._child = None

    def _ask_to_stop(self, number: int) -> None:
        child = self._child
        with self._guard:
            if child is None or number not in child.running:
                return
            child.cancelled.add(number)
        try:
            child.sender.send(Cancel(number))
        except OSError:
            return  # the child has ended; its listener reports that

    def _hand_over(self, order: _Order) -> None:
        number, task, state = order.number, order.task, order.state
        if self._child is None:
            self._renew(self._next)
        child = self._child
        if self._closing:
            return
        if child is None:
            self._listener(Failed(number, message("worker.lost"), detail=self._unable))
            return
        with self._guard:
            if not child.running:
                child.heard = time.monotonic()
            child.running[number] = task
        try:
            if state is None:
                child.sender.send(RunTask(number, task, next(_tokens)))
            else:
                self._bring_up_to_date(child, state, *order.beside)
                child.sender.send(RunTask(number, task, state.token, state.version))
        except OSError:
            return  # the child has ended; its listener reports that

    def _give(self, state: BookState) -> None:
        child = self._child
        if child is not None and not self._closing:
            with suppress(OSError):  # the child has ended; its listener reports that
                self._bring_up_to_date(child, state)

    def _bring_up_to_date(self, child: _Child, state: BookState, *beside: BookState) -> None:
        """Have the child keep a book, with the revisions that lead to these states alone."""
        if state.token not in child.known:
            child.sender.send(GiveBook(state.token, state.base))
            with self._guard:
                child.keeps(state.token)
        wanted = {each.number: each for one in (state, *beside) for each in one.revisions}
        known = child.known[state.token]
        more = tuple(
            (number, 0 if each.before is None else each.before.number, each.edits)
            for number, each in wanted.items()
            if number not in known
        )
        dropped = frozenset(known.difference(wanted))
        if more or dropped:
            child.sender.send(GiveRevisions(state.token, more, dropped))
            child.known[state.token] = set(wanted)


def _ping(child: _Child) -> None:
    with suppress(OSError):  # the child has ended; its listener reports that
        child.sender.send(Ping())


def _started() -> tuple[BaseProcess, Connection]:
    """Start a child and return it with our end of its pipe."""
    if START == "forkserver":
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
        # It is reached by a socket in the temporary folder, whose path may be too long for one, or
        # which may have been cleaned since.
        with suppress(OSError):
            return _started_by(context)
    return _started_by(multiprocessing.get_context("spawn"))


def _started_by(context: ForkServerContext | SpawnContext) -> tuple[BaseProcess, Connection]:
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), name="opvangplan-worker", daemon=True)
    process.start()
    theirs.close()
    return process, ours


def serve(pipe: Connection) -> None:
    """Do tasks until the other side is gone: what the child process runs."""
    # Ctrl+C in a terminal is for the program that started us, also while the engine is loaded.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        importlib.import_module(ENGINE)
    except Exception:  # noqa: BLE001 - told to the other side, which tells the user in words
        Sender(pipe).send(Unable(traceback.format_exc()))
        return
    from planner.jobs import handlers  # noqa: PLC0415 - only the child loads the engine

    # A program that is gone can be told nothing; a fault of a task never comes this far.
    with suppress(OSError):
        handlers.serve(pipe)
