"""Cases small enough to check on paper, solved to the end; the arithmetic stands beside them.

The cases themselves stand in tests/rules/hand_worked.py.
"""

import pytest

from tests.rules.cases import AUG, JUL, SEP
from tests.rules.hand_worked import (
    HAND_WORKED,
    cheaper_elsewhere,
    contract_ends,
    dol_grows_in,
    dol_takes_beds,
    dol_takes_room_under_the_norm,
    emergency_no_longer_needed,
    emergency_or_dublin,
    extend_or_open,
    moves_most,
    norm_or_emergency,
    room_to_arrive,
    too_few_beds,
    too_few_beds_for_several,
)
from tests.rules.planned import Planned, planned


def of_month(plan: Planned, **where: object) -> tuple[float, ...]:
    return tuple(plan.people(**where, month=month) for month in plan.problem.case.months)


@pytest.mark.parametrize("name", HAND_WORKED)
def test_the_verifier_agrees_with_every_hand_worked_plan(name: str) -> None:
    assert () == planned(HAND_WORKED[name]()).breaches()


def test_dol_takes_exactly_the_beds_that_regular_reception_then_lacks() -> None:
    plan = planned(dol_takes_beds())
    # 100 beds for 100 men. The 0, 5 and 15 Dublin people are housed in the same pool of beds,
    # so as many men go to the tent as there are DOL places.
    assert (0, 5, 15) == of_month(plan, group="dublin", kind="dol")
    assert (100, 95, 85) == of_month(plan, group="men", location="azc")
    assert (0, 5, 15) == of_month(plan, group="men", location="tent")
    # No man is protected: the tent counts as emergency reception alone. A tent weighs 2, 0.02
    # more each month: 5 x 2.04 and 15 x 2.08. Five move in August and ten more in September.
    assert 0 == plan.levels["protected"]
    assert 41.4 == plan.levels["emergency"]
    assert 15 == plan.levels["moves"]
    assert 0 == plan.levels["unplaced"]
    assert 0 == plan.levels["dublin"]


def test_dol_takes_room_that_the_norm_then_lacks() -> None:
    plan = planned(dol_takes_room_under_the_norm())
    # July: 80 men, and 100 places at 0.9 have room for 90. August: DOL takes 15 places (full, its
    # norm is 1), the other 85 have room for 0.9 x 85 = 76.5, and 80 - 76.5 = 3.5.
    assert 0 == plan.shortfall("occupancy_norm", month=JUL)
    assert 3.5 == plan.shortfall("occupancy_norm", month=AUG)
    assert 3.5 == plan.levels["norm"]
    assert 0 == plan.levels["unplaced"]


def test_dol_grows_in_no_faster_than_its_growth_speed() -> None:
    plan = planned(dol_grows_in())
    # Four places a month, the first included: 4, 8, 12; the rest of the twelve wait in regular.
    assert (4, 8, 12) == of_month(plan, kind="dol")
    assert (8, 4, 0) == of_month(plan, kind="regular")
    assert 8 + 4 == plan.levels["dublin"]
    # Moving from a regular to a DOL place of the same location is no move.
    assert 0 == plan.levels["moves"]


def test_the_end_of_a_contract_forces_its_people_into_emergency_places() -> None:
    plan = planned(contract_ends())
    assert 0 == plan.people(location="tent", month=JUL)
    assert 40 == plan.people(location="tent", month=AUG)
    assert 60 == plan.people(location="stays", month=AUG)
    # A tent weighs 2, and 2 x 1.5 in the second month: 40 x 3 = 120.
    assert 0 == plan.levels["protected"]
    assert 120 == plan.levels["emergency"]
    assert 40 == plan.levels["moves"]
    assert 40 == plan.moved(location="ends", month=AUG)


def test_nobody_moves_where_moving_costs_more_than_it_saves() -> None:
    plan = planned(cheaper_elsewhere(months=3))
    # Staying: 10 x 130 x 3 = 3,900. Moving at once: 10 x (100 + 100 x 3) = 4,000.
    assert 30 == plan.people(location="dear")
    assert 0 == plan.moved()
    assert 3900 == plan.levels["cost"]


