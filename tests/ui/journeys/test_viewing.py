"""A viewer: everything can be seen and calculated, nothing can be changed, by any way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.onscreen import PATIENCE_MS, action, crash, notices_in, words_in
from ui.files.journal import Journal
from ui.files.recovery import RecoverableWork, left_behind
from ui.session import BookOrigin
from ui.state import Step

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.window import Window

EDITS = ("undo", "redo", "paste", "fill", "clear", "add_row", "drop_rows")


def test_nothing_can_be_changed_by_any_way(qtbot: QtBot, small: Window) -> None:
    session, model = small.session, small.pages.data.model
    model.setData(model.index(0, 1), "Een")
    model.setData(model.index(0, 1), "Twee")
    session.undo()
    action(small, "viewing").trigger()
    assert session.viewing
    assert action(small, "viewing").isChecked()
    edits = session.state.edits
    small.go_to(Step.DATA)
    for name in EDITS:
        assert not action(small, name).isEnabled(), name
    tables = small.tables
    tables.grid.setCurrentIndex(model.index(0, 1))
    QApplication.clipboard().setText("Drie\tVier\nVijf\tZes")
    # Refused as well as disabled: a key, a script or a menu left open may still call them.
    for act in (tables.paste, tables.fill_down, tables.clear, tables.add_row, tables.drop_rows):
        act()
    session.undo()
    session.redo()
    model.setData(model.index(0, 1), "Zeven")
    qtbot.keyClick(tables.grid, Qt.Key.Key_F2)
    qtbot.keyClick(tables.grid, Qt.Key.Key_Delete)
    assert edits == session.state.edits
    small.go_to(Step.RULES)
    scenarios = small.pages.scenarios
    assert notices_in(scenarios)
    forecast = small.pages.forecast
    small.go_to(Step.DATA)
    small.pages.data_page.show_view("forecast")
    qtbot.waitUntil(lambda: forecast.forecasts.shown is not None, timeout=PATIENCE_MS)
    forecast.show_view("inputs")
    inputs = forecast.inputs.model
    assert not inputs.editable
    assert not any(
        inputs.flags(inputs.index(row, column)) & Qt.ItemFlag.ItemIsEditable
        for row in range(inputs.rowCount())
        for column in range(inputs.columnCount())
    )
    action(small, "viewing").trigger()
    assert inputs.editable
    session.redo()
    assert edits != session.state.edits


def test_a_viewer_still_calculates_and_exports(qtbot: QtBot, tiny: Window) -> None:
    tiny.view_only()
    tiny.calculate()
    qtbot.waitUntil(lambda: bool(tiny.session.plans), timeout=PATIENCE_MS)
    assert action(tiny, "export").isEnabled()
    assert "alleen bekijken" in words_in(tiny.statusBar()).casefold()


def test_lost_work_comes_back_also_while_viewing(
    qtbot: QtBot, small: Window, tmp_path: Path
) -> None:
    model = small.pages.data.model
    model.setData(model.index(0, 1), "Uit de vorige keer")
    root = tmp_path / "lost"
    journal = Journal(root)
    journal.begin(BookOrigin(demo="small"))
    journal.add(small.session.state.edits)
    crash(journal)
    (left,) = left_behind(root).left
    small.session.undo()
    small.view_only()
    small.commands.recover(left)
    qtbot.waitUntil(lambda: len(small.session.state.edits) == 1, timeout=PATIENCE_MS)
    assert "Uit de vorige keer" == model.raw(model.index(0, 1))
    assert small.session.viewing
    assert RecoverableWork() == left_behind(root)
