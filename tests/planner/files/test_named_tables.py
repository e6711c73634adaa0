"""Tables of the spreadsheet's own in workbooks we write: as Excel asks, and kept by LibreOffice."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl.worksheet.table import Table

from planner import api
from planner.core.texts import Language
from planner.files.losses import NotInPlaceError
from planner.files.named_tables import name_of
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from planner.input.book import Book, RawSheet, RawValue
from planner.input.edits import SetCell, apply
from tests.planner.files.gallery.rows import rows_to_plan
from tests.planner.files.gallery.writers import openpyxl_book
from tests.planner.files.libreoffice import saved_by_libreoffice
from tests.planner.files.rich import write_rich
from tests.planner.files.saving import NAME, loaded, saved

OWN = "Eigen som"


def tables_in(path: Path) -> dict[str, tuple[str, str]]:
    """Return the sheet and the range of each table, held against what Excel asks of it."""
    book: Any = loaded(path)
    found: dict[str, tuple[str, str]] = {}
    numbers = set()
    for page in book.worksheets:
        for table in page.tables.values():
            header = [cell.value for cell in page[table.ref][0]]
            assert header == [each.name for each in table.tableColumns], page.title
            assert len({each.casefold() for each in header}) == len(header), page.title
            assert page.auto_filter.ref is None, page.title
            numbers.add(table.id)
            found[table.displayName.casefold()] = (page.title, table.ref)
    assert len(numbers) == len(found) == sum(len(page.tables) for page in book.worksheets)
    assert {each.casefold() for each in book.defined_names}.isdisjoint(found)
    return found


def sum_of_people(path: Path) -> Path:
    """Put a sheet of the owner's own in a plan that adds people up by the name of the table."""
    book = loaded(path)
    page = book.create_sheet(OWN)
    page["A1"], page["A2"] = "Som", "=SUM(Plaatsing[Personen])"
    book.save(path)
    return path


def test_every_table_of_a_plan_is_one_of_the_spreadsheet_and_libreoffice_keeps_it(
    demo: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(demo / "plan.xlsx", tmp_path / "plan.xlsx"))
    found = tables_in(path)
    assert {"locaties", "plaatsing", "tekorten", "per_provincie", "per_gemeente"} <= set(found)
    assert not any(name.startswith("_") for name, _ in found.values())
    if not shutil.which("soffice"):
        return
    summed = sum_of_people(path)
    out = tmp_path / "out"
    out.mkdir()
    theirs = saved_by_libreoffice(summed, "xlsx", out)
    assert found == tables_in(theirs)
    cells = {sheet.name: sheet.cells for sheet in read_workbook(theirs).sheets}
    placed = cells["Plaatsing"]
    column = next(at for (row, at), value in placed.items() if row == 3 and value == "Personen")
    people = [value for (row, at), value in placed.items() if at == column and row > 3]
    assert sum(float(str(each)) for each in people) == pytest.approx(float(str(cells[OWN][2, 1])))


def test_tables_beside_those_of_the_owner_have_names_and_numbers_of_their_own(
    tmp_path: Path,
) -> None:
    path = write_rich(tmp_path / "plan.xlsx")
    book = loaded(path)
    page = book.create_sheet("Mijn tabel")
    page.append(["Een", "Twee"])
    page.append([1, 2])
    page.add_table(Table(displayName="Plaatsing", ref="A1:B2"))
    book.save(path)
    for _ in range(2):
        read = read_workbook(path)
        api.save_plan(path, read, api.plan(read), Language.NL)
        found = tables_in(path)
        assert "Mijn tabel" == found["plaatsing"][0]
        assert "Plaatsing" == found["plaatsing_2"][0]
        assert "Bezetting" == found["bezettingen"][0]
    assert () == api.verify(path).breaches


def test_results_whose_table_an_own_formula_uses_are_not_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    openpyxl_book(rows_to_plan()).save(path)
    book = read_workbook(path)
    api.save_plan(path, book, api.plan(book), Language.NL)
    sum_of_people(path)
    before = path.read_bytes()
    with pytest.raises(NotInPlaceError) as caught:
        saved(path, [NAME])
    assert "Plaatsing" in caught.value.told.text(Language.NL)
    assert before == path.read_bytes()
    edited, _ = apply(read_workbook(path), [SetCell("occupancy", 2, "people", 900)])
    api.save_plan(path, edited, api.plan(edited), Language.NL)
    assert "plaatsing" in tables_in(path)


def test_rows_that_a_table_hides_are_told_as_filtered(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    api.save_book(path, api.open_demo("small"), Language.NL)
    book = loaded(path)
    page = book["Bezetting"]
    page.tables["Bezetting"].autoFilter.add_filter_column(1, ["L01"])
    page.row_dimensions[5].hidden = True
    book.save(path)
    keys = {each.what.key for each in read_workbook(path).findings}
    assert "look.filtered_rows" in keys
    assert "look.hidden_rows" not in keys


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("Plaatsing", "Plaatsing"),
        ("Provincies en gemeenten", "Provincies_en_gemeenten"),
        ("Vader's blad (2)", "Vaders_blad_2"),
        ("2026", "_2026"),
        ("AB12", "_AB12"),
        ("R1C1", "_R1C1"),
        ("c", "_c"),
        ("DOL", "DOL"),
        ("---", "_"),
    ],
)
def test_a_table_is_named_after_its_sheet_as_a_name_may_be(sheet: str, name: str) -> None:
    assert name == name_of(sheet)


@pytest.mark.parametrize(
    "titles", [("Locatie", "locatie"), ("Locatie", 7), ("Locatie", None, "Bedden"), ("a\nb",)]
)
def test_titles_that_excel_takes_for_no_table_get_a_filter_only(
    tmp_path: Path, titles: tuple[RawValue | None, ...]
) -> None:
    path = tmp_path / "cells.xlsx"
    cells: dict[tuple[int, int], RawValue] = {
        (1, at): each for at, each in enumerate(titles, start=1) if each is not None
    }
    cells |= {(1, 9): "Locatiecode", (1, 10): "Type", (2, 9): "L1", (2, 10): "azc"}
    write_workbook(path, Book(sheets=(RawSheet("Locaties", cells),)))
    assert {} == tables_in_any(path)
    assert "A1:J2" == loaded(path)["Locaties"].auto_filter.ref


def tables_in_any(path: Path) -> dict[str, str]:
    book: Any = loaded(path)
    return {
        table.displayName: table.ref for page in book.worksheets for table in page.tables.values()
    }


def test_the_tables_of_an_ods_go_by_the_same_names(tiny: Path, tmp_path: Path) -> None:
    names = {}
    for ending in ("xlsx", "ods"):
        path = tmp_path / f"plan.{ending}"
        book = api.open_workbook(tiny)
        api.save_plan(path, book, api.plan(book), Language.NL, anew=True)
        names[ending] = tables_in(path) if ending == "xlsx" else ranges_in(path)
    assert set(names["xlsx"]) == set(names["ods"])
    assert "plaatsing" in names["ods"]


def ranges_in(path: Path) -> dict[str, tuple[str, str]]:
    """Return the named ranges of rows in an .ods."""
    with zipfile.ZipFile(path) as archive:
        root = ET.fromstring(archive.read("content.xml"))  # noqa: S314 - our own file
    space = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    return {
        each.attrib[f"{space}name"].casefold(): ("", each.attrib[f"{space}target-range-address"])
        for each in root.iter(f"{space}database-range")
        if not each.attrib[f"{space}name"].startswith("__Anonymous")
    }
