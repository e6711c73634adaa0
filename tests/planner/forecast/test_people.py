"""Hand-worked: who is present in each group, from who arrives."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.forecast.cohorts.people_present import (
    compute,
    group_totals,
    new_people,
    people_present,
)
from planner.input.case import Case
from planner.input.kinds import StayFamily
from planner.input.parameters import Parameters
from planner.input.streams import Stream
from planner.model.demand import pupil_shares
from tests.arriving import CLOCKS, EXPONENTIAL, FIXED, LOGNORMAL, arriving, stream
from tests.rules.cases import AUG, JUL, OCT, SEP, group

JAN = dt.date(2026, 1, 1)
PACT = dt.date(2026, 6, 12)

TO_WAITING = stream("come", "waiting", stay_family=CLOCKS)
TO_DOL = stream("waiting", "dol", group_before_start="waiting")


def people(of: Case, name: str) -> list[float]:
    return [round(each, 6) for each in group_totals(compute(of))[name][0].tolist()]


@pytest.mark.parametrize("family", [EXPONENTIAL, FIXED, LOGNORMAL])
@pytest.mark.parametrize(("stay", "places"), [(2.5, 1205.0), (4.2, 2024.4)])
def test_accepted_claims_times_the_mean_stay(
    family: StayFamily, stay: float, places: float
) -> None:
    rows = (stream("come", "dol", stay_months=stay, stay_family=family),)
    of = arriving(*rows, people={"come": 482.0}, months=14)

    assert places == pytest.approx(people(of, "dol")[-1], abs=1e-6)


@pytest.mark.parametrize("family", [EXPONENTIAL, FIXED, LOGNORMAL])
def test_dol_never_holds_more_than_accepted_claims_times_mean_stay(family: StayFamily) -> None:
    of = arriving(TO_WAITING, replace(TO_DOL, stay_family=family), people={"come": 482.0})

    assert max(people(of, "dol")) <= 482.0 * 3.35 + 1e-6


def test_nobody_is_in_dol_before_the_first_possible_notification() -> None:
    # Who came on 12 June is told on 12 August at the earliest: after the first of August.
    rows = (TO_WAITING, TO_DOL)
    of = arriving(
        *rows, people={"come": 300.0}, first=JAN, lives={"waiting": 750}, dublin_start_date=PACT
    )
    found = people(of, "dol")

    # 19 of June's 30 days, half of whom are taken back; none has left DOL yet.
    assert [0.0, 0.0, 95.0] == found[:3]
    assert found[3] == 95.0 + 95.0 + 150.0


def test_who_came_before_the_start_date_stays_in_regular_reception() -> None:
    of = arriving(TO_WAITING, TO_DOL, people={}, lives={"waiting": 585}, dublin_start_date=PACT)

    assert 0.0 == max(people(of, "dol"))
    # In a steady state 585 are 100 a month over 2.5 and 3.35 months; none comes any more.
    assert [585.0, 485.0, 385.0, 285.0, 185.0] == people(of, "waiting")[:5]


def test_the_ones_who_wait_and_may_go_to_dol_are_part_of_the_occupancy() -> None:
    rows = (TO_WAITING, TO_DOL)
    of = arriving(
        *rows, people={"come": 300.0}, first=JAN, lives={"waiting": 100}, dublin_start_date=PACT
    )

    assert 100.0 == people(of, "waiting")[0]
    assert max(people(of, "dol")[:3]) <= 100.0


def test_victims_of_trafficking_stay_out_of_dol() -> None:
    of = arriving(TO_WAITING, TO_DOL, trafficking_share=0.25)

    assert pytest.approx(75.0 * 3.35) == people(of, "dol")[-1]
    assert pytest.approx(250.0 + 25.0 * 3.35) == people(of, "waiting")[-1]


def test_who_is_not_transferred_in_time_comes_into_the_procedure() -> None:
    rows = (
        stream("come", "dol", stay_months=6.0),
        stream("dol", "men", stay_months=20.0),
    )
    of = arriving(*rows)

    assert [0.0] * 7 + [100.0, 200.0] == people(of, "men")[:9]


def test_who_leaves_dol_before_the_term_leaves_reception() -> None:
    of = arriving(stream("come", "dol", stay_months=3.0), stream("dol", "men"))

    assert 0.0 == max(people(of, "men"))


def test_a_rise_of_the_accelerated_share_leaves_the_others_less() -> None:
    rows = (
        stream("come", "permits", None, share_parameter="accelerated_share", stay_months=99.0),
        stream("come", "men", 0.6, stay_months=99.0),
        stream("come", "minors", 0.2, stay_months=99.0),
    )
    # July lies before the start date, August since: 5 % and then 20 % take the fast track.
    of = arriving(*rows, months=3, dublin_start_date=AUG)

    assert [0.0, 5.0, 25.0] == people(of, "permits")[:3]
    assert [0.0, 71.25, 131.25] == people(of, "men")[:3]


def test_late_joiners_come_after_their_delay() -> None:
    of = arriving(stream("come", "men", 0.5, delay_months=2.5, stay_months=9.0), first=JAN)

    # Those of April and May come half in July and half in August, and so on.
    assert [0.0, 50.0, 100.0] == people(of, "men")[:3]


def test_permit_holders_queue_where_few_are_housed() -> None:
    rows = (stream("come", "permits", stay_months=1.0, leave_parameter="permits_housed_month"),)
    of = arriving(*rows, months=4, permits_housed_month=60.0)

    # All of July's arrivals are there on 1 August; from August 100 a month want out and 60 can.
    assert [0.0, 100.0, 140.0, 180.0, 220.0] == people(of, "permits")


def test_the_first_month_is_the_occupancy() -> None:
    lives = {"men": 700, "waiting": 120, "dol": 30, "permits": 410}
    of = arriving(stream("come", "men"), TO_WAITING, TO_DOL, lives=lives, first=JAN)

    present = people_present(compute(of))
    assert lives == {name: round(present[name, JUL], 9) for name in lives}


def test_the_forecast_goes_before_the_calculation() -> None:
    of = replace(arriving(stream("come", "men", stay_months=9.0)), forecast={("men", SEP): 7.0})

    present = people_present(compute(of))
    assert [0.0, 100.0, 7.0, 300.0] == [present["men", month] for month in (JUL, AUG, SEP, OCT)]


def test_the_scenario_takes_its_own_arrivals() -> None:
    of = arriving(stream("come", "men"))
    more = tuple(replace(each, scenario="high", people=200.0) for each in of.inflow)
    both = replace(of, inflow=(*of.inflow, *more))

    assert 100.0 == people(both, "men")[1]
    assert 200.0 == people(replace(both, scenario="high"), "men")[1]


CHAIN = st.builds(
    lambda shares, families, delay, stays: (
        stream("come", "men", shares[0] / 2, stay_family=families[0], stay_months=stays[0]),
        stream("come", "waiting", 0.5, stay_family=CLOCKS),
        stream("come", "permits", shares[1], delay_months=delay, stay_months=stays[1]),
        stream("waiting", "dol", shares[2], stay_family=families[1], group_before_start="waiting"),
        stream("dol", "men", shares[3], stay_family=families[0]),
        stream("men", "permits", shares[0], leave_parameter="permits_housed_month"),
        stream("backlog", "permits", shares[1]),
    ),
    st.tuples(*[st.floats(0.0, 1.0)] * 4),
    st.tuples(*[st.sampled_from([EXPONENTIAL, FIXED, LOGNORMAL])] * 2),
    st.floats(0.0, 5.0),
    st.tuples(*[st.floats(0.0, 20.0)] * 2),
)


@settings(deadline=None, max_examples=60)
@given(
    rows=CHAIN,
    people=st.lists(st.floats(0.0, 2000.0), min_size=18, max_size=18),
    lives=st.tuples(*[st.integers(0, 3000)] * 4),
    housed=st.floats(0.0, 300.0),
    backlog=st.one_of(st.none(), st.floats(0.0, 9000.0)),
)
def test_the_stock_balance_holds_for_every_group_and_month(
    rows: tuple[Stream, ...],
    people: list[float],
    lives: tuple[int, ...],
    housed: float,
    backlog: float | None,
) -> None:
    names = ("men", "waiting", "dol", "permits")
    of = arriving(
        *rows,
        people={"come": people},
        first=JAN,
        lives=dict(zip(names, lives, strict=True)),
        dublin_start_date=PACT,
        permits_housed_month=housed,
        backlog_people=backlog,
    )
    found = compute(of)
    nodes = {each.name: each for each in found.network.nodes}
    for name, present in found.movement.present.items():
        moved = found.movement.moved.items()
        coming = sum(people for (_, to), people in moved if to == name)
        going = sum(people for (source, _), people in moved if source == name)
        rest = present[:, :-1] + coming - going - found.movement.left[name] - present[:, 1:]
        scale = 1e-9 * (1.0 + np.abs(present).max())
        assert -scale <= present.min()
        assert -scale <= found.movement.left[name].min()
        np.testing.assert_allclose(rest, 0.0, atol=10 * scale)
    for name, people_there in zip(names, lives, strict=True):
        first = sum(
            each[0, 0] for node, each in found.movement.present.items() if nodes[node].group == name
        )
        assert people_there == pytest.approx(first, rel=1e-9)


def test_unaccompanied_minors_who_turn_18_become_single_men() -> None:
    of = arriving(
        stream("minors", "men", 0.4, stay_months=99.0),
        people={},
        lives={"minors": 100},
        groups=(group("men"), group("minors", "minors", stay_months=10.0)),
    )

    # An exponential stay would be the group's without a row; none leads there, so it is used.
    leaving = 100.0 * (1 - np.exp(-0.1))
    assert pytest.approx(0.4 * leaving, abs=1e-6) == people(of, "men")[1]


def test_school_may_wait_two_months_for_who_came_lately() -> None:
    families = group("men", "regular", stay_months=13.9, school_share=0.5)
    of = arriving(
        stream("come", "men", stay_months=24.0),
        groups=(families,),
        lives={"men": 100},
        months=4,
        school_access_months=2.0,
    )
    # Nobody came in the two months before July of whom it is known; 100 come every month. August
    # has the 100 of July, September those of July and August, October those of August and
    # September; who is there at the start and who came in July is then there for longer.
    new = new_people(compute(of))
    assert [0, 100, 200, 200] == pytest.approx([new["men", month] for month in of.months])
    # The people there at the start leave as in a steady state of the group's 13.9 months.
    present = people_present(compute(of))
    october = of.months[3]
    stock = 100 - 3 * 100 / 13.9
    assert pytest.approx(stock + 300) == present["men", october]
    shares = pupil_shares(of, present)
    assert pytest.approx(0.5 * (stock + 100) / (stock + 300)) == shares["men", october]
    # At once where no time is given, and where the number of people is only said.
    at_once = pupil_shares(replace(of, parameters=without_waiting(of)), present)
    assert pytest.approx(0.5) == at_once["men", october]
    said = replace(of, forecast={("men", each): 400.0 for each in of.months})
    assert pytest.approx(0.5) == pupil_shares(said, present)["men", october]


def without_waiting(of: Case) -> Parameters:
    held = of.parameters.by_name["school_access_months"]
    by_name = {**of.parameters.by_name, "school_access_months": replace(held, value=None)}
    return replace(of.parameters, by_name=by_name)
