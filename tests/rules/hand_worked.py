"""The hand-worked cases: small enough to check on paper (see tests/planner/test_hand_worked.py).

Unless a case says otherwise every bed may be filled (norm 1) and the DOL band asks for nothing.
"""

from collections.abc import Callable
from typing import Any

from planner.input.case import Case
from planner.input.location import Location
from tests.rules.cases import JUL, OCT, candidate, case, group, location, until

# Men may be in a tent, but it is a fallback; those who adapt are as well off there.
MEN = group("men", "regular", "emergency_tent")
ADAPTING = group("men", "regular emergency_tent")
DUBLIN = group("dublin", "dol", "regular")
FREE_TO_MOVE = group("men", move_weight=0.0)
PLAIN: dict[str, Any] = {"occupancy_norm": 1.0, "dol_band_low": 0.0}


def tent(beds: int = 50) -> Location:
    return location("tent", "emergency_tent", beds=beds)


def dol_takes_beds() -> Case:
    return case(
        location("azc", beds=100, dol_beds=20),
        tent(),
        groups=[MEN, DUBLIN],
        people={"men": 100, "dublin": (0, 5, 15)},
        lives={("azc", "men"): 100},
        months=3,
        **PLAIN,
    )


def dol_takes_room_under_the_norm() -> Case:
    return case(
        location("azc", beds=100, dol_beds=20),
        groups=[group("men"), group("dublin", "dol")],
        people={"men": 80, "dublin": (0, 15)},
        months=2,
        **PLAIN | {"occupancy_norm": 0.9},
    )


def dol_grows_in() -> Case:
    return case(
        location("azc", beds=30, dol_beds=20),
        groups=[DUBLIN],
        people={"dublin": 12},
        months=3,
        dol_growth_per_month=4,
        **PLAIN,
    )


def contract_ends() -> Case:
    return case(
        location("stays", beds=60),
        location("ends", beds=40, open_until=until(JUL)),
        tent(),
        groups=[MEN],
        people={"men": 100},
        lives={("stays", "men"): 60, ("ends", "men"): 40},
        months=2,
        emergency_tent_weight=2,
        emergency_weight_growth=0.5,
        **PLAIN,
    )


def cheaper_elsewhere(months: int, move_weight: float = 0.0) -> Case:
    return case(
        location("dear", beds=10, cost_per_bed_month=130.0),
        location("cheap", beds=10, cost_per_bed_month=100.0),
        groups=[group("men", move_weight=move_weight)],
        lives={("dear", "men"): 10},
        months=months,
        move_cost=100,
        **PLAIN,
    )


def extend_or_open(move_cost: float, lead_time: int, *, extendable: bool = True) -> Case:
    return case(
        location(
            "ends",
            beds=40,
            open_until=until(JUL),
            extendable_until=until(OCT) if extendable else None,
            extension_cost=1000.0,
        ),
        candidate("new", beds=40, lead_time_months=lead_time, opening_cost=500.0),
        groups=[FREE_TO_MOVE],
        people={"men": 40},
        lives={("ends", "men"): 40},
        months=4,
        move_cost=move_cost,
        **PLAIN,
    )


def too_few_beds() -> Case:
    return case(
        location("azc", beds=10, child_suitable=True, women_safe=True),
        groups=[
            group("families", needs_child_suitable=True, needs_women_safe=True),
            group("men"),
        ],
        people={"families": 8, "men": 8},
        crisis_weight=4,
        **PLAIN,
    )


def too_few_beds_for_several(**switched: float) -> Case:
    return case(
        location("azc", beds=60, dol_beds=20, dol_prepared=20, child_suitable=True),
        groups=[
            group("families", needs_child_suitable=True),
            group("men"),
            group("permits"),
            DUBLIN,
        ],
        people={"families": 10, "men": 40, "permits": 24, "dublin": 16},
        **PLAIN | switched,
    )


def norm_or_emergency(**order: float) -> Case:
    return case(
        location("azc", beds=100),
        tent(),
        groups=[ADAPTING],
        people={"men": 95},
        **PLAIN | {"occupancy_norm": 0.9} | order,
    )


def emergency_or_dublin(**order: float) -> Case:
    return case(
        location("azc", beds=10, dol_beds=10),
        location("col", "col", beds=10),
        tent(),
        groups=[ADAPTING, group("dublin", "dol", "registration")],
        **PLAIN | order,
    )


def emergency_no_longer_needed() -> Case:
    return case(
        location("azc", beds=20),
        location("tent", "emergency_tent", beds=10, fixed_cost_month=500.0),
        groups=[MEN],
        people={"men": (30, 20, 20)},
        months=3,
        **PLAIN,
    )


def moves_most(most: float | None) -> Case:
    return case(
        location("azc", beds=20),
        location("tent", "emergency_tent", beds=20),
        groups=[ADAPTING],
        people={"men": 20},
        lives={("tent", "men"): 20},
        months=3,
        moves_most_per_month=most,
        **PLAIN,
    )


def room_to_arrive() -> Case:
    return case(
        location("col", "col", beds=45, intake_per_week=12),
        location("azc", beds=30),
        tent(10),
        groups=[
            group("new", "registration", "regular emergency_tent", stay_months=1.0),
            group("men", "registration regular emergency_tent"),
        ],
        people={"new": 20, "men": (40, 45)},
        lives={("col", "men"): 25, ("azc", "men"): 15},
        months=2,
        registration_stay_days=10,
        peak_week_factor=1.5,
        **PLAIN,
    )


HAND_WORKED: dict[str, Callable[[], Case]] = {
    "dol_takes_beds": dol_takes_beds,
    "dol_takes_room_under_the_norm": dol_takes_room_under_the_norm,
    "dol_grows_in": dol_grows_in,
    "contract_ends": contract_ends,
    "moving_costs_more": lambda: cheaper_elsewhere(3),
    "moving_saves_more": lambda: cheaper_elsewhere(4),
    "moving_is_held_back": lambda: cheaper_elsewhere(4, move_weight=1.0),
    "extend": lambda: extend_or_open(15, lead_time=1),
    "open": lambda: extend_or_open(5, lead_time=1),
    "open_too_late": lambda: extend_or_open(5, lead_time=2, extendable=False),
    "too_few_beds": too_few_beds,
    "too_few_beds_for_several": too_few_beds_for_several,
    "norm_first": norm_or_emergency,
    "emergency_first": lambda: norm_or_emergency(priority_emergency=2),
    "emergency_before_dublin": emergency_or_dublin,
    "dublin_before_emergency": lambda: emergency_or_dublin(priority_dublin=3.5),
    "moves_most": lambda: moves_most(8),
    "room_to_arrive": room_to_arrive,
    "emergency_no_longer_needed": emergency_no_longer_needed,
}
