"""A change of a scenario said in a sentence, with the cells that it would change below it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from planner.input.records import table
from planner.input.scenarios.phrases import MonthSpan, Phrase, SaidChange, row_of
from planner.input.scenarios.subjects import Subjects, code_after
from ui.flow_layout import FlowBox
from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.scenarios.change_words import ChangeWords
from ui.scenarios.phrase_words import PhraseWords
from ui.still import StillChoice, StillDecimal
from ui.tables import cells
from ui.why_not import allow
from ui.widgets import button, heading, muted, plain_label, row

if TYPE_CHECKING:
    import datetime as dt

    from planner.input.book import RawValue
    from planner.input.scenarios.scenario_edits import ScenarioRow
    from planner.input.scenarios.shown import ShownScenario
    from planner.input.scenarios.tried import TriedChange
    from ui.scenarios.changing import Changing
    from ui.words import Words

PAUSE_MS = 150  # without another choice, and what it would change is looked up
SHARES = {
    Phrase.BEDS_SHARE,
    Phrase.PEOPLE,
    Phrase.ARRIVALS,
    Phrase.STAY,
    Phrase.SHARE,
    Phrase.STAGE_STAY,
}
MONTHLY = {Phrase.CLOSES, Phrase.OPENS, Phrase.ENDS, Phrase.ADDED}
OF_BEDS = {Phrase.BEDS, Phrase.ADDED}
FOR_A_TIME = {
    Phrase.PEOPLE,
    Phrase.ARRIVALS,
    Phrase.STAY,
    Phrase.SHARE,
    Phrase.STAGE_STAY,
    Phrase.PARAMETER,
}
WHOLE = 100  # per cent
MOST_BEDS, MOST_SHARE, FIRST_SHARE, FIRST_BEDS = 100_000, 1000, 10, 100
ABOUT_CHARACTERS = 30
LINES_HIGH = 6


class ChangeForm(QFrame):
    """Asks for one change after another; hidden when it asks nothing."""

    added = Signal(str)  # the sentence of a change that stands in the scenario now

    def __init__(self, changing: Changing, words: Words) -> None:
        """Ask nothing yet."""
        super().__init__()
        self.setProperty("card", "true")
        self._changing = changing
        self._words = words
        self._about: ShownScenario | None = None
        self._subjects = Subjects()
        self._tried: tuple[ScenarioRow, TriedChange] | None = None
        self._asked_value: Phrase | None = None
        self._title, self._lead = heading(1.1), muted()
        self.phrase, self.subject, self.month = StillChoice(), StillChoice(), StillChoice()
        self.begin, self.end = StillChoice(), StillChoice()
        self.amount, self.value = StillDecimal(), QLineEdit()
        self.amount.setDecimals(0)
        self.sentence = plain_label()
        self.sentence.setProperty("role", "strong")
        self.sentence.setWordWrap(True)
        self._found = muted()
        self.cells = ResultModel(
            [
                ShownColumn("scen_sheet"),
                ShownColumn("scen_row"),
                ShownColumn("cell_column"),
                ShownColumn("base_value"),
                ShownColumn("scenario_value"),
            ],
            words,
        )
        self._table = ResultGrid(self.cells)
        self._table.setFixedHeight(self._table.verticalHeader().defaultSectionSize() * LINES_HIGH)
        self._fault = plain_label()
        self._fault.setProperty("role", "error")
        self._fault.setWordWrap(True)
        self.ok = button(self.add, main=True)
        self.done = button(self.close_form)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._lay_out()
        self.phrase.currentIndexChanged.connect(self._offer)
        for box in (self.subject, self.month, self.begin, self.end):
            box.currentIndexChanged.connect(self._say)
        self.amount.valueChanged.connect(self._say)
        self.value.textChanged.connect(self._say)
        words.changed.connect(self._reword)
        self.hide()

    @property
    def chosen(self) -> Phrase:
        """What the change is about."""
        value = self.phrase.currentData()
        return Phrase.CLOSES if value is None else Phrase(value)

    def ask(self, scenario: ShownScenario, subjects: Subjects) -> None:
        """Ask for a change of a scenario, about what there is in the book."""
        own = _within(subjects, scenario)
        other = self._subjects != own or self.phrase.count() == 0
        self._about, self._subjects = scenario, own
        if other:
            self._fill()
        self._reword()
        self.show()
        self.phrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self, scenario: ShownScenario, subjects: Subjects) -> None:
        """Take what the scenario has become: it may have a location more to say something of."""
        if self._about is not None and self._about.name == scenario.name:
            self._about, self._subjects = scenario, _within(subjects, scenario)
            self._offer_subjects(PhraseWords(self._subjects, self._words))

    def choose(self, phrase: Phrase, about: str) -> None:
        """Choose what the change is about, as if from the lists."""
        self.phrase.setCurrentIndex(self.phrase.findData(phrase.value))
        self.subject.setCurrentIndex(self.subject.findData(about))

    def close_form(self) -> None:
        """Ask nothing any more."""
        self._about = None
        self._pause.stop()
        self.hide()

    def change(self) -> SaidChange:
        """Return the change as it is chosen."""
        phrase = self.chosen
        return SaidChange(
            phrase,
            str(self.subject.currentData() or ""),
            self._day(self.month) if phrase in MONTHLY else None,
            self._amount(phrase),
            MonthSpan(self._day(self.begin), self._day(self.end))
            if phrase in FOR_A_TIME
            else MonthSpan(),
            "*" if self._about is None else self._about.forecast,
            self.value.text().strip() if phrase is Phrase.ADDED else "",
        )

    def look(self) -> None:
        """Look up what the chosen change would change."""
        if self._about is None or not self.subject.currentData():
            return
        line = row_of(self.change(), self._about.name, self._words.language)

        def show(found: TriedChange) -> None:
            self._tried = (line, found)
            self._show(found)

        self._changing.try_change(line, show)

    def add(self) -> None:
        """Add the change to the scenario, and ask for another."""
        if self._tried is None or not self.ok.isEnabled():
            return
        said = self.sentence.text()
        if self._changing.add(self._tried[0]):
            self.added.emit(said)
            if self.chosen is Phrase.ADDED:
                self.value.setText(code_after(self.value.text().strip()))

    def _amount(self, phrase: Phrase) -> RawValue | None:
        if phrase is Phrase.PARAMETER:
            column = table("parameters").column("value")
            return cells.read(column, self.value.text(), self._words.language)
        return int(self.amount.value())

    @staticmethod
    def _day(box: StillChoice) -> dt.date | None:
        value: dt.date | None = box.currentData()
        return value

    def _fill(self) -> None:
        """List the phrases that there is something to say with."""
        chosen = self.phrase.currentData()
        with QSignalBlocker(self.phrase):
            self.phrase.clear()
            for each in self._subjects.phrases():
                self.phrase.addItem(self._words.say(f"phrase.{each.value}"), each.value)
            self.phrase.setCurrentIndex(max(0, self.phrase.findData(chosen)))
        self._offer()

    def _offer(self) -> None:
        """Offer what the chosen phrase can be about, and ask what else it needs."""
        phrase = self.chosen
        self._offer_subjects(PhraseWords(self._subjects, self._words))
        for box, none in (
            (self.month, ""),
            (self.begin, "phrase_all.first"),
            (self.end, "phrase_all.last"),
        ):
            self._offer_months(box, none)
        with QSignalBlocker(self.amount):
            share = phrase in SHARES
            part = phrase is Phrase.SHARE  # a part of a whole, and no change of one
            most = WHOLE if part else MOST_SHARE if share else MOST_BEDS
            self.amount.setRange(-WHOLE if share and not part else 0, most)
            self.amount.setSuffix(" %" if share else "")
            self.amount.setValue(FIRST_SHARE if share else FIRST_BEDS)
        self.month.setVisible(phrase in MONTHLY)
        self.amount.setVisible(phrase in SHARES | OF_BEDS)
        self._ask_value(phrase)
        for box in (self.begin, self.end):
            box.setVisible(phrase in FOR_A_TIME)
        self._say()

    def _offer_subjects(self, wording: PhraseWords) -> None:
        with QSignalBlocker(self.subject):
            kept = self.subject.currentData()
            self.subject.clear()
            for key, said in wording.offered(self.chosen):
                self.subject.addItem(said, key)
            self.subject.setCurrentIndex(max(0, self.subject.findData(kept)))

    def _ask_value(self, phrase: Phrase) -> None:
        """Ask for a parameter's value, or for the code of a location that is added."""
        self.value.setVisible(phrase in {Phrase.PARAMETER, Phrase.ADDED})
        said = self._words.say(f"phrase_field.{'code' if phrase is Phrase.ADDED else 'value'}")
        self.value.setAccessibleName(said)
        self.value.setToolTip(said)
        self.value.setPlaceholderText(said)
        if phrase is not self._asked_value:
            self._asked_value = phrase
            with QSignalBlocker(self.value):
                new = phrase is Phrase.ADDED
                self.value.setText(self._subjects.new_location if new else "")

    def _offer_months(self, box: StillChoice, none: str) -> None:
        with QSignalBlocker(box):
            at = max(0, box.currentIndex())
            box.clear()
            if none:
                box.addItem(self._words.say(none), None)
            for month in self._subjects.months:
                box.addItem(self._words.month(month), month)
            box.setCurrentIndex(min(at, box.count() - 1))

    def _say(self) -> None:
        """Say the change as a sentence, and look up a moment later what it would change."""
        if self._about is None:
            return
        wording = PhraseWords(self._subjects, self._words)
        self.sentence.setText(wording.sentence(self.change()))
        self._tried = None
        self._found.setText(self._words.say("phrase_form.looking"))
        self._judge()
        self._pause.start()

    def _show(self, found: TriedChange) -> None:
        """Show the cells that the change is about, or what is wrong with it."""
        work = self._changing.work
        wording = ChangeWords(work.session, self._words, work.rule_titles)
        self.cells.show(
            [
                (
                    *wording.place(each.address),
                    wording.value(each.address, each.base),
                    wording.value(each.address, each.value),
                )
                for each in found.cells
            ]
        )
        key = "phrase_form.cells" if found.fault is None else "phrase_form.fault"
        self._found.setText(self._words.say(key, count=found.count))
        self._judge()

    def _judge(self) -> None:
        found = None if self._tried is None else self._tried[1]
        fault = None if found is None else found.fault
        self._fault.setText("" if fault is None else self._words.tell(fault))
        self._fault.setVisible(fault is not None)
        self._table.setVisible(found is not None and bool(found.cells))
        able = found is not None and bool(found.cells) and self._changing.work.can_edit
        why = self._words.say("phrase_form.looking") if fault is None else self._words.tell(fault)
        allow(self.ok, "" if able else why)

    def _reword(self) -> None:
        if self._about is None:
            return
        say_ = self._words.say
        name = self._words.called(self._about.name)
        self._title.setText(say_("phrase_form.title", name=name))
        self._lead.setText(say_("phrase_form.lead"))
        self.ok.setText(say_("phrase_form.add"))
        self.done.setText(say_("phrase_form.done"))
        for field, key in (
            (self.phrase, "phrase"), (self.subject, "subject"), (self.month, "month"),
            (self.begin, "begin"), (self.end, "end"), (self.amount, "amount"),
            (self._table, "table"),
        ):  # fmt: skip
            field.setAccessibleName(say_(f"phrase_field.{key}"))
            field.setToolTip(say_(f"phrase_field.{key}"))
        self._fill()

    def _lay_out(self) -> None:
        width = self.fontMetrics().averageCharWidth()
        self.subject.setSizeAdjustPolicy(
            StillChoice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.subject.setMinimumContentsLength(ABOUT_CHARACTERS)
        self.value.setMaximumWidth(width * ABOUT_CHARACTERS)
        said = FlowBox(
            self.phrase, self.subject, self.amount, self.value, self.month, self.begin, self.end
        )
        box = QVBoxLayout(self)
        for part in (
            self._title, self._lead, said, self.sentence, self._found, self._table, self._fault,
        ):  # fmt: skip
            box.addWidget(part)
        box.addWidget(row(self.ok, self.done))


def _within(subjects: Subjects, scenario: ShownScenario) -> Subjects:
    """Return what a change of a scenario can be about: what it adds itself too."""
    lines = (each.line for each in scenario.changes)
    return subjects.within(replace(each.record, active=each.active) for each in lines)