def test_everybody_moves_at_once_where_moving_costs_less_than_it_saves() -> None:
    plan = planned(cheaper_elsewhere(months=4))
    # One month more. Staying: 10 x 130 x 4 = 5,200. Moving at once: 10 x (100 + 100 x 4) = 5,000.
    assert 40 == plan.people(location="cheap")
    assert 10 == plan.moved(location="dear", month=JUL)
    assert 5000 == plan.levels["cost"]


def test_nobody_moves_for_money_where_moves_count_by_themselves() -> None:
    plan = planned(cheaper_elsewhere(months=4, move_weight=1.0))
    # Moves are a level before cost, so the 200 that moving would save are left alone.
    assert 0 == plan.levels["moves"]
    assert 5200 == plan.levels["cost"]


def test_a_contract_is_extended_where_opening_and_moving_cost_more() -> None:
    plan = planned(extend_or_open(move_cost=15, lead_time=1))
    # Extending: 1,000. Opening from August: 500 + 40 x 15 = 1,100.
    assert 1 == plan.decided("ends", "extend")
    assert 0 == plan.decided("new", "open")
    assert 1000 == plan.levels["cost"]


def test_a_candidate_is_opened_where_opening_and_moving_cost_less() -> None:
    plan = planned(extend_or_open(move_cost=5, lead_time=1))
    # Opening from August: 500 + 40 x 5 = 700. Extending: 1,000.
    assert 0 == plan.decided("ends", "extend")
    assert 1 == plan.decided("new", "open")
    assert 40 == plan.moved(location="ends", month=AUG)
    assert 700 == plan.levels["cost"]


def test_a_contract_is_extended_where_a_cheaper_candidate_comes_too_late() -> None:
    plan = planned(extend_or_open(move_cost=5, lead_time=2))
    # The candidate can open in September; in August only the extension has beds, and then it
    # serves September and October as well.
    assert 1 == plan.decided("ends", "extend")
    assert 0 == plan.decided("new", "open")
    assert 0 == plan.levels["unplaced"]


def test_nobody_has_a_place_between_a_contracts_end_and_the_lead_time() -> None:
    plan = planned(extend_or_open(move_cost=5, lead_time=2, extendable=False))
    assert 40 == plan.shortfall("everyone_placed", group="men", month=AUG)
    assert 40 == plan.levels["unplaced"]
    assert 40 == plan.people(location="new", month=SEP)
    assert 1 == plan.decided("new", "open")


def test_the_protected_are_not_the_ones_left_without_a_place() -> None:
    plan = planned(too_few_beds())
    # 16 people, 10 beds: 6 have no place at any choice. One of a family without a place counts
    # seven times at the level of protected groups (by itself and for each of its six rules), a man
    # not at all.
    assert 6 == plan.levels["unplaced"]
    assert 0 == plan.shortfall("everyone_placed", group="families")
    assert 6 == plan.shortfall("everyone_placed", group="men")
    assert 0 == plan.levels["protected"]
    # 6 of 8 men. They go on counting: 6 above the norm, and 6 x 4 as in crisis reception.
    assert 6 / 8 == plan.levels["shared"]
    assert 6 == plan.levels["norm"]
    assert 24 == plan.levels["emergency"]


def test_no_unprotected_group_goes_without_more_than_another() -> None:
    of = too_few_beds_for_several()
    plan = planned(of)
    # 90 people, 60 beds: 30 have no place. The 10 in families keep theirs, so 30 of the 80 others
    # go without: 3 in 8 of each group, 15 of 40, 9 of 24 and 6 of 16.
    assert 30 == plan.levels["unplaced"]
    assert 0 == plan.levels["protected"]
    assert 0.375 == plan.levels["shared"]
    without = {name: plan.shortfall("everyone_placed", group=name) for name in of.groups}
    assert {"families": 0, "men": 15, "permits": 9, "dublin": 6} == without
    # The ten Dublin people with a place have it in DOL.
    assert 10 == plan.people(group="dublin", kind="dol")


def test_a_planner_who_asks_for_no_even_sharing_gets_none() -> None:
    plan = planned(too_few_beds_for_several(rule_even_sharing=0.0))
    assert 30 == plan.levels["unplaced"]
    assert 0 == plan.levels["shared"]
    assert () == plan.breaches()


