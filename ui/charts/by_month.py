"""Charts by month: lines, bars and areas on one another, limits, bands and marks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from planner.report.charts import (
    BAR_FILL,
    HEADROOM,
    LEAST,
    SOLID,
    ChartLine,
    draw_line,
    draw_months,
)
from ui.charts.names import drawable
from ui.charts.parts import (
    BELOW,
    ENTRY,
    USUAL_LINES,
    ChartLook,
    dress,
    halo,
    hatch,
    label_axis,
    last_of,
    legend_at_ends,
    upright,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ui.words import Words

BAND_FILL, LACKING = 0.18, 0.5  # opacity: of a band, and of what is not there
ROUNDS = (0.8, 0.45, 0.2)  # opacity of areas in colours of the series, the first time round and on


class Hue(Enum):
    """What a series is about, which decides its colour: the name of a field of the colours."""

    SERIES = "series"
    REGULAR = "regular"
    EMERGENCY = "emergency"
    DOL = "dol"
    NATIONAL = "national"  # people who are there by national law
    SHORT = "short"
    SPARE = "spare"
    PLAIN = "plain"  # regular places all together
    INK = "ink"  # what is needed or there in all


class SeriesStyle(Enum):
    """How a series is drawn."""

    LINE = auto()
    STEP = auto()  # a line that changes from month to month at once, as a contract ends
    BAR = auto()  # bars of several series stand on one another
    AREA = auto()  # so do areas
    GAP = auto()  # an area of what is not there, on the others
    LIMIT = auto()  # a thin line without markers
    MARK = auto()  # a mark at the value, in the months that have one: no `nan`


STACKED = frozenset({SeriesStyle.AREA, SeriesStyle.BAR, SeriesStyle.GAP})


@dataclass(frozen=True)
class Series:
    """One series of a chart: its text in the catalogue, or a name of the data, a value a month."""

    key: str
    values: tuple[float, ...]
    drawn: SeriesStyle = SeriesStyle.LINE
    name: str = ""
    hue: Hue = Hue.SERIES

    def label(self, words: Words) -> str:
        """Return what the series is called."""
        return self.name or words.say(self.key)


@dataclass(frozen=True)
class Band:
    """A band around what is drawn: its text in the catalogue, its low and high edge a month."""

    key: str
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """A chart by month: its title and unit in the catalogue, its months, series and band."""

    title: str
    unit: str
    months: tuple[dt.date, ...] = ()
    series: tuple[Series, ...] = field(default=())
    band: Band | None = None

    @property
    def hint(self) -> str:
        """The text in the catalogue that says what the arrow keys do."""
        return "chart.keys"

    @property
    def steps(self) -> int:
        """How many months there are."""
        return len(self.months)

    @property
    def across(self) -> bool:
        """Whether its places stand beside one another, so that a pointer can read them."""
        return True

    @property
    def _stacked(self) -> bool:
        """Whether there are areas on one another."""
        return any(each.drawn is SeriesStyle.AREA for each in self.series)

    @property
    def lines(self) -> int:
        """How many lines of text it is high at least; a legend beside needs room."""
        entries = len(self.series) + (self.band is not None)
        return (
            max(USUAL_LINES, math.ceil(entries * ENTRY) + BELOW) if self._stacked else USUAL_LINES
        )

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw the series, areas and bars below lines, with a line at the month `at`."""
        places = list(range(len(self.months)))
        _Drawing(axes, places, look).draw(self)
        if at >= 0:
            axes.axvline(at, color=look.colours.muted, linewidth=1)
        draw_months(axes, self.months, upright(figure, look))
        axes.set_ylim(0, max(axes.get_ylim()[1] * HEADROOM, LEAST))
        label_axis(axes, look, self.unit)
        dress(axes, look)
        legend_at_ends(figure, axes, look, self._ends(look.words), self.lines)

    def _ends(self, words: Words) -> dict[str, float]:
        """Return by name where each series ends; of what is stacked, the middle of its part."""
        ends: dict[str, float] = {}
        floor = 0.0
        stacked = [each for each in self.series if each.drawn in STACKED]
        for each in self.series:
            value = last_of(each.values)
            within = each in stacked and len(stacked) > 1
            ends[drawable(each.label(words))] = floor + value / 2 if within else value
            floor += value if within else 0.0
        if self.band is not None:
            ends[words.say(self.band.key)] = (self.band.low[-1] + self.band.high[-1]) / 2
        return ends

    def tell(self, at: int, words: Words) -> str:
        """Return the month `at` with the value of every series, and the band."""
        return f"{words.month(self.months[at])}: {words.listed(self.read(at, words))}"

    def read(self, at: int, words: Words) -> list[str]:
        """Return the value of every series in the month `at`, the band, and what is marked."""
        parts = [
            f"{each.label(words)} {words.number(each.values[at])}"
            for each in self.series
            if each.drawn is not SeriesStyle.MARK
        ]
        if self.band is not None:
            low, high = (words.number(edge[at]) for edge in (self.band.low, self.band.high))
            parts.append(
                words.say("chart.from_to", name=words.say(self.band.key), low=low, high=high)
            )
        parts += [
            each.label(words)
            for each in self.series
            if each.drawn is SeriesStyle.MARK and not math.isnan(each.values[at])
        ]
        return parts


