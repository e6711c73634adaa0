from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.cli import run
from planner.core.texts import Language, say
from planner.files.column_notes import column_note
from planner.files.guide import TITLE
from planner.files.reading import read_workbook
from planner.files.seeds import read_seed_book
from planner.files.template import HEADER_ROW, write_template
from planner.input.column import ColumnType
from planner.input.records import TABLES
from planner.input.typed import read_tables
from planner.input.values import read_value
from tests.planner.files.gallery.rows import DAY


@cache
def written(language: Language) -> bytes:
    """Return the template, which is written once for every test."""
    with tempfile.TemporaryDirectory() as folder:
        write_template(Path(folder) / "template.xlsx", language)
        return (Path(folder) / "template.xlsx").read_bytes()


def template(folder: Path, language: Language) -> Path:
    """Put the template in a folder."""
    path = folder / "template.xlsx"
    path.write_bytes(written(language))
    return path


@pytest.mark.parametrize("language", list(Language))
def test_the_template_has_every_sheet_and_column_and_nothing_else(
    tmp_path: Path, language: Language
) -> None:
    path = template(tmp_path, language)

    book = read_workbook(path)
    assert book.findings == ()
    titles = [each.title.in_(language) for each in TABLES]
    assert [TITLE.in_(language), *titles] == [each.name for each in book.sheets]
    for declared in TABLES:
        sheet = book.tables[declared.key]
        assert [each.key for each in declared.columns] == list(sheet.positions)
        assert sheet.frame.empty is (declared.key != "groups")


@pytest.mark.parametrize("language", list(Language))
def test_the_template_holds_the_standard_groups_without_a_fault(
    tmp_path: Path, language: Language
) -> None:
    typed, findings = read_tables(read_workbook(template(tmp_path, language)))

    supplied = list(read_tables(read_seed_book("demo_small"))[0].records("groups"))
    assert supplied == list(typed.records("groups"))
    assert [] == [each for each in findings if each.table == "groups" and each.severity == "error"]


def test_the_template_helps_to_fill_it_in(tmp_path: Path) -> None:
    path = template(tmp_path, Language.NL)

    workbook = openpyxl.load_workbook(path)

    for declared in TABLES:
        page: Any = workbook[declared.title.nl]
        assert page.freeze_panes.endswith(str(HEADER_ROW + 1))
        assert page.protection.sheet
        assert not page.column_dimensions["A"].protection.locked
        assert declared.meaning.nl == page["A1"].value
        dropped = {
            str(each.sqref).split(":")[0]
            for each in page.data_validations.dataValidation
            if each.type == "list"
        }
        for at, column in enumerate(declared.columns, start=1):
            header = page.cell(HEADER_ROW, at)
            assert page.cell(HEADER_ROW - 2, at).value, column.key
            assert header.protection.locked
            assert header.font.bold
            assert column.meaning.nl in header.comment.text
            listed = column.choices is not None or column.holds is ColumnType.YES_NO
            listed = listed or bool(column.refers_to and column.holds is ColumnType.IDENTIFIER)
            assert listed is (f"{header.column_letter}{HEADER_ROW + 1}" in dropped), column.key


def test_the_drop_downs_hold_every_choice(tmp_path: Path) -> None:
    path = template(tmp_path, Language.NL)
    workbook = openpyxl.load_workbook(path)

    rule = next(
        each
        for each in workbook["Locaties"].data_validations.dataValidation
        if str(each.sqref).startswith(f"H{HEADER_ROW + 1}:")
    )
    sheet, _, cells = rule.formula1.partition("!")
    offered = [cell.value for (cell,) in workbook[sheet][cells.replace("$", "")]]

    types = next(each for each in TABLES[0].columns if each.key == "type").choices
    assert types is not None
    assert [each.label.nl for each in types] == offered
    assert "hidden" == workbook[sheet].sheet_state


