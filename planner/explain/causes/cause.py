"""`Cause`: a figure of the input that explains a shortfall; `AskedCauses`: what it is asked of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from planner.explain.beds import BedPrices
from planner.explain.figures import CellKey, Limit
from planner.explain.shortfalls import Shortfall
from planner.explain.solved import NOTHING, Solved
from planner.input.case import Case
from planner.input.location import Location


class Evidence(IntEnum):
    """How plainly the input shows that a figure is what became too tight."""

    REACHED = 1  # the limit is reached, and nothing says that it was ever otherwise
    WITHIN = 2  # it tightens within the planned months
    PLAINLY = 3  # it tightens as the shortfall begins, or is other than supplied
    AT_ODDS = 4  # it is below what was there at the start: one of the two can hardly be right
    ITSELF = 5  # it is the very limit that is passed, and below what was there at the start


@dataclass(frozen=True)
class Cause:
    """A figure that explains a shortfall.

    `sort` names its sentence, which `fields` fill in. `removes` estimates, in the level's unit,
    what of the shortfall is gone when it is otherwise. `part` is that part of the shortfall: an
    estimate until it was solved without the cause, which `without` gives; `wide` estimates that
    part of everything short at the level.
    """

    sort: str
    subject: str
    removes: float
    shown: Evidence
    without: Callable[[Case], Case]
    cells: tuple[CellKey, ...]
    fields: tuple[tuple[str, object], ...] = ()
    part: float = 0.0
    wide: float = 0.0


@dataclass(frozen=True)
class AskedCauses:
    """A shortfall whose causes are asked for, with what is needed to find them."""

    solved: Solved
    shortfall: Shortfall
    beds: BedPrices
    limits: tuple[Limit, ...]

    @property
    def case(self) -> Case:
        """The case that was planned."""
        return self.solved.case

    @property
    def level(self) -> int:
        """The place of the shortfall's level in the order solved."""
        return self.shortfall.level

    @property
    def about_beds(self) -> bool:
        """Whether the shortfall is one of beds in contract, whoever lives in them."""
        return self.shortfall.rule.beds is not None and self.shortfall.rule.beds.alone

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups of the people who are concerned."""
        found = {each.row.key.group for each in self.shortfall.rows}
        for each in self.shortfall.rows:
            for column in each.row.left:
                about = self.solved.about(column)
                if about is not None and self.solved.value(column) > NOTHING:
                    found.add(about.group)
        return frozenset(found - {""})

    def suits(self, location: Location) -> bool:
        """Whether somebody concerned can be at a location without costing the level anything."""
        costs = self.solved.problem.levels[self.level].costs
        index = self.solved.problem.columns.index
        kind = location.type.base_kind
        keys = ((g, location.id, kind, m) for g in self.groups for m in self.by_month)
        columns = (self.solved.problem.choose.people.get(key) for key in keys)
        return any(column is not None and not costs[index(column)] for column in columns)

    @cached_property
    def by_month(self) -> dict[dt.date, float]:
        """What the shortfall counts in each of its months."""
        found: dict[dt.date, float] = {}
        for each, amount in zip(self.shortfall.rows, self.shortfall.amounts, strict=True):
            if each.row.key.month is not None:
                month = each.row.key.month
                found[month] = found.get(month, 0.0) + each.row.weight * amount
        return found

    @cached_property
    def by_location(self) -> dict[str, float]:
        """What the shortfall counts at each location."""
        found: dict[str, float] = {}
        for each, amount in zip(self.shortfall.rows, self.shortfall.amounts, strict=True):
            name = each.row.key.location
            if name in self.case.locations:
                found[name] = found.get(name, 0.0) + each.row.weight * amount
        return found

    def begins(self, month: dt.date) -> bool:
        """Whether the shortfall begins in a month, or jumps there by a fifth of itself or more."""
        if month not in self.by_month:
            return False
        before = [self.by_month[each] for each in self.by_month if each < month]
        rise = self.by_month[month] - (before[-1] if before else 0.0)
        return not before or rise >= 0.2 * max(self.by_month.values())

    def ends(self, month: dt.date) -> bool:
        """Whether a month is the shortfall's last, or the shortfall falls by a fifth after it."""
        if month not in self.by_month:
            return False
        after = [self.by_month[each] for each in self.by_month if each > month]
        fall = self.by_month[month] - (after[0] if after else 0.0)
        return not after or fall >= 0.2 * max(self.by_month.values())

    def bed(self, location: Location, month: dt.date) -> float:
        """Return what a bed more at a location in a month would take off the shortfall."""
        key, added = self.shortfall.key, self.shortfall.rule.beds
        if added is not None:
            return float(added.at(location) == (key.location or key.province))
        return self.beds.at_level(location, month, self.level, self.groups)

    def saved(self, limit: Limit) -> float:
        """Return what a unit more of a limit saves at the shortfall's level, by the prices."""
        return max(-float(self.solved.prices.at_levels(limit.moved)[self.level]), 0.0)

    def at_start(self, location: str, *groups: str) -> float:
        """Return how many people of some groups, or of all, are at a location at the start."""
        there = self.solved.at_start.get(location, {})
        return float(
            sum(people for group, people in there.items() if not groups or group in groups)
        )
