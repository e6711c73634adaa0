"""`alternatives`: the best plan, and others within a margin of it at a chosen level.

Every level before the chosen one keeps its value, the chosen one may be worse by the margin, and of
all plans that remain the one is taken that has the least of what is wished; then come the other
levels, in their order. So the margin is kept by a row of the problem, and counted again without the
solver as any plan is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planner.alternatives.wishes import LeastOf, cost_of, level_of
from planner.core.errors import CancelledError, UnusableInputError
from planner.core.outcome import CancelToken, Progress, Stop
from planner.core.texts import Message, message
from planner.input.book import Book
from planner.input.case import usable
from planner.model.build import Problem, build
from planner.planning import SEED, THREADS, PlanOptions, plan_without_reasons
from planner.result.plan import Plan
from planner.solver.another import another
from planner.solver.arithmetic import activity, level_rounding, level_value
from planner.solver.face import PRICED, hold, scale
from planner.solver.first_whole import MANY_COLUMNS
from planner.solver.highs import Terms
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.optimality import Limits, Point, is_optimum
from planner.solver.outcome import LevelCost, LevelResult, LinearModel, Outcome, Solution
from planner.solver.rounding import with_level_rows

WISH = "wish"
# Seconds of work in which the choices of a plan are looked for; it is settled in twice as many. In
# a large model nothing is branched on, so that what is not needed of them is not taken.
_TIME_LIMIT_S = 30.0
_TIME_LIMIT_LARGE_S = 60.0
# Figures are compared within this of their size, as everywhere.
_SAME = 1e-6


@dataclass(frozen=True)
class Alternative:
    """A plan that has the least of something: how much, how much the best plan has, and the proof.

    `bound` is what no plan within the margin can have less than, shares of locations included.
    `moved` is how many person-months are lived elsewhere than in the best plan,
    `given_up` how much worse the chosen level is, as a part of its value. Without `all_plans` the
    bound is of plans that hold what counts before the chosen level as the best plan does.
    """

    wish: LeastOf
    plan: Plan
    least: float
    in_best: float
    bound: float
    moved: float
    given_up: float
    all_plans: bool = True

    @property
    def is_less(self) -> bool:
        """Whether the plan has less of it than the best one."""
        return self.in_best - self.least > _SAME * max(1.0, abs(self.in_best))


def alternatives(  # noqa: PLR0913 - what may be asked of it
    book: Book,
    scenario: str | None = None,
    *,
    level: str,
    margin: float,
    count: int = len(LeastOf),
    options: PlanOptions | None = None,
    tell: Callable[[Message], None] | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: CancelToken | None = None,
) -> tuple[Plan, tuple[Alternative, ...]]:
    """Return the best plan of a book, and for each wish the plan within a margin that has it most.

    `margin` is a part of the value of a level, such as 0.02. `count` is how many are made at
    most; what a kept level has the least of already is no wish. `UnusableInputError` where the
    input cannot be planned or has no such level, or no plan is found; `CancelledError` when
    cancelled.
    """
    options = options or PlanOptions(whole=True)
    case = usable(book, scenario)
    problem = build(case, whole=options.whole)
    model = linear_model(problem)
    names = [each.name for each in model.levels]
    if level not in names:
        titles = tuple(
            message("alternatives.level.known", name=each, title=message(f"progress.level.{each}"))
            for each in names
        )
        raise UnusableInputError(message("alternatives.level", name=level, known=titles))
    tell = tell or (lambda _: None)
    tell(message("alternatives.best"))
    outcome = solve_levels(
        model,
        time_limit_s=options.time_limit_s,
        work_limit_s=options.work_limit_s,
        cancel=cancel,
        progress=progress,
        seed=SEED,
        threads=THREADS,
    )
    if outcome.stop is Stop.CANCELLED:
        raise CancelledError
    best = outcome.solution
    if best is None:
        raise UnusableInputError(message("alternatives.none", what=message("alternatives.best")))
    at = names.index(level)
    chosen, later = model.levels[at], model.levels[at:]
    kept, all_plans = _within(model, best, at, margin)
    kept = replace(kept, levels=later)
    base = plan_without_reasons(problem, outcome, options)
    terms = Terms(SEED, THREADS, cancel)
    large = len(model.lower) > MANY_COLUMNS
    seconds = _TIME_LIMIT_LARGE_S if large else _TIME_LIMIT_S
    found: list[Alternative] = []
    for wish in LeastOf:
        cost, constant = cost_of(problem, wish)
        own = level_of(wish)
        at_its_least = own is not None and names.index(own.value) <= at
        if not cost.any() or at_its_least or len(found) == count:
            continue  # nothing of that kind can be chosen, or less of it than there is
        tell(message("alternatives.solving", wish=wish.label))
        wished = LevelCost(WISH, wish.unit, cost, constant)
        other = another(kept, best, wished, seconds, terms)
        values = best.values if other.values is None else other.values
        before, after = (level_value(chosen, each) for each in (best.values, values))
        found.append(
            Alternative(
                wish,
                base if other.values is None else _plan(problem, model, outcome, values, options),
                level_value(wished, values),
                level_value(wished, best.values),
                other.bound,
                _moved(problem, best.values, values),
                (after - before) / max(1.0, abs(before)),
                all_plans,
            )
        )
    return base, tuple(found)


def _plan(
    problem: Problem, model: LinearModel, outcome: Outcome, values: np.ndarray, options: PlanOptions
) -> Plan:
    """Return the plan of other values, verified; that it is the best is not proven by the first."""
    unpriced = np.zeros(len(model.lower)), np.zeros(len(model.row_lower))
    levels = tuple(
        LevelResult(each.name, level_value(each, values), *unpriced) for each in model.levels
    )
    solution = Solution(values, activity(model, values), levels)
    return plan_without_reasons(problem, replace(outcome, solution=solution), options)


def _within(
    model: LinearModel, best: Solution, chosen: int, margin: float
) -> tuple[LinearModel, bool]:
    """Return the model of plans as good up to a chosen level, and worse by a margin at that one.

    Where prices prove that no plan is better at a level, shares of locations included, every plan
    as good holds what is priced, which leaves a third of a large model. From the first level that
    is not proven so, each is kept by a row. In a large model what is priced is held all the same,
    and the choices with a price too: whether it has all plans within the margin is told.
    """
    held, limits = _held(model, best, chosen)
    all_plans = held == chosen or len(model.lower) <= MANY_COLUMNS
    if not all_plans:
        for at in range(held, chosen):
            point = _point(model, best, at)
            hold(limits, point)
            priced = model.whole & (np.abs(point.reduced_costs) > PRICED)
            limits.lower[priced] = limits.upper[priced] = np.round(best.values[priced])
        held = chosen
    kept = [each for each in model.levels[held : chosen + 1] if each.cost.any()]
    rows = len(model.row_lower)
    framed = with_level_rows(replace(model, **vars(limits)), kept)
    upper = framed.row_upper.copy()
    for at, each in enumerate(kept):
        most = _most(each, best, margin if each is model.levels[chosen] else 0.0)
        upper[rows + at] = (most - each.constant) / scale(each.cost)
    return replace(framed, row_upper=upper), all_plans


def _most(level: LevelCost, best: Solution, margin: float) -> float:
    """Return what a level may come to within a margin of the best plan."""
    value = level_value(level, best.values)
    return value + margin * abs(value) + level_rounding(level, best.values)


def _point(model: LinearModel, best: Solution, at: int) -> Point:
    """Return the best plan with its prices at a level, in that level's scale."""
    settled, unit = best.levels[at], scale(model.levels[at].cost)
    return Point(best.values, best.row_values, settled.reduced_costs / unit, settled.duals / unit)


def _held(model: LinearModel, best: Solution, chosen: int) -> tuple[int, Limits]:
    """Return how many levels before the chosen one are kept by what is priced, and the limits."""
    limits = Limits.of(model)
    for at, level in enumerate(model.levels[:chosen]):
        point = _point(model, best, at)
        if not is_optimum(model, limits, level.cost / scale(level.cost), point):
            return at, limits
        hold(limits, point)
    return chosen, limits


def _moved(problem: Problem, before: np.ndarray, after: np.ndarray) -> float:
    """Return the person-months that are lived elsewhere in one plan than in another."""
    columns = [problem.columns.index(each) for each in problem.choose.people.values()]
    return float(np.abs(after[columns] - before[columns]).sum()) / 2.0
