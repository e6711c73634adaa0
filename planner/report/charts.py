"""Charts as the window and paper both draw them: lines by month, and a waterfall.

Lines differ in dash and marker, bars in hatching, for paper is often printed in grey and not
everybody sees every colour. Nothing of matplotlib is loaded before the first chart is drawn.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt

    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = (
    "solid", "dashed", "dashdot", "dotted", (0, (5, 1)), (0, (1, 1)),
)  # fmt: skip
BAR_FILL = 0.35  # opacity, of bars with an edge and hatching
SOLID = 0.92  # of those without
HATCH = "///"  # of what is more
BAR = 0.62  # high, where the next begins at 1
BEYOND = 0.3  # of what the bars span, for the amount at the end of one
HEADROOM = 1.03  # so that a mark at the highest value is not cut off
LEAST = 1.0  # of whole people or places that an axis reaches, where all is nought


@dataclass(frozen=True)
class ChartStyle:
    """What a chart is drawn with: colours, sizes in points, and how numbers and months are written.

    `series` are the colours of lines in their order; `total`, `more` and `less` are those of bars.
    `labels` is how many months are named at most, and `turn` by how many degrees; `label` is how
    many characters a bar's name has on a line. Bars are `hatched` where colour may be lost, as on
    paper.
    """

    ink: str
    grid: str
    series: Sequence[str]
    total: str
    more: str
    less: str
    text: float
    line: float
    marker: float
    number: Callable[[float], str]
    month: Callable[[dt.date], str]
    labels: int = 12
    turn: float = 30.0
    label: int = 30
    hatched: bool = True


@dataclass(frozen=True)
class ChartLine:
    """A line of a chart: its name, a value a month (`nan` where it is not known), and its number.

    The number gives colour, dash and marker; the weight is how many times as wide it is as usual.
    One that is `stepped` changes at once between months, and has the first and the last as wide
    as any other.
    """

    name: str
    values: Sequence[float]
    number: int
    weight: float = 1.0
    marked: bool = True
    stepped: bool = False


def draw_line(axes: Axes, line: ChartLine, style: ChartStyle) -> Line2D:
    """Draw a line over the months, and return it."""
    places: list[float] = list(range(len(line.values)))
    values = list(line.values)
    if line.stepped and values:
        places = [-0.5, *places, len(values) - 0.5]
        values = [values[0], *values, values[-1]]
    (drawn,) = axes.plot(
        places, values, label=line.name, zorder=3,
        drawstyle="steps-mid" if line.stepped else "default",
        color=style.series[line.number % len(style.series)],
        linestyle=DASHES[line.number % len(DASHES)],
        linewidth=style.line * line.weight, markersize=style.marker,
        marker=MARKERS[line.number % len(MARKERS)] if line.marked else "",
    )  # fmt: skip
    return drawn


def draw_months(axes: Axes, months: Sequence[dt.date], style: ChartStyle) -> None:
    """Name the months along the axis, as many as it has room for."""
    every = max(1, -(-len(months) // style.labels))
    axes.set_xticks(
        range(0, len(months), every), [style.month(month) for month in months[::every]],
        rotation=style.turn, ha="right" if style.turn else "center",
        fontsize=style.text, color=style.ink,
    )  # fmt: skip
    axes.set_xlim(-0.6, len(months) - 0.4)


def by_month(
    axes: Axes,
    months: Sequence[dt.date],
    lines: Sequence[ChartLine],
    style: ChartStyle,
    *,
    differences: bool = False,
) -> None:
    """Draw lines over the months: from nought, or around a line at nought where they differ."""
    for line in lines:
        draw_line(axes, line, style)
    draw_months(axes, months, style)
    if differences:
        axes.axhline(0.0, color=style.ink, linewidth=1.2)
    else:
        axes.set_ylim(0, max(axes.get_ylim()[1] * HEADROOM, LEAST))
    _finish(axes, style, "y")


@dataclass(frozen=True)
class Waterfall:
    """A total, the steps away from it with their names, and the total that comes of it."""

    start: tuple[str, float]
    steps: Sequence[tuple[str, float]]
    end: tuple[str, float]

    @property
    def bars(self) -> int:
        """How many bars it has."""
        return len(self.steps) + 2

    @property
    def names(self) -> list[str]:
        """What each bar is called."""
        return [self.start[0], *(name for name, _ in self.steps), self.end[0]]

    def amounts(self, number: Callable[[float], str]) -> list[str]:
        """Return what is written at the end of each bar, by how numbers are written."""
        steps = [("+" if step > 0 else "") + number(step) for _, step in self.steps]
        return [number(self.start[1]), *steps, number(self.end[1])]


def draw_waterfall(axes: Axes, fall: Waterfall, style: ChartStyle, beyond: float = BEYOND) -> None:
    """Draw the bars from the top down, on an axis with nought on it.

    The axis reaches `beyond` the bars, as a part of what they span, for the amounts to stand in.
    Less is not good by itself: a plan costs less that leaves people without a place.
    """
    level, amounts = fall.start[1], fall.amounts(style.number)
    _bar(axes, 0, (0.0, level), style.total, style)
    _amount(axes, 0, level, amounts[0], style)
    for place, (_, step) in enumerate(fall.steps, start=1):
        _bar(axes, place, (level, step), style.more if step > 0 else style.less, style)
        level += step
        _amount(axes, place, max(level, level - step), amounts[place], style)
    _bar(axes, fall.bars - 1, (0.0, fall.end[1]), style.total, style)
    _amount(axes, fall.bars - 1, fall.end[1], amounts[-1], style)
    wrapped = ["\n".join(textwrap.wrap(name, style.label)) for name in fall.names]
    axes.set_yticks(range(fall.bars), wrapped, fontsize=style.text, color=style.ink)
    axes.invert_yaxis()
    _reach(axes, fall, beyond)
    _finish(axes, style, "x")


def _bar(axes: Axes, place: int, bar: tuple[float, float], colour: str, style: ChartStyle) -> None:
    left, width = bar
    pattern = HATCH if colour == style.more else ""
    axes.barh([place], [width], left=left, height=BAR, **bar_look(colour, style, pattern))


def bar_look(colour: str, style: ChartStyle, pattern: str = "") -> dict[str, Any]:
    """Return how matplotlib fills a bar: light, with edge and hatching, or in its colour alone."""
    from matplotlib.colors import to_rgba  # noqa: PLC0415 - loaded when the first chart is drawn

    if not style.hatched:
        return {"facecolor": to_rgba(colour, SOLID), "edgecolor": "none", "linewidth": 0.0}
    light = to_rgba(colour, BAR_FILL)
    return {"facecolor": light, "edgecolor": colour, "linewidth": 1.0, "hatch": pattern}


def _amount(axes: Axes, place: int, end: float, said: str, style: ChartStyle) -> None:
    axes.annotate(
        said, (end, place), xytext=(4, 0), textcoords="offset points", va="center",
        color=style.ink, fontsize=style.text * 0.9,
    )  # fmt: skip


def _reach(axes: Axes, fall: Waterfall, beyond: float) -> None:
    """Have the axis reach from nought to past every bar, with room for its amount."""
    levels = [0.0, fall.start[1]]
    for _, step in fall.steps:
        levels.append(levels[-1] + step)
    low, high = min(levels), max(levels)
    room = beyond * (high - low or 1.0)
    axes.set_xlim(low - room if low < 0 else 0.0, high + room)
    axes.locator_params(axis="x", nbins=5)


def _finish(axes: Axes, style: ChartStyle, along: str) -> None:
    """Write the amounts along their axis, with fine lines across from them."""
    axis = axes.xaxis if along == "x" else axes.yaxis
    axis.set_major_formatter(lambda value, _: style.number(value))
    axis.set_tick_params(labelsize=style.text, labelcolor=style.ink)
    axes.grid(visible=False)
    axis.grid(visible=True, color=style.grid, linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
