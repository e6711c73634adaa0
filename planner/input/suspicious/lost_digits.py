"""A number of the count that, one slip put right, makes both its location and its group usual.

How full a location is differs, and so does who lives there. But where one group is far from its
usual part, and the location far from full, and one digit more mends both, the digit was lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from planner.core.errors import Finding
from planner.input.group_parts import counted, usual_part
from planner.input.location import Location
from planner.input.suspicious.remark import FEWEST_OTHERS, Odd, far_apart, remarks
from planner.input.suspicious.slips import before_slip
from planner.input.typed import TypedRow, TypedTables

# So many times too few of the location, and too few of the group for those beside it.
_OF_LOCATION, _OF_GROUP, _OF_GROUP_ALONE = 1.3, 2.5, 2.0
# What is right is about as usual: of the location nearly so, of the group less.
_FULL, _PART = 1.15, 2.5
_FEW_PEOPLE = 10


def counts_lose_no_digit(typed: TypedTables) -> Iterator[Finding]:
    """Yield people of a group by whom a location is emptier than others, for want of a digit."""

    def odd() -> Iterator[Odd]:
        fullness = _fullness(typed)
        for location in typed.records("locations"):
            others = [full for name, full in fullness.items() if name != location.id]
            if location.id not in fullness or len(others) < FEWEST_OTHERS:
                continue
            usual = location.beds * median(others)
            for each, meant in _lost(typed, location, usual):
                fields = {
                    "people": each.record.people,
                    "group": each.record.group,
                    "meant": round(meant),
                    "location": location.id,
                }
                yield Odd("occupancy", each.row, "people", "digit_lost", fields)

    return remarks(typed, odd())


def _fullness(typed: TypedTables) -> dict[str, float]:
    """Return how many people each location in use has for each of its beds."""
    people = counted(typed)
    return {
        each.id: total / each.beds
        for each in typed.records("locations")
        if each.beds and not each.candidate
        if (total := sum(row.record.people for row in people.get(each.id, ())))
    }


def _lost(typed: TypedTables, location: Location, usual: float) -> Iterator[tuple[TypedRow, float]]:
    """Yield the rows that are so much too few by both, with how many may have been meant."""
    rows = counted(typed)[location.id]
    total = sum(each.record.people for each in rows)
    if total * _OF_LOCATION > usual:
        return
    for each in rows:
        people, beside = each.record.people, total - each.record.people
        meant = usual - beside
        if not people or meant < _FEW_PEOPLE or not _is_few(typed, each, beside, meant):
            continue
        copied = any(near.record.people == people for near in rows if abs(near.row - each.row) == 1)
        slips = any(not far_apart(beside + n, usual, _FULL) for n in before_slip(people))
        if copied or slips:
            yield each, meant


def _is_few(typed: TypedTables, each: TypedRow, beside: int, meant: float) -> bool:
    """Whether a group is far too few for those beside it, and would not be if there were more."""
    people, part = each.record.people, usual_part(typed, each.record.group, each.record.location)
    if not beside:
        return bool(people * _OF_GROUP_ALONE < meant)
    if part is None or part >= 1:
        return False
    usual = beside * part / (1 - part)
    return people * _OF_GROUP < usual and not far_apart(meant, usual, _PART)
