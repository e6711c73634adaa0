"""A reserve of regular places against emergency places, for the plans of a workbook.

What is needed beyond the regular places in a month are the places in emergency reception that the
plan of a scenario uses, and those for whom there is none, at the occupancy norm. That plan knows
what comes, so less is needed in it than would be.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.buffer.reserve import Need, Reserve, reserve
from planner.core.errors import UnusableInputError
from planner.core.texts import message
from planner.input.case import Case
from planner.input.kinds import EMERGENCY_KINDS
from planner.input.supplied_names import Named, title_of
from planner.result.plan import Plan
from planner.sheets.without_place import EVERYONE_PLACED

REGULAR, EMERGENCY = "cost_regular_bed_month", "cost_emergency_bed_month"
_STEPS, _FEWEST = 5, 100.0


@dataclass(frozen=True)
class BufferScenario:
    """A scenario: its case, the need in its plan, and what the plan costs by year, in euros.

    `without` is what emergency places would cost by year for who is without one in the plan. Those
    are part of the need, and their cost is not in that of the plan.
    """

    name: str
    case: Case
    need: Need
    cost: Mapping[int, float]
    without: Mapping[int, float]

    def total(self, year: int) -> float:
        """Return what a year costs where everybody the plan has no place for gets one, in euros."""
        return self.cost.get(year, 0.0) + self.without.get(year, 0.0)


@dataclass(frozen=True)
class Buffer:
    """Sizes of a reserve against the need of scenarios; `budget` is in euros by year, if given."""

    scenarios: tuple[BufferScenario, ...]
    sizes: tuple[float, ...]
    budget: Mapping[int, float]

    def reserves(self) -> Iterator[Reserve]:
        """Yield what each size comes to in each scenario."""
        for size in self.sizes:
            for each in self.scenarios:
                yield reserve(each.name, each.need, size)

    @property
    def own_costs(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """The least and most that locations' own regular and emergency places cost a month.

        In euros; none where not both have an amount of their own.
        """
        known = [
            (bool(each.emergency), each.cost_per_bed_month)
            for each in self.scenarios[0].case.locations.values()
            if each.cost_per_bed_month
        ]
        regular = [cost for emergency, cost in known if not emergency]
        emergency = [cost for emergency, cost in known if emergency]
        if not regular or not emergency:
            return None
        return (min(regular), max(regular)), (min(emergency), max(emergency))


def buffer(
    plans: Sequence[tuple[Case, Plan]],
    sizes: Sequence[float] | None = None,
    budget: Mapping[int, float] | None = None,
) -> Buffer:
    """Return what a reserve comes to in plans; without sizes, some that go with the need.

    `UnusableInputError` where an emergency place costs nothing.
    """
    scenarios = tuple(
        BufferScenario(
            plan.scenario, case, need_of(case, plan), _cost(plan), _cost_of_others(case, plan)
        )
        for case, plan in plans
    )
    most = max(max(each.need.places.values()) for each in scenarios)
    chosen = tuple(sorted(set(sizes))) if sizes else _sizes(most)
    return Buffer(scenarios, chosen, budget or {})


def need_of(case: Case, plan: Plan) -> Need:
    """Return what is needed beyond the regular places in a plan, and what places cost.

    `UnusableInputError` where an emergency place costs nothing.
    """
    used = plan.tables["places"]
    kinds = {str(kind) for kind in EMERGENCY_KINDS}
    emergency = used[used["kind"].astype(str).isin(kinds)]
    places = dict.fromkeys(case.months, 0.0)
    for month, amount in _by_month(emergency, "places"):
        places[month] += amount
    for month, amount in _without_place(case, plan):
        places[month] += amount
    emergency_rate = _rate(case, EMERGENCY)
    if not any(emergency_rate.values()):
        raise UnusableInputError(
            message("buffer.free_emergency", name=title_of(Named.PARAMETERS, EMERGENCY))
        )
    return Need(places, _rate(case, REGULAR), emergency_rate)


def _without_place(case: Case, plan: Plan) -> Iterator[tuple[dt.date, float]]:
    """Yield the places by month for who is without one in a plan, at the occupancy norm."""
    shortfalls = plan.tables["shortfalls"]
    without = shortfalls[shortfalls["rule"] == EVERYONE_PLACED]
    for month, amount in _by_month(without, "amount"):
        yield month, amount / case.parameters.number("occupancy_norm", month)


def _cost_of_others(case: Case, plan: Plan) -> Mapping[int, float]:
    """Return by year what emergency places cost for who is without a place in a plan, in euros."""
    costs: dict[int, float] = defaultdict(float)
    for month, places in _without_place(case, plan):
        rate = case.parameters.number(EMERGENCY, month)
        costs[month.year] += places * rate
    return costs


def _by_month(frame: pd.DataFrame, column: str) -> Iterator[tuple[dt.date, float]]:
    yield from zip(frame["month"], frame[column].astype(float), strict=True)


def _rate(case: Case, name: str) -> Mapping[dt.date, float]:
    """Return a rate by month, which the checks of the input ask for in every one."""
    return {month: case.parameters.number(name, month) for month in case.months}


def _cost(plan: Plan) -> Mapping[int, float]:
    """Return what a plan costs by calendar year, of what is counted."""
    costs = plan.tables["costs"]
    counted = costs[costs["counted"].astype(bool)]
    totals = counted.groupby(counted["year"].astype(int))["amount"].sum()
    return {int(str(year)): float(amount) for year, amount in totals.items()}


def _sizes(most: float) -> tuple[float, ...]:
    """Return nothing and even steps until the most that is needed, in round numbers."""
    step = _round_up(max(most, _FEWEST) / _STEPS)
    return tuple(step * number for number in range(_STEPS + 1))


def _round_up(value: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(part * power for part in (1.0, 2.0, 5.0, 10.0) if part * power >= value - 1e-9)
