"""The levels in turn, exactly.

From a first basis the cost is set to one level alone and primal simplex goes on; the optima are
then narrowed to those that keep the level, and the next level is set. The first basis is joined
from the months. Where that is not to be had, or a level needs more steps than it is worth, that
level is solved by interior point with crossover on what the earlier levels left.

What comes back is judged by HiGHS' own model status and then by our own arithmetic: an optimum is
one only if its prices prove it. A plan that does not hold, or a level that a later one spoiled,
makes everything be solved anew by interior point; if that does not hold either, the solve has
failed and says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np

from planner.solve.arithmetic import activity, holds, level_rounding, level_value
from planner.solve.face import Face, scale
from planner.solve.first_basis import has_months, joined_basis
from planner.solve.highs import CONFIRMING, INTERIOR, WALKING, Ran, Solver, Terms, version
from planner.solve.mps import write_levels
from planner.solve.optimality import is_optimum
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
from planner.solve.rounding import kept_whole, largest_gap, relaxed, rounded_up
from planner.solve.whole import choose_whole

JOINED = "joined basis"
INTERIOR_POINT = "interior point"

# After so many steps of primal simplex, interior point is quicker. A count and not a time: the same
# input then takes the same path, and gives the same plan, on any machine. A level that prices few
# columns is worth a longer walk: on the national demo the last one took 5 s so, and 12 s anew.
_MOST_STEPS = 1500
_MOST_STEPS_FEW_PRICED = 6000
_FEW_PRICED = 0.02

# A plan with whole numbers counts as the best where no other can be better by more, at any level.
PROVEN_GAP = 0.01
# Up to so many columns whole numbers are branched on until nothing is left to gain.
_MANY_COLUMNS = 20_000
# Seconds beyond the time limit for the walk that makes a plan of the whole choices.
_GRACE_S = 20.0

_STOPS = {
    Ran.TIME_LIMIT: Stop.TIME_LIMIT,
    Ran.CANCELLED: Stop.CANCELLED,
    Ran.UNBOUNDED: Stop.UNBOUNDED,
    Ran.INFEASIBLE: Stop.INFEASIBLE,
    Ran.ITERATION_LIMIT: Stop.SOLVER_ERROR,
    Ran.UNKNOWN: Stop.SOLVER_ERROR,
}
_STOPPED = {Stop.TIME_LIMIT, Stop.CANCELLED}

Tell = Callable[[Progress], None]


@dataclass
class _Run:
    """What a solve gathers on its way."""

    model: LinearModel
    terms: Terms
    progress: Tell | None
    begun: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)
    iterations: int = 0
    way: str = JOINED
    gap: float | None = None
    messages: list[str] = field(default_factory=list)
    results: dict[str, LevelResult] = field(default_factory=dict)
    values: np.ndarray | None = None
    # A trial is given up at the first word that there is no plan, which need not be confirmed.
    trial: bool = False

    def tell(self, step: str, level: str | None = None, value: float | None = None) -> None:
        if self.progress is not None:
            self.progress(Progress(step, level, value, time.perf_counter() - self.begun))

    def time(self, step: str, begun: float) -> None:
        spent = time.perf_counter() - begun
        self.timings[step] = self.timings.get(step, 0.0) + spent

    def offer(self, values: np.ndarray) -> None:
        """Keep values as the plan so far, if they hold every limit."""
        if holds(self.model, values):
            self.values = values

    def afresh(self, way: str) -> None:
        """Forget what has been settled, to begin again another way."""
        self.way = way
        self.results.clear()
        self.values = None

    def sound(self) -> bool:
        """Whether the plan holds, and every settled level still has the value it was settled at."""
        values = self.values
        if values is None or not holds(self.model, values):
            return False
        for level in self.model.levels:
            settled = self.results.get(level.name)
            if settled is None:
                continue
            slack = level_rounding(level, values)
            if level_value(level, values) > settled.value + slack:
                return False
        return True


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

    Whole columns are chosen first, level by level with a proven gap; the levels are then settled
    with these choices kept. `model_dir` receives each level's model, the earlier levels frozen,
    after the solve.
    """
    deadline = None if time_limit_s is None else time.perf_counter() + time_limit_s
    run = _Run(model, Terms(seed, threads, cancel, deadline), progress)
    outcome = _solve_whole(run) if model.whole.any() else _outcome(run, _settle(run))
    if model_dir is not None and outcome.solution is not None:
        begun = time.perf_counter()
        write_levels(model, outcome.solution, model_dir)
        run.time("model_dir", begun)
        outcome = replace(outcome, report=replace(outcome.report, timings=dict(run.timings)))
    return outcome


def _settle(run: _Run) -> Stop:
    """Settle the levels of a model without whole columns; return why it stopped."""
    stop = _walk(run)
    if stop in {Stop.INFEASIBLE, Stop.UNBOUNDED} or (stop in _STOPPED and not run.results):
        return stop
    if stop in _STOPPED | {Stop.FINISHED} and run.sound():
        return stop
    run.messages.append(f"{run.way}: {stop.value}, begun again by interior point")
    run.afresh(INTERIOR_POINT)
    stop = _walk(run)
    if run.values is not None and not run.sound():
        run.messages.append("the plan found does not hold, or spoils a settled level")
        run.values = None
        return Stop.SOLVER_ERROR
    return stop


