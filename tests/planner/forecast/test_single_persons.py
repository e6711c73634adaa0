"""The same streams followed person by person, each with a life of their own, by chance."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from random import Random

import pytest

from planner.forecast.cohorts.people_present import compute, group_totals
from planner.input.case import Case
from tests.arriving import CLOCKS, EXPONENTIAL, FIXED, LOGNORMAL, arriving, stream
from tests.rules.cases import group

JAN = dt.date(2026, 1, 1)
PACT = dt.date(2026, 6, 12)
MONTHS, PAST = 15, 6
# Day of the start within June, the month before the first planned one.
START = -1.0 + 11 / 30
EACH_MONTH = 3000
LIVES = {"men": 8000, "waiting": 9000, "permits": 4000}
SPREAD = 0.6
TRANSFER = 6.0

GROUPS = (
    group("men", "regular", stay_months=5.0),
    group("waiting", "regular", stay_months=2.5),
    group("dol", "dol", stay_months=3.35),
    group("permits", "regular", stay_months=3.0),
)


@pytest.fixture(scope="module")
def of() -> Case:
    return arriving(
        stream("come", "men", 0.7, stay_family=LOGNORMAL, stay_spread=SPREAD),
        stream("come", "waiting", 0.3, stay_family=CLOCKS),
        stream("waiting", "dol", 0.9, stay_family=EXPONENTIAL, group_before_start="waiting"),
        stream("dol", "men", 0.8, stay_family=LOGNORMAL, stay_spread=SPREAD),
        stream("men", "permits", 0.4, stay_family=FIXED),
        people={"come": float(EACH_MONTH)},
        lives=LIVES,
        months=MONTHS,
        first=JAN,
        groups=GROUPS,
        dublin_start_date=PACT,
    )


class People:
    """Lives one after another; `there[group, month]` counts who is present on its first day."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - lives by chance, no secrets
        self.there: Counter[tuple[str, int]] = Counter()
        self.rate = rate_of_dol()

    def stay(self, name: str, begin: float, months: float) -> float:
        for month in range(max(0, math.ceil(begin)), MONTHS):
            if month >= begin + months:
                break
            self.there[name, month] += 1
        return begin + months

    def lognormal(self, *, residual: bool = False) -> float:
        variance = math.log(1 + SPREAD**2)
        centre = math.log(5.0) - variance / 2 + (variance if residual else 0.0)
        drawn = self.chance.lognormvariate(centre, math.sqrt(variance))
        return drawn * self.chance.random() if residual else drawn

    def men(self, begin: float, months: float) -> None:
        end = self.stay("men", begin, months)
        if self.chance.random() < 0.4:
            self.stay("permits", end, 3.0)

    def waiting(self, begin: float, months: float, *, newcomer: bool) -> None:
        end = self.stay("waiting", begin, months)
        if self.chance.random() < 0.9:
            self.transfer(end, min(self.chance.expovariate(self.rate), TRANSFER), newcomer=newcomer)

    def transfer(self, begin: float, months: float, *, newcomer: bool, ends: bool = False) -> None:
        end = self.stay("dol" if newcomer else "waiting", begin, months)
        if (months == TRANSFER or ends) and self.chance.random() < 0.8:
            self.men(end, self.lognormal())

    def arrive(self, moment: float) -> None:
        if self.chance.random() < 0.7:
            self.men(moment, self.lognormal())
        else:
            clock = 2.0 if self.chance.random() < 0.5 else 3.0
            self.waiting(moment, clock, newcomer=moment >= START)


def rate_of_dol() -> float:
    """Return the rate of leaving at which a stay of at most six months is 3.35 on average."""
    low, high = 1e-6, 1.0
    for _ in range(60):
        rate = (low + high) / 2
        low, high = (rate, high) if (1 - math.exp(-TRANSFER * rate)) / rate > 3.35 else (low, rate)
    return low


def live(seed: int) -> People:
    people = People(seed)
    chance = people.chance
    for month in range(MONTHS):
        for _ in range(EACH_MONTH):
            people.arrive(month + chance.random())
    known = arrived_since_the_start(people)
    for _ in range(LIVES["men"]):
        people.men(0.0, people.lognormal(residual=True))
    for _ in range(LIVES["permits"]):
        people.stay("permits", 0.0, 3.0 * chance.random())
    for _ in range(LIVES["waiting"] - known):
        came_before(people)
    return people


def arrived_since_the_start(people: People) -> int:
    """Let those live who came in June from the 12th on; all of them still wait on 1 July."""
    count = round(EACH_MONTH * 0.3 * 19 / 30)
    for _ in range(count):
        moment = -1.0 + people.chance.random()
        clock = 2.0 if people.chance.random() < 0.5 else 3.0
        people.there["waiting", 0] += 1
        end = people.stay("waiting", 1e-9, moment + clock - 1e-9)
        if people.chance.random() < 0.9:
            drawn = people.chance.expovariate(people.rate)
            people.transfer(end, min(drawn, TRANSFER), newcomer=True)
    return count


def came_before(people: People) -> None:
    """Let somebody live who came before the start and is anywhere in the two terms."""
    chance = people.chance
    if chance.random() < 2.5 / (2.5 + 0.9 * 3.35):
        # The longer a term, the likelier that somebody is met in it.
        clock = 2.0 if chance.random() < 2.0 / 5.0 else 3.0
        people.waiting(0.0, clock * chance.random(), newcomer=False)
        return
    while True:
        term = min(chance.expovariate(people.rate), TRANSFER)
        if chance.random() < term / TRANSFER:
            break
    people.transfer(0.0, term * chance.random(), newcomer=False, ends=term == TRANSFER)


@pytest.mark.parametrize("name", ["men", "waiting", "dol", "permits"])
def test_single_persons_add_up_to_the_calculation(of: Case, name: str) -> None:
    present = group_totals(compute(of))[name][0]
    lives = [live(seed).there for seed in (1, 2)]
    for month in range(MONTHS):
        counted = sum(there[name, month] for there in lives) / len(lives)
        # Four times the spread of a count of single persons, and one for an empty group.
        error = 4 * math.sqrt(max(present[month], 1.0) / len(lives)) + 1
        assert abs(counted - present[month]) <= error, (name, month, counted, present[month])
