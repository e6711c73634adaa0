"""A first plan with everything whole, near the one with shares, to be bettered and proven.

What is taken in part is taken whole, parts of locations at once; where that is no plan, as much of
it as can be. With these choices kept, the levels are settled exactly.

Where rounding changes no level but the last, the plan is found beside the one with shares, and
proven by it: nothing else is to be solved.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.core.outcome import Stop
from planner.solver.arithmetic import activity, level_value
from planner.solver.branching import branch
from planner.solver.face import Face, scale
from planner.solver.first_basis import has_months
from planner.solver.highs import INTERIOR, PRESOLVING, RESUMING, Ran, Solver, Terms
from planner.solver.optimality import Point, is_optimum
from planner.solver.outcome import Basis, LevelCost, LevelResult, LinearModel
from planner.solver.reduced import Reduced
from planner.solver.rounding import kept_whole, rounded_up, taken
from planner.solver.sections import with_sections
from planner.solver.vertex import RowMatrices, Vertex
from planner.solver.walk import STOPS, Run, settle, to_settle

# What is taken for less than this part with shares is hardly taken. A large plan may lose so much
# of a level by leaving it out, others what is not branched on.
_LITTLE = 0.1
_LITTLE_LOST = 5e-3
# Large models are not walked from the basis of a plan near them.
MANY_COLUMNS = 20_000
# A level this near to what none can better is not branched on, and branching ends there. To accept
# more at one level makes the later ones harder to prove, not easier.
NEAR = 2e-3
# How far a found value may lie above its bound and still be the bound, relative to its size.
SAME = 1e-6
# Steps of dual simplex from the plan with shares to the one beside it. In a large model they come
# near it within the first thousand and then hardly any further, while interior point on what is
# left of the model takes as long as three thousand.
_MOST_STEPS_BESIDE = 5_000
_MOST_STEPS_BESIDE_LARGE = 1_000
# Seconds beyond the time limit for the walk that makes a plan of whole choices and its proof.
_GRACE_S = 20.0


def first_plan(run: Run, shares: Run, *, finished: bool) -> Run | Stop:
    """Return a settled plan with everything whole, near the one with shares; or why there is none.

    `finished` is whether every level of the plan with shares is settled.
    """
    values = shares.values
    if values is None:
        raise ValueError("there is no plan with shares to begin from")
    little = _without_the_little(run, shares) if finished else None
    plan = little or _rounded(run, shares, values, finished=finished)
    if plan is None and run.terms.cancelled:
        return Stop.CANCELLED
    return plan or _as_much_as_can_be(run, shares, values)


def _rounded(run: Run, shares: Run, values: np.ndarray, *, finished: bool) -> Run | None:
    """Return the plan with what is taken in part taken whole, in the first way that is a plan."""
    for way, rounded_to in roundings(run, values):
        up = rounded_up(run.model, rounded_to)
        plan = _beside(run, shares, up) if finished else None
        kept = plan or kept_plan(run, up, way, shares)
        if isinstance(kept, Run):
            return kept
    return None


def _as_much_as_can_be(run: Run, shares: Run, values: np.ndarray) -> Run | Stop:
    """Return the plan that takes as many choices whole as can be, by branching on their number."""
    ran = Ran.UNKNOWN
    for model in (taken(run.model, values), run.model):
        ends = model.whole & np.isfinite(model.upper)
        found = branch(model, np.where(ends, -1.0, 0.0), run.terms, None)
        run.iterations += found.iterations
        ran = found.ran
        if found.values is not None:
            kept = kept_whole(run.model, found.values)
            plan = kept_plan(run, kept, "as much as can be", shares)
            # A plan was there, so that there is none after all can only be the solver's doing.
            return Stop.SOLVER_ERROR if plan is Stop.INFEASIBLE else plan
        if ran in {Ran.TIME_LIMIT, Ran.CANCELLED}:
            break
    return STOPS.get(ran, Stop.SOLVER_ERROR)


def roundings(run: Run, values: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Yield what to round up, by the way it is called: sections at once, and all by itself."""
    together = with_sections(run.model, values, run.terms)
    if together is not None:
        yield "sections together", together
    yield "rounded up", values


def _without_the_little(run: Run, shares: Run) -> Run | None:
    """Return the plan without what is hardly taken with shares, if hardly anything is lost by that.

    Rounded up, a hundredth of an extension is a tent for a year and a half, for three people who
    are above the norm elsewhere without it.
    """
    model, values = run.model, shares.values
    if values is None:
        return None
    begun = model.whole & (model.column_stage < 0) & (model.lower <= 0.0)
    little = begun & (values > SAME) & (values < _LITTLE)
    if not little.any():
        return None
    _, rounded_to = next(roundings(run, np.where(little, 0.0, values)))
    up = rounded_up(model, rounded_to)
    plan = kept_plan(run, up, "without the little", shares, told=False)
    if not isinstance(plan, Run):
        return None
    plan.progress = run.progress
    for level in to_settle(model)[:-1]:
        before, after = shares.results[level.name].value, plan.results[level.name].value
        if after - before > most_lost(model, before):
            return None
    return plan


