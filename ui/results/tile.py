"""A tile of the answer: a figure now, in its worst month and at the end, and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from planner.result.tiles import TileFigures
from ui.charts.sparkline import Sparkline
from ui.widgets import button, heading, muted, plain_label, row

if TYPE_CHECKING:
    from ui.theme import Theme
    from ui.words import Words

ENDS = ("now", "worst", "end")
BETWEEN, BESIDE = 8, 12  # pixels between the three figures, and beside them
LARGE = 1.7  # times the size of the text, of the worst month; the others are a little smaller
SMALLER = 1.25


class Tile(QFrame):
    """One figure of the answer, which leads to its why."""

    asked = Signal(str)  # the key of the figure

    def __init__(self, key: str, words: Words, theme: Theme) -> None:
        """Show nothing yet; texts go by `tile.<key>`."""
        super().__init__()
        self.key = key
        self._words = words
        self._theme = theme
        self.setProperty("card", "true")
        self._title = heading(1.05)
        self._labels = {name: muted() for name in ENDS}
        self._moments = dict.fromkeys(ENDS, "")
        self._stacked = False
        self._values = {name: heading(LARGE if name == "worst" else SMALLER) for name in ENDS}
        self._needs = {name: muted() for name in ENDS}
        self.spark = Sparkline(words, theme)
        self._icon = QLabel()
        self._said = plain_label()
        self._said.setWordWrap(True)
        self._said.setMinimumWidth(1)
        self.ask = button(lambda: self.asked.emit(self.key))
        self.ask.setProperty("link", "true")
        self._say_question()
        box = QVBoxLayout(self)
        box.setContentsMargins(BESIDE, 8, BESIDE, 8)
        box.setSpacing(3)
        box.addWidget(self._title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(BETWEEN)
        grid.setVerticalSpacing(0)
        for at, name in enumerate(ENDS):
            self._labels[name].setWordWrap(False)
            self._needs[name].setWordWrap(False)
            self._values[name].setWordWrap(False)
            bottom = Qt.AlignmentFlag.AlignBottom
            grid.addWidget(self._labels[name], 0, at)
            grid.addWidget(self._values[name], 1, at, bottom)
            grid.addWidget(self._needs[name], 2, at)
            grid.setColumnStretch(at, 1)
        box.addLayout(grid)
        box.addWidget(self.spark)
        line = row(self._icon, self._said, stretch=False)
        layout = line.layout()
        if layout is not None:
            layout.addWidget(self.ask)
        self._said.setSizePolicy(
            self._said.sizePolicy().Policy.Expanding, self._said.sizePolicy().verticalPolicy()
        )
        box.addStretch(1)
        box.addWidget(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.asked.emit(self.key)
        super().mousePressEvent(event)

    def show_figures(self, found: TileFigures, *, provisional: bool = False) -> None:
        """Show a figure; a provisional one may still become another."""
        number = self._words.number
        title = self._words.say(f"tile.{self.key}")
        self._title.setText(
            self._words.say("tile.provisional", title=title) if provisional else title
        )
        spoken = []
        for name, at in zip(ENDS, found.ends, strict=True):
            month, value = self._words.month(found.months[at]), number(found.values[at])
            self._moments[name] = self._words.say(f"tile.{name}", month=month)
            self._values[name].setText(value)
            needed = (
                self._words.say("tile.needed", needed=number(found.target[at]))
                if found.target
                else ""
            )
            self._needs[name].setText(needed)
            self._needs[name].setVisible(bool(needed))
            spoken.append(" ".join(each for each in (self._moments[name], value, needed) if each))
        self._say_moments()
        ink = getattr(self._theme.colours, found.standing.value)
        self._values["worst"].setStyleSheet(f"color: {ink}")
        self.spark.show_values(found.months, found.values, found.target, found.worst, ink)
        until = "" if found.until is None else self._words.month(found.until)
        said = self._words.say(
            f"tile.{self.key}.{found.standing.value}", count=found.short, until=until
        )
        self._said.setText(said)
        side = int(self.fontMetrics().height() * 1.1)
        self._icon.setPixmap(self._theme.mark(found.standing.value, ink).pixmap(side, side))
        self._icon.setFixedWidth(side + 2)
        self._say_question()
        self.setAccessibleName(f"{self._title.text()}: {'; '.join(spoken)}. {said}")

    def _say_question(self) -> None:
        """Name the button, which the keyboard may come by before there is a figure."""
        asked = self._words.say("tile.ask")
        self.ask.setText(asked)
        self.ask.setAccessibleName(f"{asked} {self._words.say(f'tile.{self.key}')}")

    @property
    def wanted(self) -> int:
        """How many pixels wide it is with its three moments each on one line."""
        advance = self.fontMetrics().horizontalAdvance
        named = [
            max(advance(self._moments[name]), advance(self._needs[name].text())) for name in ENDS
        ]
        return sum(named) + BETWEEN * (len(ENDS) - 1) + 2 * BESIDE + len(ENDS)

    def stack(self, stacked: bool) -> None:  # noqa: FBT001 - there is room for one line, or not
        """Put each moment's month below its word where there is no room beside it."""
        if stacked != self._stacked:
            self._stacked = stacked
            self._say_moments()
            self.updateGeometry()  # at once, for the page is being laid out

    def _say_moments(self) -> None:
        for name, said in self._moments.items():
            self._labels[name].setText(said.replace(", ", "\n") if self._stacked else said)
