"""What a bed would be worth that is not there: after a contract's end, before an opening.

There is no limit to read a price from, so it is estimated from what a person more would cost
(the price of the row that places everyone) less what the person costs in such a bed, for the
group that gains most. Rows that such a bed would add are left out, so it is an estimate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.explain.prices import Worth
from planner.explain.solved import Solved
from planner.input.kinds import PlaceKind, Suitability
from planner.input.location import Location
from planner.model.decisions import may_stay

_NONE = 1e-7
# What a gain of other people than those concerned counts for.
INDIRECT = 0.3


@dataclass(frozen=True)
class BedPrices:
    """Estimates what a bed more at a location in a month changes, where it has none."""

    solved: Solved

    @cached_property
    def person(self) -> Mapping[tuple[str, dt.date], np.ndarray]:
        """What one person more of a group in a month changes at each level."""
        found = {}
        for each in self.solved.by_rule.get("everyone_placed", ()):
            key = each.row.key
            if each.number is not None and key.month is not None:
                found[key.group, key.month] = self.solved.prices.rows[:, each.number]
        return found

    @cached_property
    def _direct(self) -> Mapping[tuple[str, str, PlaceKind], np.ndarray]:
        """What a person of a group costs in a kind at a location, at each level, in some month."""
        levels = np.array([level.costs for level in self.solved.problem.levels])
        index = self.solved.problem.columns.index
        return {
            (group, location, kind): levels[:, index(column)]
            for (group, location, kind, _), column in self.solved.problem.choose.people.items()
        }

    def best(self, location: Location, month: dt.date) -> Worth | None:
        """Return what a bed there changes for the group that gains most, and at which level."""
        gains = [
            Worth(first, float(change[first])) for _, first, change in self._of(location, month)
        ]
        return min(gains, key=lambda each: (each.level, each.change), default=None)

    def at_level(
        self, location: Location, month: dt.date, level: int, groups: frozenset[str]
    ) -> float:
        """Return what a bed there takes off a level for the group that gains most, at least 0.

        What other groups than those asked about would gain counts for little: whether it frees a
        place for these, only a trial can tell.
        """
        found = 0.0
        for group, first, change in self._of(location, month):
            if first <= level:
                share = 1.0 if group in groups else INDIRECT
                found = max(found, -share * float(change[level]))
        return found

    def _of(self, location: Location, month: dt.date) -> tuple[tuple[str, int, np.ndarray], ...]:
        key = (location.id, month)
        if key not in self._gains:
            self._gains[key] = tuple(self._gaining(location, month))
        return self._gains[key]

    @cached_property
    def _gains(self) -> dict[tuple[str, dt.date], tuple[tuple[str, int, np.ndarray], ...]]:
        """What has been found for a location and month."""
        return {}

    def _gaining(self, location: Location, month: dt.date) -> Iterator[tuple[str, int, np.ndarray]]:
        """Yield what one of each group there changes, where that is better, and since when."""
        for group in self.solved.case.groups:
            change = self._change(group, location, month)
            first = None if change is None else _first(change)
            if first is not None and change is not None and change[first] < 0:
                yield group, first, change

    def _change(self, group: str, location: Location, month: dt.date) -> np.ndarray | None:
        kind = location.type.base_kind
        person = self.person.get((group, month))
        if person is None or not may_stay(self.solved.case, group, location, kind):
            return None
        direct = self._direct.get((group, location.id, kind))
        if direct is None:
            suits = self.solved.case.groups[group].suitability(kind)
            if suits is not Suitability.PREFERRED:
                return None
            direct = np.zeros(len(person))
        return np.asarray(direct - person, dtype=float)


def _first(change: np.ndarray) -> int | None:
    """Return the first level at which something changes."""
    at = np.flatnonzero(np.abs(change) > _NONE)
    return int(at[0]) if len(at) else None
