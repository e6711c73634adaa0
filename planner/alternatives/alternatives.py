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
from planner.solver.arithmetic import activity, level_value
from planner.solver.face import scale
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LevelCost, LevelResult, LinearModel, Outcome, Solution
from planner.solver.rounding import relaxed, with_level_rows

WISH = "wish"
# What a level adds up to may be off by so much of itself.
_ROUNDING = 1e-9
_TIME_LIMIT_S = 60.0
# Figures are compared within this of their size, as everywhere.
_SAME = 1e-6


@dataclass(frozen=True)
class Alternative:
    """A plan that has the least of something: how much, how much the best plan has, and the proof.

    `bound` is what no plan within the margin can have less than, shares of locations included.
    `moved` is how many person-months are lived elsewhere than in the best plan,
    `given_up` how much worse the chosen level is, as a part of its value.
    """

    wish: LeastOf
    plan: Plan
    least: float
    in_best: float
    bound: float
    moved: float
    given_up: float

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
        raise UnusableInputError(message("alternatives.level", name=level, known=tuple(names)))
    solving = _Solving(options, tell or (lambda _: None), progress, cancel)
    best = solving.solved(model, message("alternatives.best"), options.seconds)
    values = best.values
    kept = _within(model, values, names.index(level), margin)
    base = plan_without_reasons(problem, solving.outcome(best), options)
    found: list[Alternative] = []
    for wish in LeastOf:
        cost, constant = cost_of(problem, wish)
        own = level_of(wish)
        at_its_least = own is not None and names.index(own.value) <= names.index(level)
        if not cost.any() or at_its_least or len(found) == count:
            continue  # nothing of that kind can be chosen, or less of it than there is
        wished = LevelCost(WISH, wish.unit, cost, constant)
        asked = replace(kept, levels=(wished, *model.levels[names.index(level) :]))
        told = message("alternatives.solving", wish=wish.label)
        other = solving.solved_in_time(asked, told, best)
        other = replace(other, levels=_levels(model, other.values))
        chosen = model.levels[names.index(level)]
        before, after = (level_value(chosen, each) for each in (values, other.values))
        found.append(
            Alternative(
                wish,
                plan_without_reasons(problem, solving.outcome(_of(model, other)), options),
                float(cost @ other.values + constant),
                float(cost @ values + constant),
                solving.bound(replace(asked, levels=(wished,)), told),
                _moved(problem, values, other.values),
                (after - before) / max(1.0, abs(before)),
            )
        )
    return base, tuple(found)


class _Solving:
    """Solves one model after another, and keeps how the last one ended."""

    def __init__(
        self,
        options: PlanOptions,
        tell: Callable[[Message], None],
        progress: Callable[[Progress], None] | None,
        cancel: CancelToken | None,
    ) -> None:
        self._options = options
        self._tell = tell
        self._progress = progress
        self._cancel = cancel
        self._last: Outcome | None = None

    def solved(self, model: LinearModel, told: Message, seconds: float | None) -> Solution:
        """Return the solution of a model; `UnusableInputError` where none is found."""
        self._tell(told)
        outcome = solve_levels(
            model,
            time_limit_s=seconds,
            cancel=self._cancel,
            progress=self._progress,
            seed=SEED,
            threads=THREADS,
        )
        if outcome.stop is Stop.CANCELLED:
            raise CancelledError
        if outcome.solution is None:
            raise UnusableInputError(message("alternatives.none", what=told))
        self._last = outcome
        return outcome.solution

    def solved_in_time(self, model: LinearModel, told: Message, best: Solution) -> Solution:
        """Return the solution found in time; where none is, the best plan, which is within any."""
        try:
            return self.solved(model, told, _TIME_LIMIT_S)
        except UnusableInputError:
            return best

    def outcome(self, solution: Solution) -> Outcome:
        """Return how the last model ended, with this solution."""
        if self._last is None:
            raise LookupError("nothing has been solved yet")
        return replace(self._last, solution=solution)

    def bound(self, model: LinearModel, told: Message) -> float:
        """Return what no solution of a model can have less of than at its first level."""
        last = self._last
        found = self.solved(relaxed(model), told, None)
        self._last = last
        return found.levels[0].value


def _within(model: LinearModel, values: np.ndarray, chosen: int, margin: float) -> LinearModel:
    """Return the model with rows that keep the levels up to a chosen one, that one by a margin."""
    kept = [each for each in model.levels[: chosen + 1] if each.cost.any()]
    rows = len(model.row_lower)
    framed = with_level_rows(model, kept)
    upper = framed.row_upper.copy()
    for at, each in enumerate(kept):
        value = level_value(each, values)
        slack = margin * abs(value) if each is model.levels[chosen] else 0.0
        slack += _ROUNDING * max(1.0, float(np.abs(each.cost) @ np.abs(values)))
        upper[rows + at] = (value + slack - each.constant) / scale(each.cost)
    return replace(framed, row_upper=upper)


def _levels(model: LinearModel, values: np.ndarray) -> tuple[LevelResult, ...]:
    """Return every level of the plan at some values; they have no prices here."""
    unpriced = np.zeros(len(model.lower)), np.zeros(len(model.row_lower))
    return tuple(
        LevelResult(each.name, level_value(each, values), *unpriced) for each in model.levels
    )


def _of(model: LinearModel, solution: Solution) -> Solution:
    """Return a solution without what the rows that keep the levels come to."""
    return replace(solution, row_values=activity(model, solution.values))


def _moved(problem: Problem, before: np.ndarray, after: np.ndarray) -> float:
    """Return the person-months that are lived elsewhere in one plan than in another."""
    columns = [problem.columns.index(each) for each in problem.choose.people.values()]
    return float(np.abs(after[columns] - before[columns]).sum()) / 2.0
