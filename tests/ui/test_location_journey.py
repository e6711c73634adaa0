"""From the map to a location's page to its row in the input, by keyboard alone, in the window."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from planner.api import CancelToken
from planner.jobs.handlers import Work, perform
from planner.jobs.requests import CalculatePlan, RunTask
from planner.jobs.shelf import Shelf
from planner.result.queries import Figure
from tests.ui.onscreen import action, button, table_of
from ui.results.places import PLACES
from ui.state import Step

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.window import Window


def press(qtbot: QtBot, key: Qt.Key, times: int = 1) -> None:
    """Press a key wherever the focus is."""
    for _ in range(times):
        qtbot.keyClick(QApplication.focusWidget(), key)


def test_from_the_map_to_the_row_of_a_location_by_keyboard(
    qtbot: QtBot, planned_window: Window, answers: Answers
) -> None:
    small = planned_window
    action(small, "step_3").trigger()
    results = small.pages.results
    results.tabs.tabBar().setFocus()
    press(qtbot, Qt.Key.Key_Right, list(PLACES).index("map"))
    assert results.map.isVisible()
    while QApplication.focusWidget() is not results.map.panel:
        before = QApplication.focusWidget()
        press(qtbot, Qt.Key.Key_Tab)
        assert before is not QApplication.focusWidget()
    press(qtbot, Qt.Key.Key_Down, 3)
    code = results.map.panel.code
    assert code
    assert code in results.map.panel.accessibleDescription()
    press(qtbot, Qt.Key.Key_Return)
    assert results.location.isVisible()
    assert code == results.location.code
    button(results.location, small.words.say("location.show_input")).setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert Step.DATA == small.step
    model, index = small.tables.model, small.tables.grid.currentIndex()
    assert "locations" == small.tables.table.key
    assert code == model.raw(model.index(index.row(), 0))
    small.show_about()
    assert "CC BY 4.0" in answers.told[-1]

    row_leads_to_its_page(small)


def row_leads_to_its_page(small: Window) -> None:
    """Go from any row of a result with a location to its page, and from there to the map."""
    small.go_to(Step.RESULTS)
    menu = small.pages.asked.menu(Figure("placement", location="L09"))
    (asked,) = (each for each in menu.actions() if each.text() == "Pagina van deze locatie")
    asked.trigger()
    assert small.pages.results.location.isVisible()
    assert "L09" == small.pages.results.location.code
    menu.deleteLater()
    nowhere = small.pages.asked.menu(Figure("runoff"))
    assert "Pagina van deze locatie" not in [each.text() for each in nowhere.actions()]
    nowhere.deleteLater()
    dol = small.pages.results.dol
    small.pages.results.show_view("dol")
    rows = [dol.by_location.location(at) for at in range(dol.by_location.rowCount())]
    assert ["", "", "", ""] == rows[:4]
    table = table_of(dol, dol.by_location)
    assert table.isColumnHidden(0)  # names are before the lines, in view in later months too
    assert table.verticalHeader().isVisible()
    names, side = dol.by_location, Qt.Orientation.Vertical
    assert "Samen ingericht" == names.headerData(0, side)
    assert "(L03)" in str(names.headerData(rows.index("L03"), side))
    assert "(L03)" in names.as_text()
    table.activated.emit(dol.by_location.index(rows.index("L03"), 0))
    assert "L03" == small.pages.results.location.code
    small.pages.results.location.show_location("L04")
    button(small.pages.results.location, small.words.say("location.show_map")).click()
    assert small.pages.results.map.isVisible()
    assert "L04" == small.pages.results.map.panel.code


def test_the_planned_locations_are_those_of_the_scenario(small_book: Book) -> None:
    shelf = Shelf()
    shelf.keep(1, small_book)
    task = CalculatePlan("longer_contracts")
    planned: Any = perform(
        task, Work(shelf, RunTask(1, task, 1), lambda _step: None, CancelToken())
    )
    assert dt.date(2027, 4, 30) == planned.locations["L15"].open_until
    frame = small_book.tables["locations"].frame
    assert frame["id"].to_list() == list(planned.locations)
    assert planned.locations["L15"].open_until not in frame["open_until"].to_list()
