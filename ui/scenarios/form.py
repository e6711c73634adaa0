"""The form in which a scenario is named, copied, combined or made of what was edited."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QVBoxLayout,
)

from planner.input.scenarios import scenario_edits as making
from ui.results.model import ResultModel, ShownColumn
from ui.results.table import ResultGrid
from ui.scenarios.change_words import ChangeWords
from ui.why_not import allow
from ui.widgets import button, heading, muted, plain_label, row

if TYPE_CHECKING:
    from ui.scenarios.work import ScenarioWork
    from ui.words import Words

FIRST, SECOND = range(2)


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

    def __init__(self, work: ScenarioWork, words: Words) -> None:
        """Ask nothing yet."""
        super().__init__()
        self.setProperty("card", "true")
        self._work = work
        self._words = words
        self._act: FormAct | None = None
        self._about = ""
        self._title = heading(1.1)
        self._lead = muted()
        self.name = QLineEdit()
        self.forecast = QComboBox()
        self.other = QComboBox()
        self.prefer = QComboBox()  # whose value goes first at a clash
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
        self._fault = plain_label()
        self.ok = button(self.carry_out, main=True)
        self._cancel = button(self.close_form)
        self._labels = {key: plain_label() for key in ("name", "forecast", "other")}
        self._lay_out()
        self.name.textChanged.connect(self._judge)
        self.name.returnPressed.connect(self.carry_out)
        self.other.currentIndexChanged.connect(self._show_clashes)
        words.changed.connect(self._reword)
        self.hide()

    def ask(self, act: FormAct, about: str) -> None:
        """Ask what an act about a scenario needs."""
        self._act, self._about = act, about
        self.name.setText(about if act is FormAct.RENAME else "")
        self.forecast.clear()
        self.forecast.addItems(self._work.forecasts)
        self.forecast.setCurrentText(self._forecast_of(about))
        self.other.clear()
        self.other.addItems([each for each in self._work.names if each != about])
        self.prefer.setCurrentIndex(FIRST)
        self._fields.setRowVisible(self.forecast, act is FormAct.NEW)
        self._fields.setRowVisible(self.other, act is FormAct.COMBINE)
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
        self.close_form()
        if self._made(act, name):
            self.done.emit(name)

    def close_form(self) -> None:
        """Ask nothing any more."""
        self._act = None
        self.hide()

    def _made(self, act: FormAct, name: str) -> bool:
        match act:
            case FormAct.NEW:
                return self._work.new(name, self.forecast.currentText())
            case FormAct.COPY:
                return self._work.copy(self._about, name)
            case FormAct.RENAME:
                return self._work.rename(self._about, name)
            case FormAct.TAKE:
                return self._work.take_edits(name)
            case _:
                first, second = self._about, self.other.currentText()
                if self.prefer.currentIndex() == SECOND:
                    first, second = second, first
                return self._work.combine(first, second, name)

    def _forecast_of(self, name: str) -> str:
        shown = self._work.shown
        found = () if shown is None else shown.scenarios
        return next((each.forecast for each in found if each.name == name), "")

    def _judge(self) -> None:
        """Say at once when a name will not do."""
        name = self.name.text()
        same = self._act is FormAct.RENAME and making.tidy_name(name) == self._about
        fault = None if same else self._work.name_fault(name)
        empty = not making.tidy_name(name)
        self._fault.setText("" if fault is None or empty else self._words.tell(fault))
        self._fault.setVisible(bool(self._fault.text()))
        able = fault is None and not same and self._work.can_edit
        told = self._words.say("why_not.unchanged") if fault is None else self._words.tell(fault)
        allow(self.ok, "" if able else told)

    def _show_clashes(self) -> None:
        combining = self._act is FormAct.COMBINE
        found: tuple[making.CellClash, ...] = ()
        if combining and self.other.currentText():
            found = making.clashes(
                self._work.whole(self._about), self._work.whole(self.other.currentText())
            )
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
        for which, name in ((FIRST, self._about), (SECOND, self.other.currentText())):
            self.prefer.setItemText(which, self._words.say("scenarios.prefer", name=name))
        lines = min(len(found), 5) + 2
        height = self._clash_table.verticalHeader().defaultSectionSize()
        self._clash_table.setFixedHeight(height * lines)

    def _reword(self) -> None:
        if self._act is None:
            return
        self._title.setText(self._words.say(f"scenario_form.{self._act.value}", name=self._about))
        self._lead.setText(self._words.say(f"scenario_form_lead.{self._act.value}"))
        for key, label in self._labels.items():
            label.setText(self._words.say(f"scenario_form_field.{key}"))
        self.ok.setText(self._words.say(f"scenario_form_ok.{self._act.value}"))
        self._cancel.setText(self._words.say("scenarios.cancel"))
        self._clash_table.setAccessibleName(self._words.say("scenarios.clash_table"))
        self.prefer.setAccessibleName(self._words.say("scenarios.preferred"))
        self._show_clashes()
        self._judge()

    def _lay_out(self) -> None:
        wide = self.fontMetrics().averageCharWidth() * 60
        for each in (self.name, self.forecast, self.other):
            each.setMaximumWidth(wide)
        self._fields = QFormLayout()
        for key, field in (
            ("name", self.name), ("forecast", self.forecast), ("other", self.other),
        ):  # fmt: skip
            self._labels[key].setBuddy(field)
            self._fields.addRow(self._labels[key], field)
        self._fault.setProperty("role", "error")
        box = QVBoxLayout(self)
        box.addWidget(self._title)
        box.addWidget(self._lead)
        box.addLayout(self._fields)
        for below in (self._clash_title, self._clash_table, row(self.prefer), self._fault):
            box.addWidget(below)
        box.addWidget(row(self.ok, self._cancel))
