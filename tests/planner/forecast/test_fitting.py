"""Least squares on counts: intervals that hold, and what the data leave open."""

from __future__ import annotations

import numpy as np
import pytest

from planner.forecast.cohorts.fittable import fittable, model_of
from planner.forecast.cohorts.fitting import Fit, Model, PastCounts, fit
from planner.forecast.cohorts.people_present import compute
from planner.forecast.cohorts.stays import Floats
from tests.arriving import EXPONENTIAL, LOGNORMAL, arriving, stream
from tests.rules.cases import group

WIDE = (-1.6, 1.6)
TIMES = np.arange(1.0, 13.0)


def decay(logs: Floats) -> Floats:
    """Return one group that two inputs act on: its size, and how fast it goes."""
    size, rate = np.exp(logs[:, :1]), np.exp(logs[:, 1:2])
    return np.asarray(1000.0 * size * np.exp(-0.1 * rate * TIMES))[:, None, :]


def counted(people: Floats) -> PastCounts:
    return PastCounts(people, TIMES)


def test_exact_data_give_the_inputs() -> None:
    found = fit(decay, counted(decay(np.array([[0.3, -0.2]]))[0]), [WIDE] * 2)

    np.testing.assert_allclose([0.3, -0.2], found.logs, atol=1e-5)
    assert ((), ()) == (found.open_sets, found.at_bound)
    assert {} == dict(found.as_good)


def test_the_interval_of_a_mean_is_that_of_the_textbook() -> None:
    # One input that lifts every count alike, and counts that have nothing in common.
    chance = np.random.default_rng(1)
    noise = chance.standard_normal(12)
    noise -= noise.mean()
    people = (10_000.0 + 50.0 * noise)[None, :]
    found = fit(
        lambda logs: 10_000.0 * np.exp(logs)[:, :, None] * np.ones(12), counted(people), [WIDE]
    )

    assert 0.0 == pytest.approx(found.logs[0], abs=2e-3)
    by_hand = 50.0 * noise.std(ddof=1) / np.sqrt(12) / 10_000.0
    assert 0.9 * by_hand < found.errors[0] < 2.0 * by_hand
    assert 2.2 == pytest.approx(found.quantile, abs=0.01)


def test_inputs_that_only_count_together_are_named() -> None:
    def product(logs: Floats) -> Floats:
        return decay(np.stack([logs[:, 0] + logs[:, 1], logs[:, 2]], axis=1))

    found = fit(product, counted(decay(np.array([[0.3, 0.1]]))[0]), [WIDE] * 3)

    assert ((0, 1),) == found.open_sets
    assert 0.1 == pytest.approx(found.logs[2], abs=1e-4)
    assert [True, True, False] == np.isnan(found.errors).tolist()


def test_an_input_without_effect_is_open_by_itself() -> None:
    def blind(logs: Floats) -> Floats:
        return decay(logs[:, 1:])

    found = fit(blind, counted(decay(np.array([[0.3, 0.1]]))[0]), [WIDE] * 3)

    assert ((0,),) == found.open_sets


def test_an_input_at_its_end_is_told() -> None:
    found = fit(decay, counted(decay(np.array([[0.3, 0.9]]))[0]), [WIDE, (-0.5, 0.5)])

    assert (1,) == found.at_bound


def test_an_input_that_its_slope_alone_tells_apart_is_kept_as_it_is() -> None:
    # Nearly flat where it is now, steep where it fits best. What it would add there, 22 people or
    # 11 less, is within the 30 that the counts are off by chance.
    pattern = np.where(TIMES % 3 == 0, 220.0, -110.0)
    chance = 30.0 * np.where(TIMES % 2 == 0, 1.0, -1.0)

    def plain(logs: Floats) -> Floats:
        return np.asarray(1000.0 + (0.05 * logs + logs**3) * pattern)[:, None, :]

    found = fit(plain, counted((1000.0 + 0.1 * pattern + chance)[None, :]), [WIDE])

    # 0.05 x + x^3 = 0.1 at x = 0.428.
    assert {0: pytest.approx(0.428, abs=0.001)} == dict(found.as_good)
    assert 0.0 == found.logs[0]
    assert np.isnan(found.errors[0])


