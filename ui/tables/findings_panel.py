"""The findings about a table: how many there are, and a line for each that leads to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.core.errors import Finding, Severity
from planner.input.alike import alike, as_one
from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.widgets import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.words import Words


ROOM = 16_777_215  # pixels: as high as Qt allows


class FindingsPanel(QWidget):
    """Lists findings; a double click or Enter leads to the cell, again to the next alike."""

    chosen = Signal(object)  # a Finding

    def __init__(self, words: Words) -> None:
        """Begin without findings."""
        super().__init__()
        self._words = words
        self._found: tuple[tuple[Finding, ...], ...] = ()
        self._led: tuple[int, int] | None = None  # the line and which of its cells
        self._title = heading(1.1)
        self.model = ResultModel(
            [
                ShownColumn("cell"),
                ShownColumn("severity"),
                ShownColumn("what"),
                ShownColumn("todo"),
            ],
            words,
        )
        self.table = ResultGrid(self.model)
        self.table.setMinimumHeight(self.fontMetrics().height() * 6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.addWidget(self._title)
        box.addWidget(self.table, 1)
        self.table.activated.connect(self._follow)  # a double click activates as well

    def show_findings(self, found: Sequence[Finding]) -> None:
        """List these, alike ones of a column as one, and say how many there are."""
        self._found, self._led = alike(found), None
        told = [as_one(each) for each in self._found]
        severities = {each: each.label for each in Severity}
        self.model.show(
            [
                (
                    f"{each.sheet}!{each.cell}" if each.cell else each.sheet,
                    severities[each.severity],
                    each.what,
                    each.todo,
                )
                for each in told
            ]
        )
        # Without any there is nothing to list, and the table above has the room.
        self.table.setVisible(bool(found))
        self.setMaximumHeight(ROOM if found else self._title.sizeHint().height() + 8)
        errors = sum(each.severity is Severity.ERROR for each in told)
        said = self._words.say("tables.findings", errors=errors, remarks=len(told) - errors)
        self._title.setText(said if self._found else self._words.say("tables.no_findings"))
        self.table.setAccessibleName(self._words.say("tables.findings_name"))
        self.table.setVisible(bool(self._found))

    def _follow(self, index: QModelIndex) -> None:
        if index.isValid():
            line = index.row()
            before = self._led[1] if self._led is not None and self._led[0] == line else -1
            self._led = line, (before + 1) % len(self._found[line])
            self.chosen.emit(self._found[line][self._led[1]])
