"""Names that stand where lines end, moved apart where they would lie over one another."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from matplotlib.artist import Artist

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.backend_bases import RendererBase
    from matplotlib.legend import Legend

FIRST = -1000  # drawn before everything else


class NamesApart(Artist):
    """Places names at the right of axes each time these are drawn, for it hangs on their height.

    It draws nothing itself.
    """

    def __init__(self, names: Sequence[tuple[Legend, float]], line: float) -> None:
        """Place names, the lowest first, each at a value of the axis; a name is `line` points."""
        super().__init__()
        self._names = tuple(names)
        self._line = line
        self.set_zorder(FIRST)
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        axes = self.axes
        if axes is None:
            return
        low, high = axes.viewLim.y0, axes.viewLim.y1
        points = float(renderer.points_to_pixels(self._line))  # type: ignore[arg-type] # a number for a number
        line = points / axes.get_window_extent().height
        wanted = [(min(value, high) - low) / (high - low) for _, value in self._names]
        for (name, _), height in zip(self._names, apart(wanted, line), strict=True):
            name.set_bbox_to_anchor((1.0, height), axes.transAxes)


def apart(wanted: Sequence[float], line: float) -> list[float]:
    """Return heights as near to those wanted, which rise, as lets each be a line from the next.

    Those that would touch stand together around the middle of what they want, within 0 to 1.
    """
    groups: list[list[float]] = []  # of those that touch: what the lowest of them wants
    for at, height in enumerate(wanted):
        groups.append([height - at * line])
        while len(groups) > 1 and fmean(groups[-2]) > fmean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    lowest = [fmean(each) for each in groups for _ in each]
    most = 1 - line / 2 - (len(wanted) - 1) * line
    return [min(max(low, line / 2), most) + at * line for at, low in enumerate(lowest)]
