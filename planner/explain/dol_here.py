"""Why a DOL part is at a location at this size: what holds it there, and where it could be as well.

Two parts are as good when they can change places and every level comes out the same; that is
solved, pair by pair, with the other parts and whole decisions as they are. What only breaks ties
in the last level counts as no difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from math import fsum

from planner.explain.prices import Worth
from planner.explain.solved import NOTHING, Solved
from planner.explain.trials import Trials, change_by
from planner.input.kinds import PlaceKind
from planner.model.algebra import Variable
from planner.sheets.without_place import SOMEBODY


class Held(Enum):
    """What keeps a part from being larger."""

    PART = "part"  # all that can be separated is DOL
    PEOPLE = "people"  # whoever belongs in DOL has a place in it
    GROWTH = "growth"  # no more can be fitted out in the months before
    EARLIER = "earlier"  # more would cost something at an earlier level


@dataclass(frozen=True)
class DolHere:
    """A DOL part in the month from which it is largest, and what was found by solving again.

    `outside` is who belongs in DOL and lives elsewhere then; `residents` who lives at the location
    outside its DOL part, the most numerous group first. `one_more` is what a place more is worth,
    `None` where it is worth nothing or was not `tried`. `as_good` are the locations with which the
    part can change places at no loss, `worse` those with what that loses, `unfit` those that
    cannot hold it, and `untried` counts the others.
    """

    location: str
    month: dt.date
    prepared: float
    part: float
    held: Held
    growth_months: tuple[dt.date, ...]
    outside: float
    free_beds: float
    residents: tuple[tuple[str, float], ...]
    one_more: Worth | None = None
    tried: bool = False
    as_good: tuple[str, ...] = ()
    worse: tuple[tuple[str, Worth], ...] = ()
    unfit: tuple[str, ...] = ()
    untried: int = 0


def dol_here(solved: Solved, trials: Trials, name: str) -> DolHere:
    """Return why the DOL part of a location is what it is; `KeyError` where it can have none."""
    path = _path(solved, name)
    if not path:
        raise KeyError(name)
    most = max(path.values())
    month = next(each for each in path if path[each] >= most - NOTHING)
    month = month if most > NOTHING else max(path)
    location = solved.case.locations[name]
    at_most = float(location.dol_beds)
    growth = tuple(_growth_binds(solved, month))
    outside = _outside(solved, month)
    held = (
        Held.PART
        if path[month] >= at_most - NOTHING
        else Held.PEOPLE
        if outside < SOMEBODY
        else Held.GROWTH
        if growth
        else Held.EARLIER
    )
    one_more, tried = None, False
    if held is not Held.PART and trials.affordable():
        after = trials.forced(_one_more(solved, name, path, month), at_least=True)
        tried = after is not None
        one_more = None if after is None else change_by(solved, after)
    swaps = _Swaps(solved, trials, name, path)
    swaps.go_through()
    return DolHere(
        name,
        month,
        path[month],
        at_most,
        held,
        growth,
        outside,
        _free_beds(solved, name, month),
        tuple(_residents(solved, name, month)),
        one_more,
        tried,
        tuple(swaps.as_good),
        tuple(swaps.worse),
        tuple(swaps.unfit),
        swaps.untried,
    )


def _path(solved: Solved, name: str) -> dict[dt.date, float]:
    """Return the places fitted out at a location by month."""
    return {
        month: solved.value(column)
        for (location, month), column in solved.problem.choose.dol_prepared.items()
        if location == name
    }


def _growth_binds(solved: Solved, until: dt.date) -> Iterator[dt.date]:
    """Yield the months up to one in which no more DOL could be fitted out anywhere."""
    for each in solved.by_rule.get("dol_growth", ()):
        month = each.row.key.month
        if month is not None and month <= until and solved.room(each) < NOTHING:
            yield month


def _outside(solved: Solved, month: dt.date) -> float:
    """Return who belongs in DOL and lives elsewhere, or has no place, in a month."""
    groups = {name for name, each in solved.case.groups.items() if each.prefers(PlaceKind.DOL)}
    people = fsum(solved.problem.choose.demand[name, month] for name in groups)
    housed = fsum(
        solved.value(column)
        for (group, _, kind, each), column in solved.problem.choose.people.items()
        if each == month and group in groups and kind is PlaceKind.DOL
    )
    return max(people - housed, 0.0)


def _free_beds(solved: Solved, name: str, month: dt.date) -> float:
    location = solved.case.locations[name]
    used = fsum(
        solved.value(column)
        for (at, _, each), column in solved.problem.choose.places.items()
        if at == name and each == month
    )
    return max(location.beds * solved.share(location, month) - used, 0.0)


def _residents(solved: Solved, name: str, month: dt.date) -> list[tuple[str, float]]:
    """Return who lives at a location outside its DOL part, the most numerous group first."""
    there = [
        (group, people)
        for group, kind, people in solved.people.get((name, month), ())
        if kind != PlaceKind.DOL.value
    ]
    return sorted(there, key=lambda each: -each[1])


def _one_more(
    solved: Solved, name: str, path: Mapping[dt.date, float], since: dt.date
) -> list[tuple[Variable, float]]:
    """Return the columns that hold a place more from a month on."""
    prepared = solved.problem.choose.dol_prepared
    most = float(solved.case.locations[name].dol_beds)
    return [
        (prepared[name, month], min(path[month] + 1.0, most)) for month in path if month >= since
    ]


@dataclass
class _Swaps:
    """The part of a location in the place of others', one after another, as far as trials go."""

    solved: Solved
    trials: Trials
    name: str
    path: Mapping[dt.date, float]
    as_good: list[str] = field(default_factory=list)
    worse: list[tuple[str, Worth]] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)
    untried: int = 0

    def go_through(self) -> None:
        """Try every other location that can have a part, where either of the two has one."""
        parts = dict.fromkeys(at for at, _ in self.solved.problem.choose.dol_prepared)
        largest = {at: max(_path(self.solved, at).values()) for at in parts}
        # Those in use first: the others are more of the same.
        for other in sorted(parts, key=lambda at: (largest[at] <= NOTHING, at)):
            if other == self.name or max(largest[other], largest[self.name]) <= NOTHING:
                continue
            if not self._fits(self.name, other) or not self._fits(other, self.name):
                self.unfit.append(other)
            elif not self.trials.affordable():
                self.untried += 1
            else:
                self._try(other)

    def _fits(self, name: str, other: str) -> bool:
        """Whether a location's part can stand at another one, in every month that it is there."""
        path, most = _path(self.solved, name), self.solved.case.locations[other].dol_beds
        there = self.solved.problem.choose.dol_prepared
        started = self.solved.case.locations[name].dol_prepared
        fits = all(places <= most and (other, m) in there for m, places in path.items() if places)
        return fits and not started

    def _try(self, other: str) -> None:
        held: dict[Variable, float] = {}
        choose = self.solved.problem.choose
        for one, two in ((self.name, other), (other, self.name)):
            path = _path(self.solved, one)
            if two in choose.dol_begun:
                held[choose.dol_begun[two]] = float(any(path.values()))
            for month in self.solved.case.months:
                column = choose.dol_prepared.get((two, month))
                if column is not None:
                    held[column] = path.get(month, 0.0)
                used = choose.dol_in_use.get((two, month))
                if used is not None:
                    there = choose.places.get((one, PlaceKind.DOL, month))
                    some = there is not None and self.solved.value(there) > NOTHING
                    held[used] = float(some)
        after = self.trials.held(held)
        if after is None:
            self.unfit.append(other)
            return
        difference = change_by(self.solved, after)
        if difference is None:
            self.as_good.append(other)
        else:
            self.worse.append((other, difference))
