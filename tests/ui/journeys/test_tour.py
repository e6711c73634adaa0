"""A newcomer is led through the program by the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from planner.input.edits import AddRow, SetCell
from planner.jobs.requests import Opened
from tests.ui.onscreen import PATIENCE_MS
from ui import tour
from ui.session import BookOrigin
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.input.book import RawValue
    from ui.window import Window


def test_the_tour_leads_from_the_demo_to_a_scenario(
    qtbot: QtBot, window: Window, planned_window: Window
) -> None:
    assert window is planned_window
    shown = tour.begin(window)
    # A book is open and a plan is there: the first thing to do is to change a contract.
    assert "change" == shown.stop
    qtbot.mouseClick(shown.lead, Qt.MouseButton.LeftButton)
    assert Step.DATA is window.step
    index = window.tables.grid.currentIndex()
    assert tour.COLUMN == window.tables.model.columns[index.column()].key
    row = window.tables.model.row_number(index.row())
    window.session.edit("undo.cell", [SetCell(tour.TABLE, row, tour.COLUMN, "2026-12-31")])
    # The plan is of the input before the change: it is to be calculated.
    assert "calculate" == shown.stop
    qtbot.mouseClick(shown.lead, Qt.MouseButton.LeftButton)
    assert not shown.lead.isEnabled()
    assert shown.lead.toolTip()
    qtbot.waitUntil(lambda: window.session.coming.figures is not None, timeout=PATIENCE_MS)
    # What is known of the answer is shown by itself, before the plan is whole.
    assert (Step.RESULTS, "answer") == (window.step, window.pages.results.shown)
    assert "calculate" == shown.stop
    qtbot.waitUntil(lambda: shown.stop == "why", timeout=PATIENCE_MS)
    assert shown.lead.isEnabled()
    window.pages.results.answer.tiles["dol"].ask.click()
    qtbot.waitUntil(lambda: shown.stop == "scenario", timeout=PATIENCE_MS)
    qtbot.mouseClick(shown.lead, Qt.MouseButton.LeftButton)
    assert "scenarios" == window.pages.view_at(Step.RULES)
    sheet = window.session.sheet("scenarios")
    assert sheet is not None
    cells: dict[str, RawValue | None] = {
        "scenario": "eerder",
        "table": "locations",
        "key": "L16",
        "column": "beds",
        "value": 90,
    }
    window.session.edit("undo.add_row", [AddRow("scenarios", sheet.next_row, cells)])
    qtbot.waitUntil(lambda: not shown.stop, timeout=PATIENCE_MS)
    qtbot.mouseClick(shown.lead, Qt.MouseButton.LeftButton)
    assert shown.isHidden()


def test_the_tour_can_be_left_and_begun_again(qtbot: QtBot, window: Window) -> None:
    shown = tour.begin(window)
    assert "open" == shown.stop
    qtbot.mouseClick(shown.end, Qt.MouseButton.LeftButton)
    assert shown.isHidden()
    assert shown is tour.begin(window)
    assert not shown.isHidden()


def test_the_tour_asks_for_the_demo_whose_contract_it_speaks_of(small: Window) -> None:
    """Another workbook has no such contract, or another one by that code."""
    assert "change" == tour.begin(small).stop
    state = small.session.state
    small.session.adopt(Opened(state, small.session.checked), BookOrigin(Path("eigen.xlsx")))
    assert "open" == tour.begin(small).stop
