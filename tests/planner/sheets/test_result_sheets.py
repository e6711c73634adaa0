from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from planner.core.errors import ProgramFaultError, UnusableInputError
from planner.core.texts import Language, Text, message
from planner.files.reading import read_workbook
from planner.files.seeds import read_seed_book
from planner.files.writing import write_workbook
from planner.input.book import RawSheet, RawValue
from planner.input.column import ColumnType
from planner.input.names import plain
from planner.input.records import TABLES
from planner.model.objective import LEVELS
from planner.model.rules.rule import Level
from planner.sheets.result_sheets import ResultSheet, find_result, read_results
from planner.sheets.result_table import ResultTable
from planner.sheets.result_tables import RESULT_TABLES, LevelName
from planner.sheets.units import digits_of

JUL, AUG = dt.date(2026, 7, 1), dt.date(2026, 8, 1)

KEYS = {
    "placement": "location group kind month people",
    "places": "location kind month places beds",
    "dol": "location month prepared in_use people idle regular empty",
    "moves": "location group month people to",
    "decisions": "location decision before month value cost taken",
    "runoff": "month portfolio_beds needed_beds shortage",
    "demand": "group month people",
    "checks": "check source month value limit unit holds why",
    "shortfalls": (
        "rule level standing source location kind province region group month amount unit"
    ),
    "levels": "name unit value",
}


def value_for(holds: ColumnType, key: str, row: int) -> object:
    """Return a value that a column of results may hold."""
    listed = {
        "kind": ("dol", "emergency_tent"),
        "decision": ("extend", "prepare_dol"),
        "standing": ("law", "choice"),
        "question": ("school", "care"),
    }
    if key in listed:
        return listed[key][row]
    if holds is ColumnType.CHOICE:
        return ("provinces_worst", "unplaced")[row]
    if key == "unit":
        return ("person-months", "something else")[row]
    values: dict[ColumnType, tuple[object, object]] = {
        ColumnType.NUMBER: (0.1 + 0.2, 12.0),
        ColumnType.MONTH: (JUL, AUG),
        ColumnType.DATE: (JUL, AUG),
        ColumnType.YES_NO: (True, False),
        ColumnType.ANY: (12.5, "optimal"),
    }
    return values.get(holds, (f"{key} 1", "=1+1"))[row]


def full_frame(table: ResultTable) -> pd.DataFrame:
    rows = [[value_for(each.holds, each.key, row) for each in table.columns] for row in (0, 1)]
    return pd.DataFrame(rows, columns=[each.key for each in table.columns])


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "plan.xlsx"


@pytest.mark.parametrize("language", list(Language))
def test_every_result_sheet_is_read_back_as_it_was(written: Path, language: Language) -> None:
    frames = {key: full_frame(table) for key, table in RESULT_TABLES.items()}
    sheets = [ResultSheet(RESULT_TABLES[key], frame) for key, frame in frames.items()]
    write_workbook(written, read_seed_book("demo_small", language), sheets, language)

    back = read_results(read_workbook(written))

    assert list(frames) == list(back)
    for key, frame in frames.items():
        assert frame.to_dict("list") == back[key].to_dict("list"), key


@pytest.mark.parametrize(("table", "keys"), KEYS.items())
def test_the_columns_have_the_keys_of_the_result_file(table: str, keys: str) -> None:
    columns = RESULT_TABLES[table].columns
    extra = {"rule_title", "title"}

    assert set(keys.split()) == {each.key for each in columns} - extra
    assert not [each.key for each in columns if each.key in extra and each.required]


def test_empty_cells_come_back_empty(written: Path) -> None:
    table = RESULT_TABLES["shortfalls"]
    frame = full_frame(table)
    frame["kind"] = [None, "dol"]
    frame["amount"] = [math.nan, 1.0]
    frame["month"] = [None, JUL]
    write_workbook(written, read_seed_book("demo_small"), [ResultSheet(table, frame)])

    back = read_results(read_workbook(written))["shortfalls"]

    assert [None, "dol"] == back["kind"].tolist()
    assert [None, JUL] == back["month"].tolist()
    assert [True, False] == back["amount"].isna().tolist()


def test_numbers_of_numpy_are_written_as_numbers(written: Path) -> None:
    table = RESULT_TABLES["summary"]
    values = [np.float64(0.1 + 0.2), np.int64(7), np.float64(math.nan)]
    frame = pd.DataFrame({"subject": ["a", "b", "c"], "value": values, "unit": ""}, dtype=object)
    write_workbook(written, read_seed_book("demo_small"), [ResultSheet(table, frame)])

    back = read_results(read_workbook(written))["summary"]

    assert [0.1 + 0.2, 7, None] == back["value"].tolist()


@pytest.mark.parametrize(("key", "at"), [("levels", 3), ("measures", 3), ("summary", 2)])
def test_numbers_of_several_units_are_shown_each_as_its_own(
    written: Path, key: str, at: int
) -> None:
    table = RESULT_TABLES[key]
    frame = pd.concat([full_frame(table)] * 2, ignore_index=True)
    frame["value"] = pd.Series([964.8, 0.8103, 12.0, 2.54], dtype=object)
    frame["unit"] = ["person-months", "share", "euro", "months"]
    sheets = [ResultSheet(table, frame)]
    write_workbook(written, read_seed_book("demo_small"), sheets)
    sheet = openpyxl.load_workbook(written)[table.title.nl]
    last = sheet.max_row
    formats = [sheet.cell(row, at).number_format for row in range(last - 3, last + 1)]
    assert ["#,##0", "0.0%", "#,##0", "#,##0.0"] == formats


