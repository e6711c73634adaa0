"""What must be true so that nobody is in emergency reception: by arithmetic, and then tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.cli import run
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.explain.solved_plan import SolvedPlan
from planner.explain.wishes.without_emergency import WithoutEmergency, without_emergency
from planner.input.book import Book
from planner.input.edit_lines import EditLine, edits_in
from planner.input.edits import apply
from planner.planning import PlanOptions, solved_plan
from tests.planner.input.conftest import EMERGENCY, KINDS, book_of

DAY = dt.date(2026, 6, 30)
JUL, AUG, SEP = (dt.date(2026, month, 1) for month in (7, 8, 9))


def book(regular: str = "preferred", people: Sequence[int] = (140, 150, 130)) -> Book:
    """Return a centre of 100 beds, a tent of 80, and men: two months more than fit the centre."""
    sheets: dict[str, list[list[Any]]] = {
        "Locaties": [
            ["Locatiecode", "Type", "Status", "Bedden"],
            ["L1", "azc", "open", 100],
            ["L2", "emergency_tent", "open", 80],
        ],
        "Bezetting": [
            ["Peildatum", "Locatie", "Groep", "Personen"],
            [DAY, "L1", "men", 90],
            [DAY, "L2", "men", 40],
        ],
        "Groepen": [
            ["Groep", *KINDS, *EMERGENCY],
            ["men", regular, *[regular] * 5, "barred", *["fallback"] * 3],
        ],
        "Prognose": [
            ["Scenario", "Maand", "Groep", "Personen"],
            *(
                ["middle", month, "men", count]
                for month, count in zip((JUL, AUG, SEP), people, strict=True)
            ),
        ],
        "Parameters": [["Parameter", "Waarde"], ["occupancy_norm", 1.0]],
    }
    return book_of(sheets)


@cache
def planned() -> SolvedPlan:
    return solved_plan(book(), options=PlanOptions(whole=True, trials=0))


@cache
def from_august() -> WithoutEmergency:
    return without_emergency(planned(), AUG)


def test_the_least_that_must_be_true_is_the_beds_of_the_worst_month() -> None:
    """150 men in August and 100 beds: fifty more; the forty of July may stay in the tent."""
    (needed,) = from_august().needed

    assert ("beds", "L1", 50.0) == (needed.sort, needed.subject, needed.by)
    assert 50.0 == pytest.approx(needed.least)
    assert 50.0 == pytest.approx(from_august().before)


def test_the_answer_is_tried_as_a_plan() -> None:
    found = from_august()
    assert found.plan is not None
    assert 0.0 == found.left
    placed = found.plan.tables["placement"]
    later = placed[(placed["month"] >= AUG) & (placed["kind"] == "emergency_tent")]
    assert later.empty or later["people"].max() < 1e-6


def in_emergency(month: dt.date, edit: EditLine) -> float:
    """Return how many are in the tent in a month when it is planned anew with a cell otherwise."""
    changed, _ = apply(planned().book, edits_in(planned().book, "", [edit]))
    placed = api.plan(changed, options=PlanOptions(trials=0)).tables["placement"]
    there = placed[(placed["month"] == month) & (placed["kind"] == "emergency_tent")]
    return float(there["people"].sum())


def test_planned_anew_from_its_cells_the_answer_is_enough_and_a_bed_fewer_is_not() -> None:
    (edit,) = from_august().needed[0].edits

    assert "locations,L1,beds,150" == str(edit)
    assert 0.0 == pytest.approx(in_emergency(AUG, edit), abs=1e-6)
    assert 1.0 == pytest.approx(in_emergency(AUG, replace(edit, value=149)))


def test_where_nobody_is_in_emergency_reception_already_nothing_is_needed() -> None:
    enough = solved_plan(book(people=(90, 95, 99)), options=PlanOptions(whole=True, trials=0))

    found = without_emergency(enough, JUL)

    assert ((), 0.0, None) == (found.needed, found.left, found.plan)


def test_people_whom_only_emergency_reception_may_take_cannot_be_kept_out_of_it() -> None:
    barred = solved_plan(book("barred"), options=PlanOptions(whole=True, trials=0))

    with pytest.raises(UnusableInputError) as refused:
        without_emergency(barred, AUG)

    assert "without making an earlier level worse" in refused.value.told.text(Language.EN)


def test_the_command_tells_what_is_needed_and_what_came_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.xlsx"
    api.save_plan(path, planned().book, planned().plan, Language.NL)

    assert 0 == run(["why", str(path), "--no-emergency-from", "2026-08", "--language", "en"])

    told = capsys.readouterr().out
    assert "50" in told
    assert "Locations,L1,Beds,150" in told
    assert 2 == run(["why", str(path), "--no-emergency-from", "2031-08", "--language", "en"])
    assert "is no month of this plan" in capsys.readouterr().err
