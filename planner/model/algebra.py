"""Columns, linear expressions and rows: what rules are written with.

A `Constraint` keeps its left side and its limit apart, so that soft versions, use of a limit,
checking a plan and explaining it all come from the one definition. What goes to the solver are
plain arrays made by `planner.model.build`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from enum import Enum
from math import isfinite
from typing import NamedTuple

import numpy as np


class Variable:
    """Something that is chosen: its number among the columns.

    Arithmetic makes an expression of it. Columns are the same only if they are one.
    """

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        """Keep the number."""
        self.number = number

    def __add__(self, other: Variable | Expression | float) -> Expression:
        """Return the sum."""
        return Expression({self: 1.0}) + other

    __radd__ = __add__

    def __sub__(self, other: Variable | Expression | float) -> Expression:
        """Return the difference."""
        return Expression({self: 1.0}) - other

    def __rsub__(self, other: Variable | Expression | float) -> Expression:
        """Return the difference, taken from the other."""
        return Expression({self: -1.0}) + other

    def __neg__(self) -> Expression:
        """Return the column taken off."""
        return Expression({self: -1.0})

    def __mul__(self, factor: float) -> Expression:
        """Return the column so many times; `ValueError` where that is no number."""
        return Expression({self: float(factor)} if _counts(factor) else {})

    __rmul__ = __mul__


class Expression:
    """A sum of columns, each so many times, and a constant; it is never changed."""

    __slots__ = ("_terms", "constant")

    def __init__(
        self,
        terms: Mapping[Variable, float] | Iterable[tuple[Variable, float]] = (),
        constant: float = 0.0,
    ) -> None:
        """Keep how many times each column counts, and the constant."""
        self._terms: dict[Variable, float] = terms if type(terms) is dict else dict(terms)
        self.constant = constant

    def items(self) -> ItemsView[Variable, float]:
        """Return the columns, each with how many times it counts."""
        return self._terms.items()

    def values(self) -> ValuesView[float]:
        """Return how many times each column counts."""
        return self._terms.values()

    def __iter__(self) -> Iterator[Variable]:
        """Yield the columns."""
        return iter(self._terms)

    def __len__(self) -> int:
        """Return how many columns take part."""
        return len(self._terms)

    def _with(self, other: Variable | Expression | float, sign: float) -> Expression:
        terms, constant = self._terms.copy(), self.constant
        if isinstance(other, Variable):
            terms[other] = terms.get(other, 0.0) + sign
        elif isinstance(other, Expression):
            for column, share in other.items():
                terms[column] = terms.get(column, 0.0) + sign * share
            constant += sign * other.constant
        else:
            constant += sign * other
        return Expression(terms, constant)

    def __add__(self, other: Variable | Expression | float) -> Expression:
        """Return the sum."""
        return self._with(other, 1.0)

    __radd__ = __add__

    def __sub__(self, other: Variable | Expression | float) -> Expression:
        """Return the difference."""
        return self._with(other, -1.0)

    def __rsub__(self, other: Variable | Expression | float) -> Expression:
        """Return the difference, taken from the other."""
        return (-self)._with(other, 1.0)

    def __neg__(self) -> Expression:
        """Return the expression taken off."""
        return self * -1.0

    def __mul__(self, factor: float) -> Expression:
        """Return the expression so many times; `ValueError` where that is no number."""
        if not _counts(factor):
            return Expression()
        terms = {column: factor * share for column, share in self._terms.items()}
        return Expression(terms, factor * self.constant)

    __rmul__ = __mul__


def _counts(factor: float) -> bool:
    """Whether a factor leaves anything; `ValueError` for one that is not a finite number."""
    if not isfinite(factor):
        raise ValueError(f"a column cannot count {factor} times")
    return factor != 0


class Sense(Enum):
    """Which side of the limit the left side must stay on."""

    AT_MOST = "≤"
    AT_LEAST = "≥"
    EXACTLY = "="


class Key(NamedTuple):
    """What a row is about; parts that do not apply are empty."""

    group: str = ""
    location: str = ""
    kind: str = ""
    month: dt.date | None = None
    province: str = ""
    region: str = ""


class Constraint(NamedTuple):
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
    shortfall: Variable | None = None


def total(terms: Iterable[Variable | Expression]) -> Expression:
    """Return the sum of columns and expressions."""
    summed: dict[Variable, float] = {}
    constant = 0.0
    for term in terms:
        if isinstance(term, Variable):
            summed[term] = summed.get(term, 0.0) + 1.0
        else:
            for column, share in term.items():
                summed[column] = summed.get(column, 0.0) + share
            constant += term.constant
    return Expression(summed, constant)


def at_most(
    left: Variable | Expression,
    limit: float,
    key: Key,
    *,
    weight: float = 1.0,
    shortfall: Variable | None = None,
) -> Constraint:
    """Return a row that keeps the left side at or below a limit."""
    return _row(left, Sense.AT_MOST, limit, key, weight, shortfall)


def at_least(
    left: Variable | Expression,
    limit: float,
    key: Key,
    *,
    weight: float = 1.0,
    shortfall: Variable | None = None,
) -> Constraint:
    """Return a row that keeps the left side at or above a limit."""
    return _row(left, Sense.AT_LEAST, limit, key, weight, shortfall)


def exactly(
    left: Variable | Expression, limit: float, key: Key, *, shortfall: Variable | None = None
) -> Constraint:
    """Return a row that keeps the left side at a limit; a shortfall is what it stays below."""
    return _row(left, Sense.EXACTLY, limit, key, 1.0, shortfall)


def _row(  # noqa: PLR0913, PLR0917 - a row has these parts
    left: Variable | Expression,
    sense: Sense,
    limit: float,
    key: Key,
    weight: float,
    shortfall: Variable | None,
) -> Constraint:
    """Return a row with constants of the left side moved into the limit."""
    expression = left if isinstance(left, Expression) else Expression({left: 1.0})
    constant = float(expression.constant)
    if constant:
        expression = Expression(dict(expression.items()))
    return Constraint(key, expression, sense, limit - constant, weight, shortfall)


class LinearSum(NamedTuple):
    """An expression as arrays: the numbers of its columns, how many times each, and a constant."""

    numbers: np.ndarray
    shares: np.ndarray
    constant: float

    @classmethod
    def of(cls, expression: Expression) -> LinearSum:
        """Return an expression as arrays."""
        return cls(
            np.array([column.number for column in expression], dtype=int),
            np.array([float(share) for share in expression.values()], dtype=float),
            float(expression.constant),
        )

    def value(self, values: np.ndarray) -> float:
        """Return what it comes to; `values` holds each column's value."""
        return self.constant + float(values[self.numbers] @ self.shares)


