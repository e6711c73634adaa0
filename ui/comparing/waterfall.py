"""How the base's cost becomes another plan's: a waterfall, part by part, with its table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planner.report.charts import BEYOND, Waterfall, draw_waterfall
from ui.charts.chart_with_table import ChartWithTable
from ui.charts.names import drawable
from ui.charts.parts import CHARACTER, ChartLook, dress, label_axis
from ui.comparing.columns import names_of, short, signed, tag
from ui.comparing.others import OtherPlan
from ui.comparing.page import Page
from ui.results.model import ResultModel, ShownColumn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from planner.report.charts import ChartStyle
    from ui.comparing.work import ComparisonWork
    from ui.view import Context
    from ui.words import Words

# Lines of text: at least, for a bar with a name that goes on in a second, and below the bars.
LEAST_LINES, LINES_A_BAR, BELOW_BARS = 12, 2.6, 4
NAMED = 0.45  # of the width, for the names of bars
MOST_AMOUNT = 0.6  # of the width of the axes, for an amount beside a bar


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
        return max(LEAST_LINES, round(LINES_A_BAR * self.steps) + BELOW_BARS)

    def draw(self, figure: Figure, axes: Axes, at: int, look: ChartLook) -> None:
        """Draw from nought what the difference consists of; where bars are hatched, more is."""
        moves = [(drawable(name), step) for name, step in self.moves]
        (start, first), (end, last) = self.start, self.end
        fall = Waterfall((drawable(start), 0.0), moves, (drawable(end), last - first))
        draw_waterfall(axes, fall, *_within(figure, fall, look))
        if at >= 0:
            axes.get_yticklabels()[at].set_fontweight("bold")
        label_axis(axes, look, self.unit, across=True)
        dress(axes, look, grid="x")

    def tell(self, at: int, words: Words) -> str:
        """Return a bar with its amount."""
        if at in (0, self.steps - 1):
            name, value = self.start if at == 0 else self.end
            return f"{name}: {words.number(value)}"
        name, step = self.moves[at - 1]
        return f"{name}: {signed(words, 0)(step)}"


def _within(figure: Figure, fall: Waterfall, look: ChartLook) -> tuple[ChartStyle, float]:
    """Return the style with names as long as there is room for, and the room for the amounts."""
    whole, character = figure.get_figwidth() * 72, look.size * CHARACTER  # points
    fit = max(int(whole * NAMED / character), 1)
    style = replace(look.style, label=min(look.style.label, fit))
    names = min(max(map(len, fall.names)), style.label) * character
    amount = (max(map(len, fall.amounts(style.number))) + 2) * character
    part = min(amount / max(whole - names, 1.0), MOST_AMOUNT)
    return style, max(part / (1 - part), BEYOND)


class CostPage(Page):
    """The waterfall from the base to the plan that is chosen."""

    def __init__(self, context: Context, work: ComparisonWork) -> None:
        """Show the cost of the comparison's plans."""
        super().__init__(context, work)
        words = context.words
        self.other = OtherPlan(work, words)
        self.model = ResultModel(
            [ShownColumn("comparison_part"), ShownColumn("comparison_amount")], words
        )
        self._empty = CostFall("comparison.cost.title", "comparison.cost.axis")
        self.twin = ChartWithTable(
            "comparison.cost", self._empty, self.model, context, controls=(self.other,)
        )
        self.hold(self.twin)
        self.other.chosen.connect(self.fill)
        self.follow()

    def fill(self) -> None:
        """Show the comparison that there is."""
        shown, at = self._work.shown, self.other.at
        if shown is None or not at:
            return
        cost = shown.costs[at - 1]
        moves = tuple((self._words.title(title), step) for title, step in cost.steps)
        names = names_of(shown, self._words)
        start, end = (short(names[0]), cost.start), (tag(names, at), cost.end)
        self.twin.chart.show_chart(CostFall(self._empty.title, self._empty.unit, start, moves, end))
        self.model.show([(names[0], cost.start), *moves, (names[at], cost.end)])
