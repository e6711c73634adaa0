"""One lever by steps: every step is the plan with that value, and what cannot be is told."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from planner import api
from planner.cli import run
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.edit_lines import edits_in
from planner.input.edits import apply
from planner.whatif.levers import LEVERS, lever_named
from planner.whatif.session import WhatIf
from planner.whatif.sweep import narrowed, sweep, value_words, values_between


@pytest.fixture(name="book", scope="module")
def small_demo() -> Book:
    return api.open_demo("small", Language.EN)


def test_each_step_is_the_plan_with_that_value_and_what_cannot_be_is_told(book: Book) -> None:
    found = sweep(WhatIf(book), lever_named("dublin stay"), (-1.0, 3.0, 6.0))
    assert [True, False, False] == [step.refused is not None for step in found.steps]
    three, six = found.steps[1:]
    assert three.sizes is not None
    assert six.sizes is not None
    # Twice the stay is twice the people who wait for a transfer: more places, not fewer.
    assert three.sizes.dol_places.amount < six.sizes.dol_places.amount
    lines = lever_named("dublin stay").lines(book, 6.0)
    made = api.plan(apply(book, edits_in(book, "middle", lines))[0])
    fitted_out = made.tables["dol"].groupby("month")["prepared"].sum().max()
    assert six.sizes.dol_places.amount == pytest.approx(fitted_out, abs=1e-6)


@pytest.mark.parametrize("key", LEVERS)
def test_every_lever_names_cells_that_are_there(book: Book, key: str) -> None:
    lines = LEVERS[key].lines(book, 1.0)
    assert lines
    assert len(lines) == len(edits_in(book, "middle", lines))


@pytest.mark.parametrize(
    "name", ["verblijf Dublin", "Dublin_Stay", "norm", "reserve_places", "locations,L06,beds"]
)
def test_a_lever_goes_by_its_name_a_parameter_or_a_cell(name: str) -> None:
    assert lever_named(name).title.nl


def test_what_is_no_lever_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnusableInputError, match="dublin_stay"):
        lever_named("the weather")


def test_steps_stand_evenly_and_are_read_apart() -> None:
    assert (2.0, 2.5, 3.0) == values_between(2, 3, 3)
    assert ["0.975", "3", "0.3333"] == [value_words(each).en for each in (0.975, 3.0, 1 / 3)]
    with pytest.raises(UnusableInputError):
        values_between(1, 2, 1)


def test_the_command_writes_a_workbook_with_a_chart(book: Book, tmp_path: Path) -> None:
    api.save_book(tmp_path / "demo.xlsx", book, Language.EN)
    given = ["sweep", str(tmp_path / "demo.xlsx"), "--what", "dublin stay", "--from", "3"]
    given += ["--to", "6", "--steps", "2", "--out", str(tmp_path / "sweep.xlsx")]
    assert 0 == run([*given, "--json", str(tmp_path / "sweep.json"), "--language", "en"])
    with ZipFile(tmp_path / "sweep.xlsx") as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Chart: ' in drawing
    sheet: Any = openpyxl.load_workbook(tmp_path / "sweep.xlsx").active
    assert sheet is not None
    assert "Dublin stay: from 3 to 6" == sheet["A1"].value
    assert [3, 6] == [sheet["A4"].value, sheet["A5"].value]
    record = json.loads((tmp_path / "sweep.json").read_text(encoding="utf-8"))
    drawn = [each["dol_places"]["amount"] for each in record["steps"]]
    assert drawn == pytest.approx([sheet["E4"].value, sheet["E5"].value], abs=1e-5)
    assert 1 == len(sheet._charts)  # noqa: SLF001 - openpyxl has no other list


def test_where_something_breaks_is_narrowed_down_by_plans_between_the_steps(book: Book) -> None:
    asking = WhatIf(book)
    coarse = sweep(asking, lever_named("arrivals"), (0.6, 1.4))
    (before, after) = (coarse.steps[0].value, coarse.steps[1].value)
    fine = narrowed(asking, coarse)
    assert coarse.steps == fine.steps
    assert fine.between
    values = sorted({before, after, *(step.value for step in fine.between)})
    value = fine.halfway("without_place")
    assert value is not None
    # The stretch that is left is a 32nd of the one between the steps.
    (low, high) = next(pair for pair in pairwise(values) if pair[0] < value < pair[1])
    assert high - low == pytest.approx((after - before) / 32)
