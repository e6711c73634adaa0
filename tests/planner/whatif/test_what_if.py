"""Edits of a solved plan: the answers are those of a plan made from the start."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner import api
from planner.cli import run
from planner.core.errors import UnusableInputError
from planner.core.texts import Language
from planner.input.book import Book
from planner.input.case import usable
from planner.input.edit_lines import EditLine, edits_in
from planner.input.edits import apply
from planner.model.build import build
from planner.solver.laid_over import LaidOver, laid_over
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.whatif import session
from planner.whatif.edit_lines import read_edits
from planner.whatif.session import Way, WhatIf

# One of each kind that is asked about, and closings, whose columns and rows go.
ASKED = (
    EditLine("parameters", "dol_growth_per_month", "value", "6"),
    EditLine("groups", "dublin_single", "stay_months", "4.2"),
    EditLine("locations", "L16", "open_until", "2026-12-31"),
    EditLine("parameters", "occupancy_norm", "value", "0.98"),
    EditLine("inflow", "middle|2026-10-01|first_applications", "people", "320"),
    EditLine("locations", "L14", "extendable_until", None),
)


@pytest.fixture(name="book", scope="module")
def small_demo() -> Book:
    return api.open_demo("small", Language.EN)


@pytest.fixture(name="asking", scope="module")
def asked_one_after_another(book: Book) -> WhatIf:
    return WhatIf(book)


def levels_from_the_start(book: Book) -> dict[str, float]:
    outcome = solve_levels(linear_model(build(usable(book))))
    assert outcome.solution is not None
    return {each.name: each.value for each in outcome.solution.levels}


def test_every_answer_is_that_of_a_plan_made_from_the_start(book: Book, asking: WhatIf) -> None:
    changed, ways = book, set()
    for line in ASKED:
        answer = asking.ask([line])
        changed = apply(changed, edits_in(changed, "middle", [line]))[0]
        levels = {name: each.value for name, each in answer.levels.items()}
        assert levels == pytest.approx(levels_from_the_start(changed), rel=1e-6, abs=1e-6)
        assert 0 < answer.first_s <= answer.seconds <= answer.verified_s
        ways.add(answer.way)
    # Were every answer solved from the start, nothing of this would have been tried.
    assert ways & {Way.CERTIFIED, Way.WALKED}


def test_an_edit_is_gone_on_from_the_plan_that_has_most_in_common_with_it(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    went_from = []

    def noted(*given: Any) -> LaidOver:
        went_from.append(given[2])
        return laid_over(*given)

    monkeypatch.setattr(session, "laid_over", noted)
    asking = WhatIf(book)
    closed = EditLine("locations", "L14", "extendable_until", None)
    other = EditLine("locations", "L16", "open_until", "2026-12-31")
    asking.pose([closed])
    asking.pose([other])
    asking.pose([closed, other])
    from_first, after_another, with_another = went_from
    # After one closing the other alone has most in common with the first plan, both with the last.
    assert after_another is from_first
    assert with_another is not from_first

    # Of two plans with the same columns that which the edit was made of, though asked before.
    asking.pose([EditLine("parameters", "occupancy_norm", "value", "0.98")])
    asking.pose([closed])
    assert went_from[-1] is from_first


def test_several_edits_go_in_together(asking: WhatIf) -> None:
    before = dict(asking.levels)
    answer = asking.ask(
        [
            EditLine("parameters", "dol_growth_per_month", "value", "9"),
            EditLine("locations", "L06", "beds", "300"),
        ]
    )
    assert {name: each.before for name, each in answer.levels.items()} == before
    assert asking.levels != before


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (EditLine("locations", "L99", "beds", "10"), "“L99” is not known"),
        (EditLine("locations", "L20", "beds", "-4"), "too low"),
        (EditLine("parameters", "horizon_months", "value", "6"), "months or groups"),
    ],
)
def test_an_edit_that_cannot_be_used_is_told_and_changes_nothing(
    asking: WhatIf, line: EditLine, told: str
) -> None:
    before, book = dict(asking.levels), asking.book
    with pytest.raises(UnusableInputError) as refused:
        asking.ask([line])
    assert any(told in each.what.text(Language.EN) for each in refused.value.findings)
    assert asking.levels == before
    assert asking.book is book


def test_levels_are_told_before_the_answer_and_are_what_it_says(asking: WhatIf) -> None:
    told: dict[str, float] = {}
    line = EditLine("parameters", "dol_growth_per_month", "value", "7")
    answer = asking.pose([line], settled=told.__setitem__)
    assert told
    # What a level was before is what the first plan says of it.
    assert {name: each.before for name, each in answer.levels.items()} == {
        name: each.value for name, each in asking.first_levels.items()
    }
    assert told == pytest.approx({name: answer.levels[name].value for name in told})


def test_a_cell_that_the_scenario_changes_is_edited_where_that_stands(book: Book) -> None:
    line = EditLine("parameters", "dol_growth_per_month", "value", "20")
    (edit,) = edits_in(book, "slower_dol", [line])
    assert "scenarios" == edit.table
    changed = apply(book, [edit])[0]
    assert 20 == usable(changed, "slower_dol").parameters.number("dol_growth_per_month")


def asking_of(book: Book, folder: Path, edits: str) -> list[str]:
    """Write a book and a file of edits; return the command that asks after these in English."""
    api.save_book(folder / "demo.xlsx", book, Language.EN)
    (folder / "edits.csv").write_text(edits, encoding="utf-8")
    files = [str(folder / "demo.xlsx"), "--edits", str(folder / "edits.csv")]
    return ["what-if", *files, "--language", "en"]


def test_the_command_tells_each_answer_and_what_it_could_not_use(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edits = "table;key;column;value\nParameters;dol_growth_per_month;value;6\n\n"
    edits += "Locations;L99;beds;4\n"
    given = asking_of(book, tmp_path, edits)
    assert 2 == run([*given, "--json", str(tmp_path / "out.json")])
    output = capsys.readouterr()
    assert "Dublin:" in output.out
    assert "edits.csv!A4" in output.err
    record = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    made, refused = record["edits"]
    assert 0 < record["cold_s"]
    assert {"edit", "first_s", "seconds", "way", "ending", "levels"} <= set(made)
    assert "optimal" == made["ending"]
    assert "refused" == refused["ending"]


def test_less_cost_beside_more_people_without_a_place_is_told_as_no_gain(
    book: Book, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edits = "table,key,column,value\nLocations,L06,open_until,2026-12-31\n"
    edits += "Locations,L05,beds,-5\n"
    assert 2 == run(asking_of(book, tmp_path, edits))
    output = capsys.readouterr()
    (cost,) = (line for line in output.out.splitlines() if line.strip().startswith("cost:"))
    assert "while more people have no place (0 → " in cost
    # What the workbook is remarked on for anyway is no reason that an edit is refused.
    assert "error" in output.err
    assert "remark" not in output.err


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("table,key,value\nParameters,dol,6\n", []),
        ("table,key,column,value\n", []),
        ("table,key,column,value\nParameters,,value,6\n,x,value,6\n", ["A2", "A3"]),
        ("table,key,column,value\nParameters,x,value,#N/A\n", ["A2"]),
    ],
)
def test_a_file_that_is_no_list_of_edits_is_refused_with_every_line(
    tmp_path: Path, written: str, cells: list[str]
) -> None:
    (tmp_path / "edits.csv").write_text(written, encoding="utf-8")
    with pytest.raises(UnusableInputError) as refused:
        read_edits(tmp_path / "edits.csv")
    assert cells == [each.cell for each in refused.value.findings]
