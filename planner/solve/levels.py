"""The levels in turn, exactly.

From an optimal basis the cost is set to one level alone and primal simplex goes on. Then every
column and row with a reduced cost or dual at that optimum is fixed at the bound it sits on: by
complementary slackness what is left is precisely the set of optima. No row freezes a value, so
no tolerance of one level can be spent by the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from planner.solve.first_basis import start
from planner.solve.highs import WALKING, Ran, Solver
from planner.solve.mps import write_levels
from planner.solve.outcome import (
    CancelToken,
    Ending,
    LevelCost,
    LevelResult,
    LinearModel,
    Outcome,
    Progress,
    Solution,
    SolveReport,
    Stop,
)

# A reduced cost above this holds its column at its bound; below it is the solver's rounding.
PRICED = 1e-7
# Costs are brought below this, so that `PRICED` means the same at every level.
LARGEST_COST = 128.0
# How far a limit may be passed, relative to its size.
TOLERANCE = 1e-6

_STOPS = {
    Ran.TIME_LIMIT: Stop.TIME_LIMIT,
    Ran.CANCELLED: Stop.CANCELLED,
    Ran.UNBOUNDED: Stop.UNBOUNDED,
    Ran.INFEASIBLE: Stop.INFEASIBLE,
    Ran.UNKNOWN: Stop.SOLVER_ERROR,
}

Tell = Callable[[Progress], None]


@dataclass
class _Run:
    """What a solve gathers on its way."""

    model: LinearModel
    progress: Tell | None
    begun: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)
    iterations: int = 0
    way: str = ""
    results: list[LevelResult] = field(default_factory=list)
    values: np.ndarray | None = None

    def tell(self, step: str, level: str | None = None, value: float | None = None) -> None:
        if self.progress is not None:
            self.progress(Progress(step, level, value, time.perf_counter() - self.begun))

    def outcome(self, stop: Stop) -> Outcome:
        """Return the outcome for why it stopped, by what has been found until then."""
        report = SolveReport(Solver.version(), self.way, dict(self.timings), self.iterations)
        if self.values is None:
            ending = {
                Stop.INFEASIBLE: Ending.INFEASIBLE,
                Stop.TIME_LIMIT: Ending.NOTHING_FOUND,
                Stop.CANCELLED: Ending.NOTHING_FOUND,
            }.get(stop, Ending.FAILED)
            return Outcome(ending, stop, None, report)
        ending = Ending.OPTIMAL if stop is Stop.FINISHED else Ending.BEST_FOUND
        solution = Solution(self.values, activity(self.model, self.values), self._levels())
        return Outcome(ending, stop, solution, report)

    def _levels(self) -> tuple[LevelResult, ...]:
        """Return every level at the values found; those not settled have no duals."""
        if self.values is None:
            return ()
        none_priced = (np.zeros(len(self.model.lower)), np.zeros(len(self.model.row_lower)))
        settled = {each.name: each for each in self.results}
        found = []
        for level in self.model.levels:
            value = float(level.cost @ self.values + level.constant)
            each = settled.get(level.name)
            prices = none_priced if each is None else (each.reduced_costs, each.duals)
            found.append(LevelResult(level.name, value, *prices))
        return tuple(found)


def solve_levels(  # noqa: PLR0913 - the terms of a solve, each by name
    model: LinearModel,
    *,
    time_limit_s: float | None = None,
    cancel: CancelToken | None = None,
    progress: Tell | None = None,
    seed: int = 0,
    threads: int = 2,
    model_dir: Path | None = None,
) -> Outcome:
    """Solve the levels in turn; the outcome says what was found and why it stopped.

    `model_dir` receives each level's model, the earlier levels frozen, after the solve.
    """
    run = _Run(model, progress)
    deadline = None if time_limit_s is None else run.begun + time_limit_s
    solver = Solver(model, seed=seed, threads=threads, cancel=cancel, deadline=deadline)
    run.tell("first_basis")
    begun = run.begun
    ran, run.way = start(solver, model)
    run.timings["first_basis"] = time.perf_counter() - begun
    run.iterations += solver.iterations
    if ran in (Ran.OPTIMAL, Ran.TIME_LIMIT, Ran.CANCELLED) and holds(model, solver):
        run.values = solver.values()
    stop = _walk(solver, run) if ran is Ran.OPTIMAL else _STOPS[ran]
    if run.values is not None and not _within(model, run.values):
        run.values, stop = None, Stop.SOLVER_ERROR
    outcome = run.outcome(stop)
    if model_dir is not None and outcome.solution is not None:
        write_levels(model, outcome.solution, model_dir)
    return outcome


def _walk(solver: Solver, run: _Run) -> Stop:
    """Go through the levels from an optimal basis; return why it stopped."""
    model = run.model
    column_lower, column_upper = model.lower.copy(), model.upper.copy()
    row_lower, row_upper = model.row_lower.copy(), model.row_upper.copy()
    solver.options(WALKING)
    for level in model.levels:
        if not level.cost.any():
            continue
        begun = time.perf_counter()
        run.tell("level", level.name)
        scale = _scale(level)
        solver.costs(level.cost / scale)
        ran = solver.run()
        run.timings[level.name] = time.perf_counter() - begun
        run.iterations += solver.iterations
        if ran is not Ran.OPTIMAL:
            if solver.feasible() and _within(model, solver.values()):
                run.values = solver.values()
            return _STOPS[ran]
        run.values = solver.values()
        reduced, duals = solver.duals()
        value = float(level.cost @ run.values + level.constant)
        run.results.append(LevelResult(level.name, value, reduced * scale, duals * scale))
        run.tell("level", level.name, value)
        _hold(reduced, column_lower, column_upper)
        _hold(duals, row_lower, row_upper)
        solver.column_bounds(column_lower, column_upper)
        solver.row_bounds(row_lower, row_upper)
    return Stop.FINISHED


def _scale(level: LevelCost) -> float:
    """Return a power of two that brings the level's costs down to `LARGEST_COST`."""
    largest = float(np.abs(level.cost).max())
    return float(2.0 ** max(np.ceil(np.log2(largest / LARGEST_COST)), 0.0))


def _hold(prices: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
    """Fix what is priced at the bound it sits on: the lower for a positive price."""
    at_lower, at_upper = prices > PRICED, prices < -PRICED
    upper[at_lower] = lower[at_lower]
    lower[at_upper] = upper[at_upper]


def activity(model: LinearModel, values: np.ndarray) -> np.ndarray:
    """Return each row's left side at given values of the columns."""
    products = np.append(model.values * values[model.indices], 0.0)
    sums: np.ndarray = np.add.reduceat(products, model.starts[:-1])
    sums[model.starts[:-1] == model.starts[1:]] = 0.0
    return sums


def holds(model: LinearModel, solver: Solver) -> bool:
    """Whether the solver has a point, and it holds every limit by our own reckoning."""
    return solver.feasible() and _within(model, solver.values())


def _within(model: LinearModel, values: np.ndarray) -> bool:
    """Whether values hold every bound and row, relative to each limit's size."""
    left = activity(model, values)
    return _inside(values, model.lower, model.upper) and _inside(
        left, model.row_lower, model.row_upper
    )


def _inside(values: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> bool:
    below = np.where(np.isfinite(lower), lower - values, -1.0)
    above = np.where(np.isfinite(upper), values - upper, -1.0)
    slack = TOLERANCE * np.maximum(1.0, np.abs(values))
    return bool(np.all(below <= slack) and np.all(above <= slack))
