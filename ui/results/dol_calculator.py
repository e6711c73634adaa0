"""Claims times stay with two sliders: how many people are in DOL when that goes on for long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.core.texts import catalogue
from planner.forecast.cohorts.dol_size import DolSize
from planner.whatif.shown import ShownLever
from ui.whatif.lever_box import LeverBox
from ui.widgets import column, muted, plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from planner.forecast.cohorts.dol_size import DolSizing
    from ui.forecast.forecasts import Forecasts
    from ui.words import Words

LEVER_CHARACTERS = 60
MANY = 100.0  # claims, from which a tenth makes no difference
MOST = 3.0  # times today's claims, as far as the slider goes


class DolCalculator(QWidget):
    """Two levers and what they come to; a trial, which changes neither input nor plan.

    What stands in the input comes from the demand calculation, made while this is seen.
    """

    made = Signal()  # the levers are there, behind all that Tab went through before

    def __init__(self, words: Words) -> None:
        """Wait for `stand_on`; without a calculation there is nothing to move."""
        super().__init__()
        self._words = words
        self._forecasts: Forecasts | None = None
        self._sizing: DolSizing | None = None
        self.levers: tuple[LeverBox, ...] = ()
        self.result, self._about = plain_label(), muted()
        self.result.setProperty("role", "strong")
        for label in (self.result, self._about):
            label.setWordWrap(True)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(16)
        self._box.addWidget(column(self.result, self._about, spacing=2), 2)
        words.changed.connect(self._say)
        self._say()

    def stand_on(self, forecasts: Forecasts) -> None:
        """Take today's claims and stay from these demand calculations."""
        self._forecasts = forecasts
        forecasts.changed.connect(self._take)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._forecasts is not None:
            self._forecasts.watch(self, watched=True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._forecasts is not None:
            self._forecasts.watch(self, watched=False)

    @property
    def size_tried(self) -> DolSize | None:
        """The claims and the stay as the levers stand; none without a calculation."""
        if not self.levers:
            return None
        claims, stay = (each.box.value() for each in self.levers)
        return DolSize(claims, stay)

    def _take(self) -> None:
        """Make the levers anew, at what stands in the input."""
        made = None if self._forecasts is None else self._forecasts.shown
        for old in self.levers:
            self._box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.levers, self._sizing = (), None
        if made is not None:
            self._sizing = made.dol
            today, known = made.dol.today, catalogue()
            most = max(10.0, round(MOST * max(today.accepted, 1.0)))
            longest = max(made.dol.longest, today.stay)
            claims = ShownLever(
                "claims",
                known["window.dol_size.claims"],
                "",
                round(today.accepted, 1),
                0.0,
                most,
                0.1,
            )
            stay = ShownLever(
                "stay", known["window.dol_size.stay"], "", round(today.stay, 2), 0.0, longest, 0.01
            )
            self.levers = tuple(LeverBox(each, self._words) for each in (claims, stay))
            width = self.fontMetrics().averageCharWidth() * LEVER_CHARACTERS
            for at, lever in enumerate(self.levers):
                lever.course.hide()
                lever.setMaximumWidth(width)
                lever.moved.connect(self._say)
                self._box.insertWidget(at, lever, 1)
            self.made.emit()
        self._say()

    def _say(self) -> None:
        tried, sizing = self.size_tried, self._sizing
        if tried is None or sizing is None:
            self.result.setText(self._words.say("dol_size.making"))
            self._about.setText("")
            return
        number = self._words.number
        moved = any(each.value is not None for each in self.levers)
        size = tried if moved else sizing.today
        self.result.setText(
            self._words.say(
                "dol_size.sum_tried" if moved else "dol_size.sum_today",
                # Both factors as they stand in the boxes, so that the product can be checked.
                accepted=number(size.accepted, 0 if size.accepted >= MANY else 1),
                stay=number(size.stay, None),
                people=number(size.people),
            )
        )
        self._about.setText(self._against(size.people, sizing))

    def _against(self, people: float, sizing: DolSizing) -> str:
        """Say how people stand to the band of places, as far as one is set."""
        if sizing.low is None or sizing.high is None:
            return ""
        key = "below" if people < sizing.low else "above" if people > sizing.high else "within"
        return self._words.say(
            "dol_size.band",
            stands=self._words.say(f"dol_size.{key}"),
            low=self._words.number(sizing.low),
            high=self._words.number(sizing.high),
        )
