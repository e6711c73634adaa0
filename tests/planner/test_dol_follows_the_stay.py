"""The size of DOL is claims times stay, in both demos, and a stop of transfers shows in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from planner.api import open_demo, usable
from planner.forecast.cohorts.people_present import compute, people_present
from planner.input.case import Case
from planner.input.months import later


def in_dol(case: Case) -> list[float]:
    people = people_present(compute(case))
    groups = ("dublin_single", "dublin_family")
    return [sum(people[group, month] for group in groups) for month in case.months]


def with_stay(case: Case, months: float) -> Case:
    dublin = {
        name: replace(case.groups[name], stay_months=months)
        for name in ("dublin_single", "dublin_family")
    }
    return replace(case, groups={**case.groups, **dublin})


@pytest.mark.parametrize("demo", ["small", "national"])
def test_four_stays_give_four_sizes(demo: str) -> None:
    case = usable(open_demo(demo), "middle")
    sizes = [max(in_dol(with_stay(case, stay))) for stay in (2.5, 3.35, 4.2, 6.0)]

    for less, more in pairwise(sizes):
        assert more > 1.1 * less


@pytest.mark.parametrize("demo", ["small", "national"])
def test_a_stop_of_transfers_shows_within_three_months(demo: str) -> None:
    book = open_demo(demo)
    case = usable(book, "middle")
    base, stopped, one = (
        in_dol(usable(book, name))
        for name in ("middle", "transfers_stop", "transfers_stop_one_country")
    )
    begin = case.months.index(later(case.months[0], 3))

    # From October on nobody is transferred.
    assert base[: begin + 1] == stopped[: begin + 1]
    assert stopped[begin + 3] > 1.05 * base[begin + 3]
    assert base[begin + 3] < one[begin + 3] < stopped[begin + 3]


@pytest.mark.parametrize("demo", ["small", "national"])
def test_the_first_month_is_the_occupancy(demo: str) -> None:
    case = usable(open_demo(demo), "middle")
    people = people_present(compute(case))
    for group in case.groups:
        counted = case.people_at_start(group)
        assert people[group, case.months[0]] == pytest.approx(counted, abs=1e-6)


def test_the_national_path_does_not_collapse() -> None:
    case = usable(open_demo("national"), "middle")
    people = people_present(compute(case))
    totals = [sum(people[group, month] for group in case.groups) for month in case.months]

    # It fell to 38,033 where residents were decided like new cases and nobody appealed.
    assert 65068 == pytest.approx(totals[0])
    assert min(totals) > 0.75 * totals[0]
    assert max(totals) < 1.1 * totals[0]
