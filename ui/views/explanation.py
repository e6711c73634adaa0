"""Why the plan is as it is: shortfalls, limits, choices and repairs, in sentences and figures.

The sentence of the chosen line stands large on top, its figures in the table below. What is asked
about a line is solved again in the second process; the answer takes the place of the line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QTabBar, QVBoxLayout, QWidget

from planner.core.texts import Text, catalogue
from planner.input.edit_lines import edit_line_of
from planner.result.queries import (
    OTHERS,
    AskCauses,
    AskChoice,
    AskLimit,
    AskRepairs,
    Figure,
    Reasons,
)
from ui.reasons.explained_lines import (
    ExplanationSection,
    LineRow,
    Lines,
    decided,
    sort_of_choice,
    where,
)
from ui.reasons.why import figure_of
from ui.results.figures import location_names
from ui.results.model import ResultModel, ShownColumn, declared
from ui.results.table import ResultGrid
from ui.view import PlanView
from ui.why_not import allow
from ui.widgets import Notice, button, muted, plain_label, row, scrolling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.texts import Message
    from planner.result.queries import Answer, Question
    from ui.reasons.why import WhyDialogue
    from ui.view import Context

COLUMNS = {
    ExplanationSection.SHORTFALL: (
        "rule_title", "where", "month", "used", "unit", "level", "confirmed", "source", "cells",
    ),
    ExplanationSection.COMMON: ("where", "level", "told", "cells"),
    ExplanationSection.LIMIT: (
        "sort", "where", "month", "used", "limit", "room", "unit", "worth", "worth_unit",
        "up_to", "confirmed", "level", "users", "source", "cells",
    ),
    ExplanationSection.CHOICE: (
        "sort", "where", "used", "unit", "worth", "worth_unit", "level", "confirmed", "cells",
    ),
    ExplanationSection.REPAIR: (
        "sort", "where", "used", "unit", "rule_title", "worth", "worth_unit", "cells",
    ),
}  # fmt: skip
# Columns that only say what a line is about, for whoever asks further.
ABOUT = ("rule", "location", "province", "region", "group")
BETWEEN = "; "  # the lines of a change, as the sheet has them
OPPOSITES = frozenset({"open", "extend", "dol"})  # the decisions whose opposite can be solved
LINES_HIGH = 6  # of the sentence, before it scrolls


class ExplanationView(PlanView):
    """The explanation by section, with the chosen line read out and what can be asked about it."""

    cells_wanted = Signal(object)
    scenario_wanted = Signal(str, object)  # its name, and the lines of the cells it changes

    def __init__(self, context: Context, why: WhyDialogue) -> None:
        """Show the explanation of the session's plan; `why` asks further.

        `cells_wanted` is told the figure of which the user wants to see the cells.
        """
        super().__init__(context)
        self._why = why
        self._lines = Lines()
        self._shown: object = None  # the table whose lines are shown
        self._told: Message | None = None
        self.sections = QTabBar()
        self.sections.setExpanding(False)
        self.sections.setDrawBase(False)
        self.sentence = plain_label()
        self._note = Notice()
        self._going = muted()
        self.help = button(self._ask_repairs)
        self.common = button(self._show_common)
        self.again = button(self._ask_again)
        self.cells = button(self._want_cells)
        self.scenario = button(self._want_scenario)
        self._copy = button(self._copy_sentence)
        self._stop = button(why.stop)
        self.models = {section: self._model(section) for section in ExplanationSection}
        self.tables = {section: ResultGrid(model) for section, model in self.models.items()}
        for _ in ExplanationSection:
            self.sections.addTab("")
        self._lay_out()
        self._connect()
        self.follow()
        self._say_going("")

    @property
    def section(self) -> ExplanationSection:
        """The section that is shown."""
        return tuple(ExplanationSection)[max(self.sections.currentIndex(), 0)]

    @property
    def line(self) -> LineRow | None:
        """The line that is chosen."""
        found = self._lines.within(self.section)
        index = self.tables[self.section].currentIndex()
        if not index.isValid():
            return None
        shown = self.models[self.section].row(index.row())
        return next((each for each in found if each["sentence"] is shown[-1]), None)

    @property
    def figure(self) -> Figure | None:
        """What the chosen line is about."""
        if self.line is None:
            return None
        return figure_of("explanation", self.line, self._session.sheet("locations"))

    def show_about(self, figure: Figure) -> bool:
        """Show the line that tells why a figure is what it is; whether there is one.

        A shortfall or decision that is not told by itself is asked for.
        """
        self.catch_up()
        line = self._lines.about(figure)
        sort = sort_of_choice(figure)
        if line is None and figure.decision and sort in OPPOSITES:
            self._ask_untold(AskChoice(sort, figure.location))
            return True
        if line is None and figure.table == "shortfalls" and figure.rule:
            self.sections.setCurrentIndex(0)
            self._why.ask(AskCauses(figure), self._take_answer)
            return True
        if line is not None:
            self._show_line(line)
        return line is not None

    def show_plan(self) -> None:
        if self._session.plans:
            table = self._session.plans[0].shown.tables.get("explanation")
            if table is not self._shown:
                self._shown = table
                self._lines = Lines.of(table)
                self._told = None
                self._fill_all()
            self._say_note()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        for at, section in enumerate(ExplanationSection):
            count = len(self._lines.within(section))
            said = self._words.say(f"why.section.{section.value}", count=count)
            self.sections.setTabText(at, said)
            self.tables[section].setAccessibleName(said)
        self.sections.setAccessibleName(self._words.say("why.sections"))
        self.help.setText(self._words.say("why.repairs"))
        self.common.setText(self._words.say("why.common"))
        self.cells.setText(self._words.say("why.which_cells"))
        self.scenario.setText(self._words.say("why.scenario"))
        self._copy.setText(self._words.say("why.copy"))
        self._stop.setText(self._words.say("why.stop"))
        self._say_line()
        self._say_note()

    def _model(self, section: ExplanationSection) -> ResultModel:
        columns = [self._column(section, key) for key in COLUMNS[section]]
        hidden = declared("explanation", *ABOUT, "sentence")
        return ResultModel([*columns, *hidden], self._words)

    def _column(self, section: ExplanationSection, key: str) -> ShownColumn:
        """Return a column of a section, with words of its own where the sheet's say too little."""
        if key in {"sort", "where", "told"}:
            return ShownColumn(f"why.{key}", words=self._sort if key == "sort" else None)
        shown = declared("explanation", key, digits=None)[0]
        own = f"column.why.{section.value}.{key}"
        if key == "confirmed":
            return replace(shown, words=self._confirmed)
        unit = "worth_unit" if key == "worth" else shown.unit
        if f"window.{own}" in catalogue():
            return ShownColumn(own.removeprefix("column."), None, table="", unit=unit)
        return replace(shown, unit=unit)

    def _sort(self, sort: object) -> str:
        """Return what a limit, decision or change is called."""
        own = (f"window.why.sort.{sort}", f"explain.limits.{sort}", f"rule.{sort}.title")
        for key in own:
            if key in catalogue():
                return self._words.title(catalogue()[key])
        return ""

    def _confirmed(self, confirmed: object) -> str:
        return self._words.say("why.solved" if confirmed else "why.price_only")

    def _fill_all(self) -> None:
        for section in ExplanationSection:
            self._fill(section)
        first = next(
            (each for each in ExplanationSection if self._lines.within(each)),
            ExplanationSection.SHORTFALL,
        )
        if not self._lines.within(self.section):
            self.sections.setCurrentIndex(tuple(ExplanationSection).index(first))
        self.reword()
        self._show_section()

    def _fill(self, section: ExplanationSection) -> None:
        names = location_names(self._session.sheet("locations"))
        shown = COLUMNS[section]
        keys = (*shown, *ABOUT, "sentence")
        rows = [
            tuple(self._value(line, key, names) for key in keys)
            for line in self._lines.within(section)
        ]
        table = self.tables[section]
        self.models[section].show(rows)
        for at in range(len(keys)):
            empty = not any(each[at] is not None and each[at] != "" for each in rows)
            table.setColumnHidden(at, empty or at >= len(shown))
        if rows and not table.currentIndex().isValid():
            table.setCurrentIndex(self.models[section].index(0, 0))

    @staticmethod
    def _value(line: LineRow, key: str, names: Mapping[object, str]) -> object:
        """Return what a column shows of a line."""
        match key:
            case "where":
                return where(line, names)
            case "told":
                return line["sentence"]
            case "used" | "unit" if line["section"] == ExplanationSection.CHOICE:
                return decided(line)[key]
        return line[key]

    def _show_section(self) -> None:
        for section, table in self.tables.items():
            table.setVisible(section is self.section)
        self._say_line()

    def _show_line(self, line: LineRow) -> None:
        section = ExplanationSection(str(line["section"]))
        self.sections.setCurrentIndex(tuple(ExplanationSection).index(section))
        model, table = self.models[section], self.tables[section]
        for at in range(model.rowCount()):
            if model.row(at)[-1] is line["sentence"]:
                table.setCurrentIndex(model.index(at, 0))
                table.scrollTo(model.index(at, 0))
                table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_line()

    def _say_line(self, *_: QModelIndex) -> None:
        """Read the chosen line out, and offer what can be asked about it."""
        line = self.line
        sentence = line["sentence"] if line is not None else None
        nothing = self._words.say(f"why.none.{self.section.value}")
        said = self._words.title(sentence) if isinstance(sentence, Text) else nothing
        self.sentence.setText(said)
        self.sentence.setAccessibleName(said)
        shortfalls = self.section is ExplanationSection.SHORTFALL
        sort = None if line is None else line["sort"]
        # Shortfalls of many places in one line have no causes together; a limit needs its name.
        able = line is not None and (sort != OTHERS if shortfalls else line["subject"] is not None)
        self.help.setVisible(shortfalls)
        row = self._words.say("why_not.no_row")
        viewing = self._words.say("why_not.viewing") if self._session.viewing else ""
        allow(self.help, "" if able else row)
        self.scenario.setVisible(self.section is ExplanationSection.REPAIR)
        allow(self.scenario, viewing if line and line["edits"] else row)
        asked = self.section not in {ExplanationSection.REPAIR, ExplanationSection.COMMON}
        self.again.setVisible(asked)
        unsolved = line if line is not None and shortfalls and not line["confirmed"] else None
        self.common.setVisible(unsolved is not None and bool(self._lines.in_common(unsolved)))
        allow(self.again, "" if able else row)
        if asked:
            self.again.setText(self._words.say(f"why.again.{self.section.value}"))
        for each in (self.cells, self._copy):
            allow(each, "" if line is not None else row)

    def _say_note(self) -> None:
        """Say what stands in the way, or that the input has changed since."""
        told = "" if self._told is None else self._words.tell(self._told)
        stale = self._words.say("why.stale") if self._session.stale else ""
        self._note.say(" ".join(part for part in (told, stale) if part))

    def _say_going(self, what: str) -> None:
        self._going.setText(what)
        self._stop.setVisible(bool(what))
        self.sections.setProperty("going", bool(what))

    def _show_common(self) -> None:
        """Show what the chosen shortfall has in common with others."""
        found = None if self.line is None else self._lines.in_common(self.line)
        if found is not None:
            self._show_line(found)

    def _ask_repairs(self) -> None:
        if self.figure is not None:
            self.ask_repairs(self.figure)

    def ask_repairs(self, figure: Figure) -> None:
        """Ask what would end a shortfall, and what the plan then costs; show the answer."""
        self._ask(AskRepairs(figure))

    def _ask_again(self) -> None:
        """Solve the chosen line: a shortfall's causes, a limit's worth, a choice's opposite."""
        line, figure = self.line, self.figure
        if line is None or figure is None:
            return
        sort, subject = str(line["sort"] or ""), str(line["subject"] or "")
        questions: dict[ExplanationSection, Question] = {
            ExplanationSection.SHORTFALL: AskCauses(figure),
            ExplanationSection.LIMIT: AskLimit(sort, subject),
            ExplanationSection.CHOICE: AskChoice(sort, subject),
        }
        self._ask(questions[self.section])

    def _ask_untold(self, choice: AskChoice) -> None:
        """Ask about a decision that has no line yet; none is chosen until there is an answer."""
        section = ExplanationSection.CHOICE
        self.sections.setCurrentIndex(tuple(ExplanationSection).index(section))
        self.tables[section].setCurrentIndex(QModelIndex())
        self.sentence.setText(self._words.say("why.untold"))
        self._ask(choice)

    def _ask(self, question: Question) -> None:
        self._told = None
        self._say_note()
        self._why.ask(question, self._take_answer)

    def _take_answer(self, answer: Answer) -> None:
        """Show the lines that were asked for, or why there are none."""
        if not isinstance(answer, Reasons):
            return
        first = self._lines.add(answer.lines)
        for section in ExplanationSection:
            with QSignalBlocker(self.tables[section].selectionModel()):
                self._fill(section)
        self.tell(answer.told)
        self.reword()
        if first is not None:
            self._show_line(first)

    def tell(self, told: Message | None) -> None:
        """Say something about what was asked; nothing takes it away."""
        self._told = told
        self._say_note()

    def _want_cells(self) -> None:
        if self.figure is not None:
            self.cells_wanted.emit(self.figure)

    def _want_scenario(self) -> None:
        """Have a scenario made of the change that is told."""
        line = self.line
        if line is not None and line["edits"]:
            lines = [edit_line_of(each) for each in str(line["edits"]).split(BETWEEN)]
            first = lines[0]
            named = f"{first.key} {first.column} {first.value}"
            self.scenario_wanted.emit(named, lines)

    def _copy_sentence(self) -> None:
        QGuiApplication.clipboard().setText(self.sentence.text())

    def _connect(self) -> None:
        self.sections.currentChanged.connect(self._show_section)
        for table in self.tables.values():
            table.selectionModel().currentRowChanged.connect(self._say_line)
            table.sort_by_header()
        self._why.going.connect(self._say_going)
        self._why.told.connect(self.tell)

    def _lay_out(self) -> None:
        font = QFont(self.sentence.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.sentence.setFont(font)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence.setMargin(12)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        spoken = QScrollArea()
        spoken.setProperty("card", "true")
        spoken.setFrameShape(QFrame.Shape.StyledPanel)
        spoken.setWidgetResizable(True)
        spoken.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        spoken.setWidget(self.sentence)
        spoken.setFixedHeight(self.sentence.fontMetrics().lineSpacing() * LINES_HIGH)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 10, 16, 14)
        box.addWidget(self.sections)
        box.addWidget(spoken)
        buttons = (self.help, self.again, self.common, self.scenario, self.cells, self._copy)
        box.addWidget(row(*buttons, self._stop, self._going))
        box.addWidget(self._note)
        # Sentences are read whole, and so are the cells they rest on.
        common = COLUMNS[ExplanationSection.COMMON]
        self.tables[ExplanationSection.COMMON].wrap(common.index("told"), common.index("cells"))
        for table in self.tables.values():
            table.setMinimumHeight(table.fontMetrics().lineSpacing() * LINES_HIGH)
            box.addWidget(table, 1)
        self.hold(scrolling(page))
