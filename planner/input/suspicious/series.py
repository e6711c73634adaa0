"""Counts that follow one another in time, and a forecast that follows the last of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from planner.core.errors import Finding
from planner.input.counts import counts, reference_date, rows_at_start, slips
from planner.input.months import later, month_of
from planner.input.suspicious.remark import Odd, far_apart, remarks
from planner.input.typed import TypedRow, TypedTables

# Fewer people may well come to six times as many, or to none.
_FEW_OF_A_GROUP = 50.0


def forecast_follows_count(typed: TypedTables) -> Iterator[Finding]:
    """Yield groups whose first month of a forecast is far from who was counted just before it."""

    def odd() -> Iterator[Odd]:
        date = reference_date(typed)
        if date is None:
            return
        counted: dict[str, float] = defaultdict(float)
        for each in rows_at_start(typed):
            counted[each.record.group] += each.record.people
        first = later(month_of(date), 1)
        for each in typed.rows("forecast"):
            people, before = each.record.people, counted.get(each.record.group, 0.0)
            enough = max(people, before) >= _FEW_OF_A_GROUP
            if each.record.month == first and enough and far_apart(people, before):
                who = {"people": people, "who": each.record.group, "counted": before, "date": date}
                yield Odd("forecast", each.row, "people", "forecast_leap", who)

    return remarks(typed, odd())


def counts_follow_counts(typed: TypedTables) -> Iterator[Finding]:
    """Yield people of a group at a location far from those of the count before or after it."""

    def odd() -> Iterator[Odd]:
        by_day = counts(typed)
        no_count = slips(by_day)
        days = [day for day in by_day if day not in no_count]
        for before, day in pairwise(days):
            was = {_who(each): each.record.people for each in by_day[before]}
            for each in by_day[day]:
                people, earlier = each.record.people, was.get(_who(each), 0)
                many = max(people, earlier) >= _FEW_OF_A_GROUP
                if many and far_apart(people, earlier) and _near_in_time(before, day):
                    fields = {"people": people, "earlier": earlier, "date": before}
                    yield Odd("occupancy", each.row, "people", "count_leap", fields)

    return remarks(typed, odd())


def _who(each: TypedRow) -> tuple[str, str]:
    return each.record.location, each.record.group


def _near_in_time(before: dt.date, day: dt.date) -> bool:
    """Whether two counts are so near that a location does not fill or empty between them."""
    return day <= later(month_of(before), 3)
