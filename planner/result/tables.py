"""The result tables: a solution's numbers by location, group, kind and month.

Numbers are plain; months are dates; only what is not zero is listed, except in `places`,
`demand` and `runoff`, which are complete.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from math import fsum

import numpy as np
import pandas as pd

from planner.input.kinds import PlaceKind
from planner.model.algebra import Expression, Variable
from planner.model.build import Problem, RuleRow
from planner.model.rules.rule import Level
from planner.result.moved_to import with_destinations

# Below this a figure is the solver's rounding, not a person.
NOTHING = 1e-7

# The tables of what is decided: all else follows from them.
DECIDED = ("placement", "places", "dol", "decisions")
TABLE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "placement": ("location", "group", "kind", "month", "people"),
    "places": ("location", "kind", "month", "places", "beds"),
    "dol": ("location", "month", "prepared", "in_use", "people", "idle"),
    "shortfalls": (
        "rule",
        "level",
        "standing",
        "source",
        "location",
        "kind",
        "province",
        "region",
        "group",
        "month",
        "amount",
        "unit",
    ),
    "moves": ("location", "group", "month", "people", "to"),
    "decisions": ("location", "decision", "month", "value"),
    "runoff": ("month", "portfolio_beds", "needed_beds", "shortage"),
    "demand": ("group", "month", "people"),
}

EXPLANATION_COLUMNS = (
    "section",
    "part",
    "rule",
    "rule_title",
    "level",
    "standing",
    "source",
    "location",
    "kind",
    "group",
    "month",
    "used",
    "limit",
    "room",
    "unit",
    "users",
    "worth",
    "worth_unit",
    "up_to",
    "confirmed",
    "cause",
    "province",
    "region",
    "sort",
    "subject",
    "cells",
    "edits",
    "sentence",
)


def result_tables(problem: Problem, values: np.ndarray) -> dict[str, pd.DataFrame]:
    """Return every result table of a solution; `values` holds each column's value."""
    frames = _frames(problem, values, TABLE_COLUMNS)
    frames["moves"] = with_destinations(problem.case, frames["moves"], frames["placement"])
    return frames


def decided_tables(problem: Problem, values: np.ndarray) -> dict[str, pd.DataFrame]:
    """Return the result tables of a solution that all others follow from."""
    return _frames(problem, values, DECIDED)


