"""Every sheet and column of a national plan is held, as those of a small one are."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from planner import api
from planner.cli import run
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.book import Book, RawSheet, RawValue
from planner.sheets.overview_table import is_overview
from planner.sheets.result_sheets import find_result
from planner.sheets.result_tables import RECORD
from tests.kept import kept
from tests.planner.forging import address, another, forged_cells, result_cells

SEED = 20260612
# Cells by chance beside those of each column.
BY_CHANCE = 200
# What is less is the rounding of a sum.
NOTHING = 1e-9

pytestmark = pytest.mark.slow


def _plan(folder: Path) -> None:
    """Make the demo's plan; where the machine is busy that takes longer than a user would wait."""
    demo, plan = folder / "demo.xlsx", folder / "plan.xlsx"
    api.save_book(demo, api.open_demo("national"), Language.NL)
    long = ["--time-limit", "7200", "--quiet"]
    assert 0 == run(["plan", str(demo), "--out", str(plan), *long])


@pytest.fixture(name="plan", scope="module")
def national_plan() -> Path:
    return kept("national", _plan) / "plan.xlsx"


def body_cells(book: Book) -> list[tuple[RawSheet, int, int]]:
    """Return the cells of the rows of each result sheet, and all of the first sheet."""
    found, first = [], dict[str, int]()
    for sheet, row, column in result_cells(book):
        if sheet.name not in first:
            first[sheet.name] = _first_row(sheet)
        if row >= first[sheet.name]:
            found.append((sheet, row, column))
    return found


def _first_row(sheet: RawSheet) -> int:
    """Return the first row of a sheet that is looked at; beyond all of them for the record."""
    table = None if is_overview(sheet) else find_result(sheet)
    if table is None:
        return 1
    return table.header_row + 1 if table.table.key != RECORD.key else 1_048_577


def spread(book: Book) -> dict[tuple[str, str], RawValue]:
    """Return a cell of each column of each sheet and some by chance, in a row of a sheet one."""
    cells = body_cells(book)
    columns: dict[tuple[str, int], list[tuple[RawSheet, int, int]]] = defaultdict(list)
    for each in cells:
        columns[each[0].name, each[2]].append(each)
    chance = random.Random(SEED)  # noqa: S311 - not to be secret
    chosen: dict[tuple[str, int], tuple[RawSheet, int, int]] = {}
    for mine in columns.values():
        free = [each for each in mine if (each[0].name, each[1]) not in chosen and said(each)]
        if free:
            each = chance.choice(free)
            chosen[each[0].name, each[1]] = each
    for each in chance.sample(cells, BY_CHANCE):
        if said(each):
            chosen.setdefault((each[0].name, each[1]), each)
    return {
        (sheet.name, address(row, column)): sheet.cells[row, column]
        for sheet, row, column in chosen.values()
    }


def said(cell: tuple[RawSheet, int, int]) -> bool:
    """Whether a cell says something: what is next to nothing says nothing."""
    value = cell[0].cells[cell[1], cell[2]]
    return not isinstance(value, float) or value == 0 or abs(value) > NOTHING


def test_cells_forged_in_every_column_of_a_national_plan_are_all_named(
    plan: Path, tmp_path: Path
) -> None:
    cells = spread(read_workbook(plan))
    path = forged_cells(plan, tmp_path / "forged.xlsx", {k: another(v) for k, v in cells.items()})

    told = {each.what.text(Language.NL) for each in api.verify(path).breaches}

    named = "\n".join(told)
    missed = [f"{sheet}!{cell}" for sheet, cell in cells if f"{sheet}!{cell}:" not in named]
    assert [] == missed
    assert len(cells) > BY_CHANCE
