"""The drawings of the report: run-off, DOL, emergency reception, and the map of the shortfalls.

Lines differ in dash and marker as well as in colour, for a report is often printed in grey.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from planner.core.texts import Language, show_month, show_number
from planner.input.location import Location

# How the outlines were fitted: resources/map/README.md.
_PIXELS_A_DEGREE, _WEST, _NORTH = 158.12, 530.5, 10065.8
_DRAWN_WIDTH, _DRAWN_HEIGHT = 613.0, 724.0
MAP_SHAPE = _DRAWN_WIDTH / _DRAWN_HEIGHT

_TEXT = 7.5
_DASHES = (("-", "o"), ("--", "s"), (":", "^"))
_COLOURS = ("#1f4e79", "#b3541e", "#3d7a3d")
_MOST_LABELS = 12
_LARGEST_DOT = 260.0
_MOST_NAMED = 8


@dataclass(frozen=True)
class Line:
    """A line of a drawing: its name and a value a month."""

    name: str
    values: Sequence[float]


def by_month(
    axes: Axes, months: Sequence[dt.date], lines: Sequence[Line], language: Language
) -> None:
    """Draw lines over the months, from zero."""
    places = range(len(months))
    for number, line in enumerate(lines):
        dash, marker = _DASHES[number % len(_DASHES)]
        axes.plot(
            places,
            line.values,
            dash,
            marker=marker,
            markersize=3.5,
            linewidth=1.4,
            color=_COLOURS[number % len(_COLOURS)],
            label=line.name,
        )
    step = max(1, math.ceil(len(months) / _MOST_LABELS))
    axes.set_xticks(list(places)[::step])
    labels = [show_month(month, language) for month in months][::step]
    axes.set_xticklabels(labels, fontsize=_TEXT - 0.5, rotation=30, ha="right")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda value, _: show_number(value, language))
    axes.tick_params(axis="y", labelsize=_TEXT)
    axes.grid(axis="y", linewidth=0.4, color="#cccccc")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=_TEXT, frameon=False, loc="upper left", bbox_to_anchor=(0, 1.18), ncols=3)


def map_of(
    axes: Axes,
    locations: Mapping[str, Location],
    amounts: Mapping[str, float],
    language: Language,
) -> int:
    """Draw where amounts stand, as dots by size; return how many locations have no place on it."""
    for ring in outlines():
        axes.add_patch(Polygon(ring, closed=True, facecolor="#f1f3f5", edgecolor="#9aa5b1", lw=0.5))
    axes.set_xlim(0, _DRAWN_WIDTH)
    axes.set_ylim(_DRAWN_HEIGHT, 0)
    axes.set_aspect("equal")
    axes.axis("off")
    most = max(amounts.values(), default=0.0)
    missing = 0
    named = sorted(amounts, key=lambda each: -amounts[each])[:_MOST_NAMED]
    for name, location in locations.items():
        spot = spot_of(location)
        if spot is None:
            missing += 1
            continue
        amount = amounts.get(name, 0.0)
        if amount > 0 and most > 0:
            size = max(10.0, _LARGEST_DOT * amount / most)
            axes.scatter(*spot, s=size, color="#b3541e", alpha=0.65, linewidths=0, zorder=3)
        else:
            axes.scatter(*spot, s=7, color="#1f4e79", marker="s", linewidths=0, zorder=2)
        if name in named and amount > 0:
            label = f"{name} {show_number(amount, language, 0)}"
            axes.annotate(label, spot, (4, 4), textcoords="offset points", fontsize=6.5, zorder=4)
    return missing


def spot_of(location: Location) -> tuple[float, float] | None:
    """Return where a location lies on the drawing; nothing where it has no coordinates."""
    if location.longitude is None or location.latitude is None:
        return None
    northing = math.degrees(math.asinh(math.tan(math.radians(location.latitude))))
    return (
        _PIXELS_A_DEGREE * location.longitude - _WEST,
        _NORTH - _PIXELS_A_DEGREE * northing,
    )


@cache
def outlines() -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the outlines of the provinces, in pixels of the drawing."""
    text = (files("resources") / "map" / "provinces.json").read_text(encoding="utf-8")
    return tuple(
        tuple((float(x), float(y)) for x, y in ring)
        for province in json.loads(text)
        for ring in province["rings"]
    )
