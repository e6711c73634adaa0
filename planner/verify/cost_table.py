"""The table of costs: every amount that counts, added up again by year, kind of place and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from planner.verify.breach import Breach, breach, differ
from planner.verify.cost import paid
from planner.verify.recount import Recount
from planner.verify.tally import Tally

_SOMETHING = 0.01  # euro


class CostPart(NamedTuple):
    """What an amount of the table is about; empty where it is of no place."""

    year: str
    line: str
    kind: str
    province: str
    municipality: str


def cost_breaches(tally: Tally, counted: Recount, table: pd.DataFrame | None) -> Iterator[Breach]:
    """Yield each amount of the table that is not what is counted again; older plans have none."""
    if table is None:
        return
    told, again = _told(table), _again(tally, counted)
    for part in dict.fromkeys((*again, *told)):
        one, other = told.get(part, 0.0), again.get(part, 0.0)
        if differ(one, other) and abs(one - other) > _SOMETHING:
            where = tuple(each for each in part if each)
            yield breach("cost_part", abs(one - other), where=where, told=one, counted=other)


def _told(table: pd.DataFrame) -> dict[CostPart, float]:
    amounts: dict[CostPart, float] = defaultdict(float)
    columns = ("year", "line", "kind", "province", "municipality", "amount", "counted")
    for *about, amount, counts in zip(*(table[name].tolist() for name in columns), strict=True):
        if counts and not pd.isna(amount):
            amounts[CostPart(*map(_text, about))] += float(amount)
    return dict(amounts)


def _text(cell: object) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)  # type: ignore[call-overload] # a cell


def _again(tally: Tally, counted: Recount) -> dict[CostPart, float]:
    amounts: dict[CostPart, float] = defaultdict(float)
    for each in paid(tally, counted):
        place = tally.case.locations.get(each.place)
        kind = "" if each.kind is None else each.kind.value
        part = CostPart(
            "" if each.month is None else str(each.month.year),
            each.line,
            kind,
            "" if place is None else place.province,
            "" if place is None else place.municipality,
        )
        amounts[part] += each.amount
    return dict(amounts)
