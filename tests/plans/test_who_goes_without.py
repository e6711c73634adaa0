"""Plans with too few beds: who has no place, and who sits where somebody else belongs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from planner import api
from planner.input.case import Case, parse
from tests.plans.crowded_cases import JUST_ENOUGH, crowded_case, with_whole_choices
from tests.plans.sharing import (
    dublin_in_emergency_beside_dol,
    largest_share_that_could_be_less,
    more_than_another_who_could_give_way,
    protected_behind_others,
    unplaced,
)
from tests.rules.planned import Planned, planned

# So many cases by chance in the ordinary run, and all of them among the slow tests.
ORDINARY, ALL = 30, 200
CASES = [
    seed if seed < ORDINARY else pytest.param(seed, marks=pytest.mark.slow) for seed in range(ALL)
]
SMALL = api.open_demo("small")


def wrongs(of: Case, plan: Planned) -> list[str]:
    return [
        *largest_share_that_could_be_less(of, plan.tables),
        *protected_behind_others(of, plan.tables),
        *dublin_in_emergency_beside_dol(of, plan.tables),
    ]


def small(scenario: str | None = None) -> Case:
    case = parse(SMALL, scenario).case
    assert case is not None
    return case


@pytest.mark.parametrize("seed", CASES)
def test_with_too_few_beds_nobody_is_left_out_for_their_group(seed: int) -> None:
    of = crowded_case(seed, anybody=seed % 2 == 0)
    plan = planned(of)
    assert sum(unplaced(plan.tables).values()) > 1
    assert [] == wrongs(of, plan)
    if seed % 2 == 0:
        assert [] == list(more_than_another_who_could_give_way(of, plan.tables))
    assert () == plan.breaches()


@pytest.mark.parametrize("seed", CASES)
def test_nobody_is_left_out_for_their_group_when_locations_open_as_a_whole(seed: int) -> None:
    """Who sits beside a DOL bed is not asked here: a part smaller than its least is not in use."""
    of = with_whole_choices(crowded_case(seed, anybody=seed % 2 == 0), seed)
    plan = planned(of, whole=True)
    assert sum(unplaced(plan.tables).values()) > 1
    assert [] == list(largest_share_that_could_be_less(of, plan.tables))
    assert [] == list(protected_behind_others(of, plan.tables))
    if seed % 2 == 0:
        assert [] == list(more_than_another_who_could_give_way(of, plan.tables))
    assert () == plan.breaches()


@pytest.mark.parametrize("seed", CASES)
def test_nobody_of_dublin_is_in_emergency_reception_beside_a_dol_bed(seed: int) -> None:
    of = crowded_case(seed, anybody=seed % 2 == 0, people_per_bed=JUST_ENOUGH)
    assert [] == wrongs(of, planned(of))


def emergency_refuses(of: Case) -> Case:
    """Return a case in which three emergency locations refuse to be extended."""
    refusing = [each for each in of.locations.values() if each.emergency][:3]
    changed = {each.id: replace(each, extendable_until=None) for each in refusing}
    return replace(of, locations={**of.locations, **changed})


def arrival_centre_burns(of: Case) -> Case:
    """Return a case in which the arrival centre has a tenth of its beds."""
    centre = next(each for each in of.locations.values() if each.type.value == "col")
    burnt = replace(centre, beds=centre.beds // 10)
    return replace(of, locations={**of.locations, centre.id: burnt})


@pytest.mark.parametrize("scenario", api.scenario_names(SMALL))
def test_the_small_demo_leaves_nobody_out_for_their_group(scenario: str) -> None:
    of = small(scenario)
    plan = planned(of)
    assert [] == wrongs(of, plan)
    assert [] == list(more_than_another_who_could_give_way(of, plan.tables))


@pytest.mark.parametrize("lacking", [emergency_refuses, arrival_centre_burns])
def test_the_small_demo_with_fewer_beds_shares_what_is_missing(
    lacking: Callable[[Case], Case],
) -> None:
    of = lacking(small())
    plan = planned(of)
    assert sum(unplaced(plan.tables).values()) > 1
    assert [] == wrongs(of, plan)
    assert [] == list(more_than_another_who_could_give_way(of, plan.tables))
