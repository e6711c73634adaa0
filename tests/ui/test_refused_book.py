"""A workbook that was refused for the persons in it is copied nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from planner import api
from planner.core.texts import Language
from planner.files.file_stamp import stamp_of
from planner.input.edits import SetCell
from tests.ui.onscreen import PATIENCE_MS, crash
from ui.files.journal import Journal
from ui.files.recovery import left_behind
from ui.session import BookOrigin

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from planner.input.book import Book
    from tests.ui.conftest import Answers
    from ui.window import Window


def with_persons(path: Path, book: Book) -> Path:
    """Write a workbook with a sheet of made-up persons."""
    api.save_book(path, book, Language.NL)
    written = openpyxl.load_workbook(path)
    written.create_sheet("Bewoners").append(["Jan Jansen", "BSN 123456782"])
    written.save(path)
    return path


def test_a_refused_workbook_is_not_copied_and_its_work_is_kept(
    qtbot: QtBot, window: Window, small_book: Book, tmp_path: Path
) -> None:
    path = with_persons(tmp_path / "P.xlsx", small_book)
    window.commands.open_path(path)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)
    row = int(small_book.frame("locations").index[0])
    window.session.edit("undo.recovered", (SetCell("locations", row, "name", "Anders"),))
    journal = window.commands._journal  # noqa: SLF001 - whether a copy was begun
    assert journal._copying is None  # noqa: SLF001 - as above

    kept = [each for each in tmp_path.rglob("*") if each.is_file() and each != path]
    assert {"edits.jsonl", "header.json"} <= {each.name for each in kept}
    assert not [each for each in kept if each.suffix == ".xlsx"]
    assert not [each for each in kept if b"123456782" in each.read_bytes()]


def test_an_honest_workbook_is_copied(
    qtbot: QtBot, window: Window, small_book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "P.xlsx"
    api.save_book(path, small_book, Language.NL)
    window.commands.open_path(path)
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)

    qtbot.waitUntil(lambda: any((tmp_path / "data").rglob("P.xlsx")), timeout=PATIENCE_MS)


def test_work_on_a_refused_workbook_comes_back_while_it_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "P.xlsx"
    path.write_bytes(b"a workbook")
    journal = left_open(tmp_path, path)
    journal.add((SetCell("locations", 2, "name", "Anders"),))
    crash(journal)

    (left,) = left_behind(tmp_path / "journals").left
    assert path == left.source.path

    path.write_bytes(b"another workbook")
    assert 1 == len(left_behind(tmp_path / "journals").unreadable)


def test_work_since_a_refused_workbook_was_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "P.xlsx"
    path.write_bytes(b"a workbook")
    journal = left_open(tmp_path, path)
    journal.add((SetCell("locations", 2, "name", "Eerst"),))
    path.write_bytes(b"the workbook as saved")
    journal.saved(path, stamp_of(path), wholly=True)
    later = (SetCell("locations", 2, "name", "Daarna"),)
    journal.add(later)
    crash(journal)

    (left,) = left_behind(tmp_path / "journals").left
    assert (later,) == left.steps
    assert path == left.source.path
    assert [] == list((tmp_path / "journals").rglob("*.xlsx"))


def left_open(root: Path, path: Path) -> Journal:
    journal = Journal(root / "journals")
    journal.begin(BookOrigin(path), stamp_of(path), copied=False)
    return journal


def test_what_is_refused_is_told_and_its_sheet_stays_out_of_the_window(
    qtbot: QtBot, window: Window, small_book: Book, answers: Answers, tmp_path: Path
) -> None:
    window.commands.open_path(with_persons(tmp_path / "P.xlsx", small_book))
    qtbot.waitUntil(lambda: window.session.is_open, timeout=PATIENCE_MS)

    state = window.session.state
    assert "Bewoners" not in [each.name for each in state.base.sheets]
    assert "finding.persons" in {each.what.key for each in state.base.findings}
    assert not any("123456782" in each for each in answers.told)
