"""What stands in a workbook is read as Excel reads it, and written so that it reads the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from planner import api
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.files.escapes import decoded, encoded
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from planner.input.book import Book, RawSheet

FILES = Path(__file__).parents[2] / "files" / "gallery"

# As a workbook writes it, and as it is meant.
WRITTEN = [
    ("a_x000D_\nb", "a\r\nb"),
    ("_x005F_x000D_", "_x000D_"),
    ("_x005f_x005F_", "_x005F_"),
    ("x_x0041_x", "xAx"),
    ("_xD83D__xDE00_", "\U0001f600"),
    ("_xD83D_", "_xD83D_"),
    ("_x00_ _xyz_ _x000G_", "_x00_ _xyz_ _x000G_"),
    ("plain", "plain"),
]


@pytest.mark.parametrize(("written", "meant"), WRITTEN)
def test_signs_that_xml_cannot_hold_are_decoded(written: str, meant: str) -> None:
    assert meant == decoded(written)


@pytest.mark.parametrize(
    "text", ["a\r\nb", "_x000D_", "_x005F_x000D_", "\x01", "_x", "__x0041__", "a_x0041_b_x0042_"]
)
def test_what_is_encoded_is_decoded_to_the_same(text: str) -> None:
    assert text == decoded(encoded(text))


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Rewrite one part of a workbook; the others stay as they are."""
    content = path.read_bytes()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for each in source.infolist():
            body = source.read(each)
            target.writestr(each.filename, change(body) if each.filename == part else body)
    return path


def with_line_break(path: Path) -> Path:
    """Write a workbook with a name that Excel broke over two lines."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad1")
        sheet.write_row(0, 0, ["Naam", "Code"])
        sheet.write_row(1, 0, ["regel een\r\nregel twee", "_x0041_"])
        sheet.write_formula(2, 0, '="a"&CHAR(13)', None, "a\r")
    part = path.with_suffix(".xlsx")
    return rewritten(
        part, "xl/worksheets/sheet1.xml", lambda body: body.replace(b"a\r<", b"a_x000D_<")
    )


def test_a_line_break_of_excel_stays_one_when_the_book_is_saved(tmp_path: Path) -> None:
    first = read_workbook(with_line_break(tmp_path / "A.xlsx"))
    (sheet,) = first.sheets
    assert "regel een\r\nregel twee" == sheet.cells[2, 1]
    assert "_x0041_" == sheet.cells[2, 2]
    assert "a\r" == sheet.cells[3, 1]

    api.save_book(tmp_path / "B.xlsx", first, Language.NL)

    with zipfile.ZipFile(tmp_path / "B.xlsx") as saved:
        texts = b"".join(saved.read(each) for each in saved.namelist() if each.endswith(".xml"))
    assert b"een_x000D_" in texts
    assert b"_x005F_x000D_" not in texts
    assert sheet.cells == read_workbook(tmp_path / "B.xlsx").sheets[0].cells


def test_results_that_are_texts_are_written_so_that_they_can_be_read(tmp_path: Path) -> None:
    raw = RawSheet("Any", {(1, 1): "a\rb_x0041_\x02"}, {(1, 1): '="a"'})

    write_workbook(tmp_path / "A.xlsx", Book(sheets=(raw,)), (), Language.NL)

    assert raw.cells == read_workbook(tmp_path / "A.xlsx").sheets[0].cells


@pytest.mark.parametrize(
    "text",
    [
        "<r>a & b</r>",
        "<r><t>a</t></r>",
        "_x005F_x000D_",
        "x005F_",
        " a ",
        "a\n",
        "\ta",
        "<b>",
        "a_x",
    ],
)
def test_any_text_is_written_as_what_it_is(tmp_path: Path, text: str) -> None:
    raw = RawSheet("Any", {(1, 1): text, (2, 1): 1})

    write_workbook(tmp_path / "A.xlsx", Book(sheets=(raw,)), (), Language.NL)

    assert raw.cells == read_workbook(tmp_path / "A.xlsx").sheets[0].cells


def struck(path: Path) -> Path:
    """Write a count of which the first digits are struck out, and a code that is wholly so."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Bezetting")
        line = book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Peildatum", "Locatie", "Groep", "Personen", "Eigen"])
        sheet.write_row(1, 0, ["2026-06-30", "L1", "men"])
        sheet.write_rich_string(1, 3, line, "400", " ", "300")
        sheet.write_row(2, 0, ["2026-06-30", "L2", "men", 5])
        sheet.write(2, 1, "L2", line)
        sheet.write(2, 4, "weg", line)
    return path


