"""In which scenario a change goes: the one that is planned, or a new one that begins as it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from ui.still import StillChoice
from ui.widgets import plain_label, row

if TYPE_CHECKING:
    from ui.scenarios.work import ScenarioWork
    from ui.words import Words


CURRENT, NEW = range(2)
LONGEST = 60  # characters of a name that are shown
SHOWN = 32  # characters of a choice that are shown without unfolding the list


class ScenarioTarget(QWidget):
    """Chooses where a change goes."""

    changed = Signal()

    def __init__(self, work: ScenarioWork, words: Words) -> None:
        """Begin with the scenario that is planned."""
        super().__init__()
        self._work = work
        self._words = words
        self._title = plain_label()
        self.where = StillChoice()
        self.where.addItems(["", ""])
        self.name = QLineEdit()
        self.name.setMaximumWidth(self.fontMetrics().averageCharWidth() * 60)
        self.where.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.where.setMinimumContentsLength(SHOWN)
        self._fault = plain_label()
        self._fault.setProperty("role", "error")
        self._title.setBuddy(self.where)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for each in (self._title, row(self.where), self.name, self._fault):
            box.addWidget(each)
        self.where.currentIndexChanged.connect(self._judge)
        self.name.textChanged.connect(self._judge)
        words.changed.connect(self.refresh)
        self.refresh()

    @property
    def is_new(self) -> bool:
        """Whether a new scenario is to be made."""
        return self.where.currentIndex() == NEW

    @property
    def target(self) -> str:
        """The name of the scenario; empty while a new one has none that will do."""
        if not self.is_new:
            return self._work.current
        name = self.name.text()
        return "" if self._work.name_fault(name) is not None else name

    def done(self) -> None:
        """Go on with the scenario that is planned now."""
        self.name.clear()
        self.where.setCurrentIndex(CURRENT)
        self.refresh()

    def refresh(self) -> None:
        """Say again which scenario is planned, and whether a name will do."""
        self._title.setText(self._words.say("target.title"))
        name = _short(self._words.called(self._work.current))
        self.where.setItemText(CURRENT, self._words.say("target.current", name=name))
        self.where.setItemText(NEW, self._words.say("target.fresh"))
        self.where.setAccessibleName(self._words.say("target.title"))
        self.name.setPlaceholderText(self._words.say("target.name"))
        self.name.setAccessibleName(self._words.say("target.name"))
        for each in (self.where, self.name):
            each.setEnabled(self._work.can_edit)
        self._judge()

    def _judge(self) -> None:
        fault = self._work.name_fault(self.name.text()) if self.is_new else None
        self.name.setVisible(self.is_new)
        typed = bool(self.name.text().strip())
        self._fault.setText(self._words.tell(fault) if fault is not None and typed else "")
        self._fault.setVisible(bool(self._fault.text()))
        self.changed.emit()


def _short(name: str) -> str:
    """Return a name that fits on a line."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
