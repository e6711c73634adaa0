"""The form in which a scenario is named, copied, combined or made of what was edited."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from planner.input.scenarios import scenario_edits as making
from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.scenarios.change_words import ChangeWords
from ui.still import StillChoice
from ui.why_not import allow
from ui.widgets import button, heading, muted, plain_label, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.input.scenarios.from_edits import Taken
    from planner.jobs.requests import BookState
    from ui.scenarios.changing import Changing, Told
    from ui.words import Words

FIRST, SECOND = range(2)
FIELDS = ("into", "name", "forecast", "other")
NAME_CHARACTERS = 20  # of a scenario, that are seen at least
EDITS_SEEN = 8  # lines of what was edited; more of them scroll


class FormAct(StrEnum):
    """What the form is about."""

    NEW = "new"
    COPY = "copy"
    RENAME = "rename"
    COMBINE = "combine"
    TAKE = "take"


class ScenarioForm(QFrame):
    """Asks for a name, and for what else an act needs; hidden when it asks nothing."""

    done = Signal(str)  # the name of the scenario that was made or renamed

    def __init__(self, changing: Changing, words: Words) -> None:
        """Ask nothing yet."""
        super().__init__()
        self.setProperty("card", "true")
        self._changing = changing
        self._work = changing.work
        self._taken: tuple[Taken, BookState] | None = None  # what was edited, and when
        self._words = words
        self._act: FormAct | None = None
        self.made: FormAct | None = None  # what was done last
        self._about = ""
        self._title = heading(1.1)
        self._lead = muted()
        self.name = QLineEdit()
        self.forecast = StillChoice()
        self.other = StillChoice()
        self.prefer = StillChoice()  # whose value goes first at a clash
        self.prefer.addItems(["", ""])
        self._clash_title = plain_label()
        self.clashes = ResultModel(
            [
                ShownColumn("scen_sheet"),
                ShownColumn("scen_row"),
                ShownColumn("cell_column"),
                ShownColumn("scen_first"),
                ShownColumn("scen_second"),
            ],
            words,
        )
        self._clash_table = ResultGrid(self.clashes)
        self.into = StillChoice()  # the scenario that edits go to
        self.edits = QListWidget()
        self._edits_title, self._edits_kept = muted(), muted()
        self._fault = plain_label()
        self.ok = button(self.carry_out, main=True)
        self._cancel = button(self.close_form)
        self._labels = {key: plain_label() for key in FIELDS}
        self._lay_out()
        self.name.textChanged.connect(self._judge)
        self.name.returnPressed.connect(self.carry_out)
        self.other.currentIndexChanged.connect(self._show_clashes)
        self.into.currentIndexChanged.connect(self._choose_into)
        self.edits.itemChanged.connect(lambda _: self._judge())
        words.changed.connect(self._reword)
        self.hide()

    def ask(self, act: FormAct, about: str) -> None:
        """Ask what an act about a scenario needs."""
        self._act, self._about = act, about
        self.name.setText(about if act is FormAct.RENAME else "")
        self._offer(self.forecast, self._work.forecasts)
        self.forecast.setCurrentIndex(max(0, self.forecast.findData(self._forecast_of(about))))
        self._offer(self.other, [each for each in self._work.names if each != about])
        self.prefer.setCurrentIndex(FIRST)
        self._fields.setRowVisible(self.forecast, act is FormAct.NEW)
        self._fields.setRowVisible(self.other, act is FormAct.COMBINE)
        self._fields.setRowVisible(self.into, act is FormAct.TAKE)
        self._taken = None
        self.edits.clear()
        if act is FormAct.TAKE:
            self._offer_into()
            self._changing.find_edits(self._show_edits)
        self._choose_into()
        self._reword()
        self._show_clashes()
        self.show()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.selectAll()

    def carry_out(self) -> None:
        """Do what was asked for, when the name will do."""
        if self._act is None or not self.ok.isEnabled():
            return
        act, name = self._act, making.tidy_name(self.name.text())
        self.made = act
        told: Told | None = None
        if act is FormAct.TAKE:
            name = str(self.into.currentData() or name)
            chosen, state = self._chosen_edits()
            self.close_form()
            told = self._changing.take_edits(name, chosen, state)
            made = told is not None
        else:
            self.close_form()
            made = self._made(act, name)
        if made:
            self.done.emit(name)
        if told is not None:
            self._work.told.emit(*told)

    def close_form(self) -> None:
        """Ask nothing any more."""
        self._act = None
        self.hide()

    def _made(self, act: FormAct, name: str) -> bool:
        match act:
            case FormAct.NEW:
                return self._work.new(name, str(self.forecast.currentData()))
            case FormAct.COPY:
                return self._work.copy(self._about, name)
            case FormAct.RENAME:
                return self._work.rename(self._about, name)
            case _:
                first, second = self._about, str(self.other.currentData())
                if self.prefer.currentIndex() == SECOND:
                    first, second = second, first
                return self._work.combine(first, second, name)

    def _offer(self, box: StillChoice, names: Sequence[str]) -> None:
        """Offer scenarios by what they are called."""
        with QSignalBlocker(box):
            box.clear()
            for each in names:
                box.addItem(self._words.called(each), each)

    def _offer_into(self) -> None:
        """Offer a new scenario, and those that there are."""
        with QSignalBlocker(self.into):
            self.into.clear()
            self.into.addItem(self._words.say("scenario_form.into_new"), "")
            for each in self._work.names:
                self.into.addItem(self._words.called(each), each)

    def _choose_into(self) -> None:
        """Ask for a name where a new scenario is made."""
        old = self._act is FormAct.TAKE and bool(self.into.currentData())
        self._fields.setRowVisible(self.name, not old)
        self._judge()

    def _show_edits(self, found: Taken, state: BookState) -> None:
        """List what was edited, each line to be chosen or left in the input."""
        if self._act is not FormAct.TAKE:
            return
        self._taken = (found, state)
        wording = ChangeWords(self._work.session, self._words, self._work.rule_titles)
        high = int(self.fontMetrics().height() * 1.5)
        with QSignalBlocker(self.edits):
            self.edits.clear()
            for each in found.cells:
                address = each.line.address
                sheet, about, title = wording.place(address)
                said = self._words.say(
                    "scenario_form.edit",
                    sheet=sheet,
                    row=about,
                    column=title,
                    before=wording.value(address, each.before),
                    now=wording.value(address, each.line.value),
                )
                item = QListWidgetItem(said)
                item.setSizeHint(QSize(0, high))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked)
                self.edits.addItem(item)
        lines = min(max(self.edits.count(), 2), EDITS_SEEN)
        self.edits.setFixedHeight(high * lines + 8)
        self._judge()

    def _chosen_edits(self) -> tuple[Taken, BookState]:
        """Return what goes to the scenario, and the state of the book that it is true of."""
        if self._taken is None:
            raise LookupError("nothing was looked up")
        found, state = self._taken
        checked = Qt.CheckState.Checked
        cells = tuple(
            each
            for at, each in enumerate(found.cells)
            if self.edits.item(at).checkState() == checked
        )
        return replace(found, cells=cells), state

    def _say_edits(self) -> bool:
        """Say what was edited and what of it goes to the scenario; whether anything does."""
        taking = self._act is FormAct.TAKE
        found = None if self._taken is None else self._taken[0]
        count = 0 if found is None else self._chosen_edits()[0].moved
        say_ = self._words.say
        told, kept = "", ""
        if found is not None:
            key = "scenario_form.edits" if found.cells else "scenario_form.edits_none"
            told = say_(key, count=count)
            if found.rows_kept or found.cells_kept:
                kept = say_(
                    "scenario_form.edits_kept", rows=found.rows_kept, cells=found.cells_kept
                )
        self._edits_title.setText(told)
        self._edits_kept.setText(kept)
        self._edits_title.setVisible(taking and bool(told))
        self._edits_kept.setVisible(taking and bool(kept))
        self.edits.setVisible(taking and found is not None and bool(found.cells))
        return count > 0

    def _forecast_of(self, name: str) -> str:
        shown = self._work.shown
        found = () if shown is None else shown.scenarios
        return next((each.forecast for each in found if each.name == name), "")

    def _judge(self) -> None:
        """Say at once when a name will not do."""
        name = self.name.text()
        same = self._act is FormAct.RENAME and making.tidy_name(name) == self._about
        into = self._act is FormAct.TAKE and bool(self.into.currentData())
        fault = None if same or into else self._work.name_fault(name)
        empty = not making.tidy_name(name)
        self._fault.setText("" if fault is None or empty else self._words.tell(fault))
        self._fault.setVisible(bool(self._fault.text()))
        some = self._say_edits() or self._act is not FormAct.TAKE
        able = fault is None and not same and some and self._work.can_edit
        told = self._words.say("why_not.unchanged") if fault is None else self._words.tell(fault)
        allow(self.ok, "" if able else told)

    def _show_clashes(self) -> None:
        combining = self._act is FormAct.COMBINE
        found: tuple[making.CellClash, ...] = ()
        other = str(self.other.currentData() or "")
        if combining and other:
            found = making.clashes(self._work.whole(self._about), self._work.whole(other))
        wording = ChangeWords(self._work.session, self._words, self._work.rule_titles)
        self.clashes.show(
            [
                (
                    *wording.place(each.first.address),
                    wording.value(each.first.address, each.first.value),
                    wording.value(each.second.address, each.second.value),
                )
                for each in found
            ]
        )
        for widget in (self._clash_table, self.prefer):
            widget.setVisible(bool(found))
        key = "scenarios.clashes" if found else "scenarios.no_clashes"
        self._clash_title.setText(self._words.say(key, count=len(found)))
        self._clash_title.setVisible(combining)
        for which, name in (
            (FIRST, self._words.called(self._about)),
            (SECOND, self.other.currentText()),
        ):
            self.prefer.setItemText(which, self._words.say("scenarios.prefer", name=name))
        lines = min(len(found), 5) + 2
        height = self._clash_table.verticalHeader().defaultSectionSize()
        self._clash_table.setFixedHeight(height * lines)

    def _reword(self) -> None:
        if self._act is None:
            return
        self._title.setText(
            self._words.say(
                f"scenario_form.{self._act.value}", name=self._words.called(self._about)
            )
        )
        self._lead.setText(self._words.say(f"scenario_form_lead.{self._act.value}"))
        for key, label in self._labels.items():
            label.setText(self._words.say(f"scenario_form_field.{key}"))
        self.ok.setText(self._words.say(f"scenario_form_ok.{self._act.value}"))
        self._cancel.setText(self._words.say("scenarios.cancel"))
        self.edits.setAccessibleName(self._words.say("scenario_form.edits_name"))
        self._clash_table.setAccessibleName(self._words.say("scenarios.clash_table"))
        self.prefer.setAccessibleName(self._words.say("scenarios.preferred"))
        self._show_clashes()
        self._judge()

    def _lay_out(self) -> None:
        wide = self.fontMetrics().averageCharWidth() * 60
        for each in (self.name, self.forecast, self.other, self.into):
            each.setMaximumWidth(wide)
        for choice in (self.forecast, self.other, self.into):
            # The longest name of a scenario must not widen the page.
            choice.setMinimumContentsLength(NAME_CHARACTERS)
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self._fields = QFormLayout()
        for key, field in (
            ("into", self.into), ("name", self.name), ("forecast", self.forecast),
            ("other", self.other),
        ):  # fmt: skip
            self._labels[key].setBuddy(field)
            self._fields.addRow(self._labels[key], field)
        self._fault.setProperty("role", "error")
        box = QVBoxLayout(self)
        box.addWidget(self._title)
        box.addWidget(self._lead)
        box.addLayout(self._fields)
        for below in (
            self._edits_title, self.edits, self._edits_kept,
            self._clash_title, self._clash_table, row(self.prefer), self._fault,
        ):  # fmt: skip
            box.addWidget(below)
        box.addWidget(row(self.ok, self._cancel))
