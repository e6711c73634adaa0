"""Branching on one cost: whole columns chosen, a plan if there is one, and the proven bound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.solver.highs import BRANCHING, FROM_A_PLAN, Ran, Solver, Terms
from planner.solver.outcome import LinearModel


@dataclass(frozen=True)
class Branched:
    """What branching came to: a plan if one was found, the proven bound, and how it ended."""

    values: np.ndarray | None
    bound: float
    ran: Ran
    iterations: int


def branch(
    model: LinearModel,
    cost: np.ndarray,
    terms: Terms,
    begin: np.ndarray | None,
    gap: float = 1e-7,
) -> Branched:
    """Branch on a cost; a verdict without a plan is asked again with presolve off."""
    solver = Solver(model, terms, whole=True)
    solver.costs(cost)
    ran, iterations = Ran.UNKNOWN, 0
    for presolve in ("on", "off"):
        solver.options({**BRANCHING, "mip_rel_gap": gap, "presolve": presolve})
        if begin is not None:
            solver.options(FROM_A_PLAN)
            solver.offer(begin)
        ran = solver.run()
        iterations += solver.iterations
        if ran in {Ran.OPTIMAL, Ran.TIME_LIMIT, Ran.CANCELLED}:
            break
    if begin is not None and ran is Ran.INFEASIBLE:
        # There was a plan, so that can only be the solver's doing, and is called that.
        ran = Ran.UNKNOWN
    there = ran is Ran.OPTIMAL or solver.feasible()
    values = solver.point().values if there else None
    told = ran in {Ran.OPTIMAL, Ran.TIME_LIMIT, Ran.CANCELLED}
    return Branched(values, solver.bound if told else -np.inf, ran, iterations)
