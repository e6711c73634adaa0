"""A plan's workbook shows what follows from its decisions, in every cell, or is found out."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import openpyxl
import pytest

from planner import api
from planner.core.texts import Language
from planner.files.reading import read_workbook
from planner.input.book import Book, RawSheet, RawValue
from planner.input.case import usable
from planner.result.load import plan_tables
from planner.result.record import as_text, of_text
from planner.result.verification import breaches_of
from planner.sheets.record_sheet import record_of, record_sheet
from planner.sheets.result_sheets import find_result
from planner.sheets.result_tables import HIDDEN, RECORD
from planner.sheets.shown_cells import differing
from planner.verifying import sheets_again
from tests.planner.forging import Value, address, another, forged, forged_cells, result_cells
from tests.small_plan import small_book, small_plan

SEED = 20260612
SLOW = pytest.mark.slow


@dataclass(frozen=True)
class Planned:
    """The small demo's plan in its file, as it is read, and as it should be."""

    path: Path
    book: Book
    expected: tuple[RawSheet, ...]


@pytest.fixture(scope="module")
def planned(demo: Path) -> Planned:
    read = read_workbook(demo / "plan.xlsx")
    tables = plan_tables(read)
    assert tables is not None
    record = record_of(tables[RECORD.key])
    assert record is not None
    return Planned(demo / "plan.xlsx", read, sheets_again(read, usable(read), record, Language.NL))


