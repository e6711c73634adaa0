"""What must be true so that nobody is in emergency reception from a month on.

One linear problem: every limit of the input that may be loosened gets a column that says by how
much, nobody may be in emergency reception from that month on, and no earlier level may be worse
than it is. What is loosened is made as small as can be, counted in place-months. The answer is then
rounded up to whole beds, seats and contracts, and tried as a plan of its own. A plan gives what is
loosened to the earlier levels first; so as long as one of those gets better by it, the problem is
asked again with that level kept at what it then came to.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken
from planner.core.texts import Text, message, month_words
from planner.explain.changes import with_location
from planner.explain.figures import Limit, limits
from planner.explain.input_edits import case_with, edits_between
from planner.explain.solved import NOTHING, Solved
from planner.explain.solved_plan import SolvedPlan
from planner.explain.wishes.nearest import NearestPlan, nearest_plan
from planner.explain.wishes.wish import Wish
from planner.input.case import Case
from planner.input.edit_lines import EditLine
from planner.input.kinds import EMERGENCY_KINDS
from planner.input.location import Location
from planner.input.months import last_day, month_of
from planner.model.algebra import Expression
from planner.model.build import Problem, build
from planner.model.rules.limit import LimitKind, OfParameter
from planner.model.rules.rule import Level
from planner.solver.face import scale
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LevelCost, LinearModel
from planner.solver.rounding import relaxed, with_level_rows
from planner.solver.walk import Tell

# How often the answer is asked again for what the earlier levels took of it.
ROUNDS = 12
# Less of a unit than this is rounding.
LEAST = 1e-4


@dataclass(frozen=True)
class Needed:
    """By how much a limit must be looser, or a contract go on: what, where, how much, which cells.

    `least` is what the linear problem asks, `by` that in whole units.
    """

    sort: str
    subject: str
    unit: str
    least: float
    by: float
    edits: tuple[EditLine, ...]
    title: Text | None = None


@dataclass(frozen=True)
class WithoutEmergency:
    """What must be true, and what came of trying it.

    `left` is how many people are in emergency reception in the worst month from the asked one on
    in the plan that was then made; `before` the same in the plan there is.
    """

    month: dt.date
    needed: tuple[Needed, ...]
    before: float
    left: float
    plan: NearestPlan | None


@dataclass(frozen=True)
class _Lever:
    """A column that loosens: what a unit of it costs, moves and changes."""

    sort: str
    subject: str
    unit: str
    weight: float
    rows: tuple[tuple[int, float], ...]
    columns: tuple[tuple[int, float], ...]
    limit: Limit


def without_emergency(
    solved_plan: SolvedPlan,
    month: dt.date,
    *,
    cancel: CancelToken | None = None,
    tell: Tell | None = None,
) -> WithoutEmergency:
    """Return what must be true so that nobody is in emergency reception from a month on.

    `UnusableInputError` where no loosening of what is looked at does it.
    """
    if solved_plan.solution is None:
        raise UnusableInputError(message("why.no_plan"))
    before = _worst(solved_plan.plan.tables["placement"], month)
    if before <= LEAST:
        return WithoutEmergency(month, (), before, before, None)
    solved = Solved.of(solved_plan.problem, solved_plan.solution)
    kept = solved_plan.plan.level_values
    for _ in range(ROUNDS):
        needed = tuple(_needed(solved_plan, solved, month, kept, cancel))
        edits = _joined(needed)
        bettered, left = _with_shares(solved_plan, month, edits, cancel)
        if left < LEAST or not any(bettered[each] < kept[each] - LEAST for each in bettered):
            break
        kept |= {each: min(kept[each], value) for each, value in bettered.items()}
    wish = Wish(message("wish.without_emergency", month=month_words(month)), edits)
    plan = nearest_plan(solved_plan, wish, cancel=cancel, tell=tell)
    return WithoutEmergency(month, needed, before, _worst(plan.tables["placement"], month), plan)


def _with_shares(
    solved_plan: SolvedPlan, month: dt.date, edits: tuple[EditLine, ...], cancel: CancelToken | None
) -> tuple[dict[str, float], float]:
    """Return what the levels before emergency reception come to with cells otherwise.

    And how many are in it then in the worst month. Decisions may be taken in part. A plan uses what
    is loosened for the earlier levels first, as far as it can.
    """
    problem = build(case_with(solved_plan.book, solved_plan.problem.case.scenario, edits))
    model = relaxed(linear_model(problem))
    names = [each.name for each in model.levels]
    until = names.index(Level.EMERGENCY.value) + 1
    outcome = solve_levels(replace(model, levels=model.levels[:until]), cancel=cancel)
    if outcome.solution is None:
        return {}, math.inf
    solution = outcome.solution
    by_month: dict[dt.date, float] = {}
    for (_, _, kind, each), column in problem.choose.people.items():
        if kind in EMERGENCY_KINDS and each >= month:
            people = problem.columns.value(Expression([(column, 1.0)]), solution.values)
            by_month[each] = by_month.get(each, 0.0) + people
    levels = {each.name: each.value for each in outcome.solution.levels[:-1]}
    return levels, max(by_month.values(), default=0.0)


def _worst(placement: pd.DataFrame, month: dt.date) -> float:
    """Return the most people in emergency reception in a month, from one on."""
    kinds = [kind.value for kind in EMERGENCY_KINDS]
    there = placement[placement["kind"].isin(kinds) & (placement["month"] >= month)]
    return float(there.groupby("month")["people"].sum().max()) if len(there) else 0.0


def _needed(
    solved_plan: SolvedPlan,
    solved: Solved,
    month: dt.date,
    kept: Mapping[str, float],
    cancel: CancelToken | None,
) -> Iterator[Needed]:
    """Yield what is loosened at the least, the largest first."""
    case = solved_plan.problem.case
    longer = _longer(case)
    wide = with_longer(case, longer)
    problem = build(wide) if longer else solved_plan.problem
    levers = list(_levers(solved, problem, month))
    model = _model(kept, solved, problem, levers, longer, month)
    solution = solve_levels(model, cancel=cancel).proven()
    if solution is None:
        raise UnusableInputError(message("why.no_way_out", month=month_words(month)))
    count = len(problem.columns)
    found = []
    for at, lever in enumerate(levers):
        amount = float(np.take(solution.values, count + at))
        if amount > LEAST:
            by = float(math.ceil(amount - LEAST))
            changed = lever.limit.looser(case, int(by))
            edits = edits_between(case, changed)
            found.append(
                (
                    amount * lever.weight,
                    Needed(
                        lever.sort,
                        lever.subject,
                        lever.unit,
                        amount,
                        by,
                        edits,
                        lever.limit.title,
                    ),
                )
            )
    for location in longer:
        at = problem.columns.index(problem.choose.extend[location.id])
        share = float(np.take(solution.values, at))
        if share > LEAST:
            months = _months_after(case, location)
            edits = edits_between(case, _until_end(case, location))
            told = Needed("contract_months", location.id, "months", share * months, months, edits)
            found.append((share * location.beds * months, told))
    for _, needed in sorted(found, key=lambda each: -each[0]):
        yield needed


def _longer(case: Case) -> tuple[Location, ...]:
    """Return the ordinary locations whose contract ends before the plan does, with no extension."""
    end = last_day(case.months[-1])
    return tuple(
        each
        for each in case.locations.values()
        if not each.emergency
        and not each.candidate
        and each.open_until is not None
        and max(case.date, month_of(case.months[0])) <= each.open_until < end
        and each.extendable_until is None
        and each.beds
    )


def with_longer(case: Case, longer: tuple[Location, ...]) -> Case:
    """Return the case in which some contracts may be extended to the end of the plan."""
    for each in longer:
        case = with_location(case, each.id, extendable_until=last_day(case.months[-1]))
    return case


def _until_end(case: Case, location: Location) -> Case:
    return with_location(case, location.id, open_until=last_day(case.months[-1]))


def _months_after(case: Case, location: Location) -> float:
    """Return how many planned months a location's contract does not cover at its end."""
    until = location.open_until
    return float(sum(until is not None and last_day(each) > until for each in case.months))


