"""What the user chose about a file, and what the child process says it would do."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from planner.importing.preview import How, SheetChoice
from planner.jobs.file_requests import LookInto
from ui.jobs import Job

if TYPE_CHECKING:
    from pathlib import Path

    from planner.core.texts import Language
    from planner.importing.mapping import ImportMapping
    from planner.importing.meanings import Question
    from planner.importing.preview import FoundSheet
    from planner.importing.service import Seen
    from planner.jobs.requests import Failed
    from ui.jobs import Jobs
    from ui.session import Session

LOOK_AFTER_MS = 200  # so that a run of choices is looked at once


class ImportWay(StrEnum):
    """Ways to take a file over: into a workbook of its own, or into the open book."""

    NEW = "new"
    ALL = How.ALL.value
    OCCUPANCY = How.OCCUPANCY.value
    LOCATIONS = How.LOCATIONS.value
    MERGE = How.MERGE.value

    @property
    def how(self) -> How | None:
        """The engine's name for it; nothing for a workbook of its own."""
        return None if self is ImportWay.NEW else How(self.value)


class ImportWork(QObject):
    """Keeps the choices about one file and has it looked into after each of them."""

    changed = Signal()  # another look, or whether one is under way
    failed = Signal(object)  # a Failed: the file cannot be read

    def __init__(
        self, path: Path, session: Session, jobs: Jobs, store: Path, language: Language
    ) -> None:
        """Look into a file; `store` keeps the choices for files of the same shape.

        A file of another layout whose language cannot be told is taken to be in `language`.
        """
        super().__init__()
        self.path = path
        self.store = store
        self.seen: Seen | None = None
        self._session = session
        self._jobs = jobs
        self._choices: dict[str, SheetChoice] | None = None
        self._asked = 0  # the number of the last look
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LOOK_AFTER_MS)
        self._later.timeout.connect(self.look)
        into_open = session.is_open and not session.viewing
        self.ways = tuple(ImportWay) if into_open else (ImportWay.NEW,)
        self.way = ImportWay.MERGE if into_open else ImportWay.NEW
        self.looking = False
        self._forgot = False
        self._language = language
        self._mapping: ImportMapping | None = None
        self.questions: dict[tuple[str, str, int, str], Question] = {}

    @property
    def to_keep(self) -> bool:
        """Whether what was chosen is to be kept for the next file of this shape."""
        return bool(self._choices) or self._forgot

    def look(self) -> None:
        """Have the file looked into as chosen by now; older answers are let go."""
        self._asked += 1
        number = self._asked

        def take(seen: Seen) -> None:
            if number == self._asked:
                self.seen, self._mapping = seen, seen.mapping
                self._keep_questions(seen)
                self._choices = None if seen.mapping is not None else dict(seen.choices)
                self._be_looking(looking=False)

        def fail(failure: Failed) -> None:
            if number == self._asked:
                self._be_looking(looking=False)
                self.failed.emit(failure)

        task = LookInto(
            self.path, self._choices, self.way.how, self.store, self._language, self._mapping
        )
        state = self._session.state if self.way.how is not None else None
        self._be_looking(looking=True)
        self._jobs.run(Job(task, take, fail, state))

    def _keep_questions(self, seen: Seen) -> None:
        """Keep what was asked, so that an answer can be seen and changed."""
        for each in seen.questions:
            self.questions.setdefault((each.about, each.written, each.part, each.column), each)

    def answer(self, question: Question, value: str) -> None:
        """Take an answer to a question about the mapping; empty text is an empty cell."""
        if self._mapping is None:
            return
        if question.about == "year":
            self._mapping = replace(self._mapping, year=int(value) if value.isdigit() else None)
        elif question.part >= 0:
            self._mapping = self._mapping.with_constant(question.part, question.column, value)
        else:
            meaning = int(value) if value.isdigit() else value
            self._mapping = self._mapping.with_meaning(question.about, question.written, meaning)
        self._look_later()

    def choose_language(self, language: Language) -> None:
        """Take the file to be written in a language, which settles its commas and dates."""
        if self._mapping is not None and language is not self._mapping.language:
            self._mapping = replace(self._mapping, language=language)
            self._look_later()

    def read_by(self, mapping: ImportMapping) -> None:
        """Read the file by a mapping of somebody's, whatever shape it has."""
        self._mapping = mapping
        self.questions.clear()
        self._look_later()

    def read_as_ours(self) -> None:
        """Read the file sheet by sheet as our own layout, without a mapping."""
        self._mapping, self._choices = None, {}
        self.questions.clear()
        self._look_later()

    def stop(self) -> None:
        """Want no answer any more."""
        self._asked += 1
        self._later.stop()

    def choose_way(self, way: ImportWay) -> None:
        """Take it over in another way."""
        if way is not self.way:
            self.way = way
            self._look_later()

    def choice(self, sheet: str) -> SheetChoice | None:
        """Return what was chosen about a sheet, if anything was."""
        return (self._choices or {}).get(sheet)

    def table_of(self, sheet: FoundSheet) -> str:
        """Return the table that a sheet is taken for, also where its header is not found."""
        chosen = self.choice(sheet.name)
        return sheet.table if chosen is None else chosen.table

    def choose_table(self, sheet: FoundSheet, table: str) -> None:
        """Take a sheet for another table; an empty one leaves it out."""
        if table != self.table_of(sheet):
            self._choose(sheet, SheetChoice(table))

    def choose_header(self, sheet: FoundSheet, row: int) -> None:
        """Take another row of a sheet for its titles; its columns are recognised anew."""
        if row != sheet.header_row and self.table_of(sheet):
            self._choose(sheet, SheetChoice(self.table_of(sheet), row))

    def choose_column(self, sheet: FoundSheet, number: int, key: str) -> None:
        """Take a column of a sheet for another; the one that was taken for it gives way."""
        before = self.choice(sheet.name) or SheetChoice(self.table_of(sheet), sheet.header_row)
        others = {each.number: "" for each in sheet.columns if key and each.key == key}
        columns = {**before.columns, **others, number: key}
        self._choose(sheet, replace(before, columns=columns))

    def forget(self) -> None:
        """Begin again with what is recognised without choices."""
        self._mapping, self._choices = None, {}
        self.questions.clear()
        self._forgot = True
        self._look_later()

    def _choose(self, sheet: FoundSheet, choice: SheetChoice) -> None:
        self._choices = {**(self._choices or {}), sheet.name: choice}
        self._look_later()

    def _look_later(self) -> None:
        self._asked += 1  # an answer that is still to come would take back what was just chosen
        self._be_looking(looking=True)
        self._later.start()

    def _be_looking(self, *, looking: bool) -> None:
        self.looking = looking
        self.changed.emit()
