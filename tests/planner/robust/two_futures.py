"""Two scenarios with the arithmetic of both stages, and random ones that differ in people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from planner.api import PlanOptions
from planner.input.case import Case
from planner.result.plan import Plan
from planner.robust import WeightedScenario
from tests.rules.cases import candidate, case
from tests.rules.random_cases import random_case

IN_PARTS = PlanOptions(whole=False)


def of_people(people: float) -> Case:
    """Return a month in which nobody has a place yet, and one of two locations may be opened.

    A costs 10 a place to open and 30 a month to run; B costs 30 to open and 5 to run.
    """
    return case(
        candidate("A", beds=10, opening_cost=100.0, cost_per_bed_month=30.0),
        candidate("B", beds=10, opening_cost=300.0, cost_per_bed_month=5.0),
        people={"men": people},
        occupancy_norm=1.0,
    )


def few_or_many() -> list[WeightedScenario]:
    """Return two people or ten, each as likely."""
    return [
        WeightedScenario("few", of_people(2.0), 0.5),
        WeightedScenario("many", of_people(10.0), 0.5),
    ]


def random_scenarios(seed: int) -> list[WeightedScenario]:
    """Return two or three scenarios of a random case that differ in people alone."""
    chance = Random(seed)  # noqa: S311 - a test's cases, not a secret
    base = random_case(chance)
    count = chance.choice((2, 3))
    parts = [chance.uniform(0.5, 1.0) for _ in range(count)]
    return [
        WeightedScenario(f"s{number}", _with_other_people(base, chance), part / sum(parts))
        for number, part in enumerate(parts)
    ]


def _with_other_people(base: Case, chance: Random) -> Case:
    times = chance.uniform(0.5, 1.6)
    people = {
        key: round(times * each + chance.choice((0, 0, 3)), 1)
        for key, each in base.forecast.items()
    }
    return replace(base, forecast=people)


def level(plan: Plan, name: str) -> float:
    """Return what a level comes to in a plan."""
    return next(each.value for each in plan.levels if each.name == name)


def first_apart(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return how much more the first comes to at the first level where they differ, else 0."""
    for name, value in one.items():
        if abs(value - other[name]) > 1e-6 * max(1.0, abs(value), abs(other[name])):
            return value - other[name]
    return 0.0


def opened(plans: Sequence[Plan]) -> list[dict[str, float]]:
    """Return which part of each location is opened, by plan."""
    found = []
    for plan in plans:
        table = plan.tables["decisions"]
        rows = table[table["decision"] == "open"]
        found.append(
            {
                place: round(float(value), 6)
                for place, value in zip(rows["location"], rows["value"], strict=True)
                if value > 1e-6
            }
        )
    return found
