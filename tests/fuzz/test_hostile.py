"""Hostile files are read or refused in words within 10 s and 500 MB."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from planner.core.errors import UnusableInputError
from planner.files.ods_file import read_open_document
from planner.files.reading import read_sheets, read_workbook
from planner.files.sheet_layout import look_of
from planner.input.book import RawSheet
from planner.input.days import day_readings, month_readings
from planner.input.numerals import number_readings
from tests.fuzz.bases import KEPT
from tests.fuzz.hostile import SORTS
from tests.fuzz.judging import at_most
from tests.planner.files.gallery.writers import by_openpyxl

ROOT = Path(__file__).parents[2]


def _judge(first: int, count: int) -> None:
    # In a process of its own, which is small: what others left there would count as memory.
    told = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "tests.fuzz.hostile_judging", str(first), str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert f"{count} files, 0 wrong" in told.stdout, told.stdout + told.stderr


def test_a_hostile_file_of_each_sort_is_read_or_refused_soon_and_in_little_memory() -> None:
    _judge(0, len(SORTS))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 2000, 100))
def test_two_thousand_hostile_files_are_read_or_refused_soon(first: int) -> None:
    _judge(first, 100)


@pytest.mark.parametrize("beginning", [b"<mergeCell ", b"<col ", b"<row hidden=", b"<x:row "])
def test_beginnings_of_tags_without_an_end_are_passed_over_at_once(beginning: bytes) -> None:
    with at_most(2):
        look = look_of(b"<![CDATA[" + beginning * 100_000 + b"]]>")
    assert () == look.merged


@pytest.mark.parametrize("sign", [",", " ", "1 ", "a ", "€"])
def test_a_cell_full_of_one_sign_is_no_day_and_no_number_at_once(sign: str) -> None:
    long = sign * 32_767
    with at_most(1):
        assert () == (*day_readings(long), *month_readings(long), *number_readings(long))


def test_a_pipe_that_nobody_writes_to_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "in.xlsx"
    os.mkfifo(pipe)
    found: list[UnusableInputError] = []

    def read() -> None:
        try:
            read_workbook(pipe)
        except UnusableInputError as refused:
            found.append(refused)

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    reading.join(timeout=5)
    assert ["file.no_file"] == [each.told.key for each in found]


def test_a_file_of_gigabytes_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(UnusableInputError) as refused:
        read_workbook(path)
    assert "file.too_large" == refused.value.told.key


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/other.bin"])
def test_a_part_that_unpacks_to_very_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, part: str
) -> None:
    by_openpyxl(tmp_path / "plain.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "plain.xlsx") as old,
        zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b" " * 100_000_000 if name == part else b""))
        if part not in old.namelist():
            new.writestr(part, b" " * 100_000_000)
    with pytest.raises(UnusableInputError) as refused:
        read_workbook(tmp_path / "bomb.xlsx")
    assert "file.too_large" == refused.value.told.key


@pytest.mark.parametrize("line", [",;" * 600_000, '"' * 1_200_000], ids=["signs", "quotes"])
def test_a_text_with_a_line_of_a_million_signs_is_refused_before_it_is_parted(
    tmp_path: Path, line: str
) -> None:
    path = tmp_path / "line.csv"
    path.write_text(f"Peildatum;Locatie;Groep;Personen\n{line}\n", encoding="utf-8")
    with pytest.raises(UnusableInputError) as refused:
        read_workbook(path)
    assert "file.too_large" == refused.value.told.key


def test_more_rows_than_any_plan_has_are_refused_before_they_are_read(tmp_path: Path) -> None:
    by_openpyxl(tmp_path / "plain.xlsx")
    many = b"".join(b"<row r='%d'><c><v>1</v></c></row>" % at for at in range(100, 300_101))
    with (
        zipfile.ZipFile(tmp_path / "plain.xlsx") as old,
        zipfile.ZipFile(tmp_path / "rows.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"</sheetData>", many + b"</sheetData>"))
    with pytest.raises(UnusableInputError) as refused:
        read_workbook(tmp_path / "rows.xlsx")
    assert "file.too_large" == refused.value.told.key


def test_hidden_rows_and_columns_are_told_only_where_something_stands() -> None:
    row = (
        b'<table:table-row table:visibility="collapse" table:number-rows-repeated="3">'
        b"<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    )
    more = b'<table:table-row table:visibility="collapse" table:number-rows-repeated="1048576"/>'
    sheet = _only_table(row + more)
    assert frozenset({1, 2, 3}) == sheet.look.hidden_rows


def _only_table(rows: bytes) -> RawSheet:
    out = io.BytesIO()
    with zipfile.ZipFile(KEPT / "plain.ods") as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "content.xml":
                head, _, tail = content.partition(b"<office:spreadsheet>")
                table = b'<table:table table:name="t">' + rows + b"</table:table>"
                end = tail[tail.index(b"</office:spreadsheet>") :]
                content = head + b"<office:spreadsheet>" + table + end
            new.writestr(name, content)
    return read_open_document(out.getvalue(), "t.ods")[0][0]


def test_a_text_in_place_is_read_whole_though_its_parts_look_otherwise(tmp_path: Path) -> None:
    by_openpyxl(tmp_path / "plain.xlsx")
    cell = (
        b'<row r="9"><c r="A9" t="inlineStr"><is><r><rPr><b/></rPr><t>van</t></r>'
        b"<r><t> Oort</t></r><rPh><t>no</t></rPh></is></c></row></sheetData>"
    )
    with (
        zipfile.ZipFile(tmp_path / "plain.xlsx") as old,
        zipfile.ZipFile(tmp_path / "rich.xlsx", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", cell))
    sheets, _ = read_sheets(tmp_path / "rich.xlsx")
    assert {"van Oort"} == {sheet.cells[9, 1] for sheet in sheets}
