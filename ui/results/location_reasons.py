"""What is decided at a location, what binds there and why, and what falls short there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from planner.core.texts import Text
from planner.result.to_decide import all_decisions
from ui.results.model import ResultModel, ShownColumn, catalogued, declared
from ui.results.spot_words import name_of, size_of
from ui.results.table import ResultGrid
from ui.splitter_state import keep_share
from ui.widgets import column, heading

if TYPE_CHECKING:
    from ui.results.by_location import ByLocation
    from ui.words import Words

SHORT = ("rule_title", "location", "kind", "group", "month", "amount")


class LocationReasons(QScrollArea):
    """The sentences of the explanation about a location, its decisions and its shortfalls."""

    def __init__(self, words: Words) -> None:
        """Show no location yet."""
        super().__init__()
        self._words = words
        self._why_title = heading(1.15)
        self.why = reason_list()
        self._decisions_title = heading(1.15)
        self.decisions = ResultModel(
            [
                *declared("decisions", "location", "decision"),
                ShownColumn("decide_by"),
                *declared("decisions", "month"),
                ShownColumn("amount_of"),
            ],
            words,
        )
        self._short_title = heading(1.15)
        unit = ShownColumn("unit", words=catalogued(words, "unit"))
        self.short = ResultModel([*declared("shortfalls", *SHORT, digits=None), unit], words)
        self._decided = ResultGrid(self.decisions)
        self._falling = ResultGrid(self.short)
        self._falling.sort_by_header()
        halves = QSplitter(Qt.Orientation.Vertical)
        lower = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(column(self._why_title, self.why))
        lower.addWidget(column(self._decisions_title, self._decided))
        lower.addWidget(column(self._short_title, self._falling))
        lower.setSizes([400, 600])
        halves.addWidget(lower)
        halves.setSizes([500, 500])
        keep_share(halves, "location/why")
        keep_share(lower, "location/short")
        for each in (halves, lower):
            each.setChildrenCollapsible(False)
        lines = self.fontMetrics().height()
        for shown in (self.why, self._decided, self._falling):
            shown.setMinimumHeight(lines * 7)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(12, 10, 12, 10)
        box.addWidget(halves)
        self.setWidgetResizable(True)  # a small or enlarged screen scrolls instead of cutting off
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(page)

    def show_location(self, found: ByLocation, code: str) -> None:
        """Show a location of a plan, in the language in use."""
        self._reword()
        sentences = found.reasons_at(code)
        show_reasons(self.why, sentences, self._words, self._words.say("location.why.none"))
        name = name_of(found.locations[code])
        decided = all_decisions(found.made.shown.tables["decisions"], found.locations)
        self.decisions.show(
            [
                (
                    name,
                    each.decision.value,
                    self._words.value(each.before),
                    each.effect,
                    size_of(each, self._words),
                )
                for each in decided
                if each.location == code
            ]
        )
        columns = (*SHORT[:1], *SHORT[2:], "unit")
        falling = found.rows("shortfalls", code, columns)
        self.short.show([(rule, name, *rest) for rule, *rest in falling])
        self._decided.setColumnHidden(0, True)  # noqa: FBT003 - Qt's own; the page names it
        for at, each in enumerate(SHORT):
            said = any(
                row[at] is not None for row in (self.short.row(n) for n in range(len(falling)))
            )
            self._falling.setColumnHidden(at, each == "location" or not said)

    def _reword(self) -> None:
        for title, named, key in (
            (self._why_title, self.why, "why"),
            (self._decisions_title, self._decided, "decisions"),
            (self._short_title, self._falling, "short"),
        ):
            title.setText(self._words.say(f"location.{key}"))
            named.setAccessibleName(self._words.say(f"location.{key}"))


def reason_list() -> QListWidget:
    """Return a list for sentences: they wrap, and Ctrl+C copies those that are selected."""
    made = QListWidget()
    made.setWordWrap(True)
    made.setAlternatingRowColors(True)
    made.setSpacing(3)
    made.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setResizeMode(QListWidget.ResizeMode.Adjust)
    copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), made)
    copy.setContext(Qt.ShortcutContext.WidgetShortcut)
    copy.activated.connect(
        lambda: QGuiApplication.clipboard().setText(
            "\n".join(item.text() for item in made.selectedItems())
        )
    )
    return made


def show_reasons(shown: QListWidget, sentences: list[object], words: Words, none: str) -> None:
    """List sentences, or say that there are none."""
    shown.clear()
    said = [
        words.title(each) if isinstance(each, Text) else words.value(each) for each in sentences
    ]
    for each in said or [none]:
        shown.addItem(QListWidgetItem(each))
