"""Changes that wait until the view they concern is seen.

A plan concerns every view of the results; filling all of them at once would hold the window for as
long as that takes, and nobody looks at more than one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from ui.session import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

# What makes every figure of a plan another.
OF_A_PLAN = frozenset({Change.BOOK, Change.PLAN})


class LazyUpdate(QObject):
    """Hands changes to a view when it is seen: at once, or when it is next shown."""

    def __init__(self, view: QWidget, take: Callable[[frozenset[Change]], None]) -> None:
        """Hand changes of a plan to `take`; a view that stands in no window takes them at once.

        A new view has everything still to take.
        """
        super().__init__(view)
        self._view = view
        self._take = take
        self._waiting = OF_A_PLAN
        view.installEventFilter(self)

    @property
    def waiting(self) -> bool:
        """Whether the view does not show the last changes yet."""
        return bool(self._waiting)

    def tell(self, changes: frozenset[Change]) -> None:
        """Hand changes to the view, or keep them for when it is seen."""
        self._waiting |= changes & OF_A_PLAN
        if self._view.isVisible() or self._view.isWindow():
            self.catch_up()

    def catch_up(self) -> None:
        """Hand over what waits, seen or not."""
        waiting, self._waiting = self._waiting, frozenset()
        if waiting:
            self._take(waiting)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and event.type() == QEvent.Type.Show:
            self.catch_up()
        return False
