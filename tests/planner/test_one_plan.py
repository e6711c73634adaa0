"""A damaged plan is refused in the same words by whoever reads it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner import api
from planner.cli.line import run
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.result import load_plan, plan_in_book
from planner.result.tables import TABLE_COLUMNS
from tests.planner.files.gallery.rows import plain_rows
from tests.planner.files.gallery.writers import openpyxl_book

COMMANDS = (
    ["verify"],
    ["report", "--out", "{out}.pdf"],
    ["compare", "{file}", "--out", "{out}.xlsx"],
    ["export", "--out", "{out}"],
)


@pytest.fixture(scope="module")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    openpyxl_book(plain_rows()).save(folder / "in.xlsx")
    book = api.open_workbook(folder / "in.xlsx")
    api.save_plan(folder / "plan.xlsx", book, api.plan(book), Language.NL)
    return folder / "plan.xlsx"


def without(sheet: str, plan_file: Path, target: Path) -> Path:
    workbook = openpyxl.load_workbook(plan_file)
    del workbook[sheet]
    workbook.save(target)
    return target


@pytest.mark.parametrize("sheet", ["Verantwoording", "DOL", "Verloop", "Niveaus"])
def test_every_command_says_the_same_of_a_plan_without_one_of_its_sheets(
    sheet: str, plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = without(sheet, plan_file, tmp_path / "damaged.xlsx")
    said = set()
    for command, *rest in COMMANDS:
        words = [each.format(file=file, out=tmp_path / command) for each in rest]
        assert 2 == run([command, str(file), *words]), command
        said.add(capsys.readouterr().err.strip().splitlines()[0])
    assert 1 == len(said), said
    assert f"er ontbreekt: {sheet}" in said.pop()


def test_a_plan_is_loaded_as_it_was_made(plan_file: Path) -> None:
    loaded = load_plan(plan_file)
    made = api.plan(api.open_workbook(plan_file))

    assert [(each.name, each.unit) for each in made.levels] == [
        (each.name, each.unit) for each in loaded.plan.levels
    ]
    assert [each.value for each in made.levels] == pytest.approx(
        [each.value for each in loaded.plan.levels]
    )
    for name in TABLE_COLUMNS:
        assert len(made.tables[name]) == len(loaded.plan.tables[name])
    assert () == loaded.breaches
    assert loaded.same_input


def test_what_is_told_of_a_choice_is_about_the_same_choice_once_loaded(demo: Path) -> None:
    lines = load_plan(demo / "plan.xlsx").plan.tables["explanation"]
    mine = lines[lines["section"] == "choice"]
    told = dict(zip(mine["location"], mine["sort"], strict=True))

    # L20 is a candidate, L14, L16 and L18 have contracts that end, L04 has a DOL part.
    assert {"L20": "open", "L14": "extend", "L16": "extend", "L18": "extend", "L04": "dol"} == told


def test_a_workbook_without_results_holds_no_plan(tmp_path: Path) -> None:
    openpyxl_book(plain_rows()).save(tmp_path / "in.xlsx")
    assert plan_in_book(api.open_workbook(tmp_path / "in.xlsx")) is None
    with pytest.raises(UnusableInputError) as refused:
        load_plan(tmp_path / "in.xlsx")
    told = refused.value.told.text(Language.NL)
    assert told.startswith("in in.xlsx staat geen plan; maak er een met opvangplan plan")
