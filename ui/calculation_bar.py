"""The bar that tells how a calculation goes and how it ended, above whatever page is in view."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
)

from planner.jobs.requests import CalculatePlan
from planner.result.main_figures import headline
from planner.sheets.result_tables import LevelName
from ui.calculation_steps import LOW, CalculationSteps
from ui.results.model import catalogued, label
from ui.session import Change
from ui.view import View
from ui.widgets import Notice, button, plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.api import Progress
    from planner.core.texts import Message
    from ui.jobs import Jobs
    from ui.view import Context

TICK_MS = 250
BLOCKED = "window.bar.blocked"  # errors in the input are in the way of a plan
AFTER = 3  # steps that follow the levels: tables, explanation, verification
STEPS_AFTER = {"tables": 1, "explain": 2, "verify": 3}


class CalculationBar(View):
    """How far the calculation is in words, what is known already, and how it ended."""

    stopped = Signal()
    wanted = Signal()  # the answer is asked for
    left = Signal()  # what the keyboard is in goes

    def __init__(self, context: Context, jobs: Jobs) -> None:
        """Show nothing until something is calculated."""
        super().__init__(context)
        self._jobs = jobs
        self._settled: dict[str, float] = {}
        self._step = ""
        self._level = ""
        self._settled_last = False  # what was told last is of a level that is settled
        self._stopping = False
        self._outcome: tuple[str, Message] | None = None
        self._held = False  # the keyboard was in what goes with the calculation: it is kept near
        self._answer: QWidget | None = None
        self._frame = QFrame()
        self._frame.setProperty("band", "true")
        self._line = plain_label()
        self._line.setWordWrap(True)
        self._known = plain_label()
        self._known.setWordWrap(True)
        self._known.setProperty("role", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setRange(0, len(LevelName) + AFTER)
        self.steps = CalculationSteps(context, jobs)
        self.steps.hide()
        self.more = button(self._turn)
        self.more.setProperty("link", "true")
        self.stop = button(self._stop)
        self.see = button(self.wanted.emit, main=True)
        self.ended = Notice()
        self._see_ended = self.ended.add_button(self.wanted.emit)
        self._close = self.ended.add_button(self.dismiss)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show)
        self._lay_out()
        jobs.changed.connect(self._take_jobs)
        jobs.progressed.connect(self._hear)
        self._session.changed.connect(self._take)
        self._session.coming.changed.connect(self._show)
        self.follow()

    def end(self, kind: str, told: Message) -> None:
        """Say how a calculation ended: `good`, a `remark`, or an `error` where there is no plan."""
        self._outcome = (kind, told)
        self._show()

    def dismiss(self) -> None:
        """Say nothing any more of how it ended."""
        at = QApplication.focusWidget()
        if at is not None and self.isAncestorOf(at):
            self.left.emit()
        self._outcome = None
        self._show()

    def leave(self) -> None:
        """Say nothing any more of a calculation that went well, once the user has gone on."""
        if self._outcome is not None and self._outcome[0] != "error":
            self.dismiss()

    def stand_above(self, answer: QWidget) -> None:
        """Leave it to the answer to say what is known already, where that is in view."""
        self._answer = answer

    @property
    def said(self) -> str:
        """What is said of the calculation that goes on."""
        return self._line.text()

    def reword(self) -> None:
        self.progress.setAccessibleName(self._words.say("calculate.bar"))
        self._show()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(5)
        words.addWidget(self._line)
        words.addWidget(self.progress)
        words.addWidget(self._known)
        words.addWidget(self.steps)
        box = QHBoxLayout(self._frame)
        box.setContentsMargins(16, 6, 16, 6)
        box.setSpacing(10)
        box.addLayout(words, 1)
        box.addWidget(self.more)
        box.addWidget(self.see)
        box.addWidget(self.stop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._frame)
        around = QHBoxLayout()
        around.setContentsMargins(12, 8, 12, 0)
        around.addWidget(self.ended)
        whole.addLayout(around)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _turn(self) -> None:
        """Show each step, or no longer."""
        self.steps.setVisible(self.steps.isHidden())
        self._show()

    def _stop(self) -> None:
        self._stopping = True
        self.stopped.emit()
        self._show()

    def _take_jobs(self) -> None:
        running = self._jobs.calculating
        if running is not None and not self._tick.isActive():
            self._settled.clear()
            self._step = self._level = ""
            self._stopping = self._settled_last = False
            self._outcome = None
            self.steps.begin()
            self._tick.start()
        elif running is None and self._tick.isActive():
            self._tick.stop()
        self._show()

    def _hear(self, progress: Progress) -> None:
        self._step = progress.step
        self._level = progress.level or ""
        self._settled_last = progress.level in self._settled or progress.value is not None
        if progress.level is not None and progress.value is not None:
            self._settled[progress.level] = progress.value
        self._show()

    def _take(self, changes: frozenset[Change]) -> None:
        told = None if self._outcome is None else self._outcome[1]
        blocked = told is not None and told.key == BLOCKED
        if Change.BOOK in changes or (blocked and not self._session.checked.errors):
            self._outcome = None
        if changes & {Change.BOOK, Change.PLAN, Change.CELLS, Change.FINDINGS}:
            self._show()

    def _show(self) -> None:
        running = self._jobs.calculating
        at = QApplication.focusWidget()
        if at is not None and self._frame.isAncestorOf(at):
            self._held = True
        self._frame.setVisible(running is not None)
        if running is not None:
            self._show_running(time.monotonic() - running.since)
        self._show_ending(going=running is not None)
        self.setVisible(running is not None or self._outcome is not None)
        if self._held and running is None and self._outcome is not None:
            self._held = False
            (self._close if self._see_ended.isHidden() else self._see_ended).setFocus()

    def _show_running(self, seconds: float) -> None:
        # Levels that no rule of the plan counts at are settled without being told of.
        after = self._step in STEPS_AFTER
        count = len(LevelName) if after else len(self._settled)
        done = count + STEPS_AFTER[self._step] if after else count
        self.progress.setValue(done)
        self._line.setText(
            self._words.say(
                "bar.running",
                count=count,
                all=len(LevelName),
                doing=self._doing(),
                seconds=self._words.number(max(seconds, 0.0)),
            )
        )
        early = self._session.coming.figures
        known = "" if early is None else self._words.tell(headline(early))
        if known:
            known = self._words.say("bar.provisional", answer=known)
        elif self.steps.best:
            known = self._words.say("bar.settled", best=self.steps.best)
        self._known.setText(known)
        # In a low window the steps, which say the same, take its place.
        room = self.steps.isHidden() or self.window().height() > LOW
        # The answer itself says it too.
        there = early is not None and self._at_answer()
        self._known.setVisible(bool(known) and room and not there)
        self.see.setVisible(early is not None and not there)
        self.see.setText(self._words.say("bar.see_early"))
        self.more.setText(self._words.say("bar.more" if self.steps.isHidden() else "bar.less"))
        self.stop.setText(self._words.say("bar.stop_now" if self._stopping else "bar.stop"))

    def _at_answer(self) -> bool:
        return self._answer is not None and self._answer.isVisible()

    def _doing(self) -> str:
        """Return what is being done, in words."""
        if self._stopping:
            return self._words.say("bar.stopping")
        running = self._jobs.calculating
        task = None if running is None else running.job.task
        if self._settled_last and isinstance(task, CalculatePlan) and task.whole:
            return self._words.say("bar.whole")  # behind the last level, or at one again
        if self._level:
            level = self._words.title(label(LevelName, self._level))
            return self._words.say("settling", level=level)
        return catalogued(self._words, "step")(self._step) if self._step else ""

    def _show_ending(self, *, going: bool) -> None:
        """Say how the last calculation ended, in words that claim no more than is so."""
        if going or self._outcome is None:
            self.ended.say("")
            return
        kind, told = self._outcome
        said = self._words.tell(told)
        if kind != "error" and self._session.stale:
            kind, said = "remark", self._words.say("bar.stale")
        self.ended.be(kind)
        self.ended.say(said)
        self._see_ended.setText(self._words.say("calculate.see"))
        plan = kind != "error" and bool(self._session.plans)
        self._see_ended.setVisible(plan and not self._at_answer())
        self._close.setText(self._words.say("bar.dismiss"))
