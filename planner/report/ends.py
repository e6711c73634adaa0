"""Names that stand where lines end, moved apart where they would lie over one another."""

from __future__ import annotations

import math
from statistics import fmean
from typing import TYPE_CHECKING

from matplotlib.artist import Artist
from matplotlib.legend import Legend

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase

FIRST = -1000  # drawn before everything else
APART = 1.35  # sizes of a name, from one to the next above it
BESIDE = 5.0  # sizes of a name that what is drawn takes beside it


def name_ends(axes: Axes, ends: Mapping[str, float], size: float, ink: str) -> None:
    """Name what is drawn in axes where it ends, at the right: nobody has to look from list to line.

    `ends` has the height of each by its name, in the values of the axis; the size is in points.
    What it has no height for stands on top.
    """
    handles = dict(zip(*axes.get_legend_handles_labels()[::-1], strict=True))
    legends = []
    for name in sorted(handles, key=lambda name: ends.get(name, math.inf)):
        legend = Legend(
            axes, [handles[name]], [name], loc="center left", bbox_to_anchor=(1.0, 0.5),
            bbox_transform=axes.transAxes, frameon=False, fontsize=size, handlelength=2.2,
            borderaxespad=0.8, borderpad=0.0,
        )  # fmt: skip
        for text in legend.get_texts():
            text.set_color(ink)
        axes.add_artist(legend)
        legend.set_clip_on(False)  # so that the layout leaves room for it
        legends.append((legend, ends.get(name, math.inf)))
    axes.add_artist(NamesApart(legends, size * APART))


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
        """Place the names in the height that the axes have now."""
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
