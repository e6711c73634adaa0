"""Plans of one input are compared as such, also after a change was taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.input.edits import SetCell
from planner.jobs.requests import BookState, ComparePlans
from ui.comparing.work import ComparablePlan, ComparisonWork, PlanOrigin
from ui.jobs import Jobs
from ui.session import Made

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.session import Session
    from ui.words import Words


class Asked(ComparisonWork):
    """Keeps what it would have the engine do."""

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__(session, Jobs(), words)
        self.tasks: list[object] = []

    def _run(
        self, task: object, then: Callable[[object], None], beside: tuple[BookState, ...] = ()
    ) -> None:
        del then, beside
        self.tasks.append(task)


def compared_versions(session: Session, words: Words) -> list[int]:
    work = Asked(session, words)
    work.compare([ComparablePlan(PlanOrigin.SHOWN), ComparablePlan(PlanOrigin.BEFORE)])
    (task,) = work.tasks
    assert isinstance(task, ComparePlans)
    return [each.version for each in task.sources]


def test_a_plan_from_before_a_change_that_was_undone_is_of_the_same_input(
    session: Session, small_made: Made, words: Words
) -> None:
    first = session.state
    session.take_plan(replace(small_made, state=first))
    session.edit("undo.paste", [SetCell("locations", 4, "beds", 210)])
    changed = session.state
    session.undo()
    assert first == session.state
    assert () == session.state.edits
    session.take_plan(replace(small_made, state=session.state))
    before, after = compared_versions(session, words)
    assert before == after

    session.take_plan(replace(small_made, state=changed))
    before, after = compared_versions(session, words)
    assert before != after
