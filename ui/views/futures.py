"""If the forecast is wrong: what the plan bears, and what else could be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from planner.jobs.future_requests import FuturesQuestion
from planner.sheets.units import unit_title
from ui.flow_layout import FlowBox, FlowLayout
from ui.futures.beside import PlansBeside
from ui.futures.work import FuturesWork
from ui.points import Points
from ui.results import figures
from ui.results.model import UNIT, ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.side_list import side_item, side_list
from ui.view import View
from ui.why_not import allow
from ui.widgets import (
    Notice,
    button,
    heading,
    muted,
    plain_label,
    row,
    scrolling,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.sheets.result_sheets import ResultSheet
    from planner.sheets.result_table import ResultTable
    from ui.dialogs import Asking
    from ui.view import Context

QUESTIONS = tuple(FuturesQuestion)
FEW_MEMBERS, MOST_MEMBERS = 20, 1000
USUAL = ("low", "middle", "high")
MOST_SENTENCES = 12
LEAST_LINES = 12  # of text, for the tables
LIST_CHARACTERS = 34


class FuturesView(View):
    """Six questions in a list, and beside it how one is asked and what came of it."""

    def __init__(self, context: Context, work: FuturesWork, asking: Callable[[], Asking]) -> None:
        """Ask by the work; `asking` gives who asks for files."""
        super().__init__(context)
        self.work: FuturesWork = work
        self._asking = asking
        self.list = side_list()
        for each in QUESTIONS:
            self.list.addItem(side_item(each.value))
        self._title, self._lead = heading(1.3), muted()
        self.ask = button(self._ask, main=True)
        self.stop = button(work.stop)
        self.write = button(self._write)
        self.fix = button(self._fix)
        self.choose = button(self._choose)
        self._chosen = muted()
        self._members_of = plain_label()
        self.members = QSpinBox()
        self.members.setRange(1, MOST_MEMBERS)
        self.members.setValue(FEW_MEMBERS)
        self.widen = QCheckBox()
        self.scenarios: dict[str, QCheckBox] = {}
        self._together = QWidget()
        self._flow = FlowLayout(self._together)
        self._doing, self._bar = plain_label(), QProgressBar(textVisible=False)
        self._outcome = Notice()
        self._told = Points()
        self.tables = QTabWidget()
        self._filled: object = None  # the answer that the tables are of
        self._sheets: tuple[ResultTable, ...] = ()
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        work.changed.connect(self._show)
        self.list.setCurrentRow(0)
        self.follow()

    @property
    def question(self) -> FuturesQuestion:
        """The question in view."""
        return QUESTIONS[max(self.list.currentRow(), 0)]

    def show_question(self, question: FuturesQuestion) -> None:
        """Bring a question into view."""
        self.list.setCurrentRow(QUESTIONS.index(question))

    def grid(self, at: int) -> ResultGrid:
        """Return a table of the answer in view; `TypeError` where there is none at that tab."""
        grid = self.tables.widget(at)
        if not isinstance(grid, ResultGrid):
            raise TypeError(at)
        return grid

    def _picked(self) -> tuple[str, ...]:
        return tuple(name for name, box in self.scenarios.items() if box.isChecked())

    def _ask(self) -> None:
        widened = self.widen.isChecked() and self.widen.isEnabled()
        self.work.ask(self.question, self._picked(), self.members.value(), widened=widened)

    def _choose(self) -> None:
        """Ask for one more workbook of an old forecast, or for that of the adopted plan."""
        path = self._asking().open_path()
        if path is None:
            return
        if self.question is FuturesQuestion.SINCE:
            self.work.adopted = path
        elif path not in self.work.olds:
            self.work.olds = (*self.work.olds, path)
        self._show()

    def _fix(self) -> None:
        self.work.fix(self.question)

    def _write(self) -> None:
        name = f"{self._title.text()}.xlsx"
        path = self._asking().save_path(self._words.say("futures.write.ask"), name)
        if path is not None:
            self.work.write(self.question, path)

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self.list.setAccessibleName(self._words.say("futures.list"))
        for at, each in enumerate(QUESTIONS):
            self.list.item(at).setText(self._words.say(f"futures.{each.value}"))
        self.stop.setText(self._words.say("futures.stop"))
        self.write.setText(self._words.say("futures.write"))
        self.fix.setText(self._words.say("futures.fix"))
        self.widen.setText(self._words.say("futures.widen"))
        self._members_of.setText(self._words.say("futures.members"))
        self.members.setAccessibleName(self._words.say("futures.members"))
        self._bar.setAccessibleName(self._words.say("futures.progress"))
        self._filled = None
        self._show()

    def _show(self) -> None:
        question = self.question
        key = f"futures.{question.value}"
        self._title.setText(self._words.say(key))
        lead, takes = (self._words.say(f"{key}.{part}") for part in ("lead", "takes"))
        self._lead.setText(f"{lead} {takes}")
        self.ask.setText(self._words.say(f"{key}.ask"))
        self._offer_scenarios()
        self._together.setVisible(question is FuturesQuestion.ROBUST)
        since = question is FuturesQuestion.SINCE
        for each in (self.choose, self._chosen):
            each.setVisible(since or question is FuturesQuestion.TRACK_RECORD)
        self.choose.setText(
            self._words.say("futures.choose_adopted" if since else "futures.choose")
        )
        adopted = () if self.work.adopted is None else (self.work.adopted,)
        chosen = adopted if since else self.work.olds
        names = self._words.listed([path.name for path in chosen])
        self._chosen.setText(names or self._words.say("futures.none_chosen"))
        for part in (self._members_of, self.members, self.widen):
            part.setVisible(question is FuturesQuestion.ENSEMBLE)
        self._allow()
        self._show_going()
        self._show_ending()
        self._show_answer()

    def _offer_scenarios(self) -> None:
        """Offer the scenarios of the book; low, middle and high are chosen to begin with."""
        session = self._session
        names = session.checked.scenarios if session.is_open else ()
        if tuple(self.scenarios) != tuple(names):
            for box in self.scenarios.values():
                self._flow.removeWidget(box)
                box.deleteLater()
            usual = [each for each in names if each in USUAL] or list(names[:2])
            self.scenarios = {name: QCheckBox() for name in names}
            for name, box in self.scenarios.items():
                box.setChecked(name in usual)
                box.toggled.connect(self._allow)
                self._flow.addWidget(box)
        for name, box in self.scenarios.items():
            box.setText(self._words.called(name))

    def _allow(self) -> None:
        question, work = self.question, self.work
        why = work.why_not(question, len(self._picked()))
        allow(self.ask, self._words.say(why) if why else "")
        few = "" if work.may_widen else self._words.say("futures.why_not.widen")
        allow(self.widen, few)
        self.stop.setVisible(work.asking is not None)
        self.write.setVisible(question in work.answers)
        self.fix.setVisible(work.may_fix(question))

    def _show_going(self) -> None:
        """Show how far it is, whichever question is in view."""
        asking, stage = self.work.asking, self.work.stage
        self._doing.setVisible(asking is not None)
        self._bar.setVisible(asking is not None)
        if asking is None:
            return
        name = self._words.say(f"futures.{asking.value}")
        told = self._words.say("futures.begun") if stage is None else self._words.tell(stage.told)
        self._doing.setText(self._words.say("futures.doing", name=name, told=told))
        total = 0 if stage is None else stage.total
        self._bar.setRange(0, total)
        self._bar.setValue(0 if stage is None else stage.done)

    def _show_ending(self) -> None:
        """Show how the question in view ended otherwise than with an answer."""
        kind, told = self.work.told.get(self.question, ("remark", None))
        self._outcome.be(kind)
        self._outcome.say("" if told is None else self._words.tell(told))

    def _show_answer(self) -> None:
        answer = self.work.answers.get(self.question)
        if answer is self._filled and answer is not None:
            return
        self._filled = answer
        while self.tables.count():
            gone = self.tables.widget(0)
            self.tables.removeTab(0)
            if gone is not None:
                gone.deleteLater()
        self.tables.setVisible(answer is not None)
        self._told.setVisible(answer is not None)
        if answer is None:
            return
        lines = [self._words.tell(each) for each in answer.sentences]
        more = len(lines) - MOST_SENTENCES
        if more > 0:
            lines = [*lines[:MOST_SENTENCES], self._words.say("futures.more", count=more)]
        self._told.say(lines)
        if answer.plans:
            beside = PlansBeside(answer.plans, self._words, self._theme)
            self.tables.addTab(beside, self._words.say("futures.beside"))
        for sheet in answer.sheets:
            self.tables.addTab(self._grid(sheet), self._words.title(sheet.table.title))

    def _grid(self, sheet: ResultSheet) -> ResultGrid:
        columns = [
            ShownColumn(
                each.key,
                None,
                self._unit if each.key == UNIT else None,
                declared=each,
                unit_told=True,
            )
            for each in sheet.table.columns
        ]
        model = ResultModel(columns, self._words)
        model.show(figures.rows_of(sheet.frame, [each.key for each in columns]))
        grid = ResultGrid(model)
        grid.setAccessibleName(self._words.title(sheet.table.title))
        grid.setToolTip(self._words.title(sheet.table.meaning))
        return grid

    def _unit(self, value: object) -> str:
        return unit_title(value, self._words.language) if isinstance(value, str) else ""

    def _lay_out(self) -> None:
        self.list.setMaximumWidth(self.fontMetrics().averageCharWidth() * LIST_CHARACTERS)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._title)
        right.addWidget(self._lead)
        right.addWidget(self._together)
        right.addWidget(FlowBox(self._members_of, self.members, self.widen))
        right.addWidget(row(self.choose))
        right.addWidget(self._chosen)
        right.addWidget(FlowBox(self.ask, self.stop, self.write, self.fix))
        right.addWidget(self._doing)
        right.addWidget(self._bar)
        right.addWidget(self._outcome)
        right.addWidget(self._told)
        right.addWidget(self.tables, 1)
        right.addStretch(0)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.addWidget(self.list)
        page = QWidget()
        page.setLayout(right)
        self.tables.setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
        whole.addWidget(scrolling(page), 1)
