"""Where and when rules bind, and what is said of rules that are switched off."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from planner.compare import verbs
from planner.compare.verbs import PlanOfBook
from planner.core.texts import Language
from planner.input.edits import AddRow, apply, next_row
from tests.compared import LONG
from tests.other_tables import with_tables

RULE = "school_seats"


def _without(plan: PlanOfBook, location: str) -> PlanOfBook:
    """Return a plan in which one location has no shortfall of school seats."""
    frame = plan.tables["shortfalls"]
    kept = frame[~((frame["rule"] == RULE) & (frame["location"] == location))]
    return with_tables(plan, {"shortfalls": kept}, name="minder")


def _places(plans: list[PlanOfBook]) -> pd.DataFrame:
    return verbs.compare(plans).themes["rules_places"].differing


def test_a_rule_that_ceases_to_bind_at_one_place_is_told_with_its_months(
    made: Mapping[str, PlanOfBook],
) -> None:
    plan = made["middle"]
    row = _places([plan, _without(plan, "L09")])
    assert [(RULE, "L09")] == list(zip(row["rule"], row["location"], strict=True))
    assert "jul 2026 t/m jun 2027" == row["plan_0"].iloc[0].in_(Language.NL)
    assert "knelt niet" == row["plan_1"].iloc[0].in_(Language.NL)


def test_a_gap_in_the_months_is_told_as_two_times(made: Mapping[str, PlanOfBook]) -> None:
    plan = made["middle"]
    frame = plan.tables["shortfalls"]
    months = sorted(set(frame.loc[(frame["rule"] == RULE) & (frame["location"] == "L09"), "month"]))
    gone = (frame["rule"] == RULE) & (frame["location"] == "L09") & (frame["month"] == months[1])
    other = with_tables(plan, {"shortfalls": frame[~gone]}, name="gat")
    row = _places([plan, other])
    assert "Jul 2026, Sep 2026 to Jun 2027" == row["plan_1"].iloc[0].in_(Language.EN)


def test_beds_that_are_all_in_use_bind(made: Mapping[str, PlanOfBook]) -> None:
    frame = verbs.compare([made["middle"], made[LONG]]).themes["rules_places"].frame
    full = set(frame.loc[frame["rule"] == "places_within_beds", "location"])
    places = made["middle"].tables["places"]
    sums = places.groupby(["location", "month"]).agg({"places": "sum", "beds": "max"})
    tight = sums[(sums["beds"] > 0) & (sums["places"] >= sums["beds"] - 1e-6)]
    assert set(tight.index.get_level_values(0)) <= full


def test_shortfalls_of_a_rule_that_is_off_are_not_known_rather_than_none(
    made: Mapping[str, PlanOfBook],
) -> None:
    plan = made["middle"]
    row = next_row(plan.book, "parameters")
    cells: dict[str, Any] = {"parameter": f"rule_{RULE}", "value": 0}
    book = apply(plan.book, [AddRow("parameters", row, cells)])[0]
    frame = plan.tables["shortfalls"]
    shortfalls = {"shortfalls": frame[frame["rule"] != RULE]}
    off = with_tables(plan, shortfalls, name="uit", book=book)
    comparison = verbs.compare([plan, off])
    short: Any = comparison.themes["shortfalls_rule"].frame.set_index("rule").loc[RULE]
    assert short["plan_0"] > 0
    assert math.isnan(short["plan_1"])
    assert math.isnan(short["difference_1"])
    places = comparison.themes["rules_places"].frame
    assert {None} == set(places.loc[places["rule"] == RULE, "plan_1"])
    told = [each.text(Language.NL) for each in verbs.sentences(comparison)["sentence"]]
    assert any(each.startswith("Regels die hier uit staan") for each in told)
    assert not any(each.startswith("Knelde in de basis") and "School" in each for each in told)