def most_lost(model: LinearModel, value: float) -> float:
    """Return by how much a level may be worse for what nobody can explain to be left out."""
    loss = _LITTLE_LOST if len(model.lower) > MANY_COLUMNS else NEAR
    return max(loss * abs(value), SAME * max(1.0, abs(value)))


def _beside(run: Run, shares: Run, up: LinearModel) -> Run | None:
    """Return the rounded plan if it leaves every level but the last where it is with shares.

    The prices of the levels before the last prove them here too; the last is minimised anew.
    """
    levels = to_settle(run.model)
    last, settled = levels[-1], shares.results[levels[-1].name]
    if settled.basis is None or shares.values is None:
        return None
    solver = Solver(up, with_grace(run.terms))
    face = Face(solver)
    for level in levels[:-1]:
        face.narrow(optimum(shares, level))
    unit = scale(last.cost)
    solver.costs(last.cost / unit)
    solver.options(RESUMING)
    if not solver.start_from(*settled.basis):
        return None
    found = from_shares(run, solver, settled.basis)
    if found is None:
        return None
    point, basis = found
    if not is_optimum(up, solver.limits, solver.cost, point):
        return None
    plan = apart(run, up, "beside the shares")
    plan.values = point.values
    plan.results = dict(shares.results)
    plan.results[last.name] = LevelResult(
        last.name,
        level_value(last, point.values),
        point.reduced_costs * unit,
        point.duals * unit,
        basis=basis,
    )
    return plan if plan.sound() else None


def from_shares(run: Run, solver: Solver, basis: Basis) -> tuple[Point, Basis] | None:
    """Return the optimum of what a solver has, by steps from the basis of the plan with shares."""
    left = BesideShares(run, solver, basis) if len(solver.model.lower) > MANY_COLUMNS else None
    if left is not None and left.holds_no_plan():
        return None
    ran = solver.run(iterations=_MOST_STEPS_BESIDE if left is None else _MOST_STEPS_BESIDE_LARGE)
    run.iterations += solver.iterations
    if ran is Ran.OPTIMAL:
        return solver.point(), solver.basis()
    return left.optimum() if left is not None and ran is Ran.ITERATION_LIMIT else None


class BesideShares:
    """What is not fixed of the model that a solver has; a basis is for what falls out of it."""

    def __init__(self, run: Run, whole: Solver, near: Basis) -> None:
        """Reduce the model, for the cost that the solver has."""
        self._run, self._whole, self._near = run, whole, near
        self._rows = RowMatrices(whole.model)
        self._reduced = Reduced(self._rows.by_row, whole.limits, near, [whole.cost])
        self._solver = Solver(self._reduced.model(), with_grace(run.terms))
        self._solver.costs(whole.cost[self._reduced.columns])

    def holds_no_plan(self) -> bool:
        """Whether presolve says so.

        On the national demo all of this takes 0.4 s, and the steps that lead nowhere up to 6.7. It
        has been wrong about that, and then the plan is looked for in another way.
        """
        self._solver.options(PRESOLVING)
        return self._solver.run(iterations=0) is Ran.INFEASIBLE

    def optimum(self) -> tuple[Point, Basis] | None:
        """Return where the model has its optimum, found by interior point; `None` without one."""
        self._solver.forget()
        self._solver.options(INTERIOR)
        ran = self._solver.run()
        self._run.iterations += self._solver.iterations
        if ran is not Ran.OPTIMAL:
            return None
        basis = self._reduced.pulled(self._solver.basis(), self._near)
        vertex = Vertex.of(self._rows, self._whole, basis)
        return None if vertex is None else (vertex.priced(self._whole.cost), basis)


def kept_plan(
    run: Run, model: LinearModel, way: str, near: Run, *, told: bool = True
) -> Run | Stop:
    """Return the plan of a model with its whole choices kept; or why there is none.

    A small model is walked from where a plan near it was at the first level. In a large one that
    basis is far from any plan: the months are joined anew, and the plan near it helps later on.
    """
    plan = apart(run, model, way)
    plan.bases = {name: each.basis for name, each in near.results.items() if each.basis is not None}
    if len(model.lower) <= MANY_COLUMNS or not has_months(model):
        plan.begin = plan.bases.get(to_settle(model)[0].name)
    plan.trial = True
    plan.terms = with_grace(run.terms)
    if not told:
        plan.progress = None
    stop = settle(plan)
    run.iterations = plan.iterations
    return plan if stop is Stop.FINISHED else stop


def optimum(shares: Run, level: LevelCost) -> Point:
    """Return the plan with shares as an optimum of a level, its prices in the level's scale."""
    if shares.values is None:
        raise ValueError("there is no plan with shares")
    settled, unit = shares.results[level.name], scale(level.cost)
    rows = activity(shares.model, shares.values)
    return Point(shares.values, rows, settled.reduced_costs / unit, settled.duals / unit)


def apart(run: Run, model: LinearModel, way: str) -> Run:
    """Return a run of its own on another model, timed and counted together with this one."""
    part = run.beside(model)
    part.messages.append(f"whole numbers: {way}")
    return part


def with_grace(terms: Terms) -> Terms:
    """Return terms that leave some time for a plan that holds, however late it is."""
    return terms.with_grace(_GRACE_S)
