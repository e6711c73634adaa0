"""What the tests of saving in place share: workbooks, saving them, and looking at them again."""

from __future__ import annotations

import shutil
import warnings
import zipfile
from pathlib import Path

import openpyxl

from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from planner.input.book import Book
from planner.input.edits import Edit, SetCell, apply
from tests.planner.files.rich import write_rich

FILES = Path(__file__).parents[2] / "files"

NAME = SetCell("occupancy", 2, "people", 1010)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def loaded(path: Path) -> openpyxl.Workbook:
    """Return a workbook as openpyxl reads it; what it does not keep it says, and is no matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


def rich_by_xlsxwriter(path: Path) -> Path:
    return write_rich(path)


def rich_by_libreoffice(path: Path) -> Path:
    shutil.copyfile(FILES / "rich-libreoffice.xlsx", path)
    return path


def saved(source: Path, edits: list[Edit], to: Path | None = None) -> tuple[Book, Book]:
    """Open a workbook, edit it, save it; return the book as edited and as it is read again."""
    book, _ = apply(read_workbook(source), edits)
    write_workbook(to or source, book, (), Language.NL)
    return book, read_workbook(to or source)


def same_tables(one: Book, two: Book) -> None:
    assert list(one.tables) == list(two.tables)
    for key, table in one.tables.items():
        other = two.tables[key]
        assert dict(table.positions) == dict(other.positions)
        assert table.frame.index.tolist() == other.frame.index.tolist()
        for column in table.frame.columns:
            mine, theirs = table.frame[column].tolist(), other.frame[column].tolist()
            assert [(type(each), each) for each in mine] == [(type(each), each) for each in theirs]
