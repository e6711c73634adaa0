"""What is put into a scenario: changes said in sentences, and what was edited by hand.

Both are looked up by the engine first, so that whoever decides sees which cells it is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.texts import Message, message
from planner.input.scenarios import scenario_edits as making
from planner.jobs.requests import Failed
from planner.jobs.scenario_requests import TakeIntoScenario, TryChange
from ui.jobs import Job, Jobs

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.input.scenarios.from_edits import Taken
    from planner.input.scenarios.scenario_edits import ScenarioRow
    from planner.input.scenarios.tried import TriedChange
    from planner.jobs.requests import BookState
    from ui.scenarios.work import ScenarioWork
    from ui.words import Words

Told = tuple[str, Message]  # good or remark, and what is told


class Changing:
    """Looks up what a scenario would change, and puts it there as one step to undo."""

    def __init__(self, work: ScenarioWork, jobs: Jobs, words: Words) -> None:
        """Change the scenarios of the book that `work` works on."""
        self.work: ScenarioWork = work
        self._jobs = jobs
        self._words = words

    def try_change(self, line: ScenarioRow, show: Callable[[TriedChange], None]) -> None:
        """Look up which cells a change would change; nothing where the book is another by then."""
        session = self.work.session
        state = session.state

        def tried(found: TriedChange) -> None:
            if session.is_open and session.state == state:
                show(found)

        self._jobs.run(Job(TryChange(line), tried, self._fail, state))

    def add(self, line: ScenarioRow) -> bool:
        """Add a change to its scenario; one of the same cell gets its value."""
        edits = making.set_in(self.work.session.sheet(making.SHEET), [line])
        return self.work.edit("undo.scenario_change", edits)

    def find_edits(self, show: Callable[[Taken, BookState], None]) -> None:
        """Look up what was edited since opening or saving, as changes that a scenario can hold.

        `show` gets it with the state of the book that it is true of.
        """
        session = self.work.session
        if not self.work.can_edit:
            return
        state = session.state
        saved = session.saved or state
        task = TakeIntoScenario(saved.version, self._words.language)
        job = Job(task, lambda found: show(found, state), self._fail, state, beside=(saved,))
        self._jobs.run(job)

    def take_edits(self, name: str, found: Taken, state: BookState) -> Told | None:
        """Keep edits that were found as changes of a scenario; their cells go back.

        Returns what is to be told; nothing where the book is another by now, which is told.
        """
        session = self.work.session
        if not session.is_open or session.state != state:
            self.work.told.emit("error", message("window.scenarios.take.moved"))
            return None
        edits = found.edits(session.sheet(making.SHEET), making.tidy_name(name))
        if not self.work.edit("undo.scenario_take", edits):
            return None
        kept = found.rows_kept + found.cells_kept
        key = "window.scenarios.take.kept" if kept else "window.scenarios.take.done"
        told = message(
            key,
            name=making.tidy_name(name),
            count=found.moved,
            rows=found.rows_kept,
            cells=found.cells_kept,
        )
        return ("remark" if kept else "good"), told

    def _fail(self, failed: Failed) -> None:
        self.work.told.emit("error", failed.told)
