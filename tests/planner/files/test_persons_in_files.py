"""Personal data are found wherever a file may hold them; all that stands here is made up."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from planner import api
from planner.core.errors import Severity
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.book import Book

FILES = Path(__file__).parents[2] / "files" / "gallery"
DATUM = "Jan Jansen 1990-01-01 BSN 123456782"


def told(book: Book) -> list[str]:
    """Return the lines about persons that refuse something."""
    found = [each for each in book.findings if each.what.key.startswith("finding.persons")]
    return [each.line(Language.NL) for each in found if each.severity is Severity.ERROR]


def with_comment(path: Path) -> None:
    book = openpyxl.load_workbook(FILES / "plain.xlsx")
    book.worksheets[0]["B3"].comment = Comment(DATUM, "x")
    book.save(path)


def with_comment_by_another(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write(0, 0, "Nr")
        sheet.write_comment("C4", "111222333")


def with_property(path: Path) -> None:
    book = openpyxl.load_workbook(FILES / "plain.xlsx")
    book.properties.subject = DATUM
    book.save(path)


def with_own_property(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Blad1").write(0, 0, "Nr")
        book.set_custom_property("kenmerk", "123456782")


def with_text_box(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write(0, 0, "Nr")
        sheet.insert_textbox("B2", DATUM)


def with_formula(path: Path) -> None:
    book = openpyxl.load_workbook(FILES / "plain.xlsx")
    book.create_sheet("Extra").append(["code", "=123456782"])
    book.save(path)


def with_title(path: Path) -> None:
    book = openpyxl.load_workbook(FILES / "plain.xlsx")
    book.create_sheet("123456782").append(["code", 1])
    book.save(path)


def in_a_result_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(FILES / "plan.xlsx")
    book["Samenvatting"]["F9"] = DATUM
    book.save(path)


def with_a_column_in_a_result_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(FILES / "plan.xlsx")
    sheet = book["Samenvatting"]
    sheet["H3"], sheet["H4"] = "Volledige naam", "x"
    book.save(path)


def with_annotation(path: Path) -> None:
    """Write an OpenDocument sheet with an annotation in its first cell."""
    note = f"<office:annotation><text:p>{DATUM}</text:p></office:annotation>"
    with zipfile.ZipFile(FILES / "plain.ods") as source, zipfile.ZipFile(path, "w") as target:
        for each in source.infolist():
            body = source.read(each)
            if each.filename == "content.xml":
                end = b"</table:table-cell>"
                body = body.replace(end, note.encode() + end, 1)
            target.writestr(each, body)


WRITERS = [
    with_comment, with_comment_by_another, with_property, with_own_property, with_text_box,
    with_formula, with_title, in_a_result_sheet, with_a_column_in_a_result_sheet,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
def test_persons_are_found_wherever_they_stand(
    tmp_path: Path, write: Callable[[Path], None]
) -> None:
    path = tmp_path / "P.xlsx"
    write(path)

    book = read_workbook(path)

    lines = told(book)
    assert lines
    assert not any(each in line for line in lines for each in ("Jansen", "123456782", "111222333"))
    assert api.check(book).case is None


def test_persons_are_found_in_annotations_of_an_open_document(tmp_path: Path) -> None:
    path = tmp_path / "P.ods"
    with_annotation(path)

    assert told(read_workbook(path))


def test_a_text_file_of_persons_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "P.csv"
    path.write_text("Naam;Geb.\nJan Jansen;01-01-1990\nOmar Hassan;02-03-1988\n", encoding="utf-8")

    assert told(read_workbook(path))


@pytest.mark.parametrize("size", ["small", "national"])
@pytest.mark.parametrize("language", Language)
def test_the_demos_raise_no_alarm(size: str, language: Language) -> None:
    book = api.open_demo(size, language)

    assert not [each for each in book.findings if each.what.key.startswith("finding.persons")]


@pytest.mark.parametrize("name", sorted(each.name for each in FILES.iterdir()))
def test_the_gallery_of_honest_files_raises_no_alarm(name: str) -> None:
    found = read_workbook(FILES / name).findings

    assert not [each for each in found if each.what.key.startswith("finding.persons")]
