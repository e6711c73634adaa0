"""Handing a problem to the solver: the planning model's arrays as the solver's."""

from __future__ import annotations

from planner.model.build import Problem
from planner.solver.outcome import LevelCost, LinearModel


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
    )
