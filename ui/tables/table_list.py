"""The list of tables: each with its number of rows, and a mark where something was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QListWidget, QPushButton

from planner.core.errors import Finding, Severity
from planner.files.guide import FIRST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.input.column import Table
    from ui.theme import Theme
    from ui.words import Words


def show_tables(
    shown: QListWidget,
    rows: Mapping[Table, int],
    findings: Sequence[Finding],
    *,
    words: Words,
    theme: Theme,
) -> None:
    """Word the lines of a list that has one for each table, in the order of `rows`."""
    for at, (table, count) in enumerate(rows.items()):
        found = [each for each in findings if each.table == table.key]
        errors = sum(each.severity is Severity.ERROR for each in found)
        item = shown.item(at)
        key = "tables.item_errors" if errors else "tables.item"
        title = words.title(table.title)
        item.setText(words.say(key, title=title, rows=count, count=errors))
        if errors:
            item.setIcon(theme.mark("error", theme.colours.error))
        elif found:
            item.setIcon(theme.mark("remark", theme.colours.remark))
        else:
            item.setIcon(theme.mark("template", theme.colours.muted))


# The tables that are listed always: those that a plan begins with, and its terms.
_ALWAYS = frozenset({*FIRST, "parameters", "groups", "scenarios"})


class MoreTables(QPushButton):
    """Below a list of tables: shows those that are empty and that a plan can do without."""

    def __init__(self, shown: QListWidget, words: Words) -> None:
        """Fold the lines of a list, which is worded elsewhere."""
        super().__init__()
        self._shown, self._words = shown, words
        self._rows: Mapping[Table, int] = {}
        self._found: frozenset[str] = frozenset()
        self._open = False
        self.setFlat(True)
        self.clicked.connect(self._turn)

    def fold(self, rows: Mapping[Table, int], findings: Sequence[Finding]) -> None:
        """Hide the lines of the tables that are empty, without a finding and not looked at."""
        self._rows = rows
        self._found = frozenset(each.table for each in findings if each.table)
        self.follow()

    def follow(self) -> None:
        """Hide and show the lines again, such as after another one was chosen."""
        empty = [
            at
            for at, (table, count) in enumerate(self._rows.items())
            if self._may_hide(table, count)
        ]
        for at in range(len(self._rows)):
            hidden = at in empty and not self._open and at != self._shown.currentRow()
            self._shown.setRowHidden(at, hidden)
        key = "tables.fewer" if self._open else "tables.more"
        self.setText(self._words.say(key, count=len(empty)))
        self.setToolTip(self._words.say("tables.more.tip"))
        self.setVisible(bool(empty))

    def _may_hide(self, table: Table, count: int) -> bool:
        return not count and table.key not in _ALWAYS and table.key not in self._found

    def _turn(self) -> None:
        self._open = not self._open
        self.follow()
