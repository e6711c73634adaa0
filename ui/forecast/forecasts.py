"""The demand calculation as the window has it: the last one made, and whether it is out of date.

It is made in the desk's process, and only while somebody looks: a change of the book is waited
for a moment, so that a run of keystrokes is computed once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from planner.jobs.requests import BookState, Calibrate, Failed, LookBackAt, MakeForecast, Task
from ui.jobs import Job, Jobs
from ui.session import Change, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from planner.core.texts import Message
    from planner.forecast.accuracy import LookBack
    from planner.forecast.calibration import Calibration
    from planner.forecast.forecast_view import ShownForecast
    from planner.input.edits import Edit

    # What is told when a task could not be done; nothing where the user stopped it.
    Told = Callable[[Failed | None], None]

AFTER_MS = 120
FEWEST_OLDS = 2


class Forecasts(QObject):
    """Keeps the demand of one scenario up to date while it is watched."""

    changed = Signal()  # another forecast, or none
    told = Signal()  # whether it is out of date, is being made, or cannot be made

    def __init__(self, session: Session, jobs: Jobs) -> None:
        """Compute nothing until `watch` says that somebody looks."""
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._shown: ShownForecast | None = None
        self._made_from: tuple[object, ...] = ()
        self._scenario = ""
        self._olds: tuple[Path, ...] = ()
        self._watchers: set[QObject] = set()
        self._making = False
        self._failed: Message | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_MS)
        self._later.timeout.connect(self._make)
        session.changed.connect(self._take)

    @property
    def shown(self) -> ShownForecast | None:
        """The last forecast of the open book; nothing before the first."""
        return self._shown

    @property
    def session(self) -> Session:
        """The open book and what was done to it."""
        return self._session

    @property
    def scenario(self) -> str:
        """The scenario that is computed; empty for the book's default."""
        return self._scenario

    @property
    def olds(self) -> tuple[Path, ...]:
        """The workbooks of old forecasts that were chosen to widen the bands by."""
        return self._olds

    @property
    def widening(self) -> tuple[Path, ...]:
        """Those that bands are widened by; of fewer than two nothing can be told."""
        return self._olds if len(self._olds) >= FEWEST_OLDS else ()

    @property
    def stale(self) -> bool:
        """Whether the book or the scenario is another than what was computed."""
        return self._session.is_open and self._made_from != self._wanted()

    @property
    def failed(self) -> Message | None:
        """Why it cannot be computed as the book stands now."""
        return self._failed

    def watch(self, who: QObject, *, watched: bool) -> None:
        """Keep it up to date from now on, or no longer, as far as `who` looks at it."""
        if watched:
            self._watchers.add(who)
        else:
            self._watchers.discard(who)
        self._ask()

    def choose(self, scenario: str) -> None:
        """Compute another scenario from now on."""
        if scenario != self._scenario:
            self._scenario = scenario
            self.told.emit()
            self._ask()

    def widen(self, olds: tuple[Path, ...]) -> None:
        """Have the bands at least as wide as these old forecasts were off, once there are two."""
        if olds != self._olds:
            self._olds = olds
            self.told.emit()
            self._ask()

    def edit(self, name: str, edits: Sequence[Edit]) -> bool:
        """Change the book as one step; what is computed follows."""
        return self._session.edit(name, edits)

    def calibrate(self, done: Callable[[Calibration], None], failed: Told) -> None:
        """Fit the inputs of the scenario to the earlier counts in the book."""
        self._run(Calibrate(self._named()), done, failed)

    def look_back(self, path: Path, done: Callable[[LookBack], None], failed: Told) -> None:
        """Compare the forecast of the scenario with the counts in a later workbook."""
        self._run(LookBackAt(path, self._named()), done, failed)

    def _named(self) -> str | None:
        """Return the scenario that is meant: the one chosen, else the one that was computed."""
        computed = "" if self._shown is None else self._shown.scenario
        return self._scenario or computed or None

    def _run(self, task: Task, done: Callable[[Any], None], failed: Told) -> None:
        """Run a task about the book as it stands; what comes back after another is let go."""
        state = self._session.state

        def unless_gone(follow: Callable[[Any], None]) -> Callable[[Any], None]:
            def go_on(result: object) -> None:
                if self._session.is_open and self._session.state.token == state.token:
                    follow(result)

            return go_on

        job = Job(task, unless_gone(done), unless_gone(failed), state, lambda: failed(None))
        self._jobs.run(job)

    def _wanted(self) -> tuple[object, ...]:
        """Return what a forecast made now would be made from."""
        state = self._session.state
        return state.token, state.version, self._scenario, self.widening

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self._shown = None
            self._made_from = ()
            self._scenario = self._session.scenario
            self._olds = ()
            self._failed = None
            self._making = False
            self.changed.emit()
        if Change.VIEWING in changes:
            self.told.emit()  # what can be edited is no longer, or can again
        if changes & {Change.BOOK, Change.CELLS}:
            self.told.emit()
            self._ask()

    def _ask(self) -> None:
        if self._watchers and self.stale and not self._making:
            self._later.start()

    def _make(self) -> None:
        if not self._watchers or not self.stale or self._making:
            return
        state, wanted = self._session.state, self._wanted()
        self._making = True
        self._jobs.run(
            Job(
                MakeForecast(self._scenario or None, self.widening),
                lambda made: self._made(made, state, wanted),
                lambda failed: self._not_made(failed, state, wanted),
                state,
                lambda: self._cancelled(state),
            )
        )
        self.told.emit()

    def _made(self, made: ShownForecast, state: BookState, wanted: tuple[object, ...]) -> None:
        if not self._ended(state):
            return
        self._shown, self._made_from, self._failed = made, wanted, None
        self.changed.emit()
        self.told.emit()
        self._ask()

    def _not_made(self, failed: Failed, state: BookState, wanted: tuple[object, ...]) -> None:
        if not self._ended(state):
            return
        self._made_from, self._failed = wanted, failed.told
        self.told.emit()
        self._ask()

    def _ended(self, state: BookState) -> bool:
        """Note that a job has ended; whether it was about the book that is open."""
        if not self._session.is_open or self._session.state.token != state.token:
            return False
        self._making = False
        return True

    def _cancelled(self, state: BookState) -> None:
        if self._ended(state):
            self.told.emit()
            self._ask()
