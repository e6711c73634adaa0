"""Decisions in time: what is seen of a location, and what is fixed from there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from planner.core.texts import Language
from planner.input.contract_edits import ContractDays, moved_contract
from planner.input.edits import SetCell
from tests.ui.onscreen import context_of
from ui.results.contract_edges import Edge
from ui.views.timeline import TimelineView

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from ui.session import Session
    from ui.theme import Theme
    from ui.words import Words


@pytest.fixture
def view(qtbot: QtBot, planned_session: Session, words: Words, theme: Theme) -> TimelineView:
    made = TimelineView(context_of(planned_session, words, theme))
    qtbot.addWidget(made)
    made.resize(1300, 640)
    made.show()
    return made


def test_every_decision_of_the_plan_has_its_line(
    view: TimelineView, planned_session: Session, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(view.model)
    decided = set(planned_session.plans[0].plan.tables["decisions"]["location"])
    assert decided
    assert decided <= {line.key for line in view.model.lines}


def test_a_decision_is_refused_in_one_step_with_who_and_why(
    qtbot: QtBot, view: TimelineView, planned_session: Session
) -> None:
    row = next(at for at, line in enumerate(view.model.lines) if line.lead)
    view.matrix.setCurrentIndex(view.model.index(row, 1))
    assert not view.refuse.isEnabled()
    assert view.refuse.toolTip()
    view.who.setText("plancoördinatie")
    view.reason.setText("de gemeente weigert")
    qtbot.mouseClick(view.refuse, Qt.MouseButton.LeftButton)
    sheet = planned_session.sheet("pins")
    assert sheet is not None
    pinned = sheet.frame[sheet.frame["location"] == view.chosen]
    assert {0.0} == set(pinned["value"])
    assert {"de gemeente weigert"} == set(pinned["why"])
    assert view.said.text()
    planned_session.undo()
    after = planned_session.sheet("pins")
    assert after is None or after.frame.empty


def line_of(view: TimelineView, code: str) -> int:
    return next(at for at, line in enumerate(view.model.lines) if line.key == code)


def ends_of(session: Session, code: str) -> tuple[object, object]:
    sheet = session.sheet("locations")
    assert sheet is not None
    (row,) = sheet.frame.index[sheet.frame["id"] == code]
    return sheet.frame.loc[row, "open_until"], sheet.frame.loc[row, "extendable_until"]


def test_the_end_of_a_contract_is_dragged_and_undone(
    qtbot: QtBot, view: TimelineView, planned_session: Session, words: Words
) -> None:
    """L14 lasts until 31 Dec 2026, the sixth of the months from Jul 2026, and until Dec 2027."""
    asked: list[bool] = []
    view.again_wanted.connect(lambda: asked.append(True))
    line, port = line_of(view, "L14"), view.matrix.viewport()
    view.matrix.scrollTo(view.model.index(line, 3))
    here = view.matrix.place_of(line, Edge.END, 5)
    assert (line, Edge.END) == view.matrix.edge_at(here)
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=here)
    qtbot.mouseMove(port, view.matrix.place_of(line, Edge.END, 3))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=view.matrix.place_of(line, Edge.END, 3))
    assert (dt.date(2026, 10, 31), dt.date(2027, 12, 31)) == ends_of(planned_session, "L14")
    assert "L14" == view.chosen
    assert "okt 2026" in view.said.text()
    words.choose(Language.EN)
    assert "Oct 2026" in view.said.text()
    assert [True] == asked
    planned_session.undo()
    assert (dt.date(2026, 12, 31), dt.date(2027, 12, 31)) == ends_of(planned_session, "L14")


def test_keys_move_both_sides_of_a_contract(
    qtbot: QtBot, view: TimelineView, planned_session: Session
) -> None:
    view.show_location("L14")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view.matrix, Qt.Key.Key_Right, control)
    qtbot.keyClick(view.matrix, Qt.Key.Key_Right, control)
    assert (dt.date(2027, 2, 28), dt.date(2027, 12, 31)) == ends_of(planned_session, "L14")
    for _ in range(10):
        qtbot.keyClick(view.matrix, Qt.Key.Key_Right, control)
    # The twelve months end in June 2027; no line is moved past them.
    assert (dt.date(2027, 6, 30), dt.date(2027, 12, 31)) == ends_of(planned_session, "L14")

    view.show_location("L20")
    qtbot.keyClick(view.matrix, Qt.Key.Key_Right, control | shift)
    sheet = planned_session.sheet("locations")
    assert sheet is not None
    (begin,) = sheet.frame.loc[sheet.frame["id"] == "L20", "open_from"]
    assert dt.date(2026, 11, 1) == begin


def test_nothing_is_moved_where_only_viewing(
    qtbot: QtBot, view: TimelineView, planned_session: Session
) -> None:
    planned_session.viewing = True
    view.show_location("L14")
    qtbot.keyClick(view.matrix, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert (dt.date(2026, 12, 31), dt.date(2027, 12, 31)) == ends_of(planned_session, "L14")


def test_a_contract_as_long_as_its_extension_has_nothing_left_to_extend() -> None:
    contract = ContractDays(7, None, dt.date(2026, 12, 31), dt.date(2027, 5, 31))
    (ends,) = moved_contract(contract, "end", dt.date(2027, 4, 1))
    longer, gone = moved_contract(contract, "end", dt.date(2027, 5, 1))

    assert SetCell("locations", 7, "open_until", dt.date(2027, 4, 30)) == ends
    assert SetCell("locations", 7, "open_until", dt.date(2027, 5, 31)) == longer
    assert SetCell("locations", 7, "extendable_until", None) == gone
