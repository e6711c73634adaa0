"""How the base's cost becomes another plan's: a waterfall, part by part, with its table."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.charts.chart_with_table import ChartWithTable
from ui.charts.names import drawable
from ui.charts.panel import ChartPanel
from ui.charts.parts import BAR_FILL, HATCHES, ChartLook, dress, label_axis
from ui.comparing.columns import short, signed, tag
from ui.comparing.others import OtherPlan
from ui.results.model import ResultModel, Shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ui.comparing.work import ComparisonWork
    from ui.theme import Theme
    from ui.words import Words

LABEL_WIDTH = 30  # characters of a bar's name on one line
HEIGHT = 0.62  # of a bar, where the next begins at 1
LEAST_LINES, LINES_A_BAR = 12, 2
# Colours of the look's series. Less is not good by itself: a plan costs less that leaves people
# without a place. So nothing is green.
TOTAL, MORE, LESS = 5, 1, 0


@dataclass(frozen=True)
class CostFall:
    """A start, steps up and down with their names, and an end."""

    title: str
    unit: str
    start: tuple[str, float] = ("", 0.0)
    moves: tuple[tuple[str, float], ...] = field(default=())
    end: tuple[str, float] = ("", 0.0)

    @property
    def hint(self) -> str:
        """The text in the catalogue that says what the arrow keys do."""
        return "chart.keys_bars"

    @property
    def steps(self) -> int:
        """How many bars there are."""
        return len(self.moves) + 2 if self.start[0] else 0

    @property
    def lines(self) -> int:
        """How many lines of text it is high at least."""
        return max(LEAST_LINES, LINES_A_BAR * self.steps)

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw the bars from the top down; more is hatched otherwise than less."""
        del figure  # there is no legend: every bar is named
        level = self.start[1]
        self._bar(axes, 0, (0.0, level), TOTAL, look)
        self._number(axes, 0, level, look.words.number(level), look)
        for place, (_, step) in enumerate(self.moves, start=1):
            self._bar(axes, place, (level, step), MORE if step > 0 else LESS, look)
            level += step
            said = signed(look.words, 0)(step)
            self._number(axes, place, max(level, level - step), said, look)
        self._bar(axes, self.steps - 1, (0.0, self.end[1]), TOTAL, look)
        self._number(axes, self.steps - 1, self.end[1], look.words.number(self.end[1]), look)
        named = (self.start[0], *(name for name, _ in self.moves), self.end[0])
        names = [drawable(each) for each in named]
        axes.set_yticks(
            range(len(names)), ["\n".join(textwrap.wrap(name, LABEL_WIDTH)) for name in names]
        )
        axes.invert_yaxis()
        if at >= 0:
            axes.get_yticklabels()[at].set_fontweight("bold")
        cut = self._zoom(axes)
        label_axis(axes, look, "comparison.cost.axis_cut" if cut else self.unit, across=True)
        dress(axes, look, grid="x")

    def tell(self, at: int, words: Words) -> str:
        """Return a bar with its amount."""
        if at in (0, self.steps - 1):
            name, value = self.start if at == 0 else self.end
            return f"{name}: {words.number(value)}"
        name, step = self.moves[at - 1]
        return f"{name}: {signed(words, 0)(step)}"

    def _zoom(self, axes: Axes) -> bool:
        """Begin the axis nearer by, so that the steps are seen; whether that is not at nought."""
        levels = [self.start[1]]
        for _, step in self.moves:
            levels.append(levels[-1] + step)
        low, high = min(levels), max(levels)
        reach = high - low or high or 1.0
        first = max(low - 0.5 * reach, 0.0)
        axes.set_xlim(first, high + 0.3 * reach)
        axes.locator_params(axis="x", nbins=5)
        return first > 0

    def _bar(
        self, axes: Axes, place: int, bar: tuple[float, float], series: int, look: ChartLook
    ) -> None:
        from matplotlib.colors import to_rgba  # noqa: PLC0415 - loaded when the first chart is drawn

        left, width = bar
        colour = look.colour(series)
        axes.barh(
            [place], [width], left=left, height=HEIGHT, linewidth=1.0,
            facecolor=to_rgba(colour, BAR_FILL), edgecolor=colour,
            hatch="" if series == TOTAL else HATCHES[series],
        )  # fmt: skip

    def _number(self, axes: Axes, place: int, end: float, said: str, look: ChartLook) -> None:
        axes.annotate(
            said, (end, place), xytext=(4, 0), textcoords="offset points", va="center",
            color=look.colours.text, fontsize=look.size * 0.9,
        )  # fmt: skip


class CostPage(QWidget):
    """The waterfall from the base to the plan that is chosen."""

    def __init__(
        self,
        work: ComparisonWork,
        words: Words,
        theme: Theme,
        ask_path: Callable[[str], Path | None],
    ) -> None:
        """Show the cost of the comparison's plans."""
        super().__init__()
        self._work = work
        self._words = words
        self.other = OtherPlan(work, words)
        self.model = ResultModel([Shown("comparison_part"), Shown("comparison_amount")], words)
        self._empty = CostFall("comparison.cost.title", "unit.euro")
        self.chart = ChartPanel(self._empty, words, theme)
        self.twin = ChartWithTable(
            "comparison.cost", self.chart, self.model, words=words, theme=theme,
            ask_path=ask_path, controls=(self.other,),
        )  # fmt: skip
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.twin)
        self.other.chosen.connect(self.fill)
        words.changed.connect(self.fill)

    def fill(self) -> None:
        """Show the comparison that there is."""
        shown, at = self._work.shown, self.other.at
        if shown is None or not at:
            return
        cost = shown.costs[at - 1]
        moves = tuple((self._words.title(title), step) for title, step in cost.steps)
        start, end = (short(shown.names[0]), cost.start), (tag(shown.names, at), cost.end)
        self.chart.show_chart(CostFall(self._empty.title, self._empty.unit, start, moves, end))
        self.model.show([(shown.names[0], cost.start), *moves, (shown.names[at], cost.end)])
