"""A case as a model, what is decided in it and when, and the model with decisions kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from planner.input.case import Case
from planner.input.months import later
from planner.model.build import Problem, build
from planner.model.decisions import Decisions, Footing
from planner.model.identity import Identities, column_identities, row_identities
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import LinearModel


@dataclass(frozen=True)
class Prepared:
    """A case as a model, with what its columns and rows stand for."""

    case: Case
    problem: Problem
    model: LinearModel

    @classmethod
    def of(cls, case: Case, *, whole: bool) -> Prepared:
        """Return a case as a model; `whole` has locations decided on as a whole."""
        problem = build(case, whole=whole)
        return cls(case, problem, linear_model(problem))

    @cached_property
    def rows(self) -> Identities:
        """What each row stands for."""
        return row_identities(self.problem)

    @cached_property
    def columns(self) -> Identities:
        """What each column stands for."""
        return column_identities(self.problem, self.rows)

    def decisions(self, until: dt.date | None = None) -> Mapping[Hashable, int]:
        """Return the columns of what is decided, by what they stand for; until a month if given."""
        moments = dict(_moments(self.problem.choose, self.case))
        return {
            each: number
            for number, each in enumerate(self.columns)
            if each in moments and (until is None or moments[each] <= until)
        }


def _moments(choose: Decisions, case: Case) -> Iterator[tuple[Hashable, dt.date]]:
    """Yield each decision with the month in which it is taken at the latest.

    An opening so many months before its first as the lead time takes, an extension in its first
    month, a closing and DOL places in theirs.
    """
    usable: dict[str, dt.date] = {}
    extended: dict[str, dt.date] = {}
    for (location, month), footing in choose.footing.items():
        usable[location] = min(month, usable.get(location, month))
        if footing is Footing.EXTENSION:
            extended[location] = min(month, extended.get(location, month))
    for location in choose.open:
        lead = case.locations[location].lead_time_months or 0
        yield ("open", location), later(usable[location], -lead)
    for location in choose.extend:
        yield ("extend", location), extended[location]
    for location, month in choose.closed:
        yield ("closed", (location, month)), month
    for location, month in choose.dol_fitted_out:
        yield ("dol_fitted_out", (location, month)), month


Kept = Mapping[Hashable, float]


def values_of(prepared: Prepared, values: np.ndarray, until: dt.date | None) -> Kept:
    """Return what was decided until a month: what each decision stands for, and its value."""
    return {each: float(values[at]) for each, at in prepared.decisions(until).items()}


def fixed_at(prepared: Prepared, kept: Kept) -> LinearModel:
    """Return a scenario's model with decisions kept at values, as far as its bounds allow."""
    return with_columns_at(prepared.model, decided_at(prepared, kept))


def decided_at(prepared: Prepared, kept: Kept) -> Mapping[int, float]:
    """Return by column at what decisions are kept, as far as the bounds of a model allow."""
    model, decided = prepared.model, prepared.decisions()
    found = {}
    for each, value in kept.items():
        at = decided.get(each)
        if at is not None:
            whole = round(value) if model.whole[at] else value
            found[at] = float(min(max(whole, model.lower[at]), model.upper[at]))
    return found


def with_columns_at(model: LinearModel, values: Mapping[int, float]) -> LinearModel:
    """Return a model with columns kept at values."""
    lower, upper = model.lower.copy(), model.upper.copy()
    columns = list(values)
    lower[columns] = upper[columns] = list(values.values())
    return replace(model, lower=lower, upper=upper)
