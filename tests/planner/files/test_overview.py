from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from planner import api
from planner.core.texts import Language, Text
from planner.files.cell_writer import Styles
from planner.files.made_by import LAYOUT, LAYOUT_PROPERTY
from planner.files.overview_page import OverviewPage
from planner.files.reading import read_workbook
from planner.files.writing import write_workbook
from planner.input.book import Book, RawSheet, RawValue
from planner.input.case import parse
from planner.sheets.overview_table import TABLE, TITLE, is_overview
from planner.sheets.result_sheets import read_results
from planner.sheets.result_tables import RECORD, WORDS
from tests.planner.files.gallery.rows import plain_rows, rows_to_plan
from tests.planner.files.gallery.writers import openpyxl_book
from tests.planner.files.libreoffice import ENDINGS, proof

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


def row_of(page: Any, title: str) -> int:
    """The row of the first sheet whose first cell says this."""
    return int(next(cell.row for cell in page["A"] if cell.value == title))


def first_month(page: Any) -> int:
    titles = {TABLE.columns[0].title.in_(language) for language in Language}
    return int(next(cell.row for cell in page["A"] if cell.value in titles)) + 1


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("beds", [Text("Bedden in contract", "Beds in contract"), None])
def test_the_beds_without_decisions_are_called_so_and_older_plans_are_known(
    language: Language, beds: Text | None
) -> None:
    titles = [(beds if at == 1 and beds else each.title) for at, each in enumerate(TABLE.columns)]
    cells: dict[tuple[int, int], RawValue] = {
        (40, at): each.in_(language) for at, each in enumerate(titles, 1)
    }
    assert is_overview(RawSheet(TITLE.in_(language), cells))
    if beds is None:
        assert cells[40, 2] in {"Bedden zonder besluiten", "Beds without decisions"}
    del cells[40, 3]
    assert not is_overview(RawSheet(TITLE.in_(language), cells))


def test_a_plan_with_a_column_called_as_before_still_holds(written: Path, tmp_path: Path) -> None:
    workbook: Any = openpyxl.load_workbook(written)
    page = workbook.worksheets[0]
    dutch = page.title == TITLE.nl
    title = page.cell(first_month(page) - 1, 2)
    assert title.value == TABLE.columns[1].title.in_(Language.NL if dutch else Language.EN)
    title.value = "Bedden in contract" if dutch else "Beds in contract"
    workbook.save(tmp_path / "older.xlsx")
    assert () == api.verify(tmp_path / "older.xlsx").breaches
    title.value = "Bedden"
    workbook.save(tmp_path / "other.xlsx")
    assert 1 == len(api.verify(tmp_path / "other.xlsx").breaches)


def test_the_first_page_is_for_who_decides_and_the_assumptions_come_after_it(written: Path) -> None:
    workbook: Any = openpyxl.load_workbook(written)
    page = workbook.worksheets[0]
    words = " ".join(str(cell) for row in page.values for cell in row if cell is not None)

    assert page.title in {TITLE.nl, TITLE.en}
    setup = page.page_setup
    assert (9, "portrait") == (int(setup.paperSize), setup.orientation)
    # A size at which letters of ten points are nine or more on paper.
    assert 10 * int(setup.scale) >= 900
    assert not page.sheet_properties.pageSetUpPr.fitToPage
    first, *_ = [each.id for each in page.row_breaks.brk]
    words_of = {Language.NL: ("Te besluiten", "Aannamen en wat eerst te weten")}
    words_of[Language.EN] = ("To decide", "Assumptions and what to know first")
    decide, assume = words_of[Language.NL if page.title == TITLE.nl else Language.EN]
    assert row_of(page, decide) < first < row_of(page, assume)
    assert "artikel 20, lid 10" in words.casefold() or "art. 20(10)" in words.casefold()
    assert workbook.active is page
    assert LAYOUT == workbook.custom_doc_props[LAYOUT_PROPERTY].value


