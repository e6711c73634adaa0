"""The last few people of a building brought together with others, where hardly anything is lost.

Moves come before cost, so a level of moves lets a building empty by itself: month after month two
or three people live in a hall that costs as much to watch over as a full one. What they could do
elsewhere is a tie at every level but that of moves, and there it comes to as many moves as there
are people. So places with fewer people than are worth it are closed, and each level from that of
moves on is minimised anew on the optima of those before it. Who cannot be elsewhere stays.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from planner.core.outcome import Stop
from planner.solver.arithmetic import activity
from planner.solver.face import Face, scale
from planner.solver.first_whole import SAME, apart, most_lost, optimum, with_grace
from planner.solver.highs import WALKING, Ran, Solver, Terms
from planner.solver.outcome import Basis, LevelCost, LinearModel, Solution
from planner.solver.walk import Run, settle, to_settle

# What somebody counts who stays where too few live, in units of the level: more than it takes to
# move. Where it is not enough nobody is moved, so that nobody has to be.
_STAYS = 10.0
# Whom one closing brings into another place may be the few of the next: so often it is looked at.
_MOST_ROUNDS, _MOST_TIMES = 12, 3
_MOST_STEPS = 20_000


def brought_together(run: Run, plan: Run) -> Run:
    """Return a settled plan of whole choices with its last few together, or the plan as it is."""
    together, levels = run.model.together, to_settle(run.model)
    names = [level.name for level in levels]
    if together is None or together.level not in names:
        return plan
    begun, at, best = time.perf_counter(), names.index(together.level), plan
    # Later levels may bring few together somewhere else again.
    for _ in range(_MOST_TIMES):
        few = together.few(best.values) if best.values is not None else np.array([], dtype=int)
        found = _emptied(run, best, levels, at, few) if len(few) else None
        closer = None if found is None else _settled(run, best, at, *found)
        if closer is None or _loses(plan, closer, levels):
            break
        best = closer
    run.time("together", begun)
    return best


def with_nobody_where_told(
    model: LinearModel, solved: Solution, told: np.ndarray, terms: Terms
) -> Solution | None:
    """Return a solution with nobody in the places to gather that are empty in a plan, as told.

    A plan with its last few together is the best of those with nobody there: its levels from that
    of the gathering on are minimised anew so, those before it keep their prices.
    """
    together, levels = model.together, to_settle(model)
    names = [level.name for level in levels]
    results = {each.name: each for each in solved.levels}
    if together is None or together.level not in names:
        return None
    run = Run(model, terms, None, values=solved.values)
    run.results = {name: results[name] for name in names}
    basis = results[names[-1]].basis
    empty = together.columns[told[together.columns] <= SAME]
    found = None if basis is None else _settled(run, run, names.index(together.level), empty, basis)
    if found is None or found.values is None:
        return None
    anew = tuple(found.results.get(each.name, each) for each in solved.levels)
    return Solution(found.values, activity(model, found.values), anew)


def _emptied(
    run: Run, plan: Run, levels: list[LevelCost], at: int, few: np.ndarray
) -> tuple[np.ndarray, Basis] | None:
    """Return the columns that can be nothing where few are, and the basis at which they are."""
    together, basis = run.model.together, plan.results[levels[-1].name].basis
    if together is None or basis is None:
        return None
    solver = Solver(plan.model, with_grace(run.terms))
    face = Face(solver)
    for level in levels[:at]:
        face.narrow(optimum(plan, level))
    cost = levels[at].cost / scale(levels[at].cost)
    stays = _STAYS * float(np.median(cost[cost > 0]))
    solver.options(WALKING)
    if not solver.start_from(*basis):
        return None
    values, closed = np.zeros_like(cost), few
    for _ in range(_MOST_ROUNDS):
        counted = cost.copy()
        counted[closed] += stays
        solver.costs(counted)
        ran = solver.run(iterations=_MOST_STEPS)
        run.iterations += solver.iterations
        if ran is not Ran.OPTIMAL:
            return None
        values = solver.point().values
        more = np.setdiff1d(together.few(values), closed)
        if not len(more):
            break
        closed = np.union1d(closed, more)
    empty = closed[values[closed] <= SAME]
    return (empty, solver.basis()) if len(empty) else None


def _settled(run: Run, plan: Run, at: int, empty: np.ndarray, basis: Basis) -> Run | None:
    """Return the plan with some columns at nothing, each level from one on minimised anew."""
    levels, upper = to_settle(run.model), plan.model.upper.copy()
    upper[empty] = 0.0
    closer = apart(run, replace(plan.model, upper=upper), "the last few together")
    solver = Solver(closer.model, run.terms)
    face = Face(solver)
    for level in levels[:at]:
        face.narrow(optimum(plan, level))
    part = run.beside(_narrowed(closer.model, solver, levels[at:]))
    part.begin, part.trial, part.terms, part.progress = basis, True, with_grace(run.terms), None
    part.settled = None
    stop = settle(part)
    run.iterations = part.iterations
    if stop is Stop.FINISHED and part.values is not None:
        closer.values = part.values
        closer.results = {**plan.results, **part.results}
    return closer if closer.values is not None and closer.sound() else None


def _narrowed(model: LinearModel, solver: Solver, levels: list[LevelCost]) -> LinearModel:
    """Return a model within the limits of a solver, of some levels alone."""
    limits = solver.limits
    return replace(
        model,
        lower=limits.lower.copy(),
        upper=limits.upper.copy(),
        row_lower=limits.row_lower.copy(),
        row_upper=limits.row_upper.copy(),
        levels=tuple(levels),
    )


def _loses(plan: Run, closer: Run, levels: list[LevelCost]) -> bool:
    """Whether a level, the last one too, comes to more than may be lost by it."""
    return any(
        most_lost(plan.model, before) < closer.results[level.name].value - before
        for level in levels
        for before in (plan.results[level.name].value,)
    )
