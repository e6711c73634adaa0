"""One rule of the register: what it says and where it comes from, and changing it in a scenario."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from planner.input.kinds import Standing
from planner.input.records import table
from ui.flow_layout import FlowBox
from ui.results.model import ResultModel, ShownColumn, catalogued, label
from ui.results.table import ResultGrid
from ui.scenarios.target import ScenarioTarget
from ui.tables import cells
from ui.why_not import allow
from ui.widgets import button, heading, muted, plain_label, row

if TYPE_CHECKING:
    import datetime as dt

    from planner.core.texts import Text
    from planner.input.book import RawValue
    from planner.result.rule_facts import ParameterFacts, RuleFacts
    from ui.scenarios.work import ScenarioWork
    from ui.theme import Theme
    from ui.words import Words

ON, OFF = 1.0, 0.0
FACTS = ("standing", "source", "strength", "unit", "applies", "here", "in_plan", "follows")
FIRST_LEVEL = "everyone_placed"  # without it nobody would be there to plan for


class RulePanel(QWidget):
    """The facts of a rule, its parameters, its switch, and in which scenario a change goes."""

    def __init__(self, work: ScenarioWork, words: Words, theme: Theme) -> None:
        """Show no rule yet."""
        super().__init__()
        self._work = work
        self._words = words
        self._theme = theme
        self._rule: RuleFacts | None = None
        self._level: Text | None = None
        self._here = self._in_plan = ""
        self._title = heading(1.3)
        self._sentence = plain_label()
        self._facts = {key: (plain_label(), QLabel()) for key in FACTS}
        self._form = QFormLayout()
        self.parameters = ResultModel(
            [
                ShownColumn("rule_parameter"),
                ShownColumn("rule_value"),
                ShownColumn("rule_unit", words=catalogued(words, "unit")),
                ShownColumn("rule_input"),
                ShownColumn("rule_supplied"),
                ShownColumn("rule_valid"),
            ],
            words,
        )
        self.table = ResultGrid(self.parameters)
        self._parameters_title = heading(1.1)
        self._about = muted()  # what the selected parameter means, and its source
        self._value_label = plain_label()
        self.value = QLineEdit()
        self.set_value = button(self.change_parameter)
        self.back = button(self.put_back)
        self._fixed = muted()
        self.switch = button(self.change_switch)
        self.target = ScenarioTarget(work, words)
        self._editing = QWidget()
        self._lay_out()
        self.value.returnPressed.connect(self.change_parameter)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_value())
        self.target.changed.connect(self.enable)

    def show_rule(self, rule: RuleFacts, level: Text | None, here: str, in_plan: str) -> None:
        """Show a rule; `here` and `in_plan` say where it applies."""
        other = self._rule is None or self._rule.name != rule.name
        self._rule, self._level, self._here, self._in_plan = rule, level, here, in_plan
        at = max(self.table.currentIndex().row(), 0)
        self.reword()
        if rule.parameters:
            self.table.selectRow(0 if other or at >= len(rule.parameters) else at)
        self._show_value()

    def change_switch(self) -> None:
        """Switch the rule off, or on again, in the scenario chosen below."""
        rule = self._rule
        if rule is not None and rule.switch and self.switch.isEnabled():
            wanted = OFF if rule.on else ON
            self._set([(rule.switch, wanted, ON if rule.on_input else OFF)])

    def change_parameter(self) -> None:
        """Give the selected parameter the value that was typed, in the scenario chosen below."""
        facts = self._chosen()
        if facts is None or not self.set_value.isEnabled():
            return
        column = table("parameters").column("value")
        typed = cells.read(column, self.value.text(), self._words.language)
        self._set([(facts.name, typed, facts.input)])

    def put_back(self) -> None:
        """Give the selected parameter the input's value again."""
        facts = self._chosen()
        if facts is not None and self.back.isEnabled():
            self._set([(facts.name, facts.input, facts.input)])

    def enable(self) -> None:
        """Let only be done what can be."""
        can = self._work.can_edit and bool(self.target.target)
        facts = self._chosen()
        target, row = (self._words.say(f"why_not.{key}") for key in ("no_target", "no_row"))
        allow(self.switch, "" if can else target)
        self.value.setEnabled(can and facts is not None)
        allow(self.set_value, target if not can else row if facts is None else "")
        changed = facts is not None and facts.value != facts.input
        back = can and changed and not self.target.is_new
        allow(self.back, "" if back else self._words.say("why_not.unchanged"))

    def reword(self) -> None:
        """Say everything again in the language in use."""
        if self._rule is None:
            return
        rule, title = self._rule, self._words.title
        self._title.setText(title(rule.title))
        self._sentence.setText(title(rule.sentence))
        said = {
            "standing": self._words.title(label(Standing, rule.standing)),
            "source": self._source(rule),
            "strength": self._strength(rule),
            "unit": catalogued(self._words, "unit")(rule.unit),
            "applies": title(rule.applies),
            "here": self._here,
            "in_plan": self._in_plan,
            "follows": rule.follows,
        }
        for key, (name, value) in self._facts.items():
            name.setText(self._words.say(f"rule_fact.{key}"))
            value.setText(said[key])
            self._form.setRowVisible(value, bool(said[key]))
        self._show_parameters(rule)
        self._say_switch(rule)
        self.set_value.setText(self._words.say("rules.set_value"))
        self.back.setText(self._words.say("rules.put_back"))
        self.target.refresh()
        self.enable()

    def _set(self, values: list[tuple[str, RawValue | None, RawValue | None]]) -> None:
        done = self._work.set_values(self.target.target, values, new=self.target.is_new)
        if done:
            self.target.done()

    def _source(self, rule: RuleFacts) -> str:
        """Return act and passage; the act is a link where it can be read on the web.

        A label keeps the colour of the links it was given, also when the look is another.
        """
        act = html.escape(self._words.title(rule.act))
        passage = html.escape(self._words.title(rule.passage))
        if not rule.link:
            return f"{act}, {passage}"
        colour = self._theme.colours.accent
        return f'<a href="{rule.link}" style="color: {colour}">{act}</a>, {passage}'

    def _strength(self, rule: RuleFacts) -> str:
        if rule.hard or self._level is None:
            return self._words.say("rules.hard")
        return self._words.say("rules.soft", level=self._words.title(self._level))

    def _show_parameters(self, rule: RuleFacts) -> None:
        language = self._words.language
        self.parameters.show(
            [
                (
                    cells.parameter_name(each.name, language),
                    self._value(each.value),
                    cells.unit(each.unit, language),
                    self._value(each.input),
                    self._value(each.supplied),
                    self._valid(each.valid_from, each.valid_until),
                )
                for each in rule.parameters
            ]
        )
        self._parameters_title.setText(self._words.say("rules.parameters"))
        self.table.setAccessibleName(self._words.say("rules.parameters"))
        height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(int(height * (min(len(rule.parameters), 6) + 2.2)))
        for each in (self._parameters_title, self.table, self._editing):
            each.setVisible(bool(rule.parameters))

    def _value(self, value: float | str | dt.date | None) -> str:
        if value is None:
            return self._words.say("scenarios.empty")
        return cells.shown(table("parameters").column("value"), value, self._words.language)

    def _valid(self, first: dt.date | None, last: dt.date | None) -> str:
        parts = []
        if first is not None:
            parts.append(self._words.say("rules.valid_from", day=first))
        if last is not None:
            parts.append(self._words.say("rules.valid_until", day=last))
        return " ".join(parts)

    def _say_switch(self, rule: RuleFacts) -> None:
        """Word the switch; a rule without one says why."""
        self.switch.setText(self._words.say("rules.switch_off" if rule.on else "rules.switch_on"))
        self.switch.setVisible(bool(rule.switch))
        why = ""
        if rule.name == FIRST_LEVEL:
            why = self._words.say("rules.fixed_first")
        elif rule.follows:
            why = self._words.say("rules.fixed_follows", rule=rule.follows)
        elif not rule.switch:
            why = self._words.say("rules.fixed_hard")
        elif not rule.on:
            why = self._words.say("rules.is_off")
        self._fixed.setText(why)
        self._fixed.setVisible(bool(why))
        self.target.setVisible(bool(rule.switch or rule.parameters))

    def _chosen(self) -> ParameterFacts | None:
        """Return the selected parameter."""
        at = self.table.currentIndex().row()
        if self._rule is None or not 0 <= at < len(self._rule.parameters):
            return None
        return self._rule.parameters[at]

    def _show_value(self) -> None:
        """Put the selected parameter's value in the line to type another in."""
        facts = self._chosen()
        if facts is None:
            self.value.clear()
            self._value_label.clear()
            self._about.clear()
        else:
            column = table("parameters").column("value")
            language = self._words.language
            typed = "" if facts.value is None else cells.typed(column, facts.value, language)
            self.value.setText(typed)
            name = cells.parameter_name(facts.name, language)
            self._value_label.setText(self._words.say("rules.new_value", name=name))
            self.value.setAccessibleName(self._value_label.text())
            meaning = cells.parameter_meaning(facts.name, language)
            source = cells.source(facts.source, language)
            about = self._words.say("rules.about", meaning=meaning, source=source)
            self._about.setText(about if facts.source else meaning)
        self.enable()

    def _lay_out(self) -> None:
        self._sentence.setWordWrap(True)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for name, value in self._facts.values():
            name.setProperty("role", "muted")
            value.setWordWrap(True)
            value.setOpenExternalLinks(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
            self._form.addRow(name, value)
        self._value_label.setWordWrap(True)
        self._value_label.setBuddy(self.value)
        self.value.setMaximumWidth(self.fontMetrics().averageCharWidth() * 20)
        editing = QVBoxLayout(self._editing)
        editing.setContentsMargins(0, 0, 0, 0)
        editing.addWidget(self._about)
        editing.addWidget(self._value_label)
        editing.addWidget(FlowBox(self.value, self.set_value, self.back))
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 0, 4, 0)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addWidget(self._sentence)
        box.addLayout(self._form)
        for each in (self._parameters_title, self.table, self._editing):
            box.addWidget(each)
        box.addWidget(self._fixed)
        box.addWidget(row(self.switch))
        box.addWidget(self.target)
        box.addStretch(1)
