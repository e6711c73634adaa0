"""Decisions through time: what becomes of each location, what is to be decided, and fixing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from planner.input import pin_edits
from planner.input.contract_edits import contracts_in, moved_contract
from planner.input.kinds import Pinned
from planner.result.queries import Figure
from planner.result.timeline import LocationCourse, LocationMonth, Use, courses
from ui.flow_layout import FlowLayout
from ui.results import figures
from ui.results.contract_edges import Contract, ContractMatrix, Edge
from ui.results.month_matrix import (
    MatrixCell,
    MatrixLine,
    MonthMatrixModel,
    Tone,
    ground_of,
)
from ui.view import PlanView
from ui.why_not import allow
from ui.widgets import Saying, button, heading, muted, plain_label, scrolling

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from planner.input.contract_edits import ContractDays
    from planner.result.to_decide import ToDecide
    from ui.session import Made
    from ui.view import Context

PINNED = {each.value: each for each in Pinned}
DEADLINE = "◆"
LEGEND = (Tone.REGULAR, Tone.ADDED, Tone.EMERGENCY, Tone.DOL)
TONES = {Use.CONTRACT: Tone.REGULAR, Use.EXTENDED: Tone.ADDED, Use.OPENED: Tone.ADDED}
WHO_CHARACTERS, WHY_CHARACTERS = 34, 40
LINES_HIGH = 9  # of text, the least of the matrix that is seen; a smaller screen scrolls
CHIP = 14  # pixels


class TimelineView(PlanView):
    """A line a location through the months; the decisions of the chosen one can be fixed."""

    again_wanted = Signal()  # the plan is to be made again of what was changed here
    location_asked = Signal(str)  # the code of a location whose page is wanted
    why_wanted = Signal(object)  # the Figure that is asked about

    def __init__(self, context: Context) -> None:
        """Show the decisions of the session's plan."""
        super().__init__(context)
        self._courses: dict[str, LocationCourse] = {}
        self._contracts: Mapping[str, ContractDays] = {}
        self._months: tuple[dt.date, ...] = ()
        self._names: Mapping[object, str] = {}
        self._lead, self._legend = muted(), {tone: plain_label() for tone in LEGEND}
        self._chips = {tone: QLabel() for tone in LEGEND}
        self.model = MonthMatrixModel(context.words, context.theme)
        self.matrix = ContractMatrix(self.model, context.theme)
        self.matrix.moved.connect(self.move_contract)
        self.matrix.selectionModel().currentChanged.connect(self._choose)
        self._chosen, self._about = heading(1.1), plain_label()
        self._about.setWordWrap(True)
        self.who, self.reason = QLineEdit(), QLineEdit()
        self.who.setMinimumWidth(self.fontMetrics().averageCharWidth() * WHO_CHARACTERS)
        self.reason.setMinimumWidth(self.fontMetrics().averageCharWidth() * WHY_CHARACTERS)
        self.fix = button(lambda: self._fix(refuse=False))
        self.refuse = button(lambda: self._fix(refuse=True))
        self.ask = button(self._ask_why)
        self.page = button(lambda: self.location_asked.emit(self.chosen))
        self.said = Saying(self._words)
        self._filled: Made | None = None  # the plan whose lines are shown
        self._filling = False  # with the lines of the plan that is shown already
        for line in (self.who, self.reason):
            line.textChanged.connect(self._judge)
        self._lay_out()
        self.follow()

    @property
    def chosen(self) -> str:
        """The code of the location that is chosen; empty where none is."""
        row = self.matrix.currentIndex().row()
        return self.model.lines[row].key if 0 <= row < len(self.model.lines) else ""

    def show_location(self, code: str) -> None:
        """Choose a location, where there is something of it to see, and ask who fixes what."""
        for row, line in enumerate(self.model.lines):
            if line.key == code:
                self.matrix.setCurrentIndex(self.model.index(row, 0))
                self.who.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _lay_out(self) -> None:
        legend = QWidget()
        chips = FlowLayout(legend)
        for tone in LEGEND:
            pair = QWidget()
            beside = QHBoxLayout(pair)
            beside.setContentsMargins(0, 0, 12, 0)
            beside.addWidget(self._chips[tone])
            beside.addWidget(self._legend[tone])
            chips.addWidget(pair)
        acts = QWidget()
        flow = FlowLayout(acts)
        for each in (self.ask, self.page, self.who, self.reason, self.fix, self.refuse):
            flow.addWidget(each)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(12, 8, 12, 8)
        self.matrix.setMinimumHeight(self.fontMetrics().height() * LINES_HIGH)
        for part in (self._lead, legend):
            box.addWidget(part)
        box.addWidget(self.matrix, 1)
        for part in (self._chosen, self._about, acts, self.said):
            box.addWidget(part)
        self.hold(scrolling(page))

    def reword(self) -> None:
        say_ = self._words.say
        self._lead.setText(say_("timeline.lead", mark=DEADLINE))
        for tone, label in self._legend.items():
            label.setText(say_(f"timeline.legend.{tone.value}"))
            chip = QPixmap(CHIP, CHIP)
            chip.fill(QColor(ground_of(tone, self._theme.colours)))
            self._chips[tone].setPixmap(chip)
        self.fix.setText(say_("timeline.fix"))
        self.refuse.setText(say_("timeline.refuse"))
        self.ask.setText(say_("timeline.why"))
        self.page.setText(say_("timeline.page"))
        for line, key in ((self.who, "timeline.who"), (self.reason, "timeline.reason")):
            line.setPlaceholderText(say_(key))
            line.setAccessibleName(say_(key))
        self.matrix.setAccessibleName(say_("results.timeline"))
        self.show_again()

    def show_plan(self) -> None:
        if not self._session.plans:
            return
        made = self._session.plans[0]
        self._months = figures.months(made.shown)
        found = courses(made.shown.tables, made.planned.locations, self._months)
        self._courses = {each.location: each for each in found}
        self._names = figures.location_names(self._session.sheet("locations"))
        lines = [line for each in found for line in self._lines(each)]
        chosen = self.chosen
        self._filling, self._filled = made is self._filled, made
        self.model.show(self._words.say("timeline.decide"), self._months, lines)
        for row, line in enumerate(lines):
            if chosen and line.key == chosen:
                self.matrix.setCurrentIndex(self.model.index(row, 0))
                break
        self._filling = False
        self._contracts = contracts_in(self._session.sheet("locations"))
        at = {month: number for number, month in enumerate(self._months)}
        self.matrix.show_contracts(
            {
                code: Contract(_number(each.begin, at), _number(each.end, at))
                for code, each in self._contracts.items()
            },
            lambda edge, month: self._words.say(
                f"timeline.edge.{edge.value}", month=self._words.month(self._months[month])
            ),
        )
        self._show_chosen()

    def move_contract(self, code: str, edge: Edge, month: int) -> None:
        """Let a contract begin or end in a month, in the input, and have the plan made again."""
        contract = self._contracts.get(code)
        if contract is None or self._session.viewing:
            return
        edits = moved_contract(contract, edge, self._months[month])
        name = self._names.get(code, code)
        if self._session.edit("undo.contract", edits):
            when = self._months[month]
            self.said.tell(
                lambda: self._words.say(
                    f"timeline.moved.{edge.value}", name=name, month=self._words.month(when)
                )
            )
            self.again_wanted.emit()

    def _lines(self, course: LocationCourse) -> Iterator[MatrixLine]:
        name = self._names.get(course.location, course.location)
        dues = {each.before.replace(day=1) for each in course.to_decide}
        first = min((each.before for each in course.to_decide), default=None)
        lead = "" if first is None else self._words.value(first)
        cells = tuple(
            self._cell(name, month, at, course, due=month in dues)
            for month, at in zip(self._months, course.months, strict=True)
        )
        yield MatrixLine(course.location, name, lead, cells)
        if any(round(each.dol) for each in course.months):
            title = self._words.say("timeline.dol_line")
            yield MatrixLine(
                course.location,
                f"    {title}",
                "",
                tuple(
                    self._dol_cell(name, month, each.dol)
                    for month, each in zip(self._months, course.months, strict=True)
                ),
            )

    def _cell(
        self, name: str, month: dt.date, at: LocationMonth, course: LocationCourse, *, due: bool
    ) -> MatrixCell:
        words = self._words
        mark = f"{DEADLINE} " if due else ""
        said = words.say(
            f"timeline.said.{at.use.value}",
            name=name,
            month=words.month(month),
            beds=words.number(at.beds),
            people=words.number(at.people),
        )
        if due:
            said = f"{said} {words.say('timeline.due')}"
        if at.use is Use.CLOSED:
            return MatrixCell(mark.strip(), Tone.NONE, said)
        tone = Tone.EMERGENCY if course.emergency else TONES[at.use]
        added = "" if at.use is Use.CONTRACT else "+"
        return MatrixCell(f"{mark}{added}{words.number(at.beds)}", tone, said)

    def _dol_cell(self, name: str, month: dt.date, places: float) -> MatrixCell:
        number = self._words.number(places)
        said = self._words.say(
            "timeline.said.dol", name=name, month=self._words.month(month), places=number
        )
        return MatrixCell(number if round(places) else "", _dol_tone(places), said)

    def _choose(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._filling:
            self.said.tell()
        self._show_chosen()

    def _show_chosen(self) -> None:
        course = self._courses.get(self.chosen)
        name = self._words.say("timeline.none")
        if course is not None:
            name = self._names.get(course.location, course.location)
        self._chosen.setText(name)
        told = [] if course is None else [self._told(each) for each in course.to_decide]
        nothing = "" if course is None else self._words.say("timeline.nothing_to_decide")
        self._about.setText("\n".join(told) or nothing)
        self._judge()

    def _told(self, each: ToDecide) -> str:
        words = self._words
        noun = "places" if each.decision.value == Pinned.PREPARE_DOL.value else "beds"
        told = words.say(
            "timeline.to_decide",
            decision=each.decision.label.in_(words.language),
            amount=words.counted(noun, each.amount),
            before=words.value(each.before),
            month=words.month(each.effect),
        )
        if each.once is not None:
            euros = words.number(each.once)
            told = f"{told} {words.say('timeline.once', euros=euros)}"
        return told

    def _judge(self) -> None:
        course = self._courses.get(self.chosen)
        filled = bool(self.who.text().strip() and self.reason.text().strip())
        decided = course is not None and bool(course.to_decide) and not self._session.viewing
        for each in (self.fix, self.refuse):
            each.setEnabled(decided and filled)
            tip = "" if decided and filled else "timeline.fill" if decided else "timeline.undecided"
            each.setToolTip(self._words.say(tip) if tip else "")
        place = self._words.say("why_not.no_place")
        for each in (self.ask, self.page):
            allow(each, "" if course is not None else place)

    def _ask_why(self) -> None:
        course = self._courses.get(self.chosen)
        if course is None:
            return
        if course.to_decide:
            name = course.to_decide[0].decision.value
            self.why_wanted.emit(Figure("decisions", location=course.location, decision=name))
        else:
            self.location_asked.emit(course.location)

    def _fix(self, *, refuse: bool) -> None:
        """Fix what the plan decides about the chosen location, or that it is not done."""
        course = self._courses.get(self.chosen)
        if course is None:
            return
        wanted: list[pin_edits.Fixed] = []
        for each in course.to_decide:
            decision = PINNED[each.decision.value]
            values: dict[dt.date, float] = {each.effect: 0.0 if refuse else 1.0}
            if decision is Pinned.PREPARE_DOL:
                values = {
                    month: 0.0 if refuse else float(round(at.dol))
                    for month, at in zip(self._months, course.months, strict=True)
                }
            wanted += [
                pin_edits.Fixed(course.location, decision, month, value)
                for month, value in values.items()
            ]
        sheet = self._session.sheet(pin_edits.SHEET)
        who, why = self.who.text().strip(), self.reason.text().strip()
        if self._session.edit("undo.pin", pin_edits.fixed(sheet, wanted, who=who, why=why)):
            key = "timeline.refused" if refuse else "timeline.fixed"
            name = self._names.get(course.location, course.location)
            labels = [each.decision.label for each in course.to_decide]
            self.said.tell(
                lambda: self._words.say(
                    key,
                    name=name,
                    decisions=self._words.listed([self._words.title(each) for each in labels]),
                )
            )
            self.again_wanted.emit()


def _number(day: dt.date | None, at: Mapping[dt.date, int]) -> int | None:
    """Return the number of the month that a day is in; none outside the months."""
    return None if day is None else at.get(day.replace(day=1))


def _dol_tone(places: float) -> Tone:
    return Tone.DOL if round(places) else Tone.NONE
