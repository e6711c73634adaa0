"""The tables on children and on the five questions are counted again, figure by figure."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planner import api
from planner.input.case import Case
from planner.planning import PlanOptions
from planner.result.plan import Plan
from planner.verify import Breach, ClaimedPlan, verify

AUG = dt.date(2026, 8, 1)
FIGURES = (
    "minors", "minors_places", "minors_elsewhere", "pupils", "seats", "no_seat", "seats_unknown",
    "guardians_needed", "moved", "in_emergency",
)  # fmt: skip


@pytest.fixture(scope="module")
def made() -> tuple[Case, Plan]:
    book = api.open_demo("small")
    plan = api.plan(book, "three_municipalities_refuse", options=PlanOptions(trials=0))
    return api.usable(book, "three_municipalities_refuse"), plan


def breaches(made: tuple[Case, Plan], name: str, table: pd.DataFrame) -> tuple[Breach, ...]:
    case, plan = made
    levels = {each.name: each.value for each in plan.levels}
    return verify(case, ClaimedPlan(plan.scenario, levels, {**plan.tables, name: table}))


def test_what_the_plan_tells_is_counted_the_same(made: tuple[Case, Plan]) -> None:
    _, plan = made
    assert () == breaches(made, "children", plan.tables["children"])


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_on_children_that_is_changed_is_found(
    made: tuple[Case, Plan], figure: str
) -> None:
    table = made[1].tables["children"].copy()
    table.loc[table["month"] == AUG, figure] += 1.0
    (found,) = breaches(made, "children", table)
    assert "answer_figure" == found.check
    assert pytest.approx(1.0) == found.amount


@pytest.mark.parametrize(("question", "at"), [("capacity", 0), ("capacity", 1), ("school", 0),
                                              ("school", 1), ("care", 0)])  # fmt: skip
def test_a_figure_of_a_question_that_is_changed_is_found(
    made: tuple[Case, Plan], question: str, at: int
) -> None:
    table = made[1].tables["questions"].copy()
    rows = table.index[(table["question"] == question) & (table["month"] == AUG)]
    table.loc[rows[at], "value"] += 2.0
    (found,) = breaches(made, "questions", table)
    assert "answer_figure" == found.check


def test_a_verdict_that_does_not_follow_is_found(made: tuple[Case, Plan]) -> None:
    table = made[1].tables["questions"].copy()
    rows = table.index[(table["question"] == "capacity") & table["month"].isna()]
    assert [False] == table.loc[rows, "holds"].tolist()
    table.loc[rows, "holds"] = True
    (found,) = breaches(made, "questions", table)
    assert "answer_verdict" == found.check


@pytest.mark.parametrize(
    ("table", "column", "name"),
    [
        ("checks", "check", "needs_assessment"),
        ("checks", "check", "guardians_needed"),
        ("checks", "check", "guardians_exceptional"),
        ("questions", "question", "needs"),
        ("questions", "question", "guardians"),
    ],
)
def test_a_figure_of_needs_or_guardians_that_is_changed_is_found(
    made: tuple[Case, Plan], table: str, column: str, name: str
) -> None:
    changed = made[1].tables[table].copy()
    rows = changed.index[(changed[column] == name) & (changed["month"] == AUG)]
    changed.loc[rows, "value"] += 1.0
    (found,) = breaches(made, table, changed)
    assert "answer_figure" == found.check


def test_needs_that_cannot_be_assessed_in_time_are_not_passed_off_as_assessed(
    made: tuple[Case, Plan],
) -> None:
    # Of 163 who apply in September 2026 the needs of 134 can be assessed.
    changed = made[1].tables["checks"].copy()
    mine = (changed["check"] == "needs_assessment") & (changed["month"] == dt.date(2026, 9, 1))
    assert [False] == changed.loc[mine, "holds"].tolist()
    changed.loc[mine, "holds"] = True
    (found,) = breaches(made, "checks", changed)
    assert "check_verdict" == found.check


def test_guardians_of_whom_nobody_knows_how_many_there_are_are_not_enough(
    made: tuple[Case, Plan],
) -> None:
    changed = made[1].tables["questions"].copy()
    mine = (changed["question"] == "guardians") & changed["month"].isna()
    assert [None] == changed.loc[mine, "holds"].tolist()
    changed.loc[mine, "holds"] = True
    (found,) = breaches(made, "questions", changed)
    assert "answer_verdict" == found.check
