"""Decisions in time: what is seen of a location, and what is fixed from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.ui.onscreen import context_of
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
