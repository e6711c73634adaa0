"""Small pieces that every view is made of: headings, notices, cards, lists."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.core.texts import Message
    from ui.words import Words


def plain_label() -> QLabel:
    """Return a label that shows a text as it stands, though a name in it may look like markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


class Saying(QLabel):
    """A label that says what happened, and says it again in another language."""

    def __init__(self, words: Words) -> None:
        """Say nothing yet."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "muted")
        self._worded: Callable[[], str] = str
        words.changed.connect(self._say_again)

    def tell(self, worded: Callable[[], str] = str) -> None:
        """Say something, worded in the language in use; without it, nothing."""
        self._worded = worded
        self._say_again()

    def _say_again(self) -> None:
        self.setText(self._worded())


def as_it_stands(text: str) -> str:
    """Return a text for a tip, where Qt would take what looks like markup for it."""
    if "<" not in text:
        return text
    from html import escape  # noqa: PLC0415 - not needed to start

    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def heading(size: float = 1.5) -> QLabel:
    """Return a label for a title, this many times the size of the text."""
    label = plain_label()
    font = QFont(label.font())
    font.setPointSizeF(font.pointSizeF() * size)
    font.setBold(True)
    label.setFont(font)
    label.setWordWrap(True)
    label.setMinimumWidth(1)  # a long name without spaces must not widen the page
    return label


def muted() -> QLabel:
    """Return a label for a remark in a quieter colour."""
    label = plain_label()
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label


def push_button() -> QPushButton:
    """Return a button that Enter presses too, as Space does."""
    made = QPushButton()
    made.setAutoDefault(True)  # Qt asks for this outside dialogs
    return made


def button(press: Callable[[], None], *, main: bool = False) -> QPushButton:
    """Return a button that does something; the main one of a page stands out."""
    made = push_button()
    made.setProperty("main", "true" if main else "false")
    made.clicked.connect(lambda _checked: press())
    return made


class Notice(QFrame):
    """A line that asks for attention, with at most two buttons; hidden when there is none."""

    def __init__(self, kind: str = "remark") -> None:
        """Make a notice of a kind: `good`, `remark` or `error`."""
        super().__init__()
        self.setProperty("notice", kind)
        self.label = plain_label()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(10, 6, 10, 6)
        self._box.addWidget(self.label, 1)
        self._heir: QWidget | None = None
        self.hide()

    def add_button(self, press: Callable[[], None]) -> QPushButton:
        """Add a button and return it."""
        made = button(press)
        self._box.addWidget(made)
        return made

    def say(self, text: str) -> None:
        """Show a text; an empty one hides the notice."""
        self.label.setText(text)
        at = self.window().focusWidget()
        if not text and self._heir is not None and at is not None and self.isAncestorOf(at):
            self._heir.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setVisible(bool(text))

    def hand_over_to(self, heir: QWidget) -> None:
        """Give the keyboard to a widget when it hides; Qt goes to the first of the window."""
        self._heir = heir

    def be(self, kind: str) -> None:
        """Become a notice of another kind."""
        if self.property("notice") != kind:
            self.setProperty("notice", kind)
            for each in (self, self.label):
                each.style().unpolish(each)
                each.style().polish(each)


class Telling(Notice):
    """A notice with a message of the engine, which follows the language in use."""

    def __init__(self, words: Words) -> None:
        """Make a notice that tells nothing yet."""
        super().__init__()
        self._words = words
        self._told: Message | None = None
        words.changed.connect(self._say_again)

    def tell(self, told: Message | None) -> None:
        """Show a message; without one, hide."""
        self._told = told
        self._say_again()

    def _say_again(self) -> None:
        self.say("" if self._told is None else self._words.tell(self._told))


class Card(QFrame):
    """One figure that matters: what it is, its value, and a remark below."""

    asked = Signal()  # what is it made of?

    def __init__(self) -> None:
        """Make an empty card."""
        super().__init__()
        self.setProperty("card", "true")
        self._title = plain_label()
        self._title.setWordWrap(True)
        self._value = heading(1.6)
        self._remark = muted()
        self.ask = button(self.asked.emit)
        self.ask.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(2)
        for each in (self._title, self._value, self._remark):
            box.addWidget(each)
        box.addStretch(1)
        box.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)

    def offer(self, said: str) -> None:
        """Offer to tell what the figure is made of, in these words."""
        self.ask.setText(said)
        self.ask.setAccessibleName(f"{said} {self._title.text()}")
        self.ask.show()

    def say(self, title: str, value: str, remark: str, worth: str = "muted") -> None:
        """Show a figure; `worth` is the role that its remark is shown in."""
        self._show(title, value, remark)
        _become(self._value, "")
        _become(self._remark, worth)

    def say_old(self, title: str, value: str, remark: str) -> None:
        """Show a figure that does not hold any more, greyed, with why."""
        self._show(title, value, remark)
        for each in (self._value, self._remark):
            _become(each, "muted")

    def _show(self, title: str, value: str, remark: str) -> None:
        self._title.setText(title)
        self._value.setText(value)
        self._remark.setText(remark)
        self.setAccessibleName(f"{title}: {value}. {remark}")


def _become(label: QLabel, role: str) -> None:
    """Show a label in the colours of another role."""
    if (label.property("role") or "") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)


def scrolling(page: QWidget) -> QScrollArea:
    """Return an area that scrolls a page where it does not fit, instead of cutting it off."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setWidget(page)
    return made


def column(*widgets: QWidget, margin: int = 0, spacing: int = 8) -> QWidget:
    """Return a widget with others below one another."""
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(spacing)
    for each in widgets:
        box.addWidget(each)
    return made


def row(*widgets: QWidget, stretch: bool = True) -> QWidget:
    """Return a widget with others beside one another, to the left when `stretch`."""
    made = QWidget()
    box = QHBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        box.addWidget(each)
    if stretch:
        box.addStretch(1)
    return made


def go_in_turn(*parts: QWidget) -> None:
    """Have Tab go through parts in this order, and through what takes it within each.

    Qt puts what is made later behind all that was there before, wherever it stands.
    """
    stops: list[QWidget] = []
    for part in parts:
        stops += [
            each
            for each in (part, *part.findChildren(QWidget))
            if each.focusPolicy() & Qt.FocusPolicy.TabFocus
            and each.focusProxy() is None  # a line within a box of numbers gives it on
            and each.window() is part.window()  # and the list of a choice is a window of its own
        ]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
