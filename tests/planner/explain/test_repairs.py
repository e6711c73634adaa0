"""The smallest single changes that remove a shortfall, by arithmetic and by solving."""

from __future__ import annotations

from typing import Any

import pytest

from planner.explain.beds import BedPrices
from planner.explain.causes.cause import AskedCauses
from planner.explain.changes import with_location
from planner.explain.figures import limits
from planner.explain.remedies.repairs import ChangeTrials, Repair, changes, repairs
from planner.explain.shortfalls import shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.input.case import Case
from tests.rules.cases import AUG, JUL, candidate, case, group, location, until
from tests.rules.planned import planned

PLAIN: dict[str, Any] = {"occupancy_norm": 1.0, "dol_band_low": 0.0}


def found(of: Case) -> dict[tuple[str, str], Repair]:
    plan = planned(of)
    solved = Solved.of(plan.problem, plan.solution)
    given = repairs(solved, shortfalls(solved)[0], Trials(solved), told=9)
    return {(each.sort, each.subject): each for each in given}


def too_few_beds() -> Case:
    """Return thirteen men on ten beds."""
    return case(location("azc", beds=10), people={"men": 13}, months=2, **PLAIN)


def test_three_men_without_a_place_ask_for_three_beds() -> None:
    repair = found(too_few_beds())["beds", "azc"]
    assert (3.0, "beds", 1.0) == (repair.by, repair.unit, repair.removes)


def test_many_beds_are_found_in_a_few_trials() -> None:
    """A bed is worth two person-months whatever their number: 990 men ask for 990 beds.

    Tried are sixteen times as many beds, 990 and 989.
    """
    plan = planned(case(location("azc", beds=10), people={"men": 1000}, months=2, **PLAIN))
    solved = Solved.of(plan.problem, plan.solution)
    given = Trials(solved, 20)
    beds = repairs(solved, shortfalls(solved)[0], given)
    assert [("beds", 990.0)] == [(each.sort, each.by) for each in beds]
    assert given.left == 20 - 3


def test_beds_that_become_worth_less_are_found_beyond_what_the_price_tells() -> None:
    """Sixty men in July and twenty in August on ten beds: 50 and 10 have none, so 60.

    Each of the first ten beds takes off two, so that thirty might do; after these it is one a bed.
    """
    plan = planned(case(location("azc", beds=10), people={"men": (60, 20)}, months=2, **PLAIN))
    solved = Solved.of(plan.problem, plan.solution)
    short = shortfalls(solved)[0]
    asked = AskedCauses(solved, short, BedPrices(solved), limits(solved))
    beds = next(each for each in changes(asked) if each.sort == "beds")
    repair = ChangeTrials(solved, short, beds, Trials(solved)).repair()
    assert pytest.approx(30.0) == beds.least
    assert repair is not None
    assert (50.0, 1.0, 60.0, 0.0) == (repair.by, repair.removes, repair.before, repair.left)


def test_one_bed_fewer_than_the_repair_is_not_enough() -> None:
    two = planned(with_location(too_few_beds(), "azc", beds=12))
    three = planned(with_location(too_few_beds(), "azc", beds=13))
    assert (2.0, 0.0) == (two.levels["unplaced"], three.levels["unplaced"])


def test_a_contract_that_ends_asks_for_the_months_that_are_missing() -> None:
    short = case(
        location("stays", beds=10),
        location("ends", beds=10, open_until=until(JUL)),
        people={"men": 20},
        months=4,
        **PLAIN,
    )
    repair = found(short)["contract_months", "ends"]
    assert (3.0, "months", 1.0) == (repair.by, repair.unit, repair.removes)


def test_a_late_candidate_asks_for_the_months_it_is_late() -> None:
    short = case(
        location("azc", beds=10),
        candidate("new", beds=10, lead_time_months=2),
        people={"men": 20},
        months=4,
        **PLAIN,
    )
    repair = found(short)["months_earlier", "new"]
    assert (2.0, "months", 1.0) == (repair.by, repair.unit, repair.removes)


def test_too_few_seats_ask_for_seats() -> None:
    short = case(
        location("azc", beds=40, school_seats=2),
        groups=[group("families", school_share=0.25, protected=True)],
        people={"families": 24},
        months=2,
        **PLAIN,
    )
    repair = found(short)["school_seats", "azc"]
    assert (4.0, "seats", 1.0) == (repair.by, repair.unit, repair.removes)


def test_dol_that_grows_too_slowly_asks_for_speed() -> None:
    short = case(
        location("azc", beds=30, dol_beds=20),
        groups=[group("dublin", "dol", "regular")],
        people={"dublin": 12},
        months=3,
        dol_growth_per_month=4,
        **PLAIN,
    )
    repair = found(short)["dol_growth", ""]
    assert (8.0, "places", 1.0) == (repair.by, repair.unit, repair.removes)


def test_what_no_single_change_removes_is_told_in_part() -> None:
    short = case(
        location("one", beds=10, open_until=until(AUG)),
        location("two", beds=10, open_until=until(JUL)),
        people={"men": 40},
        months=3,
        **PLAIN,
    )
    assert found(short)
    assert all(each.removes < 1 or each.sort == "beds" for each in found(short).values())


def test_a_repair_that_only_moves_the_shortfall_to_another_group_is_none() -> None:
    """Ten beds fall away: whoever has no place then, men or dublin, ten have none."""
    short = case(
        location("azc", beds=10),
        location("ends", beds=10, open_until=until(JUL)),
        groups=[group("men", "regular"), group("dublin", "regular")],
        people={"men": 10, "dublin": 10},
        months=3,
        **PLAIN,
    )
    for repair in found(short).values():
        if repair.sort == "contract_months" and repair.by == 1:
            # August is covered, September is not: ten of twenty person-months are left, and men
            # bear five of their ten.
            assert (0.5, 20.0, 10.0) == (repair.removes, repair.before, repair.left)
    two = found(short)["contract_months", "ends"]
    assert (2.0, 1.0, 0.0) == (two.by, two.removes, two.left)
