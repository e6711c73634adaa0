"""A chart of lines over any quantity, with limits marked and points that stand out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.report.charts import DASHES, MARKERS
from ui.charts.names import drawable
from ui.charts.parts import USUAL_LINES, ChartLook, dress, label_axis, legend_at_ends

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ui.words import Words


@dataclass(frozen=True)
class Curve:
    """A line with a name and a value at each place."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class MarkedValue:
    """A value to look at, with its name."""

    name: str
    value: float


@dataclass(frozen=True)
class MarkedPoint:
    """A point that stands out, with its name."""

    name: str
    across: float
    up: float


@dataclass(frozen=True)
class Curves:
    """Lines over a quantity: `places` are its values, `across` and `unit` name the axes."""

    title: str
    across: str
    unit: str
    places: tuple[float, ...] = ()
    curves: tuple[Curve, ...] = field(default=())
    limits: tuple[MarkedValue, ...] = field(default=())
    points: tuple[MarkedPoint, ...] = field(default=())

    @property
    def hint(self) -> str:
        """The text in the catalogue that says what the arrow keys do."""
        return "chart.keys_places"

    @property
    def steps(self) -> int:
        """How many places the arrow keys walk."""
        return len(self.places)

    @property
    def lines(self) -> int:
        """How many lines of text it is high at least."""
        return USUAL_LINES

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw the lines, the limits across them, and the points with their names."""
        marks = MARKERS if look.hatched else ("",)
        for number, each in enumerate(self.curves):
            axes.plot(
                self.places, each.values, label=drawable(each.name), color=look.colour(number),
                zorder=3, linestyle=DASHES[number % len(DASHES)], linewidth=1.8,
                marker=marks[number % len(marks)], markersize=4, markevery=2,
            )  # fmt: skip
        self._draw_limits(axes, look)
        self._draw_points(axes, look)
        if at >= 0:
            axes.axvline(self.places[at], color=look.colours.muted, linewidth=1)
        axes.set_xlim(self.places[0], self.places[-1])
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_formatter(lambda value, _: look.words.number(value, None))
        axes.set_xlabel(look.words.say(self.across), color=look.colours.text, fontsize=look.size)
        label_axis(axes, look, self.unit)
        dress(axes, look)
        ends = {drawable(each.name): each.values[-1] for each in self.curves}
        ends |= {drawable(each.name): each.up for each in self.points}
        legend_at_ends(figure, axes, look, ends, self.lines)

    def tell(self, at: int, words: Words) -> str:
        """Return the value of every line at a place."""
        parts = [f"{each.name} {words.number(each.values[at])}" for each in self.curves]
        place = words.number(self.places[at], None)
        return f"{words.say(self.across)} {place}: {words.listed(parts)}"

    def _draw_limits(self, axes: Axes, look: ChartLook) -> None:
        for each in self.limits:
            axes.axhline(each.value, color=look.colours.text, linewidth=1.2, linestyle=(0, (6, 3)))
            axes.annotate(
                drawable(each.name), (self.places[0], each.value), xytext=(6, 4),
                textcoords="offset points", color=look.colours.text, fontsize=look.size * 0.95,
            )  # fmt: skip

    def _draw_points(self, axes: Axes, look: ChartLook) -> None:
        for each in self.points:
            axes.plot(
                [each.across], [each.up], linestyle="", marker="*", markersize=15, zorder=6,
                color=look.colours.text, label=drawable(each.name),
            )  # fmt: skip
