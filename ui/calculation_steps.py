"""The steps of a calculation in words: each with its time, and what is settled by it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from planner.sheets.result_tables import LevelName
from ui.results.model import catalogued, label
from ui.view import View

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from planner.api import Progress
    from ui.jobs import Jobs
    from ui.view import Context

LINES, FEWER, LOW = 7, 3, 500  # lines that are seen at once; fewer in a window so low, in pixels
DIGITS = 5  # of a time in seconds, so that what is said stands in one line below the other
FIGURE_SPACE = "\u2007"  # as wide as a digit
SHARES = ("shared", "provinces_worst")  # levels that are shown in percents
NOTHING = 1e-6  # below this a level's value is the solver's rounding


@dataclass(frozen=True)
class Heard:
    """What was told of the progress, and when: seconds since the start."""

    elapsed_s: float
    progress: Progress


class CalculationSteps(View):
    """A list that grows while it calculates; it stays until the next calculation."""

    def __init__(self, context: Context, jobs: Jobs) -> None:
        """Begin without a step."""
        super().__init__(context)
        self._jobs = jobs
        self._told: list[Heard] = []
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.hold(self.lines)
        jobs.progressed.connect(self._hear)
        self.follow()

    def begin(self) -> None:
        """Forget the steps of an earlier calculation."""
        self._told.clear()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        lines = LINES if self.window().height() > LOW else FEWER
        self.lines.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 12)
        super().showEvent(event)

    @property
    def best(self) -> str:
        """The best plan so far, in what is settled of it; empty where nothing is."""
        settled = {
            each.progress.level: each.progress.value
            for each in self._told
            if each.progress.level is not None and each.progress.value is not None
        }
        return " · ".join(self._settled(level, value) for level, value in settled.items())

    def reword(self) -> None:
        self.lines.setAccessibleName(self._words.say("calculate.steps"))
        self._show()

    def _hear(self, progress: Progress) -> None:
        """Add what was told, once for each step."""
        running = self._jobs.calculating
        since = time.monotonic() if running is None else running.since
        heard = Heard(max(time.monotonic() - since, 0.0), progress)
        if self._told and progress.value is not None:
            # What was being settled is settled now: the line of the wish gives way to the outcome.
            self._told.pop()
        self._told.append(heard)
        self._show()

    def _show(self) -> None:
        self.lines.setPlainText("\n".join(self._line(each) for each in self._told))
        self.lines.moveCursor(QTextCursor.MoveOperation.End)

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
