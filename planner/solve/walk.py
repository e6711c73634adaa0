"""Walking the levels on one model, exactly.

From an optimal basis the cost is set to one level alone and primal simplex goes on. Then every
column and row with a reduced cost or dual at that optimum is fixed at the bound it sits on: by
complementary slackness what is left is precisely the set of optima. No row freezes a value, so
no tolerance of one level can be spent by the next. Where the way from basis to basis is long,
interior point with crossover finds the level's basis on what is left instead.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from planner.solve.highs import INTERIOR, WALKING, Ran, Solver
from planner.solve.outcome import LevelCost, LinearModel

# A reduced cost above this holds its column at its bound; below it is the solver's rounding.
PRICED = 1e-7
# Costs are brought below this, so that `PRICED` means the same at every level.
LARGEST_COST = 128.0
# Simplex steps from one level's basis before interior point is quicker, per row of the model.
LONG_WAY = 0.03
SHORTEST_LIMIT = 500
# How much more a level counts than the next in the first, weighted solve. Measured on the national
# demo: 3 is settled in 8 s, 10 takes minutes, and neither is the final word: the walk is.
STEP = 3.0

Tell = Callable[[str, str | None, float | None], None]


@dataclass
class Bounds:
    """The bounds of columns and rows, narrowed by each level that is settled."""

    column_lower: np.ndarray
    column_upper: np.ndarray
    row_lower: np.ndarray
    row_upper: np.ndarray

    @staticmethod
    def of(model: LinearModel) -> Bounds:
        """Return a model's own bounds."""
        return Bounds(
            model.lower.copy(), model.upper.copy(), model.row_lower.copy(), model.row_upper.copy()
        )

    def hold(self, reduced_costs: np.ndarray, duals: np.ndarray) -> None:
        """Fix what is priced at the bound it sits on: the lower for a positive price."""
        _hold(reduced_costs, self.column_lower, self.column_upper)
        _hold(duals, self.row_lower, self.row_upper)


def _hold(prices: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
    at_lower = (prices > PRICED) & np.isfinite(lower)
    at_upper = (prices < -PRICED) & np.isfinite(upper)
    upper[at_lower] = lower[at_lower]
    lower[at_upper] = upper[at_upper]


@dataclass(frozen=True)
class Settled:
    """A level that is settled: the values there, its reduced costs and duals."""

    level: LevelCost
    values: np.ndarray
    reduced_costs: np.ndarray
    duals: np.ndarray


@dataclass
class Walker:
    """Walks levels on one loaded model; `bounds` narrow as it goes."""

    model: LinearModel
    solver: Solver
    bounds: Bounds
    tell: Tell
    timings: dict[str, float] = field(default_factory=dict)
    iterations: int = 0
    ways: list[str] = field(default_factory=list)
    ran: Ran = Ran.OPTIMAL

    def first_basis(self, levels: tuple[LevelCost, ...]) -> None:
        """Find a basis that is optimal, or nearly so, for all levels weighted together."""
        begun = time.perf_counter()
        self.tell("first_basis", None, None)
        self.ran = self._interior(weighted(levels))
        self.timings["first_basis"] = time.perf_counter() - begun

    def settle(self, levels: tuple[LevelCost, ...], *, warm: bool) -> Iterator[Settled]:
        """Yield each level as it is settled; stops early where a run does, with `ran` saying why.

        `warm` says whether there is a basis to start the first level from.
        """
        for level in levels:
            begun = time.perf_counter()
            self.tell("level", level.name, None)
            scale = _scale(level)
            costs = level.cost / scale
            self.ran = self._step(costs) if warm else self._interior(costs)
            self.timings[level.name] = time.perf_counter() - begun
            if self.ran is not Ran.OPTIMAL:
                return
            warm = True
            values = self.solver.values()
            reduced, duals = self.solver.duals()
            self.bounds.hold(reduced, duals)
            self._apply()
            yield Settled(level, values, reduced * scale, duals * scale)
            self.tell("level", level.name, float(level.cost @ values + level.constant))

    def _apply(self) -> None:
        self.solver.column_bounds(self.bounds.column_lower, self.bounds.column_upper)
        self.solver.row_bounds(self.bounds.row_lower, self.bounds.row_upper)

    def _step(self, costs: np.ndarray) -> Ran:
        """Go on from the last basis; where that is a long way, start anew by interior point."""
        limit = max(SHORTEST_LIMIT, int(LONG_WAY * self.solver.rows))
        self.solver.options({**WALKING, "simplex_iteration_limit": limit})
        self.solver.costs(costs)
        ran = self._run("simplex")
        return self._interior(costs) if ran in (Ran.STEPS, Ran.UNKNOWN) else ran

    def _interior(self, costs: np.ndarray) -> Ran:
        """Solve by interior point with crossover, and by simplex where that is not precise."""
        self.solver.forget_basis()
        self.solver.options({**INTERIOR, "simplex_iteration_limit": 2**31 - 1})
        self.solver.costs(costs)
        ran = self._run("interior point")
        if ran is not Ran.UNKNOWN:
            return ran
        self.solver.options(WALKING)
        return self._run("simplex")

    def _run(self, way: str) -> Ran:
        ran = self.solver.run()
        self.iterations += self.solver.iterations
        self.ways.append(way)
        return ran


def weighted(levels: tuple[LevelCost, ...]) -> np.ndarray:
    """Return one cost per column: every level by its mean cost, each `STEP` times the next."""
    summed = np.zeros(len(levels[0].cost))
    for step, level in enumerate(reversed(levels)):
        summed += STEP**step * level.cost / np.abs(level.cost[level.cost != 0]).mean()
    return summed


def _scale(level: LevelCost) -> float:
    """Return a power of two that brings the level's costs down to `LARGEST_COST`."""
    largest = float(np.abs(level.cost).max())
    return float(2.0 ** max(np.ceil(np.log2(largest / LARGEST_COST)), 0.0))
