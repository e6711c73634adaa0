"""The drawings of a comparison on paper: every plan in its own colour, dash and marker.

Paper is often printed in grey, so nothing is told by colour alone.
"""

from __future__ import annotations

import datetime as dt
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from planner.core.texts import Language, show_month, show_number
from planner.files.compare_charts import COLOURS
from planner.input.location import Location
from planner.report.drawings import MAP_SHAPE, outlines, spot_of
from planner.report.fonts import drawable

__all__ = ["MAP_SHAPE", "Fall", "legend", "lines", "map_of_differences", "steps"]

_DASHES: tuple[tuple[int, tuple[int, ...]], ...] = (
    (0, ()), (0, (4, 2)), (0, (5, 2, 1, 2)), (0, (1, 2)), (0, (6, 1)), (0, (1, 1)),
)  # fmt: skip
_MARKERS = ("o", "s", "^", "D", "v", "P")
_TEXT = 7.0
_MOST_LABELS = 7
_LARGEST, _SMALLEST = 130.0, 6.0  # a dot, in square points
_MOST_NAMED = 6
_LABEL = 34  # characters of a bar's name on one line
# Less is not good by itself: a plan costs less that leaves people without a place. So no green.
_TOTAL, _MORE, _LESS = "#c9ced6", "#D55E00", "#0072B2"


def legend(axes: Axes, tags: Sequence[str]) -> None:
    """Draw which line is which plan's."""
    handles = [_line(number, tag) for number, tag in enumerate(tags)]
    axes.axis("off")
    axes.legend(
        handles=handles, fontsize=_TEXT + 0.5, frameon=False, loc="upper left", ncols=3,
        handlelength=3.5, borderpad=0, borderaxespad=0, bbox_to_anchor=(0, 1),
    )  # fmt: skip


def _line(number: int, tag: str) -> Line2D:
    return Line2D(
        [], [], color=COLOURS[number], linestyle=_DASHES[number], marker=_MARKERS[number],
        markersize=3.0, linewidth=2.2 if number == 0 else 1.3, label=drawable(tag),
    )  # fmt: skip


def lines(
    axes: Axes,
    months: Sequence[dt.date],
    plans: Mapping[int, Sequence[float]],
    language: Language,
    *,
    differences: bool = False,
) -> None:
    """Draw a line for each plan by its number, on the same axes; what is not known is no point.

    Of differences the base is the line at zero.
    """
    places = range(len(months))
    for number, values in plans.items():
        model = _line(number, "")
        axes.plot(
            places, values, color=model.get_color(), linestyle=_DASHES[number],
            marker=_MARKERS[number], markersize=2.4, linewidth=model.get_linewidth(),
        )  # fmt: skip
    if differences:
        axes.axhline(0.0, color=COLOURS[0], linewidth=1.4)
    else:
        axes.set_ylim(bottom=0)
    step = max(1, math.ceil(len(months) / _MOST_LABELS))
    labels = [_short_month(month, language) for month in months][::step]
    axes.set_xticks(list(places)[::step], labels, fontsize=_TEXT - 0.5)
    axes.yaxis.set_major_formatter(lambda value, _: show_number(value, language))
    axes.locator_params(axis="y", nbins=5)
    axes.tick_params(axis="y", labelsize=_TEXT)
    axes.grid(axis="y", linewidth=0.4, color="#cccccc")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _short_month(month: dt.date, language: Language) -> str:
    name, year = show_month(month, language).rsplit(" ", 1)
    return f"{name[:3]} '{year[2:]}"


def map_of_differences(
    axes: Axes, sites: Mapping[str, Location], more: Mapping[str, float], language: Language
) -> int:
    """Draw where there is more (filled) or fewer (hollow) than in the base, by size.

    `more` is by location. Return how many of those that differ have no place on the map.
    """
    for ring in outlines():
        axes.add_patch(Polygon(ring, closed=True, facecolor="#f4f6f8", edgecolor="#9aa5b1", lw=0.4))
    axes.autoscale_view()
    axes.invert_yaxis()
    axes.set_aspect("equal")
    axes.axis("off")
    ranked = sorted((name for name in more if more[name]), key=lambda name: -abs(more[name]))
    most = abs(more[ranked[0]]) if ranked else 1.0
    lost = 0
    for place, name in enumerate(ranked):
        at = spot_of(sites[name]) if name in sites else None
        if at is None:
            lost += 1
            continue
        colour = _MORE if more[name] > 0 else COLOURS[1]
        size = max(_SMALLEST, _LARGEST * abs(more[name]) / most)
        axes.scatter(
            *at, s=size, facecolor=colour if more[name] > 0 else "none", edgecolor=colour,
            linewidth=0.9, alpha=0.75, zorder=3,
        )  # fmt: skip
        if place < _MOST_NAMED:
            sign = "+" if more[name] > 0 else ""
            said = drawable(f"{name} {sign}{show_number(more[name], language, 0)}")
            axes.annotate(said, at, (4, 3), textcoords="offset points", fontsize=6.0, zorder=4)
    return lost


@dataclass(frozen=True)
class Fall:
    """A total, the steps away from it with their names, and the total that comes of it."""

    start: tuple[str, float]
    steps: Sequence[tuple[str, float]]
    end: tuple[str, float]

    @property
    def bars(self) -> int:
        """How many bars it has."""
        return len(self.steps) + 2


def steps(axes: Axes, fall: Fall, language: Language) -> bool:
    """Draw a waterfall from the top down; return whether its axis begins elsewhere than at zero."""
    level = fall.start[1]
    _bar(axes, 0, (0.0, level), _TOTAL, show_number(level, language, 0))
    for place, (_, step) in enumerate(fall.steps, start=1):
        told = show_number(step, language, 0)
        colour = _MORE if step > 0 else _LESS
        _bar(axes, place, (level, step), colour, f"+{told}" if step > 0 else told)
        level += step
    last = fall.bars - 1
    _bar(axes, last, (0.0, fall.end[1]), _TOTAL, show_number(fall.end[1], language, 0))
    names = [fall.start[0], *(name for name, _ in fall.steps), fall.end[0]]
    wrapped = ["\n".join(textwrap.wrap(drawable(name), _LABEL)) for name in names]
    axes.set_yticks(range(len(names)), wrapped, fontsize=_TEXT)
    axes.invert_yaxis()
    cut = _zoom(axes, fall)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: show_number(value, language, 0))
    axes.tick_params(axis="x", labelsize=_TEXT)
    axes.grid(axis="x", linewidth=0.4, color="#cccccc")
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return cut


def _bar(axes: Axes, place: int, bar: tuple[float, float], colour: str, told: str) -> None:
    left, width = bar
    axes.barh(
        [place], [width], left=left, height=0.62, facecolor=colour, edgecolor="#333333",
        linewidth=0.5, hatch="///" if colour == _MORE else None,
    )  # fmt: skip
    end = max(left, left + width)
    axes.annotate(
        told, (end, place), (3, 0), textcoords="offset points", va="center", fontsize=_TEXT
    )


def _zoom(axes: Axes, fall: Fall) -> bool:
    """Begin the axis nearer by, so that the steps are seen; whether that is not at zero."""
    levels = [fall.start[1]]
    for _, step in fall.steps:
        levels.append(levels[-1] + step)
    low, high = min(levels), max(levels)
    reach = high - low or high or 1.0
    first = max(low - 0.5 * reach, 0.0)
    axes.set_xlim(first, high + 0.3 * reach)
    return first > 0
