"""Who has a place and who has not: the first sentence of every summary of a plan."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

import pandas as pd

from planner.core.display_names import called
from planner.core.texts import Message, Text, message, month_words

# Less than half a person is a solver's share, not somebody.
SOMEBODY = 0.5
EVERYONE_PLACED = "everyone_placed"  # the rule

GroupCounts = Mapping[str, float]


def placing_sentence(tables: Mapping[str, pd.DataFrame]) -> Message:
    """Return who has no place, per group, in the worst month; else that everyone has one.

    `tables` are the result tables by name: demand and shortfalls, in persons by month.
    """
    missing = without_place(tables)
    if missing is None:
        return _everyone(_by_month(tables["demand"], "people"))
    month = month_words(missing.month)
    return message("housed.not", month=month, people=missing.people, groups=missing.groups)


@dataclass(frozen=True)
class WithoutPlace:
    """The month in which most people have no place, how many, and who they are in words."""

    month: dt.date
    people: int
    groups: Text


def without_place(tables: Mapping[str, pd.DataFrame]) -> WithoutPlace | None:
    """Return who has no place in the worst month; nothing where everyone has one."""
    present, missing = _by_month(tables["demand"], "people"), _unplaced(tables["shortfalls"])
    most = {month: fsum(groups.values()) for month, groups in missing.items()}
    worst = max(most, key=lambda month: (most[month], month), default=None)
    if worst is None or most[worst] < SOMEBODY:
        return None
    groups = _in_whole_persons(missing[worst])
    shown = [_of_group(name, count, present[worst][name]) for name, count in groups.items()]
    words = Text("; ".join(each.nl for each in shown), "; ".join(each.en for each in shown))
    return WithoutPlace(worst, sum(groups.values()), words)


def _everyone(present: Mapping[dt.date, GroupCounts]) -> Message:
    people = {month: round(fsum(groups.values())) for month, groups in present.items()}
    busiest = max(people, key=lambda month: people[month], default=None)
    if busiest is None:
        return message("housed.nobody")
    return message("housed.everyone", month=month_words(busiest), people=people[busiest])


def unplaced_rows(shortfalls: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of what falls short that are people without a place."""
    return shortfalls[shortfalls["rule"] == EVERYONE_PLACED]


def _unplaced(shortfalls: pd.DataFrame) -> dict[dt.date, dict[str, float]]:
    return {} if shortfalls.empty else _by_month(unplaced_rows(shortfalls), "amount")


def _by_month(frame: pd.DataFrame, column: str) -> dict[dt.date, dict[str, float]]:
    """Return a column by month and group; a row that somebody added may have no month."""
    found: dict[dt.date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    if frame.empty:
        return found
    whole = frame.dropna(subset=["month", "group"])
    for group, month, amount in zip(whole["group"], whole["month"], whole[column], strict=True):
        found[month][str(group)] += float(amount)
    return found


def _in_whole_persons(groups: GroupCounts) -> dict[str, int]:
    """Return counts in whole persons that add up to the whole, the largest first."""
    counts = {name: int(count) for name, count in groups.items()}
    left = round(fsum(groups.values())) - sum(counts.values())
    for name in sorted(groups, key=lambda each: counts[each] - groups[each])[:left]:
        counts[name] += 1
    ordered = sorted(counts, key=lambda each: -counts[each])
    return {name: counts[name] for name in ordered if counts[name]}


def _of_group(name: str, count: int, present: float) -> Text:
    fields = {"group": called(name), "count": count, "people": round(present)}
    return message("housed.group", **fields).both
