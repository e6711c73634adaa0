"""The smallest single changes that remove a shortfall, each tried by solving.

A change is a few beds, seats, DOL places or months, at one place. Prices say where to look and how
much is needed at least; the trial says whether it is enough. What counts is what the whole level
comes to: a shortfall that only turns up at another place, or with another group, is not removed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from planner.core.texts import Text
from planner.explain.beds import BedPrices
from planner.explain.causes.cause import AskedCauses
from planner.explain.changes import with_location
from planner.explain.figures import CellKey, limits
from planner.explain.shortfalls import Shortfall
from planner.explain.solved import NOTHING, Solved
from planner.explain.trials import TrialResult, Trials, removed
from planner.input.case import Case
from planner.input.location import Location
from planner.input.months import last_day, later, month_of, months_from
from planner.model.rules.rule import Level

# What is left of a shortfall when it counts as removed, of the whole.
REMOVED = 1e-6
# How many kinds of change are tried.
LOOKED_AT = 6


@dataclass(frozen=True)
class Repair:
    """A single change that removes a shortfall: what, where, by how much of which unit.

    `removes` is the part of the shortfall that is gone, found by solving the plan again up to its
    level; 1 removes it. `left` is what is short at the level then, in its unit, of `before`.
    `changed` gives a case with the change, so many units large; `title` is what the figure is
    called that is changed, where it is a limit of the input.
    """

    sort: str
    subject: str
    by: float
    unit: str
    removes: float
    before: float
    left: float
    cells: tuple[CellKey, ...]
    changed: Callable[[Case, float], Case]
    title: Text | None = None


@dataclass(frozen=True)
class TrialChange:
    """A change that may be tried; `own` is of the very limit that is passed."""

    sort: str
    subject: str
    unit: str
    least: float
    most: float
    changed: Callable[[Case, float], Case]
    cells: tuple[CellKey, ...]
    own: bool = False
    title: Text | None = None


def repairs(solved: Solved, shortfall: Shortfall, trials: Trials, told: int = 3) -> list[Repair]:
    """Return the smallest single changes that remove a shortfall, the most certain first.

    Where none removes it, those that take most of it off are returned.
    """
    asked = AskedCauses(solved, shortfall, BedPrices(solved), limits(solved))
    found = []
    for change in sorted(changes(asked), key=likeliest)[:LOOKED_AT]:
        repair = ChangeTrials(solved, shortfall, change, trials).repair()
        if repair is not None:
            found.append(repair)
    whole = [each for each in found if each.removes >= 1 - REMOVED]
    kept = whole or sorted(found, key=lambda each: -each.removes)
    return kept[:told]


def likeliest(each: TrialChange) -> tuple[bool, float]:
    """Return what puts one change before another: the limit that is passed, then the least."""
    return (not each.own, each.least)


def changes(asked: AskedCauses) -> Iterator[TrialChange]:
    """Yield single changes, each with the least that the prices say is needed."""
    passed = {id(each) for each in asked.shortfall.rows}
    for limit in asked.limits:
        saved = asked.saved(limit)
        if limit.repairs and saved > NOTHING:
            least = max(asked.shortfall.weighted / saved, 1e-6)
            yield TrialChange(
                limit.sort,
                limit.subject,
                limit.unit,
                least,
                16 * least,
                limit.looser,
                limit.cells,
                own=not passed.isdisjoint(map(id, limit.rows)),
                title=limit.title,
            )
    for location in asked.case.locations.values():
        yield from _months_more(asked, location)
        yield from _months_earlier(asked, location)


def _months_more(asked: AskedCauses, location: Location) -> Iterator[TrialChange]:
    """Yield a contract that goes on for some months more."""
    if location.open_until is None or location.open_until < asked.case.date:
        return
    ends = max(location.open_until, location.extendable_until or location.open_until)
    after = [month for month in asked.by_month if month > month_of(ends)]
    if not any(asked.bed(location, month) > 0 for month in after):
        return
    most = _between(month_of(ends), max(after))

    def changed(case: Case, by: float) -> Case:
        until = last_day(later(month_of(ends), round(by)))
        longest = None if location.extendable_until is None else until
        return with_location(case, location.id, open_until=until, extendable_until=longest)

    cells = (("locations", location.id, "open_until"),)
    yield TrialChange("contract_months", location.id, "months", 1.0, float(most), changed, cells)


def _months_earlier(asked: AskedCauses, location: Location) -> Iterator[TrialChange]:
    """Yield a candidate that can be opened some months earlier."""
    lead = location.lead_time_months
    footing = asked.solved.problem.choose.footing
    before = [m for m in asked.by_month if (location.id, m) not in footing]
    if not location.candidate or not lead:
        return
    if not any(asked.bed(location, month) > 0 for month in before):
        return

    def changed(case: Case, by: float) -> Case:
        return with_location(case, location.id, lead_time_months=lead - round(by))

    cells = (("locations", location.id, "lead_time_months"),)
    yield TrialChange("months_earlier", location.id, "months", 1.0, float(lead), changed, cells)


def _between(first: dt.date, last: dt.date) -> int:
    """Return the number of months from one month to another."""
    return len(months_from(first, last)) - 1


def settled_at(solved: Solved, shortfall: Shortfall) -> int:
    """Return the level at which it is settled whose shortfall it is.

    Who has no place is told apart only by the level that shares it.
    """
    first = solved.level(shortfall.level).level
    return solved.level_place(Level.SHARED.value) if first is Level.UNPLACED else shortfall.level


def _up(size: float) -> int:
    """Return the least whole size that is as large, but for rounding."""
    return math.ceil(size - REMOVED)


@dataclass
class ChangeTrials:
    """Tries sizes of one change, in whole units; `left` is what the level came to with each.

    The whole level must be better by as much as the shortfall becomes less, for nothing is gained
    by passing it on to another group or place. What a size takes off never falls with the size, so
    that what the largest takes off is the most that any does.
    """

    solved: Solved
    shortfall: Shortfall
    change: TrialChange
    trials: Trials
    left: dict[int, float] = field(default_factory=dict)

    @cached_property
    def largest(self) -> int:
        """The largest size that is tried."""
        return max(math.ceil(self.change.most), _up(self.change.least), 1)

    @cached_property
    def most(self) -> float:
        """Which part of the shortfall the largest size takes off; 0 where it was not solved."""
        return self._part(self.largest)

    @property
    def enough(self) -> bool:
        """Whether the largest size takes all of it off."""
        return self.most >= 1 - REMOVED

    def repair(self, *, at_best: bool = False) -> Repair | None:
        """Return the smallest size that is enough; `None` where no size takes anything off.

        Where none is enough it is the largest, or, `at_best`, the smallest that takes off as much.
        Where no more may be tried it is the smallest found until then.
        """
        if self.most <= REMOVED:
            return None
        by, taken = self.largest, self.most
        if self.enough or at_best:
            by, taken = self._smallest(self.most - REMOVED)
        change = self.change
        return Repair(
            change.sort,
            change.subject,
            float(by),
            change.unit,
            taken,
            self._before.levels[self.shortfall.level],
            self.left[by],
            change.cells,
            change.changed,
            change.title,
        )

    def _smallest(self, wanted: float) -> tuple[int, float]:
        """Return the smallest size that takes off a part, and what it does take off.

        No unit is worth more than one before it: where two sizes are not enough, the line through
        them tells how much is needed at least. A size that it tells, and that is enough, is tried
        one smaller to be sure. Otherwise, and every second time that it is not enough, the sizes
        that are left are halved.
        """
        low, high = (0, 0.0), (self.largest, self.most)
        told: int | None = _up(self.change.least * wanted)
        to_be_sure, in_vain = False, 0
        while high[0] - low[0] > 1 and self.trials.affordable():
            size = (low[0] + high[0]) // 2 if told is None else told
            size = min(max(size, low[0] + 1), high[0] - 1)
            taken = self._part(size)
            if taken >= wanted:
                high = (size, taken)
                told = None if told is None or to_be_sure else size - 1
                to_be_sure = True
            else:
                worth, in_vain = (taken - low[1]) / (size - low[0]), in_vain + 1
                follows = worth > 0 and in_vain % 2 == 1
                told = _up(size + (wanted - taken) / worth) if follows else None
                low, to_be_sure = (size, taken), False
        return high

    def _part(self, by: int) -> float:
        """Return which part of the shortfall a size takes off; 0 where it was not solved."""
        before = self.trials.before(self._level)
        if before is None or not self.trials.affordable():
            return 0.0
        changed = self.change.changed(self.solved.case, by)
        after = self.trials.left_of(self.shortfall, changed, self._level)
        if after is None:
            return 0.0
        level, whole = self.shortfall.level, self.shortfall.weighted
        self.left[by] = after.levels[level]
        return min(removed(whole, before, after, level) / whole, 1.0)

    @property
    def _before(self) -> TrialResult:
        before = self.trials.before(self._level)
        if before is None:
            raise ValueError("the case as it is has no plan")
        return before

    @cached_property
    def _level(self) -> int:
        return settled_at(self.solved, self.shortfall)
