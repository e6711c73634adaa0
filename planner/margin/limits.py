"""What must not get worse: nobody without a place, DOL that holds, emergency that does not grow."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.input.kinds import Listed
from planner.model.build import Problem
from planner.model.rules.rule import Level

DOL_RULE = "dublin_outside_dol"
# So much of a frozen value is rounding; the same as in a plan's levels.
ROUNDING = 1e-6


class BreakingBound(Listed):
    """The three bounds that a setback may break, the order in which they are told."""

    PLACE = "place", "iemand zonder plaats is", "somebody is without a place"
    DOL = "dol", "Dublin buiten DOL", "Dublin outside DOL"
    EMERGENCY = (
        "emergency",
        "meer noodopvang, of minder van wat daarvoor gaat",
        "more emergency reception, or less of what comes before it",
    )


@dataclass(frozen=True)
class Frozen:
    """A sum over columns that must not grow: its name, cost per column, and the most it may be."""

    name: str
    cost: np.ndarray
    most: float


def frozen(
    problem: Problem,
    bound: BreakingBound,
    levels: Mapping[str, float],
    outside: Mapping[dt.date, float],
) -> Iterator[Frozen]:
    """Yield what a bound keeps at its value in the plan; `levels` are the plan's.

    `outside` are the persons in Dublin outside DOL in it by month, nobody where a month is missing.
    Each month is kept by itself: a plan may have somebody outside DOL in a month in which there is
    room, for the sake of a level before, and who is taken in there makes no room in another.

    Emergency reception grows where the levels before it, in their order, and itself cannot all be
    kept. That no group bears more than others is left out: with nobody without a place it is
    nothing, and else it changes with the number of people.
    """
    for each in problem.levels:
        name = each.content.level
        first = name is Level.UNPLACED
        if first or (bound is BreakingBound.EMERGENCY and name is not Level.SHARED):
            yield Frozen(name.value, each.costs, _most(levels[name.value] - each.constant))
        if bound is not BreakingBound.EMERGENCY or name is Level.EMERGENCY:
            break
    if bound is BreakingBound.DOL:
        for month, cost in _outside_dol(problem).items():
            yield Frozen(f"{DOL_RULE} {month}", cost, _most(outside.get(month, 0.0)))


def outside_dol(shortfalls: pd.DataFrame) -> Mapping[dt.date, float]:
    """Return the persons in Dublin outside DOL by month, of a plan's table of shortfalls."""
    rows = shortfalls[shortfalls["rule"] == DOL_RULE]
    people: dict[dt.date, float] = defaultdict(float)
    for month, amount in zip(rows["month"], rows["amount"], strict=True):
        people[month] += float(amount)
    return people


def _most(value: float) -> float:
    return value + ROUNDING * max(1.0, abs(value))


def _outside_dol(problem: Problem) -> Mapping[dt.date, np.ndarray]:
    """Return by month a cost of 1 for every person in Dublin who lives outside DOL."""
    costs: dict[dt.date, np.ndarray] = defaultdict(lambda: np.zeros(len(problem.columns)))
    for each in problem.rows:
        month = each.row.key.month
        if each.rule.name == DOL_RULE and each.shortfall is not None and month is not None:
            for column, share in each.shortfall.items():
                costs[month][problem.columns.index(column)] += share
    return costs
