"""A lever as a slider and a box with the number; what was there is marked and can be put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from planner.sheets.units import unit_title
from ui.still import StillDecimal, StillSlider
from ui.why_not import allow
from ui.widgets import muted, plain_label

if TYPE_CHECKING:
    from planner.whatif.shown import ShownLever
    from ui.words import Words


_BOX_CHARACTERS = 14


class LeverBox(QWidget):
    """One lever; `moved` is told while it is dragged too."""

    moved = Signal()
    asked = Signal(str)  # what this lever does from end to end; its key

    def __init__(self, lever: ShownLever, words: Words) -> None:
        """Show a lever at the value that it has in the book."""
        super().__init__()
        self.lever = lever
        self._words = words
        self._label, self._was = plain_label(), muted()
        self._label.setWordWrap(True)
        self.slider = StillSlider()
        self.slider.setRange(0, max(1, round((lever.highest - lever.lowest) / lever.step)))
        self.box = StillDecimal()
        self.box.setDecimals(_decimals(lever.step))
        self.box.setRange(lever.lowest, lever.highest)
        self.box.setSingleStep(lever.step)
        self.box.setKeyboardTracking(False)
        self.box.setGroupSeparatorShown(True)
        self.box.setFixedWidth(self.fontMetrics().averageCharWidth() * _BOX_CHARACTERS)
        self.back = QToolButton()
        self.back.setAutoRaise(True)
        self.back.clicked.connect(self.reset)
        self.course = QToolButton()
        self.course.setAutoRaise(True)
        self.course.clicked.connect(lambda: self.asked.emit(lever.key))
        self._label.setBuddy(self.box)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self._was, 0, 1, 1, 3)
        grid.addWidget(self.slider, 1, 0)
        grid.addWidget(self.box, 1, 1)
        grid.addWidget(self.back, 1, 2)
        grid.addWidget(self.course, 1, 3)
        grid.setColumnStretch(0, 1)
        self._show(lever.now)
        self.slider.valueChanged.connect(self._slid)
        self.box.valueChanged.connect(self._typed)
        words.changed.connect(self._reword)
        self._reword()

    @property
    def value(self) -> float | None:
        """The value it was moved to; none where it stands as in the book."""
        moved = abs(self.box.value() - self.lever.now) >= self.lever.step / 2
        return self.box.value() if moved else None

    def reset(self) -> None:
        """Put the lever back where it is in the book."""
        self._show(self.lever.now)
        self.moved.emit()

    def put(self, value: float) -> None:
        """Move the lever to a value, as if it had been typed."""
        self.box.setValue(value)

    def _slid(self, at: int) -> None:
        value = self.lever.lowest + at * self.lever.step
        # The step nearest to what is in the book is what is in the book.
        near = abs(value - self.lever.now) < self.lever.step / 2
        self.box.setValue(self.lever.now if near else value)

    def _typed(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((value - self.lever.lowest) / self.lever.step))
        self._mark()
        self.moved.emit()

    def _show(self, value: float) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.box):
            self.slider.setValue(round((value - self.lever.lowest) / self.lever.step))
            self.box.setValue(value)
        self._mark()

    def _mark(self) -> None:
        why = "" if self.value is not None else self._words.say("why_not.unchanged")
        allow(self.back, why)

    def _reword(self) -> None:
        title = self.lever.title.in_(self._words.language)
        self._label.setText(title)
        nation = {"nl": QLocale.Language.Dutch, "en": QLocale.Language.English}
        self.box.setLocale(QLocale(nation[self._words.language.value]))
        told = self.lever.unit not in {"", "share", "times"}
        unit = unit_title(self.lever.unit, self._words.language) if told else ""
        now = self.box.textFromValue(self.lever.now)
        self._was.setText(self._words.say("what_if.now", value=f"{now} {unit}".strip()))
        self.back.setText("↺")
        self.back.setToolTip(self._words.say("what_if.back_one", what=title))
        course = self._words.say("what_if.course", what=title)
        self.course.setText("∿")
        self.course.setToolTip(course)
        for each in (self.slider, self.box, self.back):
            each.setAccessibleName(title)
        self.back.setAccessibleName(self._words.say("what_if.back_one", what=title))
        self.course.setAccessibleName(course)


def _decimals(step: float) -> int:
    """Return how many decimals tell two steps apart."""
    return next(digits for digits in range(6) if round(step, digits) == step)
