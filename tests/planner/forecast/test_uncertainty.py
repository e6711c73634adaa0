from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest

from planner.forecast.cohorts.cohort_flow import walk
from planner.forecast.cohorts.people_present import compute, group_totals
from planner.forecast.cohorts.uncertainty import (
    SAMPLES,
    SEED,
    LookedAt,
    bands,
    dol_enough,
    knobs,
    outcomes,
    regular_room,
    sampled,
    sensitivity,
)
from planner.input.case import Case, parse, usable_of
from tests.arriving import CLOCKS, EXPONENTIAL, arriving, stream
from tests.rules.cases import JUL, case, location
from tests.small_plan import small_book

FAR = 1e-9


@pytest.fixture
def of() -> Case:
    return arriving(
        stream(
            "come", "waiting", None, share_parameter="dublin_accepted_share", stay_family=CLOCKS
        ),
        stream("come", "men", 0.82, stay_family=EXPONENTIAL),
        stream("waiting", "dol"),
        people={"come": 1000.0},
        lives={"men": 11398},
        months=24,
        uncertain_arrivals=0.1,
        uncertain_share=0.2,
        uncertain_stay=0.25,
        uncertain_month=0.0,
    )


def test_one_input_at_a_time_ranked_by_what_it_moves(of: Case) -> None:
    swings = [each for each in sensitivity(compute(of)) if each.outcome is LookedAt.DOL]

    moved = {each.knob: each.size for each in swings}
    # 180 claims a month for 3.35 months are 603 people; a quarter of that each way is 301.5.
    assert pytest.approx(0.5 * 603) == moved["stay", "dol"]
    assert pytest.approx(0.4 * 603) == moved["share", "come|waiting"]
    assert pytest.approx(0.2 * 603) == moved["arrivals", "come"]
    assert pytest.approx(0.0) == moved["stay", "men"]
    assert [each.size for each in swings] == sorted((e.size for e in swings), reverse=True)


def test_each_outcome_has_every_input(of: Case) -> None:
    computed = compute(of)
    swings = sensitivity(computed)

    assert len(LookedAt) * len(knobs(computed)) == len(swings)


def test_bands_lie_around_the_calculation(of: Case) -> None:
    computed = compute(of)
    found = bands(computed).groups["dol"]
    middle = group_totals(computed)["dol"][0, :-1]

    assert (found[0] <= found[1] + FAR).all()
    assert (found[1] <= found[2] + FAR).all()
    assert found[0, -1] < middle[-1] < found[2, -1]
    assert middle[-1] == pytest.approx(found[1, -1], rel=0.05)


def test_the_first_month_is_certain(of: Case) -> None:
    found = bands(compute(of)).groups

    assert [11398.0] * 3 == found["men"][:, 0].tolist()
    assert 0.0 == found["dol"][:, 0].sum()


def test_the_same_seed_gives_the_same_bands(of: Case) -> None:
    computed = compute(of)
    once, again = (bands(computed, samples=50, seed=7) for _ in range(2))
    other = bands(computed, samples=50, seed=8)

    np.testing.assert_array_equal(once.groups["dol"], again.groups["dol"])
    assert (once.groups["dol"] != other.groups["dol"]).any()


def test_without_uncertainty_the_bands_are_the_calculation() -> None:
    sure = arriving(
        stream("come", "men"),
        uncertain_arrivals=0.0,
        uncertain_stay=0.0,
        uncertain_share=0.0,
        uncertain_month=0.0,
    )
    computed = compute(sure)

    found = bands(computed, samples=20).groups["men"]
    for each in found:
        np.testing.assert_allclose(each, group_totals(computed)["men"][0, :-1])


def test_people_beyond_the_regular_beds_at_their_norm() -> None:
    of = case(
        location("azc", beds=100, open_until=dt.date(2026, 7, 31)),
        location("other", beds=50, occupancy_norm=0.8),
        location("tent", "emergency_tent", beds=500),
        lives={("tent", "men"): 150},
        months=2,
        occupancy_norm=0.9,
    )

    assert [90.0 + 40.0, 40.0] == [regular_room(of, month) for month in of.months]
    assert [20.0, 110.0] == outcomes(compute(of))[LookedAt.EMERGENCY][0].round(6).tolist()
    assert JUL == of.months[0]


def test_more_dol_places_are_enough_in_more_futures(of: Case) -> None:
    computed = compute(of)
    found = bands(computed)
    peak = float(outcomes(computed)[LookedAt.DOL].max())
    in_half, in_most, in_nearly, in_nearly_all = (found.enough[each] for each in (50, 80, 90, 95))

    assert 0.9 * peak < in_half < 1.1 * peak
    assert in_half < in_most < in_nearly < in_nearly_all
    # The highest month of a future is what counts, so more than the band of any one month.
    assert in_nearly >= found.outcomes[LookedAt.DOL][2].max() - 1


def test_without_uncertainty_the_peak_is_enough_in_every_future() -> None:
    computed = compute(
        arriving(
            stream("come", "waiting", None, share_parameter="dublin_accepted_share"),
            stream("waiting", "dol"),
            people={"come": 100.0},
            uncertain_arrivals=0.0,
            uncertain_share=0.0,
            uncertain_stay=0.0,
            uncertain_month=0.0,
        )
    )
    peak = math.ceil(float(outcomes(computed)[LookedAt.DOL].max()) - 1e-6)
    assert {peak} == set(bands(computed, samples=10).enough.values())


def test_places_are_enough_in_so_many_of_the_samples_in_every_month(of: Case) -> None:
    computed = compute(of)
    places = dol_enough(computed)
    most = outcomes(sampled(computed, SAMPLES, SEED))[LookedAt.DOL].max(axis=1)
    for part, count in places.items():
        assert np.mean(most <= count) >= part / 100 > np.mean(most <= count - 1)
    assert places == bands(computed).enough


@pytest.mark.parametrize(
    ("group", "hangs_on"),
    [("in_registration", 1), ("dublin_single", 3), ("families", 9), ("permit_holders", 11)],
)
def test_a_group_is_the_same_in_the_part_of_the_network_that_leads_to_it(
    group: str, hangs_on: int
) -> None:
    computed = compute(usable_of(parse(small_book())))
    whole = group_totals(computed)
    part = computed.network.leading_to([group])
    apart = replace(computed, network=part, movement=walk(part, computed.intake))

    found = group_totals(apart)

    assert group in found
    assert hangs_on == len(found) < len(whole)
    for name, people in found.items():
        assert whole[name].tolist() == people.tolist()
