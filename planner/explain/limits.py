"""Which limits matter, how they are used, and what one unit more of each is worth.

What a unit is worth is what it changes at the level where it first matters, in its unit.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import fsum

from planner.explain.figures import Limit, limits
from planner.explain.prices import Worth
from planner.explain.solved import NOTHING, Solved
from planner.input.kinds import PlaceKind
from planner.model.algebra import Key, Sense
from planner.model.build import RuleRow
from planner.model.measures import LATER_PART
from planner.model.rules.limit import LimitKind
from planner.model.rules.rule import Level


@dataclass(frozen=True)
class Binding:
    """A limit that matters: where it is tightest, how it is used there, and its worth.

    `at` is the row in which a unit is worth most, `used` of `size` its use; more than the size
    is a shortfall. `months` is in how many rows it has a price.
    """

    limit: Limit
    at: RuleRow
    used: float
    size: float
    worth: Worth
    months: int

    @property
    def key(self) -> Key:
        """What the tightest row is about."""
        return self.at.row.key


def binding_limits(solved: Solved) -> list[Binding]:
    """Return every limit that matters, by level and then by what a unit is worth there."""
    found = [each for limit in limits(solved) if (each := binding(solved, limit)) is not None]
    return sorted(found, key=lambda each: (each.worth.level, each.worth.change))


def binding(solved: Solved, limit: Limit) -> Binding | None:
    """Return how a limit matters, `None` where a unit more changes nothing."""
    worth = solved.prices.worth(limit.moved)
    if worth is None or worth.change > -NOTHING or _breaks_ties(solved, worth):
        return None
    by_month = _bound_prices(solved, limit, worth.level)
    shares = dict(limit.moved.rows)

    def price(each: RuleRow) -> float:
        number, month = solved.number(each), each.row.key.month
        own = 0.0 if number is None else shares.get(number, 0.0) * float(rows[number])
        return own + (0.0 if month is None else by_month.get(month, 0.0))

    rows = solved.prices.rows[worth.level]
    at = min(limit.rows, key=lambda each: (price(each), solved.room(each)))
    months = sum(price(each) < 0 for each in limit.rows)
    return Binding(limit, at, *use(solved, limit, at), worth, max(months, 1))


def _breaks_ties(solved: Solved, worth: Worth) -> bool:
    """Whether what a unit is worth is only another location out of some that are as good."""
    last = solved.level(worth.level).level is Level.CHANGE
    return last and abs(worth.change) < LATER_PART * len(solved.case.months)


def _bound_prices(solved: Solved, limit: Limit, level: int) -> dict[dt.date, float]:
    """Return the price of a limit's upper bounds at a level, by month."""
    found: dict[dt.date, float] = {}
    for column, share in limit.moved.columns:
        price, stage = float(solved.prices.uppers[level, column]), int(solved.stages[column])
        if price and stage >= 0:
            month = solved.case.months[stage]
            found[month] = found.get(month, 0.0) + share * price
    return found


def use(solved: Solved, limit: Limit, at: RuleRow) -> tuple[float, float]:
    """Return what is used of a limit in one of its rows, and its size there.

    What the left side takes off counts as size: beds that hang on a decision, places in use.
    """
    room = solved.room(at)
    if limit.sort == LimitKind.DOL_PART:
        month = at.row.key.month
        prepared = solved.problem.choose.dol_prepared
        used = 0.0 if month is None else solved.value(prepared[limit.subject, month])
        return used, float(solved.case.locations[limit.subject].dol_beds)
    if at.row.sense is Sense.AT_LEAST:
        size = at.row.limit if limit.size is None else limit.size
        return size + room, size
    taken_off = fsum(
        -float(share) * solved.value(column) for column, share in at.row.left.items() if share < 0
    )
    size = at.row.limit + taken_off
    return size - room, size


def users(solved: Solved, limit: Limit, at: RuleRow) -> list[tuple[str, float]]:
    """Return who uses a limit in one of its rows, the largest first: names and how much.

    At one location those are the groups there; over several, the locations.
    """
    key = at.row.key
    found: dict[str, float] = {}
    if limit.sort in {LimitKind.BEDS, LimitKind.DOL_PART} and key.month is not None:
        for group, kind, persons in solved.people.get((limit.subject, key.month), ()):
            if limit.sort == LimitKind.BEDS or kind == PlaceKind.DOL.value:
                found[group] = found.get(group, 0.0) + persons
    else:
        one_location = key.location in solved.case.locations
        for column, share in at.row.left.items():
            about = solved.about(column)
            amount = float(share) * solved.value(column)
            if about is not None and amount > NOTHING:
                name = about.group if one_location else about.location
                found[name] = found.get(name, 0.0) + amount
    return sorted(found.items(), key=lambda each: -each[1])
