"""The band with the three steps, and the button that calculates, always in view."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from ui.state import State, Step
from ui.widgets import push_button

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QIcon, QResizeEvent

    from ui.history import History
    from ui.theme import Theme
    from ui.words import Words


ROOMY = 115  # characters: the width in which every button says what it is
STEPS = tuple(step for step in Step if step is not Step.START)


class StepStanding(NamedTuple):
    """How a step stands: its icon, its text `window.steps.<key>`, and how many errors there are."""

    icon: str
    key: str
    errors: int = 0


class StepBand(QFrame):
    """The steps in order; one that has nothing to show yet says why."""

    def __init__(
        self, words: Words, theme: Theme, go_to: Callable[[Step], None], history: History
    ) -> None:
        """Make the steps; `go_to` shows one, and `history` leads back to where one was."""
        super().__init__()
        self._words = words
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[Step, QPushButton] = {}
        self._marked: set[Step] = set()  # the steps that have an icon
        self.setProperty("band", "true")
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 0, 8, 0)
        box.setSpacing(0)
        self._history = history
        self.options = QToolButton()
        self.back = push_button()
        self.back.setProperty("back", "true")
        self.back.clicked.connect(history.back)
        box.addWidget(self.back)
        history.changed.connect(self._show_back)
        for step in STEPS:
            made = push_button()
            made.setProperty("step", "true")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, step=step: go_to(step))
            self._group.addButton(made)
            self._buttons[step] = made
            box.addWidget(made)
        box.addStretch(1)
        self.calculate = push_button()
        self.calculate.setProperty("main", "true")
        self.options.setProperty("band", "true")
        box.addWidget(self.calculate)
        box.addSpacing(4)
        box.addWidget(self.options)

    def show_state(self, current: Step, state: State, how: str) -> None:
        """Show which step is current, how each stands, and how is calculated."""
        self._show_back()
        self._show_calculating(state, how)
        self._group.setExclusive(False)
        for step, made in self._buttons.items():
            able = state.planned if step == Step.RESULTS else state.is_open
            name = self._words.say(f"step_{step}")
            made.setText(name)
            made.setEnabled(able)
            made.setChecked(step == current)
            standing = _standing(step, state) if able else None
            self._show_mark(step, standing)
            made.setToolTip(self._said(step, standing, name.split(maxsplit=1)[-1], able=able))
            made.setAccessibleDescription(made.toolTip())
        self._group.setExclusive(current != Step.START)

    def _show_calculating(self, state: State, how: str) -> None:
        """Show whether a plan can be calculated, and how."""
        tip = self._words.say("steps.need_book")
        if state.is_open:
            key = "band.calculate.running" if state.calculating else "band.calculate.ready"
            tip = self._words.say(key, how=how)
        self.calculate.setText(self._words.say("calculate.start"))
        self.calculate.setToolTip(tip)
        self.calculate.setAccessibleDescription(tip)
        self.calculate.setEnabled(state.is_open and not state.calculating)
        self._say_options()
        self.options.setToolTip(self._words.say("band.options.tip", how=how))
        self.options.setAccessibleName(self._words.say("calculate.options"))
        self.options.setEnabled(state.is_open)

    def _say_options(self) -> None:
        """Say what "back" and the options are, or show no more than where they lead."""
        roomy = self.width() >= ROOMY * self.fontMetrics().averageCharWidth()
        self.options.setText(self._words.say("band.options") if roomy else "▾")
        self.back.setText(self._words.say("band.back") if roomy else "←")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_options()

    def _show_back(self) -> None:
        """Say where "back" leads; without anywhere it cannot be pressed."""
        spot = self._history.before
        self.back.setAccessibleName(self._words.say("band.back"))
        self._say_options()
        self.back.setEnabled(spot is not None)
        where = self._words.say("why_not.no_back")
        if spot is not None:
            key = f"results.{spot.view}" if spot.step is Step.RESULTS else f"tab.{spot.view}"
            start = spot.step is Step.START
            step = self._words.say("band.start" if start else f"step_{spot.step}")
            parts = [step.split(maxsplit=1)[-1] if not start else step]
            parts += [self._words.say(key)] if spot.view else []
            where = self._words.say("band.back_to", where=" · ".join(parts))
        self.back.setToolTip(where)
        self.back.setAccessibleDescription(where)

    def hand_over(self, step: Step, page: QWidget | None, content: QWidget | None = None) -> None:
        """Have the keyboard on what is in view: the page, or else its step.

        `content` is what a page is about that is seen first: Qt gives the keyboard to its first
        field. Who walks the steps themselves stays there.
        """
        at = self.window().focusWidget()
        own = self._buttons.get(step)
        if page is None or own is None or at is own:
            return
        if content is not None:
            content.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if at is not None and page.isAncestorOf(at):
            return
        last = page.focusWidget()  # where the keyboard was when the page was left
        if last is not None and last.isVisible() and last.isEnabled():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        now = self.window().focusWidget()
        if now is None or not page.isAncestorOf(now):
            own.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_mark(self, step: Step, standing: StepStanding | None) -> None:
        """Show how a step stands by an icon; Qt's icons are loaded with the first."""
        if standing is not None:
            self._buttons[step].setIcon(self._mark(standing.icon))
            self._marked.add(step)
        elif step in self._marked:
            from PySide6.QtGui import QIcon  # noqa: PLC0415 - not needed to start

            self._buttons[step].setIcon(QIcon())
            self._marked.remove(step)

    def _mark(self, icon: str) -> QIcon:
        colours = self._theme.colours
        inks = {"good": colours.good, "error": colours.error, "remark": colours.remark}
        return self._theme.mark(icon, inks.get(icon, colours.accent))

    def _said(self, step: Step, standing: StepStanding | None, name: str, *, able: bool) -> str:
        if not able:
            return self._words.say("steps.need_plan" if step == Step.RESULTS else "steps.need_book")
        if standing is None:
            return self._words.say("steps.to_do", step=name)
        return self._words.say(f"steps.{standing.key}", step=name, count=standing.errors)


def _standing(step: Step, state: State) -> StepStanding | None:
    """Return how a step stands; nothing where it is not done yet."""
    if step <= Step.RULES:
        count = state.rule_errors if step == Step.RULES else state.errors - state.rule_errors
        return StepStanding("error", "errors", count) if count else StepStanding("good", "done")
    if state.calculating:
        return StepStanding("calculate", "running")
    if state.planned:
        return StepStanding("remark", "stale") if state.stale else StepStanding("good", "done")
    return None
