"""People beyond the beds on the reference date: where, and how fast the plan works that down.

Nobody can be planned beyond the beds, so they count as without a place until there is one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pandas as pd

from planner.core.texts import Message, message, month_words
from planner.input.case import Case
from planner.sheets.answer import monthly
from planner.sheets.without_place import SOMEBODY, unplaced_rows


def beyond_beds(case: Case) -> dict[str, int]:
    """Return how many people live beyond the beds on the reference date, the most first."""
    living: dict[str, int] = defaultdict(int)
    for (location, _), people in case.occupancy.items():
        living[location] += people
    over = {name: people - case.locations[name].beds for name, people in living.items()}
    return {
        name: over[name] for name in sorted(over, key=lambda each: -over[each]) if over[name] > 0
    }


def still_above(case: Case, tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[dt.date, float]]:
    """Yield per month how many of them have no place: no more than lack one in that month."""
    start = float(sum(beyond_beds(case).values()))
    missing = monthly(unplaced_rows(tables["shortfalls"]), "amount", case.months)
    for month, people in zip(case.months, missing, strict=True):
        yield month, min(start, people)


def above_beds_notes(case: Case, tables: Mapping[str, pd.DataFrame]) -> Iterator[Message]:
    """Yield how many live beyond the beds at the start and until when, if anybody does."""
    start = beyond_beds(case)
    if not start:
        return
    left = list(still_above(case, tables))
    fields: dict[str, object] = {
        "people": sum(start.values()),
        "count": len(start),
        "date": case.date,
        "most": next(iter(start)),
    }
    waiting = [month for month, people in left if people >= SOMEBODY]
    if not waiting:
        yield message("plan.above_beds_gone", **fields)
    elif waiting[-1] == case.months[-1]:
        first, last = round(left[0][1]), round(left[-1][1])
        yield message("plan.above_beds_stay", first=first, last=last, **_ends(case), **fields)
    else:
        free = case.months[case.months.index(waiting[-1]) + 1]
        first = round(left[0][1])
        yield message(
            "plan.above_beds", first=first, free=month_words(free), **_ends(case), **fields
        )


def _ends(case: Case) -> dict[str, object]:
    return {"begin": month_words(case.months[0]), "end": month_words(case.months[-1])}
