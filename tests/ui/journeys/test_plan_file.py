"""A manager receives a plan as a file: it opens on its results, and a changed input shows."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from planner import api
from planner.core.texts import Language
from planner.report.tagged import pages_in
from tests.planner.dossier.conftest import SHEETS as TINY
from tests.planner.input.conftest import book_of
from tests.ui.onscreen import PATIENCE_MS, button, levels_of
from ui.dialogs import Asking
from ui.results.places import PLACES
from ui.state import Step

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.session import Made
    from ui.window import Window
    from ui.words import Words


@pytest.fixture
def plan_file(tmp_path: Path, small_book: Book, small_made: Made) -> Path:
    path = tmp_path / "plan.xlsx"
    api.save_plan(path, small_book, small_made.plan, Language.NL)
    return path


@pytest.fixture
def tiny_plan_file(tmp_path: Path) -> Path:
    """The plan of three locations and two months, of which another is made in a moment."""
    path, book = tmp_path / "plan.xlsx", book_of(TINY)
    api.save_plan(path, book, api.plan(book), Language.NL)
    return path


def opened(qtbot: QtBot, window: Window, path: Path) -> None:
    window.commands.open_path(path)
    qtbot.waitUntil(lambda: window.session.origin.path == path, timeout=PATIENCE_MS)


def told(qtbot: QtBot, window: Window, part: str) -> None:
    label = window.pages.from_file.notice.label
    qtbot.waitUntil(lambda: part in label.text(), timeout=PATIENCE_MS)


def test_a_plan_file_opens_on_its_results_and_is_recomputed_not_planned(
    qtbot: QtBot, window: Window, plan_file: Path, small_made: Made
) -> None:
    opened(qtbot, window, plan_file)
    assert Step.RESULTS == window.step
    assert window.jobs.calculating is None
    shown = window.session.plans[0].plan
    assert [each.name for each in small_made.plan.levels] == [each.name for each in shown.levels]
    assert [each.value for each in small_made.plan.levels] == pytest.approx(
        [each.value for each in shown.levels]
    )
    told(qtbot, window, "Nagerekend: ze kloppen")
    assert not window.session.stale
    results = window.pages.results
    assert "answer" == results.shown
    for keys in PLACES.values():
        for key in keys:
            results.show_view(key)
    assert "sheets" == results.shown
    assert len(small_made.plan.tables["runoff"]) == results.runoff.twin.model.rowCount()
    assert levels_of(results.overview).rowCount() == len(small_made.plan.levels)
    assert any(results.explanation.models[each].rowCount() for each in results.explanation.models)
    window.choose_language(Language.EN)
    assert "Recomputed" in window.pages.from_file.notice.label.text()
    window.session.choose_scenario(window.session.scenario)
    window.pages.data.model.setData(window.pages.data.model.index(0, 1), "Anders")
    qtbot.waitUntil(lambda: window.session.stale, timeout=PATIENCE_MS)
    assert results.stale.isVisibleTo(results)
    window.session.undo()
    qtbot.waitUntil(lambda: not window.session.stale, timeout=PATIENCE_MS)


def test_a_plan_is_exported_as_an_open_workbook_and_its_report_as_a_text(
    qtbot: QtBot, window: Window, tiny_plan_file: Path, answers: Answers, tmp_path: Path
) -> None:
    opened(qtbot, window, tiny_plan_file)
    answers.save = tmp_path / "plan.ods"
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.commands.export()
    assert () == api.verify(answers.save).breaches
    assert button(window.start, answers.save.name).isEnabled()  # to be gone on with next time
    answers.save = tmp_path / "rapport.odt"
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.paper.write_report()
    assert (
        "application/vnd.oasis.opendocument.text" == ZipFile(answers.save).read("mimetype").decode()
    )


def test_the_page_for_who_decides_is_written_from_the_window(
    qtbot: QtBot, window: Window, tiny_plan_file: Path, answers: Answers, tmp_path: Path
) -> None:
    opened(qtbot, window, tiny_plan_file)
    shown = window.session.kept
    answers.save = tmp_path / "een-pagina.pdf"
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.paper.write_one_page()
    assert 1 == pages_in(answers.save.read_bytes())
    assert shown is window.session.kept  # a plan on paper is not kept in a file


def test_a_dialog_offers_every_kind_that_can_be_written(
    qapp: object, words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    offered: list[list[str]] = []

    def see(dialog: QFileDialog) -> int:
        offered.append(dialog.nameFilters())
        return 0

    monkeypatch.setattr(QFileDialog, "exec", see)
    for name, also in (("plan.xlsx", ("ods",)), ("rapport.pdf", ())):
        assert Asking(words).save_path("Uitvoeren", name, also) is None
    excel, open_document = "Excel-werkmappen (*.xlsx)", "OpenDocument-werkmappen (*.ods)"
    assert [[excel, open_document], ["PDF (*.pdf)"]] == offered


def test_input_changed_in_excel_is_told_at_once(
    qtbot: QtBot, window: Window, plan_file: Path
) -> None:
    book = openpyxl.load_workbook(plan_file)
    sheet: Any = book["Locaties"]
    header = next(row for row in sheet.iter_rows(max_row=5) if row[0].value == "Locatiecode")
    beds = next(cell.column for cell in header if cell.value == "Bedden")
    sheet.cell(header[0].row + 3, beds).value += 40
    book.save(plan_file)
    opened(qtbot, window, plan_file)
    label = window.pages.results.stale.label
    qtbot.waitUntil(lambda: "daarna gewijzigd" in label.text(), timeout=PATIENCE_MS)
    assert window.session.stale
    # It is said once: the other notice is of plans of the input as it is.
    assert not window.pages.from_file.notice.isVisibleTo(window.pages.results)
    window.pages.data.model.setData(window.pages.data.model.index(0, 1), "Anders")
    qtbot.waitUntil(lambda: "sinds dit plan berekend werd" in label.text(), timeout=PATIENCE_MS)


def test_a_figure_changed_by_hand_is_not_believed(
    qtbot: QtBot, window: Window, plan_file: Path
) -> None:
    book = openpyxl.load_workbook(plan_file)
    sheet: Any = book["Plaatsing"]
    sheet.cell(sheet.max_row, sheet.max_column).value += 25
    book.save(plan_file)
    opened(qtbot, window, plan_file)
    told(qtbot, window, "kloppen niet bij narekenen")


def test_result_sheets_that_are_no_plan_any_more_leave_the_input(
    qtbot: QtBot, window: Window, plan_file: Path, answers: Answers
) -> None:
    book = openpyxl.load_workbook(plan_file)
    del book["Verloop"]
    book.save(plan_file)
    opened(qtbot, window, plan_file)
    assert Step.DATA == window.step
    assert () == window.session.plans
    assert "er ontbreekt: Verloop" in answers.told[0]


def test_calculating_again_shows_the_change_against_the_plan_in_the_file(
    qtbot: QtBot, window: Window, tiny_plan_file: Path
) -> None:
    opened(qtbot, window, tiny_plan_file)
    window.calculate()
    qtbot.waitUntil(lambda: len(window.session.plans) == 2, timeout=PATIENCE_MS)
    assert not window.pages.from_file.notice.isVisibleTo(window.pages.results)


def test_saving_over_a_plan_keeps_its_results_or_asks_before_leaving_them_out(
    qtbot: QtBot, window: Window, tiny_plan_file: Path, answers: Answers
) -> None:
    plan_file = tiny_plan_file
    opened(qtbot, window, plan_file)
    before = plan_file.read_bytes()
    model = window.pages.data.model
    model.setData(model.index(0, 1), "Anders")
    answers.choice = 1  # back
    window.commands.save()
    assert "plan.xlsx" in answers.told[-1]
    assert before == plan_file.read_bytes()
    window.calculate()
    qtbot.waitUntil(lambda: len(window.session.plans) == 2, timeout=PATIENCE_MS)
    asked = len(answers.told)
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.commands.save()
    assert asked == len(answers.told)
    assert () == api.verify(plan_file).breaches
    assert not window.session.unsaved
    model.setData(model.index(0, 1), "Weer anders")
    answers.choice = 0  # without the results
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.commands.save()
    with closing(openpyxl.load_workbook(plan_file, read_only=True)) as written:
        assert "Verloop" not in written.sheetnames


def test_the_keyboard_goes_on_at_the_places_when_a_notice_above_them_is_closed(
    qtbot: QtBot, window: Window, plan_file: Path
) -> None:
    opened(qtbot, window, plan_file)
    told(qtbot, window, "Nagerekend: ze kloppen")
    notice = window.pages.from_file.notice
    close = button(notice, "Sluiten")
    close.setFocus()
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert notice.isHidden()
    assert window.focusWidget() is window.pages.results.tabs.tabBar()
