"""Saving in the window: a user's file keeps what is in it, and what would go is asked first."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl

from planner import api
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.edits import SetCell
from tests.planner.files.gallery.rows import rows_to_plan
from tests.planner.files.gallery.writers import macro_workbook, openpyxl_book
from tests.planner.files.rich import write_rich
from tests.planner.files.saving import FILES, parts
from tests.ui.onscreen import PATIENCE_MS

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Answers
    from ui.window import Window

EDIT = SetCell("occupancy", 2, "people", 1010)


def opened(qtbot: QtBot, window: Window, path: Path) -> None:
    """Open a workbook and edit it."""
    window.commands.open_path(path)
    qtbot.waitUntil(lambda: window.session.origin.path == path, timeout=PATIENCE_MS)
    assert window.session.edit("undo.cell", [EDIT])


def saved(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.commands.save()
    assert not window.session.unsaved


def people(path: Path) -> object:
    return read_workbook(path).tables["occupancy"].frame["people"].loc[2]


def test_ctrl_s_changes_nothing_but_what_was_edited(
    qtbot: QtBot, window: Window, answers: Answers, tmp_path: Path
) -> None:
    path = write_rich(tmp_path / "in.xlsx")
    before = parts(path)
    opened(qtbot, window, path)
    saved(qtbot, window)
    after = parts(path)
    changed = {each for each in before if before[each] != after.get(each)}
    assert {"xl/worksheets/sheet2.xml"} == changed
    assert set(before) == set(after)
    assert 1010 == people(path)
    assert [] == answers.told
    assert window.session.edit("undo.cell", [SetCell("occupancy", 2, "people", 7)])
    saved(qtbot, window)
    assert 7 == people(path)


def test_a_workbook_with_macros_is_saved_where_it_came_from(
    qtbot: QtBot, window: Window, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "in.xlsm"
    macro_workbook(path)
    opened(qtbot, window, path)
    saved(qtbot, window)
    assert "xl/vbaProject.bin" in parts(path)
    assert 1010 == people(path)
    assert [] == answers.told


def test_macros_are_lost_only_after_a_question(
    qtbot: QtBot, window: Window, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "in.xlsm"
    macro_workbook(path)
    opened(qtbot, window, path)
    answers.save, answers.choice = tmp_path / "out.xlsx", 1
    window.commands.save_as()
    qtbot.waitUntil(lambda: bool(answers.told), timeout=PATIENCE_MS)
    assert "macro's" in answers.told[0]
    assert not answers.save.exists()
    answers.choice = 0
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.commands.save_as()
    assert 1010 == people(answers.save)
    assert "xl/vbaProject.bin" in parts(path)
    count = len(answers.told)
    assert window.session.edit("undo.cell", [SetCell("occupancy", 2, "people", 7)])
    saved(qtbot, window)
    assert count == len(answers.told)  # asked once


def test_a_file_of_another_kind_is_saved_beside_it_and_what_it_lacks_is_asked(
    qtbot: QtBot, window: Window, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "in.ods"
    path.write_bytes((FILES / "gallery" / "plain.ods").read_bytes())
    before = path.read_bytes()
    opened(qtbot, window, path)
    answers.save = path  # onto itself cannot be
    window.commands.save()
    qtbot.waitUntil(lambda: bool(answers.told), timeout=PATIENCE_MS)
    answers.save = tmp_path / "out.xlsx"
    qtbot.waitUntil(answers.save.exists, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: not window.session.unsaved, timeout=PATIENCE_MS)
    assert any("formules" in each for each in answers.told)
    assert before == path.read_bytes()
    assert 1010 == people(answers.save)


def test_what_cannot_be_saved_in_place_is_offered_as_a_new_workbook(
    qtbot: QtBot, window: Window, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "in.xlsx"
    rows = rows_to_plan()
    rows["Eigen"] = [["Som"], ["=SUM(Verloop!B5:B9)"]]
    openpyxl_book(rows).save(path)
    book = read_workbook(path)
    api.save_plan(path, book, api.plan(book), Language.NL)
    before = path.read_bytes()
    opened(qtbot, window, path)
    answers.save = tmp_path / "out.xlsx"
    with qtbot.waitSignal(window.commands.wrote, timeout=PATIENCE_MS):
        window.commands.save()
    assert any("Verloop" in each and "opmerkingen" in each for each in answers.told)
    assert before == path.read_bytes()
    assert 1010 == people(answers.save)


def test_a_sheet_of_persons_is_still_there_after_ctrl_s(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    path = tmp_path / "in.xlsx"
    rows = rows_to_plan()
    rows["Bewoners"] = [["Naam", "Geboortedatum"], ["Jan Jansen", "1990-01-01"]]
    openpyxl_book(rows).save(path)
    opened(qtbot, window, path)
    saved(qtbot, window)
    assert "Jan Jansen" == openpyxl.load_workbook(path)["Bewoners"]["A2"].value
    assert zipfile.is_zipfile(path)
