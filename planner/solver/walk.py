"""The levels in turn, exactly.

A first basis is joined from the months and factorised once. Each level is tried on it first: where
no price has the wrong sign, that vertex is the level's optimum and nothing is solved. Otherwise the
level is minimised on the optima of those before it, and the vertex it ends at is the next one's.
The optima are narrowed to those that keep the level, and the next level is tried.

Where there is no such vertex, or the way from it does not end, the level is solved the plain way:
primal simplex on the whole model from the basis in hand, or interior point with crossover.

What comes back is judged by HiGHS' own model status and then by our own arithmetic: an optimum is
one only if its prices prove it. A plan that does not hold, or a level that a later one spoiled,
makes everything be solved anew the plain way; if that does not hold either, the solve has failed
and says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from planner.core.outcome import Progress, Stop
from planner.solver.arithmetic import WITHIN, holds, level_rounding, level_value
from planner.solver.face import Face, scale
from planner.solver.first_basis import JoinedBasis, has_months, joined_basis
from planner.solver.highs import CONFIRMING, INTERIOR, WALKING, Ran, Solver, Terms
from planner.solver.on_face import FIRST_ORDER_WAY, FIRST_STEPS, MERGED, on_face
from planner.solver.optimality import Point, is_optimum
from planner.solver.outcome import (
    Basis,
    LevelCost,
    LevelPrices,
    LevelResult,
    LinearModel,
    NearPlan,
)
from planner.solver.vertex import RowMatrices, Vertex

JOINED = "joined basis"
INTERIOR_POINT = "interior point"

# After so many steps of primal simplex, interior point is quicker. A count and not a time: the same
# input then takes the same path, and gives the same plan, on any machine. A level that prices few
# columns is worth a longer walk: on the national demo the last one took 5 s so, and 12 s anew.
_MOST_STEPS = 1500
_MOST_STEPS_FEW_PRICED = 6000
_FEW_PRICED = 0.02
# Steps of simplex without costs that make a plan of a first basis that is short or does not hold.
_MOST_STEPS_MENDING = 6000

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
# Hears that a level is settled, and the values of the columns that settle it.
Settled = Callable[[str, np.ndarray], None]


@dataclass
class Run:
    """What a solve gathers on its way."""

    model: LinearModel
    terms: Terms
    progress: Tell | None
    settled: Settled | None = None
    begun: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)
    iterations: int = 0
    way: str = JOINED
    gap: float | None = None
    messages: list[str] = field(default_factory=list)
    results: dict[str, LevelResult] = field(default_factory=dict)
    # What proves a plan of whole choices: prices of the model with shares, by level.
    prices: dict[str, LevelPrices] = field(default_factory=dict)
    values: np.ndarray | None = None
    # A trial is given up at the first word that there is no plan, which need not be confirmed.
    trial: bool = False
    # Without vertices: each level on the whole model.
    plain: bool = False
    # A basis to begin from, per column and row, instead of the one joined from the months.
    begin: Basis | None = None
    near: NearPlan | None = None
    # The bases that a plan much like this one was left at, by level.
    bases: Mapping[str, Basis] = field(default_factory=dict)
    # Steps of simplex before the long way is taken; on a small model they end sooner than that.
    first_steps: int = FIRST_STEPS

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
        anew = replace(self, model=model, results={}, prices={}, way=JOINED)
        return replace(anew, values=None, begin=None, near=None, bases={})

    def afresh(self, way: str) -> None:
        """Forget what has been settled, to begin again another way, and the plain one."""
        self.way = way
        self.plain = True
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
    walker = _Walker(run, solver, start(run, solver) if run.way == JOINED else None)
    run.time("first_basis", begun)
    if run.terms.cancelled:
        return Stop.CANCELLED
    levels = to_settle(run.model)
    for number, level in enumerate(levels):
        begun = time.perf_counter()
        run.tell("level", level.name)
        ran = walker.settle(level, levels[number:])
        run.time(level.name, begun)
        if ran is not Ran.OPTIMAL:
            return STOPS[ran]
    return Stop.FINISHED


class _Walker:
    """The vertex in hand, and the ways from it to the optimum of a level."""

    def __init__(self, run: Run, solver: Solver, basis: Basis | None) -> None:
        """Begin at a basis; without one, and in the plain way, there is no vertex at first."""
        self._run = run
        self._solver = solver
        self._face = Face(solver)
        self._rows = RowMatrices(run.model)
        self._warm = basis is not None
        # At this many levels left, or fewer, no pass has taken account of them.
        self._passed_to = len(run.model.levels)
        self._vertex: Vertex | None = None
        if basis is not None and not run.plain:
            self._vertex = self._at(basis) or self._mended(basis)

    def settle(self, level: LevelCost, levels: list[LevelCost]) -> Ran:
        """Minimise the first of the levels that are left, and keep its optima only."""
        run, cost = self._run, level.cost / scale(level.cost)
        if self._vertex is not None:
            run.offer(self._vertex.values)
            point = self._proven(self._vertex, cost)
            ran = Ran.OPTIMAL if point is not None else Ran.UNKNOWN
            if point is None:
                point, ran = self._on_face(self._vertex.basis, levels, cost)
            if point is not None and self._vertex is not None:
                self._keep(level, point, self._vertex.basis)
                return Ran.OPTIMAL
            if ran in {Ran.TIME_LIMIT, Ran.CANCELLED}:
                return ran
        return self._plain(level)

    def _proven(self, vertex: Vertex, cost: np.ndarray) -> Point | None:
        """Return a vertex with its prices if they prove it to be an optimum."""
        if self._run.terms.cancelled or not cost.any():
            return None
        point = vertex.priced(cost)
        model, limits = self._run.model, self._solver.limits
        proven = not vertex.wrong(point) and is_optimum(model, limits, cost, point)
        return point if proven else None

    def _on_face(
        self, basis: Basis, levels: list[LevelCost], cost: np.ndarray
    ) -> tuple[Point | None, Ran]:
        """Go to the optimum on the reduced set of optima; return it if it is proven."""
        run = self._run
        model, limits, near = run.model, self._solver.limits, len(levels) > self._passed_to
        beside = run.bases.get(levels[0].name)
        found = on_face(
            model,
            self._rows,
            limits,
            basis,
            levels,
            run.terms,
            near=near,
            beside=beside,
            like=run.near,
            first_steps=run.first_steps,
        )
        run.iterations += found.steps
        if found.way == FIRST_ORDER_WAY:
            self._passed_to = len(levels) - MERGED
        vertex = None if found.basis is None else self._at(found.basis)
        point = None if vertex is None else self._proven(vertex, cost)
        if point is not None:
            self._vertex = vertex
        elif found.ran not in {Ran.TIME_LIMIT, Ran.CANCELLED}:
            run.messages.append(f"{levels[0].name}: the plain way after {found.way}")
        return point, found.ran

    def _plain(self, level: LevelCost) -> Ran:
        """Minimise a level on the whole model, and go on from the basis it ends at."""
        solver, vertex = self._solver, self._vertex
        warm = self._warm if vertex is None else solver.start_from(*vertex.basis)
        ran = minimise(self._run, solver, level, warm=warm)
        self._warm, self._vertex = True, None
        if ran is not Ran.OPTIMAL:
            return ran
        point, basis = solver.point(), solver.basis()
        self._keep(level, point, basis)
        if not self._run.plain:
            self._vertex = self._at(basis)
        return ran

    def _at(self, basis: Basis) -> Vertex | None:
        """Return the vertex of a basis if it is one, and holds every limit."""
        vertex = Vertex.of(self._rows, self._solver, basis)
        return vertex if vertex is not None and vertex.holds(WITHIN) else None

    def _mended(self, basis: Basis) -> Vertex | None:
        """Return a vertex near a basis that is short or does not hold, as HiGHS completes it."""
        run, solver = self._run, self._solver
        if not solver.start_from(*basis):
            return None
        self._warm = True
        solver.costs(np.zeros_like(solver.cost))
        solver.options(WALKING)
        ran = solver.run(iterations=_MOST_STEPS_MENDING)
        run.iterations += solver.iterations
        return self._at(solver.basis()) if ran is Ran.OPTIMAL else None

    def _keep(self, level: LevelCost, point: Point, basis: Basis) -> None:
        """Keep a settled level: its value, its prices, and only the optima for the next."""
        run, unit = self._run, scale(level.cost)
        run.values = point.values
        value = level_value(level, point.values)
        prices = (point.reduced_costs * unit, point.duals * unit)
        run.results[level.name] = LevelResult(level.name, value, *prices, basis=basis)
        self._face.narrow(point)
        run.tell("level", level.name, value)
        if run.settled is not None:
            run.settled(level.name, point.values)


def to_settle(model: LinearModel) -> list[LevelCost]:
    """Return the levels that cost anything; without any, the first one finds a plan that holds."""
    costly = [level for level in model.levels if level.cost.any()]
    return costly or list(model.levels[:1])


def start(run: Run, solver: Solver) -> Basis | None:
    """Start the solver from the basis given or the joined one; return it if there is one."""
    if run.begin is not None and solver.start_from(*run.begin):
        return run.begin
    joined = _joined(run)
    if isinstance(joined, Ran):
        run.way = INTERIOR_POINT
        run.messages.append(f"no joined basis: {joined.value}")
        return None
    run.iterations += joined.iterations
    run.offer(joined.values)
    if solver.start_from(joined.columns, joined.rows):
        return joined.columns, joined.rows
    run.way = INTERIOR_POINT
    run.messages.append("the joined basis was refused")
    return None


def _joined(run: Run) -> JoinedBasis | Ran:
    """Return the basis joined from the months, from nothing where what is near leads to none."""
    if not has_months(run.model):
        return Ran.UNKNOWN
    joined = joined_basis(run.model, run.terms, run.near)
    if run.near is None or not isinstance(joined, Ran) or run.terms.cancelled:
        return joined
    return joined_basis(run.model, run.terms)


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
