from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.core.errors import Severity
from planner.files.guarding import Written
from planner.input.edits import AddRow, DropRow, Edit, SetCell
from planner.jobs.opened_book import checked
from planner.jobs.requests import BookState, Checked, Opened, Planned
from tests.small_plan import small_plan
from ui.session import EDITS_AT_ONCE, BookOrigin, Change, Made, Session

if TYPE_CHECKING:
    from pathlib import Path

    from planner.input.book import Book


def first_row(session: Session) -> int:
    sheet = session.sheet("locations")
    assert sheet is not None
    return int(sheet.frame.index[0])


def cell(session: Session, row: int, column: str) -> object:
    sheet = session.sheet("locations")
    assert sheet is not None
    return sheet.frame.at[row, column]  # noqa: PD008 - one cell


def test_an_edit_is_one_step_that_undo_takes_back_and_redo_does_again(session: Session) -> None:
    row = first_row(session)
    before = cell(session, row, "name")
    assert session.edit("undo.cell", [SetCell("locations", row, "name", "Anders")])
    assert "Anders" == cell(session, row, "name")
    session.undo()
    assert before == cell(session, row, "name")
    session.redo()
    assert "Anders" == cell(session, row, "name")
    assert "undo.cell" == session.undo_name()


def test_a_step_of_many_edits_is_taken_back_by_and_by_and_is_done_when_asked_for(
    session: Session,
) -> None:
    sheet = session.sheet("occupancy")
    assert sheet is not None
    first = int(sheet.frame.index[-1]) + 1
    added = [AddRow("occupancy", first + at, {"people": at}) for at in range(EDITS_AT_ONCE + 1)]
    before = len(sheet.frame)
    session.edit("undo.paste", added)
    for walk, rows in ((session.undo, before), (session.redo, before + len(added))):
        walk()
        assert session._by_and_by._work is not None  # noqa: SLF001 - whether a long step is still being done
        assert rows == len(session.sheet("occupancy").frame)  # type: ignore[union-attr] # as above
    session.undo()
    session.undo()  # nothing is left, and the first is done
    assert before == len(session.sheet("occupancy").frame)  # type: ignore[union-attr] # as above
    assert "" == session.undo_name()


def test_an_edit_that_changes_nothing_is_no_step(session: Session) -> None:
    row = first_row(session)
    same = SetCell("locations", row, "name", str(cell(session, row, "name")))
    assert not session.edit("undo.cell", [same])
    assert "" == session.undo_name()
    assert not session.unsaved


def test_nothing_changes_in_a_session_for_viewing(session: Session) -> None:
    session.viewing = True
    assert not session.edit("undo.cell", [SetCell("locations", first_row(session), "name", "x")])


def test_an_edit_says_what_kinds_of_things_changed(session: Session) -> None:
    heard: list[frozenset[Change]] = []
    session.changed.connect(heard.append)
    session.edit("undo.cell", [SetCell("locations", first_row(session), "beds", 5)])
    assert Change.CELLS in heard[-1]
    assert Change.BOOK not in heard[-1]


def test_findings_are_known_by_their_cell(session: Session, small_book: Book) -> None:
    row = first_row(session)
    session.edit("undo.cell", [SetCell("locations", row, "beds", -3)])
    session.take_check(checked(workflow_book(session), None))
    found = session.checked.by_cell["locations"][row, "beds"]
    assert Severity.ERROR == found[0].severity
    assert session.checked.errors >= 1
    del small_book


def workflow_book(session: Session) -> Book:
    from planner.input.edits import apply  # noqa: PLC0415 - used here only

    book, _ = apply(session.state.base, session.state.edits)
    return book


def test_a_plan_is_out_of_date_once_the_input_is_another(session: Session) -> None:
    plan = small_plan()
    session.take_plan(Made(Planned(plan, plan, {}), session.state))
    assert not session.stale
    row = first_row(session)
    session.edit("undo.cell", [SetCell("locations", row, "name", "Anders")])
    session.take_check(checked(workflow_book(session), None))
    assert session.stale
    session.undo()
    session.take_check(checked(workflow_book(session), None))
    assert not session.stale


