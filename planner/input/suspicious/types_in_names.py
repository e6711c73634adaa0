"""What a location is called tells of which type it is, where nearly all are called so.

`azc Eikenhorst` is an azc. Where a type does not go with the people counted there, the name says
whether the type is the slip or the group of a row of the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from planner.core.errors import Finding
from planner.input.kinds import LocationType
from planner.input.location import Location
from planner.input.suspicious.remark import FEWEST_OTHERS, Odd, remarks
from planner.input.typed import TypedTables

_EMERGENCY = frozenset(each for each in LocationType if each.base_kind.emergency)
_CENTRES = frozenset({LocationType.AZC, LocationType.AZC_ACCELERATED})
# Words in names, and the types that are called so; abbreviations are the codes of the types.
_CALLED: Mapping[str, frozenset[LocationType]] = {
    **{
        each.value: frozenset({each})
        for each in LocationType
        if "_" not in each.value and each is not LocationType.SPECIAL
    },
    "azc": _CENTRES,
    "asielzoekerscentrum": _CENTRES,
    "gezinslocatie": frozenset({LocationType.GL}),
    "noodopvang": _EMERGENCY,
    "crisisnoodopvang": frozenset({LocationType.CRISIS}),
}
# So large a part of the others that a name says anything of is of the type it says.
_NEARLY_ALL = 0.9


def types_go_with_names(typed: TypedTables) -> Iterator[Finding]:
    """Yield types that a location's name does not go with, where nearly all others' names do."""

    def odd() -> Iterator[Odd]:
        told = typed.once(_told)
        for each in typed.rows("locations"):
            location: Location = each.record
            if name_says(typed, location) is False:
                fields = {
                    "type": location.type.label,
                    "name": location.name,
                    "count": len(told) - 1,
                }
                yield Odd("locations", each.row, "type", "type_of_name", fields)

    return remarks(typed, odd())


def name_says(typed: TypedTables, location: Location) -> bool | None:
    """Return whether a location's name goes with its type; `None` where names tell nothing."""
    told = typed.once(_told)
    others = [goes for name, goes in told.items() if name != location.id]
    if location.id not in told or len(others) < FEWEST_OTHERS:
        return None
    return told[location.id] if sum(others) >= _NEARLY_ALL * len(others) else None


def _told(typed: TypedTables) -> Mapping[str, bool]:
    """Return of each location of which the name says a type whether it is of that type."""
    return {
        each.id: each.type in called
        for each in typed.records("locations")
        if (called := _called(each.name or ""))
    }


def _called(name: str) -> frozenset[LocationType]:
    words = re.findall(r"[^\W\d_]+", name.lower())
    return frozenset().union(*(_CALLED.get(each, frozenset()) for each in words))
