"""Emergency reception that is kept open though hardly anybody is in it: how much, and why.

A plan moves as few people as it can before it looks at cost, and pays for places in use. So it lets
emergency locations empty by themselves, and an extension runs on to its last day. Whoever reads the
plan is told how many would do. Who may live where is not asked here.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import fsum

import pandas as pd

from planner.core.texts import Message, message, month_words
from planner.input.case import Case
from planner.result.few_in_emergency import BedsOf, beds_in_contract, held_at_norm
from planner.result.sums import SUMS
from planner.sheets.result_tables import Decision
from planner.sheets.without_place import SOMEBODY

# One location more than would do is how people happen to fit.
_ONE = 1
# An extension that is lived in for no more than this part of its months could have been shorter.
_HALF = 0.5

Tables = Mapping[str, pd.DataFrame]


def emergency_spread_notes(case: Case, tables: Tables) -> Iterator[Message]:
    """Yield how many emergency locations would do in the month with most to spare, and extensions.

    Nothing where there is nothing to spare.
    """
    lived, beds = _lived(case, tables), beds_in_contract(tables)
    months = [(_spare(case, month, at, beds), month) for month, at in lived.items()]
    (enough, moves), month = max(months, key=lambda each: len(lived[each[1]]) - each[0][0])
    at = lived[month]
    if len(at) - enough > _ONE:
        yield message(
            "plan.emergency_spread",
            month=month_words(month),
            people=round(fsum(at.values())),
            count=len(at),
            beds=round(fsum(beds[each, month] for each in at)),
            enough=enough,
            spare=len(at) - enough,
            moves=round(moves),
        )
    extended = [*_extended(case, tables, lived, beds)]
    if short := sum(each <= _HALF for each in extended):
        yield message("plan.emergency_extended", count=short, of=len(extended))


def _lived(case: Case, tables: Tables) -> dict[dt.date, dict[str, float]]:
    """Return the people in emergency reception by month and location, where there is somebody."""
    found: dict[dt.date, dict[str, float]] = {month: defaultdict(float) for month in case.months}
    rows = SUMS["emergency"].rows(tables)
    columns = (rows[name].tolist() for name in ("location", "month", "people"))
    for location, month, people in zip(*columns, strict=True):
        found[month][location] += people
    return {
        month: {location: people for location, people in at.items() if people >= SOMEBODY}
        for month, at in found.items()
    }


def _spare(case: Case, month: dt.date, at: Mapping[str, float], beds: BedsOf) -> tuple[int, float]:
    """Return how many locations hold the people of a month, the largest first, and who moves."""
    held = {each: held_at_norm(case, case.locations[each], month, beds) for each in at}
    left, enough = fsum(at.values()), 0
    staying = 0.0
    for each in sorted(at, key=lambda each: (-held[each], each)):
        if left <= 0.0:
            break
        left -= max(held[each], at[each])
        staying += at[each]
        enough += 1
    return enough, fsum(at.values()) - staying


def _extended(
    case: Case,
    tables: Tables,
    lived: Mapping[dt.date, Mapping[str, float]],
    beds: BedsOf,
) -> Iterator[float]:
    """Yield of each emergency location that is extended in which part of those months people live.

    Of the months planned, those in which it is in contract by its extension.
    """
    frame = tables["decisions"]
    rows = frame[frame["decision"].eq(Decision.EXTEND.value) & frame["value"].ge(SOMEBODY)]
    for location, start in zip(rows["location"].tolist(), rows["month"].tolist(), strict=True):
        if not case.locations[location].emergency:
            continue
        months = [each for each in case.months if each >= start and beds.get((location, each), 0.0)]
        if months:
            yield sum(location in lived[each] for each in months) / len(months)
