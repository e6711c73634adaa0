"""Published arithmetic, reproduced: the run-off of 2022, the border maxima, assessments, DOL."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from planner.input.months import last_day
from planner.input.parameters import supplied
from planner.model.build import build
from planner.result.checks import checks_beside
from planner.result.tables import runoff
from tests.rules.cases import case, group, location, months_of
from tests.rules.planned import planned

# COA, page on capacity and occupancy (2022): the portfolio and the extra places needed, by date.
# Need was then reckoned at 96 % occupancy.
COA_2022 = (
    (0, 42_732, 2_268),
    (3, 41_827, 6_173),
    (6, 34_524, 16_476),
    (9, 31_607, 19_393),
    (12, 30_066, 20_934),
)
NORM_2022 = 0.96


def value(name: str) -> float:
    found = supplied()[name].parameter.value
    assert isinstance(found, float)
    return found


def test_the_run_off_table_of_2022_comes_out() -> None:
    months = months_of(13)
    lasting = COA_2022[-1][1]
    # What falls away between two dates ends with the month before the later one.
    ending = [
        location(f"ends{after}", beds=before - beds, open_until=last_day(months[after - 1]))
        for (_, before, _), (after, beds, _) in pairwise(COA_2022)
    ]
    needed = [0.0] * 13
    for (start, portfolio, extra), end in zip(COA_2022, (3, 6, 9, 12, 13), strict=True):
        needed[start:end] = [float(portfolio + extra)] * (end - start)
    of = case(
        location("lasts", beds=lasting),
        *ending,
        groups=[group("people")],
        people={"people": tuple(NORM_2022 * each for each in needed)},
        months=13,
        occupancy_norm=NORM_2022,
    )
    table = list(runoff(build(of)))
    for number, portfolio, extra in COA_2022:
        month, beds, need, shortage = table[number]
        assert months[number] == month
        assert portfolio == beds
        assert portfolio + extra == pytest.approx(need)
        assert extra == pytest.approx(shortage)


@pytest.mark.parametrize(
    ("year", "times", "applications"), [(2026, 2, 422), (2027, 3, 633), (2028, 4, 844)]
)
def test_the_border_maxima_are_so_many_times_its_places(
    year: int, times: int, applications: int
) -> None:
    assert 211 == value("border_places")
    assert applications == times * value("border_places")
    assert applications == value(f"border_year_max_{year}")


def test_the_border_maxima_follow_one_another_without_a_day_between() -> None:
    years = [supplied()[f"border_year_max_{year}"].parameter for year in (2026, 2027, 2028)]
    for before, after in pairwise(years):
        assert before.valid_until is not None
        assert before.valid_until + dt.timedelta(days=1) == after.valid_from


def test_assessments_a_month_are_a_twelfth_of_those_a_year() -> None:
    assert 27_000 / 12 == value("needs_assessment_capacity")


def test_dol_places_follow_from_claims_and_stay() -> None:
    # 5,780 accepted claims over 2024 are 482 a month (rounded up from 481.7).
    assert 482 == value("dublin_accepted_month") == round(5_780 / 12)
    made = planned(case(groups=[group("dublin", "dol regular")]))
    frame = checks_beside(made.problem, made.tables)
    by_stay = frame[frame["check"] == "dol_by_stay"]["value"].tolist()
    assert [pytest.approx(482 * 2.5), pytest.approx(482 * 4.2)] == by_stay
    # About 1,200 and 2,000 places, as published.
    assert [1_200, 2_000] == [round(places, -2) for places in by_stay]
