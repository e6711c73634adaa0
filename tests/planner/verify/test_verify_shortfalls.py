"""Every shortfall and every level told otherwise than it is comes to light."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from planner.input.case import Case
from planner.input.kinds import Suitability
from planner.verify import Breach, ClaimedPlan, verify

JUL, AUG, SEP = (dt.date(2026, month, 1) for month in (7, 8, 9))


def short(rule: str, month: dt.date = SEP, **place: str) -> dict[str, Any]:
    return {"rule": rule, "month": month, **place}


def checks(found: tuple[Breach, ...]) -> set[str]:
    return {each.check for each in found}


ROWS_OF_RULES = [
    short("everyone_placed", group="minors"),
    short("even_sharing", AUG),
    short("suitable_kind", JUL),
    short("minors_places", AUG),
    short("child_suitable", JUL),
    short("women_safe", JUL),
    short("accessible_beds"),
    short("school_seats", AUG),
    short("school_seats_together"),
    short("occupancy_norm", location="azc"),
    short("ceilings", location="azc;new"),
    short("ceilings", location="tent"),
    short("max_people", AUG),
    short("emergency_places"),
    short("emergency_path"),
    short("emergency_term"),
    short("dol_band_low"),
    short("dublin_outside_dol"),
    short("accelerated_elsewhere"),
    short("reserve"),
    short("staff"),
    short("province_task", JUL),
    short("fewer_than_before", JUL),
    short("more_than_before", JUL),
]


@pytest.mark.parametrize("row", ROWS_OF_RULES, ids=lambda row: row["rule"])
@pytest.mark.parametrize("told", ["left out", "understated", "overstated"])
def test_a_shortfall_told_otherwise_is_found(
    case: Case,
    plan: ClaimedPlan,
    changed: Callable[..., ClaimedPlan],
    row: dict[str, Any],
    told: str,
) -> None:
    frame = plan.tables["shortfalls"]
    found = frame["rule"].eq(row["rule"]) & frame["month"].eq(row["month"])
    for column in ("location", "group"):
        if column in row:
            found &= frame[column].eq(row[column])
    amount = frame.loc[found, "amount"].item()
    change = {
        "left out": ("shortfalls", row, "left out", None),
        "understated": ("shortfalls", row, "amount", amount - 0.01),
        "overstated": ("shortfalls", row, "amount", amount + 0.01),
    }[told]
    (breach,) = verify(case, changed(plan, *change))
    assert "shortfall" == breach.check
    assert row["rule"] == dict(breach.what.fields)["rule"]
    assert pytest.approx(amount if told == "left out" else 0.01) == breach.amount


def test_unprotected_people_in_places_meant_for_others_are_counted(
    case: Case, plan: ClaimedPlan
) -> None:
    men = replace(case.groups["men"], regular=Suitability.FALLBACK)
    fallen_back = replace(case, groups={**case.groups, "men": men})
    of_rule = [
        each
        for each in verify(fallen_back, plan)
        if ("rule", "others_places") in each.what.fields and each.check == "shortfall"
    ]
    # 57 in the centre in each of three months, 15 and 16 in the new one; the tent is no such place.
    assert [57, 57, 57, 15, 16] == [each.amount for each in of_rule]


@pytest.mark.parametrize(
    "level",
    [
        "unplaced",
        "protected",
        "shared",
        "norm",
        "emergency",
        "dublin",
        "reserve",
        "provinces_worst",
        "provinces",
        "moves",
        "cost",
        "change",
    ],
)
@pytest.mark.parametrize("by", [0.01, -0.01, float("nan")])
def test_a_level_told_otherwise_is_found(
    case: Case, plan: ClaimedPlan, level: str, by: float
) -> None:
    levels = {**plan.levels, level: plan.levels[level] + by}
    assert [(level, "level_value")] == [
        (dict(each.what.fields)["level"], each.check)
        for each in verify(case, replace(plan, levels=levels))
    ]


def test_a_level_left_out_is_found(case: Case, plan: ClaimedPlan) -> None:
    levels = {name: value for name, value in plan.levels.items() if name != "cost"}
    assert {"level_value"} == checks(verify(case, replace(plan, levels=levels)))


def test_a_level_that_does_not_exist_is_found(case: Case, plan: ClaimedPlan) -> None:
    levels = {**plan.levels, "comfort": 0.0}
    assert {"level_unknown"} == checks(verify(case, replace(plan, levels=levels)))


def test_levels_in_another_order_than_asked_for_are_found(case: Case, plan: ClaimedPlan) -> None:
    names = list(plan.levels)
    names[3:5] = ["emergency", "norm"]
    levels = {name: plan.levels[name] for name in names}
    assert {"level_order"} == checks(verify(case, replace(plan, levels=levels)))


def test_levels_in_the_order_asked_for_hold(
    with_parameters: Callable[..., Case], plan: ClaimedPlan
) -> None:
    asked = {"emergency": 1, "norm": 2, "dublin": 3, "reserve": 4, "provinces": 5, "moves": 6}
    names = list(plan.levels)
    names[3:5] = ["emergency", "norm"]
    levels = {name: plan.levels[name] for name in names}
    case = with_parameters(**{f"priority_{name}": rank for name, rank in asked.items()})
    assert () == verify(case, replace(plan, levels=levels))


def test_moves_may_stand_among_the_shortfalls_too(case: Case, plan: ClaimedPlan) -> None:
    moves = plan.tables["moves"].rename(columns={"people": "amount"})
    rows = moves.assign(rule="moves", level="moves").astype(object)
    both = pd.concat([plan.tables["shortfalls"].astype(object), rows], ignore_index=True)
    tables = {**plan.tables, "shortfalls": both}
    assert () == verify(case, replace(plan, tables=tables))
    tables["shortfalls"] = both.iloc[:-1]
    assert {"shortfall"} == checks(verify(case, replace(plan, tables=tables)))
