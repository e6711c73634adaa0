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

    def __init__(self, figure: Figure, fail: Callable[[Exception], None]) -> None:
        """Draw a figure, and call `fail` with what goes wrong."""
        super().__init__(figure)  # type: ignore[no-untyped-call] # not typed there
        self._fail = fail
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draw(self) -> None:
        """Draw the figure."""
        try:
            super().draw()  # type: ignore[no-untyped-call] # not typed there
        except Exception as fault:  # noqa: BLE001 - whatever it is, the window goes on without it
            self._fail(fault)