def test_a_note_tells_meaning_unit_bounds_and_what_empty_means() -> None:
    locations = TABLES[0]

    norm = column_note(locations.column("occupancy_norm"), Language.NL)
    assert ["Eenheid: deel", "Ten minste 0,01", "Ten hoogste 1", "Mag leeg zijn"] == (
        norm.splitlines()[1:]
    )
    assert "Required" in column_note(locations.column("beds"), Language.EN)
    assert "Empty means: open" in column_note(locations.column("status"), Language.EN)


@pytest.mark.parametrize("language", list(Language))
def test_an_example_can_be_typed_as_it_stands(tmp_path: Path, language: Language) -> None:
    path = template(tmp_path, language)
    workbook = openpyxl.load_workbook(path)
    page = workbook[TABLES[0].title.in_(language)]
    mark = say("template.example", language, value="").strip()
    shown = {
        column.key: str(page.cell(HEADER_ROW - 1, at).value or "").removeprefix(mark).strip()
        for at, column in enumerate(TABLES[0].columns, start=1)
    }

    assert not [key for key in ("id", "type", "beds", "open_until") if not shown[key]]
    for column in TABLES[0].columns:
        if shown[column.key]:
            assert read_value(column, shown[column.key]) is not None


def test_what_is_filled_in_below_the_headers_is_read(tmp_path: Path) -> None:
    path = template(tmp_path, Language.NL)
    workbook = openpyxl.load_workbook(path)
    workbook["Bezetting"].append([DAY, "L1", "men", 1000])
    workbook.save(path)

    book = read_workbook(path)

    assert [(DAY, "L1", "men", 1000)] == list(
        book.frame("occupancy").itertuples(index=False, name=None)
    )
    assert HEADER_ROW + 1 == book.frame("occupancy").index[0]


@pytest.mark.parametrize("language", list(Language))
def test_the_template_keeps_to_the_bounds_of_excel(tmp_path: Path, language: Language) -> None:
    """Beyond these Excel "repairs" a workbook, which is to lose something of it."""
    path = template(tmp_path, language)
    workbook = openpyxl.load_workbook(path)

    for page in workbook:
        assert len(page.title) <= 31
        assert not set(page.title) & set("[]:*?/\\")
        for rule in page.data_validations.dataValidation:
            assert len(rule.formula1 or "") <= 255
            assert ";" not in (rule.formula1 or "")
            assert len(rule.error or "") <= 255
            assert len(rule.errorTitle or "") <= 32
        for row in page.iter_rows():
            for cell in row:
                assert len(str(cell.value or "")) <= 32_767
                assert cell.comment is None or len(cell.comment.text) <= 32_767


@pytest.mark.parametrize(
    ("language", "said"), [(Language.NL, "bv. 30-06-2026"), (Language.EN, "e.g. 2026-06-30")]
)
def test_an_example_of_a_day_is_written_as_in_its_language(
    tmp_path: Path, language: Language, said: str
) -> None:
    book = openpyxl.load_workbook(template(tmp_path, language))

    sheet = book[next(each for each in TABLES if each.key == "occupancy").title.in_(language)]
    assert said == sheet.cell(HEADER_ROW - 1, 1).value


def test_one_group_misspelled_in_many_rows_is_one_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = template(tmp_path, Language.NL)
    book = openpyxl.load_workbook(path)
    for row in range(HEADER_ROW + 1, HEADER_ROW + 31):
        cells: list[Any] = [dt.date(2026, 6, 30), f"A{row}", "gezinen", 5]
        for column, value in enumerate(cells, start=1):
            book["Bezetting"].cell(row, column).value = value
        place: list[Any] = [f"A{row}", None, None, "Drenthe", None, None, None, "azc", "open", 100]
        for column, value in enumerate(place, start=1):
            book["Locaties"].cell(row, column).value = value
    book.save(path)

    assert 2 == run(["check", str(path)])

    told = capsys.readouterr()
    errors = [line for line in told.out.splitlines() if "  fout  " in line]
    assert [True] == [line.startswith("Bezetting!C5\u2013C34 (30\u00d7)") for line in errors]
    assert "1 fout" in told.out + told.err
