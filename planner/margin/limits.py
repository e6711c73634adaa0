"""What must not get worse: nobody without a place, DOL that holds, emergency that does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

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


def frozen(problem: Problem, bound: BreakingBound, levels: dict[str, float]) -> Iterator[Frozen]:
    """Yield what a bound keeps at its value in the plan; `levels` are the plan's.

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
        cost, now = _outside_dol(problem), levels[DOL_RULE]
        yield Frozen(DOL_RULE, cost, _most(now))


def _most(value: float) -> float:
    return value + ROUNDING * max(1.0, abs(value))


def _outside_dol(problem: Problem) -> np.ndarray:
    """Return a cost of 1 for every person in Dublin who lives outside DOL."""
    cost = np.zeros(len(problem.columns))
    for each in problem.rows:
        if each.rule.name == DOL_RULE and each.shortfall is not None:
            for column, share in each.shortfall.items():
                cost[problem.columns.index(column)] += share
    return cost