def test_it_has_charts_of_its_own_table(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        first = archive.read("xl/charts/chart1.xml").decode()

    assert 3 == len(charts)
    month = first_month(openpyxl.load_workbook(written).worksheets[0])
    assert f"!$B${month}:$B${month + 2}" in first


def test_formulas_give_the_figures_of_the_plan(written: Path) -> None:
    """Each formula is reckoned here by hand from the cells it names."""
    results = read_results(read_workbook(written))["runoff"]
    stored = openpyxl.load_workbook(written, data_only=True)
    formulas = openpyxl.load_workbook(written).worksheets[0]
    page = stored.worksheets[0]

    first = first_month(page)
    tried = first - 2
    for at in range(3):
        row = first + at
        for column, key, by in (
            ("B", "portfolio_beds", f"+$D${tried}"),
            ("C", "needed_beds", f"*(1+$B${tried})*($F${tried}/$H${tried})"),
        ):
            sheet, cell = formulas[f"{column}{row}"].value.removeprefix("=").split("!")
            theirs = stored[sheet.strip("'")][cell.removesuffix(by)].value
            assert results[key].iloc[at] == theirs == page[f"{column}{row}"].value
        assert f"=MAX(0,C{row}-B{row})" == formulas[f"D{row}"].value
        assert results["shortage"].iloc[at] == pytest.approx(page[f"D{row}"].value)
    # Nothing is tried yet, so that the formulas give what the plan says.
    assert (0, 0) == (page[f"B{tried}"].value, page[f"D{tried}"].value)
    assert 0.91 == page[f"F{tried}"].value == page[f"H{tried}"].value
    highest = first + 3
    for column in "BCDEFGH":
        cells = [page[f"{column}{first + at}"].value for at in range(3)]
        assert f"=MAX({column}{first}:{column}{first + 2})" == formulas[f"{column}{highest}"].value
        assert max(cells) == page[f"{column}{highest}"].value


def test_provinces_add_up_to_the_plan_and_municipalities_to_their_province(written: Path) -> None:
    tables = read_results(read_workbook(written))
    provinces, towns, placement = (
        tables[each] for each in ("by_province", "by_municipality", "placement")
    )
    assert "areas" not in tables
    last = placement["month"].max()

    people = placement[placement["month"] == last]["people"].sum()
    assert people == pytest.approx(provinces["people_last"].sum())
    counted = tables["costs"][tables["costs"]["counted"].eq(other=True)]
    assert counted["amount"].sum() == pytest.approx(provinces["cost"].sum())
    assert not provinces["province"].duplicated().any()
    for _, province in provinces.iterrows():
        parts = towns[towns["province"] == province["province"]]
        named = parts["locations"].sum() == province["locations"]
        assert not named or parts["beds_last"].sum() == pytest.approx(province["beds_last"])


@pytest.mark.parametrize(("high", "begin"), [(20.0, [14, 30]), (34.0, [10, 30])])
def test_no_chart_goes_on_on_a_next_page(high: float, begin: list[int], tmp_path: Path) -> None:
    """The page holds 810 points: ten rows and four of a chart by 20 or 34 points, or ten rows."""
    with xlsxwriter.Workbook(tmp_path / "page.xlsx") as workbook:
        page = OverviewPage(workbook.add_worksheet(), Styles(workbook), Language.NL)
        for row in range(10):
            page.set_height(row, high)
        for row in range(10, 14):
            page.set_height(row, 120.0)
        page.skip(40)
        own = {14} if page.fits(0, 14) else set()
        assert begin == page.breaks((10, 14, 20, 30), {*own, 30})
        assert page.fits(0, 10)


def test_each_sheet_prints_on_one_page_and_says_what_is_left_out(
    written: Path, tmp_path: Path
) -> None:
    rows = [["Peildatum", "Locatiecode", "Groep", "Personen"]]
    rows += [["2026-06-30", f"L{at}", "families", "1"] for at in range(300)]
    openpyxl_book(plain_rows() | {"Bezetting": rows}).save(tmp_path / "in.xlsx")
    write_workbook(
        tmp_path / "out.xlsx", dataclasses.replace(read_workbook(tmp_path / "in.xlsx"), package=b"")
    )

    long: Any = openpyxl.load_workbook(tmp_path / "out.xlsx")["Bezetting"]
    assert int(long.print_area.split("$")[-1]) < 100
    assert "van 301 rijen;" in long.oddFooter.center.text
    for page in openpyxl.load_workbook(written).worksheets[1:]:
        assert page.sheet_state != "visible" or page.page_setup.fitToHeight in {None, 1}


def test_what_is_of_use_on_a_screen_only_is_not_printed(written: Path) -> None:
    page: Any = openpyxl.load_workbook(written).worksheets[0]
    last = [cell.row for row in page.iter_rows() for cell in row if cell.value is not None][-1]
    assert "Opvangplan, " in str(page.cell(last, 1).value)
    assert last == int(page.print_area.split("$")[-1]) + 1


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
