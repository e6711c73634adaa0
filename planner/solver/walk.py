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

import numpy as np

from planner.core.outcome import Progress, Stop
from planner.solver.arithmetic import holds, level_rounding, level_value
from planner.solver.face import Face, scale
from planner.solver.first_basis import has_months, joined_basis
from planner.solver.highs import CONFIRMING, INTERIOR, WALKING, Ran, Solver, Terms
from planner.solver.optimality import is_optimum
from planner.solver.outcome import LevelCost, LevelResult, LinearModel

JOINED = "joined basis"
INTERIOR_POINT = "interior point"

# After so many steps of primal simplex, interior point is quicker. A count and not a time: the same
# input then takes the same path, and gives the same plan, on any machine. A level that prices few
# columns is worth a longer walk: on the national demo the last one took 5 s so, and 12 s anew.
_MOST_STEPS = 1500
_MOST_STEPS_FEW_PRICED = 6000
_FEW_PRICED = 0.02

STOPS = {
    Ran.TIME_LIMIT: Stop.TIME_LIMIT,
    Ran.CANCELLED: Stop.CANCELLED,
    Ran.UNBOUNDED: Stop.UNBOUNDED,
    Ran.INFEASIBLE: Stop.INFEASIBLE,
    Ran.ITERATION_LIMIT: Stop.SOLVER_ERROR,
    Ran.UNKNOWN: Stop.SOLVER_ERROR,
}
STOPPED = {Stop.TIME_LIMIT, Stop.CANCELLED}

Tell = Callable[[Progress], None]


@dataclass
class Run:
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
    # A basis to begin from, per column and row, instead of the one joined from the months.
    begin: tuple[np.ndarray, np.ndarray] | None = None

    def tell(self, step: str, level: str | None = None, value: float | None = None) -> None:
        """Tell whoever listens how far it is."""
        if self.progress is not None:
            self.progress(Progress(step, level, value, time.perf_counter() - self.begun))

    def time(self, step: str, begun: float) -> None:
        """Add the time since a moment to that of a step."""
        spent = time.perf_counter() - begun
        self.timings[step] = self.timings.get(step, 0.0) + spent

    def offer(self, values: np.ndarray) -> None:
        """Keep values as the plan so far, if they hold every limit."""
        if holds(self.model, values):
            self.values = values

    def beside(self, model: LinearModel) -> Run:
        """Return a run on another model, nothing settled, timed and counted with this one."""
        return replace(self, model=model, results={}, values=None, way=JOINED, begin=None)

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


def settle(run: Run) -> Stop:
    """Settle the levels of a model without whole columns; return why it stopped."""
    stop = _walk(run)
    if stop in {Stop.INFEASIBLE, Stop.UNBOUNDED} or (stop in STOPPED and not run.results):
        return stop
    if stop in STOPPED | {Stop.FINISHED} and run.sound():
        return stop
    run.messages.append(f"{run.way}: {stop.value}, begun again by interior point")
    run.afresh(INTERIOR_POINT)
    stop = _walk(run)
    if run.values is not None and not run.sound():
        run.messages.append("the plan found does not hold, or spoils a settled level")
        run.values = None
        return Stop.SOLVER_ERROR
    return stop


def _walk(run: Run) -> Stop:
    """Go through the levels; return why it stopped."""
    begun = time.perf_counter()
    run.tell("first_basis")
    solver = Solver(run.model, run.terms)
    warm = run.way == JOINED and start(run, solver)
    run.time("first_basis", begun)
    if run.terms.cancelled:
        return Stop.CANCELLED
    face = Face(solver)
    for level in to_settle(run.model):
        begun = time.perf_counter()
        run.tell("level", level.name)
        ran = minimise(run, solver, level, warm=warm)
        warm = True
        if ran is Ran.OPTIMAL:
            _keep(run, solver, face, level)
        run.time(level.name, begun)
        if ran is not Ran.OPTIMAL:
            return STOPS[ran]
    return Stop.FINISHED


def to_settle(model: LinearModel) -> list[LevelCost]:
    """Return the levels that cost anything; without any, the first one finds a plan that holds."""
    costly = [level for level in model.levels if level.cost.any()]
    return costly or list(model.levels[:1])


def start(run: Run, solver: Solver) -> bool:
    """Start the solver from the basis given or the joined one; whether there is one."""
    if run.begin is not None and solver.start_from(*run.begin):
        return True
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


def minimise(run: Run, solver: Solver, level: LevelCost, *, warm: bool) -> Ran:
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


def _from_nothing(run: Run, solver: Solver, level: LevelCost) -> Ran:
    """Minimise by interior point; where that gives no answer, ask again with presolve off."""
    for options in (INTERIOR,) if run.trial else (INTERIOR, CONFIRMING):
        ran = _anew(run, solver, options)
        if ran in {Ran.OPTIMAL, Ran.TIME_LIMIT, Ran.CANCELLED}:
            return ran
        if ran is Ran.INFEASIBLE and not run.trial and _no_plan(run, solver, level):
            return ran
    return ran


def _anew(run: Run, solver: Solver, options: dict[str, object]) -> Ran:
    solver.forget()
    solver.options(options)
    ran = _judged(run, solver)
    run.iterations += solver.iterations
    return ran


def _judged(run: Run, solver: Solver, steps: int | None = None) -> Ran:
    """Run; an optimum that its own prices do not prove is not believed."""
    ran = solver.run(iterations=steps)
    if ran is Ran.OPTIMAL and not is_optimum(
        solver.model, solver.limits, solver.cost, solver.point()
    ):
        run.messages.append("what the solver calls optimal is not")
        return Ran.UNKNOWN
    return ran


def _no_plan(run: Run, solver: Solver, level: LevelCost) -> bool:
    """Whether there is no plan with presolve off either.

    Presolve has called solvable models infeasible. Nothing is minimised here: on the national demo
    the answer takes seconds so, and minutes with the level's costs.
    """
    solver.costs(np.zeros_like(level.cost))
    ran = _anew(run, solver, WALKING)
    solver.costs(level.cost / scale(level.cost))
    return ran is Ran.INFEASIBLE


def _keep(run: Run, solver: Solver, face: Face, level: LevelCost) -> None:
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