@pytest.mark.parametrize(
    ("order", "in_tent", "over_norm"),
    [
        # The norm first: 0.9 x 100 = 90 of the 95 in the centre, 5 in the tent, weighing 2 each.
        ({}, 5, 0),
        # Emergency reception first: all 95 in the centre, 5 above the norm.
        ({"priority_emergency": 2}, 0, 5),
        ({"priority_norm": 4.5}, 0, 5),
    ],
)
def test_the_order_of_norm_and_emergency_decides_where_people_are(
    order: dict[str, float], in_tent: float, over_norm: float
) -> None:
    plan = planned(norm_or_emergency(**order))
    assert in_tent == plan.people(location="tent")
    assert 2 * in_tent == plan.levels["emergency"]
    assert over_norm == plan.levels["norm"]


@pytest.mark.parametrize(
    ("order", "in_tent", "outside_dol"),
    [
        # The men keep the centre's ten beds; the Dublin people are in registration places.
        ({}, 0, 10),
        # The centre's beds become DOL, and the ten men are in the tent.
        ({"priority_dublin": 3.5}, 10, 0),
    ],
)
def test_the_order_of_emergency_and_dublin_decides_who_gives_way(
    order: dict[str, float], in_tent: float, outside_dol: float
) -> None:
    plan = planned(emergency_or_dublin(**order))
    assert in_tent == plan.people(group="men", location="tent")
    assert outside_dol == plan.people(group="dublin", kind="registration")
    assert outside_dol == plan.levels["dublin"]


def test_no_more_people_move_in_a_month_than_the_planner_allows() -> None:
    # Without a most all twenty leave the tent in July; with 8 a month 8, 8 and the last 4.
    assert (20, 0, 0) == moved_by_month(planned(moves_most(None)))
    held = planned(moves_most(8))
    assert (8, 8, 4) == moved_by_month(held)
    assert (12, 4, 0) == of_month(held, location="tent")


def moved_by_month(plan: Planned) -> tuple[float, ...]:
    return tuple(plan.moved(month=month) for month in plan.problem.case.months)


def test_room_is_kept_for_those_who_arrive() -> None:
    plan = planned(room_to_arrive())
    # 20 people in registration, 10 days each: 2 arrive a day, 14 a week, 21 in the busiest week.
    # July: 30 of the 40 men fit in the azc, the other 10 leave the col for the tent. The col has
    # 45 - 20 = 25 beds free, and 21 are asked for.
    assert 20 == plan.people(location="col", month=JUL)
    assert 20 == plan.people(location="col", group="new", month=JUL)
    assert 10 == plan.people(location="tent", month=JUL)
    assert 0 == plan.shortfall("registration_over", month=JUL)
    assert 0 == plan.shortfall("room_to_arrive", month=JUL)
    # August: 45 men on 40 beds elsewhere, so 5 are in the col, where 45 - 25 = 20 beds are free.
    assert 5 == plan.shortfall("registration_over", location="col", month=AUG)
    assert 1 == plan.shortfall("room_to_arrive", month=AUG)
    # Each month 14 - 12 = 2 a week more arrive than the col can register: 365.25 / 7 / 12 weeks.
    weeks = 365.25 / 7 / 12
    assert pytest.approx(2 * weeks, abs=1e-6) == plan.shortfall("intake", month=JUL)
    # Each of the five counts twice, as somebody who arrives and cannot be at the col would.
    assert pytest.approx(2 * 5 + 1 + 2 * 2 * weeks, abs=1e-6) == plan.levels["norm"]


def test_the_levels_are_solved_in_the_order_of_their_priorities() -> None:
    plan = planned(emergency_or_dublin(priority_dublin=3.5, priority_provinces=8.5))
    assert (
        "unplaced",
        "protected",
        "shared",
        "norm",
        "dublin",
        "emergency",
        "reserve",
        "moves",
        "provinces_worst",
        "provinces",
        "cost",
        "change",
    ) == tuple(plan.levels)


def test_emergency_reception_is_given_up_when_it_is_no_longer_needed() -> None:
    plan = planned(emergency_no_longer_needed())
    # 30 - 20 = 10 in the tent in July; from August the centre has room for all.
    assert (10, 0, 0) == of_month(plan, location="tent")
    assert 1 == plan.added("decisions", "value", location="tent", decision="close_early", month=AUG)
    # Its fixed cost runs for July alone.
    assert 500 == plan.levels["cost"]