def _walk(run: _Run) -> Stop:
    """Go through the levels; return why it stopped."""
    begun = time.perf_counter()
    run.tell("first_basis")
    solver = Solver(run.model, run.terms)
    warm = run.way == JOINED and _start(run, solver)
    run.time("first_basis", begun)
    if run.terms.cancelled:
        return Stop.CANCELLED
    face = Face(solver)
    for level in _to_settle(run.model):
        begun = time.perf_counter()
        run.tell("level", level.name)
        ran = _minimise(run, solver, level, warm=warm)
        warm = True
        if ran is Ran.OPTIMAL:
            _keep(run, solver, face, level)
        run.time(level.name, begun)
        if ran is not Ran.OPTIMAL:
            return _STOPS[ran]
    return Stop.FINISHED


def _to_settle(model: LinearModel) -> list[LevelCost]:
    """Return the levels that cost anything; without any, the first one finds a plan that holds."""
    costly = [level for level in model.levels if level.cost.any()]
    return costly or list(model.levels[:1])


def _start(run: _Run, solver: Solver) -> bool:
    """Start the solver from the joined basis; whether there is one."""
    joined = joined_basis(run.model, run.terms) if has_months(run.model) else Ran.UNKNOWN
    if isinstance(joined, Ran):
        run.way = INTERIOR_POINT
        run.messages.append(f"no joined basis: {joined.value}")
        return False
    run.iterations += joined.iterations
    run.offer(joined.values)
    if solver.start_from(joined.columns, joined.rows):
        return True
    run.way = INTERIOR_POINT
    run.messages.append("the joined basis was refused")
    return False


def _minimise(run: _Run, solver: Solver, level: LevelCost, *, warm: bool) -> Ran:
    """Minimise one level over the optima so far, from the basis in hand if there is one."""
    solver.costs(level.cost / scale(level.cost))
    if warm:
        solver.options(WALKING)
        few = np.count_nonzero(level.cost) < _FEW_PRICED * len(level.cost)
        ran = _judged(run, solver, _MOST_STEPS_FEW_PRICED if few else _MOST_STEPS)
        run.iterations += solver.iterations
        if ran in {Ran.TIME_LIMIT, Ran.CANCELLED, Ran.ITERATION_LIMIT} and solver.feasible():
            run.offer(solver.point().values)
        if ran in {Ran.OPTIMAL, Ran.TIME_LIMIT, Ran.CANCELLED, Ran.UNBOUNDED}:
            return ran
    return _from_nothing(run, solver, level)


def _from_nothing(run: _Run, solver: Solver, level: LevelCost) -> Ran:
    """Minimise by interior point; where that gives no answer, ask again with presolve off."""
    for options in (INTERIOR,) if run.trial else (INTERIOR, CONFIRMING):
        ran = _anew(run, solver, options)
        if ran in {Ran.OPTIMAL, Ran.TIME_LIMIT, Ran.CANCELLED}:
            return ran
        if ran is Ran.INFEASIBLE and not run.trial and _no_plan(run, solver, level):
            return ran
    return ran


def _anew(run: _Run, solver: Solver, options: dict[str, object]) -> Ran:
    solver.forget()
    solver.options(options)
    ran = _judged(run, solver)
    run.iterations += solver.iterations
    return ran


def _judged(run: _Run, solver: Solver, steps: int | None = None) -> Ran:
    """Run; an optimum that its own prices do not prove is not believed."""
    ran = solver.run(iterations=steps)
    if ran is Ran.OPTIMAL and not is_optimum(
        solver.model, solver.limits, solver.cost, solver.point()
    ):
        run.messages.append("what the solver calls optimal is not")
        return Ran.UNKNOWN
    return ran


def _no_plan(run: _Run, solver: Solver, level: LevelCost) -> bool:
    """Whether there is no plan with presolve off either.

    Presolve has called solvable models infeasible. Nothing is minimised here: on the national demo
    the answer takes seconds so, and minutes with the level's costs.
    """
    solver.costs(np.zeros_like(level.cost))
    ran = _anew(run, solver, WALKING)
    solver.costs(level.cost / scale(level.cost))
    return ran is Ran.INFEASIBLE


def _keep(run: _Run, solver: Solver, face: Face, level: LevelCost) -> None:
    """Keep a settled level: its value, its prices, and only the optima for the next."""
    point = solver.point()
    unit = scale(level.cost)
    run.values = point.values
    value = level_value(level, point.values)
    prices = (point.reduced_costs * unit, point.duals * unit)
    result = LevelResult(level.name, value, *prices, basis=solver.basis())
    run.results[level.name] = result
    face.narrow(point)
    run.tell("level", level.name, value)


