from __future__ import annotations

import datetime as dt
import pickle
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText

from planner.core.texts import Language
from planner.files.marking import write_marked_copy
from planner.files.reading import read_workbook
from planner.importing.choice_store import recall, remember
from planner.importing.preview import How, ImportChange, RowFate, SheetChoice, apply_import, preview
from planner.input.book import Book
from planner.input.case import parse
from planner.input.edits import apply
from tests.planner.files.gallery.rows import DAY, Rows, plain_rows
from tests.planner.files.gallery.writers import macro_workbook, openpyxl_book, text_file


def written(path: Path, rows: Rows) -> Path:
    openpyxl_book(rows).save(path)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return read_workbook(written(tmp_path / "open.xlsx", plain_rows()))


def changed_rows() -> Rows:
    rows = plain_rows()
    rows["Bezetting"][1][3] = 990
    rows["Bezetting"][2] = [DAY, "L3", "men", 7]
    rows["Locaties"][2][2] = 90
    rows["Locaties"].append(["L3", "azc", 100, dt.date(2031, 1, 1), "ja", None])
    return rows


def test_a_preview_tells_what_was_recognised_and_changes_nothing(
    tmp_path: Path, book: Book
) -> None:
    rows = plain_rows()
    rows["Bezetting"][0] = ["Peildatum", "Locatie", "Groep", "Aantal pers."]
    rows["Bezetting"].insert(0, ["Stand eind juni"])
    rows["Kladblok"] = [["bel Jan"]]
    before = book.tables

    seen = preview(written(tmp_path / "in.xlsx", rows))

    sheets = {each.name: each for each in seen.sheets}
    occupancy = sheets["Bezetting"]
    assert ("occupancy", 2, 2) == (occupancy.table, occupancy.header_row, occupancy.rows)
    assert ["date", "location", "group", ""] == [each.key for each in occupancy.columns]
    assert ("Aantal pers.", "D", ("1000", "40")) == (
        occupancy.columns[3].heading,
        occupancy.columns[3].letters,
        occupancy.columns[3].examples,
    )
    assert (1, ("Stand eind juni", "", "", "")) == occupancy.sample[0]
    assert "" == sheets["Kladblok"].table
    assert before is book.tables
    assert seen.sheets == pickle.loads(pickle.dumps(seen)).sheets  # noqa: S301 - our own


def test_choices_go_before_what_is_recognised(tmp_path: Path) -> None:
    rows = plain_rows()
    rows["Blad7"] = [["x", "y", "z", "n"], *rows.pop("Bezetting")[1:]]
    path = written(tmp_path / "in.xlsx", rows)
    columns = {1: "date", 2: "location", 3: "group", 4: "people"}

    plainly = {each.name: each.table for each in preview(path).sheets}
    chosen = preview(path, {"Blad7": SheetChoice("occupancy", 1, columns)})

    assert "" == plainly["Blad7"]
    assert [1000, 40] == chosen.book.frame("occupancy")["people"].tolist()
    assert not [each for each in chosen.sheets if each.missing]


def test_a_sheet_and_a_column_can_be_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "in.xlsx", plain_rows())

    seen = preview(
        path, {"Groepen": SheetChoice(""), "Locaties": SheetChoice("locations", None, {6: ""})}
    )

    assert {"locations", "occupancy"} == set(seen.book.tables)
    assert "cost_per_bed_month" not in seen.book.tables["locations"].positions


def test_a_preview_finds_what_is_wrong_by_cell(tmp_path: Path) -> None:
    rows = plain_rows()
    rows["Bezetting"][1][3] = "veel"

    seen = preview(written(tmp_path / "in.xlsx", rows))

    assert 1 == seen.errors
    (found,) = [each for each in seen.findings if each.what.key == "value.not_number"]
    assert ("Bezetting", "D2") == (found.sheet, found.cell)


