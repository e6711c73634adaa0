"""The order of the levels of priority: what goes before what, and moving a level in a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.scenarios.target import ScenarioTarget
from ui.why_not import allow
from ui.widgets import button, heading, muted, row

if TYPE_CHECKING:
    from planner.result.rule_facts import LevelFacts, ParameterFacts
    from ui.scenarios.work import ScenarioWork
    from ui.words import Words

UP, DOWN = -1, 1
ROW = 1.7  # lines of text that a level takes


class LevelPanel(QWidget):
    """The levels in the order used; those that may move, move with two buttons."""

    def __init__(self, work: ScenarioWork, words: Words) -> None:
        """Show no levels yet."""
        super().__init__()
        self._work = work
        self._words = words
        self._levels: tuple[LevelFacts, ...] = ()
        self._title = heading(1.3)
        self._lead = muted()
        self.list = QListWidget()
        self.up = button(lambda: self.move_level(UP))
        self.down = button(lambda: self.move_level(DOWN))
        self.target = ScenarioTarget(work, words)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 0, 4, 0)
        box.setSpacing(8)
        for each in (self._title, self._lead, self.list, row(self.up, self.down), self.target):
            box.addWidget(each)
        box.addStretch(1)
        self.list.currentRowChanged.connect(self.enable)
        self.target.changed.connect(self.enable)

    def show_levels(self, levels: tuple[LevelFacts, ...]) -> None:
        """Show the levels in the order used."""
        self._levels = levels
        self.reword()

    def move_level(self, way: int) -> None:
        """Move the selected level before the one above, or after the one below."""
        order, at = self._order(), self._at()
        if at is None or not 0 <= at + way < len(order) or not self.target.target:
            return
        order[at], order[at + way] = order[at + way], order[at]
        # The places that the levels have now are given out again in the new order.
        places = sorted(_place(each) for each in order)
        if len(set(places)) < len(places):
            places = [place + step for step, place in enumerate(places)]
        values = [
            (each.name, place, each.input)
            for each, place in zip(order, places, strict=True)
            if place != each.value
        ]
        if self._work.set_values(self.target.target, values, new=self.target.is_new):
            self.target.done()

    def enable(self) -> None:
        """Let only be done what can be."""
        can = self._work.can_edit and bool(self.target.target)
        at, last = self._at(), len(self._order()) - 1
        why = "no_row" if at is None else "at_end" if can else "no_target"
        allow(
            self.up, "" if can and at is not None and at > 0 else self._words.say(f"why_not.{why}")
        )
        lower = can and at is not None and at < last
        allow(self.down, "" if lower else self._words.say(f"why_not.{why}"))

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("rules.levels"))
        self._lead.setText(self._words.say("rules.levels_lead"))
        self.up.setText(self._words.say("rules.up"))
        self.down.setText(self._words.say("rules.down"))
        self.list.setAccessibleName(self._words.say("rules.levels"))
        chosen = self.list.currentItem()
        name = None if chosen is None else chosen.data(Qt.ItemDataRole.UserRole)
        with QSignalBlocker(self.list):
            self.list.clear()
            for number, each in enumerate(self._levels, start=1):
                self.list.addItem(self._item(number, each))
                if each.name == name:
                    self.list.setCurrentRow(number - 1)
        height = self.fontMetrics().height() * ROW
        self.list.setFixedHeight(int(height) * max(len(self._levels), 1) + 8)
        self.target.refresh()
        self.enable()

    def _item(self, number: int, each: LevelFacts) -> QListWidgetItem:
        title = self._words.title(each.title)
        key = "rules.level_fixed" if each.order is None else "rules.level_moves"
        item = QListWidgetItem(self._words.say(key, number=number, title=title))
        item.setData(Qt.ItemDataRole.UserRole, each.name)
        item.setSizeHint(QSize(0, int(self.fontMetrics().height() * ROW)))
        return item

    def _order(self) -> list[ParameterFacts]:
        """Return what may move, in the order used; levels that move together stand once."""
        movable = {each.order.name: each.order for each in self._levels if each.order is not None}
        return list(movable.values())

    def _at(self) -> int | None:
        """Return the place of the selected level among those that may move."""
        row_number = self.list.currentRow()
        if not 0 <= row_number < len(self._levels):
            return None
        order = self._levels[row_number].order
        names = [each.name for each in self._order()]
        return None if order is None else names.index(order.name)


def _place(facts: ParameterFacts) -> float:
    return float(facts.value) if isinstance(facts.value, int | float) else 0.0
