"""The page about a wrong forecast: asked outside the window, told in words and tables, stopped."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from planner import api
from planner.core.texts import Language
from planner.jobs.future_requests import FuturesQuestion
from tests.planner.files.gallery.writers import openpyxl_book
from tests.planner.input.conftest import book_of
from tests.planner.result.test_since import L1, L2, L3, L4, sheets
from tests.ui.onscreen import PATIENCE_MS, there
from ui.state import Step

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.views.futures import FuturesView
    from ui.window import Window

ACROSS = Qt.Orientation.Horizontal


def page(qtbot: QtBot, window: Window) -> FuturesView:
    """Return the page of a window with a plan, once the book has been checked."""
    window.go_to(Step.RESULTS)
    window.pages.results.show_view("futures")
    qtbot.waitUntil(lambda: bool(window.session.checked.scenarios), timeout=PATIENCE_MS)
    return window.pages.results.futures


def planned(qtbot: QtBot, window: Window) -> None:
    window.calculate()
    qtbot.waitUntil(lambda: bool(window.session.plans), timeout=PATIENCE_MS)


def answered(qtbot: QtBot, view: FuturesView, question: FuturesQuestion) -> None:
    view.show_question(question)
    view.ask.click()
    assert view.work.asking is question
    qtbot.waitUntil(lambda: view.work.asking is None, timeout=PATIENCE_MS)
    assert {} == view.work.told


def test_margins_and_other_plans_are_told_and_written(
    qtbot: QtBot, tiny: Window, answers: Answers, tmp_path: Path
) -> None:
    planned(qtbot, tiny)
    view = page(qtbot, tiny)

    for question in (FuturesQuestion.MARGIN, FuturesQuestion.ALTERNATIVES):
        answered(qtbot, view, question)
        answer = view.work.answers[question]
        assert view.tables.count() == len(answer.sheets) + bool(answer.plans)
    view.show_question(FuturesQuestion.MARGIN)
    grid = view.grid(0)
    assert grid.model().rowCount() > 1
    titles = [grid.model().headerData(at, ACROSS) for at in range(3)]
    assert ["Tegenslag", "Totdat", "Procent meer"] == titles
    answers.save = tmp_path / "marges.xlsx"
    view.write.click()
    qtbot.waitUntil(lambda: view.work.told != {}, timeout=PATIENCE_MS)
    assert (tmp_path / "marges.xlsx").exists()
    tiny.choose_language(Language.EN)
    assert view.grid(0).model().headerData(0, ACROSS) == "Setback"


def test_what_is_being_found_out_is_stopped_within_a_second(
    qtbot: QtBot, planned_window: Window
) -> None:
    view = page(qtbot, planned_window)
    view.show_question(FuturesQuestion.ROBUST)
    assert {"low", "middle", "high"} == {n for n, box in view.scenarios.items() if box.isChecked()}

    view.ask.click()
    qtbot.waitUntil(lambda: view.work.stage is not None, timeout=PATIENCE_MS)
    assert not view.ask.isEnabled()
    begun = dt.datetime.now(tz=dt.UTC)
    view.stop.click()
    qtbot.waitUntil(lambda: view.work.asking is None, timeout=PATIENCE_MS)

    assert (dt.datetime.now(tz=dt.UTC) - begun).total_seconds() < 5
    assert "remark" == view.work.told[FuturesQuestion.ROBUST][0]
    assert {} == view.work.answers
    for box in view.scenarios.values():
        box.setChecked(False)
    assert not view.ask.isEnabled()
    assert "twee of meer" in view.ask.toolTip()


def test_what_keeps_a_question_from_being_asked_is_said(qtbot: QtBot, small: Window) -> None:
    view = page(qtbot, small)

    for question, why in (
        (FuturesQuestion.MARGIN, "plan"),
        (FuturesQuestion.TRACK_RECORD, "olds"),
    ):
        assert f"futures.why_not.{why}" == view.work.why_not(question, 3)
    assert "" == view.work.why_not(FuturesQuestion.ROBUST, 2)


def test_a_file_that_holds_no_forecast_is_refused_in_words(
    qtbot: QtBot, small: Window, answers: Answers, tmp_path: Path
) -> None:
    view = page(qtbot, small)
    view.show_question(FuturesQuestion.TRACK_RECORD)
    for name in ("old.xlsx", "older.xlsx"):
        # Sampled futures are widened by two old forecasts at least, which are chosen here.
        assert not view.widen.isEnabled()
        assert "twee of meer" in view.widen.toolTip()
        openpyxl_book({"Leeg": [["niets"]]}).save(tmp_path / name)
        answers.open = tmp_path / name
        view.choose.click()
    assert view.widen.isEnabled()

    view.ask.click()
    qtbot.waitUntil(lambda: view.work.asking is None, timeout=PATIENCE_MS)

    assert "error" == view.work.told[FuturesQuestion.TRACK_RECORD][0]


def test_what_an_adopted_plan_decided_is_told_and_fixed_in_the_book(
    qtbot: QtBot, tiny: Window, answers: Answers, tmp_path: Path
) -> None:
    """In autumn 100 people are expected, in L1's 100 places: L4 is opened no more.

    L2 was to be extended in July and L3 to be decided on by then; L4 was not yet.
    """
    spring, autumn = tmp_path / "spring.xlsx", tmp_path / "autumn.xlsx"
    people = {7: 150.0, 8: 150.0, 9: 210.0, 10: 250.0}
    book = book_of(sheets(dt.date(2026, 6, 30), [L1, L2, L3, L4], people))
    api.save_plan(spring, book, api.plan(book), Language.NL)
    people = {8: 100.0, 9: 100.0, 10: 100.0}
    book = book_of(sheets(dt.date(2026, 7, 31), [L1, L2, L3, L4], people))
    api.save_book(autumn, book, Language.NL)
    answers.choice = 1  # the book that was open need not be saved
    with qtbot.waitSignal(tiny.commands.opened, timeout=PATIENCE_MS):
        tiny.commands.open_path(autumn)
    planned(qtbot, tiny)
    view = page(qtbot, tiny)
    view.show_question(FuturesQuestion.SINCE)
    assert "futures.why_not.adopted" == view.work.why_not(FuturesQuestion.SINCE, 0)
    answers.open = spring
    view.choose.click()

    answered(qtbot, view, FuturesQuestion.SINCE)

    told = [each.text(Language.NL) for each in view.work.answers[FuturesQuestion.SINCE].sentences]
    assert "niet de status vastgesteld" in told[0]
    assert told[-1].endswith(
        "2 besluiten staan vast, 0 besluiten zijn als toen, 1 besluit is anders."
    )
    cells = view.grid(0).model()
    rows = [
        [cells.data(cells.index(row, at)) for at in range(cells.columnCount())]
        for row in range(cells.rowCount())
    ]
    outcome = {(row[0], row[2]) for row in rows}
    assert {("L2", "staat vast"), ("L3", "staat vast"), ("L4", "niet meer")} == outcome
    assert any("het aantal mensen dat verwacht wordt" in row[-1] for row in rows)
    view.fix.click()
    pins = there(tiny.session.sheet("pins")).frame
    assert {"L2", "L3"} == set(pins["location"])
    assert not view.work.may_fix(FuturesQuestion.SINCE)
    assert "good" == view.work.told[FuturesQuestion.SINCE][0]
    tiny.calculate()
    qtbot.waitUntil(lambda: not view.work.told, timeout=PATIENCE_MS)
    tiny.session.undo()
    assert view.work.may_fix(FuturesQuestion.SINCE)
