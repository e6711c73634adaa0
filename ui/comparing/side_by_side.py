"""Plans side by side on one page: the main figures, what differs first, the levels, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from planner.compare.beside_values import UNITS, FigureVerdict
from planner.core.texts import Text, message
from planner.sheets.compare_tables import comparison_table
from ui.charts.panel import ChartPanel
from ui.comparing.columns import LEAST, PlansModel, names_of, short, signed, tag, titled
from ui.comparing.explained import ExplainedPage
from ui.comparing.lines import PlanLines, lines_of
from ui.comparing.page import Page
from ui.comparing.plan_tile import MARKS, PlanTile, verdict_ink, verdict_word
from ui.results.model import Index, Role, ShownColumn
from ui.results.table import ResultGrid
from ui.widgets import heading, muted, scrolling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from planner.compare.beside_values import Beside, LevelBeside, PlanBeside
    from planner.compare.views import ShownComparison
    from ui.comparing.work import ComparisonWork
    from ui.theme import Theme
    from ui.view import Context
    from ui.words import Words

WIDE, ROOMY = 1020, 500  # pixels: four tiles beside one another, or two
VERDICT = "verdict_"  # the columns of verdicts, by the number of the plan

PEOPLE = "unit.people"
# Who has no place comes first; where that is nobody in any plan, who is in emergency reception.
DRAWN = ("people.unplaced", "people.emergency")
CHART_LINES = 15  # of text


class SideBySidePage(Page):
    """The four main figures of every plan, its levels, and what explains the difference."""

    def __init__(self, context: Context, work: ComparisonWork) -> None:
        """Show the figures of a comparison."""
        super().__init__(context, work)
        self._title = heading(1.3)
        self._lead = muted()
        self.rows: list[PlanRow] = []
        self._plans = QVBoxLayout()
        self._plans.setSpacing(10)
        self._levels_title = heading(1.15)
        self.model = LevelsModel(context.words, context.theme)
        self.table = ResultGrid(self.model)
        self._left_out = muted()
        self.explained = ExplainedPage(context, work, within=True)
        self._chart_title = heading(1.15)
        nothing = PlanLines(f"comparison.beside.chart.{DRAWN[0]}", PEOPLE)
        self.chart = ChartPanel(nothing, context.words, context.theme)
        self.chart.setFixedHeight(self.fontMetrics().height() * CHART_LINES)
        self._lay_out()
        self.follow()

    def fill(self) -> None:
        """Show the comparison that there is."""
        shown = self._work.shown
        self._show_rows(() if shown is None else shown.beside.plans)
        if shown is None:
            return
        names = names_of(shown, self._words)
        self._lead.setText(self._words.say("comparison.beside.lead", base=names[0]))
        for at, (line, plan) in enumerate(zip(self.rows, shown.beside.plans, strict=True)):
            line.show_plan(names[0] if at == 0 else f"{at}: {names[at]}", plan)
        self._show_levels(shown.beside, names)
        self._show_chart(shown, names)
        self.explained.fill()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("comparison.page.beside"))
        self._levels_title.setText(self._words.say("comparison.beside.levels"))
        self._chart_title.setText(self._words.say(self.chart.chart.title))
        self.table.setAccessibleName(self._levels_title.text())
        self.fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for each in self.rows:
            each.arrange(self.width())

    def _show_rows(self, plans: Sequence[PlanBeside]) -> None:
        """Have as many rows of tiles as there are plans."""
        while len(self.rows) < len(plans):
            made = PlanRow(self._words, self._theme)
            made.arrange(self.width())
            self.rows.append(made)
            self._plans.addWidget(made)
        while len(self.rows) > len(plans):
            gone = self.rows.pop()
            self._plans.removeWidget(gone)
            gone.deleteLater()

    def _show_levels(self, beside: Beside, names: Sequence[str]) -> None:
        listed = [each.levels for each in beside.plans[1:]]
        rows = list(zip(*listed, strict=True)) if listed else []
        self.model.show_levels(rows, names)
        said = [] if rows else [self._words.tell(message("compare.note.own_months"))]
        if beside.left_out:
            told = message("compare.beside.left_out", count=beside.left_out)
            said.append(self._words.tell(told))
        self._left_out.setText(" ".join(said))
        self.table.setVisible(bool(rows))
        line = self.table.verticalHeader().defaultSectionSize()
        header = self.table.horizontalHeader().sizeHint().height()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(line * max(len(rows), 1) + header + bar + 3)
        self.table.fit_columns()

    def _show_chart(self, shown: ShownComparison, names: Sequence[str]) -> None:
        """Draw the first of the lines in which some plan has anybody."""
        each = [
            replace(
                lines_of(shown, names, "people", series, PEOPLE),
                title=f"comparison.beside.chart.{series}",
            )
            for series in DRAWN
        ]
        drawn = next((lines for lines in each if lines.most >= LEAST), each[-1])
        self._chart_title.setText(self._words.say(drawn.title))
        self.chart.show_chart(drawn)

    def _lay_out(self) -> None:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 10, 16, 10)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addWidget(self._lead)
        box.addLayout(self._plans)
        for part in (
            self.explained, self._chart_title, self.chart,
            self._levels_title, self.table, self._left_out,
        ):  # fmt: skip
            box.addWidget(part)
        box.addStretch(1)
        self.hold(scrolling(page))


class PlanRow(QWidget):
    """The tiles of one plan beside one another, below its name, and what differs first."""

    def __init__(self, words: Words, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__()
        self._words = words
        self._name = heading(1.1)
        self.first = heading(1.0)
        self.tiles = {key: PlanTile(words, theme) for key in UNITS}
        self._tiles = QGridLayout()
        self._tiles.setSpacing(8)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._name)
        box.addLayout(self._tiles)
        box.addWidget(self.first)
        self.arrange(WIDE)

    def show_plan(self, name: str, plan: PlanBeside) -> None:
        """Show a plan under a name; the one without a first difference is the base."""
        base = plan.first is None
        self._name.setText(name)
        self.first.setText("" if plan.first is None else self._words.tell(plan.first))
        self.first.setVisible(not base)
        for each in plan.figures:
            self.tiles[each.key].show_figure(each, base=base)

    def arrange(self, width: int) -> None:
        """Put the tiles beside one another as far as there is room, in pixels."""
        columns = 4 if width >= WIDE else 2 if width >= ROOMY else 1
        for at, tile in enumerate(self.tiles.values()):
            self._tiles.addWidget(tile, at // columns, at % columns)
        for at in range(4):
            self._tiles.setColumnStretch(at, 1 if at < columns else 0)


class LevelsModel(PlansModel):
    """Levels by row; what each is worth stands in a word, a colour and a mark."""

    def __init__(self, words: Words, theme: Theme) -> None:
        """Show nothing yet."""
        super().__init__(words)
        self._theme = theme
        theme.changed.connect(self.layoutChanged)

    def show_levels(self, rows: Sequence[Sequence[LevelBeside]], names: Sequence[str]) -> None:
        """Show levels; each row has that of every plan beside the base."""
        others = range(1, len(names))
        columns = [
            ShownColumn(each.key, None, declared=each)
            for each in comparison_table("levels", names).columns
            if each.key in {"title", "unit"}
        ]
        for at in others:
            less = message("window.comparison.column.difference", plan=tag(names, at)).both
            worth = message("window.comparison.beside.verdict", plan=tag(names, at)).both
            columns.append(
                ShownColumn(
                    f"difference_{at}", words=signed(self._words, None), declared=titled(less)
                )
            )
            columns.append(ShownColumn(f"{VERDICT}{at}", words=self._worth, declared=titled(worth)))
        base = message("window.comparison.column.base", plan=short(names[0])).both
        columns.append(ShownColumn("plan_0", words=self._figure, declared=titled(base)))
        for at in others:
            name = tag(names, at)
            columns.append(
                ShownColumn(f"plan_{at}", words=self._figure, declared=titled(Text(name, name)))
            )
        self.show_plans(columns, [_cells(each) for each in rows], names)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        worth = self._verdict_of(index)
        if worth is not None and role == Role.ForegroundRole:
            return QColor(verdict_ink(worth, self._theme))
        if worth in MARKS and role == Role.DecorationRole and self._is_verdict(index):
            return self._theme.mark(MARKS[worth], verdict_ink(worth, self._theme))
        return super().data(index, role)

    def _is_verdict(self, index: Index) -> bool:
        return self._columns[index.column()].key.startswith(VERDICT)

    def _verdict_of(self, index: Index) -> FigureVerdict | None:
        """Return the verdict on a difference or that stands in a cell itself."""
        key = self._columns[index.column()].key
        if not key.startswith((VERDICT, "difference_")):
            return None
        wanted = VERDICT + key.rpartition("_")[2]
        place = next(at for at, each in enumerate(self._columns) if each.key == wanted)
        worth = self.row(index.row())[place]
        return worth if isinstance(worth, FigureVerdict) else None

    def _figure(self, value: object) -> str:
        return self._words.number(value, None) if isinstance(value, int | float) else ""

    def _worth(self, value: object) -> str:
        return verdict_word(value, self._words) if isinstance(value, FigureVerdict) else ""


def _cells(levels: Sequence[LevelBeside]) -> tuple[object, ...]:
    """Return the cells of a level: differences with their verdicts, then every plan's figure."""
    first = levels[0]
    cells: list[object] = [first.title, first.unit]
    for each in levels:
        cells += [None if each.more is None else each.shown(each.more), each.verdict]
    return (*cells, first.shown(first.base), *(each.shown(each.value) for each in levels))
