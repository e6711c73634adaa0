"""Scenarios planned several at once in the background; their plans are kept while they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from planner.core.texts import Message, message
from planner.jobs.pool import EnginePool, Heard, ScenarioEnding, Underway, as_many_at_once
from ui.session import Change, Made, Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.api import Progress
    from planner.jobs.requests import BookState
    from ui.jobs import Jobs


@dataclass(frozen=True)
class _Told:
    """What a pool told, which pool that was, and the book it works on."""

    pool: int
    state: BookState
    heard: Heard


class ScenarioPlans(QObject):
    """The plans of the scenarios of the open book as it stands now."""

    changed = Signal()  # a plan got on, or is there
    ended = Signal(bool)  # nothing is being planned any more; whether all went well
    overtaken = Signal()  # the input was changed while scenarios were being planned
    _heard = Signal(object)  # a _Told, from a thread of the pool's

    def __init__(self, session: Session, jobs: Jobs) -> None:
        """Plan scenarios of the session's book, until the other work in the background ends."""
        super().__init__()
        self._session = session
        self._kept: dict[tuple[str, int], Made] = {}  # by scenario and version of the book
        self._pool: EnginePool | None = None
        self._pools = 0
        self._whole = False
        self._well = True
        self.progress: dict[str, Progress | None] = {}  # of those that are being planned
        self.failures: dict[str, Message] = {}
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        session.changed.connect(self._take)
        jobs.closed.connect(self.close)

    def of(self, scenario: str) -> Made | None:
        """Return the plan of a scenario, of the book as it stands now; nothing where none is."""
        if not self._session.is_open:
            return None
        version = self._session.state.version
        made = self._kept.get((scenario, version))
        shown = (
            each
            for each in self._session.plans
            if each.plan.scenario == scenario
            and each.state.version == version
            and each.plan.whole == self._whole
        )
        return made or next(shown, None)

    def choose_how(self, whole: bool, time_limit_s: float | None = None) -> None:  # noqa: FBT001 - as the choice is told
        """Plan from now on in whole locations or shares; plans of the other sort are left out."""
        del time_limit_s
        if whole != self._whole:
            self._whole = whole
            self._kept.clear()

    def plan(self, scenarios: Sequence[str]) -> None:
        """Have scenarios planned, as many at once as the machine carries."""
        for name in scenarios:
            self.failures.pop(name, None)
            self.progress[name] = None
        if self._pool is None:
            self._well = True
            self._pool = self._new_pool(as_many_at_once(len(scenarios)))
        self._pool.plan(scenarios)
        self.changed.emit()

    def stop(self, scenario: str) -> None:
        """Do not plan a scenario after all."""
        if self._pool is not None:
            self._pool.cancel(scenario)

    def close(self) -> None:
        """End the processes; what was not ready is not planned."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None
        self.progress.clear()

    def _new_pool(self, workers: int) -> EnginePool:
        self._pools += 1
        number, state = self._pools, self._session.state
        return EnginePool(
            state,
            workers,
            lambda heard: self._heard.emit(_Told(number, state, heard)),
            whole=self._whole,
        )

    @Slot(object)
    def _hear(self, told: _Told) -> None:
        if self._pool is None or told.pool != self._pools:
            return  # of a state of the book that is left behind
        match told.heard:
            case Underway(scenario, progress):
                self.progress[scenario] = progress
            case ScenarioEnding() as ended:
                self.progress.pop(ended.scenario, None)
                self._settle(ended, told.state)
        self.changed.emit()
        if not self.progress:
            self.close()
            self.ended.emit(self._well)

    def _settle(self, ended: ScenarioEnding, state: BookState) -> None:
        """Keep the plan of a scenario, or why there is none."""
        if ended.planned is not None and ended.planned.plan.found:
            self._kept[ended.scenario, state.version] = Made(ended.planned, state)
            return
        self._well = False
        why = message("window.comparison.stopped")
        if ended.failed is not None:
            why = ended.failed.told
        elif ended.planned is not None:
            why = message("compare.no_outcome", scenario=ended.scenario)
        self.failures[ended.scenario] = why

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self._kept.clear()
        elif Change.CELLS not in changes:
            return
        self.failures.clear()
        if self.progress:
            self.close()  # what is being planned would not be of this input any more
            self.overtaken.emit()
        self.changed.emit()
