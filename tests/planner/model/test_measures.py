"""The measures, each worth what it says on a plan written down by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.input.streams import Inflow
from planner.model.decisions import Decisions, decide
from planner.model.measures import COST_PARTS, MEASURES, cost
from tests.rules.cases import JUL, candidate, case, column_names, group, location, until

AT_JUL: dict[str, Any] = {"open_until": until(case().months[0])}
BEFORE_ARRIVALS = case(
    location(
        "azc", beds=30, dol_beds=6, cost_per_bed_month=10.0, fixed_cost_month=7.0, durable=True
    ),
    location(
        "tent",
        "emergency_tent",
        cost_per_bed_month=20.0,
        fixed_cost_month=100.0,
        extension_cost=1000.0,
        extendable_until=until(case(months=2).months[1]),
        **AT_JUL,
    ),
    candidate("new", fixed_cost_month=50.0, opening_cost=400.0),
    groups=[
        group("men", "regular", "emergency_tent"),
        group("dublin", "dol"),
        group("families", protected=True),
        group("new", "registration"),
    ],
    people={"new": (2, 3)},
    lives={("tent", "men"): 9},
    months=2,
    tasks={"Drenthe": 10},
    preferences={("men", "tent"): 1.5},
    dol_extra_cost_month=2,
    dol_fitting_cost=3,
    move_cost=4,
    allowance_month=50,
    cost_emergency_bed_month=5780,
)
OF = replace(
    BEFORE_ARRIVALS,
    inflow=(Inflow(scenario="middle", month=JUL, stream="first", people=40.0),),
)
CHOSEN = {
    "people men azc regular jul": 8,
    "people men tent emergency_tent jul": 6,
    "people men tent emergency_tent aug": 2,
    "people dublin azc dol aug": 5,
    "places azc regular jul": 9,
    "places azc dol aug": 5,
    "places tent emergency_tent jul": 6,
    "dol_fitted_out azc jul": 5,
    "closed tent jul": 0.25,
    "extend tent": 0.5,
    "open new": 0.5,
    "moved_out men tent jul": 3,
    "unplaced men jul": 1,
    "unplaced families aug": 2,
    "worst_province": 0.4,
}


@pytest.fixture(name="plan")
def plan_by_hand() -> tuple[Decisions, np.ndarray]:
    choose = decide(OF)
    names = column_names(choose)
    assert CHOSEN.keys() <= set(names.values())
    values = np.zeros(len(choose.columns))
    for column, name in names.items():
        values[choose.columns.index(column)] = CHOSEN.get(name, 0)
    return choose, values


EXPECTED = {
    "unplaced": 1 + 2,
    "protected_unplaced": 2,
    "emergency": 6 + 2,
    "dol": 5,
    # Five places fitted out in the first of two months.
    "dol_growth": 5 * 2,
    "places": 9 + 5 + 6,
    "moves": 3,
    "worst_province": 0.4,
    "cost_places": 10 * 9 + 10 * 5 + 20 * 6,
    "cost_dol_extra": 2 * 5,
    # Two months of the centre; the tent's July less the quarter given up, half of its August;
    # half of the candidate in both months.
    "cost_fixed": 7 * 2 + 100 * 0.75 + 100 * 0.5 + 50 * 0.5 * 2,
    "cost_opening": 400 * 0.5,
    "cost_extension": 1000 * 0.5,
    "cost_fitting": 3 * 5,
    "cost_moves": 4 * 3,
    "cost_preferences": 1.5 * (6 + 2),
    # Two new people in July and three in August, 50 a month each.
    "cost_allowance": 50 * (2 + 3),
    # Forty arrive in July: forty assessments of 211.11, and five sessions of eight at 71.11.
    "cost_assessments": 211.11 * 40,
    "cost_information": 71.11 * 5,
    "cost_unplaced": 5780 * (1 + 2),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_measure_is_worth_what_it_says(name: str, plan: tuple[Decisions, np.ndarray]) -> None:
    choose, values = plan
    measure = next(each for each in MEASURES if each.name == name)
    assert pytest.approx(EXPECTED[name]) == choose.columns.value(measure.of(OF, choose), values)


def test_every_measure_has_its_figure_here() -> None:
    assert {each.name for each in MEASURES} == EXPECTED.keys() | {"cost"}


def test_the_cost_is_the_sum_of_its_parts(plan: tuple[Decisions, np.ndarray]) -> None:
    choose, values = plan
    parts = sum(EXPECTED[part.name] for part in COST_PARTS)
    assert pytest.approx(parts) == choose.columns.value(cost(OF, choose), values)


def test_a_location_without_a_cost_of_its_own_has_the_usual_one() -> None:
    of = case(
        location("azc", beds=30),
        location("tent", "emergency_tent"),
        groups=[group("men", "regular", "emergency_tent")],
        cost_regular_bed_month=2530,
        cost_emergency_bed_month=5780,
    )
    choose = decide(of)
    values = np.zeros(len(choose.columns))
    names = column_names(choose)
    used = {"places azc regular jul": 10, "places tent emergency_tent jul": 4}
    assert used.keys() <= set(names.values())
    for column, name in names.items():
        values[choose.columns.index(column)] = used.get(name, 0)
    # 30,400 and 69,400 euros a person in 2023, over twelve months.
    assert 2530 * 10 + 5780 * 4 == choose.columns.value(cost(of, choose), values)
