"""What has to be decided, the most urgent first: by when, where, how much, for how many euros."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.input.location import Location
from planner.input.months import later
from planner.sheets.result_tables import Decision
from planner.sheets.without_place import SOMEBODY


@dataclass(frozen=True)
class ToDecide:
    """A decision of a plan about a location.

    `before` is the last day on which it can be taken: of a candidate its opening less the lead
    time, of an extension the last day of the contract, else the first day it takes effect (for
    DOL no lead time is given). `amount` is in beds, of DOL in places. `once` and `monthly` are
    euros, `None` where the location gives no amount.
    """

    location: str
    decision: Decision
    before: dt.date
    effect: dt.date
    amount: float
    once: float | None = None
    monthly: float | None = None


def to_decide(decisions: pd.DataFrame, locations: Mapping[str, Location]) -> tuple[ToDecide, ...]:
    """Return the decisions of a plan by their last day, the largest first on a day.

    `decisions` is the result table of that name; DOL at one location is one decision.
    """
    found = [*_of_beds(decisions, locations), *_of_dol(decisions)]
    return tuple(sorted(found, key=lambda each: (each.before, -each.amount, each.location)))


def _of_beds(decisions: pd.DataFrame, locations: Mapping[str, Location]) -> Iterator[ToDecide]:
    for code, name, month, share in _rows(decisions):
        location = locations.get(code)
        if name is Decision.PREPARE_DOL or location is None:
            continue
        beds = share * location.beds
        if beds < SOMEBODY:
            continue
        once = {
            Decision.OPEN: location.opening_cost,
            Decision.EXTEND: location.extension_cost,
        }.get(name)
        bed = location.cost_per_bed_month
        yield ToDecide(
            code,
            name,
            last_day(name, location, month),
            month,
            beds,
            None if once is None else once * share,
            None if bed is None or name is Decision.CLOSE_EARLY else bed * beds,
        )


def with_last_days(decisions: pd.DataFrame, locations: Mapping[str, Location]) -> pd.DataFrame:
    """Return the result table of decisions with the last day on which each can be taken."""
    known = {str(each.value): each for each in Decision}
    days = []
    for code, name, month in decisions[["location", "decision", "month"]].itertuples(index=False):
        location = locations.get(str(code))
        days.append(None if location is None else last_day(known[str(name)], location, month))
    return decisions.assign(before=pd.Series(days, index=decisions.index, dtype=object))


def last_day(decision: Decision, location: Location, month: dt.date) -> dt.date:
    """Return the last day on which a decision that takes effect in a month can be taken."""
    if decision is Decision.OPEN:
        return later(month, -location.lead_time_months)
    if decision is Decision.EXTEND and location.open_until is not None:
        return location.open_until
    return month


def _of_dol(decisions: pd.DataFrame) -> Iterator[ToDecide]:
    places: dict[str, float] = {}
    first: dict[str, dt.date] = {}
    for code, name, month, amount in _rows(decisions):
        if name is Decision.PREPARE_DOL:
            places[code] = places.get(code, 0.0) + amount
            first[code] = min(month, first.get(code, month))
    for code, amount in places.items():
        if amount >= SOMEBODY:
            yield ToDecide(code, Decision.PREPARE_DOL, first[code], first[code], amount)


def _rows(decisions: pd.DataFrame) -> Iterator[tuple[str, Decision, dt.date, float]]:
    """Yield the rows that say all; one that somebody added may lack a month."""
    known = {str(each.value): each for each in Decision}
    columns = ["location", "decision", "month", "value"]
    for code, name, month, value in decisions[columns].dropna().itertuples(index=False):
        if str(name) in known:
            yield str(code), known[str(name)], month, float(value)