def test_taking_all_over_gives_the_case_of_the_file(tmp_path: Path, book: Book) -> None:
    path = written(tmp_path / "in.xlsx", changed_rows())

    taken = apply_import(book, preview(path), How.ALL)
    new, undo = apply(book, taken.edits)

    expected, actual = parse(read_workbook(path)).case, parse(new).case
    assert expected is not None
    assert actual is not None
    assert expected.fingerprint == actual.fingerprint
    assert parse(apply(new, undo)[0]).case == parse(book).case
    assert ImportChange(RowFate.CHANGED, "locations", "L2", "beds", "80", "90") in taken.changes
    assert ImportChange(RowFate.DROPPED, "occupancy", "2026-06-30 | L2 | men") in taken.changes
    assert ImportChange(RowFate.ADDED, "locations", "L3") in taken.changes


def test_only_the_occupancy_or_only_the_locations(tmp_path: Path, book: Book) -> None:
    seen = preview(written(tmp_path / "in.xlsx", changed_rows()))

    for how in (How.OCCUPANCY, How.LOCATIONS):
        taken = apply_import(book, seen, how)
        assert {how.value} == {each.table for each in taken.edits}


def test_merging_drops_nothing_and_keeps_columns_that_the_file_lacks(
    tmp_path: Path, book: Book
) -> None:
    path = tmp_path / "Locaties.csv"
    path.write_text("Locatiecode;Bedden;Type\nL2;95;emergency_tent\nL9;10;azc\n", encoding="utf-8")

    taken = apply_import(book, preview(path), How.MERGE)
    new, _ = apply(book, taken.edits)

    assert (1, 1, 0) == tuple(map(taken.count, (RowFate.ADDED, RowFate.CHANGED, RowFate.DROPPED)))
    frame = new.frame("locations")
    assert ["L1", "L2", "L9"] == frame["id"].tolist()
    assert [2530.5, 5780, None] == frame["cost_per_bed_month"].tolist()


