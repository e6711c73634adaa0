"""Which plans are compared in tests of the window, and work that is done at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.core.outcome import CancelToken, Progress
from planner.jobs.handlers import Work, perform
from planner.jobs.requests import (
    BookState,
    RunTask,
)
from planner.jobs.shelf import Shelf
from tests.compared import EMOJI, LONG
from ui.comparing.work import ComparisonWork
from ui.jobs import Jobs
from ui.session import Made

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.compare.comparison_view import KeptComparison
    from planner.compare.views import ShownComparison
    from ui.session import Session
    from ui.words import Words

NAMES = ("middle", EMOJI, LONG)
BASE, MORE, LAST = 0, 1, 2


class DoneAtOnce(ComparisonWork):
    """Finds everything out at once, in this process."""

    def __init__(self, session: Session, words: Words, kept: KeptComparison) -> None:
        super().__init__(session, Jobs(), words)
        self._comparison = kept
        self.told_stages: list[Progress] = []

    def _run(
        self, task: object, then: Callable[[object], None], beside: tuple[BookState, ...] = ()
    ) -> None:
        shelf = Shelf()
        for each in beside:
            shelf.keep(each.token, each.base)
        shelf.compared = self._comparison
        run = RunTask(1, task, 1)  # type: ignore[arg-type] # any task
        then(perform(task, Work(shelf, run, self.told_stages.append, CancelToken())))

    def show(self, shown: ShownComparison | None, made: tuple[Made | None, ...] = ()) -> None:
        self.shown, self._made = shown, made
        self.compared.emit()
