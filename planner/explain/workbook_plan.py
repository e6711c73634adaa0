"""A plan as it stands in a workbook, solved again so that questions about it can be answered.

The levels are solved with the decisions of the plan kept, which gives their prices; who lives where
is taken from the sheets, for a plan can be equally good in several ways and the question is about
the one that is shown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import fsum
from typing import Any

import numpy as np
import pandas as pd

from planner.core.errors import UnusableInputError
from planner.core.outcome import CancelToken, Progress
from planner.core.texts import message
from planner.explain.solved_plan import SolvedPlan
from planner.input.kinds import PlaceKind
from planner.model.algebra import Variable
from planner.model.build import Problem, build
from planner.model.decisions import Decisions
from planner.model.fixed_decisions import FixedDecisions
from planner.result.plan import Plan
from planner.result.plan_of_book import PlanOfBook
from planner.solver.arithmetic import activity, level_value
from planner.solver.highs import Terms
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LevelResult, LinearModel, Solution
from planner.solver.rounding import kept_whole
from planner.solver.together import with_nobody_where_told
from planner.solver.walk import Tell

# How far what was solved again may lie from what the sheets say, relative to its size.
SAME = 1e-6


def solved_workbook(
    loaded: PlanOfBook, cancel: CancelToken | None = None, tell: Tell | None = None
) -> SolvedPlan:
    """Return a loaded plan as the problem it was solved as.

    `UnusableInputError` where the input was changed since, or where the levels do not come out as
    the sheets say; `CancelledError` when cancelled.
    """
    if not loaded.same_input:
        raise UnusableInputError(message("why.input_changed"))
    if tell is not None:
        tell(Progress("build", None, None, 0.0))
    problem = build(loaded.case, whole=loaded.plan.whole)
    model = linear_model(problem)
    decided = FixedDecisions.of_table(loaded.plan.tables["decisions"])
    kept = kept_whole(model, whole_choices(problem, loaded.plan, decided))
    again = solve_levels(kept, cancel=cancel, progress=tell).proven()
    if again is None:
        raise UnusableInputError(message("why.not_the_same"))
    values = _as_told(problem, model, loaded.plan, decided)
    if not _as_they_are_told(loaded.plan, again.levels):
        again = with_nobody_where_told(kept, again, values, Terms(cancel=cancel)) or again
    levels = tuple(
        replace(each, value=level_value(cost, values))
        for each, cost in zip(again.levels, model.levels, strict=True)
    )
    if not all(_as_they_are_told(loaded.plan, each) for each in (again.levels, levels)):
        raise UnusableInputError(message("why.not_the_same"))
    solution = Solution(values, activity(model, values), levels)
    return SolvedPlan(loaded.plan, loaded.book, problem, solution)


def _as_they_are_told(plan: Plan, levels: Sequence[LevelResult]) -> bool:
    """Whether levels come out as a plan says."""
    return all(
        told.name == each.name and abs(told.value - each.value) <= SAME * max(1.0, abs(told.value))
        for told, each in zip(plan.levels, levels, strict=True)
    )


def whole_choices(problem: Problem, plan: Plan, decided: FixedDecisions) -> np.ndarray:
    """Return the values of a problem's columns as far as they are whole choices of a plan."""
    values = np.zeros(len(problem.columns))
    index = problem.columns.index
    for target in decided.targets(problem.case, problem.choose):
        values[index(target.column)] = target.value
    places = plan.tables["places"]
    used = places[(places["kind"] == PlaceKind.DOL.value) & (places["places"] > SAME)]
    in_use = set(zip(used["location"], used["month"], strict=True))
    for key, column in problem.choose.dol_in_use.items():
        values[index(column)] = float(key in in_use)
    begun = {location for (location, _), places in decided.fitted_out.items() if places > SAME}
    for location, column in problem.choose.dol_begun.items():
        values[index(column)] = float(location in begun)
    return values


def _as_told(
    problem: Problem, model: LinearModel, plan: Plan, decided: FixedDecisions
) -> np.ndarray:
    """Return every column's value, those that the sheets tell as they tell them.

    The others, who has no place and how much falls short, are the least that goes with them.
    """
    index, choose = problem.columns.index, problem.choose
    values = np.zeros(len(problem.columns))
    told = np.zeros(len(values), dtype=bool)
    for column, value in _told(problem.case.months, choose, plan, decided):
        values[index(column)] = value
        told[index(column)] = True
    in_use = whole_choices(problem, plan, decided)
    for column in (*choose.dol_in_use.values(), *choose.dol_begun.values()):
        values[index(column)] = in_use[index(column)]
        told[index(column)] = True
    worst = [*choose.worst_share.values(), *choose.worst_province]
    for family in (choose.unplaced.values(), worst):
        numbers = np.array([index(column) for column in family], dtype=int)
        _set_to_least(model, values, numbers)
        told[numbers] = True
    _set_to_least(model, values, np.flatnonzero(~told))
    return values


def _set_to_least(model: LinearModel, values: np.ndarray, numbers: np.ndarray) -> None:
    """Give columns the least value with which the rows they stand in hold, each row one of them.

    The columns are zero before.
    """
    which = np.zeros(len(values), dtype=bool)
    which[numbers] = True
    at = np.flatnonzero(which[model.indices])
    rows = np.searchsorted(model.starts, at, side="right") - 1
    shares, columns = np.take(model.values, at), model.indices[at]
    without = activity(model, values)[rows]
    limits = np.where(shares > 0, model.row_lower[rows], model.row_upper[rows])
    bounded = np.isfinite(limits)
    needed = (limits[bounded] - without[bounded]) / shares[bounded]
    np.maximum.at(values, columns[bounded], needed)


def _told(
    months: tuple[dt.date, ...], choose: Decisions, plan: Plan, decided: FixedDecisions
) -> Iterator[tuple[Variable, float]]:
    """Yield the columns that the sheets tell, each with its value; what they leave out is none."""
    tables = plan.tables
    told: tuple[tuple[Mapping[Any, Variable], Mapping[tuple[object, ...], float]], ...] = (
        (choose.people, _by(tables["placement"], ("group", "location", "kind", "month"), "people")),
        (choose.places, _by(tables["places"], ("location", "kind", "month"), "places")),
        (choose.dol_prepared, _by(tables["dol"], ("location", "month"), "prepared")),
        (choose.dol_fitted_out, dict(_as_keys(decided))),
        (choose.moved_out, _by(tables["moves"], ("group", "location", "month"), "people")),
    )
    for family, values in told:
        for key, column in family.items():
            yield column, values.get(key, 0.0)
    for decision, columns in (("open", choose.open), ("extend", choose.extend)):
        for location, column in columns.items():
            yield column, decided.shares.get((location, decision), 0.0)
    for location, month in choose.closed:
        until = [each for each in months if each <= month]
        share = fsum(decided.closed.get((location, each), 0.0) for each in until)
        yield choose.closed[location, month], share


def _as_keys(decided: FixedDecisions) -> Iterator[tuple[tuple[object, ...], float]]:
    yield from decided.fitted_out.items()


def _by(frame: pd.DataFrame, keys: tuple[str, ...], value: str) -> dict[tuple[object, ...], float]:
    """Return a column of a result table, added up by the columns that name its rows."""
    named = zip(*(frame[name].tolist() for name in keys), strict=True)
    found: dict[tuple[object, ...], float] = defaultdict(float)
    for key, amount in zip(named, map(float, frame[value].tolist()), strict=True):
        found[key] += amount
    return found
