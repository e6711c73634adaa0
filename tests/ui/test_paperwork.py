"""Files beside the open book: looked through, taken over, marked, printed; each to its end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QComboBox

from planner import api
from planner.core.texts import Language
from planner.importing import service as import_service
from planner.importing.preview import How
from planner.input.book import Book
from planner.input.edits import AddRow, SetCell, apply
from tests.ui.every.heard import unheard
from tests.ui.onscreen import PATIENCE_MS, buttons_in, there, words_in
from ui.importing.dialog import SHEETS
from ui.importing.mapping_panel import ANSWER
from ui.importing.sheet_panel import TAKEN
from ui.importing.work import ImportWay
from ui.state import Step

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.importing.dialog import ImportDialog
    from ui.session import Made
    from ui.window import Window


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """The small demo with a sheet and a column of other names, and a slip."""
    path = tmp_path / "rommelig.xlsx"
    api.save_book(path, api.open_demo("small"), Language.NL)
    book = openpyxl.load_workbook(path)
    sheet = book["Locaties"]
    sheet.title = "Panden"
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Bijgewerkt door planning"
    line = next(row for row in sheet.iter_rows() if row[0].value == "Locatiecode")
    titles = {cell.value: cell for cell in line}
    titles["Bedden"].value = "Hoeveel kunnen er slapen"
    book.save(path)
    return path


@pytest.fixture
def update(tmp_path: Path) -> Path:
    """One location with other beds, and a location that is new."""
    path = tmp_path / "Locaties.csv"
    locations = api.open_demo("small").frame("locations")
    known, kind = locations["id"].iloc[0], locations["type"].iloc[0]
    path.write_text(
        f"Locatiecode;Type;Bedden\n{known};{kind};77\nNIEUW;{kind};10\n", encoding="utf-8"
    )
    return path


def looked_into(qtbot: QtBot, window: Window, path: Path) -> ImportDialog:
    window.paper.import_path(path)
    dialog = window.paper.importing
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.work.looking, timeout=PATIENCE_MS)
    return dialog


def choose(qtbot: QtBot, dialog: ImportDialog, chooser: QComboBox, data: str) -> None:
    chooser.setCurrentIndex(chooser.findData(data))
    chooser.activated.emit(chooser.currentIndex())
    qtbot.waitUntil(lambda: not dialog.work.looking, timeout=PATIENCE_MS)


def chooser_of(dialog: ImportDialog, heading: str) -> QComboBox:
    columns = dialog.sheet.columns
    at = next(
        at for at in range(columns.rowCount()) if there(columns.item(at, 1)).text() == heading
    )
    found = columns.cellWidget(at, TAKEN)
    assert isinstance(found, QComboBox)
    return found


def test_a_messy_file_becomes_a_clean_plan(
    qtbot: QtBot, window: Window, messy: Path, answers: Answers, tmp_path: Path
) -> None:
    window.commands.open_path(messy)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    assert window.session.checked.errors
    assert window.paper.notice.isVisible()

    buttons_in(window.paper.notice)[0].click()
    dialog = window.paper.importing
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.work.looking, timeout=PATIENCE_MS)
    names = [each.name for each in there(dialog.work.seen).seen.sheets]
    dialog.sheets.setCurrentRow(names.index("Panden"))
    choose(qtbot, dialog, dialog.sheet.table, "locations")
    assert dialog.sheet.header.value() > 2
    assert "Bedden" in words_in(dialog.sheet)
    choose(qtbot, dialog, chooser_of(dialog, "Hoeveel kunnen er slapen"), "beds")
    assert "Nog nodig" not in words_in(dialog.sheet)
    dialog.way.setCurrentIndex(dialog.way.findData(ImportWay.NEW.value))
    qtbot.waitUntil(lambda: not dialog.work.looking, timeout=PATIENCE_MS)
    answers.save = tmp_path / "schoon.xlsx"
    dialog.ok.click()
    qtbot.waitUntil(lambda: window.session.origin.path == answers.save, timeout=PATIENCE_MS)

    assert 0 == window.session.checked.errors
    assert not window.paper.notice.isVisible()
    window.calculate()
    qtbot.waitUntil(lambda: bool(window.session.plans), timeout=PATIENCE_MS)
    assert window.session.plans[0].plan.found
    again = looked_into(qtbot, window, messy)
    qtbot.waitUntil(again.notice.isVisible, timeout=PATIENCE_MS)
    assert there(again.work.choice("Panden")).columns
    again.reject()


def test_merging_by_id_is_one_step_to_undo(qtbot: QtBot, small: Window, update: Path) -> None:
    before = there(small.session.sheet("locations")).frame
    dialog = looked_into(qtbot, small, update)
    assert ImportWay.MERGE is dialog.work.way
    said = [dialog.changes.index(at, 0).data() for at in range(dialog.changes.rowCount())]
    assert ["cel gewijzigd", "rij erbij"] == said
    assert there(small.session.sheet("locations")).frame is before

    dialog.ok.click()
    after = there(small.session.sheet("locations")).frame
    assert 77 == int(after["beds"].iloc[0])
    assert "NIEUW" == after["id"].iloc[-1]
    assert "undo.import" == small.session.undo_name()
    small.session.undo()
    assert before.equals(there(small.session.sheet("locations")).frame)


def test_a_paste_with_other_titles_is_looked_through_taken_over_and_undone(
    qtbot: QtBot, small: Window
) -> None:
    small.go_to(Step.DATA)
    tables = small.tables
    before = there(small.session.sheet("locations")).frame
    known, kind = before["id"].iloc[0], before["type"].iloc[0]
    text = f"Code locatie\tSoort\tPlekken\n{known}\t{kind}\t77\nNIEUW\t{kind}\t10\n"
    QGuiApplication.clipboard().setText(text)
    tables.grid.setCurrentIndex(tables.model.index(0, 0))
    tables.paste()

    dialog = there(small.paper.importing)
    qtbot.waitUntil(lambda: not dialog.work.looking, timeout=PATIENCE_MS)
    assert dialog.isVisible()
    assert there(small.session.sheet("locations")).frame is before  # nothing yet
    said = [dialog.changes.index(at, 0).data() for at in range(dialog.changes.rowCount())]
    assert ["cel gewijzigd", "rij erbij"] == said
    dialog.ok.click()
    qtbot.waitUntil(lambda: small.session.undo_name() == "undo.import", timeout=PATIENCE_MS)
    after = there(small.session.sheet("locations")).frame
    assert (77, "NIEUW") == (int(after["beds"].iloc[0]), after["id"].iloc[-1])
    small.session.undo()
    assert before.equals(there(small.session.sheet("locations")).frame)


def test_a_file_can_be_looked_through_and_left(qtbot: QtBot, small: Window, update: Path) -> None:
    dialog = looked_into(qtbot, small, update)
    small.choose_language(Language.EN)
    assert "Take over" == dialog.ok.text()
    for at in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(at)
        assert [] == unheard(dialog)
    assert "Take over data from Locaties.csv" == dialog.windowTitle()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not small.session.unsaved


def test_another_header_row_is_another_reading(qtbot: QtBot, small: Window, update: Path) -> None:
    dialog = looked_into(qtbot, small, update)
    dialog.sheet.header.setValue(2)
    qtbot.waitUntil(lambda: not dialog.work.looking, timeout=PATIENCE_MS)
    (sheet,) = there(dialog.work.seen).seen.sheets
    assert (2, 0) == (sheet.header_row, sheet.rows)
    assert {"id", "type", "beds"} == set(sheet.missing)
    assert not dialog.ok.isEnabled()
    assert "op: Locaties" in words_in(dialog)
    dialog.work.forget()
    qtbot.waitUntil(lambda: not dialog.work.looking, timeout=PATIENCE_MS)
    assert dialog.ok.isEnabled()
    dialog.findings.chosen.emit(there(dialog.work.seen).seen.findings[0])
    assert SHEETS == dialog.tabs.currentIndex()
    dialog.reject()


def test_without_an_open_book_there_is_one_way(qtbot: QtBot, window: Window, messy: Path) -> None:
    dialog = looked_into(qtbot, window, messy)
    assert (ImportWay.NEW,) == dialog.work.ways
    dialog.reject()


def test_a_file_that_cannot_be_read_says_so_in_the_dialog(
    qtbot: QtBot, small: Window, tmp_path: Path
) -> None:
    path = tmp_path / "kapot.xlsx"
    path.write_bytes(b"PK nothing")
    dialog = looked_into(qtbot, small, path)
    assert dialog.notice.isVisible()
    assert not dialog.ok.isEnabled()
    dialog.reject()


def test_a_workbook_of_another_layout_is_asked_about_and_remembered(
    qtbot: QtBot, small: Window, tmp_path: Path
) -> None:
    path = tmp_path / "bezetting.xlsx"
    book = openpyxl.Workbook()
    for row in (["Stand per 1 juli 2026"], ["Locatie", "Gezin", "zzgroep"], ["L01", 3, 4]):
        there(book.active).append(row)
    book.save(path)

    dialog = looked_into(qtbot, small, path)

    panel = dialog.mapping
    assert dialog.tabs.currentWidget() is panel
    asked = [
        there(panel.questions.item(row, 0)).text() for row in range(panel.questions.rowCount())
    ]
    assert ["Gezin", "zzgroep"] == asked
    assert not dialog.ok.isEnabled()
    assert [] == unheard(dialog)

    chooser = there(panel.questions.cellWidget(1, ANSWER))
    assert isinstance(chooser, QComboBox)
    chooser.setCurrentIndex(chooser.findData("single_men"))
    chooser.activated.emit(chooser.currentIndex())
    qtbot.waitUntil(dialog.ok.isEnabled, timeout=PATIENCE_MS)
    dialog.ok.click()
    qtbot.waitUntil(lambda: small.paper.importing is None, timeout=PATIENCE_MS)
    rows = there(small.session.sheet("occupancy")).frame.to_dict("records")
    assert {("gezinnen", 3), ("alleenstaande mannen", 4)} == {
        (each["group"], each["people"]) for each in rows if each["date"] == dt.date(2026, 7, 1)
    }

    again = looked_into(qtbot, small, path)
    qtbot.waitUntil(lambda: there(again.work.seen).recalled, timeout=PATIENCE_MS)
    assert 0 == there(again.work.seen).open_count
    again.reject()


def test_a_layout_is_saved_as_a_file_and_the_next_month_is_read_by_it(
    qtbot: QtBot, small: Window, tmp_path: Path, answers: Answers
) -> None:
    paths = []
    for month in ("juli", "augustus"):
        book = openpyxl.Workbook()
        title = f"Stand per 1 {month} 2026"
        for row in ([title], ["Locatie", "Gezin", "zzgroep"], ["L01", 3, 4]):
            there(book.active).append(row)
        paths.append(tmp_path / f"{month}.xlsx")
        book.save(paths[-1])
    answers.save = answers.open = tmp_path / "indeling.json"
    first = looked_into(qtbot, small, paths[0])
    assert not first.ok.isEnabled()
    chooser = there(first.mapping.questions.cellWidget(1, ANSWER))
    assert isinstance(chooser, QComboBox)
    chooser.setCurrentIndex(chooser.findData("single_men"))
    chooser.activated.emit(chooser.currentIndex())
    qtbot.waitUntil(first.ok.isEnabled, timeout=PATIENCE_MS)
    first.keep.click()
    assert "zzgroep" in answers.save.read_text(encoding="utf-8")
    first.reject()

    second = looked_into(qtbot, small, paths[1])
    assert not second.ok.isEnabled()
    second.read_by.click()
    qtbot.waitUntil(second.ok.isEnabled, timeout=PATIENCE_MS)
    made = there(second.work.seen).takeover.edits
    added = [each.cells for each in made if isinstance(each, AddRow)]
    assert [dt.date(2026, 8, 1)] * 2 == [each["date"] for each in added]

    answers.open = tmp_path / "geen.json"
    answers.open.write_text('{"version": 1, "parts": [{"table": "huizen"}]}', encoding="utf-8")
    second.read_by.click()
    assert "huizen" in answers.told[-1]
    second.reject()


def test_findings_are_put_in_a_copy_of_the_users_file(
    qtbot: QtBot, window: Window, messy: Path, answers: Answers, tmp_path: Path
) -> None:
    window.commands.open_path(messy)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    answers.save = tmp_path / "gemerkt.xlsx"
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.paper.mark_findings()
    book = openpyxl.load_workbook(answers.save)
    assert "Bevindingen" == book.sheetnames[0]
    assert "Bijgewerkt door planning" == book["Panden"]["A1"].value


def test_what_was_changed_since_is_marked_in_the_copy(tmp_path: Path) -> None:
    path = tmp_path / "gemerkt.xlsx"
    book = api.open_demo("small")
    frame = book.frame("locations")
    row = int(frame.index[0])
    edited, _ = apply(book, [SetCell("locations", row, "beds", "veel")])
    import_service.write_own_findings(path, None, edited, scenario=None, language=Language.NL)
    marked = [
        cell.value
        for line in openpyxl.load_workbook(path)["Locaties"].iter_rows()
        for cell in line
        if cell.comment is not None and "veel" in cell.comment.text
    ]
    assert ["veel"] == marked


def test_a_book_of_its_own_holds_what_the_file_holds(tmp_path: Path) -> None:
    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    book = api.open_demo("small")
    api.save_book(source, book, Language.NL)
    seen = import_service.look_into(source, None, None, store=tmp_path / "store.json", book=Book())
    import_service.write_taken(target, seen.takeover.edits, Language.NL)
    whole = api.check(api.open_workbook(target))
    assert there(api.check(book).case).fingerprint == there(whole.case).fingerprint
    same = import_service.look_into(source, None, How.ALL, store=tmp_path / "store.json", book=book)
    assert () == same.takeover.changes


def text_of(path: Path) -> str:
    """Return what stands on the pages of a PDF, without the ends of its lines."""
    pages = PdfReader(path).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_report_is_shown_printed_and_written(
    qtbot: QtBot, small: Window, small_made: Made, answers: Answers, tmp_path: Path
) -> None:
    small.session.take_plan(replace(small_made, state=small.session.state))
    with qtbot.waitSignal(small.commands.busy, timeout=PATIENCE_MS):
        small.paper.preview_report()
    qtbot.waitUntil(lambda: small.paper.preview is not None, timeout=PATIENCE_MS)
    shown = there(small.paper.preview)
    assert there(shown.findChild(QPrintPreviewWidget)).pageCount() > 5
    assert [] == unheard(shown)

    printed = tmp_path / "printed.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(printed))
    shown.paintRequested.emit(printer)
    assert printed.read_bytes().startswith(b"%PDF")
    sheets = printed.read_bytes().count(b"/Type /Page\n")
    assert there(shown.findChild(QPrintPreviewWidget)).pageCount() == sheets

    answers.save = tmp_path / "rapport.pdf"
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        shown.save.click()
    assert answers.save.read_bytes().startswith(b"%PDF")
    chapter = "Vergelijking van plannen"
    assert chapter not in text_of(answers.save)

    # Where there is a plan before it, the report says what differs.
    small.session.take_plan(replace(small_made, state=small.session.state))
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        shown.save.click()
    assert chapter in text_of(answers.save)
    shown.reject()


def test_a_target_that_is_open_elsewhere_gives_a_copy(
    qtbot: QtBot,
    small: Window,
    answers: Answers,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = tmp_path / "bezet.xlsx"
    taken.mkdir()  # nothing can take the place of a folder, as of a file that Excel has open
    answers.save = taken
    free = tmp_path / "kopie.xlsx"
    asked: list[str] = []

    def other(title: str, name: str) -> Path:
        asked.append(f"{title}: {name}")
        return taken if len(asked) == 1 else free

    monkeypatch.setattr(small.commands.asking, "save_path", other)
    with qtbot.waitSignal(small.commands.wrote, timeout=PATIENCE_MS):
        small.commands.save_as()
    assert "Kopie opslaan als…: bezet (kopie).xlsx" == asked[1]
    assert "Kopie opslaan als" in answers.told[-1]
    assert free.is_file()
    assert free == small.session.origin.path


def test_no_copy_is_made_of_what_the_user_gives_up(
    qtbot: QtBot, small: Window, answers: Answers, tmp_path: Path
) -> None:
    answers.save = tmp_path / "weg" / "bezet.xlsx"
    answers.choice = 1
    small.commands.template()
    qtbot.waitUntil(lambda: bool(answers.told), timeout=PATIENCE_MS)
    assert "Er is niets geschreven" in answers.told[-1]
    assert not answers.save.exists()
