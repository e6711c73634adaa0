"""`CHECKS`: what no decision can change, reckoned beside the plan and reported with it.

Each is a small function that yields rows: check, source, month, value, limit, unit, holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from planner.model.build import Problem
from planner.sources import RECEPTION, Source
from planner.tables.kinds import PlaceKind


@dataclass(frozen=True)
class Reckoned:
    """One outcome of a check: what it came to in a month, against which limit."""

    check: str
    source: Source
    month: dt.date
    value: float
    limit: float | None
    unit: str


def demand_is_met(problem: Problem, tables: dict[str, pd.DataFrame]) -> Iterator[Reckoned]:
    """People placed and people without a place are together the people present, each month."""
    placed = tables["placement"].groupby("month")["people"].sum()
    missing = tables["shortfalls"]
    unplaced = missing[missing["rule"] == "everyone_placed"].groupby("month")["amount"].sum()
    for month in problem.case.months:
        present = sum(problem.choose.demand[group, month] for group in problem.case.groups)
        found = float(placed.get(month, 0.0)) + float(unplaced.get(month, 0.0))
        yield Reckoned(
            "demand_is_met", RECEPTION.article("19(1)"), month, found, present, "persons"
        )


def guardians_needed(problem: Problem, tables: dict[str, pd.DataFrame]) -> Iterator[Reckoned]:
    """Unaccompanied minors per guardian, against the guardians there are (where known)."""
    del tables
    case = problem.case
    minors = [g.group for g in case.groups.values() if g.prefers(PlaceKind.MINORS)]
    for month in case.months:
        each = case.parameters.optional("minors_per_guardian", month)
        if minors and each:
            needed = sum(problem.choose.demand[group, month] for group in minors) / each
            there = case.parameters.optional("guardians", month)
            source = RECEPTION.article("27(7)")
            yield Reckoned("guardians_needed", source, month, needed, there, "guardians")


CHECKS: tuple[Callable[[Problem, dict[str, pd.DataFrame]], Iterator[Reckoned]], ...] = (
    demand_is_met,
    guardians_needed,
)


def checks_beside(problem: Problem, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the outcome of every check; `holds` is empty where there is no limit to hold."""
    rows = [
        (
            each.check,
            each.source.label.en,
            each.month,
            each.value,
            each.limit,
            each.unit,
            _holds(each),
        )
        for check in CHECKS
        for each in check(problem, tables)
    ]
    return pd.DataFrame(
        rows, columns=["check", "source", "month", "value", "limit", "unit", "holds"]
    )


def _holds(each: Reckoned) -> bool | None:
    if each.limit is None:
        return None
    slack = 1e-6 * max(1.0, abs(each.limit))
    if each.check == "demand_is_met":
        return abs(each.value - each.limit) <= slack
    return each.value <= each.limit + slack
