"""Decisions for several scenarios: by hand, and never better than knowing nor worse than not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

import pytest

from planner.api import PlanOptions
from planner.compare.kept_decisions import best_plan
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Language
from planner.input.months import later
from planner.robust import WeightedScenario, robust
from planner.robust.robust import Found
from planner.robust.verdict import Apart, verdict
from planner.robust.words import sentences
from tests.planner.robust.two_futures import (
    IN_PARTS,
    few_or_many,
    first_apart,
    level,
    of_people,
    opened,
    random_scenarios,
)
from tests.rules.cases import AUG, JUL, candidate, case, group, location, months_of
from tests.rules.random_cases import random_case
from tests.tables import about

FEW_CASES, MANY_CASES = range(10), range(10, 100)


def test_what_is_used_for_certain_is_opened_dear_and_the_rest_cheaply() -> None:
    """Two places are used in both futures, eight in one of the two.

    The first two: in A 10 + 30 = 40 a place, in B 30 + 5 = 35. The other eight, used half of the
    time: in A 10 + 30/2 = 25, in B 30 + 5/2 = 32.50. So 2 in B and 8 in A: 70 + 200 = 270; by
    scenario 2 x 30 + 8 x 10 = 140 to open and 2 x 5 = 10 or 2 x 5 + 8 x 30 = 250 to run.
    For many alone all is opened in B: 300 to open, 10 or 50 to run, 330 on average: 60 more.
    Who knows opens 2 in B for few, 70, and 10 in B for many, 350: 210 on average, 60 less.
    """
    found = robust(few_or_many(), "many", options=IN_PARTS)

    assert [{"A": 0.8, "B": 0.2}] * 2 == opened(found.plans)
    assert [about(150), about(390)] == [level(each, "cost") for each in found.plans]
    assert about(270) == found.measure(found.plans, "cost")
    assert about(330) == found.measure(found.middle, "cost")
    assert about(210) == found.measure(found.foresight, "cost")


def test_whole_locations_are_opened_or_not() -> None:
    """A for both: 100 + 60 and 100 + 300, 280 on average; B 300 + 10 and 300 + 50, 330."""
    found = robust(few_or_many(), "many", options=PlanOptions(whole=True))

    assert [{"A": 1.0}] * 2 == opened(found.plans)
    assert about(280) == found.measure(found.plans, "cost")
    assert about(330) == found.measure(found.middle, "cost")
    assert about((160 + 350) / 2) == found.measure(found.foresight, "cost")


def test_the_worst_case_makes_the_dearest_scenario_as_cheap_as_can_be() -> None:
    """Many costs least with all in B, 350; on average 330, not the 270 that can be had."""
    found = robust(few_or_many(), "many", worst=True, options=IN_PARTS)

    assert about(350) == level(found.plans[1], "cost")
    assert about(330) == found.measure(found.plans, "cost")


def test_decisions_for_few_leave_people_without_a_place_where_many_come() -> None:
    """Planned on two people, two places are there: with ten people eight have none."""
    found = robust(few_or_many(), "few", options=IN_PARTS)

    (_, many) = found.middle
    assert many is not None
    assert about(8) == level(many, "unplaced")
    assert [0.0, 0.0] == [pytest.approx(level(each, "unplaced"), abs=1e-6) for each in found.plans]


def test_what_is_decided_after_the_date_may_differ() -> None:
    """Ten more may come in August, and the new location takes no lead: until July nothing binds."""
    few, many = (
        case(
            location(beds=10),
            candidate(beds=10, open_from=AUG, opening_cost=100.0),
            people={"men": (10.0, people)},
            months=2,
            occupancy_norm=1.0,
        )
        for people in (10.0, 20.0)
    )
    scenarios = [WeightedScenario("few", few, 0.5), WeightedScenario("many", many, 0.5)]

    together = robust(scenarios, "few", options=IN_PARTS)
    apart = robust(scenarios, "few", until=JUL, options=IN_PARTS)

    assert [{"new": 1.0}, {"new": 1.0}] == opened(together.plans)
    assert [{}, {"new": 1.0}] == opened(apart.plans)


def test_an_opening_is_decided_its_lead_time_before() -> None:
    """Usable in August after a month of lead, it is decided in July: common until then."""
    few, many = (
        case(
            location(beds=10),
            candidate(beds=10, lead_time_months=1, opening_cost=100.0),
            people={"men": (10.0, people)},
            months=2,
            occupancy_norm=1.0,
        )
        for people in (10.0, 20.0)
    )
    scenarios = [WeightedScenario("few", few, 0.5), WeightedScenario("many", many, 0.5)]

    assert [{"new": 1.0}] * 2 == opened(robust(scenarios, "few", until=JUL, options=IN_PARTS).plans)


@pytest.mark.parametrize("seed", range(3))
def test_scenarios_that_are_one_give_the_plain_plan(seed: int) -> None:
    plain = random_case(Random(seed))  # noqa: S311 - a test's cases, not a secret
    alone = best_plan(plain).level_values
    once = robust([WeightedScenario("a", plain, 1.0)], "a", options=IN_PARTS)
    twice = robust(
        [WeightedScenario("a", plain, 0.3), WeightedScenario("b", plain, 0.7)],
        "a",
        options=IN_PARTS,
    )

    for found in (once, twice):
        expected = found.expected(found.plans)
        assert expected is not None
        assert pytest.approx(0.0, abs=1e-9) == first_apart(expected, alone)


def never_beats_knowing_nor_loses_to_one_alone(seed: int) -> None:
    scenarios = random_scenarios(seed)
    found = robust(scenarios, scenarios[0].name, options=IN_PARTS)
    ours, best = found.expected(found.plans), found.expected(found.foresight)
    assert ours is not None
    assert best is not None
    assert first_apart(ours, best) >= 0
    theirs = found.expected(found.middle)
    assert theirs is None or first_apart(theirs, ours) >= 0


@pytest.mark.parametrize("seed", FEW_CASES)
def test_it_never_beats_knowing_nor_loses_to_one_alone(seed: int) -> None:
    never_beats_knowing_nor_loses_to_one_alone(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY_CASES)
def test_it_never_beats_knowing_nor_loses_to_one_alone_in_many_cases(seed: int) -> None:
    never_beats_knowing_nor_loses_to_one_alone(seed)


def test_futures_that_need_what_was_opened_say_that_it_is_worth_it() -> None:
    """Opened for few there are two places, opened for both ten: with nine people seven more."""
    found = robust(few_or_many(), "few", options=IN_PARTS)
    futures = [{("men", JUL): people} for people in (7.0, 8.0, 9.0)]

    said = verdict(of_people(2.0), found.kept, found.kept_middle, futures, lambda _: None)

    assert (3, 0) == (said.tried, said.failed)
    decisive = said.decisive
    assert decisive is not None
    assert ("unplaced", about(6)) == (decisive.level, decisive.mean)
    assert 5 <= decisive.low <= 6 <= decisive.high <= 7
    # Of nine, eight and seven people two have a place: six on average of six without one.
    assert about(1) == decisive.part


@pytest.mark.parametrize(
    ("of", "told"), [(24.0, ", 25 % of what it then is."), (2.0, "8 person-months).")]
)
def test_a_difference_of_many_times_next_to_nothing_is_no_percentage(of: float, told: str) -> None:
    found = robust(few_or_many(), "few", options=IN_PARTS)
    futures = verdict(of_people(2.0), found.kept, found.kept, [{("men", JUL): 7.0}], lambda _: None)
    apart = Apart("unplaced", 6.0, 4.0, 8.0, of)
    words = [each.text(Language.EN) for each in sentences(found, replace(futures, apart=(apart,)))]

    (said,) = [each for each in words if each.startswith("It is worth it")]
    assert said.endswith(told), said


def test_sums_over_months_are_said_to_be_so_and_how_certain_an_interval_is() -> None:
    """Ten beds; of twelve men two are in a tent, of sixteen six: four, in each of two months."""
    few, many = (
        case(
            location(beds=10),
            location("tent", "emergency_tent", beds=10),
            groups=[group(fallback="emergency_tent")],
            people={"men": (people, people)},
            months=2,
            occupancy_norm=1.0,
        )
        for people in (12.0, 16.0)
    )
    found = robust(
        [WeightedScenario("few", few, 0.5), WeightedScenario("many", many, 0.5)],
        "few",
        options=IN_PARTS,
    )
    apart = Apart("unplaced", 6.0, 4.0, 8.0, 24.0)
    futures = verdict(few, found.kept, found.kept, [{("men", JUL): 7.0}], lambda _: None)
    told = [each.text(Language.EN) for each in sentences(found, replace(futures, apart=(apart,)))]

    assert any(
        "over 2 months together: " in each and "8 person-months in em" in each for each in told
    )
    (explained,) = [each for each in told if each.startswith("A person-month is one person")]
    assert explained.endswith("that is 4 people at a time on average.")
    assert any("with 95 % certainty between 4 person-months and 8" in each for each in told)


def test_futures_in_which_nothing_differs_are_not_clear() -> None:
    found = robust(few_or_many(), "few", options=IN_PARTS)
    futures = [{("men", JUL): people} for people in (7.0, 8.0)]

    assert verdict(of_people(2.0), found.kept, found.kept, futures, lambda _: None).decisive is None


def test_scenarios_of_other_months_or_locations_are_refused() -> None:
    one = case(location("here"))
    longer = case(location("here"), months=2)
    elsewhere = case(location("there"))
    for other, told in ((longer, "other months"), (elsewhere, "other locations")):
        with pytest.raises(UnusableInputError) as refused:
            robust(
                [WeightedScenario("a", one, 0.5), WeightedScenario("b", other, 0.5)],
                "a",
                options=IN_PARTS,
            )
        assert told in refused.value.told.text(Language.EN)


def test_all_in_which_scenarios_differ_is_told_at_once() -> None:
    one, longer, elsewhere = (
        case(location("here")),
        case(location("here"), months=2),
        case(location("there")),
    )
    cases = {"one": one, "longer": longer, "elsewhere": elsewhere}
    with pytest.raises(UnusableInputError) as refused:
        robust([WeightedScenario(*each, 1 / 3) for each in cases.items()], "one", options=IN_PARTS)
    told = refused.value.told.text(Language.EN)
    assert "longer has other months than one (Jul 2026 to Aug 2026 against Jul 2026 to Jul" in told
    assert "elsewhere has other locations than one (apart: here, there)" in told


def test_a_date_outside_the_plan_is_refused() -> None:
    outside: dt.date = later(months_of(1)[-1], 1)
    with pytest.raises(UnusableInputError, match="2026-07"):
        robust(few_or_many(), "few", until=outside, options=IN_PARTS)


def test_it_stops_when_asked_to() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        robust(few_or_many(), "few", options=IN_PARTS, cancel=token)


def test_no_time_is_told_and_not_taken_for_no_plan() -> None:
    with pytest.raises(UnusableInputError) as refused:
        robust(few_or_many(), "few", options=PlanOptions(whole=True, time_limit_s=1e-9))
    assert "no plan was found in time" in refused.value.told.text(Language.EN)


def test_the_best_decisions_of_one_scenario_stand_where_none_for_all_are_found_in_time() -> None:
    """A as for few alone, 280 on average, where B as for many would be 330."""
    found = robust(few_or_many(), "many", options=PlanOptions(whole=True), together_s=0.0)

    assert Found.OF_ONE is found.how
    assert [{"A": 1.0}] * 2 == opened(found.plans)
    assert about(280) == found.measure(found.plans, "cost")
    told = [each.text(Language.EN) for each in sentences(found, None)]
    assert any("no decisions were found in time" in each for each in told)


def test_decisions_that_are_the_best_in_each_scenario_are_not_looked_for_again() -> None:
    """Two men more than the ten that are there, or four: either way the candidate opens."""
    scenarios = [
        WeightedScenario(
            name,
            case(location(beds=10), candidate(beds=10, opening_cost=5.0), people={"men": men}),
            0.5,
        )
        for name, men in (("some", 12.0), ("more", 14.0))
    ]
    found = robust(scenarios, "some", options=PlanOptions(whole=True))

    assert Found.AS_FORESIGHT is found.how
    assert found.expected(found.foresight) == found.expected(found.plans)
    told = [each.text(Language.EN) for each in sentences(found, None)]
    assert any(each.startswith("At every level this is in every scenario as good") for each in told)
    assert Found.TOGETHER is robust(scenarios, "some", options=IN_PARTS).how


def test_other_priorities_are_refused() -> None:
    one = case(location())
    other = replace(case(location(), priority_moves=1.0, priority_norm=9.0))
    with pytest.raises(UnusableInputError) as refused:
        robust(
            [WeightedScenario("a", one, 0.5), WeightedScenario("b", other, 0.5)],
            "a",
            options=IN_PARTS,
        )
    assert "other priorities" in refused.value.told.text(Language.EN)
