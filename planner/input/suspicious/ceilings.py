"""Ceilings that are far below who lives there, or far above all the beds."""

from __future__ import annotations

from collections.abc import Iterator

from planner.core.errors import Finding
from planner.input.group_parts import counted
from planner.input.suspicious.remark import Odd, remarks
from planner.input.typed import TypedTables

# A ceiling is agreed near what lives there; beyond this one of the two is hardly meant.
_FAR = 3.0
_FEW_PEOPLE = 20


def ceilings_fit_people(typed: TypedTables) -> Iterator[Finding]:
    """Yield ceilings at a third of the residents or less, or at three times the beds or more."""

    def odd() -> Iterator[Odd]:
        people = counted(typed)
        beds = {each.id: each.beds for each in typed.records("locations")}
        for each in typed.rows("ceilings"):
            names = each.record.locations
            living = sum(row.record.people for name in names for row in people.get(name, ()))
            room = sum(beds.get(name, 0) for name in names)
            most = each.record.people
            if living >= _FEW_PEOPLE and most * _FAR <= living:
                fields = {"most": most, "people": living}
                yield Odd("ceilings", each.row, "people", "ceiling_low", fields)
            elif room and most >= _FAR * room:
                fields = {"most": most, "beds": room}
                yield Odd("ceilings", each.row, "people", "ceiling_high", fields)

    return remarks(typed, odd())
