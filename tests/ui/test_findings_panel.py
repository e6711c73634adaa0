"""Findings of a table: alike ones are one line, which leads to each of their cells in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from planner.core.errors import Finding, Severity
from planner.core.texts import Language, message
from ui.tables.findings_panel import FindingsPanel
from ui.words import Words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def wrong(cell: str, name: str = "gezin") -> Finding:
    what = message("finding.unknown_name", name=name, sheet="Groepen")
    todo = message("finding.unknown_name.todo", sheet="Groepen")
    return Finding(Severity.ERROR, what, todo, "Bezetting", cell, "occupancy", 3, "group")


def test_a_line_leads_to_each_of_its_cells_in_turn(qtbot: QtBot) -> None:
    panel = FindingsPanel(Words(Language.NL))
    qtbot.addWidget(panel)
    panel.show_findings([wrong("C5"), wrong("C6", "men"), wrong("C7")])
    panel.resize(900, 300)
    with qtbot.waitExposed(panel):
        panel.show()
    led: list[str] = []
    panel.chosen.connect(lambda each: led.append(each.cell))
    table = panel.table
    assert 2 == panel.model.rowCount()

    place = table.visualRect(panel.model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert ["C5", "C7", "C5"] == led

    table.setCurrentIndex(panel.model.index(1, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert "C6" == led[-1]
