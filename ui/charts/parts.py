"""What the charts share: how series differ without colour, the look's colours, legends."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtGui import QGuiApplication

from planner.report.charts import ChartStyle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    from ui.theme import Colours
    from ui.words import Words

HATCHES = (
    "", "///", "xxx", "...", "\\\\\\", "+++",
    "---", "|||", "oo", "//..", "**", "\\\\--",
)  # fmt: skip
# What an entry of a legend takes, in sizes of its text: a character, and what is drawn beside it.
CHARACTER, HANDLE = 0.58, 6.0
CHARACTERS, ROOM, LABELS = 11, 0.7, 12  # of a month with its gap; part of the width; at most
# Names at the ends of lines: their size, and the part of the width that they take at most.
BESIDE, WIDEST = 0.95, 0.34
HALO = 1.0  # points, at either side of a line over areas
ENTRY, BELOW = 1.25, 3  # lines of text that a name takes, and those below the chart
USUAL_LINES = 14  # of text, the height of a chart


class Picture(Protocol):
    """What a panel draws: anything with a title, places to walk with the arrow keys, and words.

    `hint` is the text in the catalogue that says what the arrow keys do.
    """

    @property
    def title(self) -> str:
        """The text in the catalogue that names it."""

    @property
    def hint(self) -> str:
        """The text in the catalogue that says what the arrow keys do."""

    @property
    def steps(self) -> int:
        """How many places the arrow keys walk; nothing is drawn where there are none."""

    @property
    def lines(self) -> int:
        """How many lines of text it is high at least."""

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw it, with the place `at` marked unless that is negative."""

    def tell(self, at: int, words: Words) -> str:
        """Return in words what stands at a place."""


@runtime_checkable
class ByMonth(Protocol):
    """A picture whose places are months, each with some values."""

    @property
    def months(self) -> tuple[dt.date, ...]:
        """The months, in order."""

    def read(self, at: int, words: Words) -> list[str]:
        """Return each value in the month `at`, in words."""


class ChartLook:
    """The colours, words and size of text to draw with."""

    def __init__(self, colours: Colours, words: Words, *, hatched: bool = True) -> None:
        """Take the size of the text from the application; `hatched` as on paper."""
        self.hatched = hatched
        self.colours = colours
        self.words = words
        self.size = text_size()

    @property
    def style(self) -> ChartStyle:
        """What charts are drawn with that paper has too."""
        colours, words = self.colours, self.words
        return ChartStyle(
            ink=colours.text, grid=colours.line, series=colours.series, total=colours.series[5],
            more=colours.series[1], less=colours.series[0], text=self.size, line=2.0, marker=4.0,
            number=words.number, month=words.month, hatched=self.hatched,
        )  # fmt: skip

    def colour(self, at: int) -> str:
        """Return the colour of a series."""
        return self.colours.series[at % len(self.colours.series)]


def hatch(at: int) -> str:
    """Return the hatching of a series."""
    return HATCHES[at % len(HATCHES)]


def dress(axes: Axes, look: ChartLook, *, grid: str = "y") -> None:
    """Give the axes the look's colours, and lines along an axis."""
    colours = look.colours
    axes.set_facecolor(colours.surface)
    axes.tick_params(colors=colours.text, labelsize=look.size)
    axes.grid(visible=False)
    axes.grid(visible=True, axis="x" if grid == "x" else "y", color=colours.line, linewidth=0.6)
    axes.set_axisbelow(True)
    for name, spine in axes.spines.items():
        spine.set_visible(name in ("left", "bottom"))
        spine.set_color(colours.line)


def label_axis(axes: Axes, look: ChartLook, unit: str, *, across: bool = False) -> None:
    """Write numbers in the language in use along the axis of values, and their unit.

    Above an axis that stands, where nobody has to turn their head to read it.
    """
    axis = axes.xaxis if across else axes.yaxis
    axis.set_major_formatter(lambda value, _: look.words.number(value))
    said, ink, size = look.words.say(unit), look.colours.muted, look.size * BESIDE
    if across:
        axes.set_xlabel(said, color=ink, fontsize=size)
    else:
        axes.set_title(said, loc="left", color=ink, fontsize=size)


def halo(line: Line2D, look: ChartLook) -> None:
    """Set a line off from what it lies on, by an edge in the colour of the ground."""
    from matplotlib.patheffects import Normal, Stroke  # noqa: PLC0415 - loaded when the first chart is drawn

    edge = Stroke(linewidth=line.get_linewidth() + 2 * HALO, foreground=look.colours.surface)
    line.set_path_effects([edge, Normal()])


def legend_above(figure: Figure, axes: Axes, look: ChartLook) -> None:
    """Put a legend above the chart, in as many columns as fit."""
    handles, labels = axes.get_legend_handles_labels()
    longest = max(map(len, labels), default=1)
    entry = (longest * CHARACTER + HANDLE) * look.size / 72  # inches
    legend = figure.legend(
        handles, labels, loc="outside upper left", frameon=False, fontsize=look.size,
        handlelength=3, ncols=max(min(len(labels), int(figure.get_figwidth() / entry)), 1),
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_color(look.colours.text)


def legend_at_ends(
    figure: Figure, axes: Axes, look: ChartLook, ends: Mapping[str, float], lines: int
) -> None:
    """Name what is drawn where it ends, at the right: nobody has to look from a list to a line.

    `ends` has the height of each by its name, in the values of the axis; the chart is at least so
    many `lines` of text high. Where names would take too much of the width, or do not fit above one
    another, they stand above the chart.
    """
    from planner.report.ends import name_ends  # noqa: PLC0415 - loaded when the first chart is drawn

    names = axes.get_legend_handles_labels()[1]
    size = look.size * BESIDE
    longest = max(map(len, names), default=1)
    wide = (longest * CHARACTER + HANDLE) * size / 72 / figure.get_figwidth()
    if wide > WIDEST or len(names) * ENTRY > lines - BELOW:
        legend_above(figure, axes, look)
    else:
        name_ends(axes, ends, size, look.colours.text)


def last_of(values: Sequence[float]) -> float:
    """Return the last value that is known, where a line ends; nothing where none is."""
    return next((each for each in reversed(values) if not math.isnan(each)), 0.0)


def text_size() -> float:
    """Return the size of a chart's text in points: the application's own."""
    return max(QGuiApplication.font().pointSizeF(), 8.0)


def upright(figure: Figure, look: ChartLook) -> ChartStyle:
    """Return the style in which months are named without being turned, as many as have room."""
    name = CHARACTERS * CHARACTER * look.size / 72  # inches
    fit = max(int(figure.get_figwidth() * ROOM / name), 2)
    return replace(look.style, labels=min(fit, LABELS), turn=0.0)
