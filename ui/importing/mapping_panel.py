"""How a file of another layout is read: its language, its parts, and what has to be asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from planner.core.texts import Language
from planner.importing.mapping import OPEN, Fill
from planner.input.records import table as table_of
from ui.importing.reading_grid import reading_grid
from ui.still import StillChoice
from ui.widgets import button, muted, plain_label

if TYPE_CHECKING:
    from planner.importing.mapping import ImportMapping, Meaning, Part
    from planner.importing.meanings import Question
    from planner.importing.service import Seen
    from ui.importing.work import ImportWork
    from ui.theme import Theme
    from ui.words import Words

WRITTEN, WHERE, ANSWER = range(3)
_EMPTY = "\0"  # the answer that a cell is empty; no text is written so


class MappingPanel(QWidget):
    """Shows a mapping in words and takes the answers to its questions."""

    def __init__(self, work: ImportWork, words: Words, theme: Theme) -> None:
        """Show no mapping yet."""
        super().__init__()
        self._work = work
        self._words = words
        self._theme = theme
        self._language_label = plain_label()
        self.language = StillChoice()
        self._language_label.setBuddy(self.language)
        self.parts = muted()
        self._lead = muted()
        self.questions = reading_grid(1.9)
        self.own = button(work.read_as_ours)
        self._lay_out()
        self._word(None)
        self.language.currentIndexChanged.connect(self._choose_language)

    def show_mapping(self, seen: Seen) -> None:
        """Show how a file is read, and what is asked about it."""
        mapping = seen.mapping
        self.setEnabled(mapping is not None)
        if mapping is None:
            return
        self._word(mapping.language)
        self.parts.setText("\n".join(self._part(each) for each in mapping.parts))
        count = seen.open_count
        key = "import.questions_open" if count else "import.questions_none"
        self._lead.setText(self._words.say(key, count=count))
        at = self.questions.verticalScrollBar().value()
        self.questions.setRowCount(0)
        asked = tuple(self._work.questions.values())
        self.questions.setRowCount(len(asked))
        for row, question in enumerate(asked):
            self._show_question(row, question, mapping)
        self.questions.doItemsLayout()
        self.questions.verticalScrollBar().setValue(at)

    def _part(self, part: Part) -> str:
        """Say in words which cells fill a table."""
        declared = table_of(part.table)
        says = []
        for key, source in part.fields.items():
            value = self._words.say("import.asked") if source.value == OPEN else source.value
            says.append(
                self._words.say(
                    f"import.fill.{source.fill.value}",
                    column=self._words.title(declared.column(key).title),
                    value=str(value) if source.fill in {Fill.COLUMN, Fill.CONSTANT} else "",
                )
            )
        for key in part.across:
            title = self._words.title(declared.column(key).title)
            says.append(self._words.say("import.fill.across", column=title))
        title = self._words.title(declared.title)
        return self._words.say("import.part", table=title, fields="; ".join(says))

    def _show_question(self, row: int, question: Question, mapping: ImportMapping) -> None:
        mark, colour = "remark", self._theme.colours.remark
        if self._answer(question, mapping) == OPEN:
            mark, colour = "error", self._theme.colours.error
        written = QTableWidgetItem(question.written or self._words.say("import.year"))
        written.setIcon(self._theme.mark(mark, colour))
        written.setToolTip(written.text())
        self.questions.setItem(row, WRITTEN, written)
        place = f"{question.sheet}!{question.cell}" if question.cell else question.sheet
        self.questions.setItem(row, WHERE, QTableWidgetItem(place))
        self.questions.setCellWidget(row, ANSWER, self._chooser(question, mapping))

    def _chooser(self, question: Question, mapping: ImportMapping) -> QComboBox:
        """Return the choice of what a word means; a figure or day is typed."""
        made = StillChoice()
        made.setAccessibleName(self._words.say("import.answer", written=question.written))
        made.addItem(self._words.say("import.choose_answer"), OPEN)
        for each in question.options:
            made.addItem(self._words.called(each), each)
        if question.part < 0 and question.about != "year":
            made.addItem(self._words.say("import.answer_empty"), _EMPTY)
        made.setEditable(not question.options)
        answer = self._answer(question, mapping)
        shown = _EMPTY if answer in {None, ""} else str(answer)
        if made.findData(shown) < 0:
            made.addItem(shown, shown)
        made.setCurrentIndex(made.findData(shown))
        made.activated.connect(partial(self._take, made, question))
        line = made.lineEdit()
        if line is not None:
            line.editingFinished.connect(partial(self._take_typed, made, question))
        return made

    def _answer(self, question: Question, mapping: ImportMapping) -> Meaning:
        """Return what the mapping says by now."""
        if question.about == "year":
            return OPEN if mapping.year is None else mapping.year
        if question.part >= 0:
            return mapping.parts[question.part].fields[question.column].value
        said, meaning = mapping.meaning(question.about, question.written)
        return meaning if said else OPEN

    def _take(self, chooser: QComboBox, question: Question, _index: int) -> None:
        value = chooser.currentData()
        if value is None:
            self._take_typed(chooser, question)
        else:
            self._work.answer(question, "" if value == _EMPTY else str(value))

    def _take_typed(self, chooser: QComboBox, question: Question) -> None:
        """Take an answer that was typed; one of the list has been taken already."""
        text = chooser.currentText().strip()
        if text and chooser.findText(text) < 0:
            self._work.answer(question, text)

    def _choose_language(self) -> None:
        self._work.choose_language(Language(self.language.currentData()))

    def _word(self, language: Language | None) -> None:
        self._language_label.setText(self._words.say("import.language"))
        self.language.setAccessibleName(self._words.say("import.language"))
        self.own.setText(self._words.say("import.as_ours"))
        self.questions.setAccessibleName(self._words.say("import.questions_name"))
        self.questions.setHorizontalHeaderLabels(
            [self._words.say(f"import.question.{each}") for each in ("written", "where", "answer")]
        )
        with QSignalBlocker(self.language):
            self.language.clear()
            for each in Language:
                self.language.addItem(self._words.say(f"import.language.{each.value}"), each.value)
            told = language or self._words.language
            self.language.setCurrentIndex(self.language.findData(told.value))

    def _lay_out(self) -> None:
        self.questions.setColumnCount(3)
        width = self.fontMetrics().averageCharWidth()
        for place, characters in ((WRITTEN, 40), (WHERE, 26)):
            self.questions.setColumnWidth(place, width * characters)
        self.questions.horizontalHeader().setStretchLastSection(True)
        self.questions.verticalHeader().hide()
        line = QHBoxLayout()
        line.addWidget(self._language_label)
        line.addWidget(self.language)
        line.addStretch(1)
        line.addWidget(self.own)
        page = QVBoxLayout(self)
        page.addLayout(line)
        page.addWidget(self.parts)
        page.addWidget(self._lead)
        page.addWidget(self.questions, 1)
