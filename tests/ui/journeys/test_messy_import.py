"""A messy workbook: opened, mended in the table by its findings, and planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from planner import api
from planner.core.texts import Language
from tests.ui.onscreen import PATIENCE_MS, only
from ui.state import Step
from ui.tables.findings_panel import FindingsPanel

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.window import Window


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """The small demo as people keep such files: titles above, text for numbers, slips."""
    path = tmp_path / "rommelig.xlsx"
    api.save_book(path, api.open_demo("small"), Language.NL)
    book = openpyxl.load_workbook(path)
    sheet: Any = book["Locaties"]
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Overzicht locaties, bijgewerkt door planning"
    titles = next(row for row in sheet.iter_rows() if row[0].value == "Locatiecode")
    columns = {cell.value: cell.column for cell in titles}
    first = titles[0].row + 1
    for row, title, value in (
        (first + 2, "Provincie", "Gronigen"),
        (first + 3, "Type", "camping"),
        (first + 4, "Bedden", -40),
    ):
        sheet.cell(row, columns[title]).value = value
    beds = sheet.cell(first + 6, columns["Bedden"])
    beds.value = f"{beds.value} "  # a number as text, with a space behind it
    sheet.cell(titles[0].row, sheet.max_column + 1).value = "Opmerking"
    book.save(path)
    return path


def test_a_messy_workbook_becomes_a_clean_plan(qtbot: QtBot, window: Window, messy: Path) -> None:
    window.commands.open_path(messy)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    window.go_to(Step.DATA)
    found = [each for each in window.session.checked.findings if each.severity == "error"]
    assert {"province", "type", "beds"} == {each.column for each in found}
    window.calculate()
    assert window.jobs.calculating is None
    assert not window.session.plans
    beds = api.open_demo("small").frame("locations")["beds"].iloc[4]
    mended = {"province": "Groningen", "type": "asielzoekerscentrum", "beds": str(beds)}
    tables = window.tables
    for finding in found:
        only(tables, FindingsPanel).chosen.emit(finding)
        index = tables.grid.currentIndex()
        assert finding.column == tables.model.columns[index.column()].key
        assert tables.model.setData(index, mended[finding.column])
    qtbot.waitUntil(lambda: window.session.checked.errors == 0, timeout=PATIENCE_MS)
    window.calculate()
    qtbot.waitUntil(lambda: bool(window.session.plans), timeout=PATIENCE_MS)
    assert window.session.plans[0].plan.found
