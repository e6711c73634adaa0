"""The status of a plan stands above its overview, as long as the plan is the one that got it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from planner.core.texts import message
from planner.input.edits import SetCell
from tests.ui.onscreen import context_of
from ui.views.overview import OverviewView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.session import Made, Session
    from ui.theme import Theme
    from ui.words import Words


def told(view: OverviewView) -> list[str]:
    """Return what the page says of the status."""
    view.catch_up()
    labels = [each.text() for each in view.findChildren(QLabel)]
    return [text for text in labels if text.startswith("Status")]


def test_a_status_is_shown_until_a_cell_is_another(
    qtbot: QtBot, session: Session, small_made: Made, words: Words, theme: Theme
) -> None:
    given = message("overview.status.given", status="vastgesteld", by="bestuur", on="", mark="abc")
    made = replace(small_made, state=session.state)
    session.take_plan(replace(made, planned=replace(made.planned, status=given)))
    view = OverviewView(context_of(session, words, theme))
    qtbot.addWidget(view)
    assert ["vastgesteld door bestuur" in each for each in told(view)] == [True]

    row = int(session.sheet("locations").frame.index[0])  # type: ignore[union-attr] # it is there
    session.edit("a note", (SetCell("locations", row, "name", "other"),))
    assert ["Status: concept"] == told(view)

    session.undo()
    assert ["vastgesteld door bestuur" in each for each in told(view)] == [True]

    session.take_plan(made)
    assert ["Status: concept"] == told(view)
