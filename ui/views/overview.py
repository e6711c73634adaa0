"""The overview of a plan: the figures that matter, their change, and every level of priority."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from planner.core.texts import catalogue, message
from planner.sheets.check_verdicts import checks_in_short
from planner.sheets.result_tables import LevelName
from planner.sheets.without_place import placing_sentence
from ui.results import figures
from ui.results.model import ResultModel, ShownColumn, catalogued, label
from ui.results.table import ResultGrid
from ui.view import PlanView
from ui.widgets import Card, button, heading, muted, row, scrolling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.texts import Message
    from planner.result.plan import LevelValue
    from ui.session import Session
    from ui.view import Context

CARDS_A_ROW = 3
BEFORE, DIFFERENCE = 3, 4  # columns that say something only when there was a plan before
MOST_CARDS = 6
DEPARTING = "plan.parameters_changed"  # the remark that names parameters of another value
READ = "standing.note"  # a remark that was read from a file
# Each parameter ends on the supplied value, in brackets; older plans have a comma between them.
BETWEEN = re.compile(r"(?<=\))[;,] ")
FEW = 2  # so many of those are shown without being asked for


class OverviewView(PlanView):
    """The few figures first, then every level in the order solved."""

    asked = Signal(object)  # the Figure of which is asked what it is made of

    def __init__(self, context: Context) -> None:
        """Show the session's plan, and the change against the one before it."""
        super().__init__(context)
        words = context.words
        self._cards = [Card() for _ in range(MOST_CARDS)]
        self._figures: tuple[figures.MainFigure, ...] = ()
        for at, card in enumerate(self._cards):
            card.asked.connect(partial(self._ask, at))
        self._title = heading()
        self._status = muted()
        self._housed = heading(1.0)
        self._checks = heading(1.0)
        self._notes = muted()
        self._departing = muted()
        self._more = button(self._turn)
        self._all_shown = False
        self._unplaced_cost = 0.0  # of people without a place, whom the cost leaves out
        self._departures = muted()
        self._levels_title = heading(1.2)
        self._model = ResultModel(
            [
                ShownColumn(
                    "level",
                    words=lambda name: words.title(label(LevelName, name)),
                    table="levels",
                ),
                ShownColumn("value"),
                ShownColumn("unit", words=catalogued(words, "unit")),
                ShownColumn("before"),
                ShownColumn("difference"),
            ],
            words,
        )
        self._table = ResultGrid(self._model)
        self._lay_out()
        self.follow()

    def reword(self) -> None:
        self.show_again()

    def show_plan(self) -> None:
        self._levels_title.setText(self._words.say("overview.levels"))
        self._table.setAccessibleName(self._words.say("overview.levels"))
        plans = self._session.plans
        if not plans:
            return
        plan = plans[0].shown
        before = plans[1].shown if len(plans) > 1 else None
        scenario = self._words.called(plan.scenario)
        self._title.setText(self._words.say("overview.title", scenario=scenario))
        self._status.setText(self._words.tell(_status(self._session)))
        self._housed.setText(self._words.tell(placing_sentence(plan.tables)))
        self._checks.setText(self._words.tell(checks_in_short(plan.tables)))
        self._show_notes(plan.notes)
        beside = plan.measures.get("cost_unplaced")
        self._unplaced_cost = 0.0 if beside is None else beside.value
        shown = self._figures = figures.main_figures(plan, before)
        for card, figure in zip(self._cards, shown, strict=False):
            self._fill(card, figure)
        for card in self._cards[len(shown) :]:
            card.hide()
        older = {} if before is None else before.level_values
        self._model.show([_level_row(each, older.get(each.name)) for each in plan.levels])
        for column in (BEFORE, DIFFERENCE):
            self._table.setColumnHidden(column, before is None)
        self._table.fit_columns()
        height = self._table.verticalHeader().defaultSectionSize() * (len(plan.levels) + 2)
        self._table.setMinimumHeight(height)

    def _ask(self, at: int) -> None:
        self.asked.emit(self._figures[at].figure)

    def _show_notes(self, notes: Sequence[Message]) -> None:
        """Show the remarks on a plan; a long list of parameters stands behind a button."""
        changed = [each for note in notes for each in _departing(note)]
        many = len(changed) > FEW
        plain = [note for note in notes if not _departing(note)]
        if changed and not many:
            plain.append(message(DEPARTING, parameters=tuple(changed)))
        self._notes.setText("\n".join(self._words.tell(note) for note in plain))
        self._notes.setVisible(bool(plain))
        parameters = self._words.counted("parameters", len(changed))
        self._departing.setText(self._words.say("overview.departing", parameters=parameters))
        self._departing_line.setVisible(many)
        self._more.setText(
            self._words.say("overview.hide_notes" if self._all_shown else "overview.show_notes")
        )
        self._more.setAccessibleName(f"{self._more.text()}: {self._departing.text()}")
        self._departures.setText("\n".join(f"• {self._words.value(each)}" for each in changed))
        self._departures.setVisible(many and self._all_shown)

    def _turn(self) -> None:
        """Show the parameters that have another value, or no longer."""
        self._all_shown = not self._all_shown
        self.show_plan()

    def _fill(self, card: Card, figure: figures.MainFigure) -> None:
        remark = self._words.say(f"figure.{figure.key}.remark")
        if figure.before is not None:
            change = figure.value - figure.before
            sign = "+" if change > 0 else ""
            shown = sign + self._words.number(change)
            remark += "\n" + self._words.say("overview.change", change=shown)
        if figure.key == "cost" and self._unplaced_cost >= 1:
            amount = self._words.number(self._unplaced_cost)
            remark += "\n" + self._words.say("figure.cost.beside", amount=amount)
        value = self._words.number(figure.value)
        if figure.unit == "euro":
            value = f"€ {value}"
        card.say(self._words.say(f"figure.{figure.key}"), value, remark)
        card.offer(self._words.say("why.ask_card"))
        card.show()

    def _lay_out(self) -> None:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        box.addWidget(self._title)
        box.addWidget(self._status)
        box.addWidget(self._housed)
        box.addWidget(self._checks)
        box.addWidget(self._notes)
        self._departing.setWordWrap(False)
        self._departing_line = row(self._departing, self._more)
        box.addWidget(self._departing_line)
        box.addWidget(self._departures)
        grid = QGridLayout()
        grid.setSpacing(10)
        for at, card in enumerate(self._cards):
            grid.addWidget(card, at // CARDS_A_ROW, at % CARDS_A_ROW)
        for at in range(CARDS_A_ROW):
            grid.setColumnStretch(at, 1)
        box.addLayout(grid)
        box.addWidget(self._levels_title)
        box.addWidget(self._table)
        box.addStretch(1)
        self.hold(scrolling(page))


def _status(session: Session) -> Message:
    """Return how far the shown plan has come; one whose book was changed is a draft."""
    made = session.plans[0]
    same = not session.stale and made.state == session.state
    return (made.planned.status if same else None) or message("overview.status.draft")


def _level_row(level: LevelValue, before: float | None) -> figures.FigureRow:
    """Return a level's line; shares are shown in per cent."""
    times, unit = (100.0, "percent") if level.unit == "share" else (1.0, level.unit)
    value = level.value * times
    if before is None:
        return (level.name, value, unit, None, None)
    return (level.name, value, unit, before * times, value - before * times)


def _departing(note: Message) -> list[object]:
    """Return the parameters of another value that a remark names; none where it is another one.

    A remark that was read from a file is a line of text, which is taken apart.
    """
    if note.key == DEPARTING:
        return [each for _, value in note.fields if isinstance(value, tuple) for each in value]
    if note.key != READ:
        return []
    line, known = note.both.nl, catalogue()[DEPARTING]
    begins = [text.partition("{")[0] for text in (known.nl, known.en)]
    found = [line.removeprefix(each) for each in begins if line.startswith(each)]
    return list(BETWEEN.split(found[0].rstrip("."))) if found else []
