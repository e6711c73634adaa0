"""The drawings of a comparison on paper: every plan in its own colour, dash and marker.

Paper is often printed in grey, so nothing is told by colour alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from matplotlib.axes import Axes

from planner.core.texts import Language, show_month, show_number
from planner.files.compare_charts import COLOURS
from planner.input.location import Location
from planner.report.charts import (
    ChartLine,
    ChartStyle,
    Waterfall,
    by_month,
    draw_line,
    draw_waterfall,
)
from planner.report.drawings import draw_land, name_beside, paper_style, spot_of
from planner.report.fonts import drawable

_TEXT = 7.0
_BASE = 1.7  # times as wide as other lines
_LARGEST, _SMALLEST = 130.0, 6.0  # a dot, in square points
_MOST_NAMED = 6
_MONTHS = 7  # named along an axis


def _style(language: Language) -> ChartStyle:
    return replace(
        paper_style(language, _TEXT), series=COLOURS, line=1.3, marker=2.4, labels=_MONTHS,
        turn=0.0, month=lambda month: _short_month(month, language), label=34,
    )  # fmt: skip


def legend(axes: Axes, tags: Sequence[str]) -> None:
    """Draw which line is which plan's."""
    style = _style(Language.NL)  # nothing is written but the tags
    for number, tag in enumerate(tags):
        draw_line(axes, ChartLine(drawable(tag), [], number, 1.0 if number else _BASE), style)
    axes.axis("off")
    axes.legend(
        fontsize=_TEXT + 0.5, frameon=False, loc="upper left", ncols=3,
        handlelength=3.5, borderpad=0, borderaxespad=0, bbox_to_anchor=(0, 1),
    )  # fmt: skip


def lines(  # noqa: PLR0913 - a drawing has these parts
    axes: Axes,
    months: Sequence[dt.date],
    plans: Mapping[int, Sequence[float]],
    language: Language,
    *,
    differences: bool = False,
    months_named: int = _MONTHS,
) -> None:
    """Draw a line for each plan by its number, on the same axes; what is not known is no point.

    Of differences the base is the line at nought. So many months are named at most.
    """
    drawn = [
        ChartLine("", values, number, 1.0 if number else _BASE) for number, values in plans.items()
    ]
    style = replace(_style(language), labels=months_named)
    by_month(axes, months, drawn, style, differences=differences)
    axes.locator_params(axis="y", nbins=5)


def _short_month(month: dt.date, language: Language) -> str:
    name, year = show_month(month, language).rsplit(" ", 1)
    return f"{name[:3]} '{year[2:]}"


def map_of_differences(
    axes: Axes, sites: Mapping[str, Location], more: Mapping[str, float], language: Language
) -> int:
    """Draw where there is more (filled) or fewer (hollow) than in the base, by size.

    `more` is by location. Return how many of those that differ have no place on the map.
    """
    draw_land(axes)
    style = _style(language)
    ranked = sorted((name for name in more if more[name]), key=lambda name: -abs(more[name]))
    most = abs(more[ranked[0]]) if ranked else 1.0
    lost = 0
    for place, name in enumerate(ranked):
        at = spot_of(sites[name]) if name in sites else None
        if at is None:
            lost += 1
            continue
        colour = style.more if more[name] > 0 else style.less
        size = max(_SMALLEST, _LARGEST * abs(more[name]) / most)
        axes.scatter(
            *at, s=size, facecolor=colour if more[name] > 0 else "none", edgecolor=colour,
            linewidth=0.9, alpha=0.75, zorder=3,
        )  # fmt: skip
        if place < _MOST_NAMED:
            sign = "+" if more[name] > 0 else ""
            said = drawable(f"{name} {sign}{show_number(more[name], language, 0)}")
            name_beside(axes, said, at, size)
    return lost


def steps(axes: Axes, fall: Waterfall, language: Language) -> None:
    """Draw how the parts of a difference add up to it, from nought."""
    named = [(drawable(name), step) for name, step in fall.steps]
    (start, first), (end, last) = fall.start, fall.end
    drawn = Waterfall((drawable(start), first), named, (drawable(end), last))
    whole = replace(_style(language), number=lambda value: show_number(value, language, 0))
    draw_waterfall(axes, drawn, whole)
