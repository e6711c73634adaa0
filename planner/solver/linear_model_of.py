"""Handing a problem to the solver: the planning model's arrays as the solver's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from planner.input.kinds import PlaceKind
from planner.model.algebra import Variable
from planner.model.build import Problem
from planner.model.rules.placement import norm_of
from planner.model.rules.rule import Level
from planner.solver.outcome import Gathering, LevelCost, LinearModel, Section


def linear_model(problem: Problem) -> LinearModel:
    """Return a problem as the plain arrays that are solved."""
    columns = problem.columns
    upper = columns.upper_bounds()
    return LinearModel(
        lower=0.0 * upper.clip(max=1.0),
        upper=upper,
        row_lower=problem.lower,
        row_upper=problem.upper,
        starts=problem.starts,
        indices=problem.numbers,
        values=problem.coefficients,
        whole=columns.wholes(),
        levels=tuple(
            LevelCost(each.content.level.value, each.content.unit, each.costs, each.constant)
            for each in problem.levels
        ),
        column_stage=columns.stages(),
        row_stage=problem.row_stages,
        sections=tuple(_sections(problem)),
        together=_together(problem),
    )


def _together(problem: Problem) -> Gathering | None:
    """Return the emergency places in which few are to be brought together; `None` for none.

    A place that holds fewer than that at its occupancy norm is worth what it holds.
    """
    case, choose = problem.case, problem.choose
    columns: list[int] = []
    starts: list[int] = []
    fewest: list[float] = []
    for location_id, kind, month in choose.places:
        few = case.parameters.optional("emergency_fewest_people", month)
        if not kind.emergency or not few:
            continue
        location = case.locations[location_id]
        people = [*choose.people_in(case, location, kind, month)]
        if people:
            starts.append(len(columns))
            columns.extend(problem.columns.index(each) for each in people)
            fewest.append(min(few, norm_of(case, location, kind, month) * location.beds))
    if not columns:
        return None
    return Gathering(np.array(columns), np.array(starts), np.array(fewest), Level.MOVES.value)


def _sections(problem: Problem) -> Iterator[Section]:
    """Yield the DOL parts that have a smallest size, in a plan of whole locations."""
    case, choose = problem.case, problem.choose
    used: dict[str, dict[int, Variable]] = {}
    stage = {month: number for number, month in enumerate(case.months)}
    for (name, month), column in choose.dol_in_use.items():
        used.setdefault(name, {})[stage[month]] = column
    for name, columns in used.items():
        begun = choose.dol_begun.get(name)
        at = {number: case.months[number] for number in columns}
        yield Section(
            used=_numbers(problem, columns),
            places=_numbers(
                problem, {n: choose.places[name, PlaceKind.DOL, m] for n, m in at.items()}
            ),
            prepared=_numbers(problem, {n: choose.dol_prepared[name, m] for n, m in at.items()}),
            begun=-1 if begun is None else problem.columns.index(begun),
            smallest=float(case.locations[name].dol_min_section),
            largest=float(case.locations[name].dol_beds),
        )


def _numbers(problem: Problem, columns: Mapping[int, Variable]) -> np.ndarray:
    """Return the numbers of columns by month, -1 in a month without one."""
    numbers = np.full(len(problem.case.months), -1)
    for at, column in columns.items():
        numbers[at] = problem.columns.index(column)
    return numbers
