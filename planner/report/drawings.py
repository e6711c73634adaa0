"""The drawings of the report: run-off, DOL, emergency reception, and the map of the shortfalls."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from planner.core.texts import Language, show_month, show_number
from planner.input.location import Location
from planner.report import charts, land
from planner.report.charts import ChartLine, ChartStyle
from planner.report.ends import BESIDE, name_ends
from planner.report.fonts import width_of
from planner.report.paper import WIDTH

MAP_SHAPE = land.WIDTH / land.HEIGHT

_TEXT = 7.5
_QUIET = "#555555"
_LABELS = 44.0  # points beside the axes
_LARGEST_DOT = 260.0
_MOST_NAMED = 8
_NO_DOT = 7.0  # square points, of a location without an amount
_NAME, _BESIDE = 6.5, 2.0  # points: the letters of a dot's name, and from the dot to it
_EAST = 0.85  # of the width; names of dots beyond it stand left of them


def paper_style(language: Language, text: float = _TEXT) -> ChartStyle:
    """Return what charts on paper are drawn with; the text is of so many points."""
    return ChartStyle(
        ink="#1a1a1a", grid="#cccccc", series=("#1f4e79", "#b3541e", "#3d7a3d"),
        total="#5a5d63", more="#D55E00", less="#0072B2", text=text, line=1.4, marker=3.5,
        number=lambda value: show_number(value, language),
        month=lambda month: show_month(month, language),
    )  # fmt: skip


def leave_room(axes: Axes) -> None:
    """Draw within the room there is, with the labels around the axes: they are cut off beyond it.

    The largest figure of a plan of the country, `80.000`, is 40 points wide with its mark.
    """
    left, bottom, width, height = axes.get_position().bounds
    labels = _LABELS / WIDTH
    axes.set_position((left + labels, bottom + 0.2 * height, width - labels, 0.66 * height))


def by_month(
    axes: Axes,
    months: Sequence[dt.date],
    lines: Mapping[str, Sequence[float]],
    language: Language,
    unit: str,
) -> None:
    """Draw lines over the months by their names, from nought, with the unit above the axis.

    Each is named where it ends.
    """
    style = paper_style(language)
    charts.by_month(axes, months, _named(lines), style)
    room = (BESIDE * _TEXT + max(width_of(each, _TEXT) for each in lines)) / WIDTH
    left, bottom, width, height = axes.get_position().bounds
    axes.set_position((left, bottom, width - room, height))
    axes.set_title(unit, loc="left", fontsize=_TEXT, color=_QUIET)
    name_ends(axes, {name: values[-1] for name, values in lines.items()}, _TEXT, style.ink)


def small_by_month(
    axes: Axes,
    months: Sequence[dt.date],
    lines: Mapping[str, Sequence[float]],
    language: Language,
) -> None:
    """Draw lines as above in little room: few months are named, and names of lines stand above."""
    # As many months as stand beside one another.
    charts.by_month(axes, months, _named(lines), replace(paper_style(language), labels=3, turn=0.0))
    if len(lines) > 1:  # of a line alone the title tells what it is
        axes.legend(fontsize=_TEXT, frameon=False, loc="lower left", bbox_to_anchor=(0, 0.98))


def _named(lines: Mapping[str, Sequence[float]]) -> list[ChartLine]:
    return [ChartLine(name, values, number) for number, (name, values) in enumerate(lines.items())]


def map_of(
    axes: Axes,
    locations: Mapping[str, Location],
    amounts: Mapping[str, float],
    language: Language,
) -> int:
    """Draw where amounts stand, as dots by size; return how many locations have no place on it."""
    draw_land(axes)
    most = max(amounts.values(), default=0.0)
    missing = 0
    named = sorted(amounts, key=lambda each: -amounts[each])[:_MOST_NAMED]
    for name, location in locations.items():
        spot = spot_of(location)
        if spot is None:
            missing += 1
            continue
        amount, size = amounts.get(name, 0.0), _NO_DOT
        if amount > 0 and most > 0:
            size = max(10.0, _LARGEST_DOT * amount / most)
            axes.scatter(*spot, s=size, color="#b3541e", alpha=0.65, linewidths=0, zorder=3)
        else:
            axes.scatter(*spot, s=size, color="#1f4e79", marker="s", linewidths=0, zorder=2)
        if name in named and amount > 0:
            name_beside(axes, f"{name} {show_number(amount, language, 0)}", spot, size)
    return missing


def name_beside(axes: Axes, said: str, spot: tuple[float, float], size: float) -> None:
    """Write beside a dot of so many square points what it is; at its left near the east."""
    left = spot[0] > _EAST * land.WIDTH
    away = _BESIDE + math.sqrt(size / math.pi)
    axes.annotate(
        said, spot, (-away if left else away, -2.5), textcoords="offset points",
        ha="right" if left else "left", fontsize=_NAME, zorder=4,
    )  # fmt: skip


def draw_land(axes: Axes) -> None:
    """Draw the provinces."""
    for _, rings in land.provinces():
        for ring in rings:
            axes.add_patch(
                Polygon(ring, closed=True, facecolor="#f1f3f5", edgecolor="#9aa5b1", lw=0.5)
            )
    axes.set_xlim(0, land.WIDTH)
    axes.set_ylim(land.HEIGHT, 0)
    axes.set_aspect("equal")
    axes.axis("off")


def spot_of(location: Location) -> tuple[float, float] | None:
    """Return where a location lies on the drawing; nothing where it has no coordinates."""
    if location.longitude is None or location.latitude is None:
        return None
    return land.place(location.longitude, location.latitude)
