"""The days on which people were counted: the latest one starts the plan, earlier ones are past.

A past count is for calibration and for looking back only; no plan hangs on it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from planner.input.months import later, month_of
from planner.input.typed import TypedRow, TypedTables

# A day with fewer groups than this part of the fullest day's is a slip, and no count.
_FEW = 0.5


def counts(typed: TypedTables) -> Mapping[dt.date, tuple[TypedRow, ...]]:
    """Return the rows of Occupancy by the day of the count, the earliest first."""
    rows: dict[dt.date, list[TypedRow]] = defaultdict(list)
    for each in typed.rows("occupancy"):
        rows[each.record.date].append(each)
    return {day: tuple(rows[day]) for day in sorted(rows)}


def slips(by_day: Mapping[dt.date, tuple[TypedRow, ...]]) -> frozenset[dt.date]:
    """Return the days that are no count but a slip of the pen: far too little stands there.

    Too few groups, whenever it is; and on the last day also too few locations, since people of
    the past may be given in total, but a plan needs to know where everybody is.
    """
    if len(by_day) <= 1:
        return frozenset()
    groups = {day: len({each.record.group for each in rows}) for day, rows in by_day.items()}
    most = max(groups.values())
    found = {day for day, count in groups.items() if count < _FEW * most}
    places = {
        day: len({each.record.location for each in rows})
        for day, rows in by_day.items()
        if day not in found
    }
    for day in sorted(places, reverse=True):
        if places[day] >= _FEW * max(places.values()):
            break
        found.add(day)
    return frozenset(found)


def reference_date(typed: TypedTables) -> dt.date | None:
    """Return the day of the count that a plan starts from: the latest."""
    by_day = counts(typed)
    no_count = slips(by_day)
    return max((day for day in by_day if day not in no_count), default=None)


def rows_at_start(typed: TypedTables) -> tuple[TypedRow, ...]:
    """Return the rows of Occupancy of the day that a plan starts from."""
    day = reference_date(typed)
    return () if day is None else counts(typed)[day]


def stands_for(day: dt.date) -> dt.date:
    """Return the month on whose first day a count is taken to hold: the one after it."""
    return later(month_of(day), 1)


def people_counted(typed: TypedTables) -> Mapping[dt.date, Mapping[str, float]]:
    """Return the people of each group by the month that a count stands for, the earliest first.

    A group without rows on a day is absent there: empty is not zero. Of two counts that stand for
    the same month, the later holds.
    """
    by_day = counts(typed)
    no_count = slips(by_day)
    found: dict[dt.date, Mapping[str, float]] = {}
    for day, rows in by_day.items():
        if day in no_count:
            continue
        people: dict[str, float] = defaultdict(float)
        for each in rows:
            people[each.record.group] += each.record.people
        found[stands_for(day)] = dict(people)
    return found