def _solve_whole(run: _Run) -> Outcome:
    """Round the relaxed plan up; where that is not proven good enough, branch on what is whole.

    Either way the levels are settled with the whole choices kept, so that their values are exact.
    """
    run.tell("whole")
    bound = _apart(run, relaxed(run.model), "relaxed")
    stop = _settle(bound)
    if bound.values is None or stop not in _STOPPED | {Stop.FINISHED}:
        return _outcome(bound, stop)
    tried = _apart(bound, rounded_up(run.model, bound.values), "rounded up")
    tried.trial = True
    tried.terms = _with_grace(run.terms)
    stop = _settle(tried)
    if stop is Stop.FINISHED:
        tried.gap = _proven(tried, run.model)
        enough = PROVEN_GAP if len(run.model.lower) > _MANY_COLUMNS else 0.0
        if tried.gap is not None and tried.gap <= enough:
            return _outcome(tried, stop)
    return _branched(run, tried)


def _branched(run: _Run, tried: _Run) -> Outcome:
    """Choose what is whole by branching, from the rounded plan where that is one."""
    begun = time.perf_counter()
    chosen = choose_whole(run.model, run.terms, tried.values, partial(_exact, run))
    run.time("whole", begun)
    run.iterations = tried.iterations + chosen.iterations
    if chosen.values is None:
        return _outcome(run, _STOPS.get(chosen.ran, Stop.SOLVER_ERROR))
    stopped = chosen.ran is not Ran.OPTIMAL
    good = tried.gap is not None and tried.gap <= PROVEN_GAP
    if stopped and (good or chosen.values is tried.values):
        return _outcome(tried, _STOPS[chosen.ran])
    kept = _apart(run, kept_whole(run.model, chosen.values), "branched on")
    kept.terms = _with_grace(run.terms)
    kept.offer(np.where(run.model.whole, np.round(chosen.values), chosen.values))
    stop = _settle(kept)
    if stop is Stop.FINISHED:
        told = chosen.gap is not None and np.isfinite(chosen.gap)
        kept.gap = chosen.gap if told else _proven(kept, run.model)
    return _outcome(kept, _STOPS[chosen.ran] if stopped and stop is Stop.FINISHED else stop)


def _exact(run: _Run, values: np.ndarray, level: LevelCost) -> float | None:
    """Return a level's exact value with a plan's whole choices kept; `None` for a large model."""
    if len(run.model.lower) > _MANY_COLUMNS:
        return None
    kept = replace(run, model=kept_whole(run.model, values), results={}, values=None, way=JOINED)
    kept.progress, kept.messages, kept.timings = None, [], {}
    finished = _settle(kept) is Stop.FINISHED
    return kept.results[level.name].value if finished and level.name in kept.results else None


def _apart(run: _Run, model: LinearModel, way: str) -> _Run:
    """Return a run of its own on another model, timed and counted together with this one."""
    part = replace(run, model=model, results={}, values=None, way=JOINED)
    part.messages.append(f"whole numbers: {way}")
    return part


def _with_grace(terms: Terms) -> Terms:
    """Return terms that leave some time for a plan that holds, however late it is."""
    if terms.deadline is None:
        return terms
    return replace(terms, deadline=max(terms.deadline, time.perf_counter() + _GRACE_S))


def _proven(tried: _Run, model: LinearModel) -> float | None:
    """Return within which part of the best a whole plan is proven at every level."""
    begun = time.perf_counter()
    found = {name: each.value for name, each in tried.results.items()}
    prover = _apart(tried, relaxed(model), "proof")
    gap = largest_gap(
        model,
        found,
        prover.terms,
        lambda solver: _start(prover, solver),
        lambda solver, level, warm: _minimise(prover, solver, level, warm=warm),
    )
    tried.iterations = prover.iterations
    tried.time("proof", begun)
    return gap


def _outcome(run: _Run, stop: Stop) -> Outcome:
    """Return the outcome for why it stopped, by what has been found until then."""
    report = SolveReport(
        version(), run.way, dict(run.timings), run.iterations, run.gap, tuple(run.messages)
    )
    if stop not in _STOPPED | {Stop.FINISHED} or run.values is None:
        ending = Ending.INFEASIBLE if stop is Stop.INFEASIBLE else Ending.FAILED
        ending = Ending.NOTHING_FOUND if stop in _STOPPED else ending
        return Outcome(ending, stop, None, report)
    proven = run.gap is not None and run.gap <= PROVEN_GAP
    # A plan that stops for time is the best one all the same where that much is proven.
    stop = Stop.FINISHED if stop is Stop.TIME_LIMIT and proven else stop
    unproven = run.gap is not None and not proven
    finished = stop is Stop.FINISHED and not unproven
    ending = Ending.OPTIMAL if finished else Ending.BEST_FOUND
    values = run.values
    levels = tuple(_result(run, level, values) for level in run.model.levels)
    return Outcome(ending, stop, Solution(values, activity(run.model, values), levels), report)


def _result(run: _Run, level: LevelCost, values: np.ndarray) -> LevelResult:
    """Return a level at the values found; one that costs nothing is settled by itself."""
    value = level_value(level, values)
    settled = run.results.get(level.name)
    if settled is not None:
        return replace(settled, value=value)
    unpriced = (np.zeros(len(run.model.lower)), np.zeros(len(run.model.row_lower)))
    return LevelResult(level.name, value, *unpriced, settled=not level.cost.any())
