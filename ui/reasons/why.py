"""Questions about the plan that is shown: asked in the second process, answered on the screen.

A row of any result table names a figure; what is asked about it is answered from the problem that
the plan was solved as, which the second process keeps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from planner.core.texts import catalogue, message
from planner.jobs.requests import Ask
from planner.result import figure_rows
from planner.result.queries import plan_name
from ui.jobs import Job
from ui.results.figures import location_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.api import Progress
    from planner.input.book import TableSheet
    from planner.jobs.requests import Failed
    from planner.result.queries import Answer, Figure, Question
    from ui.jobs import Jobs
    from ui.results.model import ResultModel
    from ui.session import Session
    from ui.words import Words


class WhyDialogue(QObject):
    """Asks one question at a time and tells how it goes, in words."""

    going = Signal(str)  # what is being worked on, in words; empty when it is over
    told = Signal(object)  # a Message: why there is no answer

    def __init__(self, session: Session, jobs: Jobs, words: Words) -> None:
        """Ask about the session's plan."""
        super().__init__()
        self._session = session
        self._jobs = jobs
        self._words = words

    @property
    def asking(self) -> bool:
        """Whether an answer is being waited for."""
        return self._jobs.asking is not None

    def ask(self, question: Question, then: Callable[[Answer], None]) -> None:
        """Ask a question about the plan that is shown; one that is being answered is let go."""
        if not self._session.plans:
            return
        if self._jobs.calculating is not None:
            self.told.emit(message("window.why.calculating"))
            return
        self.stop()
        plan = plan_name(self._session.plans[0].plan)

        def done(answer: Answer) -> None:
            self.going.emit("")
            if self._session.plans and plan == plan_name(self._session.plans[0].plan):
                then(answer)

        def failed(failure: Failed) -> None:
            self.going.emit("")
            self.told.emit(failure.told)

        self.going.emit(self._words.say("why.step.ask"))
        task = Ask(plan, question)
        self._jobs.run(Job(task, done, failed, None, lambda: self.going.emit(""), self._progressed))

    def stop(self) -> None:
        """Do not wait for the answer any more."""
        self._jobs.stop_asking()

    def figure(self, model: ResultModel, at: int) -> Figure | None:
        """Return what a row of a result table is about; nothing where it is of no result."""
        table, values = model.about(at)
        return figure_of(table, values, self._session.sheet("locations")) if table else None

    def _progressed(self, told: Progress) -> None:
        self.going.emit(self._step(told))

    def _step(self, told: Progress) -> str:
        """Return in words what is being done for the answer."""
        if told.value is None:
            known = told.step if told.step in {"ask", "trace"} else "ask"
            return self._words.say(f"why.step.{known}")
        count = int(told.value)
        if told.level is None:
            return self._words.say("why.step.trial", count=count)
        title = catalogue().get(f"progress.level.{told.level}", catalogue()["window.why.chosen"])
        level = self._words.title(title)
        return self._words.say("why.step.level", count=count, level=level)


def figure_of(
    table: str, values: Mapping[str, object], locations: TableSheet | None
) -> Figure | None:
    """Return what a row of a result sheet is about, its locations by their code."""
    codes = {name: str(code) for code, name in location_names(locations).items()}
    return figure_rows.figure_of(table, values, codes)
