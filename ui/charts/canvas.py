"""Where a chart is drawn, which says so when that fails.

matplotlib draws when the screen asks for it, which may be long after the chart was made; what goes
wrong then it prints for nobody to read, and leaves the place empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.figure import Figure


class Canvas(FigureCanvasQTAgg):
    """Draws a figure over whatever room it gets; keys and the pointer are for who holds it."""

    _drawn = False  # at least once

    def __init__(self, figure: Figure, fail: Callable[[Exception], None]) -> None:
        """Draw a figure, and call `fail` with what goes wrong."""
        super().__init__(figure)  # type: ignore[no-untyped-call] # not typed there
        self._fail = fail
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draw_idle(self) -> None:
        """Draw the figure soon, unless it is as it was drawn last: drawing it holds the window.

        A chart that is first seen is asked for by its new size and by who laid it out.
        """
        if self.figure.stale or not self._drawn:
            super().draw_idle()  # type: ignore[no-untyped-call] # not typed there

    def draw(self) -> None:
        """Draw the figure."""
        self._drawn = True
        try:
            super().draw()  # type: ignore[no-untyped-call] # not typed there
        except Exception as fault:  # noqa: BLE001 - whatever it is, the window goes on without it
            self._fail(fault)
