"""The page that answers what if: levers and contracts, and beside them what becomes of the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from planner.core.texts import say
from planner.whatif.shown import AskedEdits
from ui.charts.curves import Curve, Curves, MarkedPoint
from ui.charts.panel import ChartPanel
from ui.flow_layout import FlowLayout
from ui.results.model import catalogued
from ui.results.table import ResultGrid
from ui.view import View
from ui.whatif.contract_box import ContractBox
from ui.whatif.lever_box import LeverBox
from ui.whatif.trial_levels import TrialLevelsModel
from ui.why_not import allow
from ui.widgets import Card, Notice, button, go_in_turn, heading, muted, plain_label, row, scrolling

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from planner.whatif.shown import ShownSweep, WhatIfAnswer
    from planner.whatif.sizes import Peak, Sizes
    from ui.scenarios.work import ScenarioWork
    from ui.view import Context
    from ui.whatif.work import WhatIfWork

# A pause this long in milliseconds, and what has been moved is asked.
PAUSE_MS = 150
LEVERS_WIDTH = 380
# Below this width, in pixels, there is no room beside the levers.
NARROW = 820
# Below this one the cards stand two by two.
ROOMY = 1150
WIDEST = 16_777_215  # as Qt has it where there is no limit
ROWS = 6  # of the table that are always seen
COURSE_LINES = 20  # of text; higher, and a chart pushes the levels out of sight
NAME_CHARACTERS = 34
PEAKS = ("without_place", "dol_places", "emergency")
LESS_IS_BETTER = frozenset({"without_place", "emergency"})
NO_COURSE = Curves("what_if.course_title", "what_if.course_value", "what_if.course_unit")


class WhatIfView(View):
    """Levers that are moved, four figures that follow, and every level that changes."""

    def __init__(self, context: Context, work: WhatIfWork, scenarios: ScenarioWork) -> None:
        """Ask by the work; what is kept goes into a scenario."""
        super().__init__(context)
        self._work, self._scenarios = work, scenarios
        self.levers: dict[str, LeverBox] = {}
        self.contracts: list[ContractBox] = []
        self._shown: object = None  # the plan whose levers are shown
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._title, self._remark, self._how = heading(1.3), muted(), muted()
        self._notice = Notice()
        self.begin = button(work.begin, main=True)
        self.add = button(self._add_contract)
        self.back = button(self.reset)
        self.name = QLineEdit()
        self._kept = ""  # the scenario that was made of the answer shown
        self.name.setMinimumWidth(self.fontMetrics().averageCharWidth() * NAME_CHARACTERS)
        self.keep = button(self._keep)
        self._fault, self._contracts_title = plain_label(), heading(1.1)
        self._fault.setProperty("role", "error")
        self.cards = {name: Card() for name in (*PEAKS, "cost")}
        self.model = TrialLevelsModel(context.words, context.theme)
        self._table = ResultGrid(self.model)
        self._course_title, self._breaks = heading(1.1), plain_label()
        self._breaks.setWordWrap(True)
        self.course = ChartPanel(NO_COURSE, context.words, context.theme)
        self.course.setMaximumHeight(self.fontMetrics().height() * COURSE_LINES)
        self._lay_out()
        work.changed.connect(self._take)
        work.settled.connect(self._settled)
        self.name.textChanged.connect(self._judge)
        self.follow()

    def _lay_out(self) -> None:
        side = QWidget()
        self._side = QVBoxLayout(side)
        self._side.setContentsMargins(0, 0, 8, 0)
        self._boxes, self._questions = QVBoxLayout(), QVBoxLayout()
        self._boxes.setSpacing(12)
        self._side.addLayout(self._boxes)
        self._side.addWidget(self._contracts_title)
        self._side.addLayout(self._questions)
        self._side.addWidget(row(self.add))
        self._side.addStretch(1)
        self._levers_side = side
        right = QWidget()
        self._answer_side = QVBoxLayout(right)
        self._answer_side.setContentsMargins(0, 0, 0, 0)
        self._grid = QGridLayout()
        self._answer_side.addLayout(self._grid)
        self._answer_side.addWidget(self._how)
        for part in (self._course_title, self._breaks, self.course):
            self._answer_side.addWidget(part)
        self._answer_side.addWidget(self._table, 1)
        self._answer_side.addWidget(self._fault)
        acts = QWidget()
        flow = FlowLayout(acts)
        for act in (self.back, self.name, self.keep):
            flow.addWidget(act)
        self._answer_side.addWidget(acts)
        panes = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, panes)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addWidget(side)
        self._beside.addWidget(right, 1)
        self._panes = scrolling(panes)
        box = QVBoxLayout(self)
        for shown in (self._title, self._remark, self._notice, row(self.begin)):
            box.addWidget(shown)
        box.addWidget(self._panes, 1)
        box.addStretch(0)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put what becomes of the plan beside the levers, or below them where there is no room."""
        narrow = self.width() < NARROW
        directions = QBoxLayout.Direction
        self._beside.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._levers_side.setMaximumWidth(WIDEST if narrow else LEVERS_WIDTH)
        self._table.setMinimumHeight(self._table.verticalHeader().defaultSectionSize() * ROWS)
        columns = 2 if self.width() < ROOMY else len(self.cards)
        for at, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, at // columns, at % columns)
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    @property
    def moved(self) -> AskedEdits:
        """What is moved from where it stands in the book."""
        levers = tuple(
            (key, each.value) for key, each in self.levers.items() if each.value is not None
        )
        return AskedEdits(levers, tuple(line for each in self.contracts for line in each.lines()))

    @property
    def how(self) -> str:
        """What is said of how the last answer was come by."""
        return self._how.text()

    def show_begun(self) -> None:
        """Make the plan that is asked about, unless it is there or being made."""
        if self._work.begun is None:
            self._work.begin()

    def reset(self) -> None:
        """Put everything back where it is in the book."""
        for each in self.levers.values():
            each.reset()
        for box in tuple(self.contracts):
            self._drop(box)
        self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        self._kept = ""
        self._work.ask(self.moved)
        self._judge()

    def _add_contract(self) -> None:
        begun = self._work.begun
        if begun is None:
            return
        made = ContractBox(begun.contracts, begun.months, self._words)
        made.moved.connect(self._pause.start)
        made.gone.connect(lambda: self._drop(made))
        self.contracts.append(made)
        self._questions.addWidget(made)
        self._order()
        made.location.setFocus()

    def _order(self) -> None:
        """Have Tab go down the levers and contracts, and then through what becomes of the plan."""
        asked = (*self.levers.values(), *self.contracts, self.add)
        go_in_turn(*asked, self.course, self._table, self.back, self.name, self.keep)

    def _drop(self, box: ContractBox) -> None:
        at = QApplication.focusWidget()
        if at is not None and box.isAncestorOf(at):  # where the keyboard was goes
            self.add.setFocus()
        self.contracts.remove(box)
        self._questions.removeWidget(box)
        box.hide()
        box.deleteLater()
        self._pause.start()

    def _take(self) -> None:
        begun = self._work.begun
        if begun is not self._shown:
            self._shown = begun
            self._make_levers()
        self._show()

    def _make_levers(self) -> None:
        for box in tuple(self.contracts):
            self._drop(box)
        for lever in self.levers.values():
            self._boxes.removeWidget(lever)
            lever.hide()
            lever.deleteLater()
        self.levers.clear()
        begun = self._work.begun
        for each in begun.levers if begun is not None else ():
            made = LeverBox(each, self._words)
            made.moved.connect(self._pause.start)
            made.asked.connect(lambda key: self._work.ask_course(key, self.moved))
            self.levers[each.key] = made
            self._boxes.addWidget(made)
        self._order()
        if self.isVisible() and self.levers:  # what was pressed to begin is gone
            next(iter(self.levers.values())).slider.setFocus()

    def _show(self) -> None:
        begun, answer = self._work.begun, self._work.answer
        self._panes.setVisible(begun is not None)
        self.begin.setVisible(begun is None or self._work.stale)
        busy = self._words.say("why_not.going")
        allow(self.begin, "" if self._work.can_begin else busy)
        self.begin.setText(
            self._words.say("what_if.again" if begun is not None else "what_if.begin")
        )
        told = self._noticed()
        kept = self._words.say("what_if.kept", name=self._kept) if self._kept else ""
        failed = self._work.failed is not None
        self._notice.be("error" if failed else "remark" if told else "good")
        self._notice.say(told or kept)
        if begun is not None:
            self._show_cards(begun.sizes, begun.sizes if answer is None else answer.sizes)
            # Levels that are told already stay while other things change, as the answer comes.
            shown = self._work.coming if self._work.behind and self._work.busy else {}
            self.model.show_levels(shown or ({} if answer is None else answer.levels))
        self._how.setText(self._how_found(answer))
        self._show_course(self._work.sweep)
        self._judge()

    def _show_course(self, sweep: ShownSweep | None) -> None:
        """Show what the lever that was asked about does, or how far that has come."""
        say_, sweeping = self._words.say, self._work.sweeping
        if sweeping is not None:
            title = self.levers[sweeping[0]].lever.title.in_(self._words.language)
            at, count = self._work.part or (0, 0)
            self._course_title.setText(say_("what_if.course", what=title))
            self._breaks.setText(say_("what_if.course_at", number=at, count=count))
        elif sweep is not None:
            title = sweep.lever.title.in_(self._words.language)
            self._course_title.setText(say_("what_if.course", what=title))
            told = [self._words.tell(each) for each in sweep.breaks]
            self._breaks.setText("\n".join(told) or say_("what_if.course_same"))
            self.course.show_chart(self._curves(sweep))
        for each in (self._course_title, self._breaks):
            each.setVisible(sweeping is not None or sweep is not None)
        self.course.setVisible(sweeping is None and sweep is not None)

    def _curves(self, sweep: ShownSweep) -> Curves:
        places = tuple(value for value, _ in sweep.steps)
        curves = tuple(
            Curve(
                self._words.say(f"what_if.card.{name}"),
                tuple(round(getattr(sizes, name).amount) for _, sizes in sweep.steps),
            )
            for name in PEAKS
        )
        name = self._words.say("what_if.course_stands")
        points = (MarkedPoint(name, sweep.stands, 0.0),)
        return replace(NO_COURSE, places=places, curves=curves, points=points)

    def _noticed(self) -> str:
        told = self._work.told()
        if told is not None:
            return self._words.tell(told)
        if self._work.stale:
            return self._words.say("what_if.stale")
        if self._work.busy and self._work.begun is None:
            step = self._work.step
            if not step:
                return self._words.say("what_if.beginning")
            said = catalogued(self._words, "progress")(step)
            return self._words.say("what_if.beginning_at", step=said)
        return ""

    def _how_found(self, answer: WhatIfAnswer | None) -> str:
        if self._work.behind:
            return self._words.say("what_if.working" if self._work.busy else "what_if.unanswered")
        if answer is None:
            return self._words.say("what_if.nothing_moved") if self._work.begun else ""
        way = say(f"what_if.way.{answer.way.value}", self._words.language)
        return self._words.say(
            "what_if.how", seconds=self._words.number(answer.seconds, 1), way=way
        )

    def _show_cards(self, before: Sizes, now: Sizes) -> None:
        for name in PEAKS:
            was: Peak = getattr(before, name)
            found: Peak = getattr(now, name)
            change = round(found.amount) - round(was.amount)
            self._show_card(
                name,
                self._words.number(round(found.amount)),
                self._difference(change, found),
                _worth(change) if name in LESS_IS_BETTER else "muted",
            )
        millions = self._words.number(now.cost / 1e6, 1)
        dearer = (now.cost - before.cost) / 1e6
        # A lower cost beside people without a place is no gain: that is said beside it.
        fewer = round(now.without_place.amount) > round(before.without_place.amount)
        key = "what_if.card.cost_without" if fewer else "what_if.card.cost_change"
        if not round(dearer, 1):
            key = "what_if.card.same"
        self._show_card(
            "cost",
            self._words.say("what_if.card.millions", amount=millions),
            self._words.say(key, change=self._signed(dearer, 1)),
            "muted" if fewer else _worth(round(dearer, 1)),
        )

    def _show_card(self, name: str, value: str, remark: str, worth: str) -> None:
        """Show a figure; of an answer to something else than was asked last, it says so."""
        title = self._words.say(f"what_if.card.{name}")
        if not self._work.behind:
            self.cards[name].say(title, value, remark, worth)
            return
        old = "what_if.card.recomputing" if self._work.busy else "what_if.card.before"
        self.cards[name].say_old(title, value, self._words.say(old))

    def _difference(self, change: int, peak: Peak) -> str:
        month = "" if peak.month is None else self._words.month(peak.month)
        key = "what_if.card.same" if change == 0 else "what_if.card.change"
        told = self._words.say(key, change=self._signed(change, 0))
        return f"{told} · {month}" if month else told

    def _signed(self, change: float, digits: int) -> str:
        shown = self._words.number(change, digits)
        return f"+{shown}" if round(change, digits) > 0 else shown

    def _settled(self, level: str) -> None:
        name = say(f"progress.level.{level}", self._words.language)
        coming = self._work.coming
        if coming:
            self.model.show_levels(coming)
        key = "what_if.coming" if coming else "what_if.settled"
        self._how.setText(self._words.say(key, level=name))

    def _judge(self) -> None:
        work = self._work
        answered = work.answer is not None and not work.stale and not work.behind
        allow(self.back, "" if self.moved else self._words.say("why_not.unchanged"))
        self.name.setEnabled(answered)
        fault = self._scenarios.name_fault(self.name.text()) if self.name.text() else None
        self._fault.setText("" if fault is None else self._words.tell(fault))
        self._fault.setVisible(fault is not None)
        kept = answered and fault is None and self._scenarios.can_edit
        missing = self._words.say("why_not.no_name" if kept else "why_not.no_answer")
        allow(self.keep, "" if kept and self.name.text() else missing)

    def _keep(self) -> None:
        answer, stale = self._work.answer, self._work.stale
        if answer is not None and self._scenarios.keep(self.name.text(), answer.lines):
            if not stale:
                self._work.keep_on()
            self._kept = self.name.text()
            self.name.clear()
            self._show()

    def reword(self) -> None:
        say_ = self._words.say
        self._title.setText(say_("what_if.title"))
        self._remark.setText(say_("what_if.remark"))
        self._contracts_title.setText(say_("what_if.contracts"))
        self.add.setText(say_("what_if.add"))
        self.back.setText(say_("what_if.back"))
        self.keep.setText(say_("what_if.keep"))
        self.name.setPlaceholderText(say_("what_if.name"))
        self.name.setAccessibleName(say_("what_if.name"))
        self._table.setAccessibleName(say_("what_if.levels"))
        self._show()


def _worth(change: float) -> str:
    """Return how a difference is shown in a figure of which less is better."""
    return "error" if change > 0 else "good" if change < 0 else "muted"
