"""The figures that answer first, read from a solution before the plan is whole.

Once people, emergency reception and DOL are settled, no later level makes these worse; which
months they fall in may still change.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import fsum

import numpy as np

from planner.input.kinds import PlaceKind, Suitability
from planner.model.algebra import Variable
from planner.model.build import Problem
from planner.result.main_figures import MainFigures
from planner.result.tables import runoff
from planner.sheets.result_tables import LevelName

# The levels after which the figures are worth being shown.
ANSWERING = (LevelName.UNPLACED.value, LevelName.EMERGENCY.value, LevelName.DUBLIN.value)


def early_figures(problem: Problem, values: np.ndarray) -> MainFigures:
    """Return the figures of a solution; `values` holds each column's value."""
    return _Reader(problem, values).figures()


class WhenAnswered:
    """Tells the figures once, as soon as the levels that they hang on are settled."""

    def __init__(self, problem: Problem, tell: Callable[[MainFigures], None]) -> None:
        """Wait for the levels of a problem that cost anything."""
        self._problem = problem
        self._tell = tell
        self._waiting = {
            level.content.level.value for level in problem.levels if level.costs.any()
        } & set(ANSWERING)

    def settled(self, level: str, values: np.ndarray) -> None:
        """Hear that a level is settled, and by which values."""
        if not self._waiting:
            return
        self._waiting.discard(level)
        if not self._waiting:
            self._tell(early_figures(self._problem, values))


class _Reader:
    """Adds up a solution's columns by month."""

    def __init__(self, problem: Problem, values: np.ndarray) -> None:
        self._problem = problem
        self._values = values

    def figures(self) -> MainFigures:
        choose, case = self._problem.choose, self._problem.case
        theirs = {name for name, each in case.groups.items() if each.prefers(PlaceKind.DOL)}
        outside = {
            (name, kind)
            for name in theirs
            for kind in PlaceKind
            if case.groups[name].suitability(kind) is Suitability.FALLBACK
        }
        unplaced = [(month, column) for (_, month), column in choose.unplaced.items()]
        emergency, dol = [], []
        for (group, _, kind, month), column in choose.people.items():
            if kind.emergency:
                emergency.append((month, column))
            if kind is PlaceKind.DOL or (group, kind) in outside:
                dol.append((month, column))
        dol += [
            (month, each) for (group, month), each in choose.unplaced.items() if group in theirs
        ]
        prepared = [(month, column) for (_, month), column in choose.dol_prepared.items()]
        return MainFigures(
            months=tuple(case.months),
            without_place=self._by_month(unplaced),
            emergency=self._by_month(emergency),
            dol_places=self._by_month(prepared),
            dol_needed=self._by_month(dol),
            beds=self._beds(),
            beds_needed=tuple(needed for _, _, needed, _ in runoff(self._problem)),
        )

    def _value(self, column: Variable) -> float:
        return max(float(self._values[self._problem.choose.columns.index(column)]), 0.0)

    def _by_month(self, columns: Iterable[tuple[dt.date, Variable]]) -> tuple[float, ...]:
        found: dict[dt.date, float] = defaultdict(float)
        for month, column in columns:
            found[month] += self._value(column)
        return tuple(found[month] for month in self._problem.case.months)

    def _beds(self) -> tuple[float, ...]:
        """Return the beds in contract by month, each location's once."""
        choose, case = self._problem.choose, self._problem.case
        found: dict[dt.date, float] = defaultdict(float)
        for location, month in {(location, month) for location, _, month in choose.places}:
            beds = choose.capacity(case.locations[location], month)
            found[month] += float(beds.constant)
            found[month] += fsum(float(share) * self._value(each) for each, share in beds.items())
        return tuple(found[month] for month in case.months)