def test_the_plan_before_is_kept_to_compare_with(session: Session) -> None:
    plan = small_plan()
    first = Made(Planned(plan, plan, {}), session.state)
    high = replace(plan, scenario="high")
    second = Made(Planned(high, high, {}), session.state)
    session.take_plan(first)
    session.take_plan(second)
    assert (second, first) == session.plans


def test_saving_makes_the_book_saved_until_the_next_edit(session: Session, tmp_path: Path) -> None:
    row = first_row(session)
    session.edit("undo.cell", [SetCell("locations", row, "name", "A")])
    assert session.unsaved
    session.take_saved(Written(tmp_path / "a.xlsx"), session.state)
    assert not session.unsaved
    assert BookOrigin(tmp_path / "a.xlsx") == session.origin
    session.undo()
    assert session.unsaved


def test_undo_leaves_nothing_behind_and_what_was_saved_is_known_again(
    session: Session, tmp_path: Path
) -> None:
    row = first_row(session)
    opened = session.state
    for value in (1, 2, 3):
        session.edit("undo.cell", [SetCell("locations", row, "beds", value)])
    for _ in range(50):
        session.undo()
        session.redo()
    assert 3 == len(session.state.edits)
    session.undo()
    session.take_saved(Written(tmp_path / "a.xlsx"), session.state)  # with 2 beds
    for walk in (session.redo, session.undo, session.undo, session.redo):
        walk()
    assert not session.unsaved
    for _ in range(2):
        session.undo()
    assert opened == session.state
    assert not session.state.edits
    assert session.unsaved  # what was saved has two steps more
    session.edit("undo.cell", [SetCell("locations", row, "beds", 1)])
    assert session.unsaved
    assert not session.undo_name(forward=True)


def test_a_book_that_was_saved_while_it_was_edited_is_saved_once_that_is_undone(
    session: Session, tmp_path: Path
) -> None:
    row = first_row(session)
    session.edit("undo.cell", [SetCell("locations", row, "beds", 1)])
    saving = session.state
    session.edit("undo.cell", [SetCell("locations", row, "beds", 2)])
    session.take_saved(Written(tmp_path / "a.xlsx"), saving)
    assert session.unsaved
    session.undo()
    assert not session.unsaved


VALUES = st.one_of(
    st.none(), st.integers(-5, 5), st.text(max_size=3), st.just(dt.date(2026, 7, 1)), st.booleans()
)


@st.composite
def steps(draw: st.DrawFn) -> list[list[Edit]]:
    """Steps of edits on the first rows of the small demo's locations, in order."""
    alive = list(range(3, 9))
    fresh = 100
    made: list[list[Edit]] = []
    for _ in range(draw(st.integers(1, 5))):
        step: list[Edit] = []
        for kind in draw(st.lists(st.sampled_from(["set", "add", "drop"]), min_size=1, max_size=3)):
            if kind == "set":
                column = draw(st.sampled_from(["name", "beds", "open_until"]))
                step.append(
                    SetCell("locations", draw(st.sampled_from(alive)), column, draw(VALUES))
                )
            elif kind == "add":
                fresh += 1
                alive.append(fresh)
                step.append(AddRow("locations", fresh, {"id": draw(VALUES)}))
            elif len(alive) > 1:
                step.append(DropRow("locations", alive.pop(draw(st.integers(0, len(alive) - 1)))))
        made.append(step)
    return made


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps())
def test_undo_to_the_start_restores_every_cell(
    small_book: Book, small_check: Checked, todo: list[list[Edit]]
) -> None:
    session = Session()
    session.adopt(Opened(BookState(1, small_book), small_check), BookOrigin(demo="small"))
    before = session.sheet("locations")
    assert before is not None
    count = sum(session.edit("undo.cell", step) for step in todo)
    edited = session.sheet("locations")
    for _ in range(count):
        session.undo()
    after = session.sheet("locations")
    assert after is not None
    pd.testing.assert_frame_equal(before.frame, after.frame)
    for _ in range(count):
        session.redo()
    redone = session.sheet("locations")
    assert edited is not None
    assert redone is not None
    pd.testing.assert_frame_equal(edited.frame, redone.frame)
