"""The answer: one sentence, four figures, what to decide, what falls short, and one chart."""

from __future__ import annotations

import datetime as dt
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QHeaderView, QLabel, QVBoxLayout, QWidget

from planner.result.main_figures import MainFigures, headline
from planner.result.queries import Figure
from planner.result.tiles import tiles
from planner.result.to_decide import to_decide
from planner.sheets.answer import breaking_point
from planner.sheets.counted_once import counted_once
from planner.sheets.units import figure_words, unit_key
from ui.charts.panel import Chart, ChartPanel, Hue, Series, SeriesStyle, totals
from ui.chunked_work import ChunkedWork
from ui.results import figures
from ui.results.bar_in_cell import BarInCell
from ui.results.model import ResultModel, ShownColumn, declared
from ui.results.since_before import since_before
from ui.results.spot_words import size_of
from ui.results.table import ResultGrid
from ui.results.tile import Tile
from ui.second_click import SecondClick
from ui.session import Change
from ui.view import PlanView
from ui.widgets import button, heading, muted, row, scrolling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QResizeEvent

    from planner.result.to_decide import ToDecide
    from ui.session import Made
    from ui.view import Context

TILES = ("without_place", "emergency", "dol", "beds")
# The rules that a tile tells of: where one falls short, with places and months, is its why. Of
# emergency reception the first is of applicants, who are most of those there.
RULES_OF = {
    "without_place": ("everyone_placed",),
    "emergency": ("emergency_places", "emergency_others"),
}
# Where a tile leads else.
BEHIND = {"without_place": "shortfalls", "emergency": "runoff", "dol": "dol", "beds": "capacity"}
MOST_SHORT = 5
ROWS = 6  # of a table that are seen without scrolling
# Pixels: four tiles beside one another, or two; lists beside one another, their names on two lines.
WIDE, ROOMY, BESIDE = 1060, 720, 1320
MARGIN, GAP, SCROLLBAR = 16, 10, 16  # pixels: beside the page, between tiles, for its scroll bar
WHERE, AMOUNT, ONCE = 1, 3, 4  # columns
PLACES = ("location", "province", "region", "group")


