from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.forecast.cohorts.stays import Kernel, Stay, kernel
from planner.input.kinds import StayFamily
from tests.arriving import CLOCKS, EXPONENTIAL, FIXED, LOGNORMAL

LONG = 600
HALVES = ((2.0, 0.5), (3.0, 0.5))


def of(stay: Stay, months: int = LONG) -> Kernel:
    return kernel(stay, np.ones(1), months)


@pytest.mark.parametrize("mean", [0.5, 1.0, 2.5, 4.2, 13.9])
@pytest.mark.parametrize("family", [EXPONENTIAL, FIXED, LOGNORMAL])
def test_the_parts_present_add_up_to_the_mean_stay(family: StayFamily, mean: float) -> None:
    present = of(Stay(family, mean, 0.5)).present[0]

    assert mean == pytest.approx(present[1:].sum(), rel=1e-9)


def test_a_fixed_stay_is_exact() -> None:
    assert [1.0, 1.0, 1.0, 0.5, 0.0] == of(Stay(FIXED, 2.5), 5).present[0].tolist()


def test_half_the_people_are_told_after_two_months_and_half_after_three() -> None:
    found = of(Stay(CLOCKS, 2.5, clocks=HALVES), 6)

    assert [1.0, 1.0, 1.0, 0.5, 0.0, 0.0] == found.present[0].tolist()
    assert [0.0, 0.0, 0.5, 0.5, 0.0, 0.0] == found.leaving[0].tolist()


@pytest.mark.parametrize("mean", [1.0, 2.5, 3.35, 4.2, 5.5])
@pytest.mark.parametrize("family", [EXPONENTIAL, FIXED, LOGNORMAL])
def test_a_longest_stay_leaves_the_mean_as_it_is(family: StayFamily, mean: float) -> None:
    found = of(Stay(family, mean, 0.5, limit=6.0), 20)

    assert mean == pytest.approx(found.present[0, 1:].sum(), rel=1e-9)
    assert 0.0 == found.present[0, 7:].sum()


def test_nobody_stays_longer_than_the_longest_stay() -> None:
    found = of(Stay(FIXED, 9.0, limit=6.0), 20)

    assert 6.0 == found.present[0, 1:].sum()
    assert [1.0] == [part for part in found.at_limit[0].tolist() if part]


def test_who_reaches_the_longest_stay_is_counted_apart() -> None:
    found = of(Stay(EXPONENTIAL, 3.0, limit=6.0), 20)
    # With a rate r: (1 - exp(-6 r)) / r = 3, so r = 0.26559 and exp(-6 r) = 0.20319.
    assert pytest.approx(0.2032, abs=1e-4) == found.at_limit[0, 6]
    assert found.at_limit[0, 6] < found.leaving[0, 6]


@given(
    family=st.sampled_from([EXPONENTIAL, FIXED, LOGNORMAL]),
    mean=st.floats(0.0, 40.0),
    spread=st.floats(0.0, 2.0),
    limit=st.one_of(st.none(), st.floats(0.5, 12.0)),
)
def test_everybody_is_somewhere(
    family: StayFamily, mean: float, spread: float, limit: float | None
) -> None:
    found = of(Stay(family, mean, spread, limit), 30)

    gone = found.leaving.cumsum(axis=1)
    np.testing.assert_allclose(1.0 - gone[:, :-1], found.present[:, 1:], atol=1e-9)
    old_gone = found.old_leaving.cumsum(axis=1)
    np.testing.assert_allclose(1.0 - old_gone[:, :-1], found.old_present[:, 1:], atol=1e-9)
    for parts in (found.present, found.leaving, found.at_limit, found.old_leaving):
        assert -1e-9 <= parts.min() <= parts.max() <= 1 + 1e-9
    assert (found.at_limit <= found.leaving + 1e-9).all()


@pytest.mark.parametrize("family", [EXPONENTIAL, FIXED, LOGNORMAL])
def test_a_steady_stream_keeps_the_number_as_it_is(family: StayFamily) -> None:
    found = of(Stay(family, 7.4, 0.5), 24)

    old = 740.0 * found.old_present[0]
    coming = 100.0 * np.concatenate([[0.0], found.present[0, 1:].cumsum()])[:24]
    np.testing.assert_allclose(np.full(24, 740.0), old + coming, rtol=1e-9)


def test_nobody_leaves_where_no_stay_is_given() -> None:
    found = of(Stay(EXPONENTIAL, None), 5)

    assert [1.0] * 5 == found.present[0].tolist()
    assert 0.0 == found.leaving.sum() + found.old_leaving.sum()
