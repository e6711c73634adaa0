"""Saving in place where sheets come and go: plans, new tables, refused sheets, macros."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.core.texts import Language
from planner.files.losses import NotInPlaceError
from planner.files.reading import read_workbook
from planner.input.edits import AddRow, Edit, SetCell, apply
from tests.planner.files.gallery.rows import plain_rows, rows_to_plan
from tests.planner.files.gallery.writers import (
    macro_workbook,
    openpyxl_book,
)
from tests.planner.files.rich import write_rich
from tests.planner.files.saving import (
    NAME,
    loaded,
    parts,
    same_tables,
    saved,
)

# Sheets that come and go.


def test_a_table_that_had_no_sheet_gets_one_behind_the_others(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx")
    before = parts(source)
    edits: list[Edit] = [AddRow("provinces", 2, {"province": "Drenthe"})]
    edited, again = saved(source, edits)
    same_tables(edited, again)
    after = parts(source)
    names = loaded(source).sheetnames
    assert "Provincies" in names[6:]
    sheets = [
        each for each in before if each.startswith(("xl/worksheets/", "xl/drawings", "xl/ch"))
    ]
    assert [] == [each for each in sheets if before[each] != after[each]]


def test_a_sheet_of_persons_stays_in_the_file(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    rows = plain_rows()
    rows["Bewoners"] = [["Naam", "Geboortedatum"], ["Jan Jansen", dt.date(1990, 1, 1)]]
    openpyxl_book(rows).save(source)
    book = read_workbook(source)
    assert "Bewoners" not in {each.name for each in book.sheets}
    saved(source, [NAME])
    assert "Jan Jansen" == loaded(source)["Bewoners"]["A2"].value


def test_a_plan_keeps_the_workbook_that_it_was_made_of(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx")
    book = read_workbook(source)
    target = tmp_path / "plan.xlsx"
    api.save_plan(target, book, api.plan(book), Language.NL)
    assert () == api.verify(target).breaches
    before, after = parts(source), parts(target)
    changed = {each for each in before if before[each] != after[each]}
    workbook = "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"
    # The sheet that was in view is so no more.
    # That it holds a plan is told beside the owner's properties.
    marks = "[Content_Types].xml", "docProps/custom.xml"
    assert changed == {*workbook, *marks, "xl/worksheets/sheet2.xml"}
    made: Any = loaded(target)
    assert "Overzicht" == made.sheetnames[0] == made.active.title
    assert 1 == sum(bool(each.sheet_view.tabSelected) for each in made.worksheets)
    assert "Locaties!$C$2:$C$3" == made["Locaties"].defined_names["Bedden"].attr_text
    assert "Van de eigenaar" == made.properties.title


def test_a_plan_is_made_again_in_its_own_workbook(tmp_path: Path) -> None:
    path = write_rich(tmp_path / "plan.xlsx")
    for _ in range(3):
        book = read_workbook(path)
        api.save_plan(path, book, api.plan(book), Language.NL)
    assert () == api.verify(path).breaches
    made = loaded(path)
    assert len(made.sheetnames) == len({each.rstrip(" (0123456789)") for each in made.sheetnames})
    assert "Locaties!$C$2:$C$3" == made["Locaties"].defined_names["Bedden"].attr_text
    held = parts(path)
    assert len([each for each in held if each.startswith("xl/charts/chart")]) == 3 + 3


def test_results_make_way_for_an_edit_and_leave_nothing(tmp_path: Path) -> None:
    source = write_rich(tmp_path / "in.xlsx")
    before = parts(source)
    book = read_workbook(source)
    api.save_plan(source, book, api.plan(book), Language.NL)
    saved(source, [NAME])
    made = loaded(source)
    assert {"Overzicht", "Samenvatting"}.isdisjoint(made.sheetnames)
    after = parts(source)
    assert set(after) - set(before) == {"xl/tables/table1.xml"} - set(before)
    assert "Locaties!$C$2:$C$3" == made["Locaties"].defined_names["Bedden"].attr_text


def test_results_that_own_formulas_use_are_not_taken_away(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    rows = rows_to_plan()
    rows["Eigen"] = [["Som"], ["=SUM(Verloop!B5:B9)"]]
    openpyxl_book(rows).save(source)
    book = read_workbook(source)
    api.save_plan(source, book, api.plan(book), Language.NL)
    before = source.read_bytes()
    with pytest.raises(NotInPlaceError) as caught:
        saved(source, [NAME])
    assert "Verloop" in caught.value.told.text(Language.NL)
    assert before == source.read_bytes()
    edited, _ = apply(read_workbook(source), [NAME])
    api.save_plan(source, edited, api.plan(edited), Language.NL)
    assert "=SUM(Verloop!B5:B9)" == loaded(source)["Eigen"]["A2"].value


def test_a_new_column_leaves_the_owners_columns_alone(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsx"
    rows = plain_rows()
    for line, note in zip(rows["Locaties"], ("Eigen", "a", "b"), strict=True):
        line.append(note)
    openpyxl_book(rows).save(source)
    edited, again = saved(source, [SetCell("locations", 2, "name", "Nieuw")])
    same_tables(edited, again)
    page = loaded(source)["Locaties"]
    assert ["Eigen", "a", "b"] == [page.cell(row, 7).value for row in (1, 2, 3)]
    assert "Nieuw" == page["H2"].value


# Macros.


def test_macros_stay_in_a_file_for_macros_and_only_there(tmp_path: Path) -> None:
    source = tmp_path / "in.xlsm"
    macro_workbook(source)
    saved(source, [NAME])
    held = parts(source)
    assert b"no macro is ever run" == held["xl/vbaProject.bin"]
    assert b"macroEnabled" in held["[Content_Types].xml"]
    saved(source, [NAME], tmp_path / "out.xlsx")
    held = parts(tmp_path / "out.xlsx")
    assert "xl/vbaProject.bin" not in held
    assert b"macroEnabled" not in held["[Content_Types].xml"]