def test_what_is_struck_out_is_told_with_its_cell(tmp_path: Path) -> None:
    found = read_workbook(struck(tmp_path / "A.xlsx")).findings

    cells = [each.cell for each in found if each.what.key == "look.struck"]
    assert ["D2", "B3"] == cells


def hidden(path: Path) -> Path:
    book = openpyxl.load_workbook(FILES / "plain.xlsx")
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    return path


def as_utf16(order: str, *, mark: bool) -> Callable[[bytes], bytes]:
    begin = {"le": b"\xff\xfe", "be": b"\xfe\xff"}[order] if mark else b""

    def change(body: bytes) -> bytes:
        text = body.decode()
        text = text if text.startswith("<?xml") else f"<?xml version='1.0' encoding='utf-8'?>{text}"
        text = text.replace("UTF-8", "utf-16", 1).replace("utf-8", "utf-16", 1)
        return begin + text.encode(f"utf-16-{order}")

    return change


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("mark", [True, False])
def test_hidden_rows_are_told_in_every_encoding(tmp_path: Path, order: str, *, mark: bool) -> None:
    plain = read_workbook(hidden(tmp_path / "A.xlsx"))
    change = as_utf16(order, mark=mark)

    book = read_workbook(rewritten(tmp_path / "A.xlsx", "xl/worksheets/sheet1.xml", change))

    keys = [each.what.key for each in book.findings]
    assert "look.hidden_rows" in keys
    assert plain.sheets == book.sheets


def test_a_sheet_in_latin_letters_is_read_as_written(tmp_path: Path) -> None:
    def change(body: bytes) -> bytes:
        text = body.decode().removeprefix("<?xml version='1.0' encoding='utf-8'?>")
        return b"<?xml version='1.0' encoding='iso-8859-1'?>" + text.encode("iso-8859-1")

    path = rewritten(hidden(tmp_path / "A.xlsx"), "xl/worksheets/sheet1.xml", change)

    assert "look.hidden_rows" in [each.what.key for each in read_workbook(path).findings]


@pytest.mark.parametrize(
    "twin",
    ["Xl/WORKSHEETS/SHEET1.XML", "xl\\worksheets\\sheet1.xml", "/xl/worksheets/sheet1.xml",
     "xl/./worksheets/sheet1.xml", "xl/worksheets/%73heet1.xml"],
)  # fmt: skip
def test_a_part_under_two_spellings_of_one_name_is_refused(tmp_path: Path, twin: str) -> None:
    path = tmp_path / "A.xlsx"
    path.write_bytes((FILES / "plain.xlsx").read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(twin, archive.read("xl/worksheets/sheet1.xml"))

    with pytest.raises(UnusableInputError) as refused:
        read_workbook(path)

    assert "file.damaged" == refused.value.told.key


DOCTYPE = b'<!DOCTYPE x [<!ENTITY seven "7777">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("before", [0, 5000, 500_000, 3_000_000])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_definitions_are_refused_wherever_they_stand(
    tmp_path: Path, part: str, before: int, encoding: str
) -> None:
    path = tmp_path / "A.xlsx"
    path.write_bytes((FILES / "plain.xlsx").read_bytes())

    def change(body: bytes) -> bytes:
        _, end, rest = body.partition(b"?>")
        rest = rest if end else body
        text = b"<!-- " + b"x" * before + b" -->" + DOCTYPE + rest
        return (f'<?xml version="1.0" encoding="{encoding}"?>' + text.decode()).encode(encoding)

    with pytest.raises(UnusableInputError):
        read_workbook(rewritten(path, part, change))
