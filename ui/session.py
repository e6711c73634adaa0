"""The session: the open book, what was done to it, its findings and its plan.

The session never draws and never waits. It says *what kinds of things changed*; each view
decides whether that concerns it. Every change of the book is a list of edits with its inverse,
so that one step of undo is one action of the user.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from planner.jobs.requests import BookState, Checked, Opened, Planned
from ui.chunked_work import ChunkedWork
from ui.coming_plan import ComingPlan
from ui.month_choice import MonthChoice

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from planner.files.file_stamp import FileStamp
    from planner.files.guarding import Written
    from planner.input.book import Book, TableSheet
    from planner.input.edits import Edit
    from planner.result.plan import Plan

    _Leg = tuple[tuple[Edit, ...], BookState]  # edits, and the state they lead to

EDITS_AT_ONCE = 300


class Change(Enum):
    """A kind of thing that can change."""

    BOOK = auto()  # another book is open
    CELLS = auto()  # cells or rows of the open book
    FINDINGS = auto()
    SCENARIO = auto()
    PLAN = auto()  # another plan, or whether it is out of date
    FILE = auto()  # where the book is kept, or whether it is saved
    VIEWING = auto()  # whether anything may be changed


class _Step(QUndoCommand):
    """One action of the user on the book: edits that lead to a state, and others that lead back."""

    def __init__(self, name: str, go: Callable[[_Leg], None], there: _Leg, back: _Leg) -> None:
        super().__init__(name)
        self._go = go
        self._there = there
        self._back = back
        self._done = True  # a stack that is given a step asks for it to be done

    def redo(self) -> None:
        if not self._done:
            self._go(self._there)
        self._done = True

    def undo(self) -> None:
        self._done = False
        self._go(self._back)


@dataclass(frozen=True)
class Made:
    """A plan with the book it was made from, as that stood then."""

    planned: Planned
    state: BookState

    @property
    def plan(self) -> Plan:
        """The plan itself, for whoever asks something of it or writes it."""
        return self.planned.plan

    @property
    def shown(self) -> Plan:
        """The plan as it is shown: the figures of its workbook."""
        return self.planned.shown


@dataclass(frozen=True)
class BookOrigin:
    """Where a book came from: a file, or a demo of this size; `path` is where saving goes."""

    path: Path | None = None
    demo: str = ""


@dataclass
class _OpenBook:
    """What belongs to one open book."""

    state: BookState
    book: Book
    origin: BookOrigin


class Session(QObject):
    """Holds one open book at most, and tells what changed."""

    changed = Signal(object)  # a frozenset of Change
    edited = Signal(object)  # the edits just applied, for the journal

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a book."""
        super().__init__(parent)
        self._desk: _OpenBook | None = None
        self._checked = Checked((), "", ())
        self._made: tuple[Made, ...] = ()  # the last plan and the one before it
        self._scenario = ""
        self._by_and_by = ChunkedWork(self)
        self.coming = ComingPlan(self)
        self.month = MonthChoice()  # that is looked at on every page
        self.kept: Made | None = None  # the last plan that stands in a file
        self.viewing = False  # nothing may be changed; whoever sets it says so with `changed`
        self._versions = itertools.count(1)
        self._steps = QUndoStack(self)
        self.saved: BookState | None = None  # the open book as it was opened or last saved
        self.stamp: FileStamp | None = None  # the user's own file as it was opened or last saved

    @property
    def is_open(self) -> bool:
        """Whether there is a book."""
        return self._desk is not None

    @property
    def state(self) -> BookState:
        """The open book as both processes know it; `LookupError` when there is none."""
        self._by_and_by.finish()
        return self._opened().state

    @property
    def origin(self) -> BookOrigin:
        """Where the open book came from."""
        return BookOrigin() if self._desk is None else self._desk.origin

    @property
    def checked(self) -> Checked:
        """The last check of the open book."""
        return self._checked

    @property
    def scenario(self) -> str:
        """The scenario to plan; empty for the book's default."""
        return self._scenario

    @property
    def plans(self) -> tuple[Made, ...]:
        """The last plan first, then the one before it."""
        return self._made

    @property
    def unsaved(self) -> bool:
        """Whether the book differs from what was opened or last saved.

        Taken back to there it does not, though the edits have led away and back.
        """
        self._by_and_by.finish()
        return self._desk is not None and self._desk.state != self.saved

    @property
    def stale(self) -> bool:
        """Whether the input or the scenario is another than the shown plan's."""
        if not self._made or self._desk is None:
            return False
        made = self._made[0]
        if self._checked.fingerprint:
            return self._checked.fingerprint != made.plan.fingerprint
        return made.state.version != self._desk.state.version

    def settle(self) -> None:
        """Do at once what is left of a long step: for who is about to change what it changes."""
        self._by_and_by.finish()

    def sheet(self, table: str) -> TableSheet | None:
        """Return a table of the open book; nothing where the sheet is missing."""
        self._by_and_by.finish()
        return None if self._desk is None else self._desk.book.tables.get(table)

    def undo_name(self, *, forward: bool = False) -> str:
        """Return what undo (or redo, when forward) would take back; empty for nothing."""
        return self._steps.redoText() if forward else self._steps.undoText()

    def adopt(self, opened: Opened, origin: BookOrigin, stamp: FileStamp | None = None) -> None:
        """Go on with a book that was opened; `stamp` is what its file holds."""
        self._by_and_by.finish()
        self._desk = _OpenBook(opened.state, opened.state.base, origin)
        self.saved = opened.state
        self._steps.clear()
        self.stamp = stamp
        self._checked = opened.checked
        self._made, self.kept = (), None
        self._scenario = ""
        if opened.planned is not None:
            self._made = (Made(opened.planned, opened.state),)
            self.kept = self._made[0]
            named = opened.planned.plan.scenario
            self._scenario = named if named in opened.checked.scenarios else ""
        self._tell(*Change)

    def edit(self, name: str, edits: Sequence[Edit] | Iterator[Sequence[Edit]]) -> bool:
        """Apply edits as one step; a step that changes nothing is none, and gives False.

        Edits that come in parts are applied by and by, so that nothing stands still, and give
        True; whatever is asked of the session meanwhile finds the step done.
        """
        self._by_and_by.finish()
        if self._desk is None or self.viewing:
            return False
        before = self._steps.index()
        if not isinstance(edits, Sequence):
            self._by_and_by.begin(self._edit(self._desk, name, edits))
            return True
        self._by_and_by.begin(self._edit(self._desk, name, iter([edits])))
        self._by_and_by.finish()
        return self._steps.index() > before

    def undo(self) -> None:
        """Take back the last step; one of many edits by and by."""
        self._by_and_by.finish()
        if not self.viewing:
            self._steps.undo()
            self._tell()  # the step told what it changed while it was still the last one

    def redo(self) -> None:
        """Do again what was taken back last; a step of many edits by and by."""
        self._by_and_by.finish()
        if not self.viewing:
            self._steps.redo()
            self._tell()  # as above

    def take_check(self, checked: Checked) -> None:
        """Go on with the findings of a new check; a scenario that is gone is not planned."""
        self._checked = checked
        self._tell(Change.FINDINGS, Change.PLAN)
        if self._scenario and checked.scenarios and self._scenario not in checked.scenarios:
            self.choose_scenario("")

    def take_plan(self, made: Made) -> None:
        """Show a plan; the one shown until now is kept to compare with."""
        self._made = (made, *self._made)[:2]
        self._tell(Change.PLAN)

    def choose_scenario(self, name: str) -> None:
        """Plan another scenario from now on."""
        if name != self._scenario:
            self._scenario = name
            self._tell(Change.SCENARIO)

    def take_saved(self, written: Written, state: BookState) -> bool:
        """Note that the book, as it stood in `state`, is in a file; not where another is open."""
        if self._desk is None or self._desk.state.token != state.token:
            return False
        self._desk.origin, self.stamp = BookOrigin(written.path), written.stamp
        self.saved = state
        self._tell(Change.FILE)
        return True

    def _idle(self, edit: Edit) -> bool:
        """Whether an edit would change nothing."""
        from planner.input.edits import SetCell  # noqa: PLC0415 - loaded when first needed, after the first paint

        if not isinstance(edit, SetCell):
            return False
        sheet = self.sheet(edit.table)
        if sheet is None or edit.row not in sheet.frame.index:
            return False
        if edit.column not in sheet.frame.columns:
            return edit.value is None
        before = sheet.frame.at[edit.row, edit.column]
        return type(before) is type(edit.value) and bool(before == edit.value)

    def _edit(self, desk: _OpenBook, name: str, parts: Iterator[Sequence[Edit]]) -> Iterator[None]:
        """Apply edits as one step, with a pause after each part of the work."""
        wanted: list[Edit] = []
        for part in parts:
            wanted += part
            yield
        edits = tuple(wanted)
        if all(map(self._idle, edits)):
            return
        before = desk.state
        after = before.after(next(self._versions), edits)
        inverse = yield from self._applied(desk, (edits, after))
        self._steps.push(_Step(name, self._walk, (edits, after), (inverse, before)))
        self._tell(Change.CELLS, Change.FILE, Change.PLAN)

    def _walk(self, leg: _Leg) -> None:
        """Go over to another state of the book; by and by where that takes many edits."""
        self._by_and_by.begin(self._walked(self._opened(), leg))
        if len(leg[0]) <= EDITS_AT_ONCE:
            self._by_and_by.finish()

    def _walked(self, desk: _OpenBook, leg: _Leg) -> Iterator[None]:
        yield from self._applied(desk, leg)
        self._tell(Change.CELLS, Change.FILE, Change.PLAN)

    def _applied(self, desk: _OpenBook, leg: _Leg) -> Generator[None, None, tuple[Edit, ...]]:
        """Apply edits in parts, with a pause after each; return those that undo them."""
        from planner.input.edits import Applying  # noqa: PLC0415 - loaded when first needed, after the first paint

        edits, state = leg
        applying = Applying(desk.book)
        for at in range(0, len(edits), EDITS_AT_ONCE):
            applying.take(edits[at : at + EDITS_AT_ONCE])
            yield
        book, inverse = applying.finish()
        yield
        desk.book, desk.state = book, state
        self.edited.emit(edits)
        yield
        return inverse

    def _opened(self) -> _OpenBook:
        if self._desk is None:
            raise LookupError("no book is open")
        return self._desk

    def _tell(self, *changes: Change) -> None:
        self.changed.emit(frozenset(changes))