class Columns:
    """The columns of a problem, in the order they were made.

    A column has nothing but its number; what it stands for is kept by whoever made it.
    """

    def __init__(self) -> None:
        """Start without columns."""
        self._upper: list[float] = []
        self._whole: list[bool] = []
        self._stage: list[int] = []

    def add(self, *, stage: int, upper: float | None = None, whole: bool = False) -> Variable:
        """Make a column that is at least 0; `stage` is its month's number, -1 for all months."""
        column = Variable(len(self._upper))
        self._upper.append(np.inf if upper is None else upper)
        self._whole.append(whole)
        self._stage.append(stage)
        return column

    def __len__(self) -> int:
        """Return how many columns there are."""
        return len(self._upper)

    def bounded_as(self, others: Columns) -> Columns:
        """Return these columns with the upper bounds that the first of them have among others."""
        changed = Columns()
        changed._upper = others._upper + self._upper[len(others) :]
        changed._whole, changed._stage = self._whole, self._stage
        return changed

    @staticmethod
    def index(column: Variable) -> int:
        """Return a column's number."""
        return column.number

    def upper_bounds(self) -> np.ndarray:
        """Return every column's upper bound, infinite where it has none."""
        return np.array(self._upper, dtype=float)

    def wholes(self) -> np.ndarray:
        """Return which columns must take whole values."""
        return np.array(self._whole, dtype=bool)

    def stages(self) -> np.ndarray:
        """Return every column's month number, -1 for those that span months."""
        return np.array(self._stage, dtype=int)

    @staticmethod
    def value(expression: Expression, values: np.ndarray) -> float:
        """Return what an expression comes to; `values` holds each column's value."""
        return LinearSum.of(expression).value(values)

    @staticmethod
    def sparse(
        rows: Iterable[tuple[Expression, Variable | None, float]],
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return compressed rows: starts, column numbers, coefficients.

        A row is an expression, a column that joins it (or none), and that column's coefficient.
        """
        starts: list[int] = [0]
        numbers: list[int] = []
        coefficients: list[float] = []
        for left, joining, share in rows:
            numbers += [column.number for column in left]
            coefficients += left.values()
            if joining is not None:
                numbers.append(joining.number)
                coefficients.append(share)
            starts.append(len(numbers))
        return (
            np.array(starts, dtype=np.int32),
            np.array(numbers, dtype=np.int32),
            np.array(coefficients, dtype=float),
        )
