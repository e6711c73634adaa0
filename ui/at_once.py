"""Calculating by itself, a moment after the last edit, for who chose that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from planner.jobs.requests import CalculatePlan
from ui.session import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.jobs import Jobs
    from ui.session import Session

AFTER_MS = 700  # after the last edit was checked, so that a run of edits is calculated once


class AtOnce(QObject):
    """Asks for a plan of what was edited; a calculation of older input makes way for it.

    The plan that is shown stays until the new one is there. Input with errors is not calculated,
    and an edit that is undone leaves the plan that there is.
    """

    def __init__(self, session: Session, jobs: Jobs, calculate: Callable[[], None]) -> None:
        """Wait until it is switched on; `calculate` asks for a plan of the book as it stands."""
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._calculate = calculate
        self._on = False
        self._once = False  # asked for once, though it is not switched on
        self._edited = False  # since a plan was last asked for
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_MS)
        self._later.timeout.connect(self._begin)
        session.changed.connect(self._take)

    def switch(self, on: bool) -> None:  # noqa: FBT001 - a switch
        """Calculate by itself from now on, or no longer."""
        self._on = on
        if not on:
            self._later.stop()

    def once(self) -> None:
        """Calculate what was edited just now, as soon as it is checked."""
        self._once = self._edited = True

    def _take(self, changes: frozenset[Change]) -> None:
        if not (self._on or self._once) or Change.BOOK in changes:
            self._edited = self._once = False
            self._later.stop()
            return
        if changes & {Change.CELLS, Change.SCENARIO}:
            self._edited = True
            self._later.stop()  # the check of what was edited comes first
        elif Change.FINDINGS in changes and self._edited:
            self._later.start()

    def _begin(self) -> None:
        session, running = self._session, self._jobs.calculating
        self._edited = self._once = False
        if running is not None:
            task, state = running.job.task, running.job.state
            same = isinstance(task, CalculatePlan) and (task.scenario or "") == session.scenario
            if same and state is not None and state.version == session.state.version:
                return
            self._jobs.drop()  # nobody wants a plan of what the input is no longer
        if not session.checked.errors and (session.stale or not session.plans):
            self._calculate()
