"""The levels that a trial changes: before, now and the difference, coloured by what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from planner.core.texts import say
from planner.sheets.units import figure_words
from ui.results.model import Index, ResultModel, Role, ShownColumn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.whatif.session import LevelChange
    from ui.theme import Theme
    from ui.words import Words

# Below this part of a level nothing has changed that anybody could read.
SAME = 1e-6
COLUMNS = ("level", "level_before", "level_now", "level_change", "unit")
CHANGE = COLUMNS.index("level_change")
NUMBERS = ("level_before", "level_now", "level_change")


class TrialLevelsModel(ResultModel):
    """A row for each level that changes. Less of any is better, unless one before it got worse."""

    def __init__(self, words: Words, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__([ShownColumn(name, None) for name in COLUMNS], words)
        self._theme = theme
        self._worth: list[str] = []
        theme.changed.connect(self.layoutChanged)

    def show_levels(self, levels: Mapping[str, LevelChange]) -> None:
        """Show the levels that differ, in the order in which they are settled."""
        language = self._words.language
        rows: list[tuple[object, ...]] = []
        worth: list[str] = []
        for name, each in levels.items():
            more = each.value - each.before
            if abs(more) <= SAME * max(1.0, abs(each.before)):
                continue
            before, _ = figure_words(each.before, each.unit, language)
            now, unit = figure_words(each.value, each.unit, language)
            change, _ = figure_words(more, each.unit, language)
            signed = f"+{change}" if more > 0 else change
            rows.append((say(f"progress.level.{name}", language), before, now, signed, unit))
            worth.append("error" if more > 0 else "muted" if "error" in worth else "good")
        self._worth = worth
        self.show(rows)

    def said_when_empty(self) -> str:
        return self._words.say("what_if.no_levels")

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if role == Role.ForegroundRole and index.column() == CHANGE:
            return QColor(str(getattr(self._theme.colours, self._worth[index.row()])))
        # Digits stand below digits.
        if role == Role.TextAlignmentRole and COLUMNS[index.column()] in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)
