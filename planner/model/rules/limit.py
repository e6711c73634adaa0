"""What a rule declares of the figures its rows hang on, so that explaining can be derived from it.

A row's limit is a figure of the input: a column of the location it is about, a parameter, or one
of the figures that limit more than one rule. What a unit more of it is worth, who uses it, whether
it caused a shortfall, and what more of it would repair, follows from saying which figure it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from planner.input.location import Location
from planner.input.people import Group


@dataclass(frozen=True)
class OfLocation:
    """A column of the sheet Locations: the rule's rows at a location stay within the figure there.

    `unit` is what it is counted in, `needs` how much of it a person of a group takes up.
    """

    column: str
    unit: str
    needs: Callable[[Group], float]


@dataclass(frozen=True)
class OfParameter:
    """A parameter: the rule's rows stay within it, or reach it.

    `step` is what makes one unit of room: below zero where the rule asks for the figure, so that
    less of it is looser. `unit` is what the room is counted in. `own` is the column of a location
    that goes before the parameter there. `repairs` says that a planner can change it to mend a
    shortfall, `endless` that it is a speed, which may hold everything up even as supplied.
    """

    parameter: str
    unit: str
    step: float = 1.0
    own: str = ""
    repairs: bool = False
    endless: bool = False


@dataclass(frozen=True)
class Offered:
    """What a location offers or not, and a group needs or not: yes/no columns of their sheets.

    `part` is the column with the share of a mixed group that needs it.
    """

    column: str
    need: str
    part: str

    def at(self, location: Location) -> bool:
        """Whether a location offers it."""
        return bool(getattr(location, self.column))

    def needed_by(self, group: Group) -> bool:
        """Whether everybody in a group needs it."""
        return bool(getattr(group, self.need))

    def part_of(self, group: Group) -> float:
        """Return the part of a mixed group that needs it, 0 where nothing is said."""
        return float(getattr(group, self.part) or 0.0)


@dataclass(frozen=True)
class ContractColumn:
    """A column of the sheet Locations without which a location would have no row of the rule."""

    column: str


class LimitKind(StrEnum):
    """A figure with a sheet, or several rules, of its own; its value names it in explanations."""

    BEDS = "beds"
    DOL_PART = "dol_part"
    CEILING = "ceiling"
    STAFF = "staff"
    TASK = "task"
    DEMAND = "demand"


LimitFigure = OfLocation | OfParameter | Offered | ContractColumn | LimitKind


@dataclass(frozen=True)
class AddedBeds:
    """That a rule adds up the beds of locations: `at` is the place whose row a location counts in.

    That is a province or municipality, empty for the one row of a month, and `None` where the
    location is left out. `alone` says that nothing is taken off them: whoever lives in them.
    """

    at: Callable[[Location], str | None]
    alone: bool = False


def each_person(group: Group) -> float:
    """Return 1: each person takes up one."""
    return 1.0
