"""Rules on who goes without a place, if someone must: no group more than another."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.law import MODEL
from planner.input.case import Case
from planner.input.kinds import Standing
from planner.model.algebra import Constraint, Key, at_least, at_most
from planner.model.decisions import Decisions
from planner.model.rules.rule import Level, rule

# A part of a person that a calculation leaves of a group counts against one person.
_SMALLEST_GROUP = 1.0


@rule(
    standing=Standing.CHOICE,
    source=MODEL.at("gelijk verdelen", "sharing evenly"),
    unit="share",
    level=Level.SHARED,
)
def even_sharing(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """The largest part of an unprotected group that has no place counts, month by month."""
    if any(not group.is_protected for group in case.groups.values()):
        for month, share in choose.worst_share.items():
            yield at_most(share, 0, Key(month=month))


@rule(
    standing=Standing.CHOICE,
    source=MODEL.at("gelijk verdelen", "sharing evenly"),
    unit="persons",
    level=None,
    follows="even_sharing",
    by_people=True,
)
def largest_share(case: Case, choose: Decisions) -> Iterator[Constraint]:
    """People present times the largest share are at least those without a place."""
    for (group, month), missing in choose.unplaced.items():
        if not case.groups[group].is_protected:
            people = max(choose.demand[group, month], _SMALLEST_GROUP)
            key = Key(group=group, month=month)
            yield at_least(people * choose.worst_share[month] - missing, 0, key)
