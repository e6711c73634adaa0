"""Calculating: which scenario, how far it has come in words, and how it ended."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.sheets.result_tables import LevelName
from ui.results.model import catalogued, label
from ui.session import Change
from ui.view import View
from ui.widgets import Notice, button, heading, muted, plain_label, row, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.api import Progress
    from planner.core.texts import Message
    from ui.jobs import Jobs
    from ui.settings import Settings
    from ui.view import Context

TICK_MS = 200
MOST_MINUTES = 24 * 60
DIGITS = 5  # of a time in seconds, so that what is said stands in one line below the other
FIGURE_SPACE = "\u2007"  # as wide as a digit
SHARES = ("shared", "provinces_worst")  # levels that are shown in percents
NOTHING = 1e-6  # below this a level's value is the solver's rounding


@dataclass(frozen=True)
class Heard:
    """What was told of the progress, and when: seconds since the start."""

    elapsed_s: float
    progress: Progress


class CalculateView(View):
    """Starts a calculation, tells how it goes, and says how it ended."""

    how_chosen = Signal(bool, object)  # whether locations stay whole, seconds at most or None

    def __init__(
        self,
        context: Context,
        jobs: Jobs,
        calls: tuple[Callable[[], None], Callable[[], None], Callable[[], None]],
    ) -> None:
        """Show the page; `calls` are what to do to calculate, to cancel, and to see the result."""
        super().__init__(context)
        self._jobs = jobs
        calculate, cancel, see = calls
        self._title = heading()
        self._lead = muted()
        self._scenario_label = plain_label()
        self._scenario = QComboBox()
        self._scenario_label.setBuddy(self._scenario)
        self.start = button(calculate, main=True)
        self.stop = button(cancel)
        self._see = button(see)
        self.whole = QCheckBox()
        self.limit = QSpinBox()
        self.limit.setRange(0, MOST_MINUTES)
        self._limit_label = plain_label()
        self._limit_label.setBuddy(self.limit)
        self._blocked = Notice("error")
        self._bar = QProgressBar()
        self._elapsed = plain_label()
        self.best = plain_label()
        self.best.setWordWrap(True)
        self._steps = QPlainTextEdit()
        self._ended = Notice()
        self._notes = muted()
        self._told: list[Heard] = []
        self._outcome: tuple[str, Message] | None = None
        self._since = 0.0
        self._settings: Settings | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._lay_out()
        self._tick.timeout.connect(self._show_elapsed)
        self._scenario.activated.connect(self._choose)
        self.whole.toggled.connect(self._take_how)
        self.limit.valueChanged.connect(self._take_how)
        self._session.changed.connect(self.take)
        jobs.changed.connect(self._show_running)
        jobs.progressed.connect(self._hear)
        self.follow()

    def take(self, changes: frozenset[Change]) -> None:
        """Show what changed in the session."""
        if changes & {Change.BOOK, Change.FINDINGS, Change.SCENARIO}:
            self._show_scenarios()
        if Change.BOOK in changes:
            self._told.clear()
            self._show_told()
            self._outcome = None
        self._show_running()
        self._show_ending()

    def recall(self, settings: Settings) -> None:
        """Choose how to calculate as it was chosen last, and keep what is chosen from now on."""
        self.whole.setChecked(settings.whole)
        self.limit.setValue(settings.minutes)
        self._settings = settings

    def end(self, kind: str, told: Message) -> None:
        """Say how a calculation ended: `good`, a `remark`, or an `error` where there is no plan."""
        self._outcome = (kind, told)
        self._show_running()
        self._show_ending()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("calculate.title"))
        self._lead.setText(self._words.say("calculate.lead"))
        self._scenario_label.setText(self._words.say("calculate.scenario"))
        self.start.setText(self._words.say("calculate.start"))
        self.stop.setText(self._words.say("calculate.cancel"))
        self._see.setText(self._words.say("calculate.see"))
        self._steps.setAccessibleName(self._words.say("calculate.steps"))
        self._bar.setAccessibleName(self._words.say("calculate.bar"))
        self.whole.setText(self._words.say("calculate.whole"))
        self.whole.setToolTip(self._words.say("calculate.whole.meaning"))
        self._limit_label.setText(self._words.say("calculate.limit"))
        self.limit.setSpecialValueText(self._words.say("calculate.limit.none"))
        self.limit.setSuffix(self._words.say("calculate.limit.minutes"))
        self.limit.setToolTip(self._words.say("calculate.limit.meaning"))
        self._show_told()
        self._show_scenarios()
        self._show_running()
        self._show_ending()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setMaximumWidth(self.fontMetrics().averageCharWidth() * 120)
        box = QVBoxLayout(page)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(10)
        self._scenario.setMinimumWidth(self.fontMetrics().averageCharWidth() * 24)
        self._steps.setReadOnly(True)
        self._steps.setTabChangesFocus(True)
        self._steps.setMinimumHeight(self.fontMetrics().height() * 9)
        self._bar.setTextVisible(False)
        for each in (
            self._title,
            self._lead,
            self._blocked,
            row(self._scenario_label, self._scenario, self.start, self.stop),
            row(self.whole, self._limit_label, self.limit),
            self._bar,
            self._elapsed,
            self.best,
            self._steps,
            self._ended,
            self._notes,
            row(self._see),
        ):
            box.addWidget(each)
        box.setStretchFactor(self._steps, 3)
        box.addStretch(1)
        self.setFocusProxy(self.start)
        self.hold(scrolling(page))

    def _show_scenarios(self) -> None:
        names = self._session.checked.scenarios
        self._scenario.clear()
        for name in names:
            self._scenario.addItem(self._words.called(name), name)
        chosen = self._session.scenario or ("middle" if "middle" in names else "")
        self._scenario.setCurrentIndex(max(self._scenario.findData(chosen), 0))
        several = len(names) > 1
        self._scenario.setVisible(several)
        self._scenario_label.setVisible(several)

    def _choose(self, at: int) -> None:
        self._session.choose_scenario(str(self._scenario.itemData(at)))

    def _hear(self, progress: Progress) -> None:
        """Add what was told, once for each step."""
        heard = Heard(max(time.monotonic() - self._since, 0.0), progress)
        if self._told and progress.value is not None:
            # What was being settled is settled now: the line of the wish gives way to the outcome.
            self._told.pop()
        self._told.append(heard)
        self._show_told()
        self._steps.moveCursor(QTextCursor.MoveOperation.End)

    def _show_told(self) -> None:
        """Show every step, and apart from them the best plan so far in what is settled of it."""
        self._steps.setPlainText("\n".join(self._line(each) for each in self._told))
        settled = {
            each.progress.level: each.progress.value
            for each in self._told
            if each.progress.level is not None and each.progress.value is not None
        }
        said = [self._settled(level, value) for level, value in settled.items()]
        key = "calculate.best" if said else "calculate.best.none"
        best = " · ".join(said)
        self.best.setText(self._words.say(key, count=len(said), all=len(LevelName), best=best))

    def _take_how(self) -> None:
        minutes = self.limit.value()
        if self._settings is not None:
            self._settings.whole, self._settings.minutes = self.whole.isChecked(), minutes
        self.how_chosen.emit(self.whole.isChecked(), minutes * 60.0 if minutes else None)

    def _line(self, heard: Heard) -> str:
        """Return one line of progress: when, and what has been settled."""
        progress = heard.progress
        level = self._words.title(label(LevelName, progress.level or ""))
        said = catalogued(self._words, "step")(progress.step)
        if progress.level is not None and progress.value is None:
            said = self._words.say("settling", level=level)
        elif progress.level is not None:
            said = self._settled(progress.level, progress.value or 0.0)
        elapsed = self._words.number(heard.elapsed_s, 1).rjust(DIGITS, FIGURE_SPACE)
        return self._words.say("calculate.line", elapsed=elapsed, said=said)

    def _settled(self, level: str, value: float) -> str:
        """Return what a level came to; nothing short is said as such."""
        if abs(value) < NOTHING:
            return catalogued(self._words, "settled_none")(level)
        key = f"settled.{level}"
        shown = self._words.number(value * 100 if level in SHARES else value)
        return self._words.say(key, value=shown)

    def _show_running(self) -> None:
        running = self._jobs.calculating
        if running is not None and not self._tick.isActive():
            self._since = running.since
            self._told.clear()
            self._show_told()
            self._outcome = None  # how an earlier one ended says nothing of this one
            self._show_ending()
            self._tick.start()
        if running is None:
            self._tick.stop()
        errors = self._session.checked.errors
        if running is not None:
            self._swap(self.start, self.stop, able=False)
        else:
            self._swap(self.stop, self.start, able=self._session.is_open and not errors)
        for each in (self._scenario, self.whole, self.limit):
            each.setEnabled(running is None)
        self.best.setVisible(running is not None)
        self._bar.setRange(0, 0 if running is not None else 1)
        self._bar.setVisible(running is not None)
        self._elapsed.setVisible(running is not None)
        self._steps.setVisible(running is not None or bool(self._told))
        self._blocked.say(self._words.say("calculate.blocked", count=errors) if errors else "")
        self._show_elapsed()

    def _swap(self, was: QPushButton, now: QPushButton, *, able: bool) -> None:
        """Offer to start or to stop; the keyboard stays on what can be pressed."""
        if now is self.stop:
            self.stop.show()
        elif able:
            self.start.setEnabled(True)
        if was.hasFocus() or (now is self.stop and self._scenario.hasFocus()):
            now.setFocus(Qt.FocusReason.OtherFocusReason)
        self.start.setEnabled(able)
        self.stop.setVisible(now is self.stop)

    def _show_elapsed(self) -> None:
        if self._jobs.calculating is None:
            self._elapsed.setText("")
            return
        passed = max(time.monotonic() - self._since, 0.0)
        self._elapsed.setText(
            self._words.say("calculate.elapsed", seconds=self._words.number(passed, 0))
        )

    def _show_ending(self) -> None:
        """Say how the last calculation ended, in words that claim no more than is so."""
        plans = self._session.plans
        self._see.setVisible(bool(plans))
        if self._outcome is None or self._jobs.calculating is not None:
            self._ended.say("")
            self._notes.hide()
            return
        kind, told = self._outcome
        self._ended.be(kind)
        self._ended.say(self._words.tell(told))
        notes = plans[0].plan.notes if plans and kind != "error" else ()
        self._notes.setText("\n".join(self._words.tell(note) for note in notes))
        self._notes.setVisible(bool(notes))
