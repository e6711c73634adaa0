"""Why one location is opened or extended and another not: what the opposite costs."""

from __future__ import annotations

import pytest
from rules.cases import JUL, candidate, case, group, location, until
from rules.planned import planned

from planner.insight.explain.choices import Choice, choices
from planner.insight.explain.solved import Solved
from planner.insight.explain.trials import Trials
from planner.tables.case import Case

PLAIN = {"occupancy_norm": 1.0, "dol_band_low": 0.0}


def made(of: Case, trials: int | None = None) -> dict[tuple[str, str], Choice]:
    plan = planned(of)
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
def test_the_prices_never_claim_more_than_solving_finds(of: Case) -> None:
    priced, solved = made(of, trials=0)["open", "new"], made(of)["open", "new"]
    assert (True, False) == (priced.at_least, solved.at_least)
    if priced.opposite is not None and solved.opposite is not None:
        assert (solved.opposite.level, -solved.opposite.change) <= (
            priced.opposite.level,
            -priced.opposite.change + 1e-9,
        )


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


def test_dol_at_one_location_is_told_against_none_there() -> None:
    of = case(
        location("azc", beds=20, dol_beds=10),
        groups=[group("dublin", "dol", "regular")],
        people={"dublin": 6},
        months=2,
        **PLAIN,
    )
    choice = made(of)["dol", "azc"]
    assert 6.0 == pytest.approx(choice.taken)
    assert "dublin" == level_of(of, choice)
    assert choice.opposite is not None
    assert 12.0 == pytest.approx(choice.opposite.change)
