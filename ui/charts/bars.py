"""Charts of bars that lie: what moves an outcome between two ends, and passages of a month."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.report.charts import BAR, HATCH, bar_look
from ui.charts.names import drawable
from ui.charts.parts import CHARACTER, USUAL_LINES, ChartLook, dress, label_axis, legend_above

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ui.words import Words

NAMED = 0.42  # of the width, for the names of bars
LINES_A_BAR, AROUND = 1.25, 6  # lines of text, and for what stands around the bars
SHORTEST = 24  # characters of a name that are always seen
MOST_BARS = 10


@dataclass(frozen=True)
class Ends:
    """One bar of a tornado: its name, and the outcome where its input is low and high."""

    name: str
    at_low: float
    at_high: float


@dataclass(frozen=True)
class Tornado:
    """How far each input moves an outcome by itself, the one that moves it most on top."""

    title: str
    unit: str
    base: float = 0.0
    bars: tuple[Ends, ...] = field(default=())

    @property
    def hint(self) -> str:
        """The text in the catalogue that says what the arrow keys do."""
        return "chart.keys_bars"

    @property
    def steps(self) -> int:
        """How many bars are drawn."""
        return min(len(self.bars), MOST_BARS)

    @property
    def lines(self) -> int:
        """How many lines of text it is high at least."""
        return _lines(min(len(self.bars), MOST_BARS))

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw a bar from the base to each end; where bars are hatched, those of low."""
        shown = self.bars[: self.steps]
        places = range(len(shown))
        for series, (key, pattern, ends) in enumerate(
            (
                ("chart.at_low", HATCH, [each.at_low for each in shown]),
                ("chart.at_high", "", [each.at_high for each in shown]),
            )
        ):
            axes.barh(
                places, [end - self.base for end in ends], left=self.base, height=BAR,
                label=look.words.say(key), **bar_look(look.colour(series), look.style, pattern),
            )  # fmt: skip
        for place, each in enumerate(shown):
            for end in _told(each, self.base):
                _number(axes, place, end, self.base, look)
        axes.axvline(self.base, color=look.colours.text, linewidth=1.2)
        _name_bars(figure, axes, [each.name for each in shown], at, look)
        axes.margins(x=0.14)
        label_axis(axes, look, self.unit, across=True)
        dress(axes, look, grid="x")
        legend_above(figure, axes, look)

    def tell(self, at: int, words: Words) -> str:
        """Return a bar with both its ends."""
        each = self.bars[at]
        return words.say(
            "chart.bar_ends",
            rank=at + 1,
            name=each.name,
            low=words.number(each.at_low),
            high=words.number(each.at_high),
            base=words.number(self.base),
        )


def _lines(bars: int) -> int:
    """Return the height of a chart in which the names of its bars do not touch."""
    return max(USUAL_LINES, round(bars * LINES_A_BAR) + AROUND)


def _told(bar: Ends, base: float) -> tuple[float, ...]:
    """Return the ends of a bar that are written: of two at one side only the further one."""
    if (bar.at_low - base) * (bar.at_high - base) > 0:
        return (max(bar.at_low, bar.at_high, key=lambda end: abs(end - base)),)
    return bar.at_low, bar.at_high


def _number(axes: Axes, place: int, end: float, base: float, look: ChartLook) -> None:
    """Write the value at the end of a bar, if it can be told from the base."""
    if look.words.number(end) == look.words.number(base):
        return
    left = end < base
    axes.annotate(
        look.words.number(end), (end, place), xytext=(-4 if left else 4, 0),
        textcoords="offset points", va="center", ha="right" if left else "left",
        color=look.colours.text, fontsize=look.size * 0.9,
    )  # fmt: skip


def _name_bars(figure: Figure, axes: Axes, names: Sequence[str], at: int, look: ChartLook) -> None:
    """Name the bars from the top down; the one that the arrow keys stand on is bold."""
    most = max(int(figure.get_figwidth() * NAMED * 72 / (look.size * CHARACTER)), SHORTEST)
    axes.set_yticks(range(len(names)), [drawable(_short(name, most)) for name in names])
    axes.invert_yaxis()
    if at >= 0:
        axes.get_yticklabels()[at].set_fontweight("bold")
        axes.axhspan(at - 0.5, at + 0.5, facecolor=look.colours.selected, alpha=0.4, zorder=0)


def _short(name: str, most: int) -> str:
    """Return a name without its middle where it is too long: beginning and end tell it."""
    if len(name) <= most:
        return name
    end = (most - 1) // 2
    return f"{name[: most - 1 - end]}…{name[-end:]}"


@dataclass(frozen=True)
class Passages:
    """Who passes from where to where, one bar a passage, in the month that is looked at.

    `bars` are names with a number a month; the greatest of the chosen month are drawn.
    """

    title: str
    unit: str
    months: tuple[dt.date, ...] = ()
    bars: tuple[tuple[str, tuple[float, ...]], ...] = field(default=())
    month: int = 0

    @property
    def hint(self) -> str:
        """The text in the catalogue that says what the arrow keys do."""
        return "chart.keys"

    @property
    def steps(self) -> int:
        """How many months the arrow keys walk; none where nobody passes."""
        return len(self.months) if self.bars else 0

    @property
    def lines(self) -> int:
        """How many lines of text it is high at least."""
        return _lines(min(len(self.bars), MOST_BARS))

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw the bars of the month `at`, or else of the chosen one."""
        month = at if at >= 0 else self.month
        shown = self._greatest(month)
        axes.barh(
            range(len(shown)), [number for _, number in shown], height=BAR,
            **bar_look(look.colour(0), look.style),
        )  # fmt: skip
        for place, (_, number) in enumerate(shown):
            _number(axes, place, number, 0.0, look)
        _name_bars(figure, axes, [name for name, _ in shown], -1, look)
        axes.set_xlim(left=0)
        axes.margins(x=0.1)
        label_axis(axes, look, self.unit, across=True)
        dress(axes, look, grid="x")
        figure.suptitle(
            look.words.month(self.months[month]), color=look.colours.text, fontsize=look.size,
            fontweight="bold",
        )  # fmt: skip

    def tell(self, at: int, words: Words) -> str:
        """Return the greatest passages of a month."""
        parts = [f"{name} {words.number(number)}" for name, number in self._greatest(at)]
        return f"{words.month(self.months[at])}: {words.listed(parts)}"

    def _greatest(self, month: int) -> list[tuple[str, float]]:
        found = [(name, numbers[month]) for name, numbers in self.bars]
        return sorted(found, key=lambda each: -each[1])[:MOST_BARS]