def _frames(problem: Problem, values: np.ndarray, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    reader = _Reader(problem, values)
    # Each is made only where it is asked for.
    rows = {
        "placement": reader.placement(),
        "places": reader.places(),
        "dol": reader.dol(),
        "shortfalls": reader.shortfalls(),
        "moves": reader.moves(),
        "decisions": reader.decisions(),
        "runoff": runoff(problem),
        "demand": (
            (group, month, people) for (group, month), people in problem.choose.demand.items()
        ),
    }
    return {
        name: pd.DataFrame(list(rows[name]), columns=list(TABLE_COLUMNS[name])) for name in names
    }


def runoff(problem: Problem) -> Iterator[tuple[dt.date, float, float, float]]:
    """Yield per month the beds in contract without any decision, the beds needed, the shortage.

    Beds needed are the people present divided by the occupancy norm, as COA publishes it.
    """
    case = problem.case
    for month in case.months:
        portfolio = case.beds_in_contract(month)
        people = fsum(problem.choose.demand[group, month] for group in case.groups)
        needed = case.beds_needed(people, month)
        yield month, portfolio, needed, max(needed - portfolio, 0.0)


class _Reader:
    """Reads a solution's values by what the columns stand for."""

    def __init__(self, problem: Problem, values: np.ndarray) -> None:
        self._problem = problem
        self._case = problem.case
        self._choose = problem.choose
        self._values = values
        # Each column's value with the solver's rounding below zero taken off. Adding zero turns a
        # negative zero, which a sheet shows as such, into a plain one.
        self._shown: list[float] = (np.maximum(values, 0.0) + 0.0).tolist()
        self._labels: dict[tuple[str, frozenset[str]], str] = {}  # by rule and groups cited

    def _value(self, column: Variable) -> float:
        return self._shown[column.number]

    def _amount(self, expression: Expression) -> float:
        shown = self._shown
        if len(expression) == 1:  # as nearly all are
            ((column, share),) = expression.items()
            return float(expression.constant) + share * shown[column.number]
        amounts = [share * shown[column.number] for column, share in expression.items()]
        return float(expression.constant) + fsum(amounts)

    def placement(self) -> Iterator[tuple[str, str, str, dt.date, float]]:
        for (group, location, kind, month), column in self._choose.people.items():
            people = self._value(column)
            if people > NOTHING:
                yield location, group, kind.value, month, people

    def places(self) -> Iterator[tuple[str, str, dt.date, float, float]]:
        for (location_id, kind, month), column in self._choose.places.items():
            beds = self._choose.capacity(self._case.locations[location_id], month)
            yield location_id, kind.value, month, self._value(column), self._amount(beds)

    def dol(self) -> Iterator[tuple[str, dt.date, float, float, float, float]]:
        for (location_id, month), column in self._choose.dol_prepared.items():
            location = self._case.locations[location_id]
            in_use = self._value(self._choose.places[location_id, PlaceKind.DOL, month])
            people = fsum(
                self._value(each)
                for each in self._choose.people_in(self._case, location, PlaceKind.DOL, month)
            )
            yield location_id, month, self._value(column), in_use, people, max(in_use - people, 0.0)

    def shortfalls(self) -> Iterator[tuple[object, ...]]:
        for each, amount in self._short:
            level = each.rule.level
            if level is not None and level is not Level.MOVES:
                key = each.row.key
                yield (
                    each.rule.name,
                    level.value,
                    each.rule.standing.value,
                    self._source(each),
                    key.location or None,
                    str(key.kind) or None,
                    key.province or None,
                    key.region or None,
                    key.group or None,
                    key.month,
                    amount,
                    each.rule.unit,
                )

    @cached_property
    def _short(self) -> list[tuple[RuleRow, float]]:
        """The rows that fall short: shortfalls of the plan, and who moves."""
        return list(self._problem.falling_short(self._values, NOTHING))

    def _source(self, each: RuleRow) -> str:
        """Return what a shortfall cites; of thousands of rows most cite the same."""
        about = each.rule.name, self._problem.groups_in(each, self._values)
        if about not in self._labels:
            self._labels[about] = each.rule.cites(self._case, about[1]).label.en
        return self._labels[about]

    def moves(self) -> Iterator[tuple[str, str, dt.date, float, None]]:
        for each, people in self._short:
            key = each.row.key
            if each.rule.level is Level.MOVES and key.month is not None:
                yield key.location, key.group, key.month, people, None

    def decisions(self) -> Iterator[tuple[str, str, dt.date, float]]:
        """Yield what was decided, each in the month in which it takes effect."""
        yield from self._terms("open", self._choose.open)
        yield from self._terms("extend", self._choose.extend)
        given_up: dict[str, float] = {}
        for (location, month), column in self._choose.closed.items():
            newly = self._value(column) - given_up.get(location, 0.0)
            given_up[location] = self._value(column)
            if newly > NOTHING:
                yield location, "close_early", month, newly
        for (location, month), column in self._choose.dol_fitted_out.items():
            if self._value(column) > NOTHING:
                yield location, "prepare_dol", month, self._value(column)

    def _terms(
        self, decision: str, columns: Mapping[str, Variable]
    ) -> Iterator[tuple[str, str, dt.date, float]]:
        for location, column in columns.items():
            share = self._value(column)
            if share > NOTHING:
                yield location, decision, self._first_month(location, decision), share

    def _first_month(self, location: str, decision: str) -> dt.date:
        """Return the first month in which an opening or extension gives beds."""
        footing = "candidate" if decision == "open" else "extension"
        return next(
            month
            for month in self._case.months
            if (found := self._choose.footing.get((location, month))) is not None
            and (found.value == footing or decision == "open")
        )
