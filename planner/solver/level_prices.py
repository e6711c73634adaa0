"""The prices that prove what a level can be at least: kept for whoever proves it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.solver.face import scale
from planner.solver.optimality import Point
from planner.solver.outcome import LevelCost, LevelPrices, LevelResult

ByLevel = dict[str, LevelPrices]


def prices_of(results: Mapping[str, LevelResult]) -> ByLevel:
    """Return the prices of settled levels, by level."""
    return {name: LevelPrices(each.duals, {}) for name, each in results.items()}


def prices_at(point: Point, level: LevelCost, levels: Sequence[LevelCost]) -> LevelPrices:
    """Return the prices at an optimum of a model that ends with a row for each level."""
    duals = point.duals * scale(level.cost)
    first = len(duals) - len(levels)
    kept = zip(levels, duals[first:], strict=True)
    before = {each.name: -float(dual) / scale(each.cost) for each, dual in kept if dual}
    return LevelPrices(duals[:first], before)
