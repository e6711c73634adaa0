"""The levels in turn: which model each is walked on, and what came of it all.

Where many rows do not matter to the first levels, those levels are walked on the model without
them; the others on the whole model, narrowed to what the first ones leave open.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from planner.solve.highs import Ran, Solver
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
from planner.solve.relief import Split, activity, made_up, split
from planner.solve.walk import Bounds, Settled, Walker

# How far a limit may be passed, relative to its size.
TOLERANCE = 1e-6

_STOPS = {
    Ran.OPTIMAL: Stop.FINISHED,
    Ran.TIME_LIMIT: Stop.TIME_LIMIT,
    Ran.CANCELLED: Stop.CANCELLED,
    Ran.UNBOUNDED: Stop.UNBOUNDED,
    Ran.INFEASIBLE: Stop.INFEASIBLE,
    Ran.STEPS: Stop.SOLVER_ERROR,
    Ran.UNKNOWN: Stop.SOLVER_ERROR,
}
_WITHOUT_PLAN = {
    Stop.INFEASIBLE: Ending.INFEASIBLE,
    Stop.TIME_LIMIT: Ending.NOTHING_FOUND,
    Stop.CANCELLED: Ending.NOTHING_FOUND,
}


@dataclass(frozen=True)
class Terms:
    """The terms of a solve: when and how it may be stopped, whom to tell, seed and threads."""

    begun: float
    deadline: float | None
    cancel: CancelToken | None
    progress: Callable[[Progress], None] | None
    seed: int
    threads: int

    def solver(self, model: LinearModel) -> Solver:
        """Return a model loaded under these terms."""
        return Solver(
            model,
            seed=self.seed,
            threads=self.threads,
            cancel=self.cancel,
            deadline=self.deadline,
        )

    def tell(self, step: str, level: str | None, value: float | None) -> None:
        """Tell how far it is."""
        if self.progress is not None:
            self.progress(Progress(step, level, value, time.perf_counter() - self.begun))


@dataclass
class _Found:
    """What has been found so far: the values of a plan, and the levels that are settled."""

    model: LinearModel
    values: np.ndarray | None = None
    results: dict[str, LevelResult] = field(default_factory=dict)

    def settled(self, each: Settled, values: np.ndarray, duals: np.ndarray) -> None:
        """Keep a settled level, with values and duals of the whole model."""
        self.values = values
        level = each.level
        value = float(level.cost @ values + level.constant)
        self.results[level.name] = LevelResult(level.name, value, each.reduced_costs, duals)

    def solution(self) -> Solution | None:
        """Return every level at the values found; those that are not settled have no duals."""
        if self.values is None:
            return None
        none = (np.zeros(len(self.model.lower)), np.zeros(len(self.model.row_lower)))
        levels = []
        for level in self.model.levels:
            each = self.results.get(level.name)
            prices = none if each is None else (each.reduced_costs, each.duals)
            value = float(level.cost @ self.values + level.constant)
            levels.append(LevelResult(level.name, value, *prices))
        return Solution(self.values, activity(self.model, self.values), tuple(levels))


def solve_levels(  # noqa: PLR0913 - the terms of a solve, each by name
    model: LinearModel,
    *,
    time_limit_s: float | None = None,
    cancel: CancelToken | None = None,
    progress: Callable[[Progress], None] | None = None,
    seed: int = 0,
    threads: int = 2,
    model_dir: Path | None = None,
) -> Outcome:
    """Solve the levels in turn; the outcome says what was found and why it stopped.

    `model_dir` receives each level's model, the earlier levels frozen, after the solve.
    """
    begun = time.perf_counter()
    deadline = None if time_limit_s is None else begun + time_limit_s
    terms = Terms(begun, deadline, cancel, progress, seed, threads)
    found = _Found(model)
    walkers = _walk(model, terms, found)
    stop = _STOPS[walkers[-1].ran]
    if stop is Stop.INFEASIBLE and not confirmed_infeasible(model, terms):
        stop = Stop.SOLVER_ERROR
    if found.values is not None and not holds(model, found.values):
        found.values, stop = None, Stop.SOLVER_ERROR
    solution = found.solution()
    if solution is None:
        ending = _WITHOUT_PLAN.get(stop, Ending.FAILED)
    else:
        ending = Ending.OPTIMAL if stop is Stop.FINISHED else Ending.BEST_FOUND
    if model_dir is not None and solution is not None:
        write_levels(model, solution, model_dir)
    return Outcome(ending, stop, solution, _report(walkers))


def _report(walkers: list[Walker]) -> SolveReport:
    timings: dict[str, float] = {}
    for walker in walkers:
        for step, seconds in walker.timings.items():
            timings[step] = timings.get(step, 0.0) + seconds
    ways = [way for walker in walkers for way in walker.ways]
    way = ", ".join(f"{each} {ways.count(each)}x" for each in dict.fromkeys(ways))
    return SolveReport(Solver.version(), way, timings, sum(w.iterations for w in walkers))


def _walk(model: LinearModel, terms: Terms, found: _Found) -> list[Walker]:
    """Walk all levels, on one model or on two; return the walkers, the last one used last."""
    levels = tuple(level for level in model.levels if level.cost.any())
    parts = split(model) if len(levels) > 1 else None
    if parts is None:
        walker = Walker(model, terms.solver(model), Bounds.of(model), terms.tell)
        _walk_whole(walker, levels, found)
        return [walker]
    early = Walker(parts.early, terms.solver(parts.early), Bounds.of(parts.early), terms.tell)
    _walk_early(early, parts, found)
    if early.ran is not Ran.OPTIMAL:
        return [early]
    late = Walker(model, terms.solver(model), _widened(model, parts, early.bounds), terms.tell)
    late.solver.column_bounds(late.bounds.column_lower, late.bounds.column_upper)
    late.solver.row_bounds(late.bounds.row_lower, late.bounds.row_upper)
    for each in late.settle(parts.late_levels, warm=False):
        found.settled(each, each.values, each.duals)
    return [early, late]


def _walk_whole(walker: Walker, levels: tuple[LevelCost, ...], found: _Found) -> None:
    """Walk the levels on the whole model; the weighted solve is a plan already."""
    if not levels:
        walker.ran = walker.solver.run()
        found.values = walker.solver.values() if walker.ran is Ran.OPTIMAL else None
        return
    walker.first_basis(levels)
    if walker.solver.feasible():
        found.values = walker.solver.values()
    if walker.ran is Ran.OPTIMAL:
        for each in walker.settle(levels, warm=True):
            found.settled(each, each.values, each.duals)


def _walk_early(walker: Walker, parts: Split, found: _Found) -> None:
    """Walk the first levels on the model without the rows that do not matter to them."""
    model, levels = found.model, parts.early.levels
    walker.first_basis(levels)
    if walker.solver.feasible():
        found.values = made_up(model, parts, walker.solver.values())
    if walker.ran is not Ran.OPTIMAL:
        return
    for each in walker.settle(levels, warm=True):
        duals = np.zeros(len(model.row_lower))
        duals[parts.kept] = each.duals
        found.settled(each, made_up(model, parts, each.values), duals)


def _widened(model: LinearModel, parts: Split, narrowed: Bounds) -> Bounds:
    """Return the whole model's bounds with what the first levels fixed."""
    bounds = Bounds.of(model)
    bounds.column_lower, bounds.column_upper = narrowed.column_lower, narrowed.column_upper
    # A left-out row's own column was alone there and free to be priced at nothing.
    bounds.column_lower[parts.relief] = model.lower[parts.relief]
    bounds.column_upper[parts.relief] = model.upper[parts.relief]
    bounds.row_lower[parts.kept] = narrowed.row_lower
    bounds.row_upper[parts.kept] = narrowed.row_upper
    return bounds


def confirmed_infeasible(model: LinearModel, terms: Terms) -> bool:
    """Whether the limits clash also without presolve, which has been wrong about that before."""
    solver = terms.solver(model)
    solver.options({"presolve": "off", "solver": "simplex"})
    return solver.run() is Ran.INFEASIBLE


def holds(model: LinearModel, values: np.ndarray) -> bool:
    """Whether values hold every bound and row, relative to each limit's size."""
    left = activity(model, values)
    return _inside(values, model.lower, model.upper) and _inside(
        left, model.row_lower, model.row_upper
    )


def _inside(values: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> bool:
    slack = TOLERANCE * np.maximum(1.0, np.abs(values))
    return bool(np.all(values >= lower - slack) and np.all(values <= upper + slack))
