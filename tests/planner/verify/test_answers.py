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
