"""The lines to find a text in a table with, and to put another in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.tables.filtering import containing
from ui.widgets import button, go_in_turn, plain_label, row

if TYPE_CHECKING:
    from planner.core.texts import Language
    from ui.tables.frame_model import FrameModel
    from ui.words import Words


def found(
    model: FrameModel, text: str, start: QModelIndex, language: Language, *, forward: bool
) -> QModelIndex:
    """Return the next cell that shows a text, round the table; an invalid index for none."""
    width = len(model.columns)
    count = model.rowCount() * width
    if not count or not text:
        return QModelIndex()
    holds = [containing(model.table, column, text, language) for column in model.columns]
    step = 1 if forward else -1
    begin = start.row() * width + start.column() if start.isValid() else -step
    for away in range(1, count + 1):
        row, column = divmod((begin + step * away) % count, width)
        if holds[column](model.cell(row, column)):
            return model.index(row, column)
    return QModelIndex()


class FindBar(QWidget):
    """A line for the text that is sought; hidden until it is asked for."""

    sought = Signal(bool)  # find the next one: forward, or backward where False
    replaced = Signal(bool)  # in every cell shown, or in the current one where False
    left = Signal()  # the bar was shut by whoever searched

    def __init__(self, words: Words) -> None:
        """Make the bar."""
        super().__init__()
        self._words = words
        self.line = QLineEdit()
        self.line.setMaximumWidth(self.fontMetrics().averageCharWidth() * 36)
        self.line.installEventFilter(self)
        self.before = button(lambda: self.sought.emit(False))  # noqa: FBT003 - Qt's signals have no names
        self.after = button(lambda: self.sought.emit(True))  # noqa: FBT003 - as above
        self.said = plain_label()
        self._shut = button(self.shut)
        self.instead = QLineEdit()
        self.instead.setMaximumWidth(self.line.maximumWidth())
        self.instead.installEventFilter(self)
        self.replace = button(lambda: self.replaced.emit(False))  # noqa: FBT003 - as above
        self.replace_all = button(lambda: self.replaced.emit(True))  # noqa: FBT003 - as above
        self._replacing = row(self.instead, self.replace, self.replace_all)
        self._replacing.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(row(self.line, self.before, self.after, self.said, self._shut))
        box.addWidget(self._replacing)
        # What is sought is followed by what comes instead, where that is asked for.
        acts = (self.instead, self.replace, self.replace_all, self.before, self.after, self._shut)
        go_in_turn(self.line, *acts)
        words.changed.connect(self.reword)
        self.hide()
        self.reword()

    @property
    def text(self) -> str:
        """What is sought."""
        return self.line.text()

    def ask(self, *, replace: bool = False) -> None:
        """Show the bar and let the user type; with a line for what is to come instead."""
        self._replacing.setVisible(replace)
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def shut(self) -> None:
        """Hide the bar and tell, so that the keyboard goes to what was found."""
        self.hide()
        self.left.emit()

    def tell(self, *, found: bool) -> None:
        """Say whether there was any."""
        self.said.setText("" if found else self._words.say("find.none", text=self.text))

    def tell_replaced(self, count: int) -> None:
        """Say in how many cells a text was put in the place of another."""
        self.said.setText(self._words.say("find.replaced", count=count))

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self.line.setPlaceholderText(self._words.say("find.line"))
        self.line.setAccessibleName(self._words.say("find.line"))
        self.before.setText(self._words.say("find.before"))
        self.after.setText(self._words.say("find.after"))
        self._shut.setText(self._words.say("find.close"))
        self.instead.setPlaceholderText(self._words.say("find.instead"))
        self.instead.setAccessibleName(self._words.say("find.instead"))
        self.replace.setText(self._words.say("find.replace"))
        self.replace_all.setText(self._words.say("find.replace_all"))
        self.said.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key, shifted = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.instead:
                    self.replaced.emit(False)  # noqa: FBT003 - Qt's signals have no names
                else:
                    self.sought.emit(not shifted)
                return True
            if key == Qt.Key.Key_Escape:
                self.shut()
                return True
        return super().eventFilter(watched, event)
