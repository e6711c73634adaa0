"""Getting lost work back: what was opened is opened again and its steps are done once more."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Protocol

from planner.jobs.requests import OpenDemo, Opened, OpenFile
from ui.files.recovery import changed_since

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.jobs.requests import Task
    from ui.dialogs import Asking
    from ui.files.journal import Journal, Left
    from ui.session import Session
    from ui.words import Words


class Asks(Protocol):
    """Who asks the user."""

    asking: Asking


class Recovering:
    """Does the steps of a journal again, each still to be undone, and goes on with that journal."""

    def __init__(
        self,
        session: Session,
        journal: Journal,
        words: Words,
        desk: Asks,
        adopt: Callable[[Opened, Left], None],
    ) -> None:
        """Recover into a session; `adopt` makes a book the open one."""
        self._session = session
        self._journal = journal
        self._words = words
        self._desk = desk
        self._adopt = adopt

    def task(self, left: Left) -> Task:
        """Return what opens the book that the steps were done on."""
        if left.source.path is None:
            return OpenDemo(left.source.demo, self._words.language)
        return OpenFile(left.source.path)

    def replay(self, opened: Opened, left: Left) -> bool:
        """Go on with what was left; whether that could be done. The open book makes way for it.

        Where it could not, that is told and both stay as they were.
        """
        from planner.input.edits import apply  # noqa: PLC0415 - loaded when first needed, after the first paint

        try:
            apply(opened.state.base, tuple(chain.from_iterable(left.steps)))
        except (LookupError, TypeError, ValueError):
            self._tell("recovered.other_book", left)
            return False
        changed = changed_since(left)
        try:
            self._journal.resume(left)
        except (OSError, ValueError):
            self._tell("recovered.in_use", left)
            return False
        with self._journal.replaying():
            self._adopt(opened, left)
            viewing, self._session.viewing = self._session.viewing, False
            for step in left.steps:
                self._session.edit("undo.recovered", step)
            self._session.viewing = viewing  # lost work comes back also where one may only look
        if changed:
            self._tell("recovered.changed", left)
        return True

    def _tell(self, key: str, left: Left) -> None:
        told = self._words.say(key, name=left.name)
        self._desk.asking.inform(self._words.say("recovered.title"), told)