@pytest.mark.parametrize(
    ("value", "unit", "digits"),
    [
        (0.0, "", 0), (1e-9, "share", 0), (0.81, "share", 2), (0.5, "persons", 2),
        (2.5, "persons", 1), (9.999, "persons", 0), (964.8, "persons", 0), (-964.8, "persons", 0),
        (12.5, "months", 1), (12.0, "months", 0), (math.inf, "euro", 0),
    ],
)  # fmt: skip
def test_a_number_has_the_decimals_that_tell_it(value: float, unit: str, digits: int) -> None:
    assert digits == digits_of(value, unit)


def test_a_table_without_rows_comes_back_without_rows(written: Path) -> None:
    table = RESULT_TABLES["moves"]
    frame = pd.DataFrame(columns=[each.key for each in table.columns])
    write_workbook(written, read_seed_book("demo_small"), [ResultSheet(table, frame)])

    back = read_results(read_workbook(written))["moves"]

    assert ["location", "group", "month", "people", "to"] == back.columns.tolist()
    assert back.empty


def test_columns_that_may_be_left_out_are(written: Path) -> None:
    table = RESULT_TABLES["explanation"]
    frame = pd.DataFrame({"sentence": ["Omdat het contract afloopt."]})
    write_workbook(written, read_seed_book("demo_small"), [ResultSheet(table, frame)])

    back = read_results(read_workbook(written))["explanation"]

    assert {"sentence": ["Omdat het contract afloopt."]} == back.to_dict("list")


OLDER = (  # of provinces and municipalities on one sheet, before each had its own
    "Provincie", "Gemeente", "Locaties", "Bedden, begin", "Bedden, eind", "Mensen, begin",
    "Mensen, eind", "Noodopvang, meest", "DOL, meest", "Taak", "Kosten in het plan",
    "Te besluiten", "Wat tekortschiet",
)  # fmt: skip


def test_a_sheet_that_only_older_plans_have_is_still_one_of_the_plan() -> None:
    cells: dict[tuple[int, int], RawValue] = {(3, at): each for at, each in enumerate(OLDER, 1)}
    found = find_result(RawSheet("Provincies en gemeenten", cells))

    assert found is not None
    assert "areas" == found.table.key


def test_words_stand_in_the_sheets_language(written: Path) -> None:
    table = RESULT_TABLES["summary"]
    frame = pd.DataFrame(
        {
            "subject": [message("finding.persons.todo"), Text("Einde", "Ending")],
            "value": [1.5, Text("beste plan", "best plan")],
            "unit": ["persons", ""],
        }
    )
    notes = ("plain", Text("let op", "note"), message("template.required"))
    sheet = ResultSheet(table, frame, notes)

    write_workbook(written, read_seed_book("demo_small"), [sheet], Language.EN)

    values = list(openpyxl.load_workbook(written)["Summary"].values)
    assert ["plain", "note", "Required"] == [row[0] for row in values[2:5]]
    assert ("Subject", "Value", "Unit") == values[5]
    assert (1.5, "persons") == values[6][1:]
    assert ("Ending", "best plan") == values[7][:2]


def test_an_unreadable_result_is_told_with_its_cell(written: Path) -> None:
    table = RESULT_TABLES["moves"]
    write_workbook(written, read_seed_book("demo_small"), [ResultSheet(table, full_frame(table))])
    workbook = openpyxl.load_workbook(written)
    workbook["Verplaatsingen"]["D5"] = "veel"
    workbook.save(written)

    with pytest.raises(UnusableInputError) as caught:
        read_results(read_workbook(written))

    (found,) = caught.value.findings
    assert ("Verplaatsingen", "D5") == (found.sheet, found.cell)


@pytest.mark.parametrize("value", [math.inf, -math.inf])
def test_a_result_that_is_no_number_is_our_fault(written: Path, value: float) -> None:
    table = RESULT_TABLES["moves"]
    frame = full_frame(table).assign(people=[1.0, value])

    with pytest.raises(ProgramFaultError):
        write_workbook(written, read_seed_book("demo_small"), [ResultSheet(table, frame)])

    assert not written.exists()


def test_a_result_without_a_column_is_our_fault(written: Path) -> None:
    table = RESULT_TABLES["moves"]
    frame = full_frame(table).drop(columns="people")

    with pytest.raises(ProgramFaultError) as caught:
        write_workbook(written, read_seed_book("demo_small"), [ResultSheet(table, frame)])

    assert "people" in caught.value.told.text(Language.NL)


def test_titles_are_allowed_in_excel_and_unlike_the_input() -> None:
    titles = [each.title.in_(lang) for each in RESULT_TABLES.values() for lang in Language]
    inputs = {plain(each.title.in_(lang)) for each in TABLES for lang in Language}

    assert max(map(len, titles)) <= 31
    assert not inputs & set(map(plain, titles))


def test_levels_are_called_as_they_are_where_they_are_solved() -> None:
    assert [each.value for each in Level] == [each.value for each in LevelName]
    assert {c.level.value: c.title for c in LEVELS} == {n.value: n.label for n in LevelName}
