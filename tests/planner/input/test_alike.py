"""What is wrong alike in cells of one column is told once, with the first cell and the last."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner.cli import run
from planner.core.errors import Finding, Severity
from planner.core.texts import message
from planner.input.alike import told_once


def wrong(cell: str, name: str = "gezin", column: str = "group") -> Finding:
    what = message("finding.unknown_name", name=name, sheet="Groepen")
    todo = message("finding.unknown_name.todo", sheet="Groepen")
    return Finding(Severity.ERROR, what, todo, "Bezetting", cell, "occupancy", 3, column)


def test_cells_of_one_column_with_the_same_fault_are_one() -> None:
    found = told_once([wrong("C5"), wrong("C6", "men"), wrong("C7"), wrong("C9")])
    assert ["C5\N{EN DASH}C9 (3\N{MULTIPLICATION SIGN})", "C6"] == [each.cell for each in found]


def test_the_same_words_in_two_columns_are_two() -> None:
    assert 2 == len(told_once([wrong("C5"), wrong("D5", column="location")]))


def test_a_plan_that_cannot_be_made_tells_a_remark_and_a_mistake_once(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(demo / "demo.xlsx")
    for row in range(5, 9):
        book["Bezetting"].cell(row, 3).value = "xyzgroep"
    book.save(tmp_path / "demo.xlsx")
    assert 2 == run(["plan", str(tmp_path / "demo.xlsx"), "--out", str(tmp_path / "plan.xlsx")])
    lines = capsys.readouterr().err.splitlines()
    assert len(set(lines)) == len(lines)
    (told,) = [each for each in lines if "xyzgroep" in each and "Groepen" in each]
    assert "C5\N{EN DASH}C8 (4\N{MULTIPLICATION SIGN})" in told
