from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner.tables.column import ColumnType
from planner.tables.records import TABLES
from planner.texts import Language
from planner.workbook.column_notes import column_note
from planner.workbook.reading import read_workbook
from planner.workbook.template import write_template


@pytest.mark.parametrize("language", list(Language))
def test_the_template_has_every_sheet_and_column_and_nothing_else(
    tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "template.xlsx"

    write_template(path, language)

    book = read_workbook(path)
    assert book.findings == ()
    assert [each.title.in_(language) for each in TABLES] == [each.name for each in book.sheets]
    for declared in TABLES:
        sheet = book.tables[declared.key]
        assert [each.key for each in declared.columns] == list(sheet.positions)
        assert sheet.frame.empty


def test_the_template_helps_to_fill_it_in(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, Language.NL)

    workbook = openpyxl.load_workbook(path)

    for declared in TABLES:
        page = workbook[declared.title.nl]
        assert "A2" == page.freeze_panes
        dropped = {str(each.sqref).split(":")[0] for each in page.data_validations.dataValidation}
        for at, column in enumerate(declared.columns, start=1):
            header = page.cell(1, at)
            assert header.font.bold
            assert column.meaning.nl in header.comment.text
            listed = column.choices is not None or column.holds is ColumnType.YES_NO
            assert listed is (f"{header.column_letter}2" in dropped), column.key


def test_the_drop_downs_hold_every_choice(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, Language.NL)
    workbook = openpyxl.load_workbook(path)

    rule = next(
        each
        for each in workbook["Locaties"].data_validations.dataValidation
        if str(each.sqref).startswith("H2:")
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
