"""Choosing one of the plans that are compared with the base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox

from ui.comparing.columns import names_of, tag
from ui.widgets import as_it_stands

if TYPE_CHECKING:
    from ui.comparing.work import ComparisonWork
    from ui.words import Words


class OtherPlan(QComboBox):
    """The plans beside the base, by their names cut short; a tip tells the whole name."""

    chosen = Signal()

    def __init__(self, work: ComparisonWork, words: Words) -> None:
        """Follow a comparison."""
        super().__init__()
        self._work = work
        self._words = words
        self.currentIndexChanged.connect(lambda _at: self.chosen.emit())
        work.compared.connect(self._offer)
        words.changed.connect(self._reword)
        self._offer()
        self._reword()

    @property
    def at(self) -> int:
        """The number of the chosen plan, from 1; 0 where there is no comparison."""
        return self.currentIndex() + 1

    def _offer(self) -> None:
        self._name()

    def _name(self, chosen: int = 0) -> None:
        """List the plans by their names, with the chosen one still chosen."""
        names = names_of(self._work.shown, self._words)
        with QSignalBlocker(self):
            self.clear()
            for at in range(1, len(names)):
                self.addItem(tag(names, at))
                self.setItemData(at - 1, as_it_stands(names[at]), Qt.ItemDataRole.ToolTipRole)
            if 0 <= chosen < self.count():
                self.setCurrentIndex(chosen)

    def _reword(self) -> None:
        self._name(self.currentIndex())
        self.setAccessibleName(self._words.say("comparison.other"))
