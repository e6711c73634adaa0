"""Names as a chart can draw them: its fonts do not have every character, which is told.

Charts take their letters from where paper takes them, which loads with the first chart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

UNKNOWN = "□"  # stands for characters that no font has


def drawable(name: str) -> str:
    """Return a name with a box for characters that cannot be drawn, and with nothing as a sign."""
    from planner.report import fonts  # noqa: PLC0415 - loaded when the first chart is drawn

    return fonts.drawable(name)


def use_letters(figure: Figure) -> None:
    """Have the texts of a chart look in the fonts of symbols for what their own lacks."""
    from planner.report import fonts  # noqa: PLC0415 - as above

    fonts.use_letters(figure)