def test_the_same_file_changes_nothing(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "Bezetting.csv"
    text_file("Bezetting", ";")(path)

    assert () == apply_import(book, preview(path), How.OCCUPANCY).edits


def test_choices_are_remembered_by_the_shape_of_a_file(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    first = preview(written(tmp_path / "may.xlsx", plain_rows()))
    second = preview(written(tmp_path / "june.xlsx", changed_rows()))
    choices = {"Locaties": SheetChoice("locations", 1, {6: "", 1: "id"})}

    assert recall(store, first.shape) is None
    remember(store, first.shape, choices)

    assert choices == recall(store, second.shape)
    store.write_text("{", encoding="utf-8")
    assert recall(store, second.shape) is None


def test_findings_are_written_into_a_copy_of_the_users_own_file(tmp_path: Path) -> None:
    rows = plain_rows()
    rows["Bezetting"][1][3] = "veel"
    rows["Bezetting"][1].append("van Jan")
    path = written(tmp_path / "in.xlsx", rows)
    workbook = openpyxl.load_workbook(path)
    workbook["Bezetting"].column_dimensions["B"].width = 33
    workbook.save(path)
    before = path.read_bytes()

    write_marked_copy(path, tmp_path / "out.xlsx", preview(path).findings, Language.NL)

    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert ["Bevindingen", *rows] == copy.sheetnames
    marked = copy["Bezetting"]["D2"]
    assert ("veel", "00F8CBAD") == (marked.value, marked.fill.fgColor.rgb)
    assert "veel" in marked.comment.text
    assert 33 == copy["Bezetting"].column_dimensions["B"].width
    assert "van Jan" == copy["Bezetting"]["E2"].value
    assert ("fout", "Bezetting", "D2") in [row[:3] for row in copy["Bevindingen"].values]
    assert before == path.read_bytes()


def test_a_text_file_is_copied_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "Bezetting.csv"
    path.write_text("Peildatum;Locatie;Groep;Personen\n03-04-2026;L1;men;5\n", encoding="utf-8")

    write_marked_copy(path, tmp_path / "out.xlsx", preview(path).findings, Language.EN)

    copy = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert "03-04-2026" in copy["Bezetting"]["A2"].comment.text


def test_a_copy_keeps_formulas_results_charts_and_words_in_bold(tmp_path: Path) -> None:
    path, copy = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Bezetting")
        for at, line in enumerate(plain_rows()["Bezetting"]):
            sheet.write_row(at, 0, [str(each) for each in line])
        sheet.write_formula("F2", "=500+500", None, 1000)
        sheet.write_formula("F3", '="a"&"b"', None, "ab")
        sheet.write_formula("F4", "=1/0", None, "#DIV/0!")
        sheet.write_rich_string("F1", workbook.add_format({"bold": True}), "let", " op")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Bezetting!$D$2:$D$3"})
        sheet.insert_chart("H2", chart)

    write_marked_copy(path, copy, preview(path).findings, Language.NL)

    before, after = read_workbook(path).sheets[0], read_workbook(copy).sheets[1]
    assert before.formulas == after.formulas
    assert before.cells == after.cells
    again: Any = openpyxl.load_workbook(copy, rich_text=True)["Bezetting"]
    assert 1 == len(again._charts)  # noqa: SLF001 - openpyxl has no other list
    assert isinstance(again["F1"].value, CellRichText)


def test_what_a_copy_cannot_keep_is_told_before_it_is_made(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Bezetting")
        for at, line in enumerate(plain_rows()["Bezetting"]):
            sheet.write_row(at, 0, [str(each) for each in line])
        sheet.insert_textbox("F2", "tekstvak")
        sheet.add_sparkline("G2", {"range": "Bezetting!D2:D3"})

    (told,) = [each for each in preview(path).findings if each.what.key == "file.left_behind"]

    assert "file.left_behind.lost" == told.todo.key
    assert "sparklines" in told.todo.text(Language.NL)
    assert "tekstvakken" in told.todo.text(Language.NL)
    assert "text boxes" in told.todo.text(Language.EN)


@pytest.mark.parametrize(("ending", "kept"), [(".xlsm", True), (".xlsx", False)])
def test_macros_stay_in_a_copy_of_their_own_kind(
    tmp_path: Path, ending: str, *, kept: bool
) -> None:
    path, copy = tmp_path / "in.xlsm", tmp_path / f"out{ending}"
    macro_workbook(path)

    write_marked_copy(path, copy, preview(path).findings, Language.NL)

    with zipfile.ZipFile(copy) as archive:
        assert kept is ("xl/vbaProject.bin" in archive.namelist())


def test_a_column_without_a_title_can_be_chosen(tmp_path: Path) -> None:
    rows = plain_rows()
    rows["Bezetting"][0][3] = None
    path = written(tmp_path / "in.xlsx", rows)

    seen = preview(path, {"Bezetting": SheetChoice("occupancy", 1, {4: "people"})})

    assert [1000, 40] == seen.book.frame("occupancy")["people"].tolist()


def test_a_title_with_more_words_suggests_its_column(tmp_path: Path) -> None:
    rows = plain_rows()
    rows["Locaties"][0][2] = "Aantal bedden"

    seen = preview(written(tmp_path / "in.xlsx", rows))

    (locations,) = [each for each in seen.sheets if each.table == "locations"]
    assert ("beds",) == tuple(each.suggestion for each in locations.columns if not each.key)


def test_a_stray_cell_far_away_does_not_widen_the_preview(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    workbook = openpyxl_book(plain_rows())
    workbook["Bezetting"].cell(900, 16_384).value = "x"
    workbook.save(path)

    (sheet,) = [each for each in preview(path).sheets if each.table == "occupancy"]

    assert 5 == len(sheet.columns)
    assert max(len(cells) for _, cells in sheet.sample) <= 100
