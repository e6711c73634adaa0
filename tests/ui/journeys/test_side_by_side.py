"""From a base to a six-way comparison to a workbook and a PDF, in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
from PySide6.QtCore import Qt

from planner.compare.views import StageProgress
from planner.input.edits import AddRow
from tests.compared import DIGITS, EMOJI, LONG, demo_with_scenarios
from tests.shorter import horizon
from tests.ui.onscreen import button, notices_in
from ui.comparing.work import ComparablePlan, PlanOrigin
from ui.state import Step

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.comparing.themes import ThemePage
    from ui.window import Window

PATIENCE_MS = 90_000
MONTHS = 3
OTHERS = (EMOJI, DIGITS, LONG, "longer_contracts", "slower_dol")


def scenario_rows() -> list[AddRow]:
    """Return the rows that make the scenarios with names as people give them."""
    frame = demo_with_scenarios().frame("scenarios").tail(4)
    return [
        AddRow("scenarios", number, {str(key): each for key, each in row.items() if each})
        for number, row in zip(map(int, frame.index), frame.to_dict("records"), strict=True)
    ]


def test_from_a_base_to_a_six_way_comparison_to_a_workbook_and_paper(
    qtbot: QtBot, small: Window, answers: Answers, tmp_path: Path
) -> None:
    rows = scenario_rows()
    small.session.edit("undo.scenario_new", [*rows, horizon(demo_with_scenarios(), MONTHS)])
    qtbot.waitUntil(lambda: LONG in small.session.checked.scenarios, timeout=PATIENCE_MS)
    small.calculate()
    qtbot.waitUntil(lambda: bool(small.session.plans), timeout=PATIENCE_MS)
    small.go_to(Step.RESULTS)
    small.pages.results.show_view("comparison")
    view = small.pages.results.comparison
    choice = view.choice
    assert not choice.start.isEnabled()
    choice.base.setCurrentIndex(choice.base.findText("midden"))
    for at in range(choice.list.rowCount()):
        item = choice.list.item(at, 0)
        assert item is not None
        if item.toolTip() in OTHERS:
            item.setCheckState(Qt.CheckState.Checked)
    assert 1 + len(OTHERS) == len(choice.chosen)
    choice.start.click()
    assert set(OTHERS) == set(view.work.scenarios.progress)
    qtbot.waitUntil(lambda: view.work.shown is not None, timeout=PATIENCE_MS)
    assert view.work.shown is not None
    assert ("middle", *sorted(OTHERS)) == (
        view.work.shown.names[0],
        *sorted(view.work.shown.names[1:]),
    )
    assert "beside" == view.shown
    view.show_page("levels")
    levels: ThemePage = view.page("levels")  # type: ignore[assignment] # as the view makes it
    differing = levels.model.rowCount()
    levels.differing.click()
    assert 0 < differing < levels.model.rowCount()
    for key in ("people", "cost", "map"):
        view.show_page(key)
    view.show_page("regret")
    regret = view.page("regret")
    stages: list[object] = []
    view.work.going.connect(stages.append)
    regret.start.click()  # type: ignore[attr-defined] # the page of regret has it
    qtbot.waitUntil(
        lambda: any(isinstance(each, StageProgress) for each in stages), timeout=PATIENCE_MS
    )
    button(view, small.words.say("comparison.stop")).click()
    qtbot.waitUntil(lambda: not view.work.finding, timeout=PATIENCE_MS)
    assert notices_in(view).startswith("Gestopt")
    answers.save = tmp_path / "vergelijking.xlsx"
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        view.export.click()
    book = openpyxl.load_workbook(answers.save)
    header = [cell.value for row in book["Niveaus"].iter_rows(max_row=6) for cell in row]
    assert {EMOJI, DIGITS, LONG} <= set(header)
    answers.save = tmp_path / "vergelijking.pdf"
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        view.paper.click()
    assert b"%PDF" == answers.save.read_bytes()[:4]
    assert ComparablePlan(PlanOrigin.SHOWN) in choice.chosen or view.work.made(
        ComparablePlan(PlanOrigin.SHOWN)
    )
