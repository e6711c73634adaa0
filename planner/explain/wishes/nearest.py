"""The nearest plan that grants a wish: what it loses per level and rule, and what is given up.

The wish becomes a condition that every plan must keep; the levels are then solved in their order,
and of the plans that are equally good at every level the one is taken whose decisions are nearest
to those of the plan there is. Whole decisions are proven within a gap: within that gap, or of one
person-month, a plan that keeps more of them is the nearest, unless somebody more has no place for
it; what is a little better with other decisions is told. It is recomputed without the solver, as
every plan is.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

import numpy as np
import pandas as pd

from planner.core.errors import CancelledError, UnusableInputError
from planner.core.outcome import CancelToken, Ending, Stop
from planner.core.over_months import unit_over_months
from planner.core.texts import Message, Text, message
from planner.explain.input_edits import case_with
from planner.explain.solved import NOTHING
from planner.explain.solved_plan import SolvedPlan
from planner.explain.wishes.wish import Bound, Wish
from planner.explain.workbook_plan import whole_choices
from planner.input.case import Case
from planner.model.algebra import Expression
from planner.model.build import Problem, build
from planner.model.fixed_decisions import FixedDecisions
from planner.model.rules import RULES
from planner.model.rules.rule import Level
from planner.result.verification import verified_tables
from planner.solver.clash import clash_in
from planner.solver.fix_decisions import keeping
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel, Outcome, Solution
from planner.solver.rounding import kept_whole
from planner.solver.walk import Tell
from planner.solver.whole import PROVEN_GAP

# A level that differs by less, relative to its size, is the same.
SAME = 1e-6
# What is hardly a difference at a level, in its unit: a person or place, in one month of all.
_ONE = 1.0
# Where it is one all the same: at who has no place, and at levels that are shares.
_EXACT = {Level.UNPLACED, Level.PROTECTED}
_SHARES = {Level.SHARED, Level.PROVINCES_WORST}


@dataclass(frozen=True)
class FigureChange:
    """A figure before and after: a level, or what falls short of a rule over its months.

    `worst` is the month in which most falls short after, with how much in `month_unit`; `None` for
    a level.
    """

    name: str
    title: Text
    unit: str
    before: float
    after: float
    worst: tuple[dt.date, float] | None = None
    month_unit: str = ""

    @property
    def by(self) -> float:
        """How much more it is; a minus is less."""
        return self.after - self.before


@dataclass(frozen=True)
class DecisionChange:
    """A decision that is taken otherwise: about a location, from how much to how much."""

    location: str
    decision: str
    month: dt.date
    before: float
    after: float


@dataclass(frozen=True)
class NearestPlan:
    """A plan that grants a wish beside the plan there is.

    `proven` is whether no plan that grants it is better; without it the calculation was stopped.
    `better` are the levels that come out a little better, from this plan on, where more decisions
    are changed; `worse` those that come out worse, from this plan on, where every whole decision
    is kept that the wish lets be.
    """

    wish: Wish
    levels: tuple[FigureChange, ...]
    rules: tuple[FigureChange, ...]
    decisions: tuple[DecisionChange, ...]
    tables: Mapping[str, pd.DataFrame]
    proven: bool
    better: tuple[FigureChange, ...] = ()
    worse: tuple[FigureChange, ...] = ()

    @property
    def changed_levels(self) -> tuple[FigureChange, ...]:
        """The levels that come out otherwise, in the order solved."""
        return tuple(each for each in self.levels if _differs(each.before, each.after))


def nearest_plan(
    solved_plan: SolvedPlan,
    wish: Wish,
    *,
    time_limit_s: float | None = None,
    cancel: CancelToken | None = None,
    tell: Tell | None = None,
) -> NearestPlan:
    """Return the nearest plan that grants a wish.

    `UnusableInputError` where nothing can grant it, with the rules that forbid it;
    `ProgramFaultError` where what came out does not hold; `CancelledError` when stopped.
    """
    before, case = solved_plan.problem, _wished(solved_plan, wish)
    problem = before if case is before.case else build(case, whole=solved_plan.plan.whole)
    bounds = tuple(wish.bounds(case, problem.choose))
    if problem is before and solved_plan.solution is not None and _keeps(solved_plan, bounds):
        return _as_it_is(solved_plan, wish)
    model = with_bounds(linear_model(problem), problem, bounds)
    decided = FixedDecisions.of_table(solved_plan.plan.tables["decisions"])
    nearest = _nearest_last(model, problem, decided)
    as_decided = _as_decided(solved_plan, nearest, problem, decided)
    outcome = solve_levels(nearest, time_limit_s=time_limit_s, cancel=cancel, progress=tell)
    if outcome.stop is Stop.CANCELLED:
        raise CancelledError
    if outcome.solution is None:
        if outcome.ending is Ending.INFEASIBLE:
            raise UnusableInputError(_ungranted(problem, model, wish))
        raise UnusableInputError(message("wish.nothing_found", wish=wish.told))
    solution, refused = _nearest_of(outcome, as_decided, cancel)
    # Behind the problem's own columns stand those that take up what decisions are departed from.
    values = np.resize(solution.values, len(problem.columns))
    levels = {each.name: each.value for each in solution.levels[:-1]}
    tables = verified_tables(problem, values, levels, whole=solved_plan.plan.whole)
    return NearestPlan(
        wish,
        tuple(
            FigureChange(
                level.name,
                content.content.title,
                level.unit,
                level.value,
                levels[level.name],
            )
            for level, content in zip(solved_plan.plan.levels, before.levels, strict=True)
        ),
        _rules(solved_plan.plan.tables["shortfalls"], tables["shortfalls"]),
        _decisions(solved_plan.plan.tables["decisions"], tables["decisions"]),
        tables,
        proven=outcome.ending is Ending.OPTIMAL,
        better=tuple(_better(problem, solution, outcome.solution)),
        worse=() if refused is None else tuple(_worse(problem, solution, refused)),
    )


def _keeps(solved_plan: SolvedPlan, bounds: Sequence[Bound]) -> bool:
    """Whether the plan there is keeps to bounds already."""
    if solved_plan.solution is None:
        return False
    solution, columns = solved_plan.solution, solved_plan.problem.columns
    for each in bounds:
        total = columns.value(Expression([(c, 1.0) for c in each.columns]), solution.values)
        if each.at_least is not None and total < each.at_least - NOTHING:
            return False
        if each.at_most is not None and total > each.at_most + NOTHING:
            return False
    return True


def _as_it_is(solved_plan: SolvedPlan, wish: Wish) -> NearestPlan:
    """Return the plan there is as the one that grants a wish."""
    levels = tuple(
        FigureChange(level.name, content.content.title, level.unit, level.value, level.value)
        for level, content in zip(solved_plan.plan.levels, solved_plan.problem.levels, strict=True)
    )
    return NearestPlan(wish, levels, (), (), solved_plan.plan.tables, proven=True)


def _wished(solved_plan: SolvedPlan, wish: Wish) -> Case:
    """Return the case under a wish; `UnusableInputError` where its cells cannot be planned."""
    case = solved_plan.problem.case
    if not wish.edits:
        return wish.changed(case)
    return case_with(solved_plan.book, case.scenario, wish.edits)


def with_bounds(model: LinearModel, problem: Problem, bounds: Sequence[Bound]) -> LinearModel:
    """Return a model in which sums of columns are bounded: single ones by their own bounds."""
    lower, upper = model.lower.copy(), model.upper.copy()
    rows: list[tuple[np.ndarray, float, float]] = []
    for each in bounds:
        numbers = np.array([problem.columns.index(column) for column in each.columns])
        least = -np.inf if each.at_least is None else each.at_least
        most = np.inf if each.at_most is None else each.at_most
        if len(numbers) == 1 or (most == 0 and each.at_least is None):
            lower[numbers] = np.maximum(lower[numbers], least)
            upper[numbers] = np.minimum(upper[numbers], most)
        else:
            rows.append((numbers, least, most))
    counts = [len(numbers) for numbers, _, _ in rows]
    ends = model.starts[-1] + np.cumsum(counts, dtype=model.starts.dtype)
    added = np.concatenate([numbers for numbers, _, _ in rows]) if rows else np.array([], dtype=int)
    return replace(
        model,
        lower=lower,
        upper=upper,
        row_lower=np.append(model.row_lower, [least for _, least, _ in rows]),
        row_upper=np.append(model.row_upper, [most for _, _, most in rows]),
        starts=np.append(model.starts, ends).astype(model.starts.dtype),
        indices=np.append(model.indices, added).astype(model.indices.dtype),
        values=np.append(model.values, np.ones(len(added))),
        row_stage=np.append(
            model.row_stage, [int(model.column_stage[n].max()) for n, _, _ in rows]
        ).astype(model.row_stage.dtype),
    )


def _nearest_last(model: LinearModel, problem: Problem, decided: FixedDecisions) -> LinearModel:
    """Return the model with a last level: how many places decisions are other than before."""
    kept = keeping(model, problem, decided)
    nearness = replace(kept.levels[0], proven=False)
    return replace(kept, levels=(*kept.levels[1:], nearness))


def _as_decided(
    solved_plan: SolvedPlan, nearest: LinearModel, problem: Problem, decided: FixedDecisions
) -> Iterator[LinearModel]:
    """Yield the model with whole decisions as they were, as far as the wish lets them.

    First with every one of them, then with the DOL parts left free.
    """
    if not nearest.whole.any():
        return
    values = np.zeros(len(nearest.lower))
    values[: len(problem.columns)] = whole_choices(problem, solved_plan.plan, decided)
    values = np.clip(values, nearest.lower, nearest.upper)
    yield kept_whole(nearest, values)
    parts = (*problem.choose.dol_in_use.values(), *problem.choose.dol_begun.values())
    free = np.zeros_like(nearest.whole)
    free[[problem.columns.index(column) for column in parts]] = True
    kept = kept_whole(replace(nearest, whole=nearest.whole & ~free), values)
    yield replace(kept, whole=nearest.whole & free)


def _nearest_of(
    outcome: Outcome, as_decided: Iterator[LinearModel], cancel: CancelToken | None
) -> tuple[Solution, Solution | None]:
    """Return the nearest solution that is as good as the one found, within what is proven.

    Beside it the one that keeps the most decisions, where that is not as good.
    """
    found, gap = outcome.solution, outcome.report.gap
    if found is None:
        raise ValueError("nothing was found")
    within = SAME if gap is None else max(SAME, PROVEN_GAP - gap)
    refused = None
    for model in as_decided:
        if (model.lower > model.upper + NOTHING).any():
            continue
        other = solve_levels(model, cancel=cancel).proven()
        if other is not None and _as_good(other, found, within):
            return other, refused
        refused = refused or other
    return found, refused


def _better(problem: Problem, taken: Solution, found: Solution) -> Iterator[FigureChange]:
    """Yield the levels at which a solution found is better than one taken, from taken to found."""
    for content, first, second in zip(problem.levels, taken.levels, found.levels, strict=False):
        if first.value > second.value and _differs(second.value, first.value):
            title, unit = content.content.title, content.content.unit
            yield FigureChange(first.name, title, unit, first.value, second.value)


def _worse(problem: Problem, taken: Solution, other: Solution) -> Iterator[FigureChange]:
    """Yield the levels at which another solution is worse than one taken, from taken to other."""
    for each in _better(problem, other, taken):
        yield replace(each, before=each.after, after=each.before)


def _as_good(one: Solution, other: Solution, within: float) -> bool:
    """Whether a solution is no worse at the first level at which two differ by more than a part.

    One person-month is no more than that, but for who has no place and for protected groups.
    """
    for first, second in zip(one.levels[:-1], other.levels[:-1], strict=True):
        part = SAME if first.name in _EXACT else within
        least = SAME if first.name in _EXACT | _SHARES else _ONE
        more = first.value - second.value
        if abs(more) > max(part * abs(second.value), least):
            return more < 0
    return True


def _ungranted(problem: Problem, model: LinearModel, wish: Wish) -> Message:
    """Return that nothing can grant a wish, and the rules that stand in its way."""
    if (model.lower > model.upper).any():
        return message("wish.ungranted", wish=wish.told)
    found = clash_in(model)
    numbers = set() if found is None else set(found.rows)
    titles = tuple(
        dict.fromkeys(each.rule.title for each in problem.rows if each.number in numbers)
    )
    if not titles:
        return message("wish.ungranted", wish=wish.told)
    return message("wish.ungranted_by", wish=wish.told, rules=titles)


def _rules(before: pd.DataFrame, after: pd.DataFrame) -> tuple[FigureChange, ...]:
    """Return the rules that fall short by another amount, by their order in the register."""
    was, now = _by_rule(before), _by_rule(after)
    found = []
    for rule in RULES:
        earlier, months = was.get(rule.name, {}), now.get(rule.name, {})
        old, new = fsum(earlier.values()), fsum(months.values())
        if not _differs(old, new):
            continue
        # What falls short no more was added up over months too.
        dated = any(month is not None for month in (*earlier, *months))
        unit = unit_over_months(rule.unit) if dated else rule.unit
        worst = max(months.items(), key=lambda each: each[1]) if months else None
        peak = None if worst is None or worst[0] is None else (worst[0], worst[1])
        found.append(FigureChange(rule.name, rule.title, unit, old, new, peak, rule.unit))
    return tuple(found)


def _by_rule(shortfalls: pd.DataFrame) -> dict[str, dict[dt.date | None, float]]:
    found: dict[str, dict[dt.date | None, float]] = defaultdict(lambda: defaultdict(float))
    for rule, month, amount in zip(
        *(shortfalls[name].tolist() for name in ("rule", "month", "amount")), strict=True
    ):
        found[rule][month if isinstance(month, dt.date) else None] += float(amount)
    return found


def _decisions(before: pd.DataFrame, after: pd.DataFrame) -> tuple[DecisionChange, ...]:
    """Return the decisions taken otherwise, by location and month."""
    was, now = _by_decision(before), _by_decision(after)
    found = []
    for key in sorted({*was, *now}):
        old, new = was.get(key, 0.0), now.get(key, 0.0)
        if abs(new - old) > NOTHING * max(1.0, abs(old)):
            location, month, decision = key
            found.append(DecisionChange(location, decision, month, old, new))
    return tuple(found)


def _by_decision(frame: pd.DataFrame) -> dict[tuple[str, dt.date, str], float]:
    columns = (frame[name].tolist() for name in ("location", "month", "decision", "value"))
    return {
        (location, month, decision): float(value)
        for location, month, decision, value in zip(*columns, strict=True)
    }


def _differs(before: float, after: float) -> bool:
    return abs(after - before) > SAME * max(1.0, abs(before))
