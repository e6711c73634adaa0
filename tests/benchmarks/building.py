"""Stating the weighted problem by a general library: `building WORKBOOK pulp|linopy TIMES`.

Prints, of as many times as asked, in how many seconds the program builds the problem of a case by
its rules, and in how many the library states the same rows, with one weighted sum of the levels to
minimise. What a row consists of lies ready for the library, and is worked out by the program.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pulp

from planner import api
from planner.model.build import build
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel
from tests.benchmarks.alone import weighted


def main(workbook: str, library: str, times: str) -> None:
    """Measure in turn and print the seconds of both, each time."""
    importlib.import_module(library)  # which takes a while, and is no part of stating
    book, took = api.open_workbook(Path(workbook)), []
    for _ in range(int(times)):
        case = api.usable(book)  # anew, for what it has worked out it keeps
        begun = time.perf_counter()
        problem = build(case)
        ours = time.perf_counter() - begun
        model = linear_model(problem)
        costs = weighted([level.cost for level in model.levels])
        begun = time.perf_counter()
        count = STATED[library](model, costs)
        took.append((ours, time.perf_counter() - begun))
        if count != len(model.row_lower):
            raise RuntimeError(f"{count} rows of {len(model.row_lower)} stated")
    print(json.dumps(took))


def by_pulp(model: LinearModel, costs: np.ndarray) -> int:
    """State a model as anyone would with PuLP, and return how many rows it has."""
    problem = pulp.LpProblem("weighted", pulp.LpMinimize)
    columns = [
        pulp.LpVariable(f"x{number}", low, None if np.isinf(up) else up)
        for number, (low, up) in enumerate(
            zip(_listed(model.lower), _listed(model.upper), strict=True)
        )
    ]
    problem.setObjective(
        pulp.LpAffineExpression([(columns[at], costs[at]) for at in np.flatnonzero(costs).tolist()])
    )
    numbers, shares, starts = map(_listed, (model.indices, model.values, model.starts))
    limits = zip(_listed(model.row_lower), _listed(model.row_upper), strict=True)
    for row, (low, up) in enumerate(limits):
        at = slice(starts[row], starts[row + 1])
        left = pulp.LpAffineExpression(
            [
                (columns[number], share)
                for number, share in zip(numbers[at], shares[at], strict=True)
            ]
        )
        sense = 0 if low == up else -1 if np.isinf(low) else 1
        limit = up if np.isinf(low) else low
        problem.addConstraint(pulp.LpConstraint(left, sense, f"r{row}", limit))
    return len(problem.constraints)


def by_linopy(model: LinearModel, costs: np.ndarray) -> int:
    """State a model with linopy by whole arrays, and return how many rows it has.

    A table of rows is as wide as its longest one: rows are put together by length, up to the next
    power of two.
    """
    linopy, xarray = importlib.import_module("linopy"), importlib.import_module("xarray")
    stated = linopy.Model()
    columns = stated.add_variables(
        model.lower, model.upper, coords=[np.arange(len(costs))], dims=["column"], name="x"
    )
    stated.add_objective((columns * xarray.DataArray(costs, dims=["column"])).sum())
    long = np.diff(model.starts)
    widths = np.where(long > 0, 2 ** np.ceil(np.log2(np.maximum(long, 1))).astype(int), 1)
    labels = columns.labels.to_numpy()
    for width in np.unique(widths).tolist():
        rows = np.flatnonzero(widths == width)
        at = model.starts[rows, None] + np.arange(width)
        there = np.arange(width) < long[rows, None]
        at = np.where(there, at, 0)
        left = linopy.LinearExpression(
            xarray.Dataset(
                {
                    "coeffs": (("row", "_term"), np.where(there, model.values[at], np.nan)),
                    "vars": (("row", "_term"), np.where(there, labels[model.indices[at]], -1)),
                    "const": (("row",), np.zeros(len(rows))),
                },
                coords={"row": rows},
            ),
            stated,
        )
        low, up = model.row_lower[rows], model.row_upper[rows]
        signs = np.where(low == up, "=", np.where(np.isinf(low), "<=", ">="))
        limits = np.where(np.isinf(low), up, low)
        over = {"coords": {"row": rows}, "dims": ["row"]}
        stated.add_constraints(
            left,
            xarray.DataArray(signs, **over),
            xarray.DataArray(limits, **over),
            name=f"r{width}",
        )
    return int(stated.constraints.ncons)


def _listed(numbers: np.ndarray) -> list[Any]:
    """Return plain numbers, which are quicker than an array's one by one."""
    listed: list[Any] = numbers.tolist()
    return listed


STATED: dict[str, Callable[[LinearModel, np.ndarray], int]] = {
    "pulp": by_pulp,
    "linopy": by_linopy,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