def cells_of_each_column(book: Book) -> Iterator[tuple[RawSheet, int, int]]:
    """Yield a cell from the middle of each column of each result sheet, and of each line above.

    Of the first sheet, which has no columns, it is every cell.
    """
    columns: dict[tuple[str, int], list[tuple[RawSheet, int, int]]] = {}
    for sheet, row, column in result_cells(book):
        found = find_result(sheet)
        if found is not None and found.table.key == RECORD.key:
            continue
        if found is None or row <= found.header_row:
            yield sheet, row, column
        else:
            columns.setdefault((sheet.name, column), []).append((sheet, row, column))
    for cells in columns.values():
        yield sorted(cells, key=lambda each: each[1])[len(cells) // 2]


def test_a_plan_that_nobody_changed_holds_in_every_cell(planned: Planned) -> None:
    verdict = api.verify(planned.path)

    assert () == verdict.breaches
    assert () == verdict.remarks
    assert verdict.whole


def test_it_is_told_per_level_how_near_the_best_the_plan_is(
    planned: Planned, tmp_path: Path
) -> None:
    verdict = api.verify(planned.path)
    api.save_verdict(tmp_path / "verdict.json", verdict)
    written = json.loads((tmp_path / "verdict.json").read_text())

    assert written["holds"]
    assert written["input_changed"] is False
    assert [each.name for each in verdict.levels] == [each["name"] for each in written["levels"]]
    assert {"name", "unit", "value", "bound", "gap"} == written["levels"][0].keys()
    assert "unplaced" == verdict.levels[0].name
    assert verdict.levels[0].best
    for each in verdict.levels:
        assert each.bound <= each.value + 1e-6 * max(1.0, each.value)
        assert abs(each.gap - max(0.0, each.value - each.bound)) <= 1e-6 * max(1.0, each.value)
    # Whole choices cost little beside shares of them.
    cost = next(each for each in verdict.levels if each.name == "cost")
    assert cost.gap < 0.01 * cost.value


def test_every_column_of_every_sheet_and_every_cell_of_the_first_is_held(
    planned: Planned,
) -> None:
    cells = list(cells_of_each_column(planned.book))
    by_name = {sheet.name: sheet for sheet in planned.book.sheets}
    missed: list[tuple[str, str]] = []
    of_each = [[each for each in cells if each[0].name == name] for name in by_name]
    for at_once in zip_longest(*of_each):  # one cell of every sheet: each sheet is held apart
        sheets: dict[str, RawSheet] = {}
        forged_at: set[tuple[str, str]] = set()
        for sheet, row, column in filter(None, at_once):
            changed = {**sheet.cells, (row, column): another(sheet.cells[row, column])}
            sheets[sheet.name] = replace(sheet, cells=changed, formulas={})
            forged_at.add((sheet.name, address(row, column)))
        # A sheet of which no cell was forged holds, as another test says.
        expected = tuple(each for each in planned.expected if each.name in sheets)
        found = differing(expected, tuple(sheets.values()))
        missed += forged_at ^ {(each.sheet, each.cell) for each in found}

    assert len({sheet.name for sheet, _, _ in cells}) == len(planned.expected)
    assert len(cells) > 300
    assert [] == missed


def test_cells_forged_in_the_file_are_named_with_sheet_and_address(
    planned: Planned, tmp_path: Path
) -> None:
    path, cells = planned.path, []
    for name in ("Overzicht", "Plaatsing", "Verklaring", "Tekorten"):
        raw = next(each for each in planned.book.sheets if each.name == name)
        (row, column), value = max(raw.cells.items(), key=lambda each: each[0])
        path = forged(path, tmp_path / "forged.xlsx", name, address(row, column), another(value))
        cells.append(f"{name}!{address(row, column)}")
    said = told(path)

    assert [] == [each for each in cells if each not in said]


@pytest.mark.parametrize(("runs", "at_once"), [(1, 10), pytest.param(300, 1, marks=SLOW)])
def test_cells_forged_by_chance_are_all_named(
    planned: Planned, tmp_path: Path, runs: int, at_once: int
) -> None:
    hidden = {each.title.nl for each in HIDDEN}
    cells = [each for each in result_cells(planned.book) if each[0].name not in hidden]
    chance = random.Random(SEED)  # noqa: S311 - not to be secret
    missed = []
    for _ in range(runs):
        path, forged_at = planned.path, []
        for sheet, row, column in chance.sample(cells, at_once):
            cell, value = address(row, column), another(sheet.cells[row, column])
            path = forged(path, tmp_path / "forged.xlsx", sheet.name, cell, value)
            forged_at.append(f"{sheet.name}!{cell}")
        said = told(path)
        missed += [each for each in forged_at if each not in said]

    assert [] == missed


def told(path: Path) -> str:
    """Return all that is said of a plan."""
    return "\n".join(each.what.text(Language.NL) for each in api.verify(path).breaches)


def test_a_changed_cell_of_the_input_is_named_with_what_it_was(
    planned: Planned, tmp_path: Path
) -> None:
    sheet = planned.book.tables["locations"]
    row = int(sheet.frame.index[0])
    cell = sheet.address(row, "beds")
    was = int(str(sheet.frame.at[row, "beds"]))
    path = forged(planned.path, tmp_path / "changed.xlsx", sheet.name, cell, was + 7)

    verdict = api.verify(path)

    assert "input_changed" == verdict.breaches[0].check
    assert re.search(rf"{sheet.name}!{cell} was .{was}., is .{was + 7}.", told(path))
    assert [cell] == [each.cell for each in verdict.input_changed]


# Nine cells of as many result sheets, forged so that they can still be read.
NINE: dict[tuple[str, str], Value] = {
    ("Samenvatting", "A4"): "x", ("Maten", "D6"): 3.0, ("Verloop", "D6"): 9.0, ("Vraag", "D7"): 8.0,
    ("Plaatsing", "G104"): 77.0, ("DOL", "D7"): 44.0, ("Kosten", "C6"): 1.0,
    ("Controles", "A5"): "x", ("Kinderen", "B6"): "x",
}  # fmt: skip


@pytest.mark.parametrize(
    "unreadable", [("Plaatsen", "F8"), ("Locaties", "J5")], ids=["result", "input"]
)
def test_of_ten_forged_cells_of_which_one_cannot_be_read_all_are_named(
    planned: Planned, tmp_path: Path, unreadable: tuple[str, str]
) -> None:
    file = forged_cells(planned.path, tmp_path / "ten.xlsx", {**NINE, unreadable: "veel"})

    verdict = api.verify(file)

    told = [each.what.text(Language.NL) for each in verdict.breaches]
    for sheet, cell in (*NINE, unreadable):
        assert 1 == sum(f"{sheet}!{cell}" in each for each in told), (sheet, cell)
    assert len(NINE) + 1 == len(told)


@pytest.mark.parametrize(
    "value",
    [None, True, False, 3, -2.5, 1e-9, 1e22, dt.date(2026, 7, 1), "veel", "1,5", "nan", "inf"],
)
def test_a_value_is_read_again_from_the_text_that_was_recorded(value: RawValue) -> None:
    text = "" if value is None else as_text(value)
    assert value == of_text(text)
    assert type(value) in {type(of_text(text)), float}


def test_what_does_not_add_up_is_told_by_the_titles_of_sheet_and_column() -> None:
    plan = small_plan()
    runoff = plan.tables["runoff"].assign(portfolio_beds=7.0)
    people = plan.tables["placement"].assign(people=-1.0)
    case = usable(small_book())

    for name, frame, title in (
        ("runoff", runoff, "Capaciteit portefeuille"),
        ("placement", people, "Plaatsing"),
    ):
        wrong = replace(plan, tables={**plan.tables, name: frame})
        words = [each.what.text(Language.NL) for each in breaches_of(case, wrong)]
        assert any(title in each for each in words), words


KEYS = re.compile(r"\b[a-z]+_[a-z_]+\b")  # of a rule, group or column, never a word of a sentence


def test_what_does_not_add_up_is_told_without_a_key() -> None:
    plan = small_plan()
    shortfalls = plan.tables["shortfalls"]
    decisions = plan.tables["decisions"]
    case = usable(small_book())
    spoilt = {
        "shortfalls": shortfalls.assign(
            amount=shortfalls["amount"] + 1, level="cost", region="Oost"
        ),
        "decisions": decisions.assign(value=decisions["value"] * 2),
        "questions": plan.tables["questions"].assign(value=0.5, holds=None),
        "children": plan.tables["children"].assign(pupils=0.5),
        "checks": plan.tables["checks"].assign(value=0.5, limit=0.5, holds=None),
    }

    breaches = breaches_of(case, replace(plan, tables={**plan.tables, **spoilt}))
    words = [each.what.text(language) for each in breaches for language in Language]

    assert {
        "shortfall",
        "shortfall_level",
        "shortfall_place",
        "decision_above_one",
        "answer_figure",
        "answer_verdict",
        "check_verdict",
    } <= {each.check for each in breaches}
    assert [] == [each for each in words if KEYS.search(each)]


def test_a_record_that_was_changed_is_told(planned: Planned, tmp_path: Path) -> None:
    sheet = next(each for each in planned.book.sheets if each.name == RECORD.title.nl)
    last = max(row for row, _ in sheet.cells)
    words = str(sheet.cells[last, 1])
    other = ("1" if words[40] == "0" else "0").join([words[:40], words[41:]])
    path = forged(planned.path, tmp_path / "other.xlsx", sheet.name, f"A{last}", other)

    assert RECORD.title.nl in told(path)


def test_a_plan_of_a_version_that_reads_its_input_otherwise_is_told_as_such(
    planned: Planned, tmp_path: Path
) -> None:
    tables = plan_tables(planned.book)
    assert tables is not None
    record = record_of(tables[RECORD.key])
    assert record is not None
    made = {**record, "provenance": {**record["provenance"], "fingerprint": "another"}}
    parts = [str(part) for part in record_sheet(made).frame["part"]]
    sheet = next(each for each in planned.book.sheets if each.name == RECORD.title.nl)
    first = max(row for row, _ in sheet.cells) - len(tables[RECORD.key]) + 1
    workbook = openpyxl.load_workbook(planned.path)
    for at, part in enumerate(parts):
        workbook[sheet.name].cell(first + at, 1, part)
    workbook.save(tmp_path / "other.xlsx")

    verdict = api.verify(tmp_path / "other.xlsx")

    assert ["input_read_otherwise"] == [each.check for each in verdict.breaches]
    assert "andere versie" in told(tmp_path / "other.xlsx")


def test_without_its_record_a_plan_is_said_to_be_checked_in_part(
    planned: Planned, tmp_path: Path
) -> None:
    workbook = openpyxl.load_workbook(planned.path)
    del workbook[RECORD.title.nl]
    workbook.save(tmp_path / "without.xlsx")

    verdict = api.verify(tmp_path / "without.xlsx")

    assert () == verdict.breaches
    assert not verdict.whole
    assert "zinnen" in verdict.remarks[0].text(Language.NL)


def test_rows_that_somebody_sorted_are_the_same_rows(planned: Planned) -> None:
    sheet = next(each for each in planned.book.sheets if each.name == "Plaatsing")
    found = find_result(sheet)
    assert found is not None
    last = max(row for row, _ in sheet.cells)
    turned = {
        (row if row <= found.header_row else found.header_row + 1 + last - row, column): value
        for (row, column), value in sheet.cells.items()
    }
    sheets = tuple(
        replace(each, cells=turned) if each is sheet else each for each in planned.book.sheets
    )

    assert [] == list(differing(planned.expected, sheets))


def test_a_euro_more_in_a_cost_of_billions_is_another_cost() -> None:
    cells: dict[tuple[int, int], RawValue] = {(1, 1): "Niveau", (1, 2): "Eenheid", (1, 3): "Waarde"}
    cells |= {(2, 1): "kosten", (2, 2): "euro", (2, 3): 5703963674.996606}
    sheet = RawSheet("Niveaus", cells)
    more = replace(sheet, cells={**cells, (2, 3): 5703963675.996606})
    rounded = replace(sheet, cells={**cells, (2, 3): 5703963674.9966})

    assert ["C2"] == [each.cell for each in differing((sheet,), (more,))]
    assert [] == list(differing((sheet,), (rounded,)))


def test_a_remark_beside_a_table_is_told_apart_and_breaks_nothing(
    planned: Planned,
) -> None:
    sheet = next(each for each in planned.book.sheets if each.name == "Tekorten")
    right = max(column for _, column in sheet.cells) + 2
    cells = {**sheet.cells, (5, right): "bespreken met de gemeente"}
    sheets = tuple(
        replace(each, cells=cells) if each is sheet else each for each in planned.book.sheets
    )

    (found,) = differing(planned.expected, sheets)

    assert found.beside


def test_verifying_needs_no_solver(planned: Planned) -> None:
    """No library that solves can be imported here, as where none is installed."""
    program = (
        "import sys\n"
        "for each in ('highspy', 'scipy', 'pulp'): sys.modules[each] = None\n"
        "from planner.__main__ import main\n"
        f"sys.exit(main(['verify', {str(planned.path)!r}]))"
    )
    ran = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)  # noqa: S603 - our own

    assert 0 == ran.returncode, ran.stderr
    assert "bewezen: geen plan is hier beter" in ran.stdout.decode()