def _levers(solved: Solved, problem: Problem, month: dt.date) -> Iterator[_Lever]:
    """Yield the columns that loosen, those of which a unit moves only what the problem solves.

    The limits are those of the plan; rows and columns are found again in the problem by name.
    """
    asked = sum(each >= month for each in solved.case.months)
    same = problem is solved.problem
    rows = {} if same else {(r.rule.name, r.row.key): r.number for r in problem.rows}
    mine = {r.number: (r.rule.name, r.row.key) for r in solved.problem.rows if r.number is not None}
    columns = {} if same else _columns(solved.problem, problem)
    for limit in limits(solved):
        if not (limit.repairs or limit.bends):
            continue
        moved = [
            (number if same else rows.get(mine.get(number, ("", None))), share)  # type: ignore[arg-type] # a key
            for number, share in limit.moved.rows
        ]
        bounds = [
            (number if same else columns.get(number), share)
            for number, share in limit.moved.columns
        ]
        counted = [number for number, _ in moved if number is None or number >= len(problem.lower)]
        if counted or any(number is None for number, _ in bounds):
            continue
        weight = _persons(limit, solved.case)
        yield _Lever(
            limit.sort,
            limit.subject,
            limit.unit,
            weight * asked,
            tuple((number, share) for number, share in moved if number is not None),
            tuple((number, share) for number, share in bounds if number is not None),
            limit,
        )


