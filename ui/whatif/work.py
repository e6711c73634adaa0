"""The questions of the window's what-if page, asked of the engine one at a time.

Whoever asks another while one is being answered wants to know that one: the first is stopped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from planner.core.outcome import CountedProgress
from planner.jobs.requests import AskWhatIf, BeginAsking, SweepLever
from ui.jobs import Job, Jobs
from ui.session import Change, Session

if TYPE_CHECKING:
    from planner.api import Progress
    from planner.core.texts import Message
    from planner.jobs.requests import BookState, Failed
    from planner.whatif.session import LevelChange
    from planner.whatif.shown import AskedEdits, AskingBegun, ShownSweep, WhatIfAnswer


class WhatIfWork(QObject):
    """The plan that is asked about, the last answer, and what is being asked."""

    changed = Signal()  # another answer, another question, or none any more
    settled = Signal(str)  # a level of the answer under way

    def __init__(self, session: Session, jobs: Jobs) -> None:
        """Ask about the session's book and scenario."""
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._about: tuple[BookState, str] | None = None
        self._asked: AskedEdits | None = None  # what was asked last; nothing where all is back
        self.begun: AskingBegun | None = None
        self.answer: WhatIfAnswer | None = None
        # What the levels of the answer under way come to, as far as they stand; not yet recomputed.
        self.coming: dict[str, LevelChange] = {}
        self.step = ""  # what is being done of the plan to start from, in the catalogue's progress
        self.sweep: ShownSweep | None = None
        self.sweeping: tuple[str, AskedEdits] | None = (
            None  # the lever at work, beside what is moved
        )
        self.part: tuple[int, int] | None = None  # which of how many steps of it
        self.busy = False
        self._kept: set[int] = set()  # versions of the book that have one more scenario alone
        self.failed: Failed | None = None
        session.changed.connect(self._take)

    @property
    def can_begin(self) -> bool:
        """Whether there is a book that can be planned."""
        session = self._session
        return session.is_open and not session.checked.errors and not self.busy

    @property
    def stale(self) -> bool:
        """Whether the book or the scenario has changed since asking began."""
        if self._about is None or not self._session.is_open:
            return False
        state, scenario = self._about
        same = {state.version, *self._kept}
        return self._session.state.version not in same or scenario != self._session.scenario

    @property
    def behind(self) -> bool:
        """Whether the answer is not to what was asked last: it is under way, or did not come."""
        answered = None if self.answer is None else self.answer.moved
        return self.begun is not None and answered != self._asked

    def keep_on(self) -> None:
        """Go on with what is asked about: the book has since got a scenario, made of an answer."""
        self._kept.add(self._session.state.version)

    def begin(self) -> None:
        """Make the plan that questions start from."""
        if not self.can_begin:
            return
        about = (self._session.state, self._session.scenario)
        self._forget()
        self._about, self.busy, self.step = about, True, ""
        self._kept.clear()
        task = BeginAsking(about[1] or None)

        def began(begun: AskingBegun) -> None:
            self.busy = False
            if self._about == about:
                self.begun = begun
            self.changed.emit()

        self._jobs.run(Job(task, began, self._fail, about[0], self._stopped, self._progressed))
        self.changed.emit()

    def ask(self, moved: AskedEdits) -> None:
        """Ask what moves make of the plan, and no longer what was asked before."""
        if self.begun is None or self._about is None:
            return
        self._stop_sweeping()
        if moved and moved == self._asked and self.busy:
            return
        self._jobs.stop_questions(AskWhatIf)
        self._asked, self.failed = moved or None, None
        self.coming.clear()
        if not moved:
            self.answer = None
            self.changed.emit()
            return
        state, scenario = about = self._about
        self.busy = True

        def answered(answer: WhatIfAnswer) -> None:
            self.busy = False
            if self._about == about:
                self.answer = answer
            self.changed.emit()

        task = AskWhatIf(moved, scenario or None)
        self._jobs.run(Job(task, answered, self._fail, state, self._stopped, self._progressed))
        self.changed.emit()

    def ask_course(self, lever: str, moved: AskedEdits) -> None:
        """Ask what a lever does from one end of its slider to the other, beside other moves."""
        about = self._about
        if self.begun is None or about is None:
            return
        self._stop_sweeping()
        self.sweeping, self.failed = (lever, moved), None

        def done(found: ShownSweep) -> None:
            self.sweeping = self.part = None
            if self._about == about:
                self.sweep = found
            self.changed.emit()

        def failed(failure: Failed) -> None:
            self.sweeping = self.part = None
            self.failed = failure
            self.changed.emit()

        def at(progress: Progress) -> None:
            if isinstance(progress, CountedProgress):
                self.part = (progress.number, progress.count)
            self.changed.emit()

        task = SweepLever(lever, moved, about[1] or None)
        self._jobs.run(Job(task, done, failed, about[0], progressed=at))
        self.changed.emit()

    def _stop_sweeping(self) -> None:
        if self.sweeping is not None:
            self.sweeping = self.part = None
            self._jobs.stop_questions(SweepLever)

    def told(self) -> Message | None:
        """Return why the last question has no answer, if it has none."""
        if self.failed is None:
            return None
        first = next(iter(self.failed.findings), None)
        return self.failed.told if first is None else first.what

    def _progressed(self, progress: Progress) -> None:
        level, value, begun = progress.level, progress.value, self.begun
        if begun is None:
            self.step = f"level.{level}" if level else progress.step
            self.changed.emit()
        if level is None or value is None:
            return
        if begun is not None and level in begun.levels:
            self.coming[level] = replace(begun.levels[level], value=value)
        self.settled.emit(level)

    def _fail(self, failed: Failed) -> None:
        self.busy, self.failed = False, failed
        self.changed.emit()

    def _stopped(self) -> None:
        self.busy = False
        self.changed.emit()

    def _forget(self) -> None:
        self._stop_sweeping()
        self.begun = self.answer = self._about = self.failed = self.sweep = None
        self._asked = None

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self._forget()
        self.changed.emit()
