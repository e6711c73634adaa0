"""The prices that prove a plan, by the names of rows, for the record in its workbook.

The verifier has rows of its own, so the prices go by what a row is about: its rule, how it binds,
and the parts of its key. This is the one place that knows how they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from planner.core.beside import begun_beside
from planner.model.algebra import Sense
from planner.model.build import Problem, RuleRow
from planner.solver.outcome import Outcome

# Prices are told in so many digits: any prices prove something, and these as much as any.
_DIGITS = 13
_HARD = {Sense.AT_MOST: "<", Sense.AT_LEAST: ">", Sense.EXACTLY: "="}


def named_beside(problem: Problem) -> Callable[[], Sequence[str]]:
    """Begin to name the solved rows of a problem, beside its solving; return how to wait for them.

    They take longer than their prices, and whoever stops a plan behind its solving waits for both.
    """
    return begun_beside(lambda: _names(_solved(problem)))


def recorded_prices(
    problem: Problem, outcome: Outcome, named: Callable[[], Sequence[str]] | None = None
) -> Mapping[str, Any]:
    """Return the names of priced rows, and by level the prices by the number of the name.

    `named` gives the names where those were begun before.

    A price is what one unit beyond the row's limit costs: never below zero where the row binds one
    way only.
    """
    at_least = np.isposinf(problem.upper)
    signs = np.where(at_least, 1.0, -1.0)
    prices = {
        name: signs * np.where(np.abs(each.duals) > 0, each.duals, 0.0)
        for name, each in outcome.prices.items()
    }
    if not prices:
        return {"names": [], "levels": {}}
    priced = np.flatnonzero(np.any([each != 0 for each in prices.values()], axis=0))
    names = _names(_solved(problem)) if named is None else named()
    at = {int(row): number for number, row in enumerate(priced)}
    return {
        "names": [names[row] for row in priced.tolist()],
        "levels": {
            name: {
                "at": [at[row] for row in np.flatnonzero(each).tolist()],
                "prices": [float(f"{price:.{_DIGITS}g}") for price in each[each != 0].tolist()],
                "levels": dict(outcome.prices[name].levels),
            }
            for name, each in prices.items()
        },
    }


def _solved(problem: Problem) -> list[RuleRow]:
    return [each for each in problem.rows if each.number is not None]


def _names(rows: list[RuleRow]) -> list[str]:
    times: Counter[str] = Counter()
    names = []
    for each in rows:
        name = _name(each)
        times[name] += 1
        names.append(name if times[name] == 1 else f"{name}#{times[name]}")
    return names


def _name(each: RuleRow) -> str:
    key, rule = each.row.key, each.rule
    soft = not rule.hard and each.row.sense is not Sense.EXACTLY
    sense = "~" if soft else _HARD[each.row.sense]
    kind = "" if rule.name.startswith("dol_") else str(key.kind)
    month = "" if key.month is None else f"{key.month:%Y-%m}"
    where = f"{key.location}|{kind}|{key.province}|{key.region}|{key.group}"
    return f"{rule.name}|{sense}|{where}|{month}"
