"""The regret matrix: the decisions of each plan tried in the input of every other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from planner.core.texts import Text
from ui.comparing.columns import BY_UNIT, LEAST, names_of, signed, tag, titled
from ui.comparing.heat import HeatModel
from ui.comparing.page import Page
from ui.flow_layout import FlowBox
from ui.results import figures
from ui.results.model import ShownColumn
from ui.results.table import ResultGrid
from ui.still import StillChoice
from ui.widgets import button, heading, muted, plain_label

if TYPE_CHECKING:
    from planner.compare.views import ShownRegret
    from planner.input.column import Column
    from ui.comparing.work import ComparisonWork
    from ui.view import Context

FIRST = "first"
MEASURES = (FIRST, "unplaced", "protected", "emergency", "cost")


class RegretPage(Page):
    """A row for each plan's decisions, a column for what happens, one measure at a time."""

    def __init__(self, context: Context, work: ComparisonWork) -> None:
        """Show what is regretted in a comparison, once that is asked for."""
        super().__init__(context, work)
        words, theme = context.words, context.theme
        self._found: ShownRegret | None = None
        self._title = heading(1.3)
        self._lead = muted()
        self.start = button(lambda: work.try_regret(self._take), main=True)
        self._measure_label = plain_label()
        self.measure = StillChoice()
        for each in MEASURES:
            self.measure.addItem("", each)
        self._measure_label.setBuddy(self.measure)
        self.model = HeatModel(words, theme)
        self.table = ResultGrid(self.model)
        self._copy = button(self.table.copy_all)
        self._reads = muted()
        self._notes = muted()
        self._lay_out()
        self.measure.currentIndexChanged.connect(lambda _at: self._show())
        work.compared.connect(self._drop)
        work.going.connect(lambda told: self.start.setEnabled(told is None))
        self.follow()

    def fill(self) -> None:
        """Show what was found about the comparison that there is."""
        self._show()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("comparison.regret.title"))
        self.start.setText(self._words.say("comparison.regret.start"))
        self._measure_label.setText(self._words.say("comparison.regret.measure"))
        with QSignalBlocker(self.measure):
            for at, each in enumerate(MEASURES):
                self.measure.setItemText(at, self._words.say(f"comparison.regret.{each}"))
        self._copy.setText(self._words.say("chart.copy_data"))
        self._copy.setIcon(self._theme.icon("copy"))
        self.table.setAccessibleName(self._words.say("comparison.regret.title"))
        self._show()

    def _take(self, found: ShownRegret) -> None:
        self._found = found
        self._show()

    def _drop(self) -> None:
        self._found = None
        self._show()

    def _show(self) -> None:
        """Show the measure that is chosen."""
        found, shown = self._found, self._work.shown
        plans = 0 if shown is None else len(shown.names)
        # Each plan's own best in shares, and its decisions in every input, its own among them.
        tried = plans + plans * plans
        self._lead.setText(self._words.say("comparison.regret.lead", count=tried))
        for each in (self._measure_label, self.measure, self._copy, self.table, self._reads):
            each.setVisible(found is not None)
        self.start.setVisible(found is None)
        self._notes.setText("")
        if found is None:
            return
        measure = MEASURES[max(self.measure.currentIndex(), 0)]
        column = "first_regret" if measure == FIRST else f"regret_{measure}"
        rows = figures.rows_of(found.frame, ("first_level", column))
        count = len(found.names)
        numbers = [
            [_number(value) for _, value in rows[at * count :][:count]] for at in range(count)
        ]
        cells = [
            [self._cell(measure, level, value) for level, value in rows[at * count :][:count]]
            for at in range(count)
        ]
        self.model.heat(())
        names = names_of(found, self._words)
        self.model.show_plans(
            self._columns(names, measure),
            [(name, *line) for name, line in zip(names, cells, strict=True)],
            names,
        )
        if measure == FIRST:  # amounts of different levels cannot be told by one colour
            numbers = [[float(each >= LEAST) for each in line] for line in numbers]
        self.model.heat(numbers)
        self._reads.setText(self._words.say(f"comparison.regret.{measure}.reads"))
        self._notes.setText(" ".join(map(self._words.tell, found.notes)))

    def _cell(self, measure: str, level: object, value: object) -> object:
        """Return a number; at the first level that differs, its name with it."""
        if measure != FIRST:
            return value
        if not isinstance(level, Text):
            return self._words.say("comparison.regret.none")
        amount = signed(self._words, BY_UNIT)(_number(value))
        return f"{self._words.title(level)}: {amount}"

    def _columns(self, names: tuple[str, ...], measure: str) -> list[ShownColumn]:
        digits = 0 if measure == "cost" else BY_UNIT
        return [
            ShownColumn("comparison_decisions"),
            *(
                ShownColumn(f"plan_{at}", digits, signed(self._words, digits), _called(names, at))
                for at in range(len(names))
            ),
        ]

    def _lay_out(self) -> None:
        self.lay_out(
            self._title,
            self._lead,
            FlowBox(self.start, self._measure_label, self.measure, self._copy),
            self._reads,
            self.table,
            self._notes,
            fills=self.table,
        )


def _called(names: tuple[str, ...], at: int) -> Column:
    return titled(Text(tag(names, at), tag(names, at)))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
