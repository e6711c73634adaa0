"""What passes between the processes about plans side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planner import api
from planner.compare import comparison_view
from planner.compare.views import PlanSource
from planner.core.display_names import called
from planner.core.errors import OpvangplanError, UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Language, Text, message
from planner.jobs.handlers import Work, perform
from planner.jobs.requests import ComparePlans, ExplainDifference, RunTask
from planner.jobs.shelf import Shelf
from tests.compared import EMOJI, LONG
from tests.side_by_side import NAMES

if TYPE_CHECKING:
    from planner.compare.views import ShownComparison
    from planner.input.book import Book


def test_what_is_shown_tells_every_plan_by_its_own_name(shown: ShownComparison) -> None:
    assert NAMES == shown.names
    assert {EMOJI, LONG} == {name for name, _ in shown.words}
    differs = shown.frames["levels"]["differs"]
    assert 0 < differs.sum() < len(differs)
    for at, cost in enumerate(shown.costs, start=1):
        steps = sum(step for _, step in cost.steps)
        assert cost.end == pytest.approx(cost.start + steps), at


def test_a_plan_beside_itself_differs_nowhere(book: Book, sources: tuple[PlanSource, ...]) -> None:
    twice = comparison_view.compared(1, (sources[0], sources[0]), lambda _edits: book)
    shown = comparison_view.shown(twice)
    assert ("middle", "middle (2)") == shown.names
    assert not any(frame["differs"].any() for frame in shown.frames.values())
    assert message("compare.unexplained.scenario") == shown.unexplained[1]


def test_one_plan_alone_is_refused(book: Book, sources: tuple[PlanSource, ...]) -> None:
    with pytest.raises(UnusableInputError):
        comparison_view.compared(1, sources[:1], lambda _edits: book)


def test_a_plan_of_a_file_is_not_led_to_edits(
    book: Book, sources: tuple[PlanSource, ...], tmp_path: Path
) -> None:
    path = tmp_path / "plan van elders.xlsx"
    assert sources[0].plan is not None
    api.save_plan(path, book, sources[0].plan, Language.EN)
    found = comparison_view.compared(
        1, (sources[1], PlanSource("", path=path)), lambda _edits: book
    )
    shown = comparison_view.shown(found)
    assert (EMOJI, "plan van elders · middle") == shown.names
    both = Text("plan van elders · midden", "plan van elders · middle")
    assert both == called(shown.names[1])
    assert Text("midden · zuid", "midden · zuid") == called("midden · zuid")
    assert message("compare.unexplained.inputs") == shown.unexplained[1]
    assert "L15" in comparison_view.locations(found).locations


def test_what_is_not_kept_any_more_is_told() -> None:
    task = ExplainDifference(7, 1)
    work = Work(Shelf(), RunTask(1, task, 1), lambda _step: None, CancelToken())
    with pytest.raises(OpvangplanError) as caught:
        perform(task, work)
    assert "compare.not_kept" == caught.value.told.key


def test_comparing_keeps_the_book_as_it_was_for_each_plan(
    book: Book, sources: tuple[PlanSource, ...]
) -> None:
    shelf = Shelf()
    shelf.keep(1, book)
    task = ComparePlans(3, sources[:2])
    found: Any = perform(task, Work(shelf, RunTask(1, task, 1), lambda _step: None, CancelToken()))
    assert 3 == found.number
    assert shelf.compared is not None
    assert shelf.comparison(3).sources == sources[:2]
