"""How to calculate: the panel below the button that calculates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
)

from ui.session import Change
from ui.still import StillChoice, StillNumber
from ui.view import View
from ui.widgets import button, heading, muted, plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from ui.jobs import Jobs
    from ui.settings import Settings
    from ui.view import Context

MOST_MINUTES = 24 * 60
INDENT = 26  # pixels


class CalculationOptions(View):
    """Which scenario, whole locations or shares, for how long, and whether by itself."""

    how_chosen = Signal(bool, object)  # whether locations stay whole, seconds at most or None
    at_once_chosen = Signal(bool)  # whether to calculate again by itself after an edit
    levels_wanted = Signal()  # the order of the priorities is asked for
    changed = Signal()  # something else is chosen

    def __init__(self, context: Context, jobs: Jobs, settings: Settings) -> None:
        """Choose as it was chosen last, and keep what is chosen from now on."""
        super().__init__(context)
        self._jobs = jobs
        self._place: QWidget = self
        self._settings = settings
        self.setWindowFlags(Qt.WindowType.Popup)
        self._title = heading(1.15)
        self._scenario_label = plain_label()
        self.scenario = StillChoice()
        self._scenario_label.setBuddy(self.scenario)
        self.whole = QCheckBox()
        self._whole_meaning = muted()
        self._limit_label = plain_label()
        self.limit = StillNumber()
        self.limit.setRange(0, MOST_MINUTES)
        self._limit_label.setBuddy(self.limit)
        self.at_once = QCheckBox()
        self._at_once_meaning = muted()
        self.levels = button(self._ask_levels)
        self._done = button(self.hide, main=True)
        self._lay_out()
        self.recall(settings)
        self.scenario.activated.connect(self._choose)
        self.whole.toggled.connect(self._take_how)
        self.limit.valueChanged.connect(self._take_how)
        self.at_once.toggled.connect(self._take_at_once)
        self._session.changed.connect(self._take)
        jobs.changed.connect(self._show_able)
        self.follow()

    def recall(self, settings: Settings) -> None:
        """Choose how to calculate as it was chosen last."""
        self.whole.setChecked(settings.whole)
        self.limit.setValue(settings.minutes)
        self.at_once.setChecked(settings.at_once)

    def tell(self) -> None:
        """Tell what is chosen, to whoever did not hear it being chosen."""
        minutes = self.limit.value()
        self.how_chosen.emit(self.whole.isChecked(), minutes * 60.0 if minutes else None)
        self.at_once_chosen.emit(self.at_once.isChecked())

    @property
    def said(self) -> str:
        """What is chosen, in a line."""
        minutes = self.limit.value()
        parts = []
        if self.scenario.count() > 1:
            parts.append(f"{self._words.say('calculate.scenario')}: {self.scenario.currentText()}")
        parts.append(
            self._words.say("calculate.whole" if self.whole.isChecked() else "calculate.shares")
        )
        if minutes:
            parts.append(self._words.say("calculate.said_limit", minutes=minutes))
        if self.at_once.isChecked():
            parts.append(self._words.say("calculate.at_once"))
        return " · ".join(parts)

    def stand_below(self, place: QWidget) -> None:
        """Belong to a button and its window, whose look it has."""
        self._place = place
        self.setParent(place.window(), self.windowFlags())

    def show_below(self) -> None:
        """Show the panel below its button, within the screen."""
        place = self._place
        width = self.fontMetrics().averageCharWidth() * 64
        self.setFixedSize(width, self.heightForWidth(width))
        corner = place.mapToGlobal(QPoint(place.width() - self.width(), place.height() + 2))
        screen = place.screen().availableGeometry()
        corner.setX(max(min(corner.x(), screen.right() - self.width()), screen.left()))
        self.move(corner)
        self.show()
        first = self.scenario if self.scenario.isVisible() else self.whole
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.hide()
        else:
            super().keyPressEvent(event)

    def reword(self) -> None:
        self.setAccessibleName(self._words.say("calculate.options"))
        self._title.setText(self._words.say("calculate.options"))
        self._scenario_label.setText(self._words.say("calculate.scenario"))
        self.whole.setText(self._words.say("calculate.whole"))
        self._whole_meaning.setText(self._words.say("calculate.whole.meaning"))
        self._limit_label.setText(self._words.say("calculate.limit"))
        self.limit.setSpecialValueText(self._words.say("calculate.limit.none"))
        self.limit.setSuffix(self._words.say("calculate.limit.minutes"))
        self.limit.setToolTip(self._words.say("calculate.limit.meaning"))
        self.limit.setAccessibleDescription(self._words.say("calculate.limit.meaning"))
        self.at_once.setText(self._words.say("calculate.at_once"))
        self._at_once_meaning.setText(self._words.say("calculate.at_once.meaning"))
        self.levels.setText(self._words.say("calculate.levels"))
        self._done.setText(self._words.say("calculate.done"))
        self._show_scenarios()
        self._show_able()

    def _lay_out(self) -> None:
        frame = QFrame()
        frame.setProperty("card", "true")
        box = QVBoxLayout(frame)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(6)
        fields = QGridLayout()
        fields.setHorizontalSpacing(12)
        fields.setColumnStretch(1, 1)
        for at, (named, field) in enumerate(
            ((self._scenario_label, self.scenario), (self._limit_label, self.limit))
        ):
            fields.addWidget(named, at, 0)
            fields.addWidget(field, at, 1)
        box.addWidget(self._title)
        box.addLayout(fields)
        box.addSpacing(4)
        for part in (self.whole, self._whole_meaning, self.at_once, self._at_once_meaning):
            box.addWidget(part)
            if isinstance(part, QLabel):
                part.setIndent(INDENT)  # below the words of its box
        box.addSpacing(6)
        last = QHBoxLayout()
        last.addWidget(self.levels)
        last.addStretch(1)
        last.addWidget(self._done)
        box.addLayout(last)
        self.hold(frame)

    def _take(self, changes: frozenset[Change]) -> None:
        if changes & {Change.BOOK, Change.FINDINGS, Change.SCENARIO}:
            self._show_scenarios()

    def _show_scenarios(self) -> None:
        names = self._session.checked.scenarios
        self.scenario.clear()
        for name in names:
            self.scenario.addItem(self._words.called(name), name)
        chosen = self._session.scenario or ("middle" if "middle" in names else "")
        self.scenario.setCurrentIndex(max(self.scenario.findData(chosen), 0))
        for each in (self.scenario, self._scenario_label):
            each.setVisible(len(names) > 1)
        self.changed.emit()

    def _show_able(self) -> None:
        """Let nothing be changed of a calculation that goes on."""
        for each in (self.scenario, self.whole, self.limit):
            each.setEnabled(self._jobs.calculating is None)

    def _choose(self, at: int) -> None:
        self._session.choose_scenario(str(self.scenario.itemData(at)))

    def _take_how(self) -> None:
        self._settings.whole = self.whole.isChecked()
        self._settings.minutes = self.limit.value()
        self.tell()
        self.changed.emit()

    def _take_at_once(self) -> None:
        self._settings.at_once = self.at_once.isChecked()
        self.tell()
        self.changed.emit()

    def _ask_levels(self) -> None:
        self.hide()
        self.levels_wanted.emit()
