"""`Owed`, by how much a rule falls short, and `recounted`, which makes a rule's second count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.input.people import Group
from planner.verify.affine import Affine
from planner.verify.breach import BreachPlace, slack
from planner.verify.tally import Tally


class Owed(NamedTuple):
    """By how much a rule falls short at a spot, in the rule's own unit.

    `size` is that of the figures it is the difference of, `weight` what a unit counts at the
    rule's level.
    """

    spot: BreachPlace
    amount: float
    size: float
    weight: float = 1.0


def over(spot: BreachPlace, figure: float, limit: float, weight: float = 1.0) -> Iterator[Owed]:
    """Yield by how much a figure lies above its limit; nothing where it is clearly below.

    Where either is still to be chosen it is yielded whatever it may come to, below zero too.
    """
    if isinstance(figure, Affine) or isinstance(limit, Affine):
        yield Owed(spot, figure - limit, 0.0, weight)
        return
    if limit - figure < slack(figure, limit):
        yield Owed(spot, max(0.0, figure - limit), max(abs(figure), abs(limit)), weight)


# The parts of a spot that name people in a kind of place.
PERSON = ("location", "kind", "group", "month")

Unplaced = Callable[[Case, Group, dt.date], float]


def counts_nothing(case: Case, group: Group, month: dt.date) -> float:  # noqa: ARG001 - of any group
    """Return 0: a person without a place counts nothing at the rule."""
    return 0.0


def counts_protected(case: Case, group: Group, month: dt.date) -> float:  # noqa: ARG001 - whenever
    """Return 1 for a protected group, whatever its needs."""
    return float(group.is_protected)


def counts_preferring(kind: PlaceKind) -> Unplaced:
    """Return the count of a rule on a kind of place: 1 for a group that belongs in it."""
    return lambda _, group, __: float(group.prefers(kind))


@dataclass(frozen=True)
class Recounted:
    """How a rule is counted again: its name, level, the parts of a spot that name its rows.

    `unplaced` is what a person of a group without a place counts at the rule in a month. `about`
    is the one kind of place that the rule is about, which a row may name or leave out.
    """

    name: str
    level: str
    parts: tuple[str, ...]
    owed: Callable[[Tally], Iterator[Owed]]
    unplaced: Unplaced
    about: PlaceKind | None

    def __call__(self, tally: Tally) -> Iterator[Owed]:
        """Yield what the rule is owed in a plan."""
        return self.owed(tally)


def recounted(
    level: str,
    *parts: str,
    unplaced: Unplaced = counts_nothing,
    about: PlaceKind | None = None,
) -> Callable[[Callable[[Tally], Iterator[Owed]]], Recounted]:
    """Make the second count of the rule that has the function's name."""

    def count(owed: Callable[[Tally], Iterator[Owed]]) -> Recounted:
        return Recounted(owed.__name__, level, parts, owed, unplaced, about)

    return count
