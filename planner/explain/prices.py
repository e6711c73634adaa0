"""What one unit more of each limit changes, level by level, as the solve left it.

A limit matters at the first level at which its price is not zero: at the levels before it, moving
it changes nothing, and what a later level would make of it is never asked. Where a plan can be
best in several ways a price holds on one side only: loosening gains at most the price, tightening
costs at least the price (the value of a level is convex in its limits).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from planner.model.build import Problem, RuleRow
from planner.model.rules.limit import LimitKind, OfLocation
from planner.model.rules.rule import Rule
from planner.solver.outcome import Solution
from planner.solver.warm_resolve import Moved, Parts

# Prices below this part of a level's usual cost are the solver's rounding.
ROUNDING = 1e-7
# How near its upper bound a column sits on it, relative to the bound.
NEAR = 1e-6


@dataclass(frozen=True)
class Worth:
    """What a unit changes at the level where it first matters; negative is better.

    `level` is the level's place in the order solved.
    """

    level: int
    change: float


@dataclass(frozen=True)
class Prices:
    """Prices per level: of rows (levels by m), upper and lower bounds (levels by n).

    Rows that were counted and not solved come after the others; `unsolved` gives their place by
    the identity of the row.
    """

    rows: np.ndarray
    uppers: np.ndarray
    lowers: np.ndarray
    unsolved: Mapping[int, int]

    def worth(self, moved: Moved) -> Worth | None:
        """Return what moving limits together changes, `None` where it matters at no level."""
        by_level = self.at_levels(moved)
        priced = np.flatnonzero(self.touched(moved))
        if not len(priced):
            return None
        level = int(priced[0])
        return Worth(level, float(by_level[level]))

    def at_levels(self, moved: Moved) -> np.ndarray:
        """Return what moving limits together changes at each level, as far as prices say."""
        by_level: np.ndarray = _priced(self.rows, moved.rows) + _priced(self.uppers, moved.columns)
        return by_level

    def touched(self, moved: Moved) -> np.ndarray:
        """Return at which levels any of the limits has a price."""
        found = _touched(self.rows, moved.rows) | _touched(self.uppers, moved.columns)
        return np.asarray(found, dtype=bool)


def _priced(prices: np.ndarray, parts: Parts) -> np.ndarray:
    if not parts:
        return np.zeros(len(prices))
    numbers, shares = (np.array(each) for each in zip(*parts, strict=True))
    return np.asarray(prices[:, numbers.astype(int)] @ shares, dtype=float)


def _touched(prices: np.ndarray, parts: Parts) -> np.ndarray:
    numbers = [number for number, share in parts if share]
    return np.asarray((prices[:, numbers] != 0).any(axis=1), dtype=bool)


def prices_of(problem: Problem, solution: Solution) -> Prices:
    """Return the prices that a solve left, rounding taken off.

    A column that an earlier level holds at its lower bound has no price for its upper one.
    """
    rows, reduced = [], []
    for objective, result in zip(problem.levels, solution.levels, strict=True):
        sizes = np.abs(objective.costs[objective.costs != 0])
        tiny = ROUNDING * (float(np.median(sizes)) if len(sizes) else 1.0)
        rows.append(np.where(np.abs(result.duals) > tiny, result.duals, 0.0))
        reduced.append(np.where(np.abs(result.reduced_costs) > tiny, result.reduced_costs, 0.0))
    by_column = np.array(reduced)
    counted = list(_counted(problem, by_column))
    beyond = np.zeros((len(rows), len(counted)))
    for place, (_, level, price) in enumerate(counted):
        beyond[level, place] = price
    uppers, lowers = _bound_prices(problem, solution.values, by_column)
    unsolved = {id(each): len(problem.lower) + at for at, (each, _, _) in enumerate(counted)}
    return Prices(np.hstack([np.array(rows), beyond]), uppers, lowers, unsolved)


def _counted(problem: Problem, reduced: np.ndarray) -> Iterator[tuple[RuleRow, int, float]]:
    """Yield the rows with a limit of zero whose left side is counted, with level and price.

    A unit of limit saves its weight for those who are there, and nothing where even without the
    weight nobody would be (their columns' reduced costs say so).
    """
    places = {each.content.level: at for at, each in enumerate(problem.levels)}
    for each in problem.rows:
        if each.number is None and _may_be_zero(each.rule) and each.rule.level is not None:
            level = places[each.rule.level]
            saved = max(
                each.row.weight - reduced[level, problem.columns.index(column)] / float(share)
                for column, share in each.row.left.items()
            )
            yield each, level, -max(float(saved), 0.0)


def _may_be_zero(rule: Rule) -> bool:
    """Whether a rule's rows stay within a figure of the input, that may be nothing."""
    return isinstance(rule.limit, OfLocation) or rule.limit is LimitKind.CEILING


def _bound_prices(
    problem: Problem, values: np.ndarray, reduced: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the prices of upper and of lower bounds; each column has one kind, its first."""
    upper = problem.columns.upper_bounds()
    bounded = np.where(np.isfinite(upper), upper, np.inf)
    near = NEAR * np.maximum(1.0, np.where(np.isfinite(upper), upper, 1.0))
    at_upper = values + near >= bounded
    at_lower = values <= NEAR
    first = np.argmax(reduced != 0, axis=0)
    sign = np.sign(reduced[first, np.arange(reduced.shape[1])])
    uppers = np.where((at_upper & (sign < 0))[None, :], np.minimum(reduced, 0.0), 0.0)
    lowers = np.where((at_lower & (sign > 0))[None, :], np.maximum(reduced, 0.0), 0.0)
    return uppers, lowers
