"""A plan's figures made again from what it decides: the values of all columns, and every table.

What is decided (who lives where, the places in use, the DOL parts, the decisions) gives all else.
A plan is told from the figures made so, and so is one that is verified: the same decisions give
the same tables, to the last digit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from planner.model.algebra import Variable
from planner.model.build import Problem
from planner.model.decisions import Decisions
from planner.model.measures import MEASURES, durable_beds
from planner.result.plan import Quantity
from planner.result.tables import NOTHING, result_tables

Tables = Mapping[str, pd.DataFrame]


def values_of(problem: Problem, tables: Tables) -> np.ndarray:
    """Return the value of each column, from placement, places, dol and decisions alone.

    What names a choice that the case does not have is left out; the verifier tells of that.
    """
    values = np.zeros(len(problem.columns))
    choose = problem.choose
    for key, people in _cells(tables, "placement", "group location kind month", "people"):
        _set(values, choose.people, key, people)
    for key, places in _cells(tables, "places", "location kind month", "places"):
        _set(values, choose.places, key, places)
    for key, prepared in _cells(tables, "dol", "location month", "prepared"):
        _set(values, choose.dol_prepared, key, prepared)
    _decide(choose, tables, values)
    _follow(problem, values)
    return values


def _decide(choose: Decisions, tables: Tables, values: np.ndarray) -> None:
    """Fill in what is opened, extended, fitted out and given up."""
    given_up: dict[tuple[str, dt.date], float] = {}
    for (location, decision, month), share in _cells(
        tables, "decisions", "location decision month", "value"
    ):
        match decision:
            case "open":
                _set(values, choose.open, location, share)
            case "extend":
                _set(values, choose.extend, location, share)
            case "prepare_dol":
                _set(values, choose.dol_fitted_out, (location, month), share)
            case _:
                given_up[location, month] = share
    by_now: dict[str, float] = {}
    for (location, month), column in choose.closed.items():
        by_now[location] = by_now.get(location, 0.0) + given_up.get((location, month), 0.0)
        values[column.number] = by_now[location]


def _cells(tables: Tables, table: str, keys: str, number: str) -> list[tuple[Any, float]]:
    """Return the key and the number of each row of a table; empty cells are left out."""
    frame = tables[table].dropna(subset=[number])
    columns = [frame[name].tolist() for name in keys.split()]
    return list(zip(zip(*columns, strict=True), frame[number].tolist(), strict=True))


def _set(values: np.ndarray, columns: Mapping[Any, Variable], key: object, value: float) -> None:
    column = columns.get(key)
    if column is not None:
        values[column.number] = value


def _follow(problem: Problem, values: np.ndarray) -> None:
    """Fill in what follows from the decisions: shortfalls, moves, and the two worst of their sort.

    Who moves is a shortfall itself that another rule counts, so shortfalls are taken twice.
    """
    case, choose = problem.case, problem.choose
    joined = problem.joining >= 0
    for _ in range(2):
        breach = problem.breaches(values)
        values[problem.joining[joined]] = np.where(breach > NOTHING, breach, 0.0)[joined]
    for (group, month), missing in choose.unplaced.items():
        worst = choose.worst_share.get(month)
        if worst is not None and not case.groups[group].is_protected:
            share = values[missing.number] / max(1.0, choose.demand[group, month])
            values[worst.number] = max(values[worst.number], share)
    for column in choose.worst_province:
        for province in case.provinces.values():
            for month in case.months:
                if province.task:
                    beds = durable_beds(case, choose, province.province, month)
                    missing_beds = province.task - problem.columns.value(beds, values)
                    values[column.number] = max(values[column.number], missing_beds / province.task)


def tables_again(problem: Problem, tables: Tables) -> tuple[dict[str, pd.DataFrame], np.ndarray]:
    """Return the tables that the decisions in some tables give, and the value of each column."""
    values = values_of(problem, tables)
    return result_tables(problem, values), values


def measures_of(problem: Problem, values: np.ndarray) -> Mapping[str, Quantity]:
    """Return the key figures of a plan."""
    return {
        each.name: Quantity(problem.measured(each).value(values), each.unit) for each in MEASURES
    }
