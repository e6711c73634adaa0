"""The only modelling seam to PuLP: columns, linear expressions and rows.

A `Row` keeps its left side and its limit apart, so that soft versions, use of a limit, checking a
plan and explaining it all come from the one definition. PuLP's expressions carry the arithmetic;
what goes to the solver are plain arrays made by `planner.model.build`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pulp

Column = pulp.LpVariable
Expression = pulp.LpAffineExpression


class Sense(Enum):
    """Which side of the limit the left side must stay on."""

    AT_MOST = "≤"
    AT_LEAST = "≥"
    EXACTLY = "="


@dataclass(frozen=True)
class Key:
    """What a row is about; parts that do not apply are empty."""

    group: str = ""
    location: str = ""
    kind: str = ""
    month: dt.date | None = None
    province: str = ""
    region: str = ""


@dataclass(frozen=True)
class Row:
    """One instance of a rule: `left` stays at, below or above `limit`.

    `weight` is what a unit of shortfall counts at the rule's level. `shortfall` is the column
    that takes up a soft row's breach where a decision stands for it; otherwise the row gets one
    of its own when the problem is built. It is never part of `left`.
    """

    key: Key
    left: Expression
    sense: Sense
    limit: float
    weight: float = 1.0
    shortfall: Column | None = None


def total(terms: Iterable[Column | Expression]) -> Expression:
    """Return the sum of columns and expressions."""
    summed: Expression = pulp.lpSum(terms)
    return summed


def at_most(
    left: Column | Expression,
    limit: float,
    key: Key,
    *,
    weight: float = 1.0,
    shortfall: Column | None = None,
) -> Row:
    """Return a row that keeps the left side at or below a limit."""
    return _row(left, Sense.AT_MOST, limit, key, weight, shortfall)


def at_least(
    left: Column | Expression,
    limit: float,
    key: Key,
    *,
    weight: float = 1.0,
    shortfall: Column | None = None,
) -> Row:
    """Return a row that keeps the left side at or above a limit."""
    return _row(left, Sense.AT_LEAST, limit, key, weight, shortfall)


def exactly(
    left: Column | Expression, limit: float, key: Key, *, shortfall: Column | None = None
) -> Row:
    """Return a row that keeps the left side at a limit; a shortfall is what it stays below."""
    return _row(left, Sense.EXACTLY, limit, key, 1.0, shortfall)


def _row(  # noqa: PLR0913, PLR0917 - a row has these parts
    left: Column | Expression,
    sense: Sense,
    limit: float,
    key: Key,
    weight: float,
    shortfall: Column | None,
) -> Row:
    """Return a row with constants of the left side moved into the limit."""
    expression = left if isinstance(left, Expression) else Expression([(left, 1.0)])
    constant = float(expression.constant)
    if constant:
        expression = Expression(dict(expression.items()))
    return Row(key, expression, sense, limit - constant, weight, shortfall)


class Columns:
    """The columns of a problem, in the order they were made.

    PuLP drops characters from names and sorts by them, so each column gets a number of ours as
    its name; what it stands for is kept by whoever made it.
    """

    def __init__(self) -> None:
        """Start without columns."""
        self._problem = pulp.LpProblem("opvangplan", pulp.LpMinimize)
        self._made: list[Column] = []
        self._index: dict[Column, int] = {}
        self._whole: list[bool] = []
        self._stage: list[int] = []

    def add(self, *, stage: int, upper: float | None = None, whole: bool = False) -> Column:
        """Make a column that is at least 0; `stage` is its month's number, -1 for all months."""
        column = self._problem.add_variable(f"c{len(self._made):07d}", 0, upper)
        self._index[column] = len(self._made)
        self._made.append(column)
        self._whole.append(whole)
        self._stage.append(stage)
        return column

    def __len__(self) -> int:
        """Return how many columns there are."""
        return len(self._made)

    def index(self, column: Column) -> int:
        """Return a column's number."""
        return self._index[column]

    def upper_bounds(self) -> np.ndarray:
        """Return every column's upper bound, infinite where it has none."""
        return np.array(
            [np.inf if c.upBound is None else c.upBound for c in self._made], dtype=float
        )

    def wholes(self) -> np.ndarray:
        """Return which columns must take whole values."""
        return np.array(self._whole, dtype=bool)

    def stages(self) -> np.ndarray:
        """Return every column's month number, -1 for those that span months."""
        return np.array(self._stage, dtype=int)

    def value(self, expression: Expression, values: np.ndarray) -> float:
        """Return what an expression comes to; `values` holds each column's value."""
        numbers = [self._index[column] for column in expression]
        shares = np.array([float(share) for share in expression.values()])
        return float(expression.constant) + float(values[numbers] @ shares if numbers else 0.0)

    def sparse(
        self, rows: Iterable[tuple[Expression, Column | None, float]]
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return compressed rows: starts, column numbers, coefficients.

        A row is an expression, a column that joins it (or none), and that column's coefficient.
        """
        starts, numbers, coefficients = [0], [], []
        for left, joining, share in rows:
            for column, coefficient in left.items():
                numbers.append(self._index[column])
                coefficients.append(coefficient)
            if joining is not None:
                numbers.append(self._index[joining])
                coefficients.append(share)
            starts.append(len(numbers))
        return (
            np.array(starts, dtype=np.int32),
            np.array(numbers, dtype=np.int32),
            np.array(coefficients, dtype=float),
        )
