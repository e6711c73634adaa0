"""The band with the four steps, always in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.actions import State
    from ui.words import Words

STEPS = (1, 2, 3, 4)


class StepBand(QFrame):
    """The steps in order; one that has nothing to show yet says why."""

    def __init__(self, words: Words, go_to: Callable[[int], None]) -> None:
        """Make the steps; `go_to` shows one."""
        super().__init__()
        self._words = words
        self._group = QButtonGroup(self)
        self._buttons: dict[int, QPushButton] = {}
        self.setProperty("band", "true")
        box = QHBoxLayout(self)
        box.setContentsMargins(8, 0, 8, 0)
        box.setSpacing(0)
        for step in STEPS:
            made = QPushButton()
            made.setProperty("step", "true")
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, step=step: go_to(step))
            self._group.addButton(made)
            self._buttons[step] = made
            box.addWidget(made)
        box.addStretch(1)

    def show_state(self, current: int, state: State) -> None:
        """Show which step is current and which can be taken."""
        self._group.setExclusive(False)
        for step, made in self._buttons.items():
            able = state.planned if step == STEPS[-1] else state.is_open
            made.setText(self._words.say(f"step_{step}"))
            made.setEnabled(able)
            made.setChecked(step == current)
            reason = "steps.need_plan" if step == STEPS[-1] else "steps.need_book"
            made.setToolTip("" if able else self._words.say(reason))
            made.setAccessibleDescription(made.toolTip())
        self._group.setExclusive(current != 0)