def _persons(limit: Limit, case: Case) -> float:
    """Return how many persons a unit of a limit stands for.

    A point of a norm stands for that part of the beds, an fte for who it cares for.
    """
    if isinstance(limit.rule.limit, OfParameter) and limit.bends:
        return limit.rule.limit.step * math.fsum(each.beds for each in case.locations.values())
    if limit.sort == LimitKind.STAFF:
        return 100.0 / case.parameters.number("staff_regular_per_100")
    return 1.0


def _columns(before: Problem, now: Problem) -> dict[int, int]:
    """Return the numbers in a wider problem of the columns that limits bound."""
    found: dict[int, int] = {}
    for family in ("places", "dol_prepared", "dol_fitted_out", "people"):
        wide = getattr(now.choose, family)
        for key, column in getattr(before.choose, family).items():
            if key in wide:
                found[before.columns.index(column)] = now.columns.index(wide[key])
    return found


def _model(  # noqa: PLR0913, PLR0917 - what the one linear problem is made of
    values: Mapping[str, float],
    solved: Solved,
    problem: Problem,
    levers: list[_Lever],
    longer: tuple[Location, ...],
    month: dt.date,
) -> LinearModel:
    """Return the linear problem: levers added, emergency barred, earlier levels kept."""
    base = relaxed(linear_model(problem))
    upper = base.upper.copy()
    for (_, _, kind, each), column in problem.choose.people.items():
        if kind in EMERGENCY_KINDS and each >= month:
            upper[problem.columns.index(column)] = 0.0
    base = replace(base, upper=upper)
    at = solved.level_place(Level.EMERGENCY.value)
    kept = [level for level in base.levels[:at] if level.cost.any()]
    rowed = with_level_rows(base, kept)
    row_upper = rowed.row_upper.copy()
    first = len(base.row_upper)
    for number, level in enumerate(kept):
        slack = NOTHING * max(1.0, abs(values[level.name]))
        row_upper[first + number] = (values[level.name] + slack - level.constant) / scale(
            level.cost
        )
    return _with_levers(replace(rowed, row_upper=row_upper), problem, levers, longer, solved.case)


def _with_levers(
    model: LinearModel,
    problem: Problem,
    levers: list[_Lever],
    longer: tuple[Location, ...],
    case: Case,
) -> LinearModel:
    """Return a model with a column for each lever, and a row for each bound that one moves."""
    count, rows = len(model.lower), len(model.row_lower)
    upper = model.upper.copy()
    entries: list[tuple[int, int, float]] = []
    limits_of: list[float] = []
    for at, lever in enumerate(levers):
        entries += [(row, count + at, -share) for row, share in lever.rows if share]
        for column, share in lever.columns:
            if np.isfinite(model.upper[column]) and share:
                row = rows + len(limits_of)
                entries += [(row, column, 1.0), (row, count + at, -share)]
                limits_of.append(float(model.upper[column]))
                upper[column] = np.inf
    old = np.repeat(np.arange(rows), np.diff(model.starts))
    all_rows = np.concatenate([old, [row for row, _, _ in entries]]).astype(int)
    order = np.argsort(all_rows, kind="stable")
    total = rows + len(limits_of)
    starts = np.concatenate([[0], np.cumsum(np.bincount(all_rows, minlength=total))])
    indices = np.concatenate([model.indices, [column for _, column, _ in entries]])
    shares = np.append(model.values, [share for _, _, share in entries])
    cost = np.zeros(count + len(levers))
    cost[count:] = [lever.weight for lever in levers]
    for location in longer:
        column = problem.columns.index(problem.choose.extend[location.id])
        cost[column] = location.beds * _months_after(case, location)
    more = len(levers)
    return replace(
        model,
        lower=np.append(model.lower, np.zeros(more)),
        upper=np.append(upper, np.full(more, np.inf)),
        row_lower=np.append(model.row_lower, np.full(len(limits_of), -np.inf)),
        row_upper=np.append(model.row_upper, limits_of),
        starts=starts.astype(model.starts.dtype),
        indices=indices[order].astype(model.indices.dtype),
        values=shares[order],
        whole=np.zeros(count + more, dtype=bool),
        levels=(LevelCost("loosened", "place-months", cost),),
        column_stage=np.append(model.column_stage, np.full(more, -1)),
        row_stage=np.append(model.row_stage, np.full(len(limits_of), -1)),
    )


def _joined(needed: tuple[Needed, ...]) -> tuple[EditLine, ...]:
    """Return the cells of all that is needed, each once."""
    found = {(e.table, e.key, e.column): e for each in needed for e in each.edits}
    return tuple(found.values())
