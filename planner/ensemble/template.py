"""The model of other people present, written into the places of one that is there.

Who is present moves limits and a few coefficients, and nothing else. So only the rules that it
moves give their rows again; to build everything again takes as long as to solve it. Which rules
those are is found by building the model once with more people, and what is written is held against
that one, number by number, before it is relied on.
"""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import NamedTuple

import numpy as np

from planner.ensemble.prepared import Prepared
from planner.input.case import Case
from planner.margin.stress import People, with_people
from planner.model.algebra import Key, Sense
from planner.model.decisions import Decisions
from planner.model.measures import UNMOVED
from planner.model.rules import RULES
from planner.model.rules.rule import Level, Rule
from planner.solver.outcome import LinearModel

# The model with which another is compared has so many times the people.
_MORE = 1.25


class _Known(NamedTuple):
    """A row of a rule in the first model: its place there, `None` where it has none."""

    key: Key
    weight: float
    number: int | None


class Template:
    """A model, and what other people present change in it.

    It may be sent to another process: rules go by their names.
    """

    def __init__(self, case: Case, first: Prepared, people: People) -> None:
        """Find out what moves with the people of a case; `first` is its model with them."""
        self._case = case
        self._model, self._choose = first.model, first.problem.choose
        self._people = dict(people)
        more = {key: _MORE * each for key, each in people.items()}
        other = Prepared.of(with_people(case, more), whole=False)
        self._rows = {name: _rows_of(first, name) for name in _moving_rules(first, other)}
        self._unmoved = self._constant(first.case, self._choose)
        written = self.model(more)
        self.holds = written is not None and _same(written, other.model)

    def model(self, people: People) -> LinearModel | None:
        """Return the model with other people; None where other choices would be there."""
        if {k for k, each in people.items() if each > 0} != {
            k for k, each in self._people.items() if each > 0
        }:
            return None
        before = self._model
        case = with_people(self._case, people)
        choose = replace(self._choose, demand=dict(people))
        upper, values = before.upper.copy(), before.values.copy()
        low, high = before.row_lower.copy(), before.row_upper.copy()
        for key, column in choose.unplaced.items():
            upper[column.number] = people[key]
        for rule in (each for each in RULES if each.name in self._rows):
            if not self._write(rule, case, choose, (values, low, high)):
                return None
        more = self._constant(case, choose) - self._unmoved
        levels = tuple(
            replace(each, constant=each.constant + more) if each.name == Level.COST.value else each
            for each in before.levels
        )
        return replace(
            before, upper=upper, values=values, row_lower=low, row_upper=high, levels=levels
        )

    def _write(
        self,
        rule: Rule,
        case: Case,
        choose: Decisions,
        into: tuple[np.ndarray, np.ndarray, np.ndarray],
    ) -> bool:
        """Write the rows of a rule over those of before; whether they are the same rows."""
        values, low, high = into
        model, made = self._model, list(rule.rows(case, choose))
        before = self._rows[rule.name]
        if len(made) != len(before):
            return False
        for row, known in zip(made, before, strict=True):
            if row.key != known.key or row.weight != known.weight:
                return False
            if known.number is None:
                continue
            begin = int(model.starts[known.number])
            columns = [column.number for column in row.left]
            if columns != model.indices[begin : begin + len(columns)].tolist():
                return False
            values[begin : begin + len(columns)] = list(row.left.values())
            low[known.number] = -np.inf if row.sense is Sense.AT_MOST else row.limit
            high[known.number] = np.inf if row.sense is Sense.AT_LEAST else row.limit
        return True

    @staticmethod
    def _constant(case: Case, choose: Decisions) -> float:
        return fsum(each for of in UNMOVED.values() for _, each in of(case, choose))


def _rows_of(prepared: Prepared, rule: str) -> list[_Known]:
    return [
        _Known(each.row.key, each.row.weight, each.number)
        for each in prepared.problem.rows
        if each.rule.name == rule
    ]


def _moving_rules(first: Prepared, other: Prepared) -> tuple[str, ...]:
    """Return the names of the rules of which a row differs between two models."""
    found: dict[str, None] = {}
    for one, two in zip(first.problem.rows, other.problem.rows, strict=False):
        if one.rule.name in found:
            continue
        same = one.row.limit == two.row.limit and list(one.row.left.values()) == list(
            two.row.left.values()
        )
        if not same:
            found[one.rule.name] = None
    return tuple(found)


def _same(one: LinearModel, two: LinearModel) -> bool:
    """Whether two models are the same, number by number."""
    arrays = ("lower", "upper", "row_lower", "row_upper", "starts", "indices", "values")
    alike = all(
        getattr(one, name).shape == getattr(two, name).shape
        and np.allclose(getattr(one, name), getattr(two, name), rtol=1e-12, atol=1e-12)
        for name in arrays
    )
    return alike and all(
        np.array_equal(ours.cost, theirs.cost)
        and abs(ours.constant - theirs.constant) <= 1e-9 * max(1.0, abs(theirs.constant))
        for ours, theirs in zip(one.levels, two.levels, strict=True)
    )
