"""The verifier's own count of the people who follow from arrivals agrees with the calculation."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.api import open_demo, usable
from planner.forecast.cohorts.people_present import compute, new_people, people_present
from planner.input.case import Case
from planner.input.months import later, months_from
from planner.input.settings import Parameter
from planner.input.streams import Inflow
from planner.verify.arrivals import newcomers_from_arrivals, people_from_arrivals
from tests.arriving import CLOCKS, EXPONENTIAL, LOGNORMAL, arriving, stream

FIRST = dt.date(2026, 1, 1)


def compared(of: Case) -> None:
    counted = people_from_arrivals(of)
    for key, people in people_present(compute(of)).items():
        assert counted[key] == pytest.approx(people, rel=1e-7, abs=1e-7), key
    pupils = {name: replace(each, school_share=0.5) for name, each in of.groups.items()}
    schooled = replace(of, groups=pupils)
    lately = newcomers_from_arrivals(schooled)
    for key, people in new_people(compute(schooled)).items():
        assert lately[key] == pytest.approx(people, rel=1e-7, abs=1e-7), key


def period(of: Case, name: str, value: float, begin: dt.date, end: dt.date) -> Parameter:
    return replace(of.parameters.by_name[name], value=value, valid_from=begin, valid_until=end)


def test_with_the_supplied_streams() -> None:
    of = usable(open_demo("small"), "middle")
    # The plan begins half a year after the start date, so that newcomers are in every stage.
    months = tuple(later(each, 6) for each in of.months)
    of = replace(of, date=dt.date(2026, 12, 31), months=months)
    lives = {
        ("L03", "dublin_single"): 30,
        ("L03", "dublin_family"): 12,
        ("L03", "in_registration"): 4,
    }
    of = replace(of, occupancy={**of.occupancy, **lives})
    streams = ("first_applications", "family_reunion", "repeat", "border", "resettled")
    inflow = tuple(
        Inflow(scenario="middle", month=month, stream=name, people=40.0 + at)
        for name in streams
        for at, month in enumerate(months_from(dt.date(2026, 6, 1), of.months[-1]))
    )
    given_now = {
        "backlog_people": 2000.0,
        "trafficking_share": 0.05,
        "permits_housed_month": 90.0,
        "backlog_shape": 2.0,
        "backlog_months": 9.0,
    }
    spring = dt.date(2027, 2, 1), dt.date(2027, 5, 31)
    dated = {
        name: (period(of, name, value, *spring),)
        for name, value in {
            "dublin_transfers_stopped": 0.6,
            "accelerated_share": 0.3,
            "take_back_months": 3.5,
            "regular_decision_months": 8.0,
            "transfer_months": 7.0,
            "permits_housed_month": 60.0,
        }.items()
    }
    by_name = dict(of.parameters.by_name)
    for name, value in given_now.items():
        by_name[name] = replace(by_name[name], value=value)
    compared(
        replace(
            of,
            forecast={},
            inflow=inflow,
            parameters=replace(of.parameters, by_name=by_name, dated=dated),
        )
    )


@settings(deadline=None, max_examples=25)
@given(
    shares=st.tuples(*[st.floats(0.0, 0.5)] * 4),
    delay=st.floats(0.0, 4.0),
    stay=st.floats(0.0, 9.0),
    start=st.dates(dt.date(2026, 1, 1), dt.date(2026, 9, 30)),
    housed=st.floats(0.0, 300.0),
    lives=st.tuples(*[st.integers(0, 900)] * 4),
    come=st.lists(st.floats(0.0, 500.0), min_size=18, max_size=18),
)
def test_whatever_comes(  # noqa: PLR0913, PLR0917 - what chance decides
    shares: tuple[float, ...],
    delay: float,
    stay: float,
    start: dt.date,
    housed: float,
    lives: tuple[int, ...],
    come: list[float],
) -> None:
    compared(
        arriving(
            stream(
                "come", "waiting", None, share_parameter="dublin_accepted_share", stay_family=CLOCKS
            ),
            stream("come", "men", shares[0], stay_family=LOGNORMAL, stay_months=stay),
            stream("come", "permits", shares[1], delay_months=delay),
            stream("waiting", "dol", shares[2], stay_family=EXPONENTIAL),
            stream("dol", "men", 0.9, stay_family=LOGNORMAL),
            stream("men", "permits", shares[3], leave_parameter="permits_housed_month"),
            people={"come": come},
            lives=dict(zip(("men", "waiting", "dol", "permits"), lives, strict=True)),
            first=FIRST,
            dublin_start_date=start,
            permits_housed_month=housed,
        )
    )
