"""Each level's model as an MPS file, complete in itself, for any other solver to check.

HiGHS' own writer keeps 15 digits, which is less than a level's value has; these files keep all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from planner.solver.arithmetic import rows_of_entries
from planner.solver.outcome import LevelCost, LinearModel, Solution

# How far an earlier level may be given up in a file, in its own unit; and for values so large that
# adding up alone rounds by more, relative to the value.
FROZEN_WITHIN = 1e-9
_ROUNDING = 1e-14


@dataclass(frozen=True)
class _Frozen:
    """An earlier level as a row: its costs add up to at most `most`."""

    name: str
    costs: list[float]
    most: float


def write_levels(model: LinearModel, solution: Solution, folder: Path) -> None:
    """Write `NN-level.mps` per level in the order solved; earlier levels are frozen by one row.

    Columns are named c0000001 on, rows r0000001 on, frozen levels by their names. The constant of
    a level is left out of its objective and taken off its frozen value. Levels without any cost
    were not solved and get no file. All files or none: they take their places at the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shared = _Shared(model)
    frozen: list[_Frozen] = []
    solved = [
        (level, result)
        for level, result in zip(model.levels, solution.levels, strict=True)
        if level.cost.any()
    ]
    drafts: list[Path] = []
    try:
        for number, (level, result) in enumerate(solved, start=1):
            drafts.append(folder / f"{number:02d}-{level.name}.part")
            with drafts[-1].open("w", encoding="ascii") as file:
                file.writelines(shared.lines(level, frozen))
            value = result.value - level.constant
            most = value + max(FROZEN_WITHIN, _ROUNDING * abs(value))
            frozen.append(_Frozen(level.name, level.cost.tolist(), most))
        for draft in drafts:
            draft.replace(draft.with_suffix(".mps"))
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


class _Shared:
    """What all levels' files have in common, worded once."""

    def __init__(self, model: LinearModel) -> None:
        limits = list(zip(model.row_lower.tolist(), model.row_upper.tolist(), strict=True))
        self._rows = "".join(f" {_kind(*each)} r{n:07d}\n" for n, each in enumerate(limits, 1))
        self._limits = "".join(_limit_lines(limits))
        self._ranges = "".join(_range_lines(limits))
        self._bounds = "".join(_bound_lines(model))
        self._columns = _column_texts(model)
        self._whole = model.whole.tolist()

    def lines(self, level: LevelCost, frozen: list[_Frozen]) -> Iterator[str]:
        """Yield the text of one level's file."""
        yield f"NAME {level.name}\nROWS\n N objective\n"
        yield self._rows
        yield from (f" L {each.name}\n" for each in frozen)
        yield "COLUMNS\n"
        yield from self._column_lines(level, frozen)
        yield "RHS\n"
        yield self._limits
        yield from (f" RHS {each.name} {each.most!r}\n" for each in frozen)
        yield self._ranges
        yield "BOUNDS\n"
        yield self._bounds
        yield "ENDATA\n"

    def _column_lines(self, level: LevelCost, frozen: list[_Frozen]) -> Iterator[str]:
        """Yield the columns; one without any coefficient still gets a line, so that it exists."""
        within = False
        costs = level.cost.tolist()
        for number, text in enumerate(self._columns):
            if self._whole[number] != within:
                within = not within
                yield f" MARKER 'MARKER' '{'INTORG' if within else 'INTEND'}'\n"
            name = f"c{number + 1:07d}"
            if costs[number] or not text:
                yield f" {name} objective {costs[number]!r}\n"
            yield text
            for each in frozen:
                if each.costs[number]:
                    yield f" {name} {each.name} {each.costs[number]!r}\n"
        if within:
            yield " MARKER 'MARKER' 'INTEND'\n"


def _column_texts(model: LinearModel) -> list[str]:
    """Return each column's lines of coefficients in the rows all levels share."""
    order = np.argsort(model.indices, kind="stable")
    counts = np.bincount(model.indices, minlength=len(model.lower))
    rows = (rows_of_entries(model)[order] + 1).tolist()
    values = model.values[order].tolist()
    ends = np.concatenate(([0], np.cumsum(counts))).tolist()
    return [
        "".join(f" c{number:07d} r{rows[n]:07d} {values[n]!r}\n" for n in range(begin, end))
        for number, (begin, end) in enumerate(pairwise(ends), 1)
    ]


def _kind(low: float, high: float) -> str:
    """Return the kind of a row by its limits; one with two different ones is G with a range."""
    if low == high:
        return "E"
    if np.isfinite(low):
        return "G"
    return "L" if np.isfinite(high) else "N"


def _limit_lines(limits: list[tuple[float, float]]) -> Iterator[str]:
    for number, (low, high) in enumerate(limits, 1):
        limit = low if np.isfinite(low) else high
        if limit and np.isfinite(limit):
            yield f" RHS r{number:07d} {limit!r}\n"


def _range_lines(limits: list[tuple[float, float]]) -> Iterator[str]:
    ranged = [
        (number, high - low)
        for number, (low, high) in enumerate(limits, 1)
        if np.isfinite(low) and np.isfinite(high) and low != high
    ]
    if ranged:
        yield "RANGES\n"
        yield from (f" RNG r{number:07d} {width!r}\n" for number, width in ranged)


def _bound_lines(model: LinearModel) -> Iterator[str]:
    bounds = zip(model.lower.tolist(), model.upper.tolist(), model.whole.tolist(), strict=True)
    for number, (low, high, whole) in enumerate(bounds, 1):
        name = f"c{number:07d}"
        if np.isinf(low) and np.isinf(high):
            yield f" FR BND {name}\n"
            continue
        if np.isinf(low):
            yield f" MI BND {name}\n"
        elif low:
            yield f" LO BND {name} {low!r}\n"
        if np.isfinite(high):
            yield f" UP BND {name} {high!r}\n"
        elif whole:
            # Without it some readers take a whole column to be at most 1.
            yield f" PL BND {name}\n"