def test_numbers_that_are_not_known_do_not_count() -> None:
    people = decay(np.array([[0.3, -0.2]]))[0]
    people[0, [3, 7]] = np.nan
    found = fit(decay, counted(people), [WIDE] * 2)

    np.testing.assert_allclose([0.3, -0.2], found.logs, atol=1e-5)


# Lives of single persons, drawn by chance, against the intervals that come of counting them.

MONTHS, EACH_MONTH, PART, SPREAD = 15, 300, 0.5, 0.5
TRUE = {"men": 10.0, "permits": 4.5}
GROUPS = (group("men", stay_months=8.0), group("permits", stay_months=6.0))
ROWS = (
    stream("come", "men", stay_family=LOGNORMAL, stay_spread=SPREAD),
    stream("men", "permits", PART, stay_family=EXPONENTIAL),
)
LIVES = range(24, 44)


def counted_lives(seed: int) -> Floats:
    """Return men and permit holders on the first day of each month, as (2, months + 1)."""
    chance = np.random.default_rng(seed)
    variance = np.log1p(SPREAD**2)
    centre, deviation = np.log(TRUE["men"]) - variance / 2, np.sqrt(variance)
    # Who is there has come the likelier, the longer the stay, and is anywhere in it.
    there = chance.lognormal(centre + variance, deviation, 2500) * chance.random(2500)
    coming = np.repeat(np.arange(MONTHS), EACH_MONTH)
    begin = np.concatenate([np.zeros(2500), coming + chance.random(len(coming))])
    end = begin + np.concatenate([there, chance.lognormal(centre, deviation, len(coming))])
    permitted = end[chance.random(len(end)) < PART]
    entering = np.concatenate([np.zeros(700), permitted])
    leaving = entering + chance.exponential(TRUE["permits"], len(entering))
    return np.stack([present(begin, end), present(entering, leaving)])


def present(begin: Floats, end: Floats) -> Floats:
    at = np.arange(MONTHS + 1)
    there = (begin[:, None] <= at) & (end[:, None] > at)
    return np.asarray(there.sum(axis=0), dtype=float)


def fitted_to(people: Floats) -> tuple[Fit, dict[str, int]]:
    lives = {"men": int(people[0, 0]), "permits": int(people[1, 0])}
    arrivals = {"come": float(EACH_MONTH)}
    computed = compute(arriving(*ROWS, people=arrivals, months=MONTHS, groups=GROUPS, lives=lives))
    inputs = fittable(computed)
    model: Model = model_of(computed, inputs, ("men", "permits"), tuple(range(1, MONTHS + 1)))
    times = np.arange(1.0, MONTHS + 1)
    found = fit(model, PastCounts(people[:, 1:], times), [(each.low, each.high) for each in inputs])
    return found, {each.key[1]: at for at, each in enumerate(inputs)}


@pytest.fixture(scope="module")
def fits() -> list[dict[str, tuple[float, float]]]:
    """Return how far each fit is from the truth, and how far its interval reaches."""
    made = []
    for seed in LIVES:
        found, place = fitted_to(counted_lives(seed))
        now = {"men": 8.0, "permits": 6.0}
        made.append(
            {
                name: (
                    float(found.logs[place[name]] - np.log(TRUE[name] / now[name])),
                    float(found.quantile * found.errors[place[name]]),
                )
                for name in TRUE
            }
        )
    return made


@pytest.mark.parametrize("name", ["men", "permits"])
def test_intervals_hold_the_truth_about_as_often_as_they_say(
    fits: list[dict[str, tuple[float, float]]], name: str
) -> None:
    held = sum(abs(off) <= reach for off, reach in (each[name] for each in fits))

    # Of 20 intervals of 95 %, at least 17 hold it in 98 of 100 such series.
    assert held >= 17


@pytest.mark.parametrize("name", ["men", "permits"])
def test_fits_lie_around_the_truth(fits: list[dict[str, tuple[float, float]]], name: str) -> None:
    off = np.array([each[name][0] for each in fits])

    assert abs(off.mean()) < 3 * off.std(ddof=1) / np.sqrt(len(LIVES))
    # Nor are the intervals so wide that they would hold anything.
    assert np.median([each[name][1] for each in fits]) < 6 * off.std(ddof=1)
