"""Why one location is opened or extended and another not: what the opposite costs."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from planner.explain.choices import Choice, choices
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.explain.warm_worths import Resumed
from planner.input.case import Case
from tests.rules.cases import JUL, candidate, case, group, location, until
from tests.rules.planned import planned
from tests.rules.random_cases import random_case

PLAIN: dict[str, Any] = {"occupancy_norm": 1.0, "dol_band_low": 0.0}


def resumed(of: Case) -> dict[tuple[str, str], Choice]:
    """Return the decisions turned round from where the plan was left, without any other solve."""
    plan = planned(of)
    solved = Solved.of(plan.problem, plan.solution)
    found = choices(solved, Trials(solved, 0), Resumed(solved, 1000))
    return {(e.decision, e.location): e for e in found}


def made(
    of: Case, trials: int | None = None, *, whole: bool = False
) -> dict[tuple[str, str], Choice]:
    plan = planned(of, whole=whole)
    solved = Solved.of(plan.problem, plan.solution)
    return {(e.decision, e.location): e for e in choices(solved, Trials(solved, trials))}


def level_of(of: Case, choice: Choice) -> str:
    assert choice.opposite is not None
    return planned(of).solution.levels[choice.opposite.level].name


def needed() -> Case:
    """Return twenty men, ten of whom need the candidate."""
    return case(
        location("azc", beds=10),
        candidate("new", beds=10, opening_cost=100.0),
        people={"men": 20},
        months=3,
        **PLAIN,
    )


def not_needed() -> Case:
    """Return ten men who fit in the location there is, and a candidate that costs money."""
    return case(
        location("azc", beds=10),
        candidate("new", beds=10, opening_cost=100.0),
        people={"men": 10},
        months=3,
        **PLAIN,
    )


def test_not_opening_what_is_needed_leaves_ten_men_without_a_place_for_three_months() -> None:
    choice = made(needed())["open", "new"]
    assert 1.0 == pytest.approx(choice.taken)
    assert "unplaced" == level_of(needed(), choice)
    assert choice.opposite is not None
    assert 30.0 == pytest.approx(choice.opposite.change)


def test_opening_what_is_not_needed_costs_its_opening() -> None:
    choice = made(not_needed())["open", "new"]
    assert 0.0 == pytest.approx(choice.taken)
    assert "cost" == level_of(not_needed(), choice)
    assert choice.opposite is not None
    assert 100.0 == pytest.approx(choice.opposite.change)


@pytest.mark.parametrize("of", [needed(), not_needed()], ids=["needed", "not needed"])
def test_of_what_was_not_solved_nothing_is_claimed(of: Case) -> None:
    unsolved, solved = made(of, trials=0)["open", "new"], made(of)["open", "new"]
    assert (False, True) == (unsolved.solved, solved.solved)
    assert unsolved.opposite is None


def test_not_extending_what_is_needed_is_told_as_what_it_costs() -> None:
    of = case(
        location(
            "azc", beds=20, open_until=until(JUL), extendable_until=until(JUL.replace(month=9))
        ),
        people={"men": 20},
        months=3,
        **PLAIN,
    )
    choice = made(of)["extend", "azc"]
    assert choice.opposite is not None
    assert 40.0 == pytest.approx(choice.opposite.change)


@pytest.mark.parametrize("smallest", [0, 4])
def test_dol_at_one_location_is_told_against_none_there(smallest: int) -> None:
    of = case(
        location("azc", beds=20, dol_beds=10, dol_min_section=smallest),
        groups=[group("dublin", "dol", "regular")],
        people={"dublin": 6},
        months=2,
        **PLAIN,
    )
    choice = made(of, whole=smallest > 0)["dol", "azc"]
    assert 6.0 == pytest.approx(choice.taken)
    assert "dublin" == level_of(of, choice)
    assert choice.opposite is not None
    assert 12.0 == pytest.approx(choice.opposite.change)


@pytest.mark.parametrize("of", [needed(), not_needed()], ids=["needed", "not needed"])
def test_from_where_the_plan_was_left_the_opposite_costs_what_it_costs_from_the_start(
    of: Case,
) -> None:
    left, start = resumed(of)["open", "new"], made(of)["open", "new"]
    assert left.solved
    assert left.opposite is not None
    assert start.opposite is not None
    assert start.opposite.level == left.opposite.level
    assert start.opposite.change == pytest.approx(left.opposite.change)


@pytest.mark.parametrize("seed", range(12))
def test_turned_round_from_where_it_was_left_or_from_the_start_random_cases_say_the_same(
    seed: int,
) -> None:
    of = random_case(Random(seed))  # noqa: S311 - cases, no secrets
    from_start = made(of)
    for key, choice in resumed(of).items():
        if choice.solved:
            expected = from_start[key].opposite
            assert (expected is None) == (choice.opposite is None), key
            if expected is not None and choice.opposite is not None:
                assert expected.level == choice.opposite.level, key
                assert expected.change == pytest.approx(choice.opposite.change, rel=1e-5, abs=1e-4)
