"""A question about one location's contract: not extended, ending earlier, opening later."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from planner.input.edit_lines import EditLine
from ui.still import StillChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.whatif.shown import ShownContract
    from ui.words import Words


_DAY = dt.timedelta(days=1)


class ContractQuestion(StrEnum):
    """What is asked of a contract."""

    NOT_EXTENDED = "not_extended"
    ENDS = "ends"
    OPENS = "opens"


class ContractBox(QWidget):
    """One question: a location, what becomes of its contract, and from which month."""

    moved = Signal()
    gone = Signal()

    def __init__(
        self, contracts: Sequence[ShownContract], months: Sequence[dt.date], words: Words
    ) -> None:
        """Ask nothing yet; the months are those of the plan."""
        super().__init__()
        self._contracts = tuple(contracts)
        self._months = tuple(months)
        self._words = words
        self.location, self.asked, self.month = StillChoice(), StillChoice(), StillChoice()
        self.location.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.location.setMinimumContentsLength(12)
        self.away = QToolButton()
        self.away.setAutoRaise(True)
        self.away.setText("✕")
        self.away.clicked.connect(self.gone)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for each in (self.location, self.asked, self.month):
            box.addWidget(each, 1)
        box.addWidget(self.away)
        for contract in self._contracts:
            self.location.addItem(f"{contract.location} {contract.name}")
        self.location.activated.connect(self._offer)
        self.asked.activated.connect(self._choose)
        self.month.activated.connect(self.moved)
        words.changed.connect(self._offer)
        self._offer()

    @property
    def _contract(self) -> ShownContract | None:
        at = self.location.currentIndex()
        return self._contracts[at] if at >= 0 else None

    @property
    def _asked(self) -> ContractQuestion | None:
        # Qt hands back the text of such a value, not the value.
        value = self.asked.currentData()
        return None if value is None else ContractQuestion(value)

    def lines(self) -> tuple[EditLine, ...]:
        """Return the edits that it asks about; an extension ends with what it extends."""
        contract, asked = self._contract, self._asked
        if contract is None or asked is None:
            return ()
        key, month = contract.location, self.month.currentData()
        if asked is ContractQuestion.NOT_EXTENDED:
            return (EditLine("locations", key, "extendable_until", None),)
        if asked is ContractQuestion.OPENS:
            return (EditLine("locations", key, "open_from", month.isoformat()),)
        ends = EditLine("locations", key, "open_until", (month - _DAY).isoformat())
        gone = EditLine("locations", key, "extendable_until", None)
        return (ends, gone) if contract.extendable else (ends,)

    def choose(self, location: str, asked: ContractQuestion) -> None:
        """Ask about a location as if it had been chosen from the lists."""
        keys = [each.location for each in self._contracts]
        self.location.setCurrentIndex(keys.index(location))
        self._offer()
        self.asked.setCurrentIndex(self.asked.findData(asked.value))
        self._choose()

    def _choose(self) -> None:
        self._months_needed()
        self.moved.emit()

    def _offer(self) -> None:
        contract, was = self._contract, self._asked
        self.asked.clear()
        self.asked.addItem(self._words.say("what_if.contract.none"), None)
        for each in ContractQuestion:
            fits = contract is not None and (
                contract.extendable if each is ContractQuestion.NOT_EXTENDED else True
            )
            if fits:
                self.asked.addItem(self._words.say(f"what_if.contract.{each.value}"), each.value)
        self.asked.setCurrentIndex(max(0, self.asked.findData(None if was is None else was.value)))
        at = max(0, self.month.currentIndex())
        self.month.clear()
        for month in self._months[1:]:
            self.month.addItem(self._words.month(month), month)
        self.month.setCurrentIndex(min(at, self.month.count() - 1))
        self._months_needed()
        for box, key in (
            (self.location, "what_if.contract.location"),
            (self.asked, "what_if.contract.asked"),
            (self.month, "what_if.contract.month"),
            (self.away, "what_if.contract.away"),
        ):
            box.setAccessibleName(self._words.say(key))
            box.setToolTip(self._words.say(key))

    def _months_needed(self) -> None:
        self.month.setVisible(self._asked in {ContractQuestion.ENDS, ContractQuestion.OPENS})
