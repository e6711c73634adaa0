"""Each level's model as an MPS file, complete in itself, for any other solver to check.

HiGHS' own writer keeps 15 digits, which is less than a level's value has; these files keep all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from planner.solve.outcome import LinearModel, Solution

# How far an earlier level may be given up in a file, relative to its value.
FROZEN_WITHIN = 1e-9


def write_levels(model: LinearModel, solution: Solution, folder: Path) -> None:
    """Write `NN-level.mps` per level in the order solved; earlier levels are frozen by one row.

    Columns are named c0000000 on, rows r0000000 on, frozen levels by their names; the constant of
    a level is left out of its objective and taken off its frozen value.
    """
    folder.mkdir(parents=True, exist_ok=True)
    frozen: list[tuple[str, np.ndarray, float]] = []
    by_column = _by_column(model)
    active = [
        (level, result)
        for level, result in zip(model.levels, solution.levels, strict=True)
        if level.cost.any()
    ]
    for number, (level, result) in enumerate(active, start=1):
        target = folder / f"{number:02d}-{level.name}.mps"
        draft = target.with_suffix(".part")
        with draft.open("w", encoding="ascii") as file:
            file.writelines(_lines(model, by_column, level.name, level.cost, frozen))
        os.replace(draft, target)  # noqa: PTH105 - whole or not at all, also over an older file
        value = result.value - level.constant
        frozen.append((level.name, level.cost, value + FROZEN_WITHIN * max(1.0, abs(value))))


def _by_column(model: LinearModel) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return each column's row numbers and coefficients."""
    rows = np.repeat(np.arange(len(model.row_lower)), np.diff(model.starts))
    order = np.argsort(model.indices, kind="stable")
    counts = np.bincount(model.indices, minlength=len(model.lower))
    ends = np.concatenate(([0], np.cumsum(counts)))
    rows, values = rows[order], model.values[order]
    return [(rows[begin:end], values[begin:end]) for begin, end in pairwise(ends.tolist())]


def _lines(
    model: LinearModel,
    by_column: list[tuple[np.ndarray, np.ndarray]],
    name: str,
    cost: np.ndarray,
    frozen: list[tuple[str, np.ndarray, float]],
) -> Iterator[str]:
    yield f"NAME {name}\nROWS\n N objective\n"
    for row, (low, high) in enumerate(zip(model.row_lower, model.row_upper, strict=True)):
        kind = "E" if low == high else "L" if np.isinf(low) else "G"
        yield f" {kind} r{row:07d}\n"
    yield from (f" L {level}\n" for level, _, _ in frozen)
    yield "COLUMNS\n"
    for column, (rows, values) in enumerate(by_column):
        yield from _column_lines(f"c{column:07d}", column, rows, values, cost, frozen)
    yield "RHS\n"
    for row, (low, high) in enumerate(zip(model.row_lower, model.row_upper, strict=True)):
        limit = high if np.isinf(low) else low
        if limit:
            yield f" RHS r{row:07d} {float(limit)!r}\n"
    yield from (f" RHS {level} {float(value)!r}\n" for level, _, value in frozen)
    yield "BOUNDS\n"
    for column, (low, high) in enumerate(zip(model.lower, model.upper, strict=True)):
        if low:
            yield f" LO BND c{column:07d} {float(low)!r}\n"
        if np.isfinite(high):
            yield f" UP BND c{column:07d} {float(high)!r}\n"
    yield "ENDATA\n"


def _column_lines(  # noqa: PLR0913, PLR0917 - a column's parts
    name: str,
    column: int,
    rows: np.ndarray,
    values: np.ndarray,
    cost: np.ndarray,
    frozen: list[tuple[str, np.ndarray, float]],
) -> Iterator[str]:
    """Yield a column's coefficients; one without any still gets a line, so that it exists."""
    if cost[column] or not len(rows):
        yield f" {name} objective {float(cost[column])!r}\n"
    for row, value in zip(rows.tolist(), values.tolist(), strict=True):
        yield f" {name} r{row:07d} {value!r}\n"
    for level, costs, _ in frozen:
        if costs[column]:
            yield f" {name} {level} {float(costs[column])!r}\n"
