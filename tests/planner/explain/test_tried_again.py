"""Every cause and repair that the explanation prints, tried again from the changed case alone."""

from __future__ import annotations

import pytest

from tests.planner.explain.tried import (
    SHORT,
    again,
    asked_for,
    printed_causes,
    printed_in_common,
    printed_repairs,
    printed_worths,
    rise,
)

# So many of a national plan are tried by chance.
BY_CHANCE = 20
# The demos with the scenario planned; in the ordinary run the first half year of one.
SLOW = (
    "small middle",
    *(
        f"small {scenario}"
        for scenario in (
            "low", "high", "longer_contracts", "slower_dol", "transfers_stop",
            "transfers_stop_one_country", "twice_the_stay", "term_after_return", "next_peak",
            "ter_apel_down", "three_municipalities_refuse",
        )
    ),
)  # fmt: skip
NATIONAL = ("national middle shares", "national high shares")
SIZES = [f"{SHORT} middle", *(pytest.param(each, marks=pytest.mark.slow) for each in SLOW)]


@pytest.mark.parametrize("size", SIZES)
def test_every_printed_cause_takes_off_what_is_said(size: str) -> None:
    assert sum(part.tried() for part in printed_causes(again(size)))


@pytest.mark.parametrize("size", SIZES)
def test_every_printed_repair_leaves_what_is_said(size: str) -> None:
    assert sum(part.tried() for part in printed_repairs(again(size)))


@pytest.mark.parametrize("size", SIZES)
def test_what_several_shortfalls_have_in_common_is_what_comes_without_it(size: str) -> None:
    assert all(part.tried() for part in printed_in_common(again(size)))


@pytest.mark.parametrize("size", SIZES)
def test_every_printed_worth_and_opposite_is_what_solving_it_gives(size: str) -> None:
    assert sum(part.tried() for part in printed_worths(again(size)))


@pytest.mark.slow
@pytest.mark.parametrize("size", NATIONAL)
def test_what_a_national_plan_tells_of_the_rise_of_all_is_what_comes_without_it(size: str) -> None:
    assert rise(again(size)).tried()


@pytest.mark.slow
def test_twenty_causes_and_repairs_of_a_national_plan_hold_what_is_said() -> None:
    """Of shortfalls by chance, as somebody asks for them; the command of `tried` tries all."""
    hold = 0
    for part in asked_for(again("national middle shares")):
        hold += part.tried()
        if hold >= BY_CHANCE:
            break
    assert hold >= BY_CHANCE
