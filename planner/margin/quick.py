"""How many more people of every group a plan bears before somebody is without a place, quickly.

With decisions kept, who is without a place rises ever more steeply with the number of people
(convex), and the prices of the rows say how steeply at any number. So from far too many people one
goes straight down that slope to where nobody would be added, and again from there: a few steps end
at the very point where it begins, where halving and solving for every setback takes far longer.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.core.errors import CancelledError
from planner.core.outcome import CancelToken, Stop
from planner.core.texts import message
from planner.margin.bearing import Most, NoMarginError
from planner.margin.limits import ROUNDING
from planner.model.build import Problem
from planner.model.fixed_decisions import NOTHING, FixedDecisions
from planner.model.rules.rule import Level
from planner.solver.highs import Terms
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LevelResult, LinearModel
from planner.solver.walk import Run, settle

# So many steps are enough for any slope that is met; more would be a fault.
_MOST_STEPS = 40


def most_people(  # noqa: PLR0913, PLR0917 - a plan, what moves, and who waits
    problem: Problem,
    decided: FixedDecisions,
    moves: np.ndarray,
    unplaced: float,
    most: float,
    cancel: CancelToken | None,
) -> Most:
    """Return how many more people, as a part, are borne with no more than so many without a place.

    `moves` is what the limits of the rows move by with twice the people; `most` the largest part
    that is asked for. `NoMarginError` where the figures cannot be met, `CancelledError`.
    """
    model = _kept(linear_model(problem), problem, decided)
    enough = unplaced + ROUNDING * max(1.0, abs(unplaced))
    # Who is without a place is at most everybody; the share is of those who were expected.
    choose = problem.choose
    limits = [e.number for e in (*choose.unplaced.values(), *choose.worst_share.values())]
    part, found = most, None
    for _ in range(_MOST_STEPS):
        result, values = _unplaced(_with(model, moves, part, limits), cancel)
        slope = float(result.duals @ moves)
        if result.value <= enough or slope <= 0:
            break
        found = Most(part, values, result.duals / slope, result.reduced_costs / slope)
        part = max(part - (result.value - enough) / slope, 0.0)
        if part <= 0.0:
            break
    else:
        raise NoMarginError(message("margin.no_answer"))
    if found is None:
        none = np.zeros(len(model.row_lower))
        return Most(most, values, none, np.zeros(len(model.lower)))
    return replace(found, part=part)


def _kept(model: LinearModel, problem: Problem, decided: FixedDecisions) -> LinearModel:
    """Return the model with decisions kept, and who is without a place as its only level."""
    lower, upper = model.lower.copy(), model.upper.copy()
    for target in decided.targets(problem.case, problem.choose):
        at = problem.columns.index(target.column)
        value = min(target.value, upper[at]) if target.value > NOTHING else 0.0
        lower[at] = upper[at] = value
    first = next(each for each in model.levels if each.name == Level.UNPLACED.value)
    whole = np.zeros_like(model.whole)
    return replace(model, lower=lower, upper=upper, whole=whole, levels=(first,))


def _with(model: LinearModel, moves: np.ndarray, part: float, limits: list[int]) -> LinearModel:
    """Return the model with a part more people."""
    upper = model.upper.copy()
    upper[limits] *= 1.0 + part
    return replace(
        model,
        upper=upper,
        row_lower=model.row_lower + part * moves,
        row_upper=model.row_upper + part * moves,
    )


def _unplaced(model: LinearModel, cancel: CancelToken | None) -> tuple[LevelResult, np.ndarray]:
    """Return who is without a place at least, with the prices that prove it."""
    run = Run(model, Terms(cancel=cancel), None)
    stop = settle(run)
    if stop is Stop.CANCELLED:
        raise CancelledError
    result = run.results.get(Level.UNPLACED.value)
    if stop is not Stop.FINISHED or result is None or run.values is None:
        raise NoMarginError(message("margin.no_answer"))
    return result, run.values