class AnswerView(PlanView):
    """What a planner asks first, on one page; everything on it leads to its why."""

    why_wanted = Signal(object)  # the Figure that is asked about
    view_wanted = Signal(str)  # the key of another view of the plan
    rule_wanted = Signal(str)  # a rule whose shortfalls are asked for

    def __init__(self, context: Context) -> None:
        """Show the answer of the session's plan."""
        super().__init__(context)
        words = context.words
        self._headline = heading(1.55)
        self._about = muted()
        self.tiles = {key: Tile(key, words, context.theme) for key in TILES}
        self._decisions: tuple[ToDecide, ...] = ()
        self._rules: list[figures.FigureRow] = []
        self._decide_title, self._short_title = heading(1.15), heading(1.15)
        self._chart_title = heading(1.15)
        self.decide = ResultModel(
            [
                ShownColumn("decide_by"),
                ShownColumn("decide_where"),
                *declared("decisions", "decision"),
                ShownColumn("amount_of"),
                ShownColumn("once"),
            ],
            words,
        )
        self.short = ResultModel(
            [
                *declared("shortfalls", "standing"),
                ShownColumn("rule_of"),
                ShownColumn("worst_of"),
                ShownColumn("last_of"),
            ],
            words,
        )
        self.decide_table, self.short_table = ResultGrid(self.decide), ResultGrid(self.short)
        self._sizes = BarInCell(self.decide_table, AMOUNT, lambda: context.theme.colours.regular[1])
        self._all_decisions = button(lambda: self.view_wanted.emit("timeline"))
        self._all_short = button(lambda: self.view_wanted.emit("shortfalls"))
        self._none_short, self._none_decide = heading(1.0), heading(1.0)
        self.chart = ChartPanel(Chart("answer.chart", "unit.people"), words, context.theme)
        self.chart.share_month(context.session.month)
        self._fold = button(self._turn)
        self._notes = muted()
        self._notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._unfolded = False
        self._lay_out()
        for part in self._of_the_whole_plan:
            part.hide()  # until it is known
        for key, tile in self.tiles.items():
            tile.asked.connect(self._ask_tile)
            tile.setToolTip(key)
        for table, follow in (
            (self.decide_table, self._ask_decision),
            (self.short_table, self._ask_rule),
        ):
            # The names take what room is left, so that nothing stands beyond the edge.
            table.horizontalHeader().setSectionResizeMode(WHERE, QHeaderView.ResizeMode.Stretch)
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            table.wrap(WHERE)  # names and rules are to be read whole
            table.rows_fitted.connect(partial(self._fit_height, table))
            table.setCursor(Qt.CursorShape.PointingHandCursor)
            table.clicked.connect(follow)
            table.activated.connect(follow)
        # Of locations alike in name the end tells which: its number and code.
        self.decide_table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._second = SecondClick(self)
        self._filling = ChunkedWork(self)
        self._session.coming.changed.connect(lambda: self._hear(frozenset({Change.PLAN})))
        self.follow()

    def reword(self) -> None:
        self._decide_title.setText(self._words.say("answer.decide"))
        self._short_title.setText(self._words.say("answer.short"))
        self._chart_title.setText(self._words.say("answer.chart"))
        self._all_decisions.setText(self._words.say("answer.all_decisions"))
        self._all_short.setText(self._words.say("answer.all_short"))
        self._none_short.setText(self._words.say("answer.none_short"))
        self._none_decide.setText(self._words.say("answer.none_decide"))
        self.decide_table.setAccessibleName(self._words.say("answer.decide"))
        self.short_table.setAccessibleName(self._words.say("answer.short"))
        for key, tile in self.tiles.items():
            tile.setToolTip(self._words.say(f"tile.{key}.tip"))
        self.show_again()
        self._filling.finish()

    def _show_early(self, found: MainFigures) -> None:
        """Show what is known of the plan that is being made, marked as provisional."""
        self._headline.setText(
            self._words.say("bar.provisional", answer=self._words.tell(headline(found)))
        )
        self._about.setText(self._words.say("answer.early"))
        for each in tiles(found):
            self.tiles[each.key].show_figures(each, provisional=True)
        self._arrange()
        for part in self._of_the_whole_plan:
            part.hide()

    @property
    def _of_the_whole_plan(self) -> tuple[QWidget, ...]:
        return (
            self._left, self._right, self._chart_title, self.chart, self._fold, self._notes
        )  # fmt: skip

    def show_plan(self) -> None:
        """Show the plan by parts, between other events: at once it would hold the window."""
        self._filling.forget()
        if self._session.coming.figures is not None:
            self._show_early(self._session.coming.figures)
        elif self._session.plans:
            self._filling.begin(self._filled(self._session.plans[0]))

    @property
    def filled(self) -> bool:
        """Whether all of the plan is shown."""
        return not self._filling.under_way

    def _filled(self, made: Made) -> Iterator[None]:
        """Show a plan from the top down, with a pause after each part."""
        found = MainFigures.of(made.shown.tables)
        yield
        self._headline.setText(self._words.tell(headline(found, made.shown.tables)))
        for each in tiles(found):
            self.tiles[each.key].show_figures(each)
        yield
        scenario = self._words.called(made.plan.scenario)
        borne = breaking_point(made.shown.tables.get("explanation"))
        about = [self._words.say("answer.about", scenario=scenario), *map(self._words.tell, borne)]
        self._about.setText("\n".join([*self._since(found), *about]))
        self._arrange()
        yield
        self._left.show()
        self._show_decisions()
        yield
        self._right.show()
        self._show_short()
        yield
        self._chart_title.show()
        self.chart.show()
        self._show_chart(found)
        yield
        self._show_notes()

    def _since(self, found: MainFigures) -> tuple[str, ...]:
        """Say what became other than in the plan before, where that was shown before this one."""
        if len(self._session.plans) < 2:  # noqa: PLR2004 - this one and the one before
            return ()
        before = MainFigures.of(self._session.plans[1].shown.tables)
        return (since_before(tiles(found), tiles(before), self._words),)

    def _show_decisions(self) -> None:
        made = self._session.plans[0]
        self._decisions = to_decide(made.shown.tables["decisions"], made.planned.locations)
        names = figures.location_names(self._session.sheet("locations"))
        self.decide.show(
            [
                (
                    self._words.value(each.before),
                    names.get(each.location, each.location),
                    each.decision.value,
                    size_of(each, self._words),
                    self._euro(each.once),
                )
                for each in self._decisions
            ]
        )
        self._sizes.show([each.amount for each in self._decisions])
        self._fit(self.decide_table, self._none_decide, len(self._decisions))
        unpriced = all(each.once is None for each in self._decisions)
        self.decide_table.setColumnHidden(ONCE, unpriced)

    def _euro(self, amount: float | None) -> str:
        return "" if amount is None else f"€ {self._words.number(amount)}"

    def _show_short(self) -> None:
        made = self._session.plans[0]
        sheet = made.planned.sheets.get("shortfalls")
        once = None if sheet is None else counted_once(sheet)
        self._rules = figures.by_rule(once, figures.months(made.shown))[:MOST_SHORT]
        self.short.show(
            [
                (
                    standing,
                    rule,
                    self._words.say(
                        "answer.in_month",
                        amount=self._with_unit(worst, unit),
                        month=self._month(month),
                    ),
                    self._with_unit(last, unit),
                )
                for standing, rule, _, _, worst, unit, month, last, *_ in self._rules
            ]
        )
        self._fit(self.short_table, self._none_short, len(self._rules))

    def _month(self, month: object) -> str:
        return self._words.month(month) if isinstance(month, dt.date) else ""

    def _with_unit(self, amount: object, unit: object) -> str:
        if not isinstance(amount, int | float):
            return ""
        told = figure_words(amount, unit_key(self._words.value(unit)), self._words.language)
        return " ".join(told)

    def _fit(self, table: ResultGrid, none: QWidget, count: int) -> None:
        """Make a table as high as its first rows; without any, say so instead."""
        table.setVisible(bool(count))
        none.setVisible(not count)
        table.fit_columns()

    @staticmethod
    def _fit_height(table: ResultGrid) -> None:
        """Make a table as high as its first rows."""
        rows = range(min(table.model().rowCount(), ROWS))
        header = table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(sum(map(table.rowHeight, rows)) + header + 3)

    def _show_chart(self, found: MainFigures) -> None:
        plan = self._session.plans[0].shown
        emergency, dol = set(figures.EMERGENCY), {figures.DOL}

        def living(name: str, test: set[str], hue: Hue, *, within: bool) -> Series:
            people = figures.by_month(
                plan, "placement", "people", lambda rest: (rest[0] in test) is within, ("kind",)
            )
            return Series(name, totals(found.months, people), SeriesStyle.AREA, hue=hue)

        series = [
            living("answer.regular", emergency | dol, Hue.PLAIN, within=False),
            living("answer.dol", dol, Hue.DOL, within=True),
            living("answer.emergency", emergency, Hue.EMERGENCY, within=True),
        ]
        if any(found.without_place):
            series.append(
                Series("answer.without_place", found.without_place, SeriesStyle.AREA, hue=Hue.SHORT)
            )
        series.append(Series("answer.beds", found.beds, SeriesStyle.STEP, hue=Hue.INK))
        self.chart.show_chart(Chart("answer.chart", "unit.people", found.months, tuple(series)))

    def _show_notes(self) -> None:
        notes = self._session.plans[0].plan.notes
        said = "answer.fold" if self._unfolded else "answer.unfold"
        self._fold.setText(self._words.say(said, count=len(notes)))
        self._fold.setVisible(bool(notes))
        self._notes.setText("\n".join(f"• {self._words.tell(note)}" for note in notes))
        self._notes.setVisible(bool(notes) and self._unfolded)

    def _turn(self) -> None:
        self._unfolded = not self._unfolded
        self._show_notes()

    def _ask_tile(self, key: str) -> None:
        self._second.take()
        self._filling.finish()
        made = self._session.plans[:1]  # none while the first one is being made
        frame = made[0].planned.sheets.get("shortfalls") if made else None
        short = set() if frame is None else {row[0] for row in figures.rows_of(frame, ("rule",))}
        rule = next((each for each in RULES_OF.get(key, ()) if each in short), "")
        if rule:
            self.rule_wanted.emit(rule)
        else:
            self.view_wanted.emit(BEHIND[key])

    def _ask_decision(self, index: QModelIndex) -> None:
        self._second.take()
        self._filling.finish()
        each = self._decisions[index.row()]
        figure = Figure("decisions", location=each.location, decision=each.decision.value)
        self.why_wanted.emit(figure)

    def _ask_rule(self, index: QModelIndex) -> None:
        """Ask why the rule of a line falls short where it does so most, in its worst month."""
        self._second.take()
        self._filling.finish()
        _, title, _, _, _, _, month, *_ = self._rules[index.row()]
        frame = self._session.plans[0].planned.sheets.get("shortfalls")
        if frame is None:
            return
        columns = ("rule", "rule_title", *PLACES, "kind", "month", "amount")
        rows = figures.rows_of(frame, columns)
        mine = [each for each in rows if each[1] == title and each[-2] == month]
        worst = max(mine, key=lambda each: float(str(each[-1] or 0)))
        rule, _, *places, kind, _, _ = worst
        named = {name: str(value) for name, value in zip(PLACES, places, strict=True) if value}
        asked = Figure("shortfalls", rule=str(rule), kind=str(kind or ""), month=None, **named)
        self.why_wanted.emit(asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put tiles and lists beside one another, as far as there is room."""
        width = self.width()
        columns = 4 if width >= WIDE else 2 if width >= ROOMY else 1
        for at, tile in enumerate(self.tiles.values()):
            self._tiles.addWidget(tile, at // columns, at % columns)
        for at in range(4):
            self._tiles.setColumnStretch(at, 1 if at < columns else 0)
        self._fit_tiles(columns)
        beside = width >= BESIDE
        self._lists.addWidget(self._left, 0, 0)
        self._lists.addWidget(self._right, 0 if beside else 1, 1 if beside else 0)
        # Names of locations and rules are both to be read whole.
        self._lists.setColumnStretch(0, 1)
        self._lists.setColumnStretch(1, 1 if beside else 0)

    def _fit_tiles(self, columns: int) -> None:
        """Let the tiles be as narrow as the page asks, so that it need not be moved sideways."""
        room = (self.width() - 2 * MARGIN - SCROLLBAR - GAP * (columns - 1)) // columns
        stacked = any(each.wanted > room for each in self.tiles.values())
        for tile in self.tiles.values():
            tile.stack(stacked)

    def _lay_out(self) -> None:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(MARGIN, 12, MARGIN, 12)
        box.setSpacing(8)
        self._tiles, self._lists = QGridLayout(), QGridLayout()
        self._tiles.setSpacing(GAP)
        self._lists.setSpacing(14)
        self._left = _titled(
            self._decide_title, self._all_decisions, self._none_decide, self.decide_table
        )
        self._right = _titled(
            self._short_title, self._all_short, self._none_short, self.short_table
        )
        self.chart.redraw()
        box.addWidget(self._headline)
        box.addWidget(self._about)
        box.addLayout(self._tiles)
        box.addLayout(self._lists)
        box.addWidget(self._chart_title)
        box.addWidget(self.chart)
        box.addWidget(row(self._fold))
        box.addWidget(self._notes)
        box.addStretch(1)
        self._arrange()
        self.hold(scrolling(page))
        # The keyboard goes as the eye does, whatever was made first.
        asked = (each.ask for each in self.tiles.values())
        lists = (self._all_decisions, self.decide_table, self._all_short, self.short_table)
        for before, after in pairwise((*asked, *lists, self.chart, self._fold)):
            QWidget.setTabOrder(before, after)


def _titled(title: QLabel, more: QWidget, none: QWidget, table: QWidget) -> QWidget:
    """Return a list below its title, with what shows all of it beside the title."""
    more.setProperty("link", "true")
    made = QWidget()
    box = QVBoxLayout(made)
    box.setContentsMargins(0, 4, 0, 0)
    box.setSpacing(4)
    title.setWordWrap(False)
    head = row(title, stretch=False)
    layout = head.layout()
    if isinstance(layout, QHBoxLayout):
        layout.addStretch(1)
        layout.addWidget(more)
    box.addWidget(head)
    box.addWidget(none)
    box.addWidget(table)
    box.addStretch(1)
    return made
