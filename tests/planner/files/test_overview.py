from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from planner import api
from planner.core.texts import Language
from planner.files.made_by import LAYOUT, LAYOUT_PROPERTY
from planner.files.overview_table import HEADER_ROW, TABLE, TITLE
from planner.files.package import Package
from planner.files.reading import read_workbook
from planner.files.result_tables import RECORD, WORDS
from planner.files.results import read_results
from planner.files.writing import write_workbook
from planner.input.book import Book
from planner.input.case import parse
from tests.planner.files.gallery.rows import plain_rows, rows_to_plan
from tests.planner.files.gallery.writers import openpyxl_book
from tests.planner.files.libreoffice import ENDINGS, proof

FIRST = HEADER_ROW + 1
FILES = Path(__file__).parents[2] / "files" / "gallery"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    path = tmp_path_factory.mktemp("overview") / "in.xlsx"
    openpyxl_book(rows_to_plan()).save(path)
    return read_workbook(path)


@pytest.fixture(scope="module", params=list(Language))
def written(
    request: pytest.FixtureRequest, book: Book, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("overview") / f"plan-{request.param}.xlsx"
    api.save_plan(path, book, api.plan(book), request.param)
    return path


def test_the_first_sheet_says_it_all_on_one_page(written: Path) -> None:
    workbook: Any = openpyxl.load_workbook(written)
    page = workbook.worksheets[0]
    words = " ".join(str(cell) for row in page.values for cell in row if cell is not None)

    assert page.title in {TITLE.nl, TITLE.en}
    setup = page.page_setup
    assert (9, "portrait") == (int(setup.paperSize), setup.orientation)
    package = Package(written.read_bytes())
    first = package.part(package.sheets()[0].part)
    # One page high is what the format means by saying nothing; 0 is any number of pages.
    assert b"<pageSetUpPr fitToPage" in first
    assert b"fitToHeight" not in first
    assert "artikel 20, lid 10" in words.casefold() or "art. 20(10)" in words.casefold()
    assert workbook.active is page
    assert LAYOUT == workbook.custom_doc_props[LAYOUT_PROPERTY].value


def test_it_has_charts_of_its_own_table(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        first = archive.read("xl/charts/chart1.xml").decode()

    assert 3 == len(charts)
    assert f"!$F${FIRST}:$F${FIRST + 2}" in first


def test_formulas_give_the_figures_of_the_plan(written: Path) -> None:
    """Each formula is reckoned here by hand from the cells it names."""
    results = read_results(read_workbook(written))["runoff"]
    stored = openpyxl.load_workbook(written, data_only=True)
    formulas = openpyxl.load_workbook(written).worksheets[0]
    page = stored.worksheets[0]

    for at in range(3):
        row = FIRST + at
        for column, key, tried in (
            ("F", "portfolio_beds", "+$H$14"),
            ("G", "needed_beds", "*(1+$F$14)*($J$14/$L$14)"),
        ):
            sheet, cell = formulas[f"{column}{row}"].value.removeprefix("=").split("!")
            address = cell.removesuffix(tried)
            theirs = stored[sheet.strip("'")][address].value
            assert results[key].iloc[at] == theirs == page[f"{column}{row}"].value
        assert f"=MAX(0,G{row}-F{row})" == formulas[f"H{row}"].value
        assert results["shortage"].iloc[at] == pytest.approx(page[f"H{row}"].value)
    # Nothing is tried yet, so that the formulas give what the plan says.
    assert (0, 0) == (page["F14"].value, page["H14"].value)
    assert 0.91 == page["J14"].value == page["L14"].value
    highest = FIRST + 3
    for column in "FGHIJKL":
        cells = [page[f"{column}{FIRST + at}"].value for at in range(3)]
        assert f"=MAX({column}{FIRST}:{column}{FIRST + 2})" == formulas[f"{column}{highest}"].value
        assert max(cells) == page[f"{column}{highest}"].value


def test_it_is_known_as_ours_and_keeps_out_of_the_input(written: Path, book: Book) -> None:
    again = read_workbook(written)

    assert not [each for each in again.findings if each.sheet in {TITLE.nl, TITLE.en}]
    assert "file.left_behind" not in {each.what.key for each in again.findings}
    assert TABLE.key not in read_results(again)
    assert parse(book).case == parse(again).case


def test_it_is_written_again_only_while_it_is_true(written: Path, tmp_path: Path) -> None:
    again = read_workbook(written)
    write_workbook(tmp_path / "same.xlsx", again)
    other = again.with_table(
        dataclasses.replace(
            again.tables["locations"], frame=again.frame("locations").assign(beds=[1, 2])
        )
    )
    write_workbook(tmp_path / "edited.xlsx", other)

    same, edited = (
        openpyxl.load_workbook(tmp_path / name).sheetnames for name in ("same.xlsx", "edited.xlsx")
    )
    assert same[0] in {TITLE.nl, TITLE.en}
    assert not {TITLE.nl, TITLE.en} & set(edited)


def test_input_sheets_keep_what_they_looked_like(tmp_path: Path) -> None:
    workbook = openpyxl_book(plain_rows())
    page = workbook["Bezetting"]
    page.column_dimensions["B"].width = 41
    page.column_dimensions["C"].hidden = True
    page.row_dimensions[3].hidden = True
    page["A1"].comment = Comment("peildatum", "planner")
    workbook.save(tmp_path / "in.xlsx")

    write_workbook(tmp_path / "out.xlsx", read_workbook(tmp_path / "in.xlsx"))

    back = openpyxl.load_workbook(tmp_path / "out.xlsx")["Bezetting"]
    assert 41 == pytest.approx(back.column_dimensions["B"].width, abs=1)
    assert back.column_dimensions["C"].hidden
    assert back.row_dimensions[3].hidden
    assert back["A1"].comment is not None
    assert "Locaties" not in back["A1"].comment.text
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Locaties"]["A1"].comment is None


def test_a_users_own_sheet_of_that_name_keeps_it(tmp_path: Path, book: Book) -> None:
    rows = plain_rows() | {"Overzicht": [["van ons zelf"]]}
    openpyxl_book(rows).save(tmp_path / "in.xlsx")
    own = read_workbook(tmp_path / "in.xlsx")

    api.save_plan(tmp_path / "plan.xlsx", own, api.plan(book), Language.NL)

    workbook = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    assert "Overzicht (2)" == workbook.sheetnames[0]
    assert "van ons zelf" == workbook["Overzicht"]["A1"].value
    again = read_workbook(tmp_path / "plan.xlsx")
    unknown = [each.sheet for each in again.findings if each.what.key == "finding.sheet_unknown"]
    assert ["Overzicht"] == unknown


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_libreoffice_recalculated_and_saved_is_the_same(
    ending: str, written: Path, book: Book
) -> None:
    """The files were saved by LibreOffice from this plan without the results of its formulas."""
    saved = FILES / f"plan.{ending}"
    back = read_workbook(saved)
    found = proof(written, saved)

    assert parse(book).case == parse(back).case
    assert () == found.broken
    assert 0 == found.breaches
    if written.stem.endswith("nl"):
        # Three a month, and the highest of each column.
        assert 3 * 3 + 7 == found.formulas
        # When the plan was made, and with which version, differs between two calculations.
        assert {each.split("!")[0] for each in found.differing} <= {
            "Verantwoording",
            WORDS.title.nl,
            RECORD.title.nl,
        }


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_plan_of_the_layout_before_is_still_read(ending: str, book: Book, tmp_path: Path) -> None:
    old = FILES / f"plan-layout-1.{ending}"
    back = read_workbook(old)

    assert parse(book).case == parse(back).case
    assert () == api.verify(old).breaches
    assert "explanation" in read_results(back)
    api.save_plan(tmp_path / "new.xlsx", back, api.plan(back), Language.NL)
    names = openpyxl.load_workbook(tmp_path / "new.xlsx").sheetnames
    assert 1 == sum(each.startswith(TITLE.nl) for each in names)
