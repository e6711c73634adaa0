"""A main figure of one plan beside the base: now, in its worst month and at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout

from planner.compare.beside_values import FigureVerdict
from planner.core.texts import message
from ui.widgets import heading, muted, plain_label, row

if TYPE_CHECKING:
    from planner.compare.beside_values import MainBeside, Moment
    from ui.theme import Theme
    from ui.words import Words

ENDS = ("now", "worst", "end")
# The mark and colour of each verdict; a word says the same.
MARKS = {
    FigureVerdict.BETTER: "good",
    FigureVerdict.WORSE: "error",
    FigureVerdict.MIXED: "remark",
    FigureVerdict.NO_GAIN: "remark",
}


def verdict_word(verdict: FigureVerdict, words: Words) -> str:
    """Return a verdict in words."""
    return words.title(message(f"compare.verdict.{verdict.value}").both)


def verdict_ink(verdict: FigureVerdict, theme: Theme) -> str:
    """Return the colour of a verdict in the look in use."""
    return str(getattr(theme.colours, MARKS.get(verdict, "muted")))


def with_sign(value: float, words: Words) -> str:
    """Return a difference in whole numbers with its sign."""
    told = words.number(value)
    return f"+{told}" if value > 0 and told != words.number(0.0) else told


class PlanTile(QFrame):
    """One main figure of a plan with its differences from the base, in numbers and in words."""

    def __init__(self, words: Words, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._words = words
        self._theme = theme
        self.setProperty("card", "true")
        self._title = heading(1.0)
        self._labels = {name: muted() for name in ENDS}
        self._values = {name: heading(1.3) for name in ENDS}
        self._needs = {name: muted() for name in ENDS}
        self.differences = {name: plain_label() for name in ENDS}
        self._icon = QLabel()
        self.said = plain_label()
        self.said.setWordWrap(True)
        self.said.setMinimumWidth(1)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        for at, name in enumerate(ENDS):
            for line, label in enumerate(
                (self._labels[name], self._values[name], self._needs[name], self.differences[name])
            ):
                label.setWordWrap(False)
                grid.addWidget(label, line, at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.setSpacing(3)
        box.addWidget(self._title)
        box.addLayout(grid)
        box.addStretch(1)
        box.addWidget(row(self._icon, self.said, stretch=False))

    def show_figure(self, found: MainBeside, *, base: bool) -> None:
        """Show a figure; that of the base has no differences."""
        title = self._words.say(f"tile.{found.key}")
        self._title.setText(title)
        spoken = []
        for name, moment in zip(ENDS, found.moments, strict=True):
            spoken.append(self._show_moment(name, moment, base=base))
        mark = MARKS.get(found.verdict)
        self._icon.setVisible(mark is not None and not base)
        if mark is not None:
            side = int(self.fontMetrics().height() * 1.1)
            ink = verdict_ink(found.verdict, self._theme)
            self._icon.setPixmap(self._theme.mark(mark, ink).pixmap(side, side))
            self._icon.setFixedWidth(side + 2)
        self.said.setText(self._about(found, base=base))
        self.setAccessibleName(f"{title}: {'; '.join(spoken)}. {self.said.text()}")

    def _show_moment(self, name: str, moment: Moment, *, base: bool) -> str:
        said = self._words.say(f"tile.{name}", month=self._words.month(moment.month))
        value = self._words.number(moment.value)
        needed = (
            ""
            if moment.needed is None
            else self._words.say("tile.needed", needed=self._words.number(moment.needed))
        )
        told = "" if base else self._difference(moment)
        self._labels[name].setText(said.replace(", ", "\n"))  # three stand beside one another
        self._values[name].setText(value)
        self._needs[name].setText(needed)
        self._needs[name].setVisible(bool(needed))
        label = self.differences[name]
        label.setText(told)
        label.setVisible(not base)
        label.setStyleSheet(f"color: {verdict_ink(moment.verdict, self._theme)}")
        return " ".join(each for each in (said, value, needed, told.replace("\n", " ")) if each)

    def _difference(self, moment: Moment) -> str:
        """Return the difference and what it is worth, on two lines."""
        if moment.more is None:
            return self._words.say("comparison.beside.unknown")
        if moment.verdict is FigureVerdict.EQUAL:
            return verdict_word(FigureVerdict.EQUAL, self._words)
        amount = with_sign(moment.more, self._words)
        if moment.lacks:
            amount = self._words.say("comparison.beside.lack", amount=amount)
        worth = FigureVerdict.OTHER if moment.verdict is FigureVerdict.NO_GAIN else moment.verdict
        return f"{amount}\n{verdict_word(worth, self._words)}"

    def _about(self, found: MainBeside, *, base: bool) -> str:
        """Return how the figure stands as a whole."""
        if base:
            return self._words.say("comparison.beside.base")
        if found.most is None or found.total is None:
            return self._words.say("comparison.beside.other_months")
        if found.verdict in {FigureVerdict.EQUAL, FigureVerdict.OTHER}:
            return self._words.say(f"comparison.beside.{found.verdict.value}")
        return self._words.say(
            "comparison.beside.amounts",
            verdict=_sentence(verdict_word(found.verdict, self._words)),
            most=with_sign(found.most, self._words),
            total=with_sign(found.total, self._words),
            unit=self._words.title(message(f"unit.{found.unit}").both),
        )


def _sentence(word: str) -> str:
    return word[:1].upper() + word[1:]
