"""What a plan costs, by year, line, kind of place and where, on a case worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest

from planner.core.texts import Language
from planner.explain.costs import cost_table
from planner.input.case import Case
from planner.input.streams import Inflow
from planner.result.uncounted import uncounted_costs
from planner.verify import ClaimedPlan, verify
from tests.rules.cases import candidate, case, group, location
from tests.rules.planned import Planned, planned
from tests.tables import table_rows

# December and January: the plan runs over two years.
MONTHS = (dt.date(2026, 12, 1), dt.date(2027, 1, 1))
MEN = group("men", "regular", "emergency_tent", stay_months=1.0)


def two_years() -> Case:
    """Ten men on six regular beds and three in a tent: nine have a place, one has none."""
    of = case(
        location("azc", beds=6, province="Drenthe", municipality="Assen"),
        location("tent", "emergency_tent", beds=3, cost_per_bed_month=7000.0),
        groups=[MEN],
        people={"men": 10},
        months=2,
        tasks={"Drenthe": 0},
        occupancy_norm=1.0,
        cost_regular_bed_month=2500,
        cost_emergency_bed_month=5780,
    )
    return replace(
        of,
        date=dt.date(2026, 11, 30),
        months=MONTHS,
        forecast={("men", month): 10.0 for month in MONTHS},
        inflow=tuple(
            Inflow(scenario="middle", month=month, stream="first", people=people)
            for month, people in zip(MONTHS, (16.0, 8.0), strict=True)
        ),
    )


@pytest.fixture(scope="module", name="plan")
def made() -> Planned:
    return planned(two_years())


def costs(plan: Planned) -> pd.DataFrame:
    return cost_table(plan.problem, plan.solution.values, plan.tables["decisions"])


def test_places_cost_their_own_amount_or_the_usual_one_each_year_apart(plan: Planned) -> None:
    frame = costs(plan)
    mine = frame[frame["line"] == "cost_places"].astype(object)
    found = {
        (row.year, row.kind, row.province, row.municipality): row.amount
        for row in table_rows(mine.where(mine.notna(), None))
    }
    assert {
        ("2026", "regular", "Drenthe", "Assen"): pytest.approx(6 * 2500),
        ("2027", "regular", "Drenthe", "Assen"): pytest.approx(6 * 2500),
        ("2026", "emergency_tent", None, None): pytest.approx(3 * 7000),
        ("2027", "emergency_tent", None, None): pytest.approx(3 * 7000),
    } == found


def test_what_is_done_for_who_arrives_has_lines_of_its_own(plan: Planned) -> None:
    frame = costs(plan)
    amounts = {(row.line, row.year): row.amount for row in table_rows(frame)}
    # 5.7 million euros for 27,000 assessments; 240,000 euros for as many people, eight a session.
    assert pytest.approx(16 * 211.11) == amounts["cost_assessments", "2026"]
    assert pytest.approx(8 * 211.11) == amounts["cost_assessments", "2027"]
    assert pytest.approx(2 * 71.11) == amounts["cost_information", "2026"]
    assert pytest.approx(1 * 71.11) == amounts["cost_information", "2027"]


def test_what_counts_adds_up_to_the_cost_of_the_plan(plan: Planned) -> None:
    frame = costs(plan)
    assert (
        pytest.approx(plan.levels["cost"]) == frame[frame["counted"].eq(other=True)]["amount"].sum()
    )


def test_who_has_no_place_is_told_at_the_rate_of_emergency_reception(plan: Planned) -> None:
    frame = costs(plan)
    beside = frame[frame["line"] == "cost_unplaced"]
    assert [5780.0, 5780.0] == pytest.approx(beside["amount"].tolist())
    assert [False, False] == beside["counted"].tolist()


def test_a_line_that_nobody_gave_is_not_known_and_not_nothing(plan: Planned) -> None:
    frame = costs(plan)
    (row,) = table_rows(frame[frame["line"] == "cost_allowance"])
    assert pd.isna(row.amount)
    assert "not known, because not given: Allowance per month" == row.why.en
    told = [each.text(Language.EN) for each in uncounted_costs(plan.problem.case)]
    assert "Allowance per month" in told[0]
    assert told[1].startswith("At 1 location without a cost per bed of its own, 2,500 euros")


def test_an_amount_that_is_not_so_is_found_without_the_solver(plan: Planned) -> None:
    frame = costs(plan)
    claimed = ClaimedPlan("middle", plan.levels, {**plan.tables, "costs": frame})
    assert () == verify(plan.problem.case, claimed)
    changed = frame.copy()
    changed.loc[changed["line"] == "cost_places", "amount"] += 1000.0
    breaches = verify(plan.problem.case, replace(claimed, tables={**plan.tables, "costs": changed}))
    assert {"cost_part"} == {each.check for each in breaches}


def test_a_plan_of_before_has_no_such_table_and_holds(plan: Planned) -> None:
    assert () == verify(plan.problem.case, ClaimedPlan("middle", plan.levels, plan.tables))


def test_fixed_costs_of_what_is_opened_or_extended_stand_in_the_months_of_its_use() -> None:
    """From December 2026 in both years: 40 a month for what is opened, 70 for what is extended."""
    of = replace(
        case(
            candidate("new", beds=10, fixed_cost_month=40.0),
            location(
                "old",
                beds=10,
                fixed_cost_month=70.0,
                open_until=dt.date(2026, 11, 30),
                extendable_until=dt.date(2027, 6, 30),
            ),
            groups=[MEN],
            months=2,
            occupancy_norm=1.0,
        ),
        date=dt.date(2026, 11, 30),
        months=MONTHS,
        forecast={("men", month): 20.0 for month in MONTHS},
    )
    plan = planned(of)

    frame = costs(plan)
    fixed = frame[frame["line"] == "cost_fixed"].groupby("year")["amount"].sum()
    assert {"2026": pytest.approx(110.0), "2027": pytest.approx(110.0)} == fixed.to_dict()
    claimed = ClaimedPlan("middle", plan.levels, {**plan.tables, "costs": frame})
    assert () == verify(of, claimed)
