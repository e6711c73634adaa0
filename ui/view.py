"""What every view stands on and does: words and look that change, and a plan that waits to be seen.

A plan concerns every view of the results; filling all of them at once would hold the window for as
long as that takes, and nobody looks at more than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.session import Change, Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from ui.session import Made
    from ui.theme import Theme
    from ui.words import Words

# What makes every figure of a plan another.
OF_A_PLAN = frozenset({Change.BOOK, Change.PLAN})


@dataclass(frozen=True)
class Context:
    """What views share; `ask_path` asks where to save a picture of this title."""

    session: Session
    words: Words
    theme: Theme
    ask_path: Callable[[str], Path | None]


class View(QWidget):
    """Something that is shown in the language and look in use."""

    def __init__(self, context: Context) -> None:
        """Stand on what views share; `follow` is for when all is made."""
        super().__init__()
        self._context = context
        self._session = context.session
        self._words = context.words
        self._theme = context.theme

    def follow(self) -> None:
        """Say everything, and again whenever the language or the look becomes another."""
        self._words.changed.connect(self.reword)
        self._theme.changed.connect(self.reword)
        self.reword()

    def reword(self) -> None:
        """Say everything again in the language in use."""

    def hold(self, page: QWidget) -> None:
        """Be nothing but a page."""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(page)


class PlanView(View):
    """A view of the session's plan, which it shows once it is seen."""

    def __init__(self, context: Context) -> None:
        """Have a plan still to show."""
        super().__init__(context)
        self._waiting = OF_A_PLAN
        self._plan_seen: Made | None = None  # the plan that was shown last

    def follow(self) -> None:
        """Follow the session too."""
        self._session.changed.connect(self._hear)
        super().follow()

    def show_plan(self) -> None:
        """Show the plan that there is, if there is one."""

    def show_again(self) -> None:
        """Show the plan in the language in use, unless it waits to be seen."""
        if not self._waiting:
            self.show_plan()

    def catch_up(self) -> None:
        """Show what waits, seen or not."""
        waiting, self._waiting = self._waiting, frozenset()
        if waiting:
            self._plan_seen = next(iter(self._session.plans), None)
            self.show_plan()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def _hear(self, changes: frozenset[Change]) -> None:
        """Show what changed, or keep it for when it is seen; a window of its own takes all."""
        plan = next(iter(self._session.plans), None)
        if Change.BOOK in changes and plan is not None and plan is self._plan_seen:
            return  # the window led here on hearing of the book, before this view heard of it
        self._waiting |= changes & OF_A_PLAN
        if self.isVisible() or self.isWindow():
            self.catch_up()
