"""`FixedDecisions`: what a plan decided, to be carried out again when something else happens.

Decided are openings, extensions, early closings and the DOL places newly fitted out; whoever lives
where is not, for that follows from what happens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum

import pandas as pd

from planner.input.case import Case
from planner.model.algebra import Variable
from planner.model.decisions import Decisions

OPEN, EXTEND, CLOSE_EARLY, PREPARE_DOL = "open", "extend", "close_early", "prepare_dol"

# Below this a decision is the solver's rounding.
NOTHING = 1e-7


@dataclass(frozen=True)
class Target:
    """A column and what was decided of it; `weight` is how many places a unit stands for."""

    column: Variable
    value: float
    weight: float


@dataclass(frozen=True)
class FixedDecisions:
    """Decisions by location: `shares` opened or extended, the rest also by month.

    `shares` are keyed by (location, decision) and run from 0 to 1; `closed` is the share newly
    given up in a month, `fitted_out` the DOL places newly fitted out. What has no key was not
    decided to do, which is a decision too.
    """

    shares: Mapping[tuple[str, str], float]
    closed: Mapping[tuple[str, dt.date], float]
    fitted_out: Mapping[tuple[str, dt.date], float]

    @classmethod
    def of_table(cls, decisions: pd.DataFrame) -> FixedDecisions:
        """Return the decisions of a plan's table `decisions` (location, decision, month, value)."""
        shares: dict[tuple[str, str], float] = {}
        by_month: dict[str, dict[tuple[str, dt.date], float]] = {CLOSE_EARLY: {}, PREPARE_DOL: {}}
        columns = ("location", "decision", "month", "value")
        for location, decision, month, value in zip(
            *(decisions[name].tolist() for name in columns), strict=True
        ):
            if decision in by_month:
                by_month[decision][location, month] = float(value)
            else:
                shares[location, decision] = float(value)
        return cls(shares, by_month[CLOSE_EARLY], by_month[PREPARE_DOL])

    def targets(self, case: Case, choose: Decisions) -> Iterator[Target]:
        """Yield what was decided about each decision that a case leaves open."""
        for decision, columns in ((OPEN, choose.open), (EXTEND, choose.extend)):
            for location, column in columns.items():
                share = self.shares.get((location, decision), 0.0)
                yield Target(column, share, _beds(case, location))
        for (location, month), column in choose.closed.items():
            yield Target(column, self._closed_by(location, month), _beds(case, location))
        for key, column in choose.dol_fitted_out.items():
            yield Target(column, self.fitted_out.get(key, 0.0), 1.0)

    def without_use(self, choose: Decisions) -> Iterator[tuple[str, str, dt.date | None, float]]:
        """Yield what was decided and cannot even be asked of a case: location, what, month, value.

        The location is not there, is open anyway, or its months lie outside the plan.
        """
        open_to = {OPEN: choose.open, EXTEND: choose.extend}
        for (location, decision), share in self.shares.items():
            if share > NOTHING and location not in open_to[decision]:
                yield location, decision, None, share
        for decision, taken, columns in (
            (CLOSE_EARLY, self.closed, choose.closed),
            (PREPARE_DOL, self.fitted_out, choose.dol_fitted_out),
        ):
            for (location, month), value in taken.items():
                if value > NOTHING and (location, month) not in columns:
                    yield location, decision, month, value

    def _closed_by(self, location: str, month: dt.date) -> float:
        """Return the share of a location that has been given up by a month."""
        return fsum(
            share
            for (each, given_up), share in self.closed.items()
            if each == location and given_up <= month
        )


def _beds(case: Case, location: str) -> float:
    """Return a location's beds, at least 1 so that no decision goes uncounted."""
    return float(max(case.locations[location].beds, 1))
