"""A plan that says it decides whole locations is held to that; another is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest

from planner.input.case import Case
from planner.verify import ClaimedPlan, verify

# The hand-worked plan extends the tent by half, and has 6, 8 and 10 DOL places in use.
HALF = "decision_in_part"
SMALL = "dol_too_small"


def with_smallest(case: Case, size: int) -> Case:
    azc = replace(case.locations["azc"], dol_min_section=size)
    return replace(case, locations=MappingProxyType({**case.locations, "azc": azc}))


def found(case: Case, plan: ClaimedPlan) -> list[str]:
    return sorted(each.check for each in verify(case, plan))


def test_a_share_is_no_breach_in_a_plan_of_shares(case: Case, plan: ClaimedPlan) -> None:
    assert [] == found(with_smallest(case, 5), plan)


def test_half_an_extension_is_a_breach_in_a_plan_of_whole_locations(
    case: Case, plan: ClaimedPlan
) -> None:
    told = verify(case, replace(plan, whole=True))
    assert [(HALF, 0.5)] == [(each.check, each.amount) for each in told]


def test_what_is_left_out_of_a_whole_location_is_told_as_well(
    case: Case, plan: ClaimedPlan, changed: Callable[..., ClaimedPlan]
) -> None:
    nearly = changed(plan, "decisions", {"location": "tent"}, "value", 0.9)
    told = [each for each in verify(case, replace(nearly, whole=True)) if each.check == HALF]
    assert [pytest.approx(0.1)] == [each.amount for each in told]


def test_dol_places_below_the_smallest_size_are_a_breach(case: Case, plan: ClaimedPlan) -> None:
    whole = replace(plan, whole=True)
    in_use = plan.tables["places"].query("kind == 'dol' and places > 0")["places"]
    least = int(in_use.max())
    below = int((in_use < least).sum())
    assert below > 0
    assert [HALF, *[SMALL] * below] == found(with_smallest(case, least), whole)


def test_a_dol_part_at_its_smallest_size_is_none(case: Case, plan: ClaimedPlan) -> None:
    in_use = plan.tables["places"].query("kind == 'dol' and places > 0")["places"]
    whole = replace(plan, whole=True)
    assert [HALF] == found(with_smallest(case, int(in_use.min())), whole)