class _Drawing:
    """Draws the series of one chart; what is stacked stands on what was drawn before."""

    def __init__(self, axes: Axes, places: Sequence[int], look: ChartLook) -> None:
        self._axes = axes
        self._places = places
        self._look = look
        self._floor = [0.0] * len(places)
        self._used: dict[Hue, int] = {}

    def draw(self, chart: Chart) -> None:
        ways = {
            SeriesStyle.BAR: self._bars,
            SeriesStyle.AREA: self._area,
            SeriesStyle.GAP: self._area,
            SeriesStyle.MARK: self._marks,
        }
        for at, each in enumerate(chart.series):
            ways.get(each.drawn, self._line)(at, each, self._ink(at, each.hue))
        if chart.band is not None:
            self._band(chart.band)

    def _ink(self, at: int, hue: Hue) -> str:
        """Return the colour of a series: the next of its hue."""
        if hue is Hue.SERIES:
            return self._look.colour(at)
        number = self._used.get(hue, 0)
        self._used[hue] = number + 1
        palette: tuple[str, ...] = getattr(self._look.colours, hue.value)
        return palette[number % len(palette)]

    def _face(self, at: int, each: Series, ink: str) -> object:
        """Return what fills a shape: its colour, lighter each time that the colours come round."""
        from matplotlib.colors import to_rgba  # noqa: PLC0415 - loaded when the first chart is drawn

        if each.hue is not Hue.SERIES:
            return to_rgba(ink, LACKING if each.drawn is SeriesStyle.GAP else SOLID)
        if self._look.hatched:
            return to_rgba(ink, BAR_FILL)
        return to_rgba(ink, ROUNDS[at // len(self._look.colours.series) % len(ROUNDS)])

    def _pattern(self, at: int) -> str:
        return hatch(at) if self._look.hatched else ""

    def _bars(self, at: int, each: Series, colour: str) -> None:
        # A light fill, so that the lines drawn over the bars stay readable.
        self._axes.bar(
            self._places, each.values, bottom=self._floor, label=self._named(each),
            width=0.7, facecolor=self._face(at, each, colour), edgecolor=colour, linewidth=1.0,
            hatch=self._pattern(at),
        )  # fmt: skip
        self._floor = self._above(each)

    def _area(self, at: int, each: Series, colour: str) -> None:
        above = self._above(each)
        edge = colour if self._look.hatched else self._look.colours.surface
        # Half a month further at both ends: a month is as wide as any other.
        around = [self._places[0] - 0.5, *self._places, self._places[-1] + 0.5]
        low, high = ([each[0], *each, each[-1]] for each in (self._floor, above))
        self._axes.fill_between(
            around, low, high, label=self._named(each), step="mid",
            facecolor=self._face(at, each, colour), edgecolor=edge, linewidth=0.8,
            hatch=self._pattern(at),
        )  # fmt: skip
        self._floor = above

    def _line(self, at: int, each: Series, colour: str) -> None:
        limit = each.drawn is SeriesStyle.LIMIT
        stepped = limit or each.drawn is SeriesStyle.STEP
        line = ChartLine(
            self._named(each), each.values, at, 0.6 if limit else 1.0, not stepped, stepped
        )
        drawn = draw_line(self._axes, line, replace(self._look.style, series=(colour,)))
        if any(self._floor):  # over areas, which a thin line is lost on
            halo(drawn, self._look)

    def _marks(self, _at: int, each: Series, _colour: str) -> None:
        marked = [place for place in self._places if not math.isnan(each.values[place])]
        self._axes.plot(
            marked, [each.values[place] for place in marked], label=self._named(each), zorder=5,
            color=self._look.colours.text, linestyle="", marker="s", markersize=7, clip_on=False,
        )  # fmt: skip

    def _band(self, band: Band) -> None:
        colour = self._look.colours.text
        for edge in (band.low, band.high):
            self._axes.plot(
                self._places, edge, color=colour, zorder=4, linestyle=(0, (4, 2)), linewidth=1.1
            )
        self._axes.fill_between(
            self._places, band.low, band.high, label=self._look.words.say(band.key), zorder=2.5,
            facecolor=colour, alpha=BAND_FILL, linewidth=0,
        )  # fmt: skip

    def _named(self, each: Series) -> str:
        return drawable(each.label(self._look.words))

    def _above(self, each: Series) -> list[float]:
        return [low + value for low, value in zip(self._floor, each.values, strict=True)]


def totals(months: Sequence[dt.date], found: dict[dt.date, float]) -> tuple[float, ...]:
    """Return a value for each month, nothing where there is none."""
    return tuple(found.get(month, 0.0) for month in months)
