"""What a plan costs by year, line, kind of place, province and municipality.

The amounts come from the very expressions that were minimised, so that they add up to the cost.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import fsum
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.core.texts import message
from planner.explain.origins.contributions import choices_of
from planner.input.kinds import PlaceKind
from planner.model.algebra import Key
from planner.model.build import Problem
from planner.model.decisions import Footing
from planner.model.measures import COST_PARTS, COST_UNPLACED, UNMOVED, Measure
from planner.result.uncounted import uncounted_lines

COLUMNS = (
    "year", "line", "title", "kind", "province", "municipality", "amount", "counted", "why",
)  # fmt: skip
# Below this an amount is the solver's rounding.
NOTHING = 1e-6
ONCE: Mapping[str, str] = {"cost_opening": "open", "cost_extension": "extend"}
# What a location costs month by month.
_MONTHLY = tuple(
    each for each in COST_PARTS if each.name in {"cost_places", "cost_dol_extra", "cost_fixed"}
)


class _Where(NamedTuple):
    """What an amount is added up by; `kind`, `province` and `municipality` may be of no place."""

    year: str
    kind: PlaceKind | None
    province: str | None
    municipality: str | None


def cost_table(problem: Problem, values: np.ndarray, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return what each line costs, in euros; `counted` says whether it is part of the total cost.

    A line that is not known has a row without an amount that says why. What people without a place
    would cost in emergency reception stands last, and is no part of the total.
    """
    rows: list[tuple[object, ...]] = []
    for part in (*COST_PARTS, COST_UNPLACED):
        amounts: dict[_Where, float] = defaultdict(float)
        for where, amount in _amounts(problem, values, decisions, part):
            amounts[where] += amount
        counted = part is not COST_UNPLACED
        rows += [
            (where.year, part.name, part.title, *_words(where), amount, counted, None)
            for where, amount in amounts.items()
            if abs(amount) > NOTHING
        ]
    titles = {part.name: part.title for part in COST_PARTS}
    for line, missing in uncounted_lines(problem.case):
        why = message("plan.cost_line_unknown", missing=missing).both
        rows.append((None, line, titles[line], None, None, None, None, False, why))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"amount": float, "counted": object, "why": object, "title": object})


def with_costs(problem: Problem, values: np.ndarray, decisions: pd.DataFrame) -> pd.DataFrame:
    """Return the decisions with what each costs in the planned months, in euros.

    Of opening and extending: what is paid once, and what the location costs from that month on. Of
    fitting out DOL: what is paid once. Empty where nobody gave it, and for closing early.
    """
    monthly: dict[str, dict[dt.date, float]] = defaultdict(lambda: defaultdict(float))
    for part in _MONTHLY:
        for _, key, amount in choices_of(problem, values, part):
            if key.month is not None:
                monthly[key.location][key.month] += amount
    rows = decisions[["location", "decision", "month", "value"]].itertuples(index=False)
    costs = [_cost_of(problem, monthly, *row) for row in rows]
    return decisions.assign(cost=pd.Series(costs, index=decisions.index, dtype=float))


def _cost_of(  # noqa: PLR0913, PLR0917 - the columns of a decision
    problem: Problem,
    monthly: Mapping[str, Mapping[dt.date, float]],
    location: str,
    decision: str,
    month: dt.date,
    value: float,
) -> float | None:
    """Return what a decision costs in the planned months; nothing where that is not known."""
    place = problem.case.locations.get(location)
    if place is None or decision not in {"open", "extend", "prepare_dol"}:
        return None
    if decision == "prepare_dol":
        fitting = problem.case.parameters.optional("dol_fitting_cost", month)
        return None if fitting is None else fitting * value
    once = place.opening_cost if decision == "open" else place.extension_cost
    later = fsum(amount for at, amount in monthly[location].items() if at >= month)
    return (once or 0.0) * value + later


def _words(where: _Where) -> tuple[str | None, str | None, str | None]:
    kind = None if where.kind is None else where.kind.value
    return kind, where.province or None, where.municipality or None


def _amounts(
    problem: Problem, values: np.ndarray, decisions: pd.DataFrame, part: Measure
) -> Iterator[tuple[_Where, float]]:
    if part.name in UNMOVED:
        for month, amount in UNMOVED[part.name](problem.case, problem.choose):
            yield _Where(str(month.year), None, None, None), amount
        return
    first = _first_months(decisions, ONCE.get(part.name, ""))
    for family, key, amount in choices_of(problem, values, part):
        if key.month is None and part.name not in ONCE:
            # What is opened or extended costs so much in each month that it is used by that.
            months = _months_by(problem, key.location, family)
            for month in months:
                yield _where(problem, family, key, month), amount / len(months)
            continue
        when = key.month or first.get(key.location)
        if when is not None:
            yield _where(problem, family, key, when), amount


def _months_by(problem: Problem, location: str, family: str) -> list[dt.date]:
    """Return the months in which a location can be used because it is opened, or extended."""
    footing = Footing.CANDIDATE if family == "open" else Footing.EXTENSION
    return [
        month
        for (each, month), on in problem.choose.footing.items()
        if each == location and on is footing
    ]


def _first_months(decisions: pd.DataFrame, decision: str) -> Mapping[str, dt.date]:
    """Return the month in which each location's decision takes effect."""
    made = decisions[decisions["decision"] == decision]
    return dict(zip(made["location"].tolist(), made["month"].tolist(), strict=True))


def _where(problem: Problem, family: str, key: Key, month: dt.date) -> _Where:
    location = problem.case.locations.get(key.location)
    if location is None:
        return _Where(str(month.year), None, None, None)
    kind = location.type.base_kind
    if family == "dol_fitted_out":
        kind = PlaceKind.DOL
    elif key.kind:
        kind = PlaceKind[str(key.kind).upper()]
    return _Where(str(month.year), kind, location.province, location.municipality)
