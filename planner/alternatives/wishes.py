"""What another plan may have the most or the least of, as a cost of the problem's columns."""

from __future__ import annotations

import numpy as np

from planner.input.kinds import Listed
from planner.model.algebra import Variable
from planner.model.build import Problem
from planner.model.rules.rule import Level


class LeastOf(Listed):
    """The ways in which a plan may differ, by what they are called, the furthest reaching first."""

    FEWEST_LOCATIONS = (
        "fewest_locations",
        "minste locaties geraakt",
        "fewest locations touched",
    )
    LEAST_EMERGENCY = "least_emergency", "minste noodopvang", "least emergency reception"
    FEWEST_MOVES = "fewest_moves", "minste verhuizingen", "fewest moves"
    FEWEST_DOL = "fewest_dol", "minste DOL ingericht", "least DOL fitted out"
    MOST_EVEN = (
        "most_even",
        "gelijkst over provincies (grootste achterstand)",
        "most even over provinces (largest arrears)",
    )
    FEWEST_DOL_SITES = "fewest_dol_sites", "minste nieuwe DOL-locaties", "fewest new DOL sites"

    @property
    def unit(self) -> str:
        """The unit of what is made least."""
        return _UNITS[self]


_UNITS = {
    LeastOf.FEWEST_LOCATIONS: "locations",
    LeastOf.LEAST_EMERGENCY: "weighted person-months",
    LeastOf.FEWEST_MOVES: "weighted persons",
    LeastOf.FEWEST_DOL: "places",
    LeastOf.MOST_EVEN: "share",
    LeastOf.FEWEST_DOL_SITES: "locations",
}
_LEVELS = {
    LeastOf.LEAST_EMERGENCY: Level.EMERGENCY,
    LeastOf.FEWEST_MOVES: Level.MOVES,
    LeastOf.MOST_EVEN: Level.PROVINCES_WORST,
}


def cost_of(problem: Problem, wish: LeastOf) -> tuple[np.ndarray, float]:
    """Return what a wish makes least: a cost per column, and a constant.

    Touched is a location that is opened, extended or closed early, a part of it by that part. DOL
    is counted in places newly fitted out, DOL sites in whole parts that are begun: with shares, and
    where no part has a smallest size, there is nothing to count.
    """
    if wish in _LEVELS:
        for each in problem.levels:
            if each.content.level is _LEVELS[wish]:
                return each.costs, each.constant
    cost = np.zeros(len(problem.columns))
    for column in _counted(problem, wish):
        cost[problem.columns.index(column)] = 1.0
    return cost, 0.0


def level_of(wish: LeastOf) -> Level | None:
    """Return the level that a wish makes least itself, where it is one."""
    return _LEVELS.get(wish)


def _counted(problem: Problem, wish: LeastOf) -> list[Variable]:
    choose = problem.choose
    if wish is LeastOf.FEWEST_DOL:
        return list(choose.dol_fitted_out.values())
    if wish is LeastOf.FEWEST_DOL_SITES:
        return list(choose.dol_begun.values())
    last = dict(choose.closed.keys())  # by location: what is given up by then stays so
    closed = [column for key, column in choose.closed.items() if key[1] == last[key[0]]]
    return [*choose.open.values(), *choose.extend.values(), *closed]
