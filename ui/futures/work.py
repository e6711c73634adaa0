"""What is asked of a plan if the forecast is wrong: one question at a time, in its own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from planner.compare.views import StageProgress
from planner.core.texts import message
from planner.jobs.future_requests import AskFutures, FuturesQuestion, WriteFutures
from ui.forecast.forecasts import FEWEST_OLDS
from ui.jobs import Job, Jobs
from ui.session import Change, Session

if TYPE_CHECKING:
    from pathlib import Path

    from planner.api import Progress
    from planner.core.texts import Message
    from planner.jobs.future_requests import FuturesAnswer
    from planner.jobs.requests import BookState, Failed
    from ui.words import Words

# What is asked of the plan, and not of the book alone.
OF_THE_PLAN = frozenset({FuturesQuestion.MARGIN, FuturesQuestion.ENSEMBLE})
FEWEST_TOGETHER = 2


class FuturesWork(QObject):
    """The answers so far, and the question that is being answered."""

    changed = Signal()  # another answer, another question, or how far it is
    wrote = Signal(object)  # the path of the workbook that was written

    def __init__(self, session: Session, jobs: Jobs, words: Words) -> None:
        """Ask about the session's book and its plan."""
        super().__init__()
        self.session: Session = session
        self._jobs = jobs
        self._words = words
        self.answers: dict[FuturesQuestion, FuturesAnswer] = {}
        self.told: dict[FuturesQuestion, tuple[str, Message]] = {}  # how it ended otherwise
        self._about: dict[FuturesQuestion, BookState] = {}  # what each answer is about
        self.asking: FuturesQuestion | None = None
        self.stage: StageProgress | None = None
        self.olds: tuple[Path, ...] = ()
        self.adopted: Path | None = None
        session.changed.connect(self._take)

    def why_not(self, question: FuturesQuestion, together: int) -> str:
        """Return the key of what keeps a question from being asked; empty for nothing."""
        session = self.session
        of_plan = question in OF_THE_PLAN
        lacking = {
            "asking": self.asking is not None,
            "book": not session.is_open or bool(session.checked.errors),
            "plan": of_plan and not session.plans,
            "stale": of_plan and session.stale,
            "scenarios": question is FuturesQuestion.ROBUST and together < FEWEST_TOGETHER,
            "olds": question is FuturesQuestion.TRACK_RECORD and len(self.olds) < FEWEST_OLDS,
            "adopted": question is FuturesQuestion.SINCE and self.adopted is None,
        }
        first = next((key for key, lacks in lacking.items() if lacks), "")
        return first and f"futures.why_not.{first}"

    @property
    def may_widen(self) -> bool:
        """Whether there are old forecasts enough to widen sampled futures by."""
        return len(self.olds) >= FEWEST_OLDS

    def ask(
        self,
        question: FuturesQuestion,
        scenarios: tuple[str, ...],
        members: int,
        *,
        widened: bool = False,
    ) -> None:
        """Ask a question about the book as it stands, or as it was when its plan was made.

        `widened` has sampled futures as far apart as the old forecasts were off.
        """
        if self.why_not(question, len(scenarios)):
            return
        made = next(iter(self.session.plans), None)
        of_plan = question in OF_THE_PLAN
        state = made.state if of_plan and made is not None else self.session.state
        task = AskFutures(
            question,
            scenario=self.session.scenario or None,
            plan=made.plan if of_plan and made is not None else None,
            scenarios=scenarios,
            members=members,
            widened=widened and self.may_widen,
            olds=self.olds,
            adopted=self.adopted,
            language=self._words.language,
        )

        def done(answer: FuturesAnswer) -> None:
            self.answers[question], self._about[question] = answer, state
            self._end()

        def failed(failure: Failed) -> None:
            first = next(iter(failure.findings), None)
            self._end(("error", failure.told if first is None else first.what))

        def cancelled() -> None:
            self._end(("remark", message("window.futures.stopped")))

        self.asking, self.stage = question, None
        self.told.pop(question, None)
        self.answers.pop(question, None)
        self._jobs.run(Job(task, done, failed, state, cancelled, self._progressed))
        self.changed.emit()

    def may_fix(self, question: FuturesQuestion) -> bool:
        """Whether an answer fixes something in the book, which is still the one it is about."""
        answer, session = self.answers.get(question), self.session
        if answer is None or not answer.edits or session.viewing or not session.is_open:
            return False
        return session.state == self._about.get(question)

    def fix(self, question: FuturesQuestion) -> None:
        """Put in the book what an answer fixes, as one step to undo."""
        if self.may_fix(question):
            self.session.edit("undo.since", self.answers[question].edits)
            self.told[question] = "good", message("window.futures.fixed")
            self.changed.emit()

    def stop(self) -> None:
        """Stop what is being asked."""
        self._jobs.stop_foreseeing()

    def write(self, question: FuturesQuestion, path: Path) -> None:
        """Write the tables of an answer to a workbook."""
        task = WriteFutures(path, self.answers[question].sheets, self._words.language)

        def written(found: Path) -> None:
            self.wrote.emit(found)
            self.told[question] = "good", message("window.futures.written", path=found.name)
            self.changed.emit()

        def failed(failure: Failed) -> None:
            self.told[question] = "error", failure.told
            self.changed.emit()

        self._jobs.run(Job(task, written, failed))

    def _end(self, told: tuple[str, Message] | None = None) -> None:
        if self.asking is not None and told is not None:
            self.told[self.asking] = told
        self.asking = self.stage = None
        self.changed.emit()

    def _progressed(self, progress: Progress) -> None:
        if isinstance(progress, StageProgress):
            self.stage = progress
            self.changed.emit()

    def _take(self, changes: frozenset[Change]) -> None:
        if Change.BOOK in changes:
            self.stop()
            self.answers.clear()
            self.told.clear()
            self.olds = ()
            self.adopted = None
        if Change.PLAN in changes and not self.session.stale:
            self.told.pop(FuturesQuestion.SINCE, None)  # what was fixed is planned now
        if changes & {Change.BOOK, Change.PLAN, Change.FINDINGS}:
            self.changed.emit()
