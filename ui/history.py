"""Where the user has been, so that "back" returns there, whatever led away."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from ui.state import Step

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 100  # places that are remembered


class Visited(NamedTuple):
    """A place in the window: its step, its view there, and what the view shows.

    `detail` is the table of the input or the location that is shown; empty where that is all one.
    """

    step: Step
    view: str = ""
    detail: str = ""


class History(QObject):
    """The places in the order they were come to, and the one that is shown."""

    changed = Signal()

    def __init__(
        self, where: Callable[[], Visited], show: Callable[[Visited], None], parent: QObject
    ) -> None:
        """Remember places; `where` tells the one in view and `show` goes to one."""
        super().__init__(parent)
        self._where = where
        self._show = show
        self._spots: list[Visited] = []
        self._at = -1
        # What is shown in one turn is one place, though it takes several steps to come there.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.settle)

    def note(self, *_: object) -> None:
        """Remember where the user is, once all that is under way is shown."""
        self._later.start()

    def settle(self) -> None:
        """Remember where the user is now; being where one was is no other place."""
        self._later.stop()
        here = self._where()
        if self._at >= 0 and self._spots[self._at] == here:
            return
        self._spots = [*self._spots[: self._at + 1], here][-MOST:]
        self._at = len(self._spots) - 1
        self.changed.emit()

    def forget(self) -> None:
        """Begin anew: of another book there is nothing to go back to."""
        self._later.stop()
        self._spots, self._at = [self._where()], 0
        self.changed.emit()

    @property
    def before(self) -> Visited | None:
        """The place that "back" leads to; nothing at the first."""
        return self._spots[self._at - 1] if self._at > 0 else None

    @property
    def after(self) -> Visited | None:
        """The place that "forward" leads to; nothing at the last."""
        return self._spots[self._at + 1] if self._at + 1 < len(self._spots) else None

    def back(self) -> None:
        """Return to where the user was before."""
        self._go(-1)

    def forward(self) -> None:
        """Go again to where the user was before going back."""
        self._go(1)

    def _go(self, step: int) -> None:
        if self._later.isActive():
            self.settle()
        if not 0 <= self._at + step < len(self._spots):
            return
        self._at += step
        self._show(self._spots[self._at])
        self._later.stop()
        self._spots[self._at] = self._where()
        self.changed.emit()
