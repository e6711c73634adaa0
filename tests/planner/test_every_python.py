"""A plan is the same to the last digit in every Python, though `sum` adds otherwise since 3.12."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import reduce
from math import fsum
from operator import add
from pathlib import Path

import pytest

from planner import api
from planner.core.texts import Language
from planner.files.reading import read_sheets
from planner.result.plan import Plan
from tests.small_plan import small_book, small_plan

# 10^16 + 1 has no place for the 1, which Python 3.12 keeps apart and adds at the end.
KEEPS_WHAT_IS_LOST = sum([1e16, 1.0, -1e16]) == 1.0


def summed_otherwise(values: Iterable[object], /, start: object = 0) -> object:
    """Add up as the other Pythons do."""
    parts = [start, *values]
    if KEEPS_WHAT_IS_LOST or not {float, int}.issuperset(map(type, parts)):
        return reduce(add, parts)
    return fsum(parts) if float in map(type, parts) else reduce(add, parts)  # type: ignore[arg-type]


def cells(made: Plan, path: Path) -> dict[tuple[str, object], object]:
    api.save_plan(path, small_book(), made, Language.NL)
    # Those that begin so are packed, with the time in it, which stands on the sheet of origins too.
    shown = (each for each in read_sheets(path)[0] if each.name[0] != "_")
    return {
        (sheet.name, at): value
        for sheet in shown
        if sheet.name != "Verantwoording"
        for at, value in sheet.cells.items()
    }


@pytest.mark.slow
def test_a_plan_is_the_same_however_python_adds_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = cells(small_plan(), tmp_path / "here.xlsx")
    monkeypatch.setattr(builtins, "sum", summed_otherwise)
    there = cells(api.plan(small_book()), tmp_path / "there.xlsx")
    assert here.keys() == there.keys()
    assert {} == {at: (here[at], there[at]) for at in here if here[at] != there[at]}


@pytest.mark.parametrize(("given", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_a_sum_of_products_is_made_in_one_thread_unless_asked_otherwise(
    given: dict[str, str], threads: str
) -> None:
    kept = {name: each for name, each in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    asked = "import os, planner; print(os.environ['OPENBLAS_NUM_THREADS'])"
    told = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-c", asked], env=kept | given, capture_output=True, text=True, check=True
    )
    assert threads == told.stdout.strip()
