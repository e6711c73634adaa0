"""The size of DOL: accepted claims a month times the mean stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from planner.forecast.cohorts.dol_size import DolSize, dol_sizing, stay_for
from planner.forecast.cohorts.people_present import compute
from tests.arriving import FIXED, arriving, stream
from tests.tables import about


@pytest.mark.parametrize(("stay", "people"), [(2.5, 1205), (4.2, 2024.4)])
def test_482_accepted_a_month_give_the_published_sizes(stay: float, people: float) -> None:
    assert pytest.approx(people) == DolSize(482, stay).people


def test_1200_places_are_full_at_two_and_a_half_months() -> None:
    assert pytest.approx(2.49, abs=0.01) == stay_for(1200, 482)
    assert stay_for(1200, 0) is None


def test_today_is_what_the_streams_come_to_in_the_long_run() -> None:
    rows = (
        stream("come", "waiting", 0.3, stay_months=2.0),
        stream("come", "men", 0.7),
        stream("waiting", "dol", 1.0, stay_months=3.0),
    )
    case = arriving(*rows, people={"come": 100.0}, months=18)
    computed = compute(case)
    sizing = dol_sizing(computed)
    assert pytest.approx((30.0, 3.0, 90.0)) == (
        sizing.today.accepted, sizing.today.stay, sizing.today.people,
    )  # fmt: skip
    assert pytest.approx(90.0) == computed.people("dol", case.months[-1])
    assert pytest.approx(90.0) == sizing.peak


def test_who_may_not_go_into_dol_does_not_count() -> None:
    rows = (
        stream("come", "waiting", 1.0, stay_months=2.0),
        stream("waiting", "dol", 1.0, stay_months=3.0),
    )
    sizing = dol_sizing(compute(arriving(*rows, trafficking_share=0.25)))
    assert pytest.approx(75.0) == sizing.today.accepted


def test_a_stay_is_never_longer_than_the_longest() -> None:
    rows = (stream("come", "dol", 1.0, stay_months=9.0, stay_family=FIXED),)
    sizing = dol_sizing(compute(arriving(*rows, transfer_months=6.0)))
    assert (6.0, 6.0) == (sizing.today.stay, sizing.longest)


def test_without_arrivals_the_stay_is_that_of_the_groups() -> None:
    case = arriving(stream("come", "dol", 1.0, stay_months=3.0), people={"other": 5.0})
    sizing = dol_sizing(compute(replace(case, inflow=())))
    assert pytest.approx((0.0, 3.35)) == (sizing.today.accepted, sizing.today.stay)


def test_the_peak_is_told_with_its_month() -> None:
    rows = (stream("come", "dol", 1.0, stay_months=1.0),)
    people = {"come": [10.0, 10.0, 40.0, 10.0, 10.0, 10.0]}
    sizing = dol_sizing(compute(arriving(*rows, people=people, months=6)))
    assert (dt.date(2026, 10, 1), 40.0) == (sizing.peak_month, about(sizing.peak))
