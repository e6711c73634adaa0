"""From a location among the DOL places to why it is there, and to a decision that is fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window


def test_a_location_of_the_dol_matrix_is_asked_about_and_fixed(
    qtbot: QtBot, planned_window: Window
) -> None:
    window, results = planned_window, planned_window.pages.results
    window.pages.show_answer()
    results.show_view("dol")
    model = results.dol.by_location
    code = next(model.location(at) for at in range(model.rowCount()) if model.location(at))
    why, fix, page = results.dol.menu(code).actions()
    assert "Waarom DOL hier?" == why.text()
    why.trigger()
    assert results.shown in {"explanation", "location"}
    page.trigger()
    assert (code, "location") == (results.location.code, results.shown)
    fix.trigger()
    assert "timeline" == results.shown
    timeline = results.timeline
    assert code == timeline.chosen
    timeline.who.setText("Regiomanager")
    timeline.reason.setText("Zo afgesproken met de gemeente")
    before = window.session.sheet("pins")
    count = 0 if before is None else len(before.frame)
    qtbot.mouseClick(timeline.fix, Qt.MouseButton.LeftButton)
    pins = window.session.sheet("pins")
    assert pins is not None
    assert len(pins.frame) > count
    assert {code} == set(pins.frame["location"][count:])
