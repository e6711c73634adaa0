"""Which part of a location's people a group is elsewhere, and whose number is likeliest a slip."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from planner.input.counts import rows_at_start
from planner.input.typed import TypedRow, TypedTables

# Nobody counts as half a person, to compare with.
_HALF = 0.5

Parts = Mapping[str, Sequence[tuple[str, float]]]


def counted(typed: TypedTables) -> Mapping[str, list[TypedRow]]:
    """Return the rows of the count that the plan starts from, by location."""
    return typed.once(_counted)


def _counted(typed: TypedTables) -> Mapping[str, list[TypedRow]]:
    rows: dict[str, list[TypedRow]] = defaultdict(list)
    for each in rows_at_start(typed):
        rows[each.record.location].append(each)
    return rows


def usual_part(typed: TypedTables, group: str, location: str) -> float | None:
    """Return which part of the people a group is at other locations; `None` where none has it.

    At those of the same type, or, where none of these has it, at all that are emergency reception
    or are not.
    """
    types, emergency = typed.once(_types)
    others = [each for each in typed.once(_parts)[group] if each[0] != location]
    same = [part for name, part in others if types.get(name) == types.get(location)]
    like = [part for name, part in others if emergency.get(name) == emergency.get(location)]
    found = same or like
    return median(found) if found else None


def _types(typed: TypedTables) -> tuple[Mapping[str, object], Mapping[str, bool]]:
    rows = list(typed.records("locations"))
    return {each.id: each.type for each in rows}, {each.id: each.emergency for each in rows}


def _parts(typed: TypedTables) -> Parts:
    """Return of each group which part it is of the people of each location that has it."""
    parts: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for location, rows in counted(typed).items():
        total = sum(each.record.people for each in rows)
        for each in rows:
            if total:
                parts[each.record.group].append((location, each.record.people / total))
    return parts


def likeliest_slip(
    typed: TypedTables, location: str, usual: float, *, over: bool
) -> TypedRow | None:
    """Return the row of a location's count that is likeliest too many, or too few.

    That is the one that comes nearest to its group's usual part where it alone is changed so that
    people in all are `usual`; `None` where nobody could be too many.
    """
    rows = [each for each in counted(typed).get(location, ()) if each.record.people or not over]
    excess = sum(each.record.people for each in rows) - usual

    def mended(each: TypedRow) -> tuple[bool, float]:
        people, part = each.record.people, usual_part(typed, each.record.group, location)
        expected = max(usual * (part or 1 / len(rows)), _HALF)
        off, then = (
            abs(math.log(max(number, _HALF) / expected)) for number in (people, people - excess)
        )
        return people > excess, off - then

    return max(rows, key=mended, default=None)
